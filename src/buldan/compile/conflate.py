"""The same place in two sources becomes one cluster of records.

Sources come one after another, the most authoritative first. The records of each are joined with the clusters
that are there already, in this order:

1. by identifier: both say that they are one thing (P-code, GeoNames, Wikidata, ICAO …);
2. by name and distance, the best pair first, each cluster taking at most one record of a source: the better the
   names agree, the farther the points may lie apart (`_ALLOWANCE`);
3. within the source: what is left over and is named alike a stone's throw away is a second record of the same.

What is joined to nothing stands alone as a new cluster. Every decision is kept for the report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import cos, hypot, radians
from typing import NamedTuple

import numpy as np
from scipy.spatial import cKDTree

from buldan.compile.likeness import Likeness, Spelling, compare, spellings
from buldan.compile.record import SourceRecord
from buldan.compile.tables import read_table
from buldan.geometry import KM_PER_DEGREE, SYRIA

__all__ = ["Cluster", "Conflation", "Decision", "conflate"]

_STRONG_SCHEMES = ("pcode", "ocha_area", "geonames", "wikidata", "icao", "pleiades")
_IDENTIFIER_REACH = 3.0
"""Times the family's reach within which an identifier that two sources share is believed."""

_ALLOWANCE = ((1.0, 3.0), (0.95, 2.0), (0.90, 1.5), (0.84, 1.0), (0.78, 0.6), (0.72, 0.3))
"""Likeness of the names from which points may lie so many kilometres apart; below the last, nothing joins."""

_UNIQUE_REACH_KM = 5.0
"""For names of the same Arabic letters, where no other place around bears them."""

_TWIN_LIKENESS, _TWIN_KM = 0.93, 0.8
"""Two records of one source that are one place; and a third record for a place that has one already."""

_SITE_KM = 0.8
"""An ancient site and a living settlement of the same name are one place only when they are this near."""

_NEAR_MISS = 0.15


class Decision(NamedTuple):
    """What became of a record: `merged`, `near-miss` or `alone`; with which cluster, how far, and why."""

    outcome: str
    record: SourceRecord
    other: SourceRecord | None
    distance_km: float
    likeness: Likeness


