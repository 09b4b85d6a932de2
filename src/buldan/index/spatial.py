"""Where places are: how far from a point, and which are near it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geometry import KM_PER_DEGREE

__all__ = ["find_rows_around", "measure_distances_km"]


def measure_distances_km(lon: NDArray[Any], lat: NDArray[Any], *, point: tuple[Any, Any]) -> NDArray[np.float64]:
    """Kilometres from each point to one (or to several, by broadcasting), on a plane; within 0.3 % over Syria."""
    east = (lon - point[0]) * np.cos(np.radians((lat + point[1]) / 2))
    distances: NDArray[np.float64] = np.hypot(east, lat - point[1]) * KM_PER_DEGREE
    return distances


def find_rows_around(
    lon: NDArray[Any], lat: NDArray[Any], *, point: tuple[float, float], radius_km: float
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Rows within `radius_km` of a point, nearest first, with their distances in kilometres.

    A scan of one array, then of what is left: some tens of microseconds for all of Syria, which no tree would better
    by much.
    """
    level = np.flatnonzero(np.abs(lat - point[1]) * KM_PER_DEGREE <= radius_km)
    distances = measure_distances_km(lon[level], lat[level], point=point)
    near = np.flatnonzero(distances <= radius_km)
    near = near[np.argsort(distances[near], kind="stable")]
    return level[near], distances[near]
