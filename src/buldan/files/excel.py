"""Write Excel workbooks: sheets with a header that stays visible when the sheet is scrolled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from buldan.errors import QueryError
from buldan.files.flat import flatten
from buldan.text import is_arabic

__all__ = ["SheetToWrite", "reads_right_to_left", "write_workbook"]

_EXCEL_ROWS = 1_048_576  # maximum of a sheet
_WIDEST, _NARROWEST = 40, 10  # characters of a column


class SheetToWrite(NamedTuple):
    """A sheet of a workbook.

    Attributes:
        title: its title.
        schema: its columns.
        batches: its rows; read after the sheets before it are written.
        links: names of columns with addresses, which are written as links.
        right_to_left: whether its first column is at the right.
    """

    title: str
    schema: pa.Schema
    batches: Iterable[pa.RecordBatch]
    links: frozenset[str] = frozenset()
    right_to_left: bool = False


def write_workbook(
    path: Path,
    sheets: Iterable[SheetToWrite],
    *,
    tags: Mapping[str, str] | None = None,
    about: Mapping[str, str] | None = None,
) -> None:
    """Write sheets one after the other, each with a header that stays visible.

    Args:
        path: the file to write.
        sheets: the first one is shown when the workbook is opened.
        tags: HXL tags by column, written as the second row of the first sheet.
        about: attribution, licence and version of the data, written as the last sheet.

    Raises:
        QueryError: more rows than an Excel sheet can have.
    """
    book = Workbook(write_only=True)
    page: Any = None
    try:
        for number, sheet in enumerate(sheets):
            page = book.create_sheet(sheet.title)
            page.sheet_view.rightToLeft = sheet.right_to_left
            rows = _iter_rows(path, page, sheet)
            _write_header(page, sheet.schema.names, dict(tags or {}) if number == 0 else {})
            for row in rows:
                page.append(row)
        if about:
            page = book.create_sheet("about")
            for pair in about.items():
                page.append([_make_literal(page, text) for text in pair])
        book.save(path)
    except BaseException:
        with suppress(Exception):
            page.close()  # without an error: its stream would report one when it is garbage-collected
        raise


def reads_right_to_left(names: Iterable[str]) -> bool:
    """Whether more than half of the letters of these names are Arabic."""
    letters = [letter for name in names for letter in name if letter.isalpha()]
    return sum(map(is_arabic, letters)) * 2 > len(letters)


def _write_header(sheet: Any, names: Sequence[str], tags: Mapping[str, str]) -> None:
    sheet.freeze_panes = "A3" if tags else "A2"
    labels = [_make_literal(sheet, _clean(name)) for name in names]
    for number, label in enumerate(labels, start=1):
        label.font = Font(bold=True)
        width = min(max(len(label.value) + 2, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append(labels)
    if tags:
        sheet.append([_make_literal(sheet, _clean(tags.get(name, ""))) for name in names])


def _iter_rows(path: Path, page: Any, sheet: SheetToWrite) -> Iterator[list[Any]]:
    written = 1
    for batch in sheet.batches:
        written += batch.num_rows
        if written > _EXCEL_ROWS:
            raise QueryError(f"{path.name}: Excel holds {_EXCEL_ROWS:,} rows; write .csv or .parquet", field="output")
        linked = [name in sheet.links for name in batch.schema.names]
        for row in zip(*(column.to_pylist() for column in flatten(batch).columns), strict=True):
            yield [
                _link(page, value) if link and value else _make_cell(page, value)
                for value, link in zip(row, linked, strict=True)
            ]


def _make_cell(sheet: Any, value: Any) -> Any:
    """A value that a workbook can contain: text, never as a formula; times without their zone; others unchanged."""
    if isinstance(value, str):
        clean = _clean(value)
        return _make_literal(sheet, clean) if clean.startswith("=") else clean
    return value.replace(tzinfo=None) if getattr(value, "tzinfo", None) else value


def _link(sheet: Any, address: str) -> Any:
    """A cell with a link as a formula, because a sheet that is written row by row cannot have links of another kind."""
    cell = WriteOnlyCell(sheet, f'=HYPERLINK("{address.replace(chr(34), "%22")}")')
    cell.font = Font(color="0563C1", underline="single")
    return cell


def _clean(text: str) -> str:
    return str(ILLEGAL_CHARACTERS_RE.sub(" ", text))


def _make_literal(sheet: Any, text: str) -> Any:
    """A cell of text, even if the text begins like a formula."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
