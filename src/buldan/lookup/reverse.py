"""Places at and around a point."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.index import Index, find_rows_around
from buldan.kinds import ADMIN_KINDS, get_kind
from buldan.model import Place

__all__ = ["Nearby", "find_places_at"]

_AROUND_KM = 25.0  # the default radius


class Nearby(NamedTuple):
    """A place and its distance in kilometres; 0 if its area contains the point."""

    place: Place
    distance_km: float


def find_places_at(
    index: Index,
    point: tuple[float, float],
    *,
    wanted: NDArray[np.bool_] | None = None,
    radius_km: float | None = None,
    limit: int = 5,
) -> tuple[list[Nearby], list[Nearby]]:
    """Places at a point (lon, lat), nearest first, and the units that contain it.

    Returns up to `limit` places (quarters that contain the point, then the nearest places; of several at one point the
    most prominent first), and all units that contain the point, from narrow to wide.

    With `wanted` (a mask by place row), up to `limit` places of these kinds, units included, and no separate units.
    For a point outside Syria, only what lies within the radius (25 km by default), which may be nothing.
    """
    containing = _find_containing(index, point, wanted)
    rows, distances = find_rows_around(index.lon, index.lat, point=point, radius_km=radius_km or _AROUND_KM)
    # Places known only by the point of their town lie exactly there; the town itself comes first.
    order = np.lexsort((-index.salience[rows], ~_is_settlement(index, rows), distances))
    rows, distances = rows[order], distances[order]
    found_around = (
        Nearby(index.places[row], round(distance, 3))
        for row, distance in zip(rows.tolist(), distances.tolist(), strict=True)
        if row not in containing and (wanted is None or wanted[row]) and not _is_unit(index, row)
    )
    # More than `limit`, as some may be among those that contain the point.
    around = list(islice(found_around, limit + len(containing)))  # places are made from their records one by one
    inside = [Nearby(index.places[row], 0.0) for row in containing]
    quarters = [found for found in inside if found.place.kind == "neighbourhood"]
    units = [found for found in inside if found.place.kind != "neighbourhood"]
    if wanted is not None:
        return (inside + around)[:limit], []
    return (quarters + around)[:limit], units


def _is_unit(index: Index, row: int) -> bool:
    return index.kind_ids[index.kind[row]] in ADMIN_KINDS


def _is_settlement(index: Index, rows: NDArray[Any]) -> NDArray[np.bool_]:
    are_settlements: NDArray[np.bool_] = _mark_settlement_kinds(index.kind_ids)[index.kind[rows]]
    return are_settlements


@cache
def _mark_settlement_kinds(kind_ids: tuple[str, ...]) -> NDArray[np.bool_]:
    """A mask by kind of the settlements."""
    return np.array([get_kind(kind).group == "settlement" for kind in kind_ids])


def _find_containing(index: Index, point: tuple[float, float], wanted: Any) -> list[int]:
    """Rows of places whose area contains the point, smallest radius first."""
    containing_rows = [row for row in index.find_rows_containing(*point) if wanted is None or wanted[row]]
    return sorted(containing_rows, key=lambda row: float(index.radius_km[row]))
