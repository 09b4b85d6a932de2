"""The pipeline of a lookup: read the cell, search, weigh, rank.

cell ─▶ parts ─▶ names and units ─▶ readings ─▶ forms found ─▶ evidence ─▶ utilities ─▶ probabilities ─▶ matches
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import inf

import numpy as np
from numpy.typing import NDArray

from buldan.index import Index
from buldan.kinds import kinds_named
from buldan.lookup.cell_reading import CellReader, CellReading
from buldan.lookup.cells import Part
from buldan.lookup.checks import MOST_MATCHES, check_limit, check_near, check_question
from buldan.lookup.context import Container, Within, outside_km
from buldan.lookup.evidence import EVIDENCE, Weights, read_weights
from buldan.lookup.explain import reasons_of
from buldan.lookup.ranking import EMPTY, Hit, Ranking
from buldan.lookup.readings import Question, question_of, read_question
from buldan.lookup.results import Match, Reason
from buldan.lookup.reverse import Nearby, places_at
from buldan.lookup.search import Found, Search
from buldan.lookup.spots import Spot, find_spots
from buldan.lookup.suggest import Suggestion, complete
from buldan.lookup.units import UnitReader
from buldan.lookup.weighing import Asked, Weigher, kind_agreement

__all__ = ["MOST_MATCHES", "Lookup", "Ranking"]

THRESHOLD = 0.12
"""Where the first match has a lower score than this, there is no answer, unless it is one of many namesakes."""

_NAMESAKE_COST = 0.7
"""Cost per sound up to which a name is the one asked for, spelled otherwise."""

_STOP_MARGINS = {"exact": 2.0, "close": 0.5}
"""Utility above "none of these" at which a stage's best candidate is good enough to stop."""

_AMBIGUITY_RATIO = 0.5
"""Share of the first spot's score at which the second makes the answer ambiguous."""

_LEAST_SCORE = 0.01
"""Scores below this are left out of an answer."""

_MOST_PARTS = 8
"""Parts of a question that are sought by like consonants."""

_FITTING_MARGIN, _FITTING_COST = 0.0, 0.35
"""Utility above "none of these", and for a bold reading cost per sound, from which on a reading of a cell holds."""

_BESIDE = 0.5
"""Evidence of a distance (15 km) up to which a name written as in the cell may lie outside its units."""

_SAME_FOLD, _COST_PER_SOUND = EVIDENCE.index("same_fold"), EVIDENCE.index("cost_per_sound")
_WITHIN_INSIDE, _WITHIN_OUTSIDE = EVIDENCE.index("within_inside"), EVIDENCE.index("within_outside")


