"""What is at or around a point."""

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

_AROUND_KM = 25.0  # the radius where none is given


class Nearby(NamedTuple):
    """A place and its distance in kilometres; 0 where its area holds the point."""

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
    """The quarters that hold the point and the nearest places, of one spot the best known first, `limit` at most; and
    all units that hold the point, from narrow to wide.

    With `wanted`, `limit` places of these kinds at most, units among them, and nothing beside. A point outside Syria
    gets what lies within the radius (25 km unless given), which may be nothing.
    """
    holding = _find_holding(index, point, wanted)
    rows, distances = find_rows_around(index.lon, index.lat, point=point, radius_km=radius_km or _AROUND_KM)
    # What is known only by its town's point stands exactly where the town does: of these the town is meant.
    order = np.lexsort((-index.salience[rows], ~_is_settlement(index, rows), distances))
    rows, distances = rows[order], distances[order]
    found_around = (
        Nearby(index.places[row], round(distance, 3))
        for row, distance in zip(rows.tolist(), distances.tolist(), strict=True)
        if row not in holding and (wanted is None or wanted[row]) and not _is_unit(index, row)
    )
    # As many more as may be told already as holding the point.
    around = list(islice(found_around, limit + len(holding)))  # places are made from their records one by one
    inside = [Nearby(index.places[row], 0.0) for row in holding]
    quarters = [found for found in inside if found.place.kind == "neighbourhood"]
    units = [found for found in inside if found.place.kind != "neighbourhood"]
    if wanted is not None:
        return (inside + around)[:limit], []
    return (quarters + around)[:limit], units


def _is_unit(index: Index, row: int) -> bool:
    return index.kind_ids[index.kind[row]] in ADMIN_KINDS


def _is_settlement(index: Index, rows: NDArray[Any]) -> NDArray[np.bool_]:
    settled: NDArray[np.bool_] = _mark_settlement_kinds(index.kind_ids)[index.kind[rows]]
    return settled


@cache
def _mark_settlement_kinds(kind_ids: tuple[str, ...]) -> NDArray[np.bool_]:
    """By kind, whether it is one of settlements."""
    return np.array([get_kind(kind).group == "settlement" for kind in kind_ids])


def _find_holding(index: Index, point: tuple[float, float], wanted: Any) -> list[int]:
    """Rows whose area holds the point, the smallest box first."""
    held = [row for row in index.find_rows_holding(*point) if wanted is None or wanted[row]]
    return sorted(held, key=lambda row: float(index.radius_km[row]))
