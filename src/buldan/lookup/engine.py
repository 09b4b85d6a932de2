"""The pipeline of a lookup: read, search, weigh, rank.

question ─▶ readings ─▶ hits ─▶ evidence ─▶ utilities ─▶ probabilities ─▶ matches
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from math import inf

import numpy as np
from numpy.typing import NDArray

from buldan.errors import QueryError
from buldan.geometry import SYRIA
from buldan.index import Index, Rule
from buldan.kinds import kinds_named
from buldan.lookup.context import Container, container_of, widest_units
from buldan.lookup.evidence import Calibration, Weights, read_weights
from buldan.lookup.explain import reasons_of
from buldan.lookup.ranking import EMPTY, Hit, Ranking
from buldan.lookup.readings import Question, read_question
from buldan.lookup.results import Match
from buldan.lookup.reverse import Nearby, places_at
from buldan.lookup.search import Found, Search
from buldan.lookup.spots import find_spots
from buldan.lookup.suggest import Suggestion, complete
from buldan.lookup.weighing import Asked, Weigher, kind_agreement

__all__ = ["Lookup", "Ranking"]

MOST_MATCHES = 100
"""The largest `limit`."""

THRESHOLD = 0.12
"""Where the first match has a lower score than this, there is no answer, unless it is one of many namesakes."""

_NAMESAKE_COST = 0.7
"""Cost per sound up to which a name is the one asked for, spelled otherwise."""

_SETTLED = {"exact": 2.0, "close": 0.5}
"""Utility above "none of these" at which a stage's best candidate is good enough to stop."""

_RIVAL = 0.5
"""Share of the first spot's score at which the second makes the answer ambiguous."""

_FAINT = 0.005
"""Scores below this are left out of an answer."""

_CENTRAL = frozenset({"governorate", "district", "sub-district", "city", "town"})
_CENTRAL_COST = 0.45
"""Cost per sound by which a town or unit may be farther from a container's name than a village."""

_PLAINLY_NAMED = int(Rule.KIND_LEFT_OUT)
_SHORTENED_COST = 0.6
"""What it costs a container's name to be a part of the place's name only."""

_CONTAINER_COST = 0.8
"""Cost per sound above which a container's name is sought more boldly."""

_MOST_PARTS = 8
"""Parts of a question that are sought by like consonants."""


