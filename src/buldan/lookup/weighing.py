"""Weigh candidates: evidence for each, from it utilities, from them probabilities."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from buldan.index import Index, distances_km
from buldan.kinds import kinds
from buldan.lookup.context import Container, outside_km
from buldan.lookup.evidence import EVIDENCE, Weights
from buldan.lookup.readings import Question, Reading
from buldan.lookup.search import Hit

__all__ = ["EMPTY", "Asked", "Ranking", "Weigher", "kind_agreement"]

Evidence: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

_MOST_COST = 8.0
_HALF_KM = 15.0
"""How far outside a container counts half of being anywhere outside."""

_COMPACT_KM = 8.0
"""A governorate of this radius or less is a city in all but name."""

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
    "region": _COLUMN["group_land"],
    "water": _COLUMN["group_land"],
    "natural": _COLUMN["group_land"],
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for beside the name; None where it does not.

    Attributes:
        container: where the place must lie.
        near: (lon, lat) that it should be near to.
        wanted: by place row, 2 for a kind asked for, 1 for another of its group, 0 for the rest.
    """

    container: Container | None = None
    near: tuple[float, float] | None = None
    wanted: NDArray[np.int8] | None = None


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

    def of_the_same_name(self) -> Ranking:
        """The candidates whose very name the question is, articles and folded letters apart."""
        kept = np.flatnonzero(self.evidence[:, _COLUMN["same_fold"]])
        return Ranking(
            self.rows[kept], tuple(self.hits[at] for at in kept.tolist()), self.evidence[kept], self.scores[kept]
        )

    @property
    def of_another_kind(self) -> bool:
        """Whether the best candidate is of another kind than the question says."""
        return bool(len(self.rows) and self.evidence[0, _COLUMN["kind_differs"]])


EMPTY = Ranking(np.zeros(0, np.int64), (), np.zeros((0, len(EVIDENCE))), np.zeros(0))


