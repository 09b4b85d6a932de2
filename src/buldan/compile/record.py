"""The record that every reader of a source yields: one place as one publisher describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from buldan.model import Name, Position

__all__ = ["SourceRecord", "owns"]


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One place of one source, before it is joined with the records of other sources.

    Attributes:
        source: key of the source (`compile/tables/publishers.tsv`).
        source_id: the place's id there.
        kind: a key of `buldan.kinds`.
        names: the names that the source gives it, the main ones first.
        lon, lat: degrees, WGS 84; None in a curated row that only adds to a place.
        position: how the point is known, one of `buldan.model.POSITIONS`.
        radius_km: size of the place, or uncertainty of its point; None for the usual radius of its kind.
        within: P-code of the unit that the publisher states, or empty.
        part_of: `scheme:value` of the place that this one is a part of, or empty.
        population: number of inhabitants, None if unknown.
        identifiers: by scheme; of the source itself, and of other sources that it links to.
        area: the outline, in degrees, or None.
        common_english: the name under which the place is best known in English, or empty.
        merge_into: `scheme:value` of the places that are this one according to our own facts.
        verified: how a curated point was verified (`near:C1001`), or empty.
        origin: file and line of a curated row, for messages.
        is_spelling: whether it only gives spellings; it then does not count as a source of the place, only of its
            names.
    """

    source: str
    source_id: str
    kind: str
    names: tuple[Name, ...]
    lon: float | None
    lat: float | None
    radius_km: float | None = None
    position: Position = "surveyed"
    within: str = ""
    part_of: str = ""
    population: int | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    area: BaseGeometry | None = None
    common_english: str = ""
    merge_into: tuple[str, ...] = ()
    verified: str = ""
    origin: tuple[str, int] | None = None
    is_spelling: bool = False

    @property
    def point(self) -> tuple[float, float]:
        """Longitude and latitude; only for records that have them."""
        assert self.lon is not None and self.lat is not None
        return self.lon, self.lat


_OWN_SCHEMES = {"ocha": ("pcode", "ocha_area")}


def owns(record: SourceRecord, scheme: str) -> bool:
    """Whether the record's own source issues the identifiers of a scheme; other sources only link to them."""
    return scheme in _OWN_SCHEMES.get(record.source, (record.source,))
