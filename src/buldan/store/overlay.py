"""Your own places: a CSV or GeoJSON file as records of the gazetteer, merged in when it is loaded.

| column | what it holds |
|---|---|
| `name`, `name_en`, `name_ar` | at least one: the name in any script, in English, in Arabic |
| `lon`, `lat` | degrees, WGS 84 (in GeoJSON: the geometry, a Point, Polygon or MultiPolygon) |
| `names` | other names, `|` between them (in GeoJSON also a list) |
| `kind` | a kind of `buldan.kinds`; `landmark` where empty |
| `radius_km` | how large or unsure; the kind's usual radius where empty |
| `id` | yours, without spaces; made from name and point where empty |
| `part_of` | id of the place that it is a part of, yours or the gazetteer's |
| `population`, `wikidata`, `geonames` | as in `places.tsv` |

Other columns stay as they are. Nothing is guessed: a row that cannot be used ends the load with its file, line and
column.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from reprlib import repr as quote
from typing import Any, NamedTuple

from buldan.errors import QueryError
from buldan.geometry import SYRIA, WORLD, Point
from buldan.kinds import ADMIN_KINDS, get_kind
from buldan.model import LONGEST_NAME, Geometry, identifier_pairs
from buldan.outlines import centre_of, covers, reach_km
from buldan.store.overlay_rows import Row, iter_rows
from buldan.store.records import NameRecord, PlaceRecord, format_name, format_place, parse_place
from buldan.text import script_of

__all__ = ["Overlay", "merge_overlay", "read_overlay"]

_READ_SCRIPTS = frozenset({"Arab", "Latn"})
"""Scripts in which people ask; names in another one only stand beside those."""

_LANGUAGE = {"Arab": "ar", "Latn": "en", "Armn": "hy", "Syrc": "syc"}
_SCHEMES = {"geonames": re.compile(r"\d{1,12}"), "wikidata": re.compile(r"Q[1-9]\d{0,11}")}
"""What an identifier of each scheme looks like."""

_SOURCE = "overlay"


class Overlay(NamedTuple):
    """Records of one's own places: `admin` is empty until they are merged."""

    places: list[PlaceRecord]
    names: list[NameRecord]
    areas: dict[str, Geometry]


def read_overlay(overlay: str | Path | Mapping[str, Any], *, taken: Mapping[str, str] | None = None) -> Overlay:
    """The places in a CSV or GeoJSON file, or in a GeoJSON FeatureCollection as a dict.

    Args:
        overlay: the file or collection.
        taken: what leads to a place of the gazetteer already (its id, its identifiers), and the id of that place;
            None where the file stands alone, and what its places are part of is not looked for.

    Raises:
        SourceError: missing, not UTF-8, no such columns, or a row that cannot be used (one with an id that is
            `taken`, too); names file, line, column.
    """
    places: list[PlaceRecord] = []
    names: list[NameRecord] = []
    areas: dict[str, Geometry] = {}
    leads = dict(taken or {})
    rows: list[Row] = []
    for row in iter_rows(overlay):
        place = _parse_place(row)
        _check_free(row, place, {given.id for given in places}, leads)
        leads |= dict.fromkeys(_leading_to(place), place.id)
        places.append(place)
        names.extend(_parse_names(row, place.id))
        rows.append(row)
        if row.geometry is not None and row.geometry["type"] != "Point":
            areas[place.id] = row.geometry
    if taken is not None:  # once all are read: a whole may come after its parts
        places = [place._replace(part_of=_whole_of(row, place, leads)) for row, place in zip(rows, places, strict=True)]
    return Overlay(places, names, areas)


def _whole_of(row: Row, place: PlaceRecord, leads: Mapping[str, str]) -> str:
    """Id of the place that one is a part of, empty where it is of none."""
    whole = leads.get(place.part_of, "")
    if place.part_of and whole in {"", place.id}:
        raise row.fault("part_of", f"{place.part_of!r} is the id of no other place; give one of the gazetteer or yours")
    return whole


def _leading_to(place: PlaceRecord) -> Iterator[str]:
    """What finds a place besides names: its id, and its identifiers with and without their scheme.

    A bare number is one of GeoNames, a bare code one of OCHA (`buldan.Gazetteer.place`).
    """
    yield place.id
    for scheme, value in identifier_pairs(place.identifiers):
        yield f"{scheme}:{value}"
        if scheme in {"pcode", "geonames"}:
            yield value


