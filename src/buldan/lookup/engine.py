"""The pipeline of a lookup: read, search, weigh, rank.

    question ─▶ readings ─▶ hits ─▶ evidence ─▶ utilities ─▶ probabilities ─▶ matches
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.errors import QueryError
from buldan.geometry import SYRIA
from buldan.index import Index, distances_km
from buldan.kinds import kinds as all_kinds
from buldan.kinds import kinds_named
from buldan.lookup.context import Container, container_of, outside_km
from buldan.lookup.evidence import EVIDENCE, Weights, read_weights
from buldan.lookup.explain import reasons_of
from buldan.lookup.readings import Question, Reading, read_question
from buldan.lookup.results import Match
from buldan.lookup.reverse import Nearby, places_at
from buldan.lookup.search import Hit, close_hits, exact_hits, fuzzy_hits
from buldan.lookup.suggest import Suggestion, complete

__all__ = ["Lookup", "Ranking"]

MOST_MATCHES = 100
"""The largest `limit`."""

THRESHOLD = 0.2
"""Where the candidates together are less likely than this to hold the place meant, there is no answer."""

_SETTLED = {"exact": 2.0, "close": 0.5}
"""Utility above "none of these" at which a stage's best candidate is good enough to stop."""

_SAME_SPOT_KM = 3.0
"""Places nearer than this to each other are one answer to whoever wants a point."""

_CONTAINER_COST = 0.8
"""Cost per sound above which a container's name is sought more boldly."""

_UNIT_COST = 0.5
"""Cost per sound, above the best of its namesakes, at which an admin unit is still the container meant."""

_COMPACT_KM = 8.0
"""An admin unit of this radius or less is a city in all but name."""

