"""Join the records of one source with the clusters; `conflate` describes the order of the steps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import hypot
from typing import NamedTuple

from scipy.spatial import cKDTree

from buldan.compile.cluster import Cluster, Decision, distance, find_holders, project_km
from buldan.compile.likeness import Likeness, are_opposite, compare, take_spellings
from buldan.compile.nearness import (
    NEAR_MISS_KM,
    NEAR_MISS_LIKENESS,
    PER_KM,
    RIVAL_LIKENESS,
    VERY_SPOT_KM,
    allow_km,
    are_twins,
    get_family,
    get_spot_km,
    is_stray_twin,
    is_twin_of_settled,
    may_join,
    reach,
)
from buldan.compile.record import SourceRecord, owns
from buldan.errors import SourceError
from buldan.model import identifier_pairs, identifier_values

__all__ = ["Batch"]

_STRONG_SCHEMES = ("pcode", "ocha_area", "geonames", "wikidata", "icao")
_IDENTIFIER_REACH = 3.0
"""An identifier shared by two sources is accepted up to this multiple of the family's reach."""

_REPEATING = ("geonames", "whosonfirst")
"""Sources that list some places twice."""

_CELLS = range(-3, 4)
"""Offsets of the squares (about a kilometre) around a point in which its twins are searched."""


class _Pair(NamedTuple):
    score: float
    distance_km: float
    cluster: int
    record: int
    likeness: Likeness


