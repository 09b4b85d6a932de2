"""Simplify outlines for the gazetteer, together, which keeps the common borders of neighbours identical.

Sub-districts and neighbourhoods are coverages (polygons that share edges); `shapely.coverage_simplify`
(Visvalingam & Whyatt 1993 on the shared edges) simplifies each edge once for both sides. Districts, governorates
and the country are unions of the simplified sub-districts. The tolerance is reduced until every settlement that
was inside its unit before is still inside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from buldan.errors import GazetteerError
from buldan.model import Geometry

__all__ = ["Located", "simplify_coverage", "simplify_line", "to_geometry", "unite_by_prefix"]

_DECIMALS = 5  # degrees: about a metre
_SHRINK, _LEAST_TOLERANCE = 0.75, 1e-5
"""Factor of the tolerance for each further attempt, and the smallest tolerance, degrees (about a metre)."""


class Located(NamedTuple):
    """A settlement inside a unit: the unit's key, and the settlement's point in degrees."""

    unit: str
    lon: float
    lat: float


def simplify_coverage(
    areas: Mapping[str, BaseGeometry], *, tolerance: float, points: Iterable[Located] = ()
) -> dict[str, BaseGeometry]:
    """The outlines simplified together with `tolerance` (degrees; about the square root of the areas removed).

    Raises:
        GazetteerError: with every tolerance some points are outside their units.
    """
    keys = sorted(areas)
    before = _clean(np.array([areas[key] for key in keys]))
    inside = [point for point in points if point.unit in areas and _holds(areas[point.unit], point)]
    lost: list[Located] = []
    while tolerance >= _LEAST_TOLERANCE:
        after = _round_areas(shapely.coverage_simplify(before, tolerance))
        thinned = dict(zip(keys, after, strict=True))
        lost = [point for point in inside if not _holds(thinned[point.unit], point)]
        if not lost and all(shapely.is_valid(after)):
            return thinned
        tolerance *= _SHRINK
    raise GazetteerError(f"outlines cannot be simplified: points leave {lost[0].unit if lost else 'their units'}")


def _clean(areas: Any) -> Any:
    """The outlines with identical common edges; a few published ones differ by metres."""
    return shapely.coverage_clean(areas)  # type: ignore[attr-defined]


def _holds(area: BaseGeometry, point: Located) -> bool:
    return bool(area.covers(Point(point.lon, point.lat)))


def _round_areas(areas: Any) -> Any:
    """The outlines with coordinates of five decimals (a metre), the same on both sides of an edge."""
    rounded = shapely.transform(areas, lambda coordinates: np.round(coordinates, _DECIMALS))
    return shapely.remove_repeated_points(rounded)


def unite_by_prefix(areas: Mapping[str, BaseGeometry], keys: Iterable[str]) -> dict[str, BaseGeometry]:
    """For each P-code of `keys`, the union of the outlines whose P-codes begin with it."""
    return {
        key: shapely.coverage_union_all([areas[code] for code in sorted(areas) if code.startswith(key)]) for key in keys
    }


def simplify_line(geometry: BaseGeometry, *, tolerance: float) -> BaseGeometry:
    """A line, or an outline without neighbours, simplified (Douglas & Peucker 1973) and rounded; degrees."""
    thinned = geometry.simplify(tolerance, preserve_topology=True)
    rounded: BaseGeometry = _round_areas(np.array([thinned]))[0]
    return rounded


def to_geometry(area: BaseGeometry, *, schematic_km: float | None = None) -> Geometry:
    """The outline as GeoJSON (RFC 7946: outer rings counter-clockwise), rings starting at a fixed point.

    A schematic line has its possible error in kilometres as a further member, which RFC 7946 (6.1) allows.
    """
    normal = shapely.orient_polygons(shapely.normalize(area))
    document: dict[str, Any] = shapely.geometry.mapping(normal)
    geometry = {"type": document["type"], "coordinates": _make_lists(document["coordinates"])}
    return geometry if schematic_km is None else geometry | {"schematic_km": schematic_km}


def _make_lists(coordinates: Any) -> Any:
    if isinstance(coordinates, float | int):
        return round(coordinates, _DECIMALS)
    return [_make_lists(part) for part in coordinates]
