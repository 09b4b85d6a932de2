"""Approximate outlines of relative places, as GeoJSON polygons: wedges, discs, corridors.

Flat-earth arithmetic (`buldan.geometry.destination`); right to some metres over tens of kilometres, which is
finer than the words that they stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, radians, sin

from buldan.geometry import KM_PER_DEGREE, Point, bearing_deg, destination, distance_km
from buldan.model import Geometry

__all__ = ["between", "corridor", "disc", "midpoint", "wedge"]

_STEP_DEG = 15
_CIRCLE = tuple((-sin(radians(turn)), cos(radians(turn))) for turn in range(0, 360, _STEP_DEG))


def _polygon(points: Iterable[tuple[float, float]]) -> Geometry:
    ring = [[round(lon, 5), round(lat, 5)] for lon, lat in points]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def disc(centre: tuple[float, float], radius_km: float) -> Geometry:
    """A circle around a point."""
    lon, lat = centre
    north = radius_km / KM_PER_DEGREE
    east = north / cos(radians(lat))
    return _polygon((lon + east * x, lat + north * y) for x, y in _CIRCLE)


def wedge(apex: tuple[float, float], bearing: float, radius_km: float, half_angle: float = 45.0) -> Geometry:
    """The part of a circle that lies in one direction."""
    turns = [bearing + half_angle - step for step in range(0, int(2 * half_angle) + 1, _STEP_DEG)]
    return _polygon([apex, *(destination(apex, bearing=turn, distance_km=radius_km) for turn in turns)])


def corridor(a: tuple[float, float], b: tuple[float, float], half_width_km: float) -> Geometry:
    """A band along the straight line between two points."""
    course = bearing_deg(a, b)
    corners: Sequence[tuple[tuple[float, float], float]] = ((a, -90), (b, -90), (b, 90), (a, 90))
    ring = [destination(point, bearing=course + turn, distance_km=half_width_km) for point, turn in corners]
    return _polygon(reversed(ring))


def between(a: tuple[float, float], b: tuple[float, float]) -> Geometry:
    """The land between two points: a band a third as wide as it is long."""
    return corridor(a, b, max(distance_km(a, b) / 6, 0.5))


def midpoint(a: tuple[float, float], b: tuple[float, float]) -> Point:
    """The point halfway, on the flat."""
    return Point(round((a[0] + b[0]) / 2, 6), round((a[1] + b[1]) / 2, 6))
