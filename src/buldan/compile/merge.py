"""Merge the records of a place to one entry: all names (`merge_names`) and identifiers, one point, one kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import pi, sqrt

from shapely.geometry.base import BaseGeometry

from buldan.compile.cluster import Cluster
from buldan.compile.merge_names import choose_arabic, choose_common_english, choose_english, merge_names
from buldan.compile.positions import get_usual_radius
from buldan.compile.record import SourceRecord
from buldan.geometry import KM_PER_DEGREE
from buldan.kinds import SETTLEMENT_KINDS, get_kind
from buldan.model import (
    Name,
    Position,
    identifier_pairs,
)

__all__ = ["Entry", "merge"]

_WIDE_KM = 5.0
"""A place with a larger radius (a river, a landscape) has no single point that a source could publish."""

_KM2_PER_DEGREE2 = KM_PER_DEGREE**2 * 0.819
"""Area of a square degree at 35° north, square kilometres."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer before it has an id, merged from all its records."""

    kind: str
    name_en: str
    name_ar: str
    names: tuple[Name, ...]
    lon: float
    lat: float
    radius_km: float
    position: Position
    within: str
    part_of: str
    population: int | None
    identifiers: dict[str, str]
    sources: tuple[str, ...]
    area: BaseGeometry | None
    records: tuple[SourceRecord, ...]
    schematic_km: float | None = None
    """Possible error of a schematic line, kilometres; None for a published outline."""


def merge(cluster: Cluster) -> Entry:
    """The entry of a cluster. Our own curated facts come first, then the facts of the anchor, then the others."""
    records = sorted(cluster.records, key=lambda record: record.source != "curated")
    located = _choose_located(records)
    names = merge_names(records)
    area = next((record.area for record in records if record.area is not None), None)
    kind = _choose_kind(records)
    name_ar = choose_arabic(names)
    return Entry(
        kind=kind,
        name_en=choose_common_english(records, kind) or choose_english(names),
        name_ar=name_ar,
        names=names,
        lon=round(located.point[0], 5),
        lat=round(located.point[1], 5),
        radius_km=_choose_radius(records, kind, area),
        position=located.position,
        within=next((record.within for record in records if record.within), ""),
        part_of=next((record.part_of for record in records if record.part_of), ""),
        population=max((r.population for r in records if r.population and _is_peopled(kind)), default=None),
        identifiers=_join_identifiers(records),
        sources=tuple(sorted(_collect_sources(records))),
        area=area,
        records=tuple(cluster.records),
    )


def _is_peopled(kind: str) -> bool:
    """Whether places of a kind have inhabitants; the population of a castle that a source has as a village is wrong."""
    return get_kind(kind).group in ("admin", "settlement")


def _choose_located(records: Sequence[SourceRecord]) -> SourceRecord:
    """The record whose point is used: the first that has a point, unless that is our own estimate.

    A published point of a place of the same kind is preferred to our estimate, except if our row refers to the
    publisher's record: then we knew its point and did not take it (a source confuses two crossings).
    """
    pointed = [record for record in records if record.lon is not None]
    first = pointed[0]
    wide = (first.radius_km or 0) > _WIDE_KM
    if first.source != "curated" or first.position != "estimated" or first.merge_into or wide:
        return first
    return next((record for record in pointed if _is_published(record, first)), first)


def _is_published(record: SourceRecord, ours: SourceRecord) -> bool:
    """Whether a record has a published point, and the kind or group of the place that we have estimated."""
    same = record.kind == ours.kind or get_kind(record.kind).group == get_kind(ours.kind).group
    return record.source != "curated" and record.position == "surveyed" and record.radius_km is None and same


def _collect_sources(records: Iterable[SourceRecord]) -> set[str]:
    """Keys of the sources that describe the place, attest its names, or gave the point of our own facts."""
    telling = [record for record in records if not record.is_spelling]
    lenders = (record.verified.partition(":") for record in telling)
    lent = {who for how, _, who in lenders if how in ("source", "described")}
    attesting = {source for record in telling for name in record.names for source in name.sources}
    return {record.source for record in telling} | attesting | lent


def _choose_kind(records: Sequence[SourceRecord]) -> str:
    """The first record's kind; for a settlement, the largest kind of settlement that a record gives.

    An admin unit without a P-code of OCHA is a region.
    """
    first = next(record for record in records if record.kind)
    if get_kind(first.kind).group == "admin" and not any("pcode" in record.identifiers for record in records):
        return "region"
    if first.kind not in SETTLEMENT_KINDS or first.source == "curated":
        return first.kind
    return max((r.kind for r in records if r.kind in SETTLEMENT_KINDS), key=SETTLEMENT_KINDS.index)


def _choose_radius(records: Sequence[SourceRecord], kind: str, area: BaseGeometry | None) -> float:
    """The radius in kilometres that our own facts or the point's record state.

    Without one, it is the radius of a circle with the area of the outline, else the usual radius of the kind. That is
    larger for a village that only GeoNames has, because the points of such villages are less exact.
    """
    located = _choose_located(records)
    speaking = [record.radius_km for record in records if record is located or _states_size(record)]
    stated = next((radius for radius in speaking if radius is not None), None)
    if stated is not None:
        return stated
    if area is not None and area.area > 0:
        return round(sqrt(area.area * _KM2_PER_DEGREE2 / pi), 2)
    return get_usual_radius(kind, located)


def _states_size(record: SourceRecord) -> bool:
    """Whether the radius of our own row is the size of the place, because the row has no point of its own."""
    return record.source == "curated" and record.lon is None


def _join_identifiers(records: Iterable[SourceRecord]) -> dict[str, str]:
    """All identifiers by scheme; several of one scheme are joined by commas, the first record's first."""
    found: dict[str, dict[str, None]] = {}
    for record in records:
        for scheme, value in identifier_pairs(record.identifiers):
            found.setdefault(scheme, {})[value] = None
    return {scheme: ",".join(values) for scheme, values in sorted(found.items())}
