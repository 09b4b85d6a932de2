"""Decisions of people about doubtful names: kept in a file, applied on every run.

A decisions file and a filled review sheet have the same three columns (others are ignored): `name`, `within` and
`decision`. Units are written from the widest to the narrowest with ` > ` between them, and several such chains with
` | ` between them. Without units, the decision is valid for the name anywhere. A decision is a place's id or P-code, a
point as `latitude, longitude`, `none` (or `not a place`) if the name is not a place, or empty if nobody decided yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from buldan.errors import PlaceNotFound, SourceError
from buldan.files import Wishes, open_table, write_table
from buldan.files.text import without_apostrophe
from buldan.gazetteer import Gazetteer
from buldan.geometry import SYRIA
from buldan.lookup.codes import parse_position
from buldan.model import AdminUnit
from buldan.rules import read_table
from buldan.tables.answers import Answer, make_decided
from buldan.tables.questions import Question
from buldan.text import fold

__all__ = ["DECISION_SCHEMA", "Decision", "apply_decisions", "join_units", "read_decisions", "write_decisions"]

_BETWEEN, _BETWEEN_CHAINS = " > ", " | "
_TWO_NUMBERS = re.compile(r"(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)")

_NEAR_SYRIA_KM = 5
"""A point that is farther from every place and outside every unit is not in Syria. Coasts and borders lie nearer."""

DECISION_SCHEMA = pa.schema([("name", pa.string()), ("within", pa.string()), ("decision", pa.string())])


class Decision(NamedTuple):
    """A decision as it was written, with the file and line that it comes from."""

    decision: str
    path: Path
    line: int


def read_decisions(path: Path, *, sheet: str | None = None) -> dict[Question, Decision]:
    """The decisions in a CSV or Excel file that somebody filled in; empty if there is no file yet.

    Raises:
        SourceError: a column is missing, or a name has two different decisions; with the line.
    """
    if not path.exists():
        return {}
    decisions: dict[Question, Decision] = {}
    for line, (name, within, decision) in _iter_cells(path, sheet):
        if not decision:
            continue
        for units in _split_units(within):
            # The same decision may occur twice: the sheets of two colleagues are pasted together.
            before = decisions.setdefault(Question(name, units), Decision(decision, path, line))
            if before.decision != decision:
                raise SourceError(
                    f"{name!r} is {decision} here and {before.decision} on line {before.line}; keep one",
                    path=path,
                    line=line,
                )
    return decisions


def join_units(chains: Iterable[tuple[str, ...]]) -> str:
    """Chains of units as the text of one cell."""
    return _BETWEEN_CHAINS.join(dict.fromkeys(_BETWEEN.join(chain) for chain in chains))


def _split_units(cell: str) -> list[tuple[str, ...]]:
    """The chains of units in a cell; for an empty cell, one chain without units."""
    chains = cell.split(_BETWEEN_CHAINS.strip())
    return [tuple(filter(None, map(str.strip, chain.split(_BETWEEN.strip())))) for chain in chains]


def _iter_cells(path: Path, sheet: str | None) -> Iterator[tuple[int, list[str]]]:
    """Pairs of a line and its three cells; the line is that of the spreadsheet, exact if no cell has a line break."""
    table = open_table(path, header_rows=1, sheet=sheet)
    for column in DECISION_SCHEMA.names:
        if column not in table.schema.names:
            raise SourceError(
                f"no column {column!r}; a file of decisions has the columns name, within, decision", path=path, line=1
            )
    line = 1
    for batch in table.batches():
        columns = (batch.column(column).to_pylist() for column in DECISION_SCHEMA.names)
        for cells in zip(*columns, strict=True):
            line += 1
            yield line, ["" if cell is None else without_apostrophe(str(cell).strip()) for cell in cells]


def apply_decisions(gazetteer: Gazetteer, decisions: Mapping[Question, Decision]) -> dict[Question, Answer]:
    """The answer for each decision, by its question.

    Raises:
        SourceError: a decision is not a place of this gazetteer or a point in Syria; with its line.
    """
    answers = {}
    for question, (decision, path, line) in decisions.items():
        note = f"decided in {path.name}"
        try:
            answers[question] = _apply(gazetteer, decision, note)
        except PlaceNotFound as error:
            choices = "write an id, a P-code, latitude, longitude, or none"
            raise SourceError(f"decision for {question.name!r}: {error}; {choices}", path=path, line=line) from None
        except ValueError as error:
            raise SourceError(f"decision for {question.name!r}: {error}", path=path, line=line) from None
    return answers


@cache
def _read_no_place_forms() -> frozenset[str]:
    """The words for a decision that a name is not a place (`no_place.tsv`), folded."""
    return frozenset(fold(form) for form, _ in read_table("tables/no_place"))


def _apply(gazetteer: Gazetteer, decision: str, note: str) -> Answer:
    if fold(decision) in _read_no_place_forms():
        return make_decided(None, note)
    if point := _read_point(decision):
        lon, lat = point
        # A point outside Syria nearly always has its longitude first, which no later step would notice.
        if not (SYRIA.holds(point) and gazetteer.reverse(lon=lon, lat=lat, radius_km=_NEAR_SYRIA_KM, limit=1)):
            raise ValueError(f"the point {decision} is not in Syria; write latitude, longitude")
        return make_decided(None, note, point=point, units=_find_units(gazetteer, lon, lat))
    return make_decided(gazetteer.place(decision), note)


def _read_point(decision: str) -> tuple[float, float] | None:
    """(lon, lat) of a point as a cell of names may have it, or of two numbers, latitude first; None if it is none."""
    if point := parse_position(decision):
        return point
    numbers = _TWO_NUMBERS.fullmatch(decision)
    return (float(numbers[2]), float(numbers[1])) if numbers else None


def _find_units(gazetteer: Gazetteer, lon: float, lat: float) -> tuple[AdminUnit, ...]:
    """The units whose outlines contain a point; empty in a gap between the outlines."""
    nearest = gazetteer.reverse(lon=lon, lat=lat, kinds=["sub-district"], limit=1)
    return nearest[0].place.admin if nearest and nearest[0].distance_km == 0 else ()


def write_decisions(path: Path, decisions: Mapping[Question, Decision]) -> None:
    """Write decisions to `path`, sorted by name, replacing its former content."""
    # Sorted, so that two versions of the file can be compared line by line.
    rows = sorted((name, _BETWEEN.join(within), made.decision) for (name, within, *_), made in decisions.items())
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    arrays = [pa.array(list(column), pa.string()) for column in columns]
    wishes = Wishes(bom=True, safe=True)
    write_table(path, DECISION_SCHEMA, [pa.record_batch(arrays, schema=DECISION_SCHEMA)], wishes=wishes)
