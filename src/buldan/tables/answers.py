"""The columns that are added to a table, and the row for each kind of answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import pyarrow as pa

from buldan.frames import PLACE_COLUMNS, name_units, place_row
from buldan.gazetteer import Gazetteer
from buldan.lookup import Match
from buldan.model import AdminUnit, Place
from buldan.tables.questions import Question, is_total
from buldan.thresholds import SURE_SCORE

__all__ = [
    "ANSWER_COLUMNS",
    "ANSWER_SCHEMA",
    "ANSWER_TAGS",
    "ROW_OF_SUMS",
    "STATUSES",
    "Answer",
    "Answerer",
    "Candidate",
    "Terms",
    "describe",
    "find_listed_places",
    "get_status",
    "make_decided",
    "make_found",
    "make_not_a_place",
    "make_not_found",
    "make_unit_only",
]

ANSWER_COLUMNS = (*PLACE_COLUMNS, "score", "ambiguous", "alternatives", "matched_name", "status", "reason")
"""The columns added to a row: the place (`buldan.frames.PLACE_COLUMNS`), how sure it is, and why."""

ANSWER_TAGS = {
    "buldan_id": "#loc+id+v_buldan",
    "name": "#loc+name+i_en",
    "name_ar": "#loc+name+i_ar",
    "kind": "#loc+type",
    "pcode": "#loc+code+v_pcode",
    "adm1_pcode": "#adm1+code+v_pcode",
    "adm1_name": "#adm1+name",
    "adm2_pcode": "#adm2+code+v_pcode",
    "adm2_name": "#adm2+name",
    "adm3_pcode": "#adm3+code+v_pcode",
    "adm3_name": "#adm3+name",
    "lon": "#geo+lon",
    "lat": "#geo+lat",
    "radius_km": "#geo+radius+km",
    "position": "#geo+precision",
    "score": "#meta+score",
    "ambiguous": "#meta+ambiguous",
    "alternatives": "#meta+alternatives",
    "matched_name": "#loc+name+matched",
    "status": "#status",
    "reason": "#meta+reason",
}
"""HXL tags of these columns (hxlstandard.org, version 1.1)."""

STATUSES = ("found", "doubtful", "unit only", "not found", "not a place", "decided")
"""found: sure enough · doubtful: a place is given, and a person should check it · unit only: the place is not known,
its unit is given · not found: nothing is given · not a place: the cell names no place ("Total", أخرى), or name and
units are empty · decided: by a person."""

ROW_OF_SUMS = "row of sums"
"""The beginning of the reason of a row of totals, whose numbers are sums of other rows."""

_NUMBERS = frozenset({"lon", "lat", "radius_km", "score"})
ANSWER_SCHEMA = pa.schema(
    [
        (column, pa.float64() if column in _NUMBERS else pa.bool_() if column == "ambiguous" else pa.string())
        for column in ANSWER_COLUMNS
    ]
)

Answer: TypeAlias = tuple[Any, ...]
"""The values of a row for `ANSWER_COLUMNS`."""

_STATUS = ANSWER_COLUMNS.index("status")
_NOWHERE = (None,) * len(PLACE_COLUMNS)


Answerer: TypeAlias = Callable[[Sequence[Question]], list[Answer]]
"""Gives an answer to each question, in order; in this process or on a cluster."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Options of a lookup for a table.

    Attributes:
        kinds: kinds or groups of kinds to keep; empty for all.
        min_score: a best match with a lower score counts as not found (0..1).
        sure_score: an answer with a lower score is doubtful (0..1).
        alternatives: number of other places to list.
        fallback: whether a row gets its unit if the place is not found.
    """

    kinds: tuple[str, ...] = ()
    min_score: float = 0.0
    sure_score: float = SURE_SCORE
    alternatives: int = 4
    fallback: bool = True


def make_found(
    match: Match, *, others: Sequence[Candidate] = (), doubts: Sequence[str] = (), notes: Sequence[str] = ()
) -> Answer:
    """The row for a match. `doubts` make it doubtful; `notes` are only added to the reason."""
    return (
        *place_row(match.place),
        match.score,
        match.ambiguous,
        describe(others),
        match.name.text,
        "doubtful" if doubts else "found",
        _join(*doubts, *notes),
    )


def make_not_found(reason: str, *, others: Sequence[Candidate] = (), score: float | None = None) -> Answer:
    """The row for a name that was not found."""
    return (*_NOWHERE, score, False, describe(others), None, "not found", reason)


def make_not_a_place(name: str) -> Answer:
    """The row for a word that is not a name, or for an empty row.

    A row of totals is marked, since its numbers must not be counted again.
    """
    reason = f"{ROW_OF_SUMS}: {name}" if is_total(name) else f"{name!r} names no place" if name else "empty"
    return (*_NOWHERE, None, False, None, None, "not a place", reason)


def make_unit_only(unit: Place, reason: str, *, others: Sequence[Candidate] = ()) -> Answer:
    """The row for a place that was not found, with its unit instead."""
    return (*place_row(unit), None, False, describe(others), None, "unit only", reason)


def make_decided(
    place: Place | None, note: str = "", *, point: tuple[float, float] | None = None, units: Sequence[AdminUnit] = ()
) -> Answer:
    """The row for a person's decision: this place, a point (lon, lat) with the units that contain it, or no place."""
    note = note or "decided by a person"
    if point is not None:
        # All columns of a place, first empty, so that they keep their order; then those that a point has.
        where = dict(zip(PLACE_COLUMNS, _NOWHERE, strict=True)) | name_units(units) | {"lon": point[0], "lat": point[1]}
        return (*where.values(), 1.0, False, None, None, "decided", note)
    return (*(place_row(place) if place else _NOWHERE), 1.0 if place else None, False, None, None, "decided", note)


class Candidate(NamedTuple):
    """A place that may be listed, and the reason against it; empty if there is none."""

    match: Match
    against: str = ""


def describe(others: Iterable[Candidate]) -> str | None:
    """Other places as text for people: `bd1a2b3c4d Nawa (Dar'a) 0.31; bd5e6f7a8b …`."""
    return "; ".join(map(_describe_one, others)) or None


def _describe_one(candidate: Candidate) -> str:
    place = candidate.match.place
    unit = place.admin[0].name_en if place.admin else "Syria"
    against = f" {candidate.against}" if candidate.against else ""
    return f"{place.id} {place.name()} ({unit}) {candidate.match.score:.2f}{against}"


def find_listed_places(gazetteer: Gazetteer, alternatives: str | None) -> list[tuple[Place, float]]:
    """The places that `describe` listed, with their scores."""
    return [
        (gazetteer.place(candidate["id"]), float(candidate["score"]))
        for candidate in _LISTED_PLACE.finditer(alternatives or "")
    ]


_LISTED_PLACE = re.compile(r"(?:^|; )(?P<id>\w+) .*? \([^()]*(?:\([^()]*\)[^()]*)?\) (?P<score>\d\.\d\d)")
"""A place as `_describe_one` writes it."""


def _join(*parts: str) -> str | None:
    return "; ".join(dict.fromkeys(filter(None, parts))) or None


def get_status(answer: Answer) -> str:
    """The status of an answer, one of `STATUSES`."""
    return str(answer[_STATUS])
