"""The pipeline of a lookup: read, search, weigh, rank.

question ─▶ readings ─▶ hits ─▶ evidence ─▶ utilities ─▶ probabilities ─▶ matches
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from math import inf

import numpy as np
from numpy.typing import NDArray

from buldan.errors import QueryError
from buldan.geometry import SYRIA
from buldan.index import Index, Rule
from buldan.kinds import kinds_named
from buldan.lookup.context import (
    NOWHERE,
    Container,
    Within,
    container_of,
    outside_km,
    rows_inside,
    units_named_by,
    widest_units,
)
from buldan.lookup.evidence import Weights, read_weights
from buldan.lookup.explain import reasons_of
from buldan.lookup.ranking import EMPTY, Hit, Ranking
from buldan.lookup.readings import Question, read_question
from buldan.lookup.results import Match, Reason
from buldan.lookup.reverse import Nearby, places_at
from buldan.lookup.search import Found, Search
from buldan.lookup.segments import check_question
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

_NO_VALUE = frozenset({"nan", "<NA>", "NaT"})
"""How the missing values of numpy and pandas print, which this floor does not know."""


class Lookup:
    """Lookups over one index. Holds nothing but the index and small caches; safe to share between threads."""

    def __init__(self, index: Index, *, weights: Weights | None = None) -> None:
        self._index, self._search = index, Search(index)
        weights = weights or read_weights()
        self._calibration = weights.calibration
        self._containers = lru_cache(maxsize=1024)(self._find_container)
        self._container_of = lru_cache(maxsize=512)(partial(container_of, index))
        self._chains = lru_cache(maxsize=1024)(self._read_chain)
        self._weigher = Weigher(index, weights, lambda text: self._containers(text, False))

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
        _check_limit(limit)
        named = self._by_identifier(text)
        if named is not None:
            return [named]
        question = read_question(text)
        asked = self._asked(within, near, kinds)
        ranking = self._rank(question, asked)
        if question.is_abroad:
            ranking = ranking.of_the_same_name()
        return self._matches(ranking, limit, asked.within)

    def rank(
        self,
        text: str,
        *,
        within: str | Sequence[object] | None = None,
        near: tuple[float, float] | None = None,
        kinds: Iterable[str] | None = None,
    ) -> Ranking:
        """All candidates of a question with their evidence and scores."""
        return self._rank(read_question(text), self._asked(within, near, kinds))

    def _asked(
        self, within: str | Sequence[object] | None, near: tuple[float, float] | None, kinds: Iterable[str] | None
    ) -> Asked:
        _check_near(near)
        return Asked(self._within(within), near, None if kinds is None else self._wanted(kinds))

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
        asked = Asked(self._within(within))
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

    def _within(self, within: str | Sequence[object] | None) -> Within:
        """What `within` says. A string must name a unit; of a sequence, what cannot be used is reported."""
        if within is None:
            return NOWHERE
        if not isinstance(within, str):
            return self._chains(tuple(map(_as_text, within)))
        if any(map(str.isalpha, within)):
            check_question(within)
        chain = self._chains((within.strip(),))
        if any(reason.rule == "unit_unknown" for reason in chain.reasons):
            raise QueryError(
                f"unknown within {within!r}: no place of that name or P-code; try a governorate such as Idleb or SY07",
                field="within",
            )
        return chain

    def _read_chain(self, parts: tuple[str, ...]) -> Within:
        """Containers from wide to narrow, each read inside the one before it."""
        containers: list[Container] = []
        names: list[str] = []
        reasons: list[Reason] = []
        in_syria = False
        for part in filter(None, parts):
            inside = containers[-1] if containers else None
            try:
                read = self._container_inside(part, inside)
            except QueryError:
                read = "unit_unread"
            if isinstance(read, str):
                reasons.append(Reason(read, part))
                continue
            in_syria = True
            # The country holds every place: it is no narrower context than none.
            if not self._is_country(read) and read != inside:
                containers.append(read)
                names.append(part)
        return Within(tuple(containers), tuple(names), tuple(reasons), in_syria)

    def _container_inside(self, text: str, inside: Container | None) -> Container | str:
        """The container of a name inside another one, or the rule that says why there is none."""
        if inside is None:
            return self._containers(text, True) or "unit_unknown"
        row = self._index.find_row(text)
        named = [row] if row is not None else self._rows_named(text, True)
        if not named:
            return "unit_unknown"
        units = [unit for unit in units_named_by(self._index, named) if unit not in inside.rows]
        held = rows_inside(self._index, inside, units)
        if held:
            # The widest of them that is narrower than the last one: governorate, district and sub-district may
            # all bear the name of their seat (Ar-Raqqa, Ar-Raqqa, Ar-Raqqa).
            least = self._index.level[held[0]]
            return self._container_of(tuple(unit for unit in held if self._index.level[unit] == least))
        if set(named) & set(inside.rows) or set(units_named_by(self._index, named)) & set(inside.rows):
            return inside
        places = rows_inside(self._index, inside, named)
        return self._container_of(tuple(places[:1])) if places else "unit_contradicts"

    def _is_country(self, container: Container) -> bool:
        return all(self._index.kind[row] == 0 for row in container.rows)

    def _find_container(self, text: str, asked: bool) -> Container | None:
        """The places that a container's name means: the widest admin units of that name, else the likeliest."""
        row = self._index.find_row(text)
        if row is not None:
            return self._container_of((row,))
        rows = self._rows_named(text, asked)
        return self._container_of(tuple(widest_units(self._index, rows))) if rows else None

    def _rows_named(self, text: str, asked: bool) -> list[int]:
        """The places that are called so as containers, nearly alike."""
        question = read_question(text)
        search, plain = self._search, question.plain_readings
        found = search.exact(plain)
        if not found or (asked and not any(map(_is_near_enough, found))):
            found += search.exact(question.part_readings) + search.close(plain)
        ranking = self._weigher.weigh(Question(text, question.segments[:1]), found, Asked())
        if ranking.margin < 0:
            return []
        nearest = self._nearest_costs(found)
        rows = ranking.rows
        least = min(nearest[row] for row in rows)
        # What is named beside a place is mostly a town or a unit, even if a village is spelled a little nearer.
        central = [row for row in rows if nearest[row] <= least + _CENTRAL_COST and self._is_central(row)]
        least = min((nearest[row] for row in central), default=least)
        return [row for row in central or rows if nearest[row] <= least + 0.05]

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

    def _matches(self, ranking: Ranking, limit: int, within: Within) -> list[Match]:
        """The answer: the likeliest spots, each with the score of all its candidates."""
        calibration = self._calibration["within" if within.containers else "alone"]
        spots = find_spots(self._index, ranking)
        if not spots:
            return []
        first = spots[0]
        if calibration.of(first.score) < THRESHOLD and not _is_namesake(ranking.hit(first.positions[0])):
            return []
        ambiguous = len(spots) > 1 and spots[1].score > _RIVAL * spots[0].score
        chosen = [(at, spot.score) for spot in spots for at in spot.positions][:limit]
        return [
            self._match(ranking, at, calibration.of(score), ambiguous, within)
            for position, (at, score) in enumerate(chosen)
            if position == 0 or score >= _FAINT
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


def _as_text(part: object) -> str:
    """A part of a chain as text; empty for what tables hold where there is nothing (None, NaN, NA, NaT)."""
    if isinstance(part, str):
        return part.strip()
    return "" if part is None or str(part) in _NO_VALUE else str(part)


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
