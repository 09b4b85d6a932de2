"""Set radii by the accuracy of points, and give an estimate its town's point if it is not more exact than that.

A radius is a 0.9 quantile: nine of ten places are within it from their point (`tables/radii.tsv`, measured with places
whose point a source published after we had estimated it).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from math import pi, sqrt
from typing import TYPE_CHECKING

from scipy.spatial import cKDTree

from buldan.compile.cluster import project_km
from buldan.compile.record import SourceRecord
from buldan.compile.tables import read_table
from buldan.geometry import distance_km
from buldan.kinds import get_kind
from buldan.model import Position, identifier_pairs

if TYPE_CHECKING:
    from buldan.compile.merge import Entry

__all__ = ["choose_radius", "get_usual_radius", "settle_positions"]

_TOWNS = frozenset({"city", "town"})
_SAME_SPOT_KM, _HOST_SPOT_KM = 0.05, 0.25
"""An estimate this near to the point of a settlement, or of the one that it is a part of, gives no more information."""

_PEOPLE_PER_KM2 = 6_000.0
"""Inhabitants of a built-up square kilometre: more in Aleppo, fewer in a town of the plain."""

_LEAST_TOWN_KM = 1.0  # minimum radius of a town
_TOWN_RADIUS_SHARE = 0.9
"""Share of a town's parts that its radius covers."""

_DECIMALS = ((10.0, 3), (100.0, 2), (float("inf"), 1))
"""Decimals of degrees for radii below a number of kilometres: the last decimal is about a tenth of the radius."""


def get_usual_radius(kind: str, located: SourceRecord) -> float:
    """The usual radius in kilometres of a place of this kind, with a point known in the way of `located`."""
    listed = located.source != "geonames"
    usual = _read_radii().get((kind, located.position)) if located.position != "surveyed" or not listed else None
    return get_kind(kind).radius_km if usual is None else usual


@cache
def _read_radii() -> Mapping[tuple[str, str], float]:
    return {(kind, position): float(km) for kind, position, km, _ in read_table("radii")}


def choose_radius(kind: str, position: Position, stated_km: float) -> float:
    """The larger of the radius that a row states and the radius of its kind and position, in kilometres."""
    return max(stated_km, _read_radii().get((kind, position), 0.0))


def settle_positions(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with correct radii, and with the town's point for estimates that are not more exact."""
    sized = [_with_town_radius(entry, parts) for entry, parts in zip(entries, _find_parts(entries), strict=True)]
    towns = [entry for entry in sized if get_kind(entry.kind).group == "settlement" and entry.position == "surveyed"]
    tree = cKDTree(project_km((town.lon, town.lat) for town in towns))
    holders = {f"{scheme}:{value}": town for town in towns for scheme, value in identifier_pairs(town.identifiers)}
    positioned = []
    for entry in sized:
        if not _must_earn(entry):
            positioned.append(entry)
            continue
        town = _find_town(entry, holders, towns, tree) if entry.position == "estimated" else None
        positioned.append(_move_to_town(entry, town) if town else _as_estimated(entry))
    return positioned


def _must_earn(entry: Entry) -> bool:
    """Whether the radius must cover the error of the point: for estimates, and for points known only by an outline."""
    if entry.position == "outline":
        return (entry.kind, entry.position) in _read_radii()
    return entry.position in ("estimated", "described")


def _find_parts(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The parts of each entry that have an outline."""
    parts: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.part_of and entry.area is not None:
            parts[entry.part_of].append(entry)
    keys = ((f"{scheme}:{value}" for scheme, value in identifier_pairs(entry.identifiers)) for entry in entries)
    return [[part for key in own for part in parts.get(key, ())] for own in keys]


def _with_town_radius(entry: Entry, parts: Iterable[Entry]) -> Entry:
    """A town or city with a radius from its quarters, else from its population; other entries unchanged."""
    if entry.kind not in _TOWNS:
        return entry
    reaches = sorted(distance_km((entry.lon, entry.lat), (part.lon, part.lat)) + part.radius_km for part in parts)
    if reaches:
        radius = reaches[int(_TOWN_RADIUS_SHARE * (len(reaches) - 1))]
    elif entry.population:
        radius = sqrt(entry.population / _PEOPLE_PER_KM2 / pi)
    else:
        return entry
    return replace(entry, radius_km=round(max(radius, _LEAST_TOWN_KM), 1))


def _find_town(entry: Entry, holders: Mapping[str, Entry], towns: Sequence[Entry], tree: cKDTree) -> Entry | None:
    """The settlement whose point is the same as the estimate, if any."""
    point = (entry.lon, entry.lat)
    host = holders.get(entry.part_of)
    if host is not None and distance_km(point, (host.lon, host.lat)) <= _HOST_SPOT_KM:
        return host
    away, nearest = tree.query(project_km([point])[0])
    return towns[int(nearest)] if away <= _SAME_SPOT_KM else None


def _move_to_town(entry: Entry, town: Entry) -> Entry:
    radius = max(entry.radius_km, town.radius_km)
    position: Position = "settlement"
    return replace(entry, lon=town.lon, lat=town.lat, radius_km=radius, position=position, within=town.within)


def _as_estimated(entry: Entry) -> Entry:
    """An estimate with at least the radius of its kind, and with the decimals for that radius."""
    radius = choose_radius(entry.kind, entry.position, entry.radius_km)
    decimals = next(digits for below, digits in _DECIMALS if radius < below)
    return replace(entry, lon=round(entry.lon, decimals), lat=round(entry.lat, decimals), radius_km=radius)
