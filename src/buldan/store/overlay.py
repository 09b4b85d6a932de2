"""The user's own places: a CSV or GeoJSON file as records, which are merged with the gazetteer when it is loaded.

The columns are described in `buldan.store.overlay_places`. Nothing is guessed: a row that cannot be used ends the
load with an error that names file, line and column.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from buldan.geometry import Point
from buldan.kinds import ADMIN_KINDS
from buldan.model import Geometry, identifier_pairs
from buldan.outlines import covers
from buldan.store.overlay_places import read_names, read_place
from buldan.store.overlay_rows import Row, iter_rows
from buldan.store.records import NameRecord, PlaceRecord, format_name, format_place, parse_place

__all__ = ["Overlay", "merge_overlay", "read_overlay"]


class Overlay(NamedTuple):
    """Records of the user's own places; `admin` is empty until they are merged."""

    places: list[PlaceRecord]
    names: list[NameRecord]
    areas: dict[str, Geometry]


def read_overlay(overlay: str | Path | Mapping[str, Any], *, taken: Mapping[str, str] | None = None) -> Overlay:
    """The places in a CSV or GeoJSON file, or in a GeoJSON FeatureCollection as a dict.

    Args:
        overlay: the file or collection.
        taken: ids and identifiers of places of the gazetteer, each with the id of its place; None if the file is
            read alone, and `part_of` is not checked.

    Raises:
        SourceError: the file is missing or not UTF-8, columns are missing, or a row cannot be used, for instance
            because its id is `taken`; names file, line, column.
    """
    places: list[PlaceRecord] = []
    names: list[NameRecord] = []
    areas: dict[str, Geometry] = {}
    leads = dict(taken or {})
    rows: list[Row] = []
    for row in iter_rows(overlay):
        place = read_place(row)
        _check_free(row, place, {given.id for given in places}, leads)
        leads |= dict.fromkeys(_iter_leads(place), place.id)
        places.append(place)
        names.extend(read_names(row, place.id))
        rows.append(row)
        if row.geometry is not None and row.geometry["type"] != "Point":
            areas[place.id] = row.geometry
    if taken is not None:  # once all are read: a whole may come after its parts
        places = [
            place._replace(part_of=_find_whole(row, place, leads)) for row, place in zip(rows, places, strict=True)
        ]
    return Overlay(places, names, areas)


def _find_whole(row: Row, place: PlaceRecord, leads: Mapping[str, str]) -> str:
    """The id of the place that `place` is a part of; empty if it is not a part of another."""
    whole = leads.get(place.part_of, "")
    if place.part_of and whole in {"", place.id}:
        raise row.fault("part_of", f"{place.part_of!r} is the id of no other place; give one of the gazetteer or yours")
    return whole


def _iter_leads(place: PlaceRecord) -> Iterator[str]:
    """The keys of a place other than names: its id, and its identifiers with their scheme.

    Numbers of GeoNames and codes of OCHA are also keys without their scheme (`buldan.Gazetteer.place`).
    """
    yield place.id
    for scheme, value in identifier_pairs(place.identifiers):
        yield f"{scheme}:{value}"
        if scheme in {"pcode", "geonames"}:
            yield value


def _check_free(row: Row, place: PlaceRecord, mine: Container[str], leads: Mapping[str, str]) -> None:
    """Refuse an id or identifier that leads to another place."""
    if place.id in leads:
        where = "is in this file twice; ids must differ"
        if leads[place.id] not in mine:
            where = f"already leads to a place of the gazetteer ({leads[place.id]}); give yours another id"
        raise row.fault("id", f"{place.id!r} {where}")
    for scheme, value in place.identifiers.items():
        if other := leads.get(f"{scheme}:{value}"):
            raise row.fault(scheme, f"{value!r} already leads to {other}; no two places share an identifier")


def merge_overlay(
    places: bytes, names: bytes, areas: bytes, overlay: str | Path | Mapping[str, Any]
) -> tuple[bytes, bytes, bytes]:
    """The text of `places.tsv`, `names.tsv` and `areas.jsonl` with the user's own places added.

    A place gets the P-code of the smallest unit whose outline contains its point, `SY` if no unit does.

    Raises:
        SourceError: the overlay cannot be used, or one of its ids is already in the gazetteer.
    """
    header, *lines = places.decode("utf-8").splitlines()
    mine = read_overlay(overlay, taken=_read_taken_ids(lines))
    units = _read_unit_outlines(lines, areas) if mine.places else []
    placed = (place._replace(admin=_find_unit(units, Point(place.lon, place.lat))) for place in mine.places)
    outlines = (
        json.dumps({"id": id_, "geometry": shape}, ensure_ascii=False, separators=(",", ":"))
        for id_, shape in mine.areas.items()
    )
    name_header, *name_lines = names.decode("utf-8").splitlines()
    return (
        _join([header, *sorted([*lines, *map(format_place, placed)], key=_get_first_cell)]),
        _join([name_header, *sorted([*name_lines, *map(format_name, mine.names)], key=_get_first_cell)]),
        areas + _join(list(outlines)),
    )


def _read_taken_ids(lines: Iterable[str]) -> dict[str, str]:
    """The ids and identifiers of the gazetteer's places, each with the id of its place."""
    return {key: place.id for place in map(parse_place, lines) for key in _iter_leads(place)}


def _get_first_cell(line: str) -> str:
    return line.split("\t", 1)[0]


def _join(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _read_unit_outlines(lines: Sequence[str], areas: bytes) -> list[tuple[str, Geometry]]:
    """(P-code, outline) of every admin unit, the smallest units first."""
    cells = (line.split("\t") for line in lines)
    codes = {row[0]: row[7] for row in cells if row[1] in ADMIN_KINDS[1:]}
    shapes = (json.loads(line) for line in areas.decode("utf-8").splitlines())
    units = [(codes[shape["id"]], shape["geometry"]) for shape in shapes if shape["id"] in codes]
    return sorted(units, key=lambda unit: (-len(unit[0]), unit[0]))


def _find_unit(units: Sequence[tuple[str, Geometry]], point: Point) -> str:
    return next((pcode for pcode, outline in units if covers(outline, point)), "SY")
