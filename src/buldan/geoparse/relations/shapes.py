"""Approximate outlines of relative places, as GeoJSON: wedges, discs, corridors, parts of outlines and of lines.

Flat-earth arithmetic (`buldan.geometry.destination`); right to some metres over tens of kilometres, which is
finer than the words that they stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, radians, sin
from typing import Any

from buldan.geometry import KM_PER_DEGREE, Point, bearing_deg, destination, distance_km
from buldan.model import Geometry
from buldan.outlines import covers

__all__ = [
    "cut_hole",
    "cut_side",
    "cut_stretch",
    "draw_between",
    "draw_corridor",
    "draw_disc",
    "draw_line",
    "draw_wedge",
    "find_line_middle",
    "find_midpoint",
]

_STEP_DEG = 15
"""Degrees between the corners of an arc: its chords lie within one per cent of the radius from it."""

_CIRCLE = tuple((-sin(radians(turn)), cos(radians(turn))) for turn in range(0, 360, _STEP_DEG))


def _make_polygon(points: Iterable[tuple[float, float]]) -> Geometry:
    ring = [[round(lon, 5), round(lat, 5)] for lon, lat in points]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def draw_disc(centre: tuple[float, float], radius_km: float) -> Geometry:
    """A circle around a point."""
    lon, lat = centre
    north = radius_km / KM_PER_DEGREE
    east = north / cos(radians(lat))
    return _make_polygon((lon + east * x, lat + north * y) for x, y in _CIRCLE)


def draw_wedge(apex: tuple[float, float], bearing: float, radius_km: float, half_angle: float = 45.0) -> Geometry:
    """The part of a circle that lies in one direction."""
    turns = [bearing + half_angle - step for step in range(0, int(2 * half_angle) + 1, _STEP_DEG)]
    return _make_polygon([apex, *(destination(apex, bearing=turn, distance_km=radius_km) for turn in turns)])


def draw_corridor(a: tuple[float, float], b: tuple[float, float], half_width_km: float) -> Geometry:
    """A band along the straight line between two points."""
    course = bearing_deg(a, b)
    corners: Sequence[tuple[tuple[float, float], float]] = ((a, -90), (b, -90), (b, 90), (a, 90))
    ring = [destination(point, bearing=course + turn, distance_km=half_width_km) for point, turn in corners]
    return _make_polygon(reversed(ring))


def draw_between(a: tuple[float, float], b: tuple[float, float]) -> Geometry:
    """The land between two points: a band a third as wide as it is long."""
    return draw_corridor(a, b, max(distance_km(a, b) / 6, 0.5))


def find_midpoint(a: tuple[float, float], b: tuple[float, float]) -> Point:
    """The point halfway, on the flat."""
    return Point(round((a[0] + b[0]) / 2, 6), round((a[1] + b[1]) / 2, 6))


def draw_line(points: Iterable[tuple[float, float]]) -> Geometry:
    """A line through some points."""
    return {"type": "LineString", "coordinates": [[round(lon, 5), round(lat, 5)] for lon, lat in points]}


def find_line_middle(points: Sequence[Point]) -> Point:
    """The point halfway along a line."""
    left = sum(distance_km(a, b) for a, b in pairwise(points)) / 2
    for a, b in pairwise(points):
        length = distance_km(a, b)
        # Sides of no length are ignored: the point could not be interpolated on them.
        if left <= length > 0:
            return _interpolate(a, b, left / length)
        left -= length
    return points[-1]


def cut_stretch(corners: Sequence[Point], a: Point, b: Point, *, off_km: float) -> list[Point] | None:
    """The stretch of a line from beside one point to beside another; None where it passes one of them by.

    Args:
        corners: of the line.
        a, b: the points that it should join.
        off_km: how far they may lie from it.
    """
    (at_a, on_a), (at_b, on_b) = _find_nearest_on(corners, a), _find_nearest_on(corners, b)
    if max(distance_km(a, on_a), distance_km(b, on_b)) > off_km:
        return None
    # Strictly between: the ends are the points on the line, which may lie between two corners.
    inner = [corner for number, corner in enumerate(corners) if min(at_a, at_b) < number < max(at_a, at_b)]
    return [on_a, *(inner if at_a <= at_b else reversed(inner)), on_b]


def _find_nearest_on(corners: Sequence[Point], point: Point) -> tuple[float, Point]:
    """Where a line comes nearest to a point: the number of the corner before with the share of its side, and there."""
    # Flat-earth arithmetic, right to a per cent within Syria: a degree of longitude is shorter by this.
    east = cos(radians(point.lat))
    best = (float("inf"), 0.0, corners[0])
    for number, (a, b) in enumerate(pairwise(corners)):
        x, y, along_x, along_y = (
            (point.lon - a.lon) * east,
            point.lat - a.lat,
            (b.lon - a.lon) * east,
            b.lat - a.lat,
        )
        length = along_x**2 + along_y**2
        share = min(max((x * along_x + y * along_y) / length, 0.0), 1.0) if length else 0.0
        there = _interpolate(a, b, share)
        best = min(best, (distance_km(point, there), number + share, there))
    return best[1:]


def _interpolate(a: Point, b: Point, share: float) -> Point:
    return Point(a.lon + share * (b.lon - a.lon), a.lat + share * (b.lat - a.lat))


def cut_side(outline: Geometry, apex: Point, bearing: float, *, beyond_km: float = 0.0) -> Geometry | None:
    """The part of an outline that lies within 45° of a bearing from a point, and `beyond_km` off; None for none.

    Cut by half-planes one after the other (Sutherland and Hodgman 1974); holes of the outline are filled.
    """
    # The two edges of a quarter of the horizon, and what is too near.
    sides = ((bearing - _HALF_DEG, 0.0), (bearing + _HALF_DEG, 0.0), (bearing, beyond_km))
    rings = []
    for polygon in _list_polygons(outline):
        ring = [Point(*corner[:2]) for corner in polygon[0]]
        for towards, beyond in sides:
            ring = _cut_ring(ring, apex, towards, beyond)
        if len(ring) >= _LEAST_CORNERS:
            rings.append([[round(lon, 5), round(lat, 5)] for lon, lat in (*ring, ring[0])])
    if not rings:
        return None
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": rings}
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}


_HALF_DEG, _LEAST_CORNERS = 45.0, 3
"""A direction is a quarter of the circle, this much to each side; and corners of an area at least."""


def _cut_ring(ring: Sequence[Point], apex: Point, bearing: float, beyond_km: float) -> list[Point]:
    """What lies of a ring on one side of a straight line: farther than `beyond_km` from a point along a bearing."""
    east, north = sin(radians(bearing)) * cos(radians(apex.lat)), cos(radians(bearing))
    # How far each corner lies along the bearing: the scalar product with a unit vector, in km.
    off = [((lon - apex.lon) * east + (lat - apex.lat) * north) * KM_PER_DEGREE - beyond_km for lon, lat in ring]
    kept: list[Point] = []
    for at, corner in enumerate(ring):
        before = at - 1
        # The side crosses the line: the crossing divides it as the distances of its ends do.
        if (off[before] >= 0) != (off[at] >= 0):
            kept.append(_interpolate(ring[before], corner, off[before] / (off[before] - off[at])))
        if off[at] >= 0:
            kept.append(corner)
    return kept


def cut_hole(outline: Geometry, centre: Point, radius_km: float) -> Geometry:
    """An outline without the circle around a point in it; where the circle leaves the outline, it is drawn in."""
    if not covers(outline, centre):
        return outline
    ring = [Point(*corner) for corner in draw_disc(centre, radius_km)["coordinates"][0]]
    # Reversed, for a hole runs the other way round than the ring that it is in (RFC 7946).
    hole = [list(_pull_inside(outline, centre, corner)) for corner in reversed(ring)]
    polygons = [
        [*polygon, hole] if covers({"type": "Polygon", "coordinates": polygon}, centre) else polygon
        for polygon in _list_polygons(outline)
    ]
    if outline["type"] == "Polygon":
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _pull_inside(outline: Geometry, centre: Point, corner: Point) -> Point:
    """A corner, or the point towards the centre that lies in the outline."""
    for step in range(_STEPS):
        there = _interpolate(corner, centre, step / _STEPS)
        if covers(outline, there):
            return Point(round(there.lon, 5), round(there.lat, 5))
    return centre


_STEPS = 20
"""Points tried on the way from the corner to the middle: the point that is given is right to a twentieth of it."""


def _list_polygons(outline: Geometry) -> Sequence[Any]:
    coordinates: Sequence[Any] = outline["coordinates"]
    return [coordinates] if outline["type"] == "Polygon" else coordinates
