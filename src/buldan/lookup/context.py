"""Containers of places, and chains of containers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.index import Index
from buldan.kinds import ADMIN_KINDS, SETTLEMENT_KINDS, kind_codes
from buldan.lookup.extent import Extent
from buldan.lookup.results import Reason

__all__ = [
    "NOWHERE",
    "Container",
    "Within",
    "find_seats",
    "find_units_named_by",
    "find_widest_units",
    "get_unit",
    "make_container",
    "select_rows_inside",
]

_MOST_NAMESAKES = 8
"""Maximum places of one name that count as containers; more are too ambiguous."""

_CELL_DEG = 0.08
"""Side (degrees) of the grid cells in which one place stands for all; a unit's shape is not needed more exactly."""


@dataclass(frozen=True)
class Container:
    """One or several places of a name that contains others.

    Attributes:
        rows: the rows of the places.
        units: (level, number) of those that are admin units.
        extent: the area that they cover.
    """

    rows: tuple[int, ...]
    units: tuple[tuple[int, int], ...]
    extent: Extent = field(compare=False)

    @property
    def level(self) -> int:
        """The level of its first unit; 0 if it is none."""
        return self.units[0][0] if self.units else 0


@dataclass(frozen=True)
class Within:
    """A `within` after reading: containers from wide to narrow, each inside the one before it.

    Attributes:
        containers: those that were understood and do not contradict each other.
        names: the text of each.
        reasons: the parts that could not be used, and why.
        in_syria: whether it says that the place is in Syria, even if only by the name of the country.
    """

    containers: tuple[Container, ...] = ()
    names: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    in_syria: bool = False


NOWHERE = Within()
"""A `within` that is not given."""


def make_container(index: Index, rows: Sequence[int]) -> Container:
    """The container of some places. An admin unit covers its places, any other place its point and radius."""
    units = [unit for row in rows if (unit := get_unit(index, row)) is not None]
    extent = Extent((index.unit, index.lon, index.lat), units, partial(_collect_points, index, tuple(rows)))
    return Container(tuple(rows), tuple(units), extent)


def _collect_points(
    index: Index, rows: Sequence[int]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes, latitudes (degrees) and radii (kilometres) of the points that represent some places."""
    members, reaches = [], []
    for row in rows:
        unit = get_unit(index, row)
        if unit is not None:
            level, number = unit
            members.append(_thin_out(index, np.flatnonzero(index.unit[:, level - 1] == number)))
            reaches.append(0.0)
        else:
            members.append(np.array([row]))
            reaches.append(float(index.radius_km[row]) * 2)
    at = np.concatenate(members)
    return index.lon[at], index.lat[at], np.repeat(reaches, list(map(len, members)))


def find_widest_units(index: Index, rows: Sequence[int]) -> list[int]:
    """The containers that namesakes mean: the widest admin units among them, or headed by them.

    A town heads the unit that has its name: "Deir Ezzor" is a name of the city, but "in Deir Ezzor" may mean the
    governorate. Without a unit, the first `_MOST_NAMESAKES` rows.
    """
    headed = index.headed.data
    for level in range(len(_map_unit_levels())):
        units = dict.fromkeys(unit for row in rows if (unit := headed[row, level]) >= 0)
        if units:
            return list(units)[:_MOST_NAMESAKES]
    return list(rows[:_MOST_NAMESAKES])


def find_units_named_by(index: Index, rows: Sequence[int]) -> list[int]:
    """The admin units among some places, and those that they head, each once, widest first."""
    # Loops over views: for one or two rows, the usual case, arrays would be slower.
    kind, of_seat, levels = index.kind.data, index.of_seat.data, _map_unit_levels()
    telling = [row for row in rows if of_seat[row] or kind[row] in levels]
    if not telling:
        return []  # true of most names
    headed, found = index.headed.data, dict.fromkeys(row for row in telling if kind[row] in levels)
    for row in telling:
        for at in range(len(levels)):
            if (unit := headed[row, at]) >= 0:
                found[unit] = None
    return sorted(found, key=index.level.data.__getitem__)


def find_seats(index: Index, units: Sequence[int]) -> list[int]:
    """The towns that head admin units, most prominent first, then other places of that name (a crossing, ruins).

    Units themselves are left out.
    """
    # A search of the flat table for each unit takes a fifth of the time of one by rows for all.
    headed, levels = index.headed.ravel(), index.headed.shape[1]
    heads = sorted({at // levels for unit in units for at in np.flatnonzero(headed == unit).tolist()})
    kind, salience = index.kind, index.salience
    seats = [row for row in heads if get_unit(index, row) is None]
    return sorted(seats, key=lambda row: (index.kind_ids[kind[row]] not in SETTLEMENT_KINDS, -float(salience[row])))


def select_rows_inside(container: Container, rows: Sequence[int]) -> list[int]:
    """The rows that lie in a container."""
    extent = container.extent
    if len(container.units) == len(container.rows):
        # For units, the distance outside is not needed.
        return [row for row in rows if extent.holds(row)]
    return [row for row, km in zip(rows, extent.measure_outside_km(list(rows)), strict=True) if km <= 0]


def get_unit(index: Index, row: int) -> tuple[int, int] | None:
    """(level, number) of an admin unit's row; None for any other place, the country included."""
    level = _map_unit_levels().get(index.kind.data[row])
    return None if level is None else (level, index.unit.data[row, level - 1])


@cache
def _map_unit_levels() -> dict[int, int]:
    """The level of units by the code of their kind."""
    return {kind_codes()[kind]: level for level, kind in enumerate(ADMIN_KINDS) if level}


def _thin_out(index: Index, rows: NDArray[Any]) -> NDArray[Any]:
    """One row of each grid cell in which some rows lie."""
    # The row and column of a grid cell as one number.
    cells = np.round(index.lon[rows] / _CELL_DEG) * 10_000 + np.round(index.lat[rows] / _CELL_DEG)
    _, first = np.unique(cells, return_index=True)
    kept: NDArray[Any] = rows[first]
    return kept