class Batch:
    """The records of one source, some already decided and some not."""

    def __init__(self, records: Sequence[SourceRecord], clusters: list[Cluster]) -> None:
        """Make a batch of the records, and of the existing clusters, which `join` changes."""
        self._records = list(records)
        self._names = [take_spellings(record.names) for record in records]
        self._by_identifier = {
            f"{scheme}:{value}": record for record in records for scheme, value in identifier_pairs(record.identifiers)
        }
        self._clusters = clusters
        self._left = dict.fromkeys(range(len(records)))
        self._near_misses: dict[int, _Pair] = {}
        self._namesakes: Counter[int] = Counter()

    def join(self) -> Iterator[Decision]:
        """Join the records; gives the decision on each of them when it is made."""
        yield from self._join_by_reference()
        yield from self._join_by_identifier()
        pairs = self._rank_pairs()
        yield from self._join_best(pairs, once=True)
        yield from self._join_best(filter(self._is_repeated, pairs), once=False)
        yield from self._join_strays()
        yield from self._join_by_identifier()
        yield from self._set_alone()

    def _join_by_reference(self) -> Iterator[Decision]:
        referring = [position for position in self._left if self._records[position].merge_into]
        holders = find_holders(self._clusters) if referring else {}
        for position in referring:
            record = self._records[position]
            numbers = [holders[ref] for ref in record.merge_into if ref in holders]
            numbers = list(dict.fromkeys(self._detach(number, record, holders) for number in numbers))
            if numbers:
                for other in numbers[1:]:
                    self._clusters[numbers[0]].absorb(self._clusters[other])
                    holders.update({key: numbers[0] for key, holder in holders.items() if holder == other})
                holders |= {f"{scheme}:{value}": numbers[0] for scheme, value in record.identifiers.items()}
                yield self._settle(position, numbers[0], Likeness(1.0, "our own fact", "", ""))
            elif record.lon is None:
                path, line = record.origin or (record.source, None)
                raise SourceError(f"refers to {' '.join(record.merge_into)}, which no place has", path=path, line=line)
        self._clusters[:] = [cluster for cluster in self._clusters if cluster.records]

    def _detach(self, number: int, record: SourceRecord, holders: dict[str, int]) -> int:
        """The cluster that a record refers to; if it is of another family, a new one of what it refers to.

        For example, Pleiades' Bostra was joined with the living town, and our row on the ruins separates it again.
        """
        cluster = self._clusters[number]
        living = get_family(cluster.anchor)
        if not record.kind or get_family(record) == living:
            return number
        members = [member for member in cluster.records if get_family(member) != living and _refers_to(member, record)]
        if not members:
            return number
        cluster.records = [member for member in cluster.records if member not in members]
        names = (spelling for member in members for spelling in take_spellings(member.names))
        self._clusters.append(Cluster(members, dict.fromkeys(names)))
        new = len(self._clusters) - 1
        holders.update(
            {f"{scheme}:{value}": new for member in members for scheme, value in identifier_pairs(member.identifiers)}
        )
        return new

    def _join_by_identifier(self) -> Iterator[Decision]:
        holders: dict[tuple[str, str, str], int] = {}
        for number, cluster in enumerate(self._clusters):
            for record in cluster.records:
                for key in _iter_strong_keys(record):
                    holders.setdefault(key, number)
        for position in list(self._left):
            record = self._records[position]
            for key in _iter_strong_keys(record):
                holder = holders.get(key)
                if holder is not None and self._measure_km(position, holder) <= _IDENTIFIER_REACH * reach(record):
                    yield self._settle(position, holder, Likeness(1.0, f"same {key[1]} id", "", ""))
                    break

    def _measure_km(self, position: int, number: int) -> float:
        record = self._records[position]
        return distance(record, self._clusters[number].anchor) if record.lon is not None else 0.0

    def _settle(self, position: int, number: int, likeness: Likeness) -> Decision:
        record, cluster = self._records[position], self._clusters[number]
        decision = Decision("merged", record, cluster.anchor, self._measure_km(position, number), likeness)
        cluster.add(record, self._names[position])
        del self._left[position]
        return decision

    def _rank_pairs(self) -> list[_Pair]:
        """All pairs of a record and a cluster that may be the same place, the best first."""
        if not self._clusters or not self._left:
            return []
        candidates = list(self._iter_candidates())
        strong = [pair for pair in candidates if pair.likeness.score >= RIVAL_LIKENESS]
        by_record = self._namesakes = Counter(pair.record for pair in strong)
        by_cluster = Counter(pair.cluster for pair in strong)
        pairs = []
        for pair in candidates:
            rivals = max(by_record[pair.record], by_cluster[pair.cluster])
            record, other = self._records[pair.record], self._clusters[pair.cluster].anchor
            allowed = allow_km(record, other, pair.likeness, rivals=rivals)
            beyond = pair.distance_km - allowed
            if allowed and beyond <= 0:
                pairs.append(pair)
            elif beyond <= NEAR_MISS_KM and pair.likeness.score >= NEAR_MISS_LIKENESS:
                self._note_near_miss(pair)
        return sorted(pairs, key=lambda pair: (-pair.score, pair.distance_km, pair.cluster, pair.record))

    def _iter_candidates(self) -> Iterator[_Pair]:
        """Pairs of the same family within its reach with similar names or almost the same point."""
        positions = list(self._left)
        tree = cKDTree(project_km(cluster.anchor.point for cluster in self._clusters))
        points = project_km(self._records[position].point for position in positions)
        reaches = [reach(self._records[position]) for position in positions]
        found = tree.query_ball_point(points, reaches, return_sorted=True)
        for position, point, numbers in zip(positions, points, found, strict=True):
            # A part is not its whole, though it is named after it: the Eighth Island of Waer.
            wholes = self._list_wholes(self._records[position])
            for number in numbers:
                away = float(hypot(*(tree.data[number] - point)))
                record, cluster = self._records[position], self._clusters[number]
                is_separate = cluster.is_another(record) or cluster.has_any_of(wholes)
                if may_join(record, cluster.anchor, away) and not is_separate:
                    spot = get_spot_km(record)
                    likeness = self._compare(position, number, one_spot=away <= spot)
                    if likeness.score > 0 or away <= min(spot, VERY_SPOT_KM):
                        yield _Pair(likeness.score - PER_KM * away, away, number, position, likeness)

    def _list_wholes(self, record: SourceRecord) -> set[str]:
        """`scheme:value` of all that a record says it is a part of, through other records of this source."""
        wholes = set[str]()
        while record.part_of and record.part_of not in wholes:
            wholes.add(record.part_of)
            record = self._by_identifier.get(record.part_of, record)
        return wholes

    def _compare(self, position: int, number: int, *, one_spot: bool) -> Likeness:
        names, others = self._names[position], self._clusters[number].spellings
        if not one_spot and are_opposite(names, others):
            return Likeness(0.0, "opposites", "", "")
        return compare(names, others, one_spot=one_spot)

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
            yield self._settle(pair.record, pair.cluster, pair.likeness)

    def _is_repeated(self, pair: _Pair) -> bool:
        """Whether the record is a repetition of the cluster's place by a source that lists some places twice."""
        other = self._clusters[pair.cluster].anchor
        repeating = self._records[pair.record].source in _REPEATING
        return repeating and is_twin_of_settled(other, pair.likeness, pair.distance_km)

    def _join_strays(self) -> Iterator[Decision]:
        """Join records that repeat a place of the same source from afar, if no other place nearby has that name."""
        for position, miss in sorted(self._near_misses.items()):
            if position not in self._left or self._namesakes[position] > 1:
                continue
            source = self._records[position].source
            repeats = source in _REPEATING and self._clusters[miss.cluster].lists(source)
            if repeats and is_stray_twin(miss.likeness, miss.distance_km):
                yield self._settle(position, miss.cluster, miss.likeness)

    def _set_alone(self) -> Iterator[Decision]:
        """Make a cluster of each remaining record, together with its twins in the same source."""
        cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for position in list(self._left):
            record = self._records[position]
            twin = self._find_twin(position, cells) if record.source in _REPEATING else None
            if twin is not None:
                yield self._settle(position, *twin)
                continue
            miss = self._near_misses.get(position)
            if miss is None:
                yield Decision("alone", record, None, 0.0, Likeness(0.0, "nothing", "", ""))
            else:
                yield Decision(
                    "near-miss", record, self._clusters[miss.cluster].anchor, miss.distance_km, miss.likeness
                )
            self._clusters.append(Cluster([record], dict.fromkeys(self._names[position])))
            cells[_find_cell(record)].append(len(self._clusters) - 1)

    def _find_twin(self, position: int, cells: dict[tuple[int, int], list[int]]) -> tuple[int, Likeness] | None:
        """The cluster of this source that the record repeats."""
        record: SourceRecord = self._records[position]
        east, north = _find_cell(record)
        around = [number for x in _CELLS for y in _CELLS for number in cells.get((east + x, north + y), ())]
        for number in sorted(around):
            away = self._measure_km(position, number)
            if may_join(record, self._clusters[number].anchor, away):
                likeness = self._compare(position, number, one_spot=False)
                if are_twins(likeness, away):
                    return number, likeness
        return None


def _refers_to(member: SourceRecord, record: SourceRecord) -> bool:
    """Whether a record refers to a member of a cluster by the member's own identifier."""
    own = {f"{scheme}:{value}" for scheme, value in identifier_pairs(member.identifiers) if owns(member, scheme)}
    return not own.isdisjoint(record.merge_into)


def _iter_strong_keys(record: SourceRecord) -> Iterator[tuple[str, str, str]]:
    """Family, scheme and value of the identifiers that prove that two records are the same place."""
    if record.lon is not None:
        for scheme in _STRONG_SCHEMES:
            for value in identifier_values(record.identifiers, scheme):
                yield get_family(record), scheme, value


def _find_cell(record: SourceRecord) -> tuple[int, int]:
    """The square of about a kilometre that contains the point."""
    lon, lat = record.point
    return int(lon * 100), int(lat * 100)
