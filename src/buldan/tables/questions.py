"""The question of a row: the names of a place, the units that contain it, and its P-code."""

from __future__ import annotations

import re
from typing import NamedTuple

from buldan.lookup.checks import read_words_for_nothing
from buldan.text import fold

__all__ = ["AskedColumns", "Question", "as_pcode", "is_total", "names_nothing"]

_PCODE = re.compile(r"(SY(\d\d){1,3}|C\d{4,5}|SY\d{6}_?\d+)", re.IGNORECASE)


class Question(NamedTuple):
    """The question of a row.

    Attributes:
        name: the place's name.
        within: the units of the row that should contain the place, from wide to narrow, without empty ones.
        others: other names of the place, from further columns, in another language or spelling.
        pcode: the P-code of the place as written in the row; empty if there is none.
    """

    name: str
    within: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    pcode: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the place, each once."""
        return tuple(dict.fromkeys(filter(None, (self.name, *self.others))))


class AskedColumns(NamedTuple):
    """The columns of a table from which its questions are made.

    Attributes:
        names: columns of the place's name, in one language or several.
        within: columns of the units, from the widest to the narrowest.
        pcode: the column of the place's P-code; None if there is none.
    """

    names: tuple[str, ...]
    within: tuple[str, ...] = ()
    pcode: str | None = None

    @property
    def all(self) -> tuple[str, ...]:
        """All columns that are read, in the order that `ask` expects."""
        return (*self.names, *self.within, *([self.pcode] if self.pcode else []))

    def ask(self, cells: tuple[str, ...]) -> Question:
        """The question of a row, from its cells under `all`."""
        first, *others = cells[: len(self.names)]
        units = cells[len(self.names) : len(self.names) + len(self.within)]
        return Question(first, tuple(filter(None, units)), tuple(others), cells[-1] if self.pcode else "")


def as_pcode(cell: str) -> str | None:
    """A cell as a P-code in capitals (`C1664`, `SY0204`); None if it is not one."""
    plain = "".join(cell.split())
    return plain.upper() if _PCODE.fullmatch(plain) else None


def names_nothing(cell: str) -> bool:
    """Whether the cell of a name has no name of a place: "Other", المجموع, "N/A", a dash, a number.

    The words are those that a lookup takes for a missing value, `buldan.lookup.checks.is_missing`.
    """
    words = fold(cell)
    return not any(map(str.isalpha, words)) or words in read_words_for_nothing()


def is_total(cell: str) -> bool:
    """Whether a cell is the label of a row of totals: "Grand Total", المجموع."""
    return read_words_for_nothing().get(fold(cell)) == "sum"
