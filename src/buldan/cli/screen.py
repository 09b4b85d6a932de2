"""Tables for people: one line per place on a wide terminal, two lines on a narrow one."""

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
"""Minimum width of a terminal, in characters, for one line per place."""

_PIPE_WIDTH = 200
"""Width of a table in a file or a pipe, in characters."""


def new_console() -> Console:
    """A console on standard output that shows text unchanged: names are never read as markup."""
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    return Console(width=width, markup=False, emoji=False, highlight=False)


def warn_if_interpreted() -> None:
    """Warn on standard error, before long work, if the inner loops are not compiled and the work takes longer."""
    if list_interpreted():
        click.echo(
            "buldan: its inner loops are not compiled, all takes two to three times as long (buldan info)", err=True
        )


def name_units(place: Place) -> str:
    """The district and governorate of a place, the smaller first; equal names only once."""
    return ", ".join(dict.fromkeys(unit.name_en for unit in reversed(place.admin[:2])))


class PlaceTable:
    """A table of places, with a column before and columns after those of the place."""

    def __init__(self, before: str, after: Sequence[str]) -> None:
        """Make a table with `before` as the name of the first column and `after` as names of the last ones."""
        self._console = new_console()
        self._narrow = self._console.width < _ROOMY
        self._table = Table(box=None, pad_edge=False)
        self._table.add_column(before)
        for column in self._pair("place", "الاسم") + self._pair("kind", "in"):
            self._table.add_column(column)
        for column in ("P-code", *self._pair("lon,", "lat", glue=" "), *after):
            self._table.add_column(column, no_wrap=column != "why")

    def _pair(self, first: str, second: str, *, glue: str | None = None) -> list[str]:
        """Two cells next to each other (or as one, with `glue` between them), or one above the other if narrow."""
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
        """Add a row for a query without a place."""
        self._table.add_row(before, "nothing found")

    def show(self) -> None:
        """Write the table to standard output."""
        self._console.print(self._table)
