"""What features share: their geometry, its decimals, and their box."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any, Literal

import numpy as np

from buldan.formats.geojson.shapes import GeometryItem
from buldan.geometry import Bounds, iter_positions
from buldan.model import Geometry

__all__ = ["DECIMALS", "Shape", "bbox_of", "point", "rounded"]

Shape = Literal["point", "area"]
"""What the geometry of a feature is: the point, or the outline where there is one."""

DECIMALS = 5
"""Of a coordinate in degrees: about a metre."""


def point(lon: float, lat: float) -> GeometryItem:
    """A Point."""
    return {"type": "Point", "coordinates": [round(lon, DECIMALS), round(lat, DECIMALS)]}


def rounded(geometry: Geometry) -> GeometryItem:
    """The geometry to so many decimals."""
    return {"type": geometry["type"], "coordinates": _rounded_positions(geometry["coordinates"])}


def _rounded_positions(value: Any) -> Any:
    """Positions of two numbers, nested as they were; a height is left out."""
    if isinstance(value[0], int | float):
        return [round(part, DECIMALS) for part in value[:2]]
    if isinstance(value[0][0], int | float):
        # Outlines have hundreds of corners: a ring of them is one array, not a call for each number.
        return np.round(np.array([position[:2] for position in value], dtype=float), DECIMALS).tolist()
    return [_rounded_positions(part) for part in value]


def bbox_of(geometries: Iterable[GeometryItem]) -> list[float]:
    """[west, south, east, north] of all geometries; there must be one."""
    positions = (iter_positions(geometry["coordinates"]) for geometry in geometries)
    return list(Bounds.around(chain.from_iterable(positions)))