def _check_free(row: Row, place: PlaceRecord, mine: Container[str], leads: Mapping[str, str]) -> None:
    """Refuse an id or identifier that leads to another place."""
    if place.id in leads:
        where = "stands twice in this file; ids must differ"
        if leads[place.id] not in mine:
            where = f"already leads to a place of the gazetteer ({leads[place.id]}); give yours another id"
        raise row.fault("id", f"{place.id!r} {where}")
    for scheme, value in place.identifiers.items():
        if other := leads.get(f"{scheme}:{value}"):
            raise row.fault(scheme, f"{value!r} already leads to {other}; no two places share an identifier")


def merge_overlay(
    places: bytes, names: bytes, areas: bytes, overlay: str | Path | Mapping[str, Any]
) -> tuple[bytes, bytes, bytes]:
    """The text of `places.tsv`, `names.tsv` and `areas.jsonl` with one's own places among them.

    A place gets the P-code of the smallest unit whose outline holds its point, `SY` where none does.

    Raises:
        SourceError: the overlay cannot be used, or one of its ids is the gazetteer's already.
    """
    header, *lines = places.decode("utf-8").splitlines()
    mine = read_overlay(overlay, taken=_taken_ids(lines))
    units = _unit_outlines(lines, areas) if mine.places else []
    placed = (place._replace(admin=_unit_at(units, Point(place.lon, place.lat))) for place in mine.places)
    outlines = (
        json.dumps({"id": id_, "geometry": shape}, ensure_ascii=False, separators=(",", ":"))
        for id_, shape in mine.areas.items()
    )
    name_header, *name_lines = names.decode("utf-8").splitlines()
    return (
        _join([header, *sorted([*lines, *map(format_place, placed)], key=_first_cell)]),
        _join([name_header, *sorted([*name_lines, *map(format_name, mine.names)], key=_first_cell)]),
        areas + _join(list(outlines)),
    )


def _taken_ids(lines: Iterable[str]) -> dict[str, str]:
    """What leads to the places there are, each with the id of its place."""
    return {key: place.id for place in map(parse_place, lines) for key in _leading_to(place)}


def _first_cell(line: str) -> str:
    return line.split("\t", 1)[0]