class Lookup:
    """Lookups over one index. Holds nothing but the index and small caches; safe to share between threads."""

    def __init__(self, index: Index, *, weights: Weights | None = None) -> None:
        self._index, self._search = index, Search(index)
        weights = weights or read_weights()
        self._calibration = weights.calibration
        self._containers = lru_cache(maxsize=1024)(self._find_container)
        self._container_of = lru_cache(maxsize=512)(partial(container_of, index))
        self._weigher = Weigher(index, weights, lambda text: self._containers(text, False))

    def find(
        self,
        text: str,
        *,
        within: str | None = None,
        near: tuple[float, float] | None = None,
        kinds: Iterable[str] | None = None,
        limit: int = 5,
    ) -> list[Match]:
        """Matches for a question, best first; see `buldan.Gazetteer.lookup`."""
        _check_limit(limit)
        named = self._by_identifier(text)
        if named is not None:
            return [named]
        question = read_question(text)
        ranking = self._rank(question, self._asked(within, near, kinds))
        if question.is_abroad:
            ranking = ranking.of_the_same_name()
        return self._matches(ranking, limit, self._calibration["alone" if within is None else "within"])

    def rank(
        self,
        text: str,
        *,
        within: str | None = None,
        near: tuple[float, float] | None = None,
        kinds: Iterable[str] | None = None,
    ) -> Ranking:
        """All candidates of a question with their evidence and scores."""
        return self._rank(read_question(text), self._asked(within, near, kinds))

    def _asked(self, within: str | None, near: tuple[float, float] | None, kinds: Iterable[str] | None) -> Asked:
        _check_near(near)
        return Asked(
            None if within is None else self._container(within), near, None if kinds is None else self._wanted(kinds)
        )

    def _rank(self, question: Question, asked: Asked) -> Ranking:
        ranking = EMPTY
        for fresh, settled in self._stages(question):
            ranking = self._weigher.weigh(question, fresh, asked, ranking)
            if ranking.margin >= settled and not ranking.of_another_kind:
                break
        return ranking

    def trace(self, text: str, *, within: str | None = None) -> tuple[list[int], NDArray[np.float64]]:
        """Place rows and evidence of every form found by every stage, the best and the worst: to learn from."""
        question = read_question(text)
        asked = Asked(None if within is None else self._container(within))
        found = [forms for stage, _ in self._stages(question) for forms in stage]
        ranking = self._weigher.weigh(question, found, asked)
        return ranking.places, ranking.table()

    def _stages(self, question: Question) -> Iterator[tuple[list[Found], float]]:
        """What each stage finds, the cheap and sure before the bold, and the margin at which to stop."""
        search, plain = self._search, question.plain_readings
        yield search.exact(plain), _SETTLED["exact"]
        yield search.typed(plain), _SETTLED["close"]
        yield search.close(plain) + search.exact(question.clitic_readings), _SETTLED["close"]
        yield search.exact(question.part_readings), _SETTLED["close"]
        yield search.fuzzy(plain) + search.close(question.part_readings[:_MOST_PARTS]), inf

    def _container(self, within: str) -> Container:
        container = self._containers(within, True)
        if container is None:
            raise QueryError(
                f"unknown within {within!r}: no place of that name or P-code; try a governorate such as Idleb or SY07",
                field="within",
            )
        return container

    def _find_container(self, text: str, asked: bool) -> Container | None:
        """The places that a container's name means: the widest admin units of that name, else the likeliest."""
        row = self._index.find_row(text)
        if row is not None:
            return self._container_of((row,))
        question = read_question(text)
        search, plain = self._search, question.plain_readings
        found = search.exact(plain)
        if not found or (asked and not any(map(_is_near_enough, found))):
            found += search.exact(question.part_readings) + search.close(plain)
        ranking = self._weigher.weigh(Question(text, question.segments[:1]), found, Asked())
        if ranking.margin < 0:
            return None
        nearest = self._nearest_costs(found)
        rows = ranking.rows
        least = min(nearest[row] for row in rows)
        # What is named beside a place is mostly a town or a unit, even if a village is spelled a little nearer.
        central = [row for row in rows if nearest[row] <= least + _CENTRAL_COST and self._is_central(row)]
        least = min((nearest[row] for row in central), default=least)
        alike = [row for row in central or rows if nearest[row] <= least + 0.05]
        return self._container_of(tuple(widest_units(self._index, alike)))

    def _nearest_costs(self, found: Iterable[Found]) -> dict[int, float]:
        """By place, the least cost per sound of its names, and for what is left out of them or of the question."""
        places, rules = self._index.form_place.data, self._index.form_rule.data
        nearest: dict[int, float] = {}
        for forms in found:
            sounds, left_out = len(forms.reading.sounds) or 1, forms.reading.left_out
            for form, cost in zip(forms.forms, forms.costs, strict=True):
                place, far = places[form], cost / sounds + left_out
                if rules[form] > _PLAINLY_NAMED:
                    far += _SHORTENED_COST
                if far < nearest.get(place, inf):
                    nearest[place] = far
        return nearest

    def _is_central(self, row: int) -> bool:
        return self._index.kind_ids[self._index.kind[row]] in _CENTRAL

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

    def _matches(self, ranking: Ranking, limit: int, calibration: Calibration) -> list[Match]:
        """The answer: the likeliest spots, each with the score of all its candidates."""
        spots = find_spots(self._index, ranking)
        if not spots:
            return []
        first = spots[0]
        if calibration.of(first.score) < THRESHOLD and not _is_namesake(ranking.hit(first.positions[0])):
            return []
        ambiguous = len(spots) > 1 and spots[1].score > _RIVAL * spots[0].score
        chosen = [(at, spot.score) for spot in spots for at in spot.positions][:limit]
        return [
            self._match(ranking, at, calibration.of(score), ambiguous)
            for position, (at, score) in enumerate(chosen)
            if position == 0 or score >= _FAINT
        ]

    def _match(self, ranking: Ranking, position: int, score: float, ambiguous: bool) -> Match:
        index, hit = self._index, ranking.hit(position)
        reasons = reasons_of(hit, "", ranking.evidence_of(position), rule=int(index.form_rule[hit.form]))
        name = index.names[int(index.form_name[hit.form])]
        return Match(index.places[ranking.rows[position]], name, score, reasons, ambiguous)

    def suggest(self, prefix: str, *, near: tuple[float, float] | None = None, limit: int = 10) -> list[Suggestion]:
        """See `buldan.Gazetteer.suggest`."""
        _check_limit(limit)
        _check_near(near)
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
        _check_limit(limit)
        _check_near((lon, lat))
        wanted = None if kinds is None else self._wanted(kinds) == 2
        return places_at(self._index, (lon, lat), wanted=wanted, radius_km=radius_km, limit=limit)


def _is_namesake(hit: Hit) -> bool:
    """Whether a hit takes the whole question for a name and finds the name itself."""
    return not hit.reading.left_out and hit.cost < _NAMESAKE_COST * len(hit.reading.sounds)


def _is_near_enough(found: Found) -> bool:
    """Whether a container's name is among what was found."""
    return any(cost < _CONTAINER_COST * len(found.reading.sounds) for cost in found.costs)


def _check_limit(limit: int) -> None:
    if not isinstance(limit, int) or not 1 <= limit <= MOST_MATCHES:
        raise QueryError(f"limit must be a whole number from 1 to {MOST_MATCHES}, not {limit!r}", field="limit")


def _check_near(near: tuple[float, float] | None) -> None:
    if near is None:
        return
    lon, lat = near
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise QueryError(f"near must be lon, lat in degrees, not {lon}, {lat}", field="near")
    if not SYRIA.holds(near) and SYRIA.holds((lat, lon)):
        raise QueryError(f"near is lon, lat in that order; {lon}, {lat} looks swapped", field="near")
