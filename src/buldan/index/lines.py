"""Places and names read from their lines when they are asked for, and not before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, overload

from numpy.typing import NDArray

from buldan.model import AdminUnit, Geometry, Name, Origin, Place, admin_chain, name_of, place_of
from buldan.store.records import PlaceRecord, parse_name, parse_place

__all__ = ["Lines", "NameLines", "PlaceLines"]

_NAME_CACHE, _PLACE_CACHE = 1 << 14, 1 << 14

_BEFORE_UNITS = PlaceRecord._fields.index("admin") + 1
"""Members of a place before its admin units, which a record has by the P-code of the last alone."""


class Lines:
    """The lines of one file in memory, by number; `offsets` is one longer than there are lines."""

    def __init__(self, content: bytes | memoryview, offsets: NDArray[Any]) -> None:
        self._content = memoryview(content)
        self._offsets = offsets.data
        self._count = len(offsets) - 1

    def __len__(self) -> int:
        return self._count

    def check_row(self, row: int) -> None:
        """Raise IndexError if there is no line `row`."""
        if not 0 <= row < self._count:
            raise IndexError(f"no line {row}")

    def read_line(self, row: int) -> str:
        """Line `row`, without its end; the row exists (`check_row`)."""
        # The line end is left out; one line alone is decoded.
        return str(self._content[self._offsets[row] : self._offsets[row + 1] - 1], "utf-8")


class NameLines(Sequence[Name]):
    """All names of the gazetteer by row."""

    read: Callable[[int], Name]
    """Gives the name of a row that exists; faster than an index, which is one more step of Python."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.read = lru_cache(maxsize=_NAME_CACHE)(self._make)

    def _make(self, row: int) -> Name:
        self._lines.check_row(row)
        return name_of(partial(self._read_values, row))

    def _parse(self, row: int) -> Name:
        return Name(*self._read_values(row))

    def _read_values(self, row: int, _: str = "line") -> tuple[Any, ...]:
        """The values of a name in their order; see `buldan.model.name_of`."""
        return parse_name(self._lines.read_line(row))[1:]

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, row: int) -> Name: ...
    @overload
    def __getitem__(self, row: slice) -> list[Name]: ...
    def __getitem__(self, row: int | slice) -> Name | list[Name]:
        if isinstance(row, slice):
            return list(map(self._parse, range(*row.indices(len(self)))))
        return self.read(row if row >= 0 else row + len(self))

    def __iter__(self) -> Iterator[Name]:
        return map(self._parse, range(len(self)))  # who takes all names reads all of them


class PlaceLines(Sequence[Place]):
    """All places of the gazetteer by row, each with its names, admin chain, origin, and a way to its area."""

    read: Callable[[int], Place]
    """Gives the place of a row that exists; faster than an index, which is one more step of Python."""

    def __init__(
        self,
        lines: Lines,
        names: NameLines,
        first_name: NDArray[Any],
        find_admin: Callable[[str], int | None],
        areas: Lines,
        find_area: Callable[[int], int | None],
        origin: Origin,
    ) -> None:
        self._lines, self._names, self._first_name = lines, names, first_name.data
        self._find_admin, self._areas, self._find_area = find_admin, areas, find_area
        self._origin = origin
        self.read = lru_cache(maxsize=_PLACE_CACHE)(self._make)
        self._read_names = lru_cache(maxsize=_PLACE_CACHE)(self._parse_names)
        # There are some 350 governorates, districts and sub-districts: all are kept.
        self._read_units = lru_cache(maxsize=512)(self._parse_units)

    def _make(self, row: int) -> Place:
        self._lines.check_row(row)
        return place_of(partial(self._read_member, row), origin=self._origin)

    def _read_member(self, row: int, member: str) -> Any:
        """The names, the area, or the values in the line of a place; see `buldan.model.place_of`."""
        if member == "line":
            return self._read_values(row)
        if member == "names":
            return self._read_names(row)
        return self._read_area(row)

    def _read_values(self, row: int) -> tuple[Any, ...]:
        record = parse_place(self._lines.read_line(row))
        return (*record[:_BEFORE_UNITS], self._read_units(record.admin), *record[_BEFORE_UNITS:])

    def _parse_units(self, admin: str) -> tuple[AdminUnit, ...]:
        """The units from governorate down to the one of a P-code."""
        return tuple(unit for pcode in admin_chain(admin) if (unit := self._parse_unit(pcode)) is not None)

    def _parse_unit(self, pcode: str) -> AdminUnit | None:
        """The unit of a P-code, None where no place has it."""
        row = self._find_admin(pcode)
        if row is None:
            return None
        record = parse_place(self._lines.read_line(row))
        return AdminUnit(len(pcode) // 2 - 1, pcode, record.name_en, record.name_ar)

    def _parse_names(self, row: int) -> tuple[Name, ...]:
        return tuple(self._names[self._first_name[row] : self._first_name[row + 1]])

    def _read_area(self, row: int) -> Geometry | None:
        """Parsed again each time, so that nobody changes another's outline."""
        at = self._find_area(row)
        if at is None:
            return None
        geometry: Geometry = json.loads(self._areas.read_line(at))["geometry"]
        return geometry

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, row: int) -> Place: ...
    @overload
    def __getitem__(self, row: slice) -> list[Place]: ...
    def __getitem__(self, row: int | slice) -> Place | list[Place]:
        if isinstance(row, slice):
            return self.take(range(*row.indices(len(self))))
        return self.read(row if row >= 0 else row + len(self))

    def take(self, rows: Iterable[int]) -> list[Place]:
        """The places of rows; cheaper than one by one."""
        return list(map(self.read, rows))
