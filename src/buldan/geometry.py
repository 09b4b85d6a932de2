"""Points, boxes and distances on the sphere, without any dependency.

Coordinates are degrees of WGS 84, longitude before latitude; distances are kilometres.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import Any, NamedTuple

__all__ = [
    "EARTH_RADIUS_KM",
    "KM_PER_DEGREE",
    "SYRIA",
    "WORLD",
    "Bounds",
    "Point",
    "bearing_deg",
    "destination",
    "distance_km",
    "iter_positions",
    "iter_runs",
]

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth in kilometres (IUGG)."""

KM_PER_DEGREE = 111.195
"""Kilometres in one degree of latitude."""


class Point(NamedTuple):
    """A position: `lon`, `lat` in degrees."""

    lon: float
    lat: float


class Bounds(NamedTuple):
    """A box in degrees, as GeoJSON orders it."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, positions: Iterable[tuple[float, float]]) -> Bounds:
        """The smallest box that contains all (lon, lat) positions, of which there must be at least one.

        >>> Bounds.around([(36.0, 33.5), (36.5, 33.0)])
        Bounds(west=36.0, south=33.0, east=36.5, north=33.5)
        """
        lons, lats = zip(*positions, strict=True)
        return cls(min(lons), min(lats), max(lons), max(lats))

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether a (lon, lat) point is in the box or on its edge."""
        lon, lat = point
        return self.west <= lon <= self.east and self.south <= lat <= self.north


SYRIA = Bounds(35.6, 32.2, 42.5, 37.4)
"""A box that contains Syria, with a margin of about ten kilometres on each side."""

WORLD = Bounds(-180.0, -90.0, 180.0, 90.0)
"""The box of all valid coordinates."""


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between two (lon, lat) points, in kilometres (haversine).

    >>> round(distance_km((36.2765, 33.5138), (37.1612, 36.2021)))  # Damascus, Aleppo
    310
    """
    lon_a, lat_a, lon_b, lat_b = map(radians, (*a, *b))
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(h)))


def destination(origin: tuple[float, float], *, bearing: float, distance_km: float) -> Point:
    """The point `distance_km` away from `origin` along `bearing` (degrees clockwise from north).

    Computed on a plane: accurate to a few metres over the tens of kilometres of relative locations.

    >>> destination((36.0, 33.0), bearing=0, distance_km=11.1195)
    Point(lon=36.0, lat=33.1)
    """
    north = cos(radians(bearing)) * distance_km / KM_PER_DEGREE
    east = sin(radians(bearing)) * distance_km / (KM_PER_DEGREE * cos(radians(origin[1])))
    return Point(round(origin[0] + east, 6), round(origin[1] + north, 6))


def iter_positions(coordinates: Any) -> Iterator[Point]:
    """The positions in the `coordinates` of a GeoJSON geometry of any type, at any depth; heights are dropped.

    >>> list(iter_positions([[[36.0, 33.0], [36.5, 33.0, 700.0]]]))
    [Point(lon=36.0, lat=33.0), Point(lon=36.5, lat=33.0)]
    """
    for run in iter_runs(coordinates):
        for position in run:
            yield Point(position[0], position[1])


def iter_runs(coordinates: Any) -> Iterator[Any]:
    """The runs of positions in the `coordinates` of a geometry: each ring, each line, a point as a run of one.

    A ring has hundreds of positions, so that taking it whole is faster than one by one.

    >>> list(iter_runs([[[36.0, 33.0], [36.5, 33.0]]])), list(iter_runs([36.0, 33.0]))
    ([[[36.0, 33.0], [36.5, 33.0]]], [[[36.0, 33.0]]])
    """
    if isinstance(coordinates[0], int | float):
        yield [coordinates]
    elif isinstance(coordinates[0][0], int | float):
        yield coordinates
    else:
        for part in coordinates:
            yield from iter_runs(part)


def bearing_deg(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Compass bearing from `a` to `b` in degrees, [0, 360), also computed on a plane."""
    east = (b[0] - a[0]) * cos(radians((a[1] + b[1]) / 2))
    return degrees(atan2(east, b[1] - a[1])) % 360
