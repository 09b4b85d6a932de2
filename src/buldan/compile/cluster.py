"""Clusters of records of the same place, and the decisions that made them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from math import cos, hypot, radians
from typing import Any, NamedTuple

import numpy as np

from buldan.compile.likeness import Likeness, Spelling
from buldan.compile.record import SourceRecord, owns
from buldan.geometry import KM_PER_DEGREE, SYRIA
from buldan.model import identifier_pairs

__all__ = ["KNOWING", "Cluster", "Conflation", "Decision", "distance", "find_holders", "project_km"]


KNOWING = ("ocha", "curated")
"""Sources that never have two records of the same place."""


class Decision(NamedTuple):
    """The decision on a record (`merged`, `near-miss`, `alone` or `refused`), with the anchor, distance and reason."""

    outcome: str
    record: SourceRecord
    other: SourceRecord | None
    distance_km: float
    likeness: Likeness


@dataclass(slots=True)
class Cluster:
    """The records of one place, the most authoritative first, and all spellings of its names."""

    records: list[SourceRecord]
    spellings: dict[Spelling, None] = field(default_factory=dict)

    @property
    def anchor(self) -> SourceRecord:
        """The record that identifies the place: the first one."""
        return self.records[0]

    def lists(self, source: str) -> bool:
        """Whether a source describes this place and does not only add a name to it."""
        return any(record.source == source and record.kind for record in self.records)

    def is_another(self, record: SourceRecord) -> bool:
        """Whether the record is another place: its source never repeats a place and has a record here already."""
        return bool(record.kind) and record.source in KNOWING and self.lists(record.source)

    def has_any_of(self, identifiers: Set[str]) -> bool:
        """Whether a record of this place has one of some identifiers (`scheme:value`)."""
        return bool(identifiers) and any(
            f"{scheme}:{value}" in identifiers
            for record in self.records
            for scheme, value in identifier_pairs(record.identifiers)
        )

    def add(self, record: SourceRecord, names: Iterable[Spelling]) -> None:
        """Add a record and the spellings of its names."""
        self.records.append(record)
        self.spellings.update(dict.fromkeys(names))

    def absorb(self, other: Cluster) -> None:
        """Move all records of another cluster here, which leaves it empty."""
        self.records += other.records
        self.spellings.update(other.spellings)
        other.records = []


@dataclass(frozen=True, slots=True)
class Conflation:
    """The clusters, in the order of their anchors, and every decision."""

    clusters: tuple[Cluster, ...]
    decisions: tuple[Decision, ...]


def find_holders(clusters: Sequence[Cluster]) -> dict[str, int]:
    """The number of the cluster for each identifier (`scheme:value`): its own source's, else the first that has it."""
    owners: dict[str, int] = {}
    linked: dict[str, int] = {}
    for number, cluster in enumerate(clusters):
        for record in cluster.records:
            for scheme, value in identifier_pairs(record.identifiers):
                (owners if owns(record, scheme) else linked).setdefault(f"{scheme}:{value}", number)
    return linked | owners


def project_km(points: Iterable[tuple[float, float]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Points on a plane, in kilometres; the error is at most half a per cent in Syria."""
    lon_km = KM_PER_DEGREE * cos(radians((SYRIA.south + SYRIA.north) / 2))
    return np.array([(lon * lon_km, lat * KM_PER_DEGREE) for lon, lat in points], dtype=np.float64).reshape(-1, 2)


def distance(a: SourceRecord, b: SourceRecord) -> float:
    """Kilometres between the points of two records, on the plane."""
    first, second = project_km([a.point, b.point])
    return float(hypot(*(first - second)))
