"""Read the units of a row: which cells can be read, in which order, and which unit is the narrowest."""

from __future__ import annotations

import re
from typing import NamedTuple

from buldan.gazetteer import Gazetteer
from buldan.geometry import distance_km
from buldan.model import Place
from buldan.tables.questions import as_pcode, names_nothing
from buldan.text import fold

__all__ = ["Units", "read_units"]

_SIGNS = re.compile(r"\s+[-–]\s*|\s*[-–]\s+|[,،;؛:/|()\[\]]")
"""Signs between a name and its unit in one cell."""

_LEVELS = {"governorate": 1, "district": 2, "sub-district": 3}
_NO_LEVEL = 4
"""The level of other containers, below the finest unit: towns and quarters."""


class Units(NamedTuple):
    """The units that the cells of a row name.

    Attributes:
        chain: the cells that were understood, from wide to narrow.
        narrowest: the narrowest unit without a namesake, or None.
        notes: messages about cells that were ignored because they name no place.
        faults: messages about cells that are not known or contradict the others.
        strict: whether a place outside must be wrong: true with a P-code, a district or a narrower unit.
        containers: the names of the chain, each with the places that it may mean.
        names: all names of those places, folded.
        abroad: the other country that a cell names; empty if there is none.
    """

    chain: tuple[str, ...] = ()
    narrowest: Place | None = None
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    strict: bool = False
    containers: tuple[tuple[str, tuple[Place, ...]], ...] = ()
    names: frozenset[str] = frozenset()
    abroad: str = ""

    def strip(self, name: str) -> str:
        """A name without the units of its row, if it repeats them: "Quneitra (Armanaz)" in Armanaz is Quneitra.

        A governorate is left to the lookup, which uses it to choose between namesakes.
        """
        parts = [part.strip() for part in _SIGNS.split(name) if fold(part)] if self.strict else []
        kept = [part for part in parts if fold(part) not in self.names]
        return kept[0] if len(kept) == 1 < len(parts) and _is_wordy(kept[0]) else name

    def find_outside(self, place: Place) -> tuple[str, ...]:
        """The names of the units that do not contain a place."""
        return tuple(name for name, places in self.containers if not any(_holds(unit, place) for unit in places))


def _is_wordy(part: str) -> bool:
    """Whether a part of a cell can be a name by itself: mostly letters and not a number."""
    return sum(map(str.isalpha, part)) >= max(2, 2 * sum(map(str.isdigit, part)))


def _holds(unit: Place, place: Place) -> bool:
    """Whether a unit or another container contains a place, or is that place."""
    if unit.id in {place.id, place.part_of}:
        return True
    if unit.kind in _LEVELS:
        return place.admin_pcode.startswith(unit.admin_pcode)
    # A town has only a point and a radius, and villages that belong to it lie outside its houses.
    return distance_km((unit.lon, unit.lat), (place.lon, place.lat)) <= 2 * unit.radius_km


def read_units(gazetteer: Gazetteer, cells: tuple[str, ...]) -> Units:
    """Read cells with names or P-codes of units of any level, in any order.

    If they cannot all be read in their order, they are also read from wide to narrow, and with the P-codes first. The
    reading with the fewest faults is returned; of equal ones, the one that understands the most P-codes.
    """
    named = tuple(cell for cell in cells if not names_nothing(cell))
    notes = tuple(f"unit ignored: {cell}" for cell in cells if cell not in named)
    if not named:
        return Units(notes=notes)
    orders = [named]
    if gazetteer.read_units(named)[1]:
        by_level = tuple(sorted(named, key=lambda cell: _level(gazetteer, cell)))
        orders += [by_level, tuple(sorted(by_level, key=lambda cell: as_pcode(cell) is None))]
    readings = [(order, *gazetteer.read_units(order)) for order in dict.fromkeys(orders)]
    _, units, reasons = max(readings, key=lambda reading: (-len(reading[2]), _count_pcodes(reading[1])))
    # A unit with a namesake is no fallback: the row would get one of two towns by chance.
    single = [places[0] for _, places in units if len(places) == 1]
    return Units(
        tuple(name for name, _ in units),
        single[-1] if single else None,
        notes,
        tuple(f"{_FAULTS.get(reason.rule, reason.rule)}: {reason.detail}" for reason in reasons),
        any(as_pcode(name) or places[0].kind != "governorate" for name, places in units),
        tuple((name, tuple(places)) for name, places in units),
        frozenset(fold(text) for name, places in units for text in (name, *_name_units(places))),
        next((reason.detail for reason in reasons if reason.rule == "unit_abroad"), ""),
    )


def _name_units(places: list[Place]) -> list[str]:
    return [name.text for place in places for name in place.names]


_FAULTS = {
    "unit_unknown": "unit not known",
    "unit_unread": "unit not known",
    "unit_abroad": "another country",
    "unit_contradicts": "units contradict each other",
}


def _level(gazetteer: Gazetteer, cell: str) -> int:
    """The level of a cell: 1 for a governorate, 2 for a district, 3 for a sub-district, 4 for anything else."""
    units, _ = gazetteer.read_units((cell,))
    return _LEVELS.get(units[0][1][0].kind, _NO_LEVEL) if units else _NO_LEVEL


def _count_pcodes(units: list[tuple[str, list[Place]]]) -> int:
    return sum(as_pcode(name) is not None for name, _ in units)
