"""Convert geometries from GeoJSON to WKT, SVG paths and KML, and simplify them.

Geometries are GeoJSON dictionaries: points, lines, polygons, and the Multi types of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element, SubElement

import numpy as np
from numpy.typing import NDArray

from buldan.model import Geometry

__all__ = ["simplify", "to_kml", "to_svg", "to_wkt"]

Corners: TypeAlias = NDArray[np.float64]
"""One row per corner: lon, lat."""

_RING_CORNERS, _LINE_CORNERS = 4, 2
"""Minimum number of corners of a ring and of a line."""


def to_wkt(geometry: Geometry) -> str:
    """Well-known text (OGC 06-103r4).

    >>> to_wkt({"type": "LineString", "coordinates": [[36.5, 33], [37, 34]]})
    'LINESTRING(36.5 33,37 34)'
    """

    def nested(part: Any) -> str:
        if _is_position(part):
            return _pair(part, " ")
        return f"({','.join(map(nested, part))})"

    coordinates = geometry["coordinates"]
    text = nested([coordinates] if geometry["type"] == "Point" else coordinates)
    return f"{geometry['type'].upper()}{text}"


def to_svg(geometry: Geometry) -> str:
    """The `d` of an SVG path, with the sign of y changed (in SVG it points down); for a point, its `cx` and `cy`.

    >>> to_svg({"type": "Polygon", "coordinates": [[[36, 33], [37, 33], [36, 34], [36, 33]]]})
    'M 36 -33 L 37 -33 36 -34 Z'
    """
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        return f'cx="{coordinates[0]:.10g}" cy="{-coordinates[1]:.10g}"'
    lines, closed = _iter_lines(geometry), kind.endswith("Polygon")
    return " ".join(_format_svg_line(line, closed=closed) for line in lines)


def to_kml(geometry: Geometry) -> Element:
    """An element of KML 2.2 (OGC 07-147r2), without a namespace."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind.startswith("Multi"):
        several = Element("MultiGeometry")
        several.extend(to_kml({"type": kind.removeprefix("Multi"), "coordinates": part}) for part in coordinates)
        return several
    made = Element(kind)
    if kind == "Polygon":
        for number, ring in enumerate(coordinates):
            boundary = SubElement(made, "innerBoundaryIs" if number else "outerBoundaryIs")
            _add_coordinates(SubElement(boundary, "LinearRing"), ring)
    else:
        _add_coordinates(made, [coordinates] if kind == "Point" else coordinates)
    return made


def simplify(geometry: Geometry, *, tolerance: float) -> Geometry:
    """The geometry without the corners that are nearer than `tolerance` (degrees) to its simplified lines.

    Rings and lines keep their ends and their minimum number of corners (Ramer 1972, Douglas and Peucker 1973).
    """
    kind = geometry["type"]
    if tolerance <= 0 or kind == "Point":
        return geometry
    least = _RING_CORNERS if kind.endswith("Polygon") else _LINE_CORNERS

    def thinned(part: Any) -> Any:
        if _is_position(part[0]):
            return _thin(part, tolerance, least)
        return [thinned(inner) for inner in part]

    return {**geometry, "coordinates": thinned(geometry["coordinates"])}


def _thin(line: Sequence[Sequence[float]], tolerance: float, least: int) -> list[Sequence[float]]:
    """The corners of a line that are kept; all of them if fewer than `least` would be.

    In each span the corner farthest from its chord is kept and divides the span, until no corner is farther from its
    chord than `tolerance`.
    """
    corners = np.asarray([corner[:2] for corner in line], dtype=float)
    last = len(corners) - 1
    kept = {0, last}
    if least == _RING_CORNERS:  # both ends of a ring are one point: two more corners keep it an area
        far = int(np.argmax(np.hypot(*(corners - corners[0]).T)))
        side = int(np.argmax(_measure_off_line(corners, corners[0], corners[far])))
        kept |= {far, side}
    stops = sorted(kept)
    spans = list(pairwise(stops))
    while spans:
        start, end = spans.pop()
        if end - start < 2:
            continue
        off = _measure_off_line(corners[start + 1 : end], corners[start], corners[end])
        worst = int(np.argmax(off))
        if off[worst] > tolerance:
            middle = start + 1 + worst
            kept.add(middle)
            spans += [(start, middle), (middle, end)]
    return [line[position] for position in sorted(kept)] if len(kept) >= least else list(line)


def _measure_off_line(
    corners: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Distance of each corner to the segment from `start` to `end`, in degrees."""
    along = end - start
    length = float(along @ along)
    share = np.clip((corners - start) @ along / length, 0, 1) if length else np.zeros(len(corners))
    distances: Corners = np.hypot(*(corners - start - share[:, None] * along).T)
    return distances


def _iter_lines(geometry: Geometry) -> Iterable[Sequence[Sequence[float]]]:
    """The lines and rings of a geometry, one after the other."""

    def walk(part: Any) -> Iterable[Any]:
        if _is_position(part[0]):
            yield part
        else:
            for inner in part:
                yield from walk(inner)

    return walk(geometry["coordinates"])


def _format_svg_line(line: Sequence[Sequence[float]], *, closed: bool) -> str:
    first, *rest = (_pair((lon, -lat), " ") for lon, lat, *_ in (line[:-1] if closed else line))
    return f"M {first} L {' '.join(rest)}{' Z' if closed else ''}"


def _add_coordinates(element: Element, corners: Iterable[Sequence[float]]) -> None:
    SubElement(element, "coordinates").text = " ".join(_pair(corner, ",") for corner in corners)


def _pair(corner: Sequence[float], between: str) -> str:
    return f"{corner[0]:.10g}{between}{corner[1]:.10g}"


def _is_position(part: Any) -> bool:
    return isinstance(part[0], int | float)
