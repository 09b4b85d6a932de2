"""The pipeline of a lookup: read the cell, search, weigh, rank.

cell ─▶ parts ─▶ names and units ─▶ readings ─▶ forms found ─▶ evidence ─▶ utilities ─▶ probabilities ─▶ matches
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.errors import QueryError
from buldan.index import Index
from buldan.kinds import get_kind, kinds_named
from buldan.lookup.answers import Answer, answer_of, discount, put_each_segment_first
from buldan.lookup.cell_reading import CellReader, CellReading
from buldan.lookup.cells import Part, cut_cell
from buldan.lookup.checks import MOST_MATCHES, check_limit, check_near, check_question, check_radius, is_missing, quote
from buldan.lookup.codes import parse_position, row_of_code
from buldan.lookup.context import Container, Within, outside_km, unit_of
from buldan.lookup.doubts import is_coarse, share_left_by
from buldan.lookup.evidence import EVIDENCE, Weights, read_weights
from buldan.lookup.explain import reasons_of
from buldan.lookup.query import ParsedQuery, has_camp_word, parse_query, query_of_parts
from buldan.lookup.ranking import EMPTY, Hit, Ranking
from buldan.lookup.results import Match, Reason
from buldan.lookup.reverse import Nearby, places_at
from buldan.lookup.search import FormHits, Search
from buldan.lookup.suggest import Suggestion, complete
from buldan.lookup.units import UnitReader
from buldan.lookup.weighing import Constraints, Weigher
from buldan.model import Place
from buldan.text import (
    Respelling,
    is_bare_article,
    is_bare_phrase,
    is_foreign,
    is_kind_alone,
    iter_respellings,
    plain_words,
    script_of,
)
from buldan.thresholds import WELL_KNOWN

__all__ = ["MOST_MATCHES", "Lookup", "Matched", "Ranking"]

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
"""Evidence of a distance (`BESIDE_KM`) up to which a name written as in the cell may lie outside its units."""

_SAME_FOLD, _COST_PER_SOUND = EVIDENCE.index("same_fold"), EVIDENCE.index("cost_per_sound")
_CONTEXT_OUTSIDE = EVIDENCE.index("context_outside")
_WITHIN_INSIDE, _WITHIN_OUTSIDE = EVIDENCE.index("within_inside"), EVIDENCE.index("within_outside")


_SHORT_NAME = 4
"""Letters of a name up to which it is taken for one in another layout only where its place is well known."""

_LONGEST_ARTICLE = 8
"""Characters that a question can have which is an article and signs alone."""


_UNITS = ("governorate", "district", "sub-district")
"""Kinds of what a countryside can be the land of."""

_BUILT = frozenset({"facility", "transport", "military", "site"})
"""Groups of what can be asked for as standing in a place."""


class Matched(NamedTuple):
    """Matches, best first, and what is to be said of the question as a whole."""

    matches: list[Match]
    reasons: tuple[Reason, ...] = ()


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
    ) -> Matched:
        """Matches for a question, best first; see `buldan.Gazetteer.lookup`."""
        check_limit(limit)
        named = self._by_identifier(text, limit)
        if named is not None:
            return named
        check_question(text)
        asked = self._asked(within, near, kinds)
        silence = _why_silent(text)
        if silence:
            return Matched([], (silence,))
        answer = self._read(text, within, asked)
        answer = self._respelled(text, within, asked, answer)
        answer = self._abroad(text, asked, answer)
        answer = _without_host(text, asked, answer)
        if has_camp_word(plain_words(text)):
            answer = replace(answer, asks_camp=True)
        return Matched(self._matches(answer, limit), answer.reasons + answer.within.reasons)

    def _read(self, text: str, within: str | Sequence[object] | None, asked: Constraints) -> Answer:
        """The answer to a cell read whole: its name within its units, several places, or any of its parts."""
        cell = self._cells.read(text)
        if cell is not None:
            units = self._with_units(asked, within, cell)
            if cell.is_land:
                return self._land(text, cell, units)
            if len(cell.names) > 1:
                several = self._several(text, cell, units)
                if not cell.units or _fits(several.ranking, cell, bool(units.within.containers)):
                    return several
                return self._any_part(text, asked, is_makeshift=True)
            ranking = self._rank(_query_of(cell.names[0], text), self._with_contexts(units, cell))
            # A name with nothing but words of kind beside it has no other reading.
            is_alone = not (cell.units or cell.near or cell.is_bold)
            if is_alone or _fits(ranking, cell, bool(units.within.containers)):
                return answer_of(self._index, ranking, units.within)
            return self._any_part(text, asked, is_makeshift=True)
        return self._any_part(text, asked)

    def _any_part(self, text: str, asked: Constraints, *, is_makeshift: bool = False) -> Answer:
        """The answer to a cell any part of which may be the name."""
        question = parse_query(text)
        ranking = self._rank(question, self._with_segments(asked, question))
        answer = answer_of(self._index, ranking, asked.within)
        return replace(answer, is_makeshift=True) if is_makeshift else answer

    def _land(self, text: str, cell: CellReading, asked: Constraints) -> Answer:
        """The admin unit whose land a countryside is; where the place named heads none, that place as a makeshift."""
        question, of_units = _query_of(cell.names[0], text), self._wanted(_UNITS)
        wanted = of_units if asked.wanted is None else of_units & asked.wanted
        ranking = self._rank(question, replace(asked, wanted=wanted))
        rule = "land"
        if ranking.margin < _FITTING_MARGIN:
            ranking, rule = self._rank(question, asked), "land_of_place"
        reasons = (Reason(rule, cell.names[0].text),)
        return replace(answer_of(self._index, ranking, asked.within), reasons=reasons, is_land=True)

    def _several(self, text: str, cell: CellReading, asked: Constraints) -> Answer:
        """Several places in one cell: the likeliest of each, then the others; none is the one meant."""
        question = query_of_parts(cell.names, text)
        ranking = self._rank(question, self._with_segments(asked, question))
        answer = put_each_segment_first(answer_of(self._index, ranking, asked.within))
        count = len(cell.names)
        reason = Reason("several_places", str(count))
        return replace(answer, several=count, share=1 / count, reasons=(reason,))

    def _respelled(
        self, text: str, within: str | Sequence[object] | None, asked: Constraints, answer: Answer
    ) -> Answer:
        """The answer, or a better one to what was meant by other letters than it was typed in."""
        if answer.is_land or (answer.margin >= _STOP_MARGINS["exact"] and answer.is_as_written):
            return answer
        for respelling in iter_respellings(text):
            try:
                if respelling.is_exact and not self._may_be_borne(respelling.text):
                    continue
                other = self._read(respelling.text, within, asked)
            except QueryError:
                continue
            if other.margin - respelling.price <= answer.margin or not other.ranking.rows or other.is_makeshift:
                continue
            if respelling.is_exact and not (other.is_as_written and self._is_notable(other, respelling)):
                continue
            answer = discount(self._index, other, respelling.price, Reason(respelling.rule, respelling.text))
        return answer

    def _may_be_borne(self, text: str) -> bool:
        """Whether a place may bear the name in a text letter by letter. Cheap: most respellings are no name at all, and
        need not be looked for by their sounds.
        """
        cell = self._cells.read(text)
        questions = [parse_query(text), *(_query_of(part, text) for part in (cell.names if cell else ()))]
        return any(
            reading.role == "first" and self._index.plain.find(reading.plain, 1)
            for question in questions
            for reading in question.plain_readings
        )

    def _is_notable(self, answer: Answer, respelling: Respelling) -> bool:
        """Whether a name that was not typed so is long, or its place large: others come about by chance."""
        if respelling.rule == "word_order":
            return True
        is_long = len(respelling.text) > _SHORT_NAME and respelling.rule == "keyboard"
        return is_long or bool(self._index.salience[answer.ranking.rows[0]] >= WELL_KNOWN)

    def _abroad(self, text: str, asked: Constraints, answer: Answer) -> Answer:
        """The answer, less likely where the name is a better-known place's abroad and nothing says Syria."""
        if asked.within.in_syria or asked.near is not None or answer.within.in_syria or not self._is_foreign(text):
            return answer
        ranking = answer.ranking.of_the_same_name()
        namesakes = answer_of(self._index, ranking, answer.within)
        return replace(namesakes, reasons=(*answer.reasons, Reason("abroad")))

    def _is_foreign(self, text: str) -> bool:
        """Whether every part of a cell is the name of a place outside Syria."""
        return all(is_foreign(plain_words(part.text)) for part in cut_cell(text))

    def _with_units(self, asked: Constraints, within: str | Sequence[object] | None, cell: CellReading) -> Constraints:
        """What is asked for, narrowed by the units that the cell names."""
        return replace(asked, within=self._units.within(within, [part.text for part in cell.units]))

    def _with_contexts(self, asked: Constraints, cell: CellReading) -> Constraints:
        """What is asked for, and the greater places that the cell names near the one meant."""
        near = [self._units.find_container(part.text, False) for part in cell.near]
        return replace(asked, contexts={0: [container for container in near if container is not None]})

    def _with_segments(self, asked: Constraints, question: ParsedQuery) -> Constraints:
        """What is asked for, and for each segment what the others name: any of them may be the name."""
        if len(question.segments) < 2:
            return asked
        contexts: dict[int, list[Container]] = {}
        for segment in range(len(question.segments)):
            named = (self._units.find_container(text, False) for text in question.context(segment))
            # The country holds every place: it is no narrower context than none.
            contexts[segment] = [each for each in named if each is not None and not self._units.is_country(each)]
        return replace(asked, contexts=contexts)

    def rank(
        self,
        text: str,
        *,
        within: str | Sequence[object] | None = None,
        near: tuple[float, float] | None = None,
        kinds: Iterable[str] | None = None,
    ) -> Ranking:
        """All candidates of a question with their evidence and scores."""
        question = parse_query(text)
        return self._rank(question, self._with_segments(self._asked(within, near, kinds), question))

    def _asked(
        self, within: str | Sequence[object] | None, near: tuple[float, float] | None, kinds: Iterable[str] | None
    ) -> Constraints:
        check_near(near)
        return Constraints(self._units.within(within), near, None if kinds is None else self._wanted(kinds))

    def read_within(self, within: Sequence[object]) -> tuple[list[tuple[str, list[Place]]], tuple[Reason, ...]]:
        """See `buldan.Gazetteer.read_units`."""
        chain = self._units.within(within)
        units = [
            (name, [self._index.places[row] for row in container.rows])
            for container, name in zip(chain.containers, chain.names, strict=True)
        ]
        return units, chain.reasons

    def _rank(self, question: ParsedQuery, asked: Constraints) -> Ranking:
        ranking = EMPTY
        for fresh, settled in self._stages(question):
            ranking = self._weigher.weigh(question, fresh, asked, ranking)
            if ranking.margin >= settled and not ranking.of_another_kind:
                break
        return ranking

    def training_rows(
        self, text: str, *, within: str | Sequence[object] | None = None
    ) -> tuple[list[int], NDArray[np.float64]]:
        """Place rows and evidence of every form found by every stage, the best and the worst: to learn from."""
        question = parse_query(text)
        asked = self._with_segments(Constraints(self._units.within(within)), question)
        found = [forms for stage, _ in self._stages(question) for forms in stage]
        ranking = self._weigher.weigh(question, found, asked)
        return ranking.places, ranking.table()

    def _stages(self, question: ParsedQuery) -> Iterator[tuple[list[FormHits], float]]:
        """What each stage finds, the cheap and sure before the bold, and the margin at which to stop."""
        search, plain = self._search, question.plain_readings
        yield search.exact(plain), _STOP_MARGINS["exact"]
        yield search.by_typo(plain), _STOP_MARGINS["close"]
        yield search.by_skeleton_edit(plain) + search.exact(question.clitic_readings), _STOP_MARGINS["close"]
        yield search.exact(question.part_readings), _STOP_MARGINS["close"]
        yield search.by_skeleton_bigrams(plain) + search.by_skeleton_edit(question.part_readings[:_MOST_PARTS]), inf

    def _wanted(self, kinds: Iterable[str]) -> NDArray[np.bool_]:
        """By place row, whether it is of a kind asked for."""
        asked = frozenset().union(*map(kinds_named, kinds))
        by_kind = np.array([kind in asked for kind in self._index.kind_ids])
        wanted: NDArray[np.bool_] = by_kind[self._index.kind]
        return wanted

    def _by_identifier(self, text: str, limit: int) -> Matched | None:
        """The place itself where the question is an id or a code; what lies at a position that it gives."""
        if not isinstance(text, str):
            return None
        row = row_of_code(self._index, text)
        if row is not None:
            place = self._index.places[row]
            return Matched([Match(place, place.names[0], 1.0, reasons_of(None, text.strip(), ()))])
        point = parse_position(text)
        if point is None:
            return self._by_codes(text)
        reason, score, matches = Reason("coordinates", f"{point[1]:.5f}, {point[0]:.5f}"), 1.0, []
        for place, apart in self.reverse(lon=point[0], lat=point[1], limit=limit):
            score = min(score, round(1 / (1 + apart), 4))
            matches.append(Match(place, place.names[0], score, (reason,)))
        return Matched(matches, (reason,))

    def _by_codes(self, text: str) -> Matched | None:
        """The narrowest of several codes, where the cell is nothing but codes: SY03/SY0301/C2302."""
        codes = [part.text for part in cut_cell(text)]
        rows = [row for code in codes if (row := row_of_code(self._index, code)) is not None]
        if len(rows) < max(2, len(codes)):
            return None
        narrowest = max(rows, key=lambda row: (unit_of(self._index, row) or (4, 0))[0])
        chain = self._units.within([code for code, row in zip(codes, rows, strict=True) if row != narrowest])
        reasons = (
            reasons_of(None, codes[rows.index(narrowest)], ()) + self._unit_reasons(narrowest, chain) + chain.reasons
        )
        place = self._index.places[narrowest]
        is_certain = all(reason.rule != "within_outside" for reason in reasons)
        return Matched([Match(place, place.names[0], 1.0 if is_certain else 0.5, reasons)])

    def _matches(self, answer: Answer, limit: int) -> list[Match]:
        """The answer as matches: the spots in their order, each with the score of all its candidates."""
        calibration = self._calibration["within" if answer.within.containers else "alone"]
        spots = answer.spots
        if not spots:
            return []
        first, best = spots[0], spots[0].positions[0]
        hit = answer.ranking.hit(best)
        doubt = calibration.doubt_of(answer.ranking.evidence_of(best), len(hit.reading.sounds))
        if calibration.of(first.score) < THRESHOLD and not _is_namesake(hit):
            return []
        scores = [calibration.of(spot.score, doubt) for spot in spots[:2]]
        rival = len(spots) > 1 and scores[1] > _AMBIGUITY_RATIO * scores[0]
        # However unlikely beside the others, each of several places is given.
        due = max(1, answer.several)
        chosen = [
            (at, spot.score)
            for order, spot in enumerate(spots)
            for at in spot.positions
            if spot.score >= _LEAST_SCORE or order < due
        ]
        matches = [
            self._match(answer, at, calibration.of(score, doubt), rival or answer.several > 0)
            for at, score in chosen[:limit]
        ]
        # Several places stand as the cell names them; of one, what doubt has lowered stands behind.
        return matches if answer.several else sorted(matches, key=lambda match: -match.score)

    def _match(self, answer: Answer, position: int, score: float, ambiguous: bool) -> Match:
        index, ranking = self._index, answer.ranking
        hit, row = ranking.hit(position), ranking.rows[position]
        place = index.places[row]
        reasons = reasons_of(hit, "", ranking.evidence_of(position), rule=int(index.form_rule[hit.form]))
        reasons += self._unit_reasons(row, answer.within) + answer.within.reasons + answer.reasons
        if hit.reading.asks == "facility" and get_kind(place.kind).group not in _BUILT:
            reasons += (Reason("facility_there"),)
        if answer.asks_camp and place.kind != "camp" and not _bears_camp(hit):
            # A camp that the gazetteer does not hold is not the town that it may be named after.
            reasons += (Reason("no_camp"),)
        if is_coarse(place):
            reasons += (Reason("point_coarse", f"{place.radius_km:.0f} km"),)
        name = index.names[int(index.form_name[hit.form])]
        return Match(place, name, round(score * answer.share * share_left_by(reasons), 4), reasons, ambiguous)

    def _unit_reasons(self, row: int, within: Within) -> tuple[Reason, ...]:
        """For each unit asked for, whether the place lies in it, or how far outside."""
        reasons = []
        for container, name in zip(within.containers, within.names, strict=True):
            if any(self._index.unit[row, level - 1] == number for level, number in container.units):
                reasons.append(Reason("within_inside", name))
                continue
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
        check_radius(radius_km)
        wanted = None if kinds is None else self._wanted(kinds)
        return places_at(self._index, (lon, lat), wanted=wanted, radius_km=radius_km, limit=limit)


