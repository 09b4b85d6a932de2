"""Where our own facts must lie: in Syria, in the unit they state, by the place they were verified with."""

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
"""A place verified as near another lies within this distance of it, and its own radius."""


def check_rows(
    curated: Iterable[SourceRecord],
    ground: Ground,
    points: Mapping[str, tuple[float, float]],
    *,
    refused: list[SourceError] | None = None,
) -> list[SourceRecord]:
    """The curated records, each with the unit that its point lies in.

    `points` says where the places of the other sources lie, by `scheme:value`. Where `refused` is given, it
    takes the errors of rows that break a rule, and judging goes on.

    Raises:
        SourceError: a row lies abroad or outside its `within`, refers to what is not there, or is not where
            its `verified` says; the message names file, line and rule.
    """
    curated = list(curated)
    points = {**points, **_find_points(curated, points)}
    settled = []
    for record in curated:
        try:
            settled.append(_check_row(record, ground, points))
        except SourceError as error:
            if refused is None:
                raise
            refused.append(error)
    return settled


def _find_points(
    curated: Iterable[SourceRecord], points: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """Where each curated row lies, by its key: at its own point, or at that of the place that it is about."""
    found = {}
    for record in curated:
        point = record.point if record.lon is not None else next(filter(None, map(points.get, record.merge_into)), None)
        if record.kind and point is not None:
            found[f"curated:{record.source_id}"] = point
    return found


def index_points(records: Iterable[SourceRecord]) -> dict[str, tuple[float, float]]:
    """Where each record that has a point lies, by each of its identifiers as `scheme:value`."""
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
    """Wikidata and GeoNames know places that our sources lack; a row with its own point may bring them in."""
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
    """Whether a point lies in the wanted unit, or so near that only its outline's drawing is in doubt."""
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
