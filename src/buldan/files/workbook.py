"""One sheet of a workbook as a table: its header is found, merged cells are filled down, cells keep their types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pyarrow as pa

from buldan.errors import SourceError
from buldan.files.bounds import check_columns, check_spread
from buldan.files.columns import Column, column_letter, find_columns, guess_role
from buldan.files.headers import HEAD_ROWS, Header, Merged, find_header, make_distinct
from buldan.files.layout import Layout
from buldan.files.sheets import Book, Row, Sheet, open_book
from buldan.files.table import Table

__all__ = ["list_sheets", "open_workbook"]

_MOST_BLANK_ROWS = 1_000
"""If there are more blank rows than this, and more than filled ones, a cell far down was filled by mistake."""


def open_workbook(path: Path, *, layout: Layout, batch_rows: int) -> Table:
    """Read one sheet of a workbook as a table. It is read as a whole: the type of a column depends on all its cells.

    Raises:
        SourceError: the file is not a workbook, has no such sheet, or the sheet is empty.
    """
    with open_book(path) as book:
        title, sheet, header = _choose_sheet(path, book, layout)
        others = tuple(name for name in book.titles if name != title)
    where, notes = layout.describe(header, [row.number for row in sheet.rows])
    manner = ", ".join(filter(None, (f"sheet {title!r}", where)))
    body = sheet.rows[header.body :]
    filled = _fill_merged(body, sheet.merged, header.columns)
    if filled:
        notes.append(f"merged cells filled down in {', '.join(filled)}")
    places, columns = _keep_columns(header.columns, body)
    rows, blank = _with_blank_rows(body)
    if blank:
        notes.append(f"{blank:,} blank rows left out")
    check_spread(path, cells=len(rows) * len(columns))
    arrays = [_infer_type([row[at] if at < len(row) else None for row in rows]) for at in places]
    table = pa.table(arrays, names=[column.name for column in columns])
    return Table(
        path,
        table.schema,
        len(table),
        lambda: iter(table.to_batches(max_chunksize=batch_rows)),
        manner,
        others,
        columns,
        sheet=title,
        notes=tuple(notes),
    )


def list_sheets(path: Path) -> tuple[str, ...]:
    """Titles of the sheets of a workbook; empty if the file is not a workbook."""
    try:
        with open_book(path) as book:
            return tuple(book.titles)
    except SourceError:
        return ()


def _choose_sheet(path: Path, book: Book, layout: Layout) -> tuple[str, Sheet, Header]:
    """The title, content and header of the sheet given in `layout`, else of the first that has the wanted columns.

    Without wanted columns, a sheet with a column of names is preferred; if no sheet fits, the first with rows is taken.

    Raises:
        SourceError: no such sheet, or no rows.
    """
    titles = book.titles if layout.sheet is None else [_find_title(path, book.titles, layout.sheet)]
    first: tuple[str, Sheet, Header] | None = None
    for title in titles:
        sheet = book.read(title)
        if not sheet.rows:
            continue
        check_columns(path, columns=max(len(row.cells) for row in sheet.rows[:HEAD_ROWS]))
        found = title, sheet, _find_header(path, sheet, layout)
        if _has_columns(found[2].columns, layout.wanted):
            return found
        first = first or found
    if first is None:
        which = f"sheet {titles[0]!r}" if len(titles) == 1 else "every sheet"
        raise SourceError(f"{which} is empty", path=path)
    return first


def _find_title(path: Path, titles: Sequence[str], asked: str) -> str:
    """The title of the sheet that `asked` names: by title, without regard to case and outer space, or by number from 1.

    Raises:
        SourceError: no such sheet.
    """
    for title in titles:
        if title.strip().casefold() == asked.strip().casefold():
            return title
    if asked.isdecimal() and 1 <= int(asked) <= len(titles):
        return titles[int(asked) - 1]
    raise SourceError(f"no sheet is called {asked!r}; there are {', '.join(titles)}", path=path)


def _has_columns(columns: Sequence[Column], wanted: Sequence[str]) -> bool:
    if wanted:
        return all(find_columns(columns, asked) for asked in wanted)
    return any(guess_role(column) == "name" for column in columns)


def _find_header(path: Path, sheet: Sheet, layout: Layout) -> Header:
    """The header among the first rows. Row numbers of `layout` and of merged ranges become positions of filled rows."""
    numbers = [row.number for row in sheet.rows]
    skipped = layout.count_skipped(numbers)
    head = sheet.rows[skipped : skipped + HEAD_ROWS]
    position = {row.number: at for at, row in enumerate(head)}
    merged = [
        Merged(position[area.top], area.left, position.get(area.bottom, position[area.top]), area.right)
        for area in sheet.merged
        if area.top in position
    ]
    found = find_header(
        [["" if cell is None else str(cell) for cell in row.cells] for row in head],
        merged=merged,
        header_row=layout.header_position(numbers[skipped:], path),
        header_rows=layout.header_rows,
    )
    return found._replace(first=found.first + skipped, body=found.body + skipped)


def _fill_merged(body: Sequence[Row], merged: Sequence[Merged], columns: Sequence[Column]) -> list[str]:
    """Copy the value of each merged cell into the rows that it spans. Returns the names of the columns changed.

    Only its first column is filled: a cell merged over several columns is a banner, not a value of each of them.
    """
    rows = {row.number: row.cells for row in body}
    filled: dict[str, None] = {}
    for area in sorted(merged):
        top = rows.get(area.top)
        if top is None or area.bottom == area.top or area.left >= len(top) or top[area.left] is None:
            continue
        for number in range(area.top + 1, min(area.bottom, body[-1].number) + 1):
            cells = rows.get(number)
            if cells is not None:
                cells.extend([None] * (area.left + 1 - len(cells)))
                cells[area.left] = top[area.left]
                filled[columns[area.left].name if area.left < len(columns) else ""] = None
    return list(filter(None, filled))


def _keep_columns(columns: Sequence[Column], body: Sequence[Row]) -> tuple[list[int], tuple[Column, ...]]:
    """The columns with a label or a filled cell: their positions in the sheet, and the columns with distinct names."""
    used = {at for row in body for at, cell in enumerate(row.cells) if cell is not None}
    labelled = {at for at, column in enumerate(columns) if column.labels or column.tag}
    places = sorted(used | labelled)
    known = [columns[at] if at < len(columns) else Column(f"column {at + 1}", column_letter(at)) for at in places]
    names = make_distinct([column.name for column in known])
    return places, tuple(column._replace(name=name) for column, name in zip(known, names, strict=True))


def _with_blank_rows(body: Sequence[Row]) -> tuple[list[list[Any]], int]:
    """The cells of all rows, blank rows included, and 0; without blank rows and with their number if they prevail."""
    if not body:
        return [], 0
    blank = body[-1].number - body[0].number + 1 - len(body)
    if blank > max(_MOST_BLANK_ROWS, len(body)):
        return [row.cells for row in body], blank
    rows: list[list[Any]] = []
    for row in body:
        rows.extend([] for _ in range(body[0].number + len(rows), row.number))
        rows.append(row.cells)
    return rows, 0


def _infer_type(column: Sequence[Any]) -> pa.Array:
    """A column with the type of its cells; text if they have several types or are all empty."""
    column = _as_dates(column)
    try:
        array = pa.array(column)
    except (pa.ArrowException, OverflowError):
        array = pa.array([None if cell is None else str(cell) for cell in column], pa.string())
    return array.cast(pa.string()) if pa.types.is_null(array.type) else array


def _as_dates(column: Sequence[Any]) -> Sequence[Any]:
    """The cells of a column of days as dates: a workbook stores a day as its midnight."""
    times = {cell.time() for cell in column if isinstance(cell, datetime)}
    if times != {time()}:
        return column
    return [cell.date() if isinstance(cell, datetime) else cell for cell in column]