def _is_namesake(hit: Hit) -> bool:
    """Whether a hit takes the whole question for a name and finds the name itself."""
    return not hit.reading.left_out and hit.cost < _NAMESAKE_COST * len(hit.reading.sounds)


def _without_host(text: str, asked: Constraints, answer: Answer) -> Answer:
    """The answer, less likely where the question is what any town has, and no town is named."""
    if is_kind_alone(text):
        reason = Reason("kind_alone")
    elif is_bare_phrase(text) and asked.is_anything:
        reason = Reason("bare_phrase")
    else:
        return answer
    return replace(answer, reasons=(*answer.reasons, reason))


def _bears_camp(hit: Hit) -> bool:
    """Whether the word for a camp is a part of the name that was found."""
    return hit.letters == 0 and has_camp_word(hit.reading.words)


def _why_silent(text: str) -> Reason | None:
    """Why a question can have no answer: it is a missing value, has no letter, or none of a script that is read."""
    if is_missing(text):
        return Reason("no_value", quote(text))
    letter = next(filter(str.isalpha, text), "")
    if not letter or (len(text) < _LONGEST_ARTICLE and is_bare_article(text)):
        return Reason("no_letters", quote(text))
    readable = script_of(letter) in {"Arab", "Latn"} or script_of(text) in {"Arab", "Latn"}
    readable = readable or next(iter_respellings(text), None) is not None
    return None if readable else Reason("script_unread", quote(text))


def _query_of(part: Part, text: str) -> ParsedQuery:
    """The question for one part of a cell, in each of its spellings."""
    spellings = [part] if not part.also else [part, Part(part.also, "slash")]
    return query_of_parts(spellings, text, is_one_place=True)


def _fits(ranking: Ranking, cell: CellReading, has_units: bool) -> bool:
    """Whether a reading of a cell holds: its name is found inside its units, and nearly as written where the cell
    was cut boldly.
    """
    if not ranking.rows or ranking.margin < _FITTING_MARGIN:
        return False
    evidence = ranking.evidence_of(0)
    if cell.near and evidence[_CONTEXT_OUTSIDE] > _BESIDE:
        return False
    is_inside = not has_units or evidence[_WITHIN_INSIDE] > 0
    is_beside = evidence[_SAME_FOLD] > 0 and evidence[_WITHIN_OUTSIDE] < _BESIDE
    return (is_inside or is_beside) and not (cell.is_bold and evidence[_COST_PER_SOUND] > _FITTING_COST)
