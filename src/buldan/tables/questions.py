"""What a row asks: its names, the units that are said to hold the place, and its P-code."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from buldan.rules import read_table
from buldan.text import fold

__all__ = ["AskedColumns", "Question", "as_pcode", "is_total", "names_nothing"]

_PCODE = re.compile(r"(SY(\d\d){1,3}|C\d{4,5}|SY\d{6}_?\d+)", re.IGNORECASE)


class Question(NamedTuple):
    """What a row asks.

    Attributes:
        name: the place's name.
        within: units that are said to hold it, from the widest to the narrowest, blanks left out.
        others: its names in further columns, in another language or spelling.
        pcode: the place's own P-code, as the row gives it; empty where it gives none.
    """

    name: str
    within: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    pcode: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, each once."""
        return tuple(dict.fromkeys(filter(None, (self.name, *self.others))))


class AskedColumns(NamedTuple):
    """The columns of a table that say what its rows ask.

    Attributes:
        names: of the place's name, in one language or several.
        within: of the units, from the widest to the narrowest.
        pcode: of the place's own P-code; None where there is none.
    """

    names: tuple[str, ...]
    within: tuple[str, ...] = ()
    pcode: str | None = None

    @property
    def all(self) -> tuple[str, ...]:
        """Every column that is read."""
        return (*self.names, *self.within, *([self.pcode] if self.pcode else []))

    def ask(self, cells: tuple[str, ...]) -> Question:
        """The question of a row, from its cells under `all`."""
        first, *others = cells[: len(self.names)]
        units = cells[len(self.names) : len(self.names) + len(self.within)]
        return Question(first, tuple(filter(None, units)), tuple(others), cells[-1] if self.pcode else "")


def as_pcode(cell: str) -> str | None:
    """A cell as a P-code in capitals (`C1664`, `SY0204`); None where it is none."""
    plain = "".join(cell.split())
    return plain.upper() if _PCODE.fullmatch(plain) else None


@cache
def _read_nothing() -> dict[str, str]:
    """What each form of `nothing.tsv` says, by the folded form: "nothing", or "sum" where it is a total."""
    return {fold(form): says for form, says, _ in read_table("tables/nothing")}


def names_nothing(cell: str) -> bool:
    """Whether a cell stands where a name would and names no place: "Other", المجموع, "N/A", a dash, a number.

    The forms are those of `nothing.tsv`, folded.
    """
    words = fold(cell)
    return not any(map(str.isalpha, words)) or words in _read_nothing()


def is_total(cell: str) -> bool:
    """Whether a cell heads a row of sums: "Grand Total", المجموع."""
    return _read_nothing().get(fold(cell)) == "sum"
