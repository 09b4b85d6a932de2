"""The map of Syria's units: the unit that contains a point, and whether a point is in Syria."""

from __future__ import annotations

from collections.abc import Mapping

from shapely import Point, STRtree, union_all
from shapely.geometry.base import BaseGeometry

__all__ = ["BORDER_TOLERANCE_KM", "UNIT_TOLERANCE_KM", "Ground", "find_inner_point"]

BORDER_TOLERANCE_KM = 2.0
"""Distance outside the border up to which a point counts as in Syria: maps of the border differ by as much."""

UNIT_TOLERANCE_KM = 0.5
"""Distance up to which a point may be outside its unit's outline: outlines are simplified, points are not."""

_LEAST_SHARE = 0.5
"""Minimum share of a river or lake in Syria or on its border: the Tigris is included, the Jordan is not."""

_DEGREES_PER_KM = 1 / 100.0


def find_inner_point(shape: BaseGeometry) -> Point:
    """A point on or in the shape: the middle of the longest part of a river, or a point inside a lake."""
    if shape.area == 0:
        longest = max(getattr(shape, "geoms", [shape]), key=lambda line: float(line.length))
        return Point(longest.interpolate(0.5, normalized=True))
    return Point(shape.representative_point())


class Ground:
    """The sub-districts of Syria as a map for queries by point."""

    def __init__(self, areas: Mapping[str, BaseGeometry]) -> None:
        """Make the map from the outlines of the sub-districts, by P-code."""
        self._pcodes = sorted(areas)
        self._areas = [areas[pcode] for pcode in self._pcodes]
        self._tree = STRtree(self._areas)

    def find_unit(self, lon: float, lat: float) -> str | None:
        """P-code of the sub-district that contains the point, or of the nearest within the tolerance of the border.

        None for a point abroad. A point on a common border gets the first P-code.
        """
        point = Point(lon, lat)
        inside = self._tree.query(point, predicate="intersects")
        if len(inside):
            return self._pcodes[int(min(inside))]
        near = self._tree.query_nearest(point, max_distance=BORDER_TOLERANCE_KM * _DEGREES_PER_KM)
        return self._pcodes[int(min(near))] if len(near) else None

    def lies_in(self, unit: str, lon: float, lat: float) -> bool:
        """Whether the point is in a unit of any level, or at most `UNIT_TOLERANCE_KM` outside it."""
        near = self._tree.query(Point(lon, lat).buffer(UNIT_TOLERANCE_KM * _DEGREES_PER_KM), predicate="intersects")
        return any(self._pcodes[number].startswith(unit) for number in near)

    def clip(self, area: BaseGeometry) -> BaseGeometry | None:
        """The part of a river or lake that is in Syria; None if it only touches the border."""
        country = union_all(self._areas, grid_size=1e-5).buffer(BORDER_TOLERANCE_KM * _DEGREES_PER_KM)
        part = area.intersection(country)
        size, whole = (part.length, area.length) if area.area == 0 else (part.area, area.area)
        return part if size > _LEAST_SHARE * whole else None
