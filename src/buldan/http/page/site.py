"""The page as static files, for a host without a server: find by stored names, and browse.

Texts and tables need the service. The same page uses `js/shelf.js` instead of the service, with these files:

census.ndjson    every place in short, as for Browse
names.ndjson     the other names of each, in the same order
places/N.json    all facts on `SHARD` places of that order
fold.json        how names are folded, character by character
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path

import orjson

from buldan.errors import SourceError
from buldan.files.staging import open_staging
from buldan.formats.geojson import place_feature
from buldan.gazetteer import Gazetteer
from buldan.http.page.basemap import LAYERS, SURROUNDINGS, draw_layer, list_units
from buldan.http.page.census import sort_by_weight, write_census
from buldan.http.page.facts import collect_facts
from buldan.http.page.files import read_page_files, write_policy
from buldan.model import Place
from buldan.text import fold

__all__ = ["SHARD", "write_site"]

SHARD = 64
"""Number of places in a file of details: about 10 kB when compressed."""

_OF_THE_SERVICE = {"max_body_bytes": 0, "public_url": None, "geopackage": False, "tables": None, "tiles": None}
_WRITTEN = ((0x21, 0x24F), (0x600, 0x77F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0xFB50, 0xFEFF))
"""Ranges of code points in names of Syria, first and last; other characters are not folded."""


def write_site(gaz: Gazetteer, folder: Path) -> int:
    """Write all files into `folder`, or none. Returns their size in bytes.

    Raises:
        SourceError: the folder contains other files, or cannot be written.
    """
    # Only an earlier site is replaced: a mistyped folder must not destroy other files.
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not _is_site(folder))):
        raise SourceError("exists and contains something else; name a new or an empty folder", path=folder)
    size = 0
    with open_staging(folder) as place:
        for name, body in _iter_files(gaz):
            file = place / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)
            size += len(body)
        if _is_site(folder):
            shutil.rmtree(folder)  # an earlier site: a folder with files cannot be replaced in one step
    return size


def _is_site(folder: Path) -> bool:
    return (folder / "census.ndjson").is_file() and (folder / "fold.json").is_file()


def _iter_files(gaz: Gazetteer) -> Iterator[tuple[str, bytes]]:
    for name, body in read_page_files().items():
        if name == "index.html":
            yield name, _write_page(body.decode(), gaz).encode()
        # Only the two files of Leaflet that the page needs, without sources and images.
        elif not name.startswith("vendor/") or name.endswith(("leaflet.js", "leaflet.css")):
            yield f"static/{name}", body
    yield "page.json", orjson.dumps(collect_facts(gaz) | _OF_THE_SERVICE | {"shard": SHARD})
    yield "units.json", orjson.dumps({"units": list_units(gaz)})
    for name in (*LAYERS, SURROUNDINGS):
        yield f"basemap/{name}.geojson", orjson.dumps(draw_layer(gaz, name))
    places = sort_by_weight(gaz)
    yield "census.ndjson", write_census(gaz)
    yield "names.ndjson", b"".join(orjson.dumps(_list_other_names(place)) + b"\n" for place in places)
    for start in range(0, len(places), SHARD):
        some = [place_feature(place) for place in places[start : start + SHARD]]
        yield f"places/{start // SHARD}.json", orjson.dumps(some)
    yield "fold.json", orjson.dumps(_list_folds())
    # Without this file, GitHub Pages leaves out files that begin with an underscore, and builds the rest.
    yield ".nojekyll", b""


def _write_page(html: str, gaz: Gazetteer) -> str:
    """The page for use without a service; it contains its Content-Security-Policy."""
    policy = f'<meta http-equiv="Content-Security-Policy" content="{escape(write_policy())}">'
    return (
        html.replace("<html ", '<html data-service="none" ', 1)
        .replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n  {policy}', 1)
        .replace("{attribution}", escape(gaz.manifest.attribution))
    )


def _list_other_names(place: Place) -> list[str]:
    return sorted({name.text for name in place.names} - {place.name_ar, place.name_en})


def _list_folds() -> dict[str, str]:
    """The folded form of each character that differs from the character."""
    characters = (chr(code) for first, last in _WRITTEN for code in range(first, last + 1))
    # Between two letters: folding removes some signs only at the ends of a word.
    folded = {character: fold(f"x{character}x")[1:-1] for character in characters}
    return {character: becomes for character, becomes in folded.items() if becomes != character}
