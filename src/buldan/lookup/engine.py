"""Entry point of the lookup: checks the question and takes it through the stages, one per line in `Lookup.find`.

cell ─▶ parts ─▶ names and units ─▶ readings ─▶ forms found ─▶ evidence ─▶ utilities ─▶ probabilities ─▶ matches
`answering` reads the cell (`cells`, `cell_reading`, `units`) and has its names ranked; `ranker` takes a name (`query`)
through the stages of `search`, `weighing` and `ranking`; `second_thoughts` revises the answer; `matching` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.errors import QueryError
from buldan.index import Index
from buldan.lookup.answering import Answerer, Question
from buldan.lookup.cells import cut_cell, may_hold_name
from buldan.lookup.checks import (
    MOST_MATCHES,
    check_limit,
    check_near,
    check_question,
    check_radius,
    check_string,
    check_within,
    is_missing,
    looks_swapped,
    quote,
)
from buldan.lookup.codes import LONGEST_OF_LETTERS, find_row_of_code, parse_position
from buldan.lookup.context import get_unit
from buldan.lookup.evidence import Weights, read_weights
from buldan.lookup.explain import list_reasons
from buldan.lookup.matching import THRESHOLD, MatchWriter, list_unit_reasons, measure_outside_km, put_unit_first
from buldan.lookup.plain_names import list_plain_names
from buldan.lookup.query import parse_query
from buldan.lookup.ranker import Ranker
from buldan.lookup.ranking import Ranking
from buldan.lookup.results import Match, Reason
from buldan.lookup.reverse import Nearby, find_places_at
from buldan.lookup.search import Search
from buldan.lookup.second_thoughts import Reviser
from buldan.lookup.suggest import Suggestion, complete
from buldan.lookup.units import UnitReader
from buldan.lookup.weighing import Constraints, Weigher, mark_places_wanted
from buldan.model import Place
from buldan.text import has_letter, is_arabic, is_bare_article, iter_respellings, script_of, undo_escapes

__all__ = ["MOST_MATCHES", "THRESHOLD", "Lookup", "Matched", "Ranking"]

_OF_CODES = re.compile(r"\d|\b\w\w[.-]\w\w\b")
"""Every code has a digit or consists of twice two letters: SY0301, SY-HL, SY.HL."""

_READ_SCRIPTS = frozenset({"Arab", "Latn"})
"""Scripts whose letters are read as they stand; others are respelled."""

_ANYTHING = Constraints()
"""The constraints of a question that is a name alone."""

_ONE_OF_TWO = 0.5
"""Score of the place of a code beside a unit that does not contain it, or a name that is not known: one of the two is
wrong.
"""

_BELOW_ALL_UNITS = 4
"""Level of a place that is no unit; sub-districts, the narrowest units, have level 3."""

_LONGEST_ARTICLE = 8
"""Maximum characters of a question that holds only an article and punctuation."""


class Matched(NamedTuple):
    """Matches, best first, and the reasons that are about the whole question."""

    matches: list[Match]
    reasons: tuple[Reason, ...] = ()


class Lookup:
    """Lookups over one index. Holds only the index and small caches; threads may share it."""

    def __init__(self, index: Index, *, weights: Weights | None = None) -> None:
        weights = weights or read_weights()
        self._index, self._search, weigher = index, Search(index), Weigher(index, weights)
        self._units = UnitReader(index, self._search, weigher)
        self._ranker = Ranker(self._search, weigher)
        self._answerer = Answerer(index, self._units, self._ranker, weights)
        self._reviser = Reviser(index, self._answerer)
        self._writer = MatchWriter(index, weights)

    def find(
        self,
        text: str,
        *,
        within: str | Sequence[object] | None = None,
        near: tuple[float, float] | None = None,
        kinds: Iterable[str] | None = None,
        limit: int = 5,
    ) -> Matched:
        """Matches for a question, best first; see `buldan.Gazetteer.lookup`."""
        check_limit(limit)
        identified = self._answer_identifier(text, limit)
        if identified is not None:
            return identified
        check_question(text)
        escaped, text = text, undo_escapes(text)
        asked = self._make_constraints(within, near, kinds)
        question = self._answerer.add_unit_beside(Question(text, within, asked))
        silence = _why_silent(text)
        if silence:
            return Matched([], (silence,))
        answer = self._answerer.read(question)
        answer = self._reviser.revise(question, answer)
        if text != escaped:
            answer = answer.add_reason(Reason("encoding", text))
        matches = put_unit_first(self._index, asked, self._writer.write(answer, limit), limit)
        if not matches and (coded := self._answer_code_beside(text)):
            return coded
        return Matched(matches, answer.reasons + answer.within.reasons)

    def rank(
        self,
        text: str,
        *,
        within: str | Sequence[object] | None = None,
        near: tuple[float, float] | None = None,
        kinds: Iterable[str] | None = None,
    ) -> Ranking:
        """All candidates of a question with their evidence and scores."""
        query, asked = parse_query(text), self._make_constraints(within, near, kinds)
        return self._ranker.rank(query, self._answerer.add_contexts_of_segments(query, asked))

    def list_training_rows(
        self, text: str, *, within: str | Sequence[object] | None = None
    ) -> tuple[list[int], NDArray[np.float64]]:
        """Place rows and evidence of every form found by every stage, the best and the worst: to learn from."""
        query, asked = parse_query(text), self._make_constraints(within, None, None)
        return self._ranker.weigh_all(query, self._answerer.add_contexts_of_segments(query, asked))

    def _make_constraints(
        self, within: str | Sequence[object] | None, near: tuple[float, float] | None, kinds: Iterable[str] | None
    ) -> Constraints:
        """The constraints of a question, checked."""
        if within is None and near is None and kinds is None:
            return _ANYTHING
        check_near(near)
        check_within(within)
        return Constraints(
            self._units.read_within(within), near, None if kinds is None else mark_places_wanted(self._index, kinds)
        )

    def read_within(self, within: Sequence[object]) -> tuple[list[tuple[str, list[Place]]], tuple[Reason, ...]]:
        """See `buldan.Gazetteer.read_units`."""
        chain = self._units.read_within(within)
        units = [
            (name, [self._index.places[row] for row in container.rows])
            for container, name in zip(chain.containers, chain.names, strict=True)
        ]
        return units, chain.reasons

    def _answer_identifier(self, text: str, limit: int) -> Matched | None:
        """The answer to an id, a code or coordinates: the place itself, or the places at that position; None
        for a name.
        """
        if not isinstance(text, str) or not _may_hold_code(text):
            return None  # true of most names
        row = find_row_of_code(self._index, text)
        if row is not None:
            place = self._index.places[row]
            return Matched([Match(place, place.names[0], 1.0, list_reasons(None, text.strip(), ()))])
        point = parse_position(text)
        if point is None:
            return self._answer_codes(text)
        return self._answer_position(point, limit)

    def _answer_position(self, point: tuple[float, float], limit: int) -> Matched:
        """The places at a position (lon, lat): the nearest ones, then the units that contain it, together up to
        `limit`.
        """
        if looks_swapped(point):
            lon, lat = point
            raise QueryError(f"coordinates are latitude, longitude; {lat:g}, {lon:g} looks swapped", field="text")
        reason, score, matches = Reason("coordinates", f"{point[1]:.5f}, {point[0]:.5f}"), 1.0, []
        around, units = find_places_at(self._index, point, limit=limit)
        for place, apart in [*around[: max(1, limit - len(units))], *units][:limit]:
            score = min(score, round(1 / (1 + apart), 4))  # one half at a kilometre; none likelier than one nearer
            matches.append(Match(place, place.names[0], score, (reason,)))
        return Matched(matches, (reason,))

    def _answer_codes(self, text: str) -> Matched | None:
        """The place of the narrowest code, for a cell of codes (SY03/SY0301/C2302) or of a name and its code."""
        if not _OF_CODES.search(text):
            return None  # true of nearly every question, and saves cutting the cell
        index, (codes, rows) = self._index, self._find_codes(text)
        if len(codes) == len(rows) + 1 == 2 and rows[0] in self._units.named.find_exact(codes[0]):
            codes = codes[1:]  # its own name before a code: Homs (SY04)
        elif not rows or len(rows) < len(codes):
            return None
        narrowest = self._choose_narrowest(rows)
        chain = self._units.read_within([code for code, row in zip(codes, rows, strict=True) if row != narrowest])
        own = list_reasons(None, codes[rows.index(narrowest)], ())
        reasons = own + list_unit_reasons(chain, measure_outside_km(narrowest, chain)) + chain.reasons
        place = index.places[narrowest]
        is_inside = all(reason.rule != "within_outside" for reason in reasons)
        return Matched([Match(place, place.names[0], 1.0 if is_inside else _ONE_OF_TWO, reasons)])

    def _answer_code_beside(self, text: str) -> Matched | None:
        """The place of the narrowest code in a cell whose name is not known, as a guess; None without a code."""
        parts, rows = self._find_codes(text) if _OF_CODES.search(text) else ([], [])
        if not rows:
            return None
        name = " ".join(part for part in parts if find_row_of_code(self._index, part) is None)
        place = self._index.places[self._choose_narrowest(rows)]
        return Matched([Match(place, place.names[0], _ONE_OF_TWO, (Reason("code_alone", name),))])

    def _find_codes(self, text: str) -> tuple[list[str], list[int]]:
        """The parts of a cell, and the places of those that are codes."""
        parts = [part.text for part in cut_cell(text) if may_hold_name(part.text)]
        found = (find_row_of_code(self._index, part) for part in parts)
        return parts, [row for row in found if row is not None]

    def _choose_narrowest(self, rows: Sequence[int]) -> int:
        """The first place that heads no unit, else the unit of the lowest level."""
        units = {row: get_unit(self._index, row) for row in rows}
        return max(rows, key=lambda row: unit[0] if (unit := units[row]) else _BELOW_ALL_UNITS)

    def suggest(self, prefix: str, *, near: tuple[float, float] | None = None, limit: int = 10) -> list[Suggestion]:
        """See `buldan.Gazetteer.suggest`."""
        check_string(prefix, "the beginning of a name", field="prefix")
        check_limit(limit)
        check_near(near)
        return complete(self._index, self._search, prefix, near=near, limit=limit)

    def reverse(
        self,
        *,
        lon: float,
        lat: float,
        kinds: Iterable[str] | None = None,
        radius_km: float | None = None,
        limit: int = 5,
    ) -> list[Nearby]:
        """See `buldan.Gazetteer.reverse`."""
        check_limit(limit)
        check_near((lon, lat), field="lon, lat")
        check_radius(radius_km)
        wanted = None if kinds is None else mark_places_wanted(self._index, kinds)
        around, units = find_places_at(self._index, (lon, lat), wanted=wanted, radius_km=radius_km, limit=limit)
        return [*around, *units]


def _may_hold_code(text: str) -> bool:
    """Whether a text may be or hold an id, a code or coordinates. Cheap, as most names are letters alone."""
    if len(text.strip()) <= LONGEST_OF_LETTERS:
        return True
    return not text.replace(" ", "").isalpha() and _OF_CODES.search(text) is not None


def _why_silent(text: str) -> Reason | None:
    """The reason why a question has no answer: a missing value, no letters, or no letters of a script that is read."""
    if list_plain_names(text):
        return None
    if is_missing(text):
        return Reason("no_value", quote(text))
    letter = next(filter(has_letter, text), "")
    if not letter or (len(text) < _LONGEST_ARTICLE and is_bare_article(text)):
        return Reason("no_letters", quote(text))
    if letter.isascii() or is_arabic(letter) or not {script_of(letter), script_of(text)}.isdisjoint(_READ_SCRIPTS):
        return None
    is_respelled = next(iter_respellings(text), None) is not None
    return None if is_respelled else Reason("script_unread", quote(text))
