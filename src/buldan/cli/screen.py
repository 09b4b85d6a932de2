"""Tables for people: one line per place where there is room, two lines where there is not."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click
from rich.console import Console
from rich.table import Table

from buldan.extras import list_interpreted
from buldan.model import Place

__all__ = ["PlaceTable", "name_units", "new_console", "warn_if_interpreted"]

_ROOMY = 120
"""Columns of a terminal from which a place takes one line."""

_PIPE_WIDTH = 200
"""Columns of a table that goes into a file or a pipe."""


def new_console() -> Console:
    """Standard output, which shows text as it is: names are no markup."""
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    return Console(width=width, markup=False, emoji=False, highlight=False)


def warn_if_interpreted() -> None:
    """Say on standard error, before long work, that it takes longer than it need."""
    if list_interpreted():
        click.echo(
            "buldan: its inner loops are not compiled, all takes two to three times as long (buldan info)", err=True
        )


def name_units(place: Place) -> str:
    """The district and governorate that hold a place, the smaller first, none twice."""
    return ", ".join(dict.fromkeys(unit.name_en for unit in reversed(place.admin[:2])))


class PlaceTable:
    """Rows of places, each with something before it and something after it."""

    def __init__(self, before: str, after: Sequence[str]) -> None:
        """A table whose first column is called `before` and whose last are called `after`."""
        self._console = new_console()
        self._narrow = self._console.width < _ROOMY
        self._table = Table(box=None, pad_edge=False)
        self._table.add_column(before)
        for column in self._pair("place", "الاسم") + self._pair("kind", "in"):
            self._table.add_column(column)
        for column in ("P-code", *self._pair("lon,", "lat", glue=" "), *after):
            self._table.add_column(column, no_wrap=column != "why")

    def _pair(self, first: str, second: str, *, glue: str | None = None) -> list[str]:
        """Two cells side by side (or as one, with `glue` between them), or one above the other."""
        if self._narrow:
            return [f"{first}\n{second}"]
        return [first, second] if glue is None else [f"{first}{glue}{second}"]

    def add(self, before: str, place: Place, after: Sequence[str]) -> None:
        """Add a place."""
        self._table.add_row(
            before,
            *self._pair(place.name("en"), place.name_ar),
            *self._pair(place.kind, name_units(place)),
            place.pcode or "",
            *self._pair(f"{place.lon:.4f},", f"{place.lat:.4f}", glue=" "),
            *after,
        )

    def add_nothing(self, before: str) -> None:
        """Add a row that says that there is no place."""
        self._table.add_row(before, "nothing found")

    def show(self) -> None:
        """Write the table to standard output."""
        self._console.print(self._table)
