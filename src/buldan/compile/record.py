"""What every reader of a source yields: one place as one publisher knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from buldan.model import Name

__all__ = ["SourceRecord"]


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One place of one source, before it is joined with what others say of it.

    Attributes:
        source: key of the source (`compile/tables/publishers.tsv`).
        source_id: the place's id there.
        kind: a key of `buldan.kinds`.
        names: the names that the source gives it, the main ones first.
        lon, lat: degrees, WGS 84; None in a curated row that only adds to a place.
        radius_km: how large the place is, or how unsure its point; None: as is usual for its kind.
        within: P-code of the unit that the publisher states, or empty.
        part_of: `scheme:value` of the place that this one is a part of, or empty.
        population: inhabitants, None where unknown.
        identifiers: by scheme, those of the source and those that it knows of others.
        area: the outline, in degrees, or None.
        merge_into: `scheme:value` of a place that the publisher says is this one, or empty.
    """

    source: str
    source_id: str
    kind: str
    names: tuple[Name, ...]
    lon: float | None
    lat: float | None
    radius_km: float | None = None
    within: str = ""
    part_of: str = ""
    population: int | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    area: BaseGeometry | None = None
    merge_into: tuple[str, ...] = ()

    @property
    def point(self) -> tuple[float, float]:
        """Longitude and latitude; only for records that have them."""
        assert self.lon is not None and self.lat is not None
        return self.lon, self.lat
