"""How far outside a container each candidate lies; compiled where it can be, see `hatch_build.py`.

Candidates are a few, points some hundreds: each pair is compared in a plain loop; arrays would take longer to set up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, inf, radians, sqrt
from typing import Any

from buldan.geometry import KM_PER_DEGREE

__all__ = ["Extent"]

_KM_PER_DEGREE = KM_PER_DEGREE


class Extent:
    """Where a container is, over the places of one index.

    Args:
        places: by place: its admin units (int32, one column per level), lon and lat (float64).
        units: (level, number) of the admin units that the container is.
        find_points: gives lon and lat of the points that stand for it, and how far from each still counts as inside,
            kilometres. Asked when a place lies outside for the first time: of most units none is ever sought there.
    """

    def __init__(
        self,
        places: tuple[Any, Any, Any],
        units: Sequence[tuple[int, int]],
        find_points: Callable[[], tuple[Any, Any, Any]],
    ) -> None:
        self._unit, self._lon, self._lat = (column.data for column in places)
        self._units = list(units)
        self._find_points = find_points
        self._point_lon: Any = None
        self._point_lat: Any = None
        self._reach_km: Any = None

    def measure_outside_km(self, rows: Sequence[int]) -> list[float]:
        """How far outside the container each place lies, in kilometres; 0 inside."""
        measured: dict[int, float] = {}
        apart: list[float] = []
        for row in rows:
            # Many forms are of one place: each is measured once.
            if row not in measured:
                measured[row] = self.measure_km(row)
            apart.append(measured[row])
        return apart

    def measure_km(self, row: int) -> float:
        """How far outside the container a place lies, in kilometres; 0 inside."""
        return 0.0 if self.holds(row) else self._measure_apart_km(row)

    def holds(self, row: int) -> bool:
        """Whether a place is in one of the admin units."""
        for level, number in self._units:  # noqa: SIM110 - compiled, a generator takes longer
            if self._unit[row, level - 1] == number:
                return True
        return False

    def _measure_apart_km(self, row: int) -> float:
        """Kilometres from a place to the nearest of the points; 0 within its reach."""
        if self._reach_km is None:
            self._point_lon, self._point_lat, self._reach_km = (column.data for column in self._find_points())
        lon, lat = self._lon[row], self._lat[row]
        scale = cos(radians(lat))
        apart = nearest = inf
        last = len(self._point_lon) - 1
        for at in range(last + 1):
            east, north = (lon - self._point_lon[at]) * scale, lat - self._point_lat[at]
            nearest = min(nearest, east * east + north * north)
            # Points of one reach stand together: squares are compared, and the root drawn of the least alone.
            if at == last or self._reach_km[at + 1] != self._reach_km[at]:
                apart = min(apart, sqrt(nearest) * _KM_PER_DEGREE - self._reach_km[at])
                nearest = inf
        return max(apart, 0.0)
