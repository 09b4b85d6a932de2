"""What is known of a name: the columns that a table gets, and a row for each kind of answer."""

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
    "Terms",
    "Told",
    "describe",
    "find_told_places",
    "get_status",
    "make_decided",
    "make_found",
    "make_not_a_place",
    "make_not_found",
    "make_unit_only",
]

ANSWER_COLUMNS = (*PLACE_COLUMNS, "score", "ambiguous", "alternatives", "matched_name", "status", "reason")
"""What a row gets: the place (`buldan.frames.PLACE_COLUMNS`), how sure it is, and why."""

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
"""HXL tags of our columns (hxlstandard.org, version 1.1)."""

STATUSES = ("found", "doubtful", "unit only", "not found", "not a place", "decided")
"""found: sure enough · doubtful: a place is given, and a person should look · unit only: the place is not known, the
unit that holds it is given · not found: nothing is given · not a place: the cell names none ("Total", أخرى) ·
decided: a person said so."""

ROW_OF_SUMS = "row of sums"
"""How the reason of a row begins whose numbers are those of the other rows together."""

_NUMBERS = frozenset({"lon", "lat", "radius_km", "score"})
ANSWER_SCHEMA = pa.schema(
    [
        (column, pa.float64() if column in _NUMBERS else pa.bool_() if column == "ambiguous" else pa.string())
        for column in ANSWER_COLUMNS
    ]
)

Answer: TypeAlias = tuple[Any, ...]
"""One row under `ANSWER_COLUMNS`."""

_STATUS = ANSWER_COLUMNS.index("status")
_NOWHERE = (None,) * len(PLACE_COLUMNS)


Answerer: TypeAlias = Callable[[Sequence[Question]], list[Answer]]
"""Questions to answers, one each and in order; in this process or on a cluster."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms names are looked up.

    Attributes:
        kinds: kinds or groups of kinds to keep; all where empty.
        min_score: a best match below it is no answer (0..1).
        sure_score: an answer below it is doubtful (0..1).
        alternatives: how many other places are told.
        fallback: whether a row whose place is not known gets its unit.
    """

    kinds: tuple[str, ...] = ()
    min_score: float = 0.0
    sure_score: float = SURE_SCORE
    alternatives: int = 4
    fallback: bool = True


def make_found(
    match: Match, *, others: Sequence[Told] = (), doubts: Sequence[str] = (), notes: Sequence[str] = ()
) -> Answer:
    """The row for a match; `doubts` make it doubtful, `notes` are only told."""
    return (
        *place_row(match.place),
        match.score,
        match.ambiguous,
        describe(others),
        match.name.text,
        "doubtful" if doubts else "found",
        _join(*doubts, *notes),
    )


def make_not_found(reason: str, *, others: Sequence[Told] = (), score: float | None = None) -> Answer:
    """The row where no place can be given."""
    return (*_NOWHERE, score, False, describe(others), None, "not found", reason)


def make_not_a_place(name: str) -> Answer:
    """The row for a word that stands where a name would; a row of sums says so, since it must not be counted again."""
    reason = f"{ROW_OF_SUMS}: {name}" if is_total(name) else f"{name!r} names no place"
    return (*_NOWHERE, None, False, None, None, "not a place", reason)


def make_unit_only(unit: Place, reason: str, *, others: Sequence[Told] = ()) -> Answer:
    """The row where the place is not known, and the unit that holds it is."""
    return (*place_row(unit), None, False, describe(others), None, "unit only", reason)


def make_decided(
    place: Place | None, note: str = "", *, point: tuple[float, float] | None = None, units: Sequence[AdminUnit] = ()
) -> Answer:
    """The row for what a person decided: this place, a point (lon, lat) with the units that hold it, or no place."""
    note = note or "decided by a person"
    if point is not None:
        # Every column of a place, empty, then what a point has: the order of the columns stays.
        where = dict(zip(PLACE_COLUMNS, _NOWHERE, strict=True)) | name_units(units) | {"lon": point[0], "lat": point[1]}
        return (*where.values(), 1.0, False, None, None, "decided", note)
    return (*(place_row(place) if place else _NOWHERE), 1.0 if place else None, False, None, None, "decided", note)


class Told(NamedTuple):
    """Another place that is told of, and what speaks against it."""

    match: Match
    against: str = ""


def describe(others: Iterable[Told]) -> str | None:
    """Other places for people: `bd1a2b3c4d Nawa (Dar'a) 0.31; bd5e6f7a8b …`."""
    return "; ".join(map(_describe_one, others)) or None


def _describe_one(told: Told) -> str:
    place = told.match.place
    unit = place.admin[0].name_en if place.admin else "Syria"
    against = f" {told.against}" if told.against else ""
    return f"{place.id} {place.name()} ({unit}) {told.match.score:.2f}{against}"


def find_told_places(gazetteer: Gazetteer, alternatives: str | None) -> list[tuple[Place, float]]:
    """The places, with their scores, that `describe` told of."""
    return [(gazetteer.place(told["id"]), float(told["score"])) for told in _TOLD_ONE.finditer(alternatives or "")]


_TOLD_ONE = re.compile(r"(?:^|; )(?P<id>\w+) .*? \([^()]*(?:\([^()]*\)[^()]*)?\) (?P<score>\d\.\d\d)")
"""One place as `_describe_one` writes it."""


def _join(*parts: str) -> str | None:
    return "; ".join(dict.fromkeys(filter(None, parts))) or None


def get_status(answer: Answer) -> str:
    """One of `STATUSES`."""
    return str(answer[_STATUS])