class Lookup:
    """Lookups over one index. Holds nothing but the index and small caches; safe to share between threads."""

    def __init__(self, index: Index, *, weights: Weights | None = None) -> None:
        self._index, self._search = index, Search(index)
        weights = weights or read_weights()
        self._calibration = weights.calibration
        self._weigher = Weigher(index, weights)
        self._units = UnitReader(index, self._search, self._weigher)
        self._cells = CellReader(index, self._units)

    def find(
        self,
        text: str,
        *,
        within: str | Sequence[object] | None = None,
        near: tuple[float, float] | None = None,
        kinds: Iterable[str] | None = None,
        limit: int = 5,
    ) -> list[Match]:
        """Matches for a question, best first; see `buldan.Gazetteer.lookup`."""
        check_limit(limit)
        named = self._by_identifier(text)
        if named is not None:
            return [named]
        check_question(text)
        asked = self._asked(within, near, kinds)
        cell = self._cells.read(text)
        if cell is not None:
            units = self._with_units(asked, within, cell)
            if len(cell.names) > 1:
                return self._several(text, cell, units, limit)
            ranking = self._rank(_question_for(cell.names[0], text), self._with_contexts(units, cell))
            if _fits(ranking, cell, bool(units.within.containers)):
                return self._matches(ranking, find_spots(self._index, ranking), limit, units.within)
        question = read_question(text)
        ranking = self._rank(question, self._with_segments(asked, question))
        if question.is_abroad:
            ranking = ranking.of_the_same_name()
        return self._matches(ranking, find_spots(self._index, ranking), limit, asked.within)

    def _with_units(self, asked: Asked, within: str | Sequence[object] | None, cell: CellReading) -> Asked:
        """What is asked for, narrowed by the units that the cell names."""
        return replace(asked, within=self._units.within(within, [part.text for part in cell.units]))

    def _with_contexts(self, asked: Asked, cell: CellReading) -> Asked:
        """What is asked for, and the greater places that the cell names near the one meant."""
        near = [self._units.find_container(part.text, False) for part in cell.near]
        return replace(asked, contexts={0: [container for container in near if container is not None]})

    def _with_segments(self, asked: Asked, question: Question) -> Asked:
        """What is asked for, and for each segment what the others name: any of them may be the name."""
        if len(question.segments) < 2:
            return asked
        contexts: dict[int, list[Container]] = {}
        for segment in range(len(question.segments)):
            named = (self._units.find_container(text, False) for text in question.context(segment))
            # The country holds every place: it is no narrower context than none.
            contexts[segment] = [each for each in named if each is not None and not self._units.is_country(each)]
        return replace(asked, contexts=contexts)

    def _several(self, text: str, cell: CellReading, asked: Asked, limit: int) -> list[Match]:
        """The matches of several places in one cell: the likeliest of each, then the others; none is the one meant."""
        question = question_of(cell.names, text)
        ranking = self._rank(question, self._with_segments(asked, question))
        spots = find_spots(self._index, ranking)
        firsts = {ranking.hit(spot.positions[0]).reading.segment: spot for spot in reversed(spots)}
        listed = [*sorted(firsts.values(), key=spots.index), *(spot for spot in spots if spot not in firsts.values())]
        several = Reason("several_places", str(len(cell.names)))
        return [
            replace(match, score=round(match.score / len(cell.names), 4), reasons=(*match.reasons, several))
            for match in self._matches(ranking, listed, limit, asked.within, ambiguous=True)
        ]

    def rank(
        self,
        text: str,
        *,
        within: str | Sequence[object] | None = None,
        near: tuple[float, float] | None = None,
        kinds: Iterable[str] | None = None,
    ) -> Ranking:
        """All candidates of a question with their evidence and scores."""
        question = read_question(text)
        return self._rank(question, self._with_segments(self._asked(within, near, kinds), question))

    def _asked(
        self, within: str | Sequence[object] | None, near: tuple[float, float] | None, kinds: Iterable[str] | None
    ) -> Asked:
        check_near(near)
        return Asked(self._units.within(within), near, None if kinds is None else self._wanted(kinds))

    def _rank(self, question: Question, asked: Asked) -> Ranking:
        ranking = EMPTY
        for fresh, settled in self._stages(question):
            ranking = self._weigher.weigh(question, fresh, asked, ranking)
            if ranking.margin >= settled and not ranking.of_another_kind:
                break
        return ranking

    def trace(
        self, text: str, *, within: str | Sequence[object] | None = None
    ) -> tuple[list[int], NDArray[np.float64]]:
        """Place rows and evidence of every form found by every stage, the best and the worst: to learn from."""
        question = read_question(text)
        asked = self._with_segments(Asked(self._units.within(within)), question)
        found = [forms for stage, _ in self._stages(question) for forms in stage]
        ranking = self._weigher.weigh(question, found, asked)
        return ranking.places, ranking.table()

    def _stages(self, question: Question) -> Iterator[tuple[list[Found], float]]:
        """What each stage finds, the cheap and sure before the bold, and the margin at which to stop."""
        search, plain = self._search, question.plain_readings
        yield search.exact(plain), _STOP_MARGINS["exact"]
        yield search.typed(plain), _STOP_MARGINS["close"]
        yield search.close(plain) + search.exact(question.clitic_readings), _STOP_MARGINS["close"]
        yield search.exact(question.part_readings), _STOP_MARGINS["close"]
        yield search.fuzzy(plain) + search.close(question.part_readings[:_MOST_PARTS]), inf

    def _wanted(self, kinds: Iterable[str]) -> NDArray[np.int8]:
        """By place row: 2 for a kind asked for, 1 for another of its group, 0 for the rest."""
        agreement = kind_agreement(frozenset().union(*map(kinds_named, kinds)))
        wanted: NDArray[np.int8] = np.frombuffer(agreement, np.int8)[self._index.kind]
        return wanted

    def _by_identifier(self, text: str) -> Match | None:
        """The place itself where the question is an id or a P-code."""
        asked = text.strip() if isinstance(text, str) else ""
        if not asked.isascii() or " " in asked or not any(map(str.isdigit, asked)):
            return None
        row = self._index.find_row(asked)
        if row is None:
            return None
        place = self._index.places[row]
        return Match(place, place.names[0], 1.0, reasons_of(None, asked, ()))

    def _matches(
        self, ranking: Ranking, spots: Sequence[Spot], limit: int, within: Within, *, ambiguous: bool = False
    ) -> list[Match]:
        """The answer: the spots in their order, each with the score of all its candidates."""
        calibration = self._calibration["within" if within.containers else "alone"]
        if not spots:
            return []
        first = spots[0]
        if calibration.of(first.score) < THRESHOLD and not _is_namesake(ranking.hit(first.positions[0])):
            return []
        ambiguous |= len(spots) > 1 and spots[1].score > _AMBIGUITY_RATIO * spots[0].score
        chosen = [(at, spot.score) for spot in spots for at in spot.positions][:limit]
        return [
            self._match(ranking, at, calibration.of(score), ambiguous, within)
            for position, (at, score) in enumerate(chosen)
            if position == 0 or score >= _LEAST_SCORE
        ]

    def _match(self, ranking: Ranking, position: int, score: float, ambiguous: bool, within: Within) -> Match:
        index, hit, row = self._index, ranking.hit(position), ranking.rows[position]
        reasons = reasons_of(hit, "", ranking.evidence_of(position), rule=int(index.form_rule[hit.form]))
        reasons += self._unit_reasons(row, within) + within.reasons
        name = index.names[int(index.form_name[hit.form])]
        return Match(index.places[row], name, score, reasons, ambiguous)

    def _unit_reasons(self, row: int, within: Within) -> tuple[Reason, ...]:
        """For each unit asked for, whether the place lies in it, or how far outside."""
        reasons = []
        for container, name in zip(within.containers, within.names, strict=True):
            apart = float(outside_km(self._index, container, np.array([row]))[0])
            reasons.append(
                Reason("within_inside", name) if apart <= 0 else Reason("within_outside", f"{name}: {apart:.0f} km")
            )
        return tuple(reasons)

    def suggest(self, prefix: str, *, near: tuple[float, float] | None = None, limit: int = 10) -> list[Suggestion]:
        """See `buldan.Gazetteer.suggest`."""
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
        check_near((lon, lat))
        wanted = None if kinds is None else self._wanted(kinds) == 2
        return places_at(self._index, (lon, lat), wanted=wanted, radius_km=radius_km, limit=limit)


def _is_namesake(hit: Hit) -> bool:
    """Whether a hit takes the whole question for a name and finds the name itself."""
    return not hit.reading.left_out and hit.cost < _NAMESAKE_COST * len(hit.reading.sounds)


def _question_for(part: Part, text: str) -> Question:
    """The question for one part of a cell, in each of its spellings."""
    spellings = [part] if not part.also else [part, Part(part.also, "slash")]
    return question_of(spellings, text, is_one_place=True)


def _fits(ranking: Ranking, cell: CellReading, has_units: bool) -> bool:
    """Whether a reading of a cell holds: its name is found inside its units, and nearly as written where the cell
    was cut boldly.
    """
    if not ranking.rows or ranking.margin < _FITTING_MARGIN:
        return False
    evidence = ranking.evidence_of(0)
    is_inside = not has_units or evidence[_WITHIN_INSIDE] > 0
    is_beside = evidence[_SAME_FOLD] > 0 and evidence[_WITHIN_OUTSIDE] < _BESIDE
    return (is_inside or is_beside) and not (cell.is_bold and evidence[_COST_PER_SOUND] > _FITTING_COST)
