"""Browse the gazetteer page by page: places of a kind, in a unit, in a box."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.errors import QueryError
from buldan.geometry import Bounds
from buldan.index import Index
from buldan.model import Geometry, Place

__all__ = ["Page", "browse", "count_by_kind"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of places, in order, and the total number on all pages."""

    total: int
    places: tuple[Place, ...]


def browse(
    index: Index,
    *,
    kinds: Collection[str] | None = None,
    unit: str | None = None,
    bounds: Bounds | None = None,
    by_area: bool = False,
    by_weight: bool = False,
    offset: int = 0,
    limit: int = 100,
) -> Page:
    """A page of places.

    Args:
        index: the gazetteer.
        kinds: ids of kinds to keep; groups must be replaced by their kinds before.
        unit: P-code of the governorate, district or sub-district that contains them.
        bounds: box (degrees) that they must intersect; if west > east, it crosses the antimeridian.
        by_area: whether a place with an outline is tested by the outline instead of its point.
        by_weight: order by prominence, most prominent first, instead of by id.
        offset: number of places to skip.
        limit: maximum number of places.

    Raises:
        QueryError: `unit` is not the P-code of a unit.
    """
    kept = np.ones(len(index.lon), bool)
    if kinds is not None:
        kept &= np.isin(index.kind, [code for code, kind in enumerate(index.kind_ids) if kind in kinds])
    if unit is not None:
        kept &= _mark_in_unit(index, unit)
    if bounds is not None:
        inside = _mark_in_box(index.lon, index.lat, bounds)
        if by_area:
            _judge_by_area(index, inside, kept, bounds)
        kept &= inside
    rows = np.flatnonzero(kept)
    if by_weight:
        # Stable: places of equal prominence stay in the order of their ids, so that pages do not overlap.
        rows = rows[np.argsort(-index.salience[rows], kind="stable")]
    return Page(len(rows), tuple(index.places[row] for row in rows[offset : offset + limit].tolist()))


def count_by_kind(index: Index) -> dict[str, int]:
    """The number of places by kind, in the order of the table of kinds; kinds without places are left out."""
    counts = np.bincount(index.kind, minlength=len(index.kind_ids)).tolist()
    return {kind: count for kind, count in zip(index.kind_ids, counts, strict=True) if count}


def _mark_in_unit(index: Index, unit: str) -> NDArray[np.bool_]:
    if unit == "SY":
        return np.ones(len(index.lon), bool)
    if len(unit) not in {4, 6, 8} or not unit.startswith("SY") or not unit[2:].isdigit():
        raise QueryError(f"{unit!r} is not the P-code of a unit, such as SY03 or SY030203", field="within")
    held: NDArray[np.bool_] = index.unit[:, len(unit) // 2 - 2] == int(unit[2:])
    return held


def _mark_in_box(lon: NDArray[Any], lat: NDArray[Any], bounds: Bounds) -> NDArray[np.bool_]:
    west, south, east, north = bounds
    # A box across the antimeridian has west > east.
    across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    inside: NDArray[np.bool_] = across & (lat >= south) & (lat <= north)
    return inside


def _judge_by_area(index: Index, inside: NDArray[np.bool_], kept: NDArray[np.bool_], bounds: Bounds) -> None:
    """Test places with an outline by the outline; only outlines whose bounding box intersects are read."""
    boxes = [bounds]
    if bounds.west > bounds.east:
        boxes = [bounds._replace(east=180.0), bounds._replace(west=-180.0)]
    west, south, east, north = index.area_bounds.T
    # Their points do not count: a point may lie in the box and its outline outside, or the reverse.
    inside[index.area_place] = False
    for box in boxes:
        near = (west <= box.east) & (east >= box.west) & (south <= box.north) & (north >= box.south)
        for row in index.area_place[near & kept[index.area_place]].tolist():
            area = index.places[row].area
            inside[row] |= area is not None and _meets(area, box)


def _meets(area: Geometry, bounds: Bounds) -> bool:
    """Whether an outline, or the line of a road or river, intersects a box."""
    each = area["coordinates"] if area["type"].startswith("Multi") else [area["coordinates"]]
    if area["type"].endswith("LineString"):
        return any(_edges_meet(np.asarray(line, float)[:, :2], bounds) for line in each)
    return any(_polygon_meets([np.asarray(ring, float)[:, :2] for ring in polygon], bounds) for polygon in each)


def _polygon_meets(rings: list[NDArray[np.float64]], bounds: Bounds) -> bool:
    """Whether an edge has a point in the box, or the box lies inside (even-odd rule, holes respected)."""
    return any(_edges_meet(ring, bounds) for ring in rings) or bool(
        sum(_count_crossings_odd(ring, (bounds.west, bounds.south)) for ring in rings) % 2
    )


def _edges_meet(ring: NDArray[np.float64], bounds: Bounds) -> bool:
    """Whether an edge of the ring has a point in the box (clipping by Liang and Barsky, 1984)."""
    start, step = ring[:-1], np.diff(ring, axis=0)
    enter, leave = np.zeros(len(start)), np.ones(len(start))
    for axis, low, high in ((0, bounds.west, bounds.east), (1, bounds.south, bounds.north)):
        position, pace = start[:, axis], step[:, axis]
        # An edge parallel to a side divides by zero; `still` handles these edges.
        with np.errstate(divide="ignore", invalid="ignore"):
            first, second = (low - position) / pace, (high - position) / pace
        still, inside = pace == 0, (low <= position) & (position <= high)
        enter = np.maximum(enter, np.where(still, np.where(inside, 0.0, 2.0), np.minimum(first, second)))
        leave = np.minimum(leave, np.where(still, 1.0, np.maximum(first, second)))
    return bool((enter <= leave).any())


def _count_crossings_odd(ring: NDArray[np.float64], point: tuple[float, float]) -> bool:
    x, y = ring.T
    # One end above and one not: a corner at the height of the point is then counted once.
    spans = (y[:-1] > point[1]) != (y[1:] > point[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        meets = x[:-1] + (point[1] - y[:-1]) * (x[1:] - x[:-1]) / (y[1:] - y[:-1])
    return bool(np.count_nonzero(spans & (meets > point[0])) % 2)
