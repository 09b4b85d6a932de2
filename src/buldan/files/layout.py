"""What the caller says about the layout of a sheet, and a description of the layout found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from buldan.errors import SourceError
from buldan.files.headers import Header

__all__ = ["Layout"]


class Layout(NamedTuple):
    """The layout of a sheet as the caller gives it; what is None or empty is detected.

    Attributes:
        sheet: sheet of a workbook, or layer of a GeoPackage.
        header_row: the first row of the header, counted from 1 as in spreadsheets and editors.
        header_rows: number of rows of the header.
        skip_rows: number of rows at the top to skip before the header is searched.
        wanted: columns that the table should have; the first sheet that has them is chosen.
    """

    sheet: str | None = None
    header_row: int | None = None
    header_rows: int | None = None
    skip_rows: int = 0
    wanted: tuple[str, ...] = ()

    def count_skipped(self, numbers: Sequence[int]) -> int:
        """How many of the rows with these numbers are skipped; `numbers` are counted from 0 and ascend."""
        return bisect_left(numbers, self.skip_rows)

    def header_position(self, numbers: Sequence[int], path: Path) -> int | None:
        """The position of the row `header_row` among the rows with these numbers; None if it was not given.

        Raises:
            SourceError: that row is blank, or after the end of the file.
        """
        if self.header_row is None:
            return None
        if self.header_row - 1 not in numbers:
            raise SourceError(
                "this row cannot be the header: it is blank, or the file ends before it",
                path=path,
                line=self.header_row,
            )
        return numbers.index(self.header_row - 1)

    def describe(self, header: Header, numbers: Sequence[int]) -> tuple[str, list[str]]:
        """The rows of the header in words (empty if it is the first row), and notes on what else was found."""
        rows = [number + 1 for number in numbers[header.first : header.body]]
        where = f"row {rows[0]}" if len(rows) == 1 else f"rows {rows[0]} to {rows[-1]}"
        notes = []
        if header.first:
            notes.append(f"{_count_rows(header.first)} above the header left out")
        if header.hints:
            notes.append(f"{_count_rows(header.hints)} of hints below the header left out")
        if header.tags:
            notes.append("HXL tags kept")
        return ("" if rows == [1] else f"header in {where}"), notes


def _count_rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