def _join(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _unit_outlines(lines: Sequence[str], areas: bytes) -> list[tuple[str, Geometry]]:
    """(P-code, outline) of every admin unit, the smallest units first."""
    cells = (line.split("\t") for line in lines)
    codes = {row[0]: row[7] for row in cells if row[1] in ADMIN_KINDS[1:]}
    shapes = (json.loads(line) for line in areas.decode("utf-8").splitlines())
    units = [(codes[shape["id"]], shape["geometry"]) for shape in shapes if shape["id"] in codes]
    return sorted(units, key=lambda unit: (-len(unit[0]), unit[0]))


def _unit_at(units: Sequence[tuple[str, Geometry]], point: Point) -> str:
    return next((pcode for pcode, outline in units if covers(outline, point)), "SY")


def _parse_place(row: Row) -> PlaceRecord:
    cells = row.cells
    shown = _shown_names(row)
    kind = _words(row, "kind") or "landmark"
    try:
        usual_km = get_kind(kind).radius_km
    except QueryError as error:
        raise row.fault("kind", str(error)) from None
    point, reach = _locate(row)
    radius = _number(row, "radius_km", 0, 500) if _text(cells.get("radius_km")) else reach or usual_km
    population = _number(row, "population", 0, 1e8) if _text(cells.get("population")) else None
    identifiers = {scheme: found for scheme in _SCHEMES if (found := _identifier(row, scheme))}
    return PlaceRecord(
        _parse_id(row, shown, point),
        kind,
        shown["name_en"],
        shown["name_ar"],
        point.lon,
        point.lat,
        radius,
        "",
        _words(row, "part_of"),
        None if population is None else int(population),
        identifiers,
        (_SOURCE,),
    )


def _text(value: Any) -> str:
    """A cell as one line of composed text without tabs, control characters and direction marks."""
    line = " ".join(str(value).split()) if value is not None else ""
    return unicodedata.normalize("NFC", "".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cf", "Cs")))


def _words(row: Row, column: str) -> str:
    """A cell that holds text; in GeoJSON it may hold anything."""
    value = row.cells.get(column)
    if value is not None and not isinstance(value, str):
        raise row.fault(column, f"{quote(value)} is not text")
    return _text(value)


def _identifier(row: Row, scheme: str) -> str:
    value = row.cells.get(scheme)
    found = str(value) if type(value) is int else _words(row, scheme)
    if found and not _SCHEMES[scheme].fullmatch(found):
        raise row.fault(scheme, f"{found!r} is no identifier of {scheme}")
    return found


def _shown_names(row: Row) -> dict[str, str]:
    """The English and the Arabic name to show; a bare `name` goes where its script belongs."""
    shown = {column: _words(row, column) for column in ("name_en", "name_ar")}
    bare = _words(row, "name")
    if bare:
        column = "name_ar" if script_of(bare) == "Arab" else "name_en"
        shown[column] = shown[column] or bare
    if not any(shown.values()):
        raise row.fault("name", "a place needs a name")
    return shown


def _locate(row: Row) -> tuple[Point, float]:
    """The point of a place, and for an outline how far it reaches, kilometres."""
    geometry = row.geometry
    if geometry is not None and geometry["type"] != "Point":
        try:
            centre = centre_of(geometry)
        except ValueError as error:
            raise row.fault("geometry", str(error)) from None
        return _checked(row, centre), round(reach_km(geometry, centre), 1)
    if geometry is not None:
        lon, lat = map(float, geometry["coordinates"][:2])
        return _checked(row, Point(lon, lat)), 0.0
    return _checked(row, Point(_number(row, "lon", -180, 180), _number(row, "lat", -90, 90))), 0.0


def _checked(row: Row, point: Point) -> Point:
    """The point, unless it is no position, or lies in Syria only when lon and lat change places."""
    swapped = Point(point.lat, point.lon)
    if SYRIA.holds(swapped) and not SYRIA.holds(point):
        raise row.fault("lon, lat", f"{point.lon}, {point.lat} looks swapped: longitude comes first")
    if not WORLD.holds(point):
        raise row.fault("lon, lat", f"{point.lon}, {point.lat} is no position in degrees")
    return point


def _number(row: Row, column: str, low: float, high: float) -> float:
    text = _text(row.cells.get(column))
    try:
        value = float(text)
    except ValueError:
        raise row.fault(column, f"{text!r} is not a number" if text else "empty") from None
    if not low <= value <= high:
        raise row.fault(column, f"{text} is outside {low:g} to {high:g}")
    return value


def _parse_id(row: Row, shown: Mapping[str, str], point: Point) -> str:
    value = row.cells.get("id")
    given = str(value) if type(value) is int else _words(row, "id")
    if " " in given:
        raise row.fault("id", f"{given!r} has a space in it")
    if given:
        return given
    key = f"{shown['name_en']}|{shown['name_ar']}|{point.lon:.5f}|{point.lat:.5f}"
    return "my" + hashlib.sha256(key.encode("utf-8")).hexdigest()[:8]


def _parse_names(row: Row, place: str) -> Iterator[NameRecord]:
    """The shown names, then the others; each once."""
    shown = _shown_names(row)
    others = row.cells.get("names") or ()
    if not isinstance(others, str | Sequence):
        raise row.fault("names", f"{quote(others)} is not a list of names")
    others = others.split("|") if isinstance(others, str) else others
    for name in others:
        if not isinstance(name, str):
            raise row.fault("names", f"{quote(name)} is not text")
    bare = _words(row, "name")
    seen: set[str] = set()
    for text, kind in [
        *((name, "official") for name in shown.values()),
        *((_text(name), "variant") for name in (bare, *others)),
    ]:
        if text and text not in seen:
            seen.add(text)
            _check_name(row, text)
            script = script_of(text)
            yield NameRecord(place, text, _LANGUAGE.get(script, "und"), script, kind, (_SOURCE,))
    if not _READ_SCRIPTS & {script_of(text) for text in seen}:
        raise row.fault("name", f"{quote(min(seen))} can never be found; add a name in Arabic or Latin letters")


def _check_name(row: Row, name: str) -> None:
    """Refuse a name that no question can find: one without letters, or longer than a question may be."""
    if not any(map(str.isalpha, name)):
        raise row.fault("name", f"{quote(name)} can never be found, there is no letter in it")
    if len(name) > LONGEST_NAME:
        raise row.fault("name", f"{quote(name)} has {len(name)} characters, more than a name can have ({LONGEST_NAME})")
