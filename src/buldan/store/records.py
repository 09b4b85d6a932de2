"""Parse and format lines of the gazetteer's files.

A record is a line as typed values. The index makes a `Place` of it, with names and admin chain
(`buldan.index.lines`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from buldan.errors import GazetteerError
from buldan.model import Geometry
from buldan.store import schema

__all__ = [
    "NameRecord",
    "PlaceRecord",
    "format_name",
    "format_place",
    "parse_name",
    "parse_place",
    "read_areas",
    "read_names",
    "read_places",
    "read_retired",
]


_Record = TypeVar("_Record")


class PlaceRecord(NamedTuple):
    """One line of `places.tsv`; see `buldan.model.Place` for the members."""

    id: str
    kind: str
    name_en: str
    name_ar: str
    lon: float
    lat: float
    radius_km: float
    admin: str
    part_of: str
    population: int | None
    identifiers: Mapping[str, str]
    sources: tuple[str, ...]
    position: str = "surveyed"


class NameRecord(NamedTuple):
    """One line of `names.tsv`: `place` is the id of the place with the name, `start` and `end` are its dates."""

    place: str
    name: str
    lang: str
    script: str
    kind: str
    sources: tuple[str, ...]
    start: str = ""
    end: str = ""


def parse_place(line: str) -> PlaceRecord:
    """The record in one line of `places.tsv`. Raises ValueError on a malformed line."""
    cells = line.rstrip("\n").split("\t")
    if len(cells) != len(schema.PLACE_COLUMNS):
        raise ValueError(f"{len(cells)} columns instead of {len(schema.PLACE_COLUMNS)}")
    id_, kind, name_en, name_ar, lon, lat, radius, admin, part_of, population, identifiers, *rest = cells
    return PlaceRecord(
        id_,
        kind,
        name_en,
        name_ar,
        float(lon),
        float(lat),
        float(radius),
        admin,
        part_of,
        int(population) if population else None,
        dict(pair.split(":", 1) for pair in identifiers.split(" ")) if identifiers else {},
        tuple(rest[0].split()),
        rest[1],
    )


def format_place(record: PlaceRecord) -> str:
    """The line of a place, without line end; coordinates have at most 5 decimals (about a metre)."""
    identifiers = " ".join(f"{scheme}:{value}" for scheme, value in sorted(record.identifiers.items()))
    cells = (
        record.id,
        record.kind,
        record.name_en,
        record.name_ar,
        _format_degrees(record.lon),
        _format_degrees(record.lat),
        f"{record.radius_km:g}",
        record.admin,
        record.part_of,
        "" if record.population is None else str(record.population),
        identifiers,
        " ".join(sorted(record.sources)),
        record.position,
    )
    return "\t".join(cells)


def _format_degrees(value: float) -> str:
    return f"{value:.5f}".rstrip("0").rstrip(".")


def parse_name(line: str) -> NameRecord:
    """The record in one line of `names.tsv`. Raises ValueError on a malformed line."""
    cells = line.rstrip("\n").split("\t")
    if len(cells) != len(schema.NAME_COLUMNS):
        raise ValueError(f"{len(cells)} columns instead of {len(schema.NAME_COLUMNS)}")
    place, name, lang, script, kind, sources, start, end = cells
    return NameRecord(place, name, lang, script, kind, tuple(sources.split()), start, end)


def format_name(record: NameRecord) -> str:
    """The line of a name, without line end."""
    return "\t".join((*record[:5], " ".join(sorted(record.sources)), record.start, record.end))


def _iter_lines(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Pairs of number and text of the lines below the header, which must name exactly `columns`.

    An earlier layout may lack the last columns; their cells are then empty.

    Raises:
        GazetteerError: the file cannot be read, is not UTF-8, or has another header.
    """
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            header = tuple(file.readline().rstrip("\n").split("\t"))
            if header not in (columns, columns[: schema.EARLIER.get(path.name)]):
                raise GazetteerError(f"{path}: the header is {header}, expected {columns}")
            lacking = "\t" * (len(columns) - len(header))
            yield from ((number, line.rstrip("\n") + lacking) for number, line in enumerate(file, start=2))
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read ({error.strerror}); reinstall or recompile") from error
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from error


def _iter_records(path: Path, columns: tuple[str, ...], parse: Callable[[str], _Record]) -> Iterator[_Record]:
    """The record of each line.

    Raises:
        GazetteerError: a malformed line; names file and line.
    """
    for number, line in _iter_lines(path, columns):
        try:
            yield parse(line)
        except ValueError as error:
            raise GazetteerError(f"{path}, line {number}: {error}") from error


def read_places(folder: Path) -> Iterator[PlaceRecord]:
    """Every place, in the file's order (by id)."""
    return _iter_records(folder / schema.PLACES, schema.PLACE_COLUMNS, parse_place)


def read_names(folder: Path) -> Iterator[NameRecord]:
    """Every name, in the file's order (by place, then those to show first)."""
    return _iter_records(folder / schema.NAMES, schema.NAME_COLUMNS, parse_name)


def read_areas(folder: Path) -> Iterator[tuple[str, Geometry]]:
    """Every outline as (place id, GeoJSON geometry)."""
    path = folder / schema.AREAS
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                try:
                    row = json.loads(line)
                    yield row["id"], row["geometry"]
                except (ValueError, KeyError) as error:
                    raise GazetteerError(f"{path}, line {number}: {error}") from error
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read ({error.strerror}); reinstall or recompile") from error


def read_retired(folder: Path) -> dict[str, str]:
    """Retired id → the id that replaced it (empty if it was not replaced)."""
    path = folder / schema.RETIRED
    if not path.exists():
        return {}
    retired = {}
    for number, line in _iter_lines(path, schema.RETIRED_COLUMNS):
        old, tab, new = line.rstrip("\n").partition("\t")
        if not tab or "\t" in new:
            raise GazetteerError(f"{path}, line {number}: not two columns")
        retired[old] = new
    return retired