class Weigher:
    """Weighs hits over one index; `find_container` resolves the places that a question names beside the name."""

    def __init__(self, index: Index, weights: Weights, find_container: Callable[[str], Container | None]) -> None:
        self._index, self._weights, self._find_container = index, weights, find_container
        columns = np.array([_GROUP_COLUMN.get(kind.group, _COLUMN["group_other"]) for kind in kinds().values()])
        group = columns[index.kind]
        # A governorate no larger than a city (Damascus), and the country, are as likely to be meant as a city.
        compact = (index.level < 2) & ((index.radius_km <= _COMPACT_KM) | (index.kind == 0))
        self._group_column = np.where((group == _COLUMN["group_admin"]) & compact, -1, group)

    def margin(self, ranking: Ranking) -> float:
        """Utility of the best candidate above that of "none of these"; minus infinity where there is none."""
        if not len(ranking.rows):
            return float("-inf")
        return float(ranking.evidence[0] @ self._weights.values) - self._weights.nothing

    def weigh(self, question: Question, hits: Sequence[Hit], asked: Asked) -> Ranking:
        """Evidence, utilities and probabilities of the places that hits lead to, one candidate a place."""
        if not hits:
            return EMPTY
        rows = self._index.form_place[[hit.form for hit in hits]].astype(np.int64)
        if asked.wanted is not None:
            kept = np.flatnonzero(asked.wanted[rows] > 0)
            if not len(kept):
                return EMPTY
            rows, hits = rows[kept], [hits[position] for position in kept.tolist()]
        evidence = self.evidence(question, hits, rows, asked)
        utilities = evidence @ self._weights.values
        order = np.lexsort((rows, -utilities)).tolist()
        firsts: dict[int, int] = {}
        for position, row in zip(order, rows[order].tolist(), strict=True):
            firsts.setdefault(row, position)
        best = np.fromiter(firsts.values(), np.int64, len(firsts))
        shares = np.exp(np.minimum(utilities[best] - self._weights.nothing, 50.0))
        scores = shares / (1.0 + shares.sum())
        return Ranking(rows[best], tuple(hits[position] for position in best.tolist()), evidence[best], scores)

    def evidence(self, question: Question, hits: Sequence[Hit], rows: NDArray[np.int64], asked: Asked) -> Evidence:
        """What speaks for each hit: a row a hit, a column for each of `EVIDENCE`."""
        evidence = np.zeros((len(hits), len(EVIDENCE)))
        self._add_names(evidence, hits, rows)
        self._add_places(evidence, rows)
        if asked.container is not None:
            _add_distance(evidence, "within", outside_km(self._index, asked.container, rows))
        self._add_contexts(evidence, question, hits, rows)
        if asked.near is not None:
            apart = distances_km(self._index.lon[rows], self._index.lat[rows], of=asked.near)
            evidence[:, _COLUMN["near"]] = np.log1p(apart / 10)
        if asked.wanted is not None:
            evidence[:, _COLUMN["other_kind"]] = asked.wanted[rows] == 1
        return evidence

    def _add_names(self, evidence: Evidence, hits: Sequence[Hit], rows: NDArray[np.int64]) -> None:
        """How the question was read, how the name was written, and what lies between them."""
        index = self._index
        forms = np.array([hit.form for hit in hits])
        positions: dict[int, int] = {}
        which = np.array([positions.setdefault(id(hit.reading), len(positions)) for hit in hits])
        readings = list({id(hit.reading): hit.reading for hit in hits}.values())
        read = np.array([_reading_evidence(reading) for reading in readings])
        evidence[:, _COLUMN["length"] : _COLUMN["role_beside"] + 1] = read[which, 1:]
        cost = np.array([hit.cost for hit in hits])
        letters = np.array([hit.letters for hit in hits])
        evidence[:, _COLUMN["same_fold"]] = letters == 0
        evidence[:, _COLUMN["one_letter"]] = letters == 1
        evidence[:, _COLUMN["cost"]] = np.minimum(cost, _MOST_COST)
        evidence[:, _COLUMN["cost_per_sound"]] = cost / read[which, 0]
        articles = np.array([reading.articles for reading in readings])[which]
        evidence[:, _COLUMN["articles_differ"]] = index.form_articles[forms] != articles
        evidence[:, _COLUMN["variant"]] = ~index.form_official[forms]
        rules = index.form_rule[forms]
        ruled = np.flatnonzero(rules)
        evidence[ruled, _COLUMN["rule_kind"] - 1 + rules[ruled]] = 1.0
        for at, reading in enumerate(readings):
            if reading.kinds:
                self._add_kinds(evidence, reading, (which == at), rules == 0, index.kind[rows])

    @staticmethod
    def _add_kinds(evidence: Evidence, reading: Reading, here: Flags, attested: Flags, kinds: NDArray[Any]) -> None:
        """Whether generic words of the question agree with the place's kind, or are part of its name."""
        agreement = kind_agreement(reading.kinds)[kinds]
        kept = here & attested & (evidence[:, _COLUMN["same_fold"]] > 0) & (not reading.bare)
        evidence[kept, _COLUMN["generic_kept"]] = 1.0
        evidence[here & (agreement == 2), _COLUMN["kind_agrees"]] = 1.0
        evidence[here & (agreement == 0) & ~kept, _COLUMN["kind_differs"]] = 1.0

    def _add_places(self, evidence: Evidence, rows: NDArray[np.int64]) -> None:
        """How likely the places are to be spoken of at all."""
        evidence[:, _COLUMN["salience"]] = self._index.salience[rows]
        evidence[:, _COLUMN["uncoded"]] = ~self._index.coded[rows] & (self._group_column[rows] == -1)
        # Where the kind was said, it need not be guessed from the group.
        grouped = np.where(evidence[:, _COLUMN["kind_agrees"]] > 0, -1, self._group_column[rows])
        known = np.flatnonzero(grouped >= 0)
        evidence[known, grouped[known]] = 1.0

    def _add_contexts(
        self, evidence: Evidence, question: Question, hits: Sequence[Hit], rows: NDArray[np.int64]
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
                if (container := self._find_container(text)) is not None
            ]
            if distances:
                _add_distance(evidence, "context", np.minimum.reduce(distances), lines)
        self._add_filled(evidence, by_segment)

    @staticmethod
    def _add_filled(evidence: Evidence, by_segment: Mapping[int, list[int]]) -> None:
        """How well a place of the first segment fits inside what the others name: they are then but its context."""
        first = by_segment.get(0, [])
        inside = [line for line in first if evidence[line, _COLUMN["context_inside"]]]
        if not inside:
            return
        fit = np.exp(-evidence[inside, _COLUMN["cost_per_sound"]]) * (1 - evidence[inside, _COLUMN["left_out"]])
        for segment, lines in by_segment.items():
            if segment:
                evidence[lines, _COLUMN["filled"]] = fit.max()


@lru_cache(maxsize=256)
def kind_agreement(hinted: frozenset[str]) -> NDArray[np.int8]:
    """By kind code: 2 for a kind hinted at, 1 for another of its group, 0 for the rest."""
    table = kinds()
    groups = {table[kind].group for kind in hinted}
    return np.array([2 if kind in hinted else int(table[kind].group in groups) for kind in table], np.int8)


def _reading_evidence(reading: Reading) -> list[float]:
    """Number of sounds, then the columns from `length` to `role_beside` that the reading alone decides."""
    first = _COLUMN["length"] - 1
    row = [0.0] * (_COLUMN["role_beside"] - first + 1)
    row[0] = float(len(reading.sounds) or 1)
    row[1] = log(row[0])
    row[_COLUMN["left_out"] - first], row[_COLUMN["clitic"] - first] = reading.left_out, float(bool(reading.clitic))
    row[_COLUMN["clitic_article"] - first] = float(reading.clitic_article)
    if reading.role in _ROLE_COLUMN:
        row[_ROLE_COLUMN[reading.role] - first] = 1.0
    return row


def _add_distance(evidence: Evidence, name: str, distance: NDArray[np.float64], lines: Any = slice(None)) -> None:
    evidence[lines, _COLUMN[f"{name}_inside"]] = distance <= 0.0
    evidence[lines, _COLUMN[f"{name}_outside"]] = distance / (distance + _HALF_KM)
