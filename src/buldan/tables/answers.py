"""A name with its context, and what is known of it: the columns that a table gets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import pyarrow as pa

from buldan.errors import QueryError
from buldan.frames import PLACE_COLUMNS, place_row
from buldan.gazetteer import Gazetteer
from buldan.lookup import Match
from buldan.model import Place

__all__ = [
    "ANSWER_COLUMNS",
    "ANSWER_SCHEMA",
    "ANSWER_TAGS",
    "STATUSES",
    "Answer",
    "Answerer",
    "Question",
    "Terms",
    "answer",
    "answer_all",
    "decided",
    "is_found",
    "status_of",
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

STATUSES = ("found", "doubtful", "not found", "decided")
"""found: sure enough · doubtful: a place is given, and a person should look · not found: none is given ·
decided: a person said so."""

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


class Question(NamedTuple):
    """A name and the units that it is said to be in, from the widest to the narrowest, blanks left out."""

    name: str
    within: tuple[str, ...] = ()


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
    """

    kinds: tuple[str, ...] = ()
    min_score: float = 0.0
    sure_score: float = 0.6
    alternatives: int = 4


def answer_all(gazetteer: Gazetteer, questions: Iterable[Question], terms: Terms) -> list[Answer]:
    """An answer to each question, in order."""
    return [answer(gazetteer, question, terms) for question in questions]


def answer(gazetteer: Gazetteer, question: Question, terms: Terms) -> Answer:
    """What the gazetteer knows of a question.

    A unit that it does not know is passed over for the next wider one, and the answer says so and is doubtful.

    Raises:
        QueryError: the terms cannot be asked (an unknown kind).
    """
    if not question.name:
        return _not_found("empty")
    unknown: list[str] = []
    for within in (*reversed(question.within), None):
        try:
            matches = gazetteer.lookup(
                question.name, within=within, kinds=terms.kinds or None, limit=terms.alternatives + 1
            )
        except QueryError as error:
            if error.field == "within":
                unknown.append(within or "")
                continue
            if error.field == "text":
                return _not_found(str(error))
            raise
        return _judge(matches, terms, unknown)
    raise AssertionError("the last question has no unit that could be unknown")


def _judge(matches: Sequence[Match], terms: Terms, unknown: Sequence[str]) -> Answer:
    """The row for the matches of one lookup."""
    if not matches:
        return _not_found("no match")
    best, *others = matches
    if best.score < terms.min_score:
        return _not_found(f"below threshold {terms.min_score:g}", best.score, _describe(matches))
    notes = [f"unit not known: {', '.join(unknown)}"] if unknown else []
    if best.ambiguous:
        notes.append("another place could as well be meant")
    if best.score < terms.sure_score:
        notes.append(f"score below {terms.sure_score:g}")
    return (
        *place_row(best.place),
        best.score,
        best.ambiguous,
        _describe(others),
        best.name.text,
        "doubtful" if notes else "found",
        "; ".join(notes) or None,
    )


def decided(place: Place | None, note: str = "") -> Answer:
    """The row for what a person decided: this place, or (None) no place at all."""
    where = place_row(place) if place else _NOWHERE
    return (*where, 1.0 if place else None, False, None, None, "decided", note or "decided by a person")


def is_found(answer: Answer) -> bool:
    """Whether the answer names a place."""
    return answer[0] is not None


def _not_found(reason: str, score: float | None = None, alternatives: str | None = None) -> Answer:
    return (*_NOWHERE, score, False, alternatives, None, "not found", reason)


def _describe(matches: Sequence[Match]) -> str | None:
    """Other places for people: `bd1a2b3c4d Nawa (Dar'a) 0.31; bd5e6f7a8b …`."""
    return "; ".join(_describe_one(match) for match in matches) or None


def _describe_one(match: Match) -> str:
    unit = match.place.admin[0].name_en if match.place.admin else "Syria"
    return f"{match.place.id} {match.place.name()} ({unit}) {match.score:.2f}"


def status_of(answer: Answer) -> str:
    """One of `STATUSES`."""
    return str(answer[_STATUS])