_COLUMN = {evidence: position for position, evidence in enumerate(EVIDENCE)}
_ROLE_COLUMN = {
    "comma": _COLUMN["role_comma"],
    "colon": _COLUMN["role_colon"],
    "bracket": _COLUMN["role_bracket"],
    "either": _COLUMN["role_either"],
    "beside": _COLUMN["role_beside"],
}
_GROUP_COLUMN = {
    "admin": _COLUMN["group_admin"],
    "settlement": -1,
    "quarter": _COLUMN["group_quarter"],
    "camp": _COLUMN["group_quarter"],
    "site": _COLUMN["group_site"],
}


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates of one question, one a place, best first.

    Attributes:
        rows: places.
        hits: for each, the hit that speaks most for it.
        evidence: a row a candidate, a column for each of `EVIDENCE`.
        scores: probabilities; with that of "none of these" they sum to 1.
    """

    rows: NDArray[np.int64]
    hits: tuple[Hit, ...]
    evidence: NDArray[np.float64]
    scores: NDArray[np.float64]


class Lookup:
    """Lookups over one index. Holds nothing but the index and small caches; safe to share between threads."""

    def __init__(self, index: Index, *, weights: Weights | None = None) -> None:
        self._index = index
        self._weights = weights or read_weights()
        self._containers = lru_cache(maxsize=1024)(self._find_container)
        groups = [_GROUP_COLUMN.get(kind.group, _COLUMN["group_other"]) for kind in all_kinds().values()]
        column = np.array(groups)[index.kind]
        # A unit no larger than a city (Damascus), and the country, are as likely to be meant as a city.
        compact = (column == _COLUMN["group_admin"]) & ((index.radius_km <= _COMPACT_KM) | (index.kind == 0))
        self._group_column = np.where(compact, -1, column)
        self._kind_codes = {kind: code for code, kind in enumerate(all_kinds())}

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
        ranking = self.rank(text, within=within, near=near, kinds=kinds)
        return self._matches(ranking, limit=limit, within=within is not None)

    def rank(
        self,
        text: str,
        *,
        within: str | None = None,
        near: tuple[float, float] | None = None,
        kinds: Iterable[str] | None = None,
    ) -> Ranking:
        """All candidates of a question with their evidence and scores."""
        question = read_question(text)
        container = None if within is None else self._container(within)
        _check_near(near)
        wanted = None if kinds is None else self._wanted(kinds)
        hits: list[Hit] = []
        ranking = _EMPTY
        for hits_of_stage, settled in self._stages(question):
            fresh = hits_of_stage()
            if fresh or not hits:
                hits.extend(fresh)
                ranking = self._weigh(question, hits, container, near, wanted)
            if len(ranking.rows) and self._margin(ranking) >= settled:
                break
        return ranking

    def trace(self, text: str, *, within: str | None = None) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Place rows and evidence of every hit of every stage, the best and the worst: what training looks at."""
        question = read_question(text)
        container = None if within is None else self._container(within)
        hits = [hit for hits_of_stage, _ in self._stages(question) for hit in hits_of_stage()]
        if not hits:
            return _EMPTY.rows, _EMPTY.evidence
        rows = self._index.form_place[[hit.form for hit in hits]].astype(np.int64)
        return rows, self._evidence(question, hits, rows, container, None, None)

    def _stages(self, question: Question) -> Iterable[tuple[Any, float]]:
        """Searches, the cheap and sure before the bold, each with the margin at which to stop."""
        index, plain = self._index, question.plain_readings
        yield lambda: exact_hits(index, plain), _SETTLED["exact"]
        yield lambda: close_hits(index, plain) + exact_hits(index, question.clitic_readings), _SETTLED["close"]
        yield lambda: exact_hits(index, question.part_readings), _SETTLED["close"]
        yield lambda: fuzzy_hits(index, plain) + close_hits(index, question.part_readings[:8]), float("inf")

    def _margin(self, ranking: Ranking) -> float:
        """Utility of the best candidate above that of "none of these"."""
        return float(ranking.evidence[0] @ self._weights.values) - self._weights.nothing

    def _weigh(
        self,
        question: Question,
        hits: Sequence[Hit],
        container: Container | None,
        near: tuple[float, float] | None,
        wanted: NDArray[np.int8] | None,
    ) -> Ranking:
        """Evidence, utilities and probabilities of the places that hits lead to, one candidate a place."""
        if not hits:
            return _EMPTY
        rows = self._index.form_place[[hit.form for hit in hits]].astype(np.int64)
        if wanted is not None:
            kept = np.flatnonzero(wanted[rows] > 0)
            if not len(kept):
                return _EMPTY
            rows, hits = rows[kept], [hits[position] for position in kept]
        evidence = self._evidence(question, hits, rows, container, near, wanted)
        utilities = evidence @ self._weights.values
        order = np.lexsort((rows, -utilities))
        _, first = np.unique(rows[order], return_index=True)
        best = order[np.sort(first)]
        shares = np.exp(np.minimum(utilities[best] - self._weights.nothing, 50.0))
        scores = shares / (1.0 + shares.sum())
        return Ranking(rows[best], tuple(hits[position] for position in best), evidence[best], scores)

    def _evidence(
        self,
        question: Question,
        hits: Sequence[Hit],
        rows: NDArray[np.int64],
        container: Container | None,
        near: tuple[float, float] | None,
        wanted: NDArray[np.int8] | None,
    ) -> NDArray[np.float64]:
        index = self._index
        evidence = np.zeros((len(hits), len(EVIDENCE)))
        forms = np.array([hit.form for hit in hits])
        rules, kinds = index.form_rule[forms], index.kind[rows]
        readings = {id(hit.reading): hit.reading for hit in hits}
        order = {key: position for position, key in enumerate(readings)}
        which = np.array([order[id(hit.reading)] for hit in hits])
        read = np.array([self._reading_evidence(reading) for reading in readings.values()])
        evidence[:, _COLUMN["length"] : _COLUMN["role_beside"] + 1] = read[which, 1:]
        cost = np.array([hit.cost for hit in hits])
        evidence[:, 0] = [hit.same_fold for hit in hits]
        evidence[:, _COLUMN["cost"]], evidence[:, _COLUMN["cost_per_sound"]] = np.minimum(cost, 8.0), cost / read[which, 0]
        articles = np.array([reading.articles for reading in readings.values()])[which]
        evidence[:, _COLUMN["articles_differ"]] = index.form_articles[forms] != articles
        evidence[:, _COLUMN["variant"]] = ~index.form_official[forms]
        evidence[:, _COLUMN["uncoded"]] = ~index.coded[rows] & (self._group_column[rows] == -1)
        hinted = [(at, reading) for at, reading in enumerate(readings.values()) if reading.kinds]
        for at, reading in hinted:
            agreement, here = self._agreement(reading.kinds)[kinds], which == at
            kept = here & (rules == 0) & evidence[:, 0].astype(bool) & (not reading.bare)
            evidence[kept, _COLUMN["generic_kept"]] = 1.0
            evidence[here & (agreement == 2), _COLUMN["kind_agrees"]] = 1.0
            evidence[here & (agreement == 0) & ~kept, _COLUMN["kind_differs"]] = 1.0
        lines = np.arange(len(hits))
        ruled = rules > 0
        evidence[lines[ruled], _COLUMN["rule_kind"] - 1 + rules[ruled]] = 1.0
        evidence[:, _COLUMN["salience"]] = index.salience[rows]
        # Where the kind was said, it need not be guessed from the group.
        grouped = np.where(evidence[:, _COLUMN["kind_agrees"]] > 0, -1, self._group_column[rows])
        evidence[lines[grouped >= 0], grouped[grouped >= 0]] = 1.0
        if container is not None:
            self._place(evidence, "within", outside_km(index, container, rows))
        self._add_contexts(evidence, question, hits, rows)
        if near is not None:
            evidence[:, _COLUMN["near"]] = np.log1p(distances_km(index.lon[rows], index.lat[rows], of=near) / 10)
        if wanted is not None:
            evidence[:, _COLUMN["other_kind"]] = wanted[rows] == 1
        return evidence

    @staticmethod
    @lru_cache(maxsize=256)
    def _agreement(hinted: frozenset[str]) -> NDArray[np.int8]:
        """By kind code: 2 for a kind hinted at, 1 for another of its group, 0 for the rest."""
        table = all_kinds()
        groups = {table[kind].group for kind in hinted}
        return np.array([2 if kind in hinted else int(table[kind].group in groups) for kind in table], np.int8)

    @staticmethod
    def _reading_evidence(reading: Reading) -> list[float]:
        """Number of sounds, then the columns from `length` to `role_beside` that the reading alone decides."""
        first = _COLUMN["length"] - 1
        row = [0.0] * (_COLUMN["role_beside"] - first + 1)
        row[0] = float(len(reading.sounds) or 1)
        row[1] = log(row[0])
        row[_COLUMN["left_out"] - first], row[_COLUMN["clitic"] - first] = reading.left_out, float(bool(reading.clitic))
        if reading.role in _ROLE_COLUMN:
            row[_ROLE_COLUMN[reading.role] - first] = 1.0
        return row

    @staticmethod
    def _place(evidence: NDArray[np.float64], name: str, distance: NDArray[np.float64], lines: Any = slice(None)) -> None:
        evidence[lines, _COLUMN[f"{name}_inside"]] = distance <= 0.0
        evidence[lines, _COLUMN[f"{name}_outside"]] = distance / (distance + 15.0)

    def _add_contexts(
        self, evidence: NDArray[np.float64], question: Question, hits: Sequence[Hit], rows: NDArray[np.int64]
    ) -> None:
        """How candidates of each segment lie to the places that the other segments name."""
        if len(question.segments) < 2:
            return
        by_segment: dict[int, list[int]] = {}
        for line, hit in enumerate(hits):
            by_segment.setdefault(hit.reading.segment, []).append(line)
        for segment, lines in by_segment.items():
            distances = [
                outside_km(self._index, container, rows[lines])
                for text in question.context(segment)
                if (container := self._containers(text, False)) is not None
            ]
            if distances:
                self._place(evidence, "context", np.minimum.reduce(distances), lines)

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
            return container_of(self._index, [row])
        question = read_question(text)
        hits = exact_hits(self._index, question.plain_readings)
        if not hits or (asked and not any(hit.cost < _CONTAINER_COST * len(hit.reading.sounds) for hit in hits)):
            hits += exact_hits(self._index, question.part_readings) + close_hits(self._index, question.plain_readings)
        ranking = self._weigh(Question(text, question.segments[:1]), hits, None, None, None)
        if not len(ranking.rows) or self._margin(ranking) < 0:
            return None
        costs = ranking.evidence[:, _COLUMN["cost_per_sound"]] + ranking.evidence[:, _COLUMN["left_out"]]
        levels = {"governorate": 1, "district": 2, "sub-district": 3}
        ranks = [levels.get(self._index.kind_ids[self._index.kind[row]], 4) for row in ranking.rows]
        # A unit may be spelled a little farther off than the town that it is named after.
        near = [cost <= costs.min() + (_UNIT_COST if rank < 4 else 0.05) for cost, rank in zip(costs, ranks, strict=True)]
        alike = ranking.rows[near]
        ranked = [rank for rank, kept in zip(ranks, near, strict=True) if kept]
        widest = min(ranked)
        rows = [int(row) for row, level in zip(alike, ranked, strict=True) if level == widest]
        return container_of(self._index, rows[:8])

    def _wanted(self, kinds: Iterable[str]) -> NDArray[np.int8]:
        """By place row: 2 for a kind asked for, 1 for another of its group, 0 for the rest."""
        wanted: NDArray[np.int8] = self._agreement(frozenset().union(*map(kinds_named, kinds)))[self._index.kind]
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
        return Match(place, place.names[0], 1.0, reasons_of(None, asked, None))

    def _matches(self, ranking: Ranking, *, limit: int, within: bool) -> list[Match]:
        """The answer: candidates at one spot share their probability, the likeliest first."""
        if ranking.scores.sum() < THRESHOLD:
            return []
        index, rows, scores = self._index, ranking.rows, ranking.scores
        top = min(len(rows), 4 * limit + 16)
        rows, scores = rows[:top], scores[:top]
        pooled = np.array([
            scores[distances_km(index.lon[rows], index.lat[rows], of=(index.lon[row], index.lat[row])) <= _SAME_SPOT_KM].sum()
            for row in rows[: limit + 4]
        ])
        order = np.argsort(-pooled, kind="stable")[:limit]
        first = order[0]
        apart = distances_km(index.lon[rows], index.lat[rows], of=(index.lon[rows[first]], index.lat[rows[first]]))
        rival = scores[apart > _SAME_SPOT_KM]
        ambiguous = bool(len(rival) and rival.max() > 0.5 * pooled[first])
        return [
            Match(
                index.places[int(rows[at])],
                index.names[int(index.form_name[ranking.hits[at].form])],
                round(float(pooled[at]), 4),
                reasons_of(ranking.hits[at], "", ranking.evidence[at], rule=int(index.form_rule[ranking.hits[at].form])),
                ambiguous,
            )
            for at in order.tolist()
            if pooled[at] >= 0.005 or at == first
        ]

    def suggest(self, prefix: str, *, near: tuple[float, float] | None = None, limit: int = 10) -> list[Suggestion]:
        """See `buldan.Gazetteer.suggest`."""
        _check_limit(limit)
        _check_near(near)
        return complete(self._index, prefix, near=near, limit=limit)

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


_EMPTY = Ranking(np.zeros(0, np.int64), (), np.zeros((0, len(EVIDENCE))), np.zeros(0))


def _check_limit(limit: int) -> None:
    if not isinstance(limit, int) or not 1 <= limit <= MOST_MATCHES:
        raise QueryError(f"limit must be a whole number from 1 to {MOST_MATCHES}, not {limit!r}", field="limit")


def _check_near(near: tuple[float, float] | None) -> None:
    if near is None:
        return
    lon, lat = near
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise QueryError(f"near must be lon, lat in degrees, not {lon}, {lat}", field="near")
    if near not in SYRIA and (lat, lon) in SYRIA:
        raise QueryError(f"near is lon, lat in that order; {lon}, {lat} looks swapped", field="near")
