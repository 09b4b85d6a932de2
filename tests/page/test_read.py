"""Read: the text stays as it is, its places are marked where the API says, and corrections hold."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from .conftest import Visiting

SAMPLE = Path(__file__).parents[3] / "shared" / "samples" / "south-damascus.ar.txt"


def _read(page, text: str) -> None:
    page.fill("#read-text", text)
    page.locator("#read-form .primary").click()
    page.locator("#read-marked").wait_for()


def _marks(page) -> list[tuple[int, int, str, str]]:
    return [
        tuple(found)
        for found in page.locator("mark.mention").evaluate_all(
            "nodes => nodes.map((n) => [+n.dataset.start, +n.dataset.end, n.textContent, n.dataset.place])"
        )
    ]


def _assert_marked_as_the_api_says(page, address: str, text: str) -> None:
    answer = httpx.post(f"{address}/geoparse", json={"text": text}, timeout=60).json()
    told = [feature["properties"] for feature in answer["features"]]
    assert told
    units = [0]
    for letter in text:
        units.append(units[-1] + (2 if letter > "\uffff" else 1))
    expected = [(units[p["start"]], units[p["end"]], text[p["start"] : p["end"]], p["id"]) for p in told]
    assert _marks(page) == expected
    assert page.locator("#read-marked").evaluate("node => node.textContent") == text


def test_marks_stand_where_the_api_says_with_letters_beyond_the_basic_plane(
    visit: Visiting, address: str, article: str
) -> None:
    page = visit(lang="ar-SY").open("#read")
    _read(page, article)
    _assert_marked_as_the_api_says(page, address, article)


@pytest.mark.skipif(not SAMPLE.exists(), reason="needs ../shared")
def test_the_sample_is_marked_as_the_api_says(visit: Visiting, address: str) -> None:
    text = SAMPLE.read_text("utf-8").replace("\r\n", "\n")
    page = visit(lang="ar-SY").open("#read")
    _read(page, text)
    _assert_marked_as_the_api_says(page, address, text)


def test_a_mark_and_the_same_place_elsewhere_light_up_together(visit: Visiting, article: str) -> None:
    page = visit().open("#read")
    _read(page, article)
    palmyra = page.locator("mark.mention", has_text="تدمر")
    assert palmyra.count() == 2
    palmyra.first.hover()
    assert page.locator("mark.mention.is-hot").count() == 2
    page.locator(".leaflet-tooltip").wait_for()


def _point(page, x: float, y: float, until: Callable[[], bool]) -> None:
    for step in range(100):  # Leaflet looks at the pointer every 32 ms, and only while it moves
        page.mouse.move(x + step % 3, y)
        page.wait_for_timeout(35)
        if until():
            return
    raise AssertionError("pointing there changed nothing")


def test_pointing_at_the_map_lights_up_the_text(visit: Visiting) -> None:
    page = visit().open("#read")
    _read(page, "The hotels of Palmyra were full.")
    box = page.locator("#map").bounding_box()
    hot = page.locator("mark.mention.is-hot", has_text="Palmyra")
    _point(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, lambda: hot.count() == 1)
    _point(page, box["x"] + 50, box["y"] + 150, lambda: hot.count() == 0)


def test_what_is_chosen_holds_for_every_mention_of_the_name(visit: Visiting, article: str) -> None:
    page = visit().open("#read")
    _read(page, article)
    page.locator("mark.mention", has_text="حمص").first.click()
    before = {place for _, _, text, place in _marks(page) if text == "حمص"}
    page.fill("#desk-query", "الرستن")
    page.locator("#desk-suggestions [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.locator("mark.mention.is-chosen").first.wait_for()
    after = {place for _, _, text, place in _marks(page) if text == "حمص"}
    assert len(after) == 1
    assert after != before
    assert page.locator("mark.mention.is-chosen").count() == 2

    page.locator("mark.mention", has_text="حمص").first.click()
    page.locator("#mention-card .option").last.locator("input").check()
    page.locator("mark.mention.is-dismissed").first.wait_for()
    assert page.locator("mark.mention.is-dismissed").count() == 2


def test_a_relative_place_is_told_with_its_radius(visit: Visiting) -> None:
    page = visit().open("#read")
    _read(page, "A market opened 5 km north of Idlib.")
    page.locator("mark.is-relative").click()
    assert "5 km north of" in page.locator("#mention-card .relation").inner_text()


@pytest.mark.parametrize("button", ["geojson", "csv", "gpkg"])
def test_mentions_are_saved_with_offsets_in_code_points(
    visit: Visiting, article: str, button: str, tmp_path: Path
) -> None:
    page = visit(lang="ar-SY").open("#read")
    _read(page, article)
    with page.expect_download() as downloading:
        page.locator(f"[data-format={button}]").click()
    path = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(path)
    rows = _rows_of(path)
    assert len(rows) == page.locator("mark.mention").count()
    assert all(article[int(row["start"]) : int(row["end"])] == row["text"] for row in rows)


def _rows_of(path: Path) -> list[dict]:
    if path.suffix == ".geojson":
        collection = json.loads(path.read_text("utf-8"))
        assert collection["attribution"]
        assert all(feature["geometry"]["coordinates"] for feature in collection["features"])
        return [feature["properties"] for feature in collection["features"]]
    if path.suffix == ".csv":
        return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    frame = pytest.importorskip("geopandas").read_file(path, layer="mentions")
    assert frame.crs.to_epsg() == 4326
    return frame.to_dict("records")


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("a.txt", "من حمص إلى تدمر".encode(), "من حمص إلى تدمر"),
        ("old.txt", "من حمص إلى تدمر".encode("cp1256"), "من حمص إلى تدمر"),
        (
            "a.html",
            "<html><head><title>t</title><script>window.hurt = 1</script><style>p { color: red }</style>"
            "<base href='https://example.org/'></head><body onload='window.hurt = 1'><h1 style='color: red'>من حمص</h1>"
            "<img src=x onerror='window.hurt = 1'><img/onerror=window.hurt=1 src=x><p ONCLICK>on one  style&amp;</p>"
            "<svg onload='window.hurt = 1'><style>p {}</style></svg><iframe srcdoc='<script>window.hurt = 1</script>'>"
            "</iframe><object data=x></object><link rel=stylesheet href='x.css'>"
            "<p>إلى  تدمر</p></body></html>".encode(),
            "من حمص\n\non one style&\n\nإلى تدمر",
        ),
    ],
)
def test_a_file_is_read_and_nothing_in_it_is_run(visit: Visiting, name: str, content: bytes, shown: str) -> None:
    page = visit(lang="ar-SY").open("#read")
    page.set_input_files("#read-file", {"name": name, "mimeType": "text/plain", "buffer": content})
    page.locator("#read-marked mark").first.wait_for()
    assert page.locator("#read-marked").evaluate("node => node.textContent") == shown
    assert page.evaluate("window.hurt") is None


def test_a_dropped_file_is_read(visit: Visiting) -> None:
    page = visit().open("#read")
    page.evaluate("""() => {
        const data = new DataTransfer();
        data.items.add(new File(["The road from Homs to Palmyra"], "road.txt", { type: "text/plain" }));
        const drop = { dataTransfer: data, bubbles: true, cancelable: true };
        document.getElementById("view-read").dispatchEvent(new DragEvent("drop", drop));
    }""")
    page.locator("#read-marked mark").first.wait_for()


def test_another_kind_of_file_is_refused_in_words(visit: Visiting) -> None:
    page = visit().open("#read")
    page.fill("#read-text", "kept")
    page.set_input_files("#read-file", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    assert "cannot be read" in page.locator("#alert").inner_text()
    assert page.input_value("#read-text") == "kept"


def _paste(page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator("#read-text").focus()
    page.keyboard.press("Control+V")


def _open_file(page, text: str) -> None:
    page.set_input_files("#read-file", {"name": "a.txt", "mimeType": "text/plain", "buffer": text.encode()})


@pytest.mark.parametrize(("lang", "words"), [("ar-SY", "حجم النص"), ("en-GB", "The text has")])
@pytest.mark.parametrize("bring", [_paste, _open_file])
def test_an_article_of_two_megabytes_is_refused_and_what_was_typed_stays(
    visit: Visiting, lang: str, words: str, bring: Callable
) -> None:
    visited = visit(lang=lang)
    visited.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=visited.url)
    page = visited.open("#read")
    page.fill("#read-text", "من حمص")
    text = "من حمص إلى تدمر. " * 75_000
    assert len(text.encode()) > 2_000_000
    bring(page, text)
    page.locator("#alert").wait_for()
    assert words in page.locator("#alert").inner_text()
    assert page.input_value("#read-text") == "من حمص"
    assert not any("geoparse" in url for url in visited.requests)


def test_a_text_that_grew_too_large_is_refused_before_it_is_sent_and_stays(visit: Visiting, address: str) -> None:
    facts = httpx.get(f"{address}/page.json").json() | {"max_body_bytes": 2_000}
    visited = visit()
    visited.page.route("**/page.json", lambda route: route.fulfill(json=facts))
    page = visited.open("#read")
    text = "من حمص إلى تدمر.\n" * 100
    page.fill("#read-text", text)
    page.locator("#read-form .primary").click()
    page.locator("#alert").wait_for()
    assert "The text has" in page.locator("#alert").inner_text()
    assert page.input_value("#read-text") == text
    assert not any("geoparse" in url for url in visited.requests)


def test_an_empty_text_is_asked_for(visit: Visiting) -> None:
    page = visit().open("#read")
    page.locator("#read-form .primary").click()
    assert "no text yet" in page.locator("#alert").inner_text()


def test_a_text_without_places_says_so_and_stays(visit: Visiting) -> None:
    page = visit().open("#read")
    _read(page, "Nothing of note happened to anyone.")
    assert "No known place was found" in page.locator("#read-results h2").inner_text()
    page.get_by_role("button", name="Edit the text").click()
    assert page.input_value("#read-text") == "Nothing of note happened to anyone."