@dataclass(slots=True)
class Cluster:
    """The records of one place, the most authoritative first."""

    records: list[SourceRecord]
    spellings: dict[Spelling, None] = field(default_factory=dict)

    @property
    def anchor(self) -> SourceRecord:
        """The record that the place rests on."""
        return self.records[0]

    def add(self, record: SourceRecord, names: Iterable[Spelling]) -> None:
        """Join a record."""
        self.records.append(record)
        self.spellings.update(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class Conflation:
    """The clusters, in the order of their anchors, and every decision."""

    clusters: tuple[Cluster, ...]
    decisions: tuple[Decision, ...]


class _Pair(NamedTuple):
    score: float
    distance_km: float
    cluster: int
    record: int
    likeness: Likeness


def conflate(batches: Iterable[Sequence[SourceRecord]]) -> Conflation:
    """Join the records of all batches (one a source) into clusters."""
    clusters: list[Cluster] = []
    decisions: list[Decision] = []
    for batch in batches:
        decisions += _Batch(batch, clusters).join()
    return Conflation(tuple(clusters), tuple(decisions))


_FAMILIES = {kind: (family, float(reach)) for kind, family, reach, _ in read_table("families")}


def _family(record: SourceRecord) -> str:
    return _FAMILIES[record.kind][0]


def _reach(record: SourceRecord) -> float:
    return _FAMILIES[record.kind][1]


def _plane(points: Iterable[tuple[float, float]]) -> np.ndarray:
    """Points in kilometres on a plane; right to half a per cent over Syria."""
    lon_km = KM_PER_DEGREE * cos(radians((SYRIA.south + SYRIA.north) / 2))
    return np.array([(lon * lon_km, lat * KM_PER_DEGREE) for lon, lat in points]).reshape(-1, 2)


class _Batch:
    """The records of one source on their way into the clusters."""

    def __init__(self, records: Sequence[SourceRecord], clusters: list[Cluster]) -> None:
        self._records = [record for record in records]
        self._names = [spellings(record.names) for record in records]
        self._clusters = clusters
        self._settled = len(clusters)
        self._left = dict.fromkeys(range(len(records)))
        self._near_misses: dict[int, _Pair] = {}

    def join(self) -> Iterator[Decision]:
        yield from self._join_by_identifier()
        pairs = self._pairs()
        yield from self._join_best(pairs, once=True)
        yield from self._join_best([pair for pair in pairs if self._is_twin(pair)], once=False)
        yield from self._stand_alone()

    def _join_by_identifier(self) -> Iterator[Decision]:
        holders: dict[tuple[str, str, str], int] = {}
        for number, cluster in enumerate(self._clusters):
            for record in cluster.records:
                for scheme in _STRONG_SCHEMES:
                    if scheme in record.identifiers:
                        holders.setdefault((_family(record), scheme, record.identifiers[scheme]), number)
        for position in list(self._left):
            record = self._records[position]
            keys = [
                (_family(record), scheme, record.identifiers[scheme])
                for scheme in _STRONG_SCHEMES
                if scheme in record.identifiers
            ]
            for key in keys:
                number = holders.get(key, -1)
                if number >= 0:
                    away = _distance(record, self._clusters[number].anchor)
                    if away <= _IDENTIFIER_REACH * _reach(record):
                        yield self._merge(position, number, away, Likeness(1.0, f"same {key[1]} id", "", ""))
                        break

    def _merge(self, position: int, number: int, away: float, likeness: Likeness) -> Decision:
        record, cluster = self._records[position], self._clusters[number]
        decision = Decision("merged", record, cluster.anchor, away, likeness)
        cluster.add(record, self._names[position])
        del self._left[position]
        return decision

    def _pairs(self) -> list[_Pair]:
        """Every pair of a record and a cluster of its family that may be one place, the best first."""
        if not self._clusters or not self._left:
            return []
        positions = list(self._left)
        tree = cKDTree(_plane(cluster.anchor.point for cluster in self._clusters))
        points = _plane(self._records[position].point for position in positions)
        reaches = [_reach(self._records[position]) for position in positions]
        pairs = []
        for position, point, numbers in zip(
            positions, points, tree.query_ball_point(points, reaches, return_sorted=True), strict=True
        ):
            pairs += self._pairs_of(position, point, tree.data, numbers)
        pairs.sort(key=lambda pair: (-pair.score, pair.distance_km, pair.cluster, pair.record))
        return pairs

    def _pairs_of(self, position: int, point: np.ndarray, data: np.ndarray, numbers: list[int]) -> Iterator[_Pair]:
        record, names = self._records[position], self._names[position]
        found = []
        for number in numbers:
            cluster = self._clusters[number]
            away = hypot(*(data[number] - point))
            if _may_join(record, cluster, away):
                likeness = compare(names, cluster.spellings)
                if likeness.score > 0:
                    found.append(_Pair(likeness.score - 0.06 * away, away, number, position, likeness))
        same = sum(pair.likeness.rule == "same Arabic" for pair in found)
        for pair in found:
            allowed = _allowance(record, pair.likeness, unique=same == 1)
            if pair.distance_km <= allowed:
                yield pair
            elif pair.distance_km <= allowed + 1 and pair.likeness.score >= _ALLOWANCE[-1][0] - _NEAR_MISS:
                self._note_near_miss(pair)

    def _note_near_miss(self, pair: _Pair) -> None:
        known = self._near_misses.get(pair.record)
        if known is None or pair.score > known.score:
            self._near_misses[pair.record] = pair

    def _join_best(self, pairs: Iterable[_Pair], *, once: bool) -> Iterator[Decision]:
        taken: set[int] = set()
        for pair in pairs:
            if pair.record not in self._left:
                continue
            if once and pair.cluster in taken:
                self._note_near_miss(pair)
                continue
            taken.add(pair.cluster)
            yield self._merge(pair.record, pair.cluster, pair.distance_km, pair.likeness)

    @staticmethod
    def _is_twin(pair: _Pair) -> bool:
        return pair.likeness.score >= _TWIN_LIKENESS and pair.distance_km <= _TWIN_KM

    def _stand_alone(self) -> Iterator[Decision]:
        """Whatever is left becomes a cluster, together with its twins in the same source."""
        first = len(self._clusters)
        cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for position in list(self._left):
            record, names = self._records[position], self._names[position]
            twin = self._twin(record, names, cells) if record.source != "ocha" else None
            if twin is not None:
                yield self._merge(position, *twin)
                continue
            near_miss = self._near_misses.get(position)
            yield Decision(
                "near-miss" if near_miss else "alone",
                record,
                self._clusters[near_miss.cluster].anchor if near_miss else None,
                near_miss.distance_km if near_miss else 0.0,
                near_miss.likeness if near_miss else Likeness(0.0, "nothing", "", ""),
            )
            self._clusters.append(Cluster([record], dict.fromkeys(names)))
            cells[_cell(record)].append(len(self._clusters) - 1)
        assert first <= len(self._clusters)

    def _twin(
        self, record: SourceRecord, names: tuple[Spelling, ...], cells: dict[tuple[int, int], list[int]]
    ) -> tuple[int, float, Likeness] | None:
        """The cluster of this source that the record repeats."""
        east, north = _cell(record)
        around = [number for x in (-1, 0, 1) for y in (-1, 0, 1) for number in cells.get((east + x, north + y), ())]
        for number in sorted(around):
            cluster = self._clusters[number]
            away = _distance(record, cluster.anchor)
            if away <= _TWIN_KM and _may_join(record, cluster, away):
                likeness = compare(names, cluster.spellings)
                if likeness.score >= _TWIN_LIKENESS:
                    return number, away, likeness
        return None


def _cell(record: SourceRecord) -> tuple[int, int]:
    """The square of about a kilometre that the point lies in."""
    lon, lat = record.point
    return int(lon * 100), int(lat * 100)


def _distance(a: SourceRecord, b: SourceRecord) -> float:
    first, second = _plane([a.point, b.point])
    return float(hypot(*(first - second)))


def _may_join(record: SourceRecord, cluster: Cluster, away: float) -> bool:
    families = {_family(record), _family(cluster.anchor)}
    if families == {"settlement", "site"}:
        return away <= _SITE_KM
    return len(families) == 1


def _allowance(record: SourceRecord, likeness: Likeness, *, unique: bool) -> float:
    """How far apart two points of such likeness may lie, in kilometres."""
    if _family(record) != "settlement":
        return _reach(record) if likeness.score >= _ALLOWANCE[3][0] else 0.0
    if unique and likeness.rule == "same Arabic":
        return _UNIQUE_REACH_KM
    return next((km for score, km in _ALLOWANCE if likeness.score >= score), 0.0)
