"""The ground: which unit of Syria a point lies in, and whether it lies in Syria at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shapely import Point, STRtree
from shapely.geometry.base import BaseGeometry

from buldan.compile.record import SourceRecord

__all__ = ["BORDER_TOLERANCE_KM", "Ground"]

BORDER_TOLERANCE_KM = 2.0
"""A point this far beyond the border still counts as Syrian: maps of the border differ by as much."""

_DEGREES_PER_KM = 1 / 100.0


class Ground:
    """The sub-districts of Syria as a map that can be asked."""

    def __init__(self, units: Iterable[SourceRecord]) -> None:
        known = sorted((unit for unit in units if unit.kind == "sub-district"), key=lambda unit: unit.source_id)
        self._pcodes = [unit.source_id for unit in known]
        self._areas: list[BaseGeometry] = [unit.area for unit in known if unit.area is not None]
        self._tree = STRtree(self._areas)

    def find_unit(self, lon: float, lat: float) -> str | None:
        """P-code of the sub-district that holds the point, or of the nearest within the border's tolerance.

        None for a point abroad. A point on a shared border goes to the first by P-code.
        """
        point = Point(lon, lat)
        inside = self._tree.query(point, predicate="intersects")
        if len(inside):
            return self._pcodes[min(inside)]
        near = self._tree.query_nearest(point, max_distance=BORDER_TOLERANCE_KM * _DEGREES_PER_KM)
        return self._pcodes[min(near)] if len(near) else None

    def areas(self) -> Mapping[str, BaseGeometry]:
        """The outline of each sub-district by P-code."""
        return dict(zip(self._pcodes, self._areas, strict=True))
