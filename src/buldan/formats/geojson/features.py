"""What features share: their geometry, its decimals, and their box."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from buldan.formats.geojson.shapes import GeometryItem
from buldan.geometry import iter_runs
from buldan.model import Geometry

__all__ = ["DECIMALS", "Itself", "Shape", "bbox_of", "point", "rounded"]

Shape = Literal["point", "area"]
"""What the geometry of a feature is: the point, or the outline where there is one."""

DECIMALS = 5
"""Of a coordinate in degrees: about a metre."""


def point(lon: float, lat: float) -> GeometryItem:
    """A Point."""
    return {"type": "Point", "coordinates": [round(lon, DECIMALS), round(lat, DECIMALS)]}


def rounded(geometry: Geometry) -> GeometryItem:
    """The geometry to so many decimals, as lists of its own; a height is left out."""
    arrays = _round_outline(Itself(geometry)) if _has_many_corners(geometry) else _round(geometry["coordinates"])
    made: GeometryItem = {"type": geometry["type"], "coordinates": _as_lists(arrays)}
    if "schematic_km" in geometry:
        made["schematic_km"] = geometry["schematic_km"]
    return made


def _round(coordinates: Any) -> Any:
    """Positions as arrays, nested as they were: hundreds of corners are rounded at once, not number by number."""
    if isinstance(coordinates[0], int | float):
        return np.array([round(part, DECIMALS) for part in coordinates[:2]])
    if isinstance(coordinates[0][0], int | float):
        return np.round(np.array([position[:2] for position in coordinates], dtype=float), DECIMALS)
    return [_round(part) for part in coordinates]


def _as_lists(arrays: Any) -> Any:
    return [_as_lists(part) for part in arrays] if isinstance(arrays, list) else arrays.tolist()


_MANY_CORNERS = 50
"""More than any shape has that is drawn for one answer: a larger outline is the gazetteer's, and comes again."""


def _has_many_corners(geometry: Geometry) -> bool:
    return sum(map(len, iter_runs(geometry["coordinates"]))) > _MANY_CORNERS


class Itself:
    """A geometry that equals itself alone, to be kept by: as a mapping it has no hash."""

    def __init__(self, geometry: Geometry) -> None:
        self.geometry = geometry

    def __hash__(self) -> int:
        return id(self.geometry)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and other.geometry is self.geometry


@lru_cache(maxsize=256)
def _round_outline(outline: Itself) -> Any:
    """The positions of an outline of the gazetteer: a report names the same countryside again and again."""
    return _round(outline.geometry["coordinates"])


def bbox_of(geometries: Iterable[GeometryItem]) -> list[float]:
    """[west, south, east, north] of all geometries; there must be one."""
    runs = [run for geometry in geometries for run in iter_runs(geometry["coordinates"])]
    lons = [position[0] for run in runs for position in run]
    lats = [position[1] for run in runs for position in run]
    return [min(lons), min(lats), max(lons), max(lats)]
