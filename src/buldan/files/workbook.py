"""Excel workbooks: one sheet as a table, its cells with their types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from buldan.errors import QueryError, SourceError
from buldan.files.flat import flatten
from buldan.files.headers import name_columns
from buldan.files.table import Table

__all__ = ["open_workbook", "write_workbook"]

_EXCEL_ROWS = 1_048_576
_WIDEST, _NARROWEST = 40, 10


def open_workbook(path: Path, *, sheet: str | None, header_rows: int | None, batch_rows: int) -> Table:
    """A workbook is read whole: its cells have types of their own, and a column is known when all are seen.

    Raises:
        SourceError: no workbook, no such sheet, an empty one, or two header rows where one is expected.
    """
    rows, title, others = _read_sheet(path, sheet)
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise SourceError(f"sheet {title!r} is empty", path=path)
    shown = [["" if cell is None else str(cell) for cell in row] for row in rows[:50]]
    names, taken = name_columns(shown, path, header_rows)
    columns = list(zip(*rows[taken:], strict=True)) or [()] * len(names)
    table = pa.table([_typed(column) for column in columns], names=names)
    return Table(
        path,
        table.schema,
        len(table),
        lambda: iter(table.to_batches(max_chunksize=batch_rows)),
        f"sheet {title!r}",
        others,
    )


def _read_sheet(path: Path, sheet: str | None) -> tuple[list[tuple[Any, ...]], str, tuple[str, ...]]:
    """The rows of a sheet, all of one length, its title, and the titles of the others."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl lets errors of zipfile and the XML parser through
        raise SourceError(f"cannot be read as a workbook ({error})", path=path) from error
    with closing(book):
        if sheet is not None and sheet not in book.sheetnames:
            raise SourceError(f"no sheet is called {sheet!r}; there are {', '.join(book.sheetnames)}", path=path)
        page = book[sheet] if sheet else book.worksheets[0]
        page.reset_dimensions()
        rows = [tuple(row) for row in page.iter_rows(values_only=True)]
        width = max(map(len, rows), default=0)
        others = tuple(name for name in book.sheetnames if name != page.title)
        return [row + (None,) * (width - len(row)) for row in rows], page.title, others


def _typed(column: tuple[Any, ...]) -> pa.Array:
    """A column by the type of its cells, as text where they are of several."""
    try:
        array = pa.array(column)
    except (pa.ArrowException, OverflowError):
        array = pa.array([None if cell is None else str(cell) for cell in column], pa.string())
    return array.cast(pa.string()) if pa.types.is_null(array.type) else array


def write_workbook(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> None:
    """Write one sheet with a header that stays in sight.

    Raises:
        QueryError: more rows than a sheet holds.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("buldan")
    try:
        _write_header(sheet, schema.names)
        for row in _iter_rows(path, sheet, batches):
            sheet.append(row)
        book.save(path)
    except BaseException:
        with suppress(Exception):
            sheet.close()  # quietly: its stream would complain when it is collected
        raise


def _write_header(sheet: Any, names: Sequence[str]) -> None:
    sheet.freeze_panes = "A2"
    labels = [_literal(sheet, _clean(name)) for name in names]
    for number, label in enumerate(labels, start=1):
        label.font = Font(bold=True)
        width = min(max(len(label.value) + 2, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append(labels)


def _iter_rows(path: Path, sheet: Any, batches: Iterator[pa.RecordBatch]) -> Iterator[list[Any]]:
    written = 1
    for batch in batches:
        written += batch.num_rows
        if written > _EXCEL_ROWS:
            raise QueryError(f"{path.name}: Excel holds {_EXCEL_ROWS:,} rows; write .csv or .parquet", field="output")
        for row in zip(*(column.to_pylist() for column in flatten(batch).columns), strict=True):
            yield [_cell(sheet, value) for value in row]


def _cell(sheet: Any, value: Any) -> Any:
    """A value that a workbook can hold: text as it stands, and times without a zone."""
    if isinstance(value, str):
        clean = _clean(value)
        return _literal(sheet, clean) if clean.startswith("=") else clean
    return value.replace(tzinfo=None) if getattr(value, "tzinfo", None) else value


def _clean(text: str) -> str:
    return str(ILLEGAL_CHARACTERS_RE.sub(" ", text))


def _literal(sheet: Any, text: str) -> Any:
    """A cell that is no formula, though its text may begin like one."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
