"""Outlines of places: whether one contains a point, and its centre.

Used by the index (which places are at this point?) and the overlay (in which unit is this place?).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geometry import Point, distance_km
from buldan.model import Geometry

__all__ = ["centre_of", "covers", "edges_of", "encloses", "reach_km"]


def covers(geometry: Geometry, point: tuple[float, float]) -> bool:
    """Whether a Polygon or MultiPolygon contains a (lon, lat) point (even-odd rule; a point in a hole is outside)."""
    return encloses(edges_of(geometry), point)


def edges_of(geometry: Geometry) -> NDArray[np.float64]:
    """The edges of all rings of a Polygon or MultiPolygon: shape (n, 4), lon and lat of both ends in degrees."""
    rings = [_as_array(ring) for polygon in _polygons(geometry) for ring in polygon]
    return np.concatenate([np.hstack([ring[:-1], ring[1:]]) for ring in rings]) if rings else np.zeros((0, 4))


def encloses(edges: NDArray[np.float64], point: tuple[float, float]) -> bool:
    """Whether edges contain a point: a ray to the east crosses them an odd number of times."""
    lon, lat = point
    x, y, next_x, next_y = edges[(edges[:, 1] > lat) != (edges[:, 3] > lat)].T
    meets = x + (lat - y) * (next_x - x) / (next_y - y)
    return bool(np.count_nonzero(meets > lon) % 2)


def centre_of(geometry: Geometry) -> Point:
    """Centroid of the outer rings of a Polygon or MultiPolygon, degrees (the shoelace formula).

    Raises:
        ValueError: the rings enclose no area.
    """
    moments = np.sum([_moments(_as_array(polygon[0])) for polygon in _polygons(geometry)], axis=0)
    twice_area, x, y = moments.tolist()
    if not twice_area:
        raise ValueError("an outline that encloses no area")
    return Point(round(x / twice_area / 3, 6), round(y / twice_area / 3, 6))


def reach_km(geometry: Geometry, centre: tuple[float, float]) -> float:
    """Kilometres from `centre` to the farthest corner of a Polygon or MultiPolygon."""
    corners = (corner for polygon in _polygons(geometry) for corner in polygon[0])
    return max(distance_km(centre, (corner[0], corner[1])) for corner in corners)


def _polygons(geometry: Geometry) -> Sequence[Any]:
    parts: Sequence[Any] = {
        "Polygon": [geometry["coordinates"]],
        "MultiPolygon": geometry["coordinates"],
    }.get(geometry["type"], [])
    return parts


def _as_array(ring: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    return np.asarray([corner[:2] for corner in ring], dtype=float)


def _moments(ring: NDArray[np.float64]) -> tuple[float, float, float]:
    """Twice the area of a ring, always positive, and the centroid's x and y each multiplied by three times that."""
    (x, y), (next_x, next_y) = ring[:-1].T, ring[1:].T
    cross = x * next_y - next_x * y
    sign = 1.0 if cross.sum() >= 0 else -1.0
    return sign * cross.sum(), sign * ((x + next_x) * cross).sum(), sign * ((y + next_y) * cross).sum()
