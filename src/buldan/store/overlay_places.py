"""A row of an overlay as the records of a place: each cell is read and checked, and refused if it cannot be used.

| column | content |
|---|---|
| `name`, `name_en`, `name_ar` | at least one: the name in any script, in English, in Arabic |
| `lon`, `lat` | degrees, WGS 84 (in GeoJSON: the geometry, a Point, Polygon or MultiPolygon) |
| `names` | other names, `|` between them (in GeoJSON also a list) |
| `kind` | a kind of `buldan.kinds`; `landmark` if empty |
| `radius_km` | size or uncertainty; if empty, the reach of the outline or the kind's usual radius |
| `id` | the user's own id, without spaces; made from name and point if empty |
| `part_of` | id of the place that it is a part of, in the overlay or the gazetteer |
| `population`, `wikidata`, `geonames` | as in `places.tsv` |

Other columns are ignored.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from reprlib import repr as quote
from typing import Any

from buldan.errors import QueryError
from buldan.geometry import SYRIA, WORLD, Point
from buldan.kinds import get_kind
from buldan.model import LONGEST_NAME
from buldan.outlines import centre_of, reach_km
from buldan.store.overlay_rows import Row
from buldan.store.records import NameRecord, PlaceRecord
from buldan.text import has_letter, script_of

__all__ = ["read_names", "read_place"]

_READ_SCRIPTS = frozenset({"Arab", "Latn"})
"""Scripts that a lookup reads; a place may have names in another script only in addition to one of these."""

_LANGUAGE = {"Arab": "ar", "Latn": "en", "Armn": "hy", "Syrc": "syc"}
_SCHEMES = {"geonames": re.compile(r"\d{1,12}"), "wikidata": re.compile(r"Q[1-9]\d{0,11}")}
"""The form of an identifier of each scheme."""

_SOURCE = "overlay"


def read_place(row: Row) -> PlaceRecord:
    """The place of a row; its `admin` is empty, and its `part_of` is not checked.

    Raises:
        SourceError: a cell cannot be used; names file, line, column.
    """
    cells = row.cells
    shown = _choose_shown_names(row)
    kind = _read_words(row, "kind") or "landmark"
    try:
        usual_km = get_kind(kind).radius_km
    except QueryError as error:
        raise row.fault("kind", str(error)) from None
    point, reach = _locate(row)
    radius = _number(row, "radius_km", 0, 500) if _clean_text(cells.get("radius_km")) else reach or usual_km
    population = _number(row, "population", 0, 1e8) if _clean_text(cells.get("population")) else None
    identifiers = {scheme: found for scheme in _SCHEMES if (found := _read_identifier(row, scheme))}
    return PlaceRecord(
        _parse_id(row, shown, point),
        kind,
        shown["name_en"],
        shown["name_ar"],
        point.lon,
        point.lat,
        radius,
        "",
        _read_words(row, "part_of"),
        None if population is None else int(population),
        identifiers,
        (_SOURCE,),
    )


def _clean_text(value: Any) -> str:
    """A cell as one line of text in NFC, without tabs, control characters and direction marks."""
    line = " ".join(str(value).split()) if value is not None else ""
    return unicodedata.normalize("NFC", "".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cf", "Cs")))


def _read_words(row: Row, column: str) -> str:
    """The cleaned text of a cell. In GeoJSON a cell may have a value of another type, which is an error."""
    value = row.cells.get(column)
    if value is not None and not isinstance(value, str):
        raise row.fault(column, f"{quote(value)} is not text")
    return _clean_text(value)


def _read_identifier(row: Row, scheme: str) -> str:
    value = row.cells.get(scheme)
    found = str(value) if type(value) is int else _read_words(row, scheme)
    if found and not _SCHEMES[scheme].fullmatch(found):
        raise row.fault(scheme, f"{found!r} is not an identifier of {scheme}")
    return found


def _choose_shown_names(row: Row) -> dict[str, str]:
    """The English and the Arabic name to show; `name` fills the one of its script if that is empty."""
    shown = {column: _read_words(row, column) for column in ("name_en", "name_ar")}
    bare = _read_words(row, "name")
    if bare:
        column = "name_ar" if script_of(bare) == "Arab" else "name_en"
        shown[column] = shown[column] or bare
    if not any(shown.values()):
        raise row.fault("name", "a place needs a name")
    return shown


def _locate(row: Row) -> tuple[Point, float]:
    """The point of a place, and the reach of its outline in kilometres; 0 without an outline."""
    geometry = row.geometry
    if geometry is not None and geometry["type"] != "Point":
        try:
            centre = centre_of(geometry)
        except ValueError as error:
            raise row.fault("geometry", str(error)) from None
        return _check_point(row, centre), round(reach_km(geometry, centre), 1)
    if geometry is not None:
        lon, lat = map(float, geometry["coordinates"][:2])
        return _check_point(row, Point(lon, lat)), 0.0
    return _check_point(row, Point(_number(row, "lon", -180, 180), _number(row, "lat", -90, 90))), 0.0


def _check_point(row: Row, point: Point) -> Point:
    """The point; an error if it is not a position on Earth, or is in Syria only if lon and lat are swapped."""
    swapped = Point(point.lat, point.lon)
    if SYRIA.holds(swapped) and not SYRIA.holds(point):
        raise row.fault("lon, lat", f"{point.lon}, {point.lat} looks swapped: longitude comes first")
    if not WORLD.holds(point):
        raise row.fault("lon, lat", f"{point.lon}, {point.lat} is not a position in degrees")
    return point


def _number(row: Row, column: str, low: float, high: float) -> float:
    text = _clean_text(row.cells.get(column))
    try:
        value = float(text)
    except ValueError:
        raise row.fault(column, f"{text!r} is not a number" if text else "is empty; give degrees") from None
    if not low <= value <= high:
        raise row.fault(column, f"{text} is outside {low:g} to {high:g}")
    return value


def _parse_id(row: Row, shown: Mapping[str, str], point: Point) -> str:
    value = row.cells.get("id")
    given = str(value) if type(value) is int else _read_words(row, "id")
    if " " in given:
        raise row.fault("id", f"{given!r} has a space in it; an id has none")
    if given:
        return given
    key = f"{shown['name_en']}|{shown['name_ar']}|{point.lon:.5f}|{point.lat:.5f}"
    return "my" + hashlib.sha256(key.encode("utf-8")).hexdigest()[:8]


def read_names(row: Row, place: str) -> Iterator[NameRecord]:
    """The names of the place with the id `place`: the names to show, then the others; each only once.

    Raises:
        SourceError: a name that no lookup can find, or a place without a name that one can find; names file, line,
            column.
    """
    shown = _choose_shown_names(row)
    others = row.cells.get("names") or ()
    if not isinstance(others, str | Sequence):
        raise row.fault("names", f"{quote(others)} is not a list of names")
    others = others.split("|") if isinstance(others, str) else others
    for name in others:
        if not isinstance(name, str):
            raise row.fault("names", f"{quote(name)} is not text")
    bare = _read_words(row, "name")
    seen: set[str] = set()
    for text, kind in [
        *((name, "official") for name in shown.values()),
        *((_clean_text(name), "variant") for name in (bare, *others)),
    ]:
        if text and text not in seen:
            seen.add(text)
            _check_name(row, text)
            script = script_of(text)
            yield NameRecord(place, text, _LANGUAGE.get(script, "und"), script, kind, (_SOURCE,))
    if not _READ_SCRIPTS & {script_of(text) for text in seen}:
        raise row.fault("name", f"{quote(min(seen))} can never be found; add a name in Arabic or Latin letters")


def _check_name(row: Row, name: str) -> None:
    """Refuse a name that no lookup can find: no letter remains after folding, or it is longer than `LONGEST_NAME`."""
    if not has_letter(name):
        raise row.fault("name", f"{quote(name)} can never be found, there is no letter in it")
    if len(name) > LONGEST_NAME:
        raise row.fault("name", f"{quote(name)} has {len(name)} characters, more than a name can have ({LONGEST_NAME})")
