"""Common parts of features: their geometry, its decimals, and their bounding box."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Any, Literal

import numpy as np

from buldan.formats.geojson.shapes import GeometryItem
from buldan.geometry import Bounds, iter_runs
from buldan.model import Geometry

__all__ = ["DECIMALS", "RoundedOutline", "Shape", "get_bbox", "keep_outline", "point", "round_geometry"]

Shape = Literal["point", "area"]
"""The geometry of a feature: the point, or the outline if the place has one."""

DECIMALS = 5
"""Number of decimals of a coordinate in degrees: about a metre."""


def point(lon: float, lat: float) -> GeometryItem:
    """A Point."""
    return {"type": "Point", "coordinates": [round(lon, DECIMALS), round(lat, DECIMALS)]}


def round_geometry(geometry: Geometry) -> GeometryItem:
    """The geometry rounded to `DECIMALS`, as new lists; heights are left out."""
    return keep_outline(geometry).item() if _has_many_corners(geometry) else RoundedOutline(geometry).item()


class RoundedOutline:
    """A geometry rounded to `DECIMALS`; its JSON is written only when it is first needed."""

    def __init__(self, geometry: Geometry) -> None:
        # Arrays need a tenth of the memory of lists; each answer gets new lists.
        self._others: Any = {name: value for name, value in geometry.items() if name in _OTHER_MEMBERS}
        self._arrays = _round(geometry["coordinates"])

    def item(self) -> GeometryItem:
        """The geometry as new lists."""
        item: GeometryItem = {"type": self._others["type"], "coordinates": _as_lists(self._arrays)}
        return {**item, **self._others}

    @cached_property
    def written(self) -> bytes:
        """The geometry as JSON in UTF-8, without spaces."""
        return json.dumps(self.item(), separators=(",", ":")).encode()

    @cached_property
    def bounds(self) -> Bounds:
        """The bounding box of the geometry."""
        return Bounds(*get_bbox([self.item()]))


_OTHER_MEMBERS = ("type", "schematic_km")


def keep_outline(geometry: Geometry) -> RoundedOutline:
    """The rounded outline of a place, kept for later answers: a report often names the same countryside many times."""
    return _keep(_Itself(geometry))


def _round(coordinates: Any) -> Any:
    """Rounded positions as arrays, nested like `coordinates`; rounding a whole ring at once is faster."""
    if isinstance(coordinates[0], int | float):
        return np.array([round(part, DECIMALS) for part in coordinates[:2]])
    if isinstance(coordinates[0][0], int | float):
        return np.round(np.array([position[:2] for position in coordinates], dtype=float), DECIMALS)
    return [_round(part) for part in coordinates]


def _as_lists(arrays: Any) -> Any:
    return [_as_lists(part) for part in arrays] if isinstance(arrays, list) else arrays.tolist()


_MANY_CORNERS = 50
"""A geometry with more corners is an outline of the gazetteer and is kept; shapes made for one answer have fewer."""


def _has_many_corners(geometry: Geometry) -> bool:
    return sum(map(len, iter_runs(geometry["coordinates"]))) > _MANY_CORNERS


class _Itself:
    """A geometry as a key of a cache, by identity: a mapping cannot be hashed."""

    def __init__(self, geometry: Geometry) -> None:
        self.geometry = geometry

    def __hash__(self) -> int:
        return id(self.geometry)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.geometry is self.geometry


_MOST_KEPT = 256
"""Maximum number of outlines kept: one may need a hundred times the memory of the other facts of a place."""


@lru_cache(_MOST_KEPT)
def _keep(outline: _Itself) -> RoundedOutline:
    return RoundedOutline(outline.geometry)


def get_bbox(geometries: Iterable[GeometryItem]) -> list[float]:
    """[west, south, east, north] of all geometries; there must be one."""
    runs = [run for geometry in geometries for run in iter_runs(geometry["coordinates"])]
    lons = [position[0] for run in runs for position in run]
    lats = [position[1] for run in runs for position in run]
    return [min(lons), min(lats), max(lons), max(lats)]
