"""Rules for the points of our own facts: in Syria, in the stated unit, near the place they were verified with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from buldan.compile.ground import Ground
from buldan.compile.publishers import read_publishers
from buldan.compile.record import SourceRecord
from buldan.compile.sources.curated import reference
from buldan.errors import SourceError
from buldan.geometry import distance_km
from buldan.model import identifier_pairs

__all__ = ["check_rows", "index_points"]

_NEAR_KM = 15.0
"""Maximum distance of a place that was verified as near another, in addition to its own radius."""


def check_rows(
    curated: Iterable[SourceRecord],
    ground: Ground,
    points: Mapping[str, tuple[float, float]],
    *,
    refused: list[SourceError] | None = None,
) -> list[SourceRecord]:
    """The curated records, each with the unit that contains its point.

    `points` has the points of the other sources' places by `scheme:value`. If `refused` is given, errors of rows that
    break a rule are added to it, and the other rows are still checked.

    Raises:
        SourceError: a row is abroad, outside its `within`, refers to a place that does not exist, or contradicts its
            `verified`; the message names file, line and rule.
    """
    curated = list(curated)
    points = {**points, **_find_points(curated, points)}
    checked = []
    for record in curated:
        try:
            checked.append(_check_row(record, ground, points))
        except SourceError as error:
            if refused is None:
                raise
            refused.append(error)
    return checked


def _find_points(
    curated: Iterable[SourceRecord], points: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """The point of each curated row by its key: its own point, or that of the place that it is about."""
    found = {}
    for record in curated:
        point = record.point if record.lon is not None else next(filter(None, map(points.get, record.merge_into)), None)
        if record.kind and point is not None:
            found[f"curated:{record.source_id}"] = point
    return found


def index_points(records: Iterable[SourceRecord]) -> dict[str, tuple[float, float]]:
    """The point of each record that has one, by each of its identifiers as `scheme:value`."""
    return {
        f"{scheme}:{value}": record.point
        for record in records
        if record.lon is not None
        for scheme, value in identifier_pairs(record.identifiers)
    }


def _explain(record: SourceRecord, message: str) -> SourceError:
    path, line = record.origin or ("curated", None)
    return SourceError(message, path=path, line=line)


def _check_references(record: SourceRecord, points: Mapping[str, tuple[float, float]]) -> None:
    for wanted in (record.part_of, *(ref for ref in record.merge_into if not _may_be_new(record, ref))):
        if wanted and wanted not in points:
            raise _explain(record, f"refers to {wanted}, which no source and no curated table holds")


def _may_be_new(record: SourceRecord, wanted: str) -> bool:
    """Whether a row with its own point may refer to a place of Wikidata or GeoNames that our sources do not have."""
    return record.lon is not None and wanted.partition(":")[0] in ("wikidata", "geonames", "icao", "pleiades")


def _check_row(record: SourceRecord, ground: Ground, points: Mapping[str, tuple[float, float]]) -> SourceRecord:
    _check_references(record, points)
    lon, lat = record.point if record.lon is not None else points[record.merge_into[0]]
    unit = ground.find_unit(lon, lat)
    if unit is None and record.lon is not None:
        swapped = "; lon and lat look swapped" if ground.find_unit(lat, lon) else ""
        raise _explain(record, f"the point {lon}, {lat} (lon, lat) lies outside Syria's border{swapped}")
    if record.within.startswith("SY") and not _lies_in(record.within, unit, ground, lon, lat):
        raise _explain(record, f"the point {lon}, {lat} (lon, lat) lies in {unit}, outside its within {record.within}")
    if record.lon is None:
        return replace(record, within="")
    assert unit is not None
    _check_verified(record, unit, ground, points)
    return replace(record, within=unit)


def _lies_in(wanted: str, unit: str | None, ground: Ground, lon: float, lat: float) -> bool:
    """Whether a point is in the wanted unit, or within the error of the unit's outline."""
    return (unit or "").startswith(wanted) or ground.lies_in(wanted, lon, lat)


def _check_verified(record: SourceRecord, unit: str, ground: Ground, points: Mapping[str, tuple[float, float]]) -> None:
    how, _, what = record.verified.partition(":")
    if how in ("source", "described") and what.replace("-", "") not in read_publishers():
        raise _explain(record, f"verified by the unknown source {what!r}; known: {', '.join(read_publishers())}")
    if how == "inside" and what.startswith("SY") and not _lies_in(what, unit, ground, *record.point):
        raise _explain(record, f"verified inside {what}, and lies outside it")
    if how in ("near", "inside") and not what.startswith("SY"):
        other = points.get(reference(what))
        if other is None:
            raise _explain(record, f"verified by {what}, which no source and no curated table holds")
        away = distance_km(record.point, other)
        if away > _NEAR_KM + (record.radius_km or 0):
            raise _explain(record, f"verified {how} {what}, and lies {away:.1f} km from it")
