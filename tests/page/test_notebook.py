"""The notebook runs from top to bottom, its maps show in a browser that has no network, and it is kept as it ran.

`--pictures` writes its outputs again: tables as they are, each map to move about in as a picture.
"""

import base64
import html
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import nbclient
import nbformat
import pytest
from playwright.sync_api import Browser, Page

from .conftest import few_colours, shot

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "map.ipynb"
COUNTED = """
import json
mentioned = [m for reading in readings.values() for m in reading if m.place]
print(json.dumps({
    "found": int(found.geometry.notna().sum()),
    "rows": len(sheet),
    "doubtful": list(doubtful["status"]),
    "points": len({m.place.id for m in mentioned if not m.relation}),
    "areas": len({(m.place.id, m.relation.kind, m.relation.lon, m.relation.lat) for m in mentioned if m.relation}),
    "units": len(counts.frame),
    "counted": int((counts.frame["mentions"] > 0).sum()),
    "articles": len(readings),
}))
"""
DRAWN = """() => {
    const map = window[Object.keys(window).find((name) => name.startsWith("map_"))];
    const drawn = [];
    map.eachLayer((layer) => { if (layer.feature?.properties?.facts) drawn.push(layer); });
    return drawn.map((layer) => [layer.feature.geometry.type, layer.options.fillColor, layer.feature.properties.name]);
}"""


@pytest.fixture(scope="module")
def executed() -> nbformat.NotebookNode:
    """The notebook with its outputs, and what it counted itself in a last cell of ours."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(COUNTED))
    resources = {"metadata": {"path": str(NOTEBOOK.parent)}}
    nbclient.NotebookClient(notebook, timeout=300, resources=resources).execute()
    return notebook


@pytest.fixture(scope="module")
def counted(executed: nbformat.NotebookNode) -> dict:
    return json.loads(executed.cells[-1].outputs[0]["text"])


@pytest.fixture(scope="module")
def maps(executed: nbformat.NotebookNode) -> list[str]:
    """The maps of its cells, as pages."""
    outputs = [output for cell in executed.cells if cell.cell_type == "code" for output in cell.outputs]
    markup = [output["data"].get("text/html", "") for output in outputs if "data" in output]
    return [found for text in markup if (found := _map_in(text))]


def _map_in(markup: str) -> str:
    """The page of a map that a cell shows; empty where it shows none."""
    found = re.search(r'srcdoc="(.*?)"', markup, re.S)
    return html.unescape(found[1]) if found else ""


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    """A page without a network; whatever it asks for is an error."""
    context = browser.new_context(viewport={"width": 1000, "height": 640}, offline=True, reduced_motion="reduce")
    page, wrong = context.new_page(), []
    page.on("request", lambda request: wrong.append(request.url) if request.url.startswith("http") else None)
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def _drawn(page: Page, markup: str) -> list[tuple[str, str, str]]:
    page.set_content(markup)
    page.locator(".leaflet-container canvas").first.wait_for()
    return [tuple(one) for one in page.evaluate(DRAWN)]


def test_it_is_kept_as_it_ran(executed: nbformat.NotebookNode, offline: Page, request: pytest.FixtureRequest) -> None:
    ran = nbformat.from_dict({**executed, "cells": [_pictured(cell, offline) for cell in executed.cells[:-1]]})
    if request.config.getoption("--pictures"):
        nbformat.write(ran, NOTEBOOK)
    kept = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(kept)
    assert [_shown(cell) for cell in kept.cells] == [_shown(cell) for cell in ran.cells]
    assert sum("image/png" in kinds for cell in kept.cells for kinds in _shown(cell)[1]) == 4


def _shown(cell: nbformat.NotebookNode) -> tuple[str, list[list[str]]]:
    """What a cell says, and of which kinds its outputs are."""
    return cell.source, [sorted(output.get("data", ())) for output in cell.get("outputs", ())]


def _pictured(cell: nbformat.NotebookNode, page: Page) -> nbformat.NotebookNode:
    """The cell with its tables, and a picture in place of a map to move about in, which is 400 kB."""
    cell = nbformat.from_dict({**cell, "metadata": {}})
    for output in cell.get("outputs", ()):
        if found := _map_in(output.get("data", {}).get("text/html", "")):
            _drawn(page, found)
            page.wait_for_timeout(300)  # names are placed when the map rests
            path = shot(page, f"notebook-{cell.id}")
            few_colours(path, path)
            output["data"] = {"image/png": base64.b64encode(path.read_bytes()).decode()}
    return cell


def test_the_first_map_is_the_land(maps: list[str], offline: Page) -> None:
    assert len(maps) == 4
    assert _drawn(offline, maps[0]) == []
    assert offline.locator(".leaflet-tooltip.town", has_text="Damascus").count() == 1
    assert "UN OCHA" in offline.locator(".leaflet-control-attribution").inner_text()


def test_the_column_is_on_the_map_but_for_what_was_not_found(maps: list[str], offline: Page, counted: dict) -> None:
    drawn = _drawn(offline, maps[1])
    assert len(drawn) == counted["found"] >= counted["rows"] - 2
    assert {kind for kind, _, _ in drawn} == {"Point"}
    assert {"doubtful", "unit only"} <= set(counted["doubtful"])


def test_the_articles_are_points_and_areas(maps: list[str], offline: Page, counted: dict) -> None:
    drawn = _drawn(offline, maps[2])
    kinds = [kind for kind, _, _ in drawn]
    assert counted["articles"] == 6
    assert kinds.count("Point") == counted["points"] > 30
    assert len(kinds) - kinds.count("Point") == counted["areas"] > 5
    assert any("–" in name for _, _, name in drawn), "a road between two towns"
    shot(offline, "notebook-mentions")


def test_counts_colour_the_sub_districts(
    maps: list[str], offline: Page, counted: dict, keep: Callable[[Page, str], None]
) -> None:
    drawn = _drawn(offline, maps[3])
    pale = max((colour for _, colour, _ in drawn), key=[colour for _, colour, _ in drawn].count)
    assert len(drawn) == counted["units"] > 250
    assert len([colour for _, colour, _ in drawn if colour != pale]) == counted["counted"] > 20
    assert offline.locator(".legend").inner_text().startswith("مرات الذكر")
    keep(offline, "notebook")
