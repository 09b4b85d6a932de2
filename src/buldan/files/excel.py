"""Excel workbooks, written: sheets with a header that stays in sight."""

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

_EXCEL_ROWS = 1_048_576  # all that a sheet can hold
_WIDEST, _NARROWEST = 40, 10  # characters of a column


class SheetToWrite(NamedTuple):
    """A further sheet of a workbook.

    Attributes:
        title: what it is called.
        schema: its columns.
        batches: its rows; read when the sheets before are written.
        links: columns that hold addresses, to be clicked.
        right_to_left: whether its first column stands at the right.
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
    """Write sheets one after the other, each with a header that stays in sight.

    Args:
        path: where to.
        sheets: the first is the one that opens.
        tags: HXL tags by column, as a second row of the first sheet.
        about: what a last sheet says of the data: attribution, licence, version.

    Raises:
        QueryError: more rows than a sheet holds.
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
            page.close()  # quietly: its stream would complain when it is collected
        raise


def reads_right_to_left(names: Iterable[str]) -> bool:
    """Whether most letters of some labels are Arabic."""
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
    """A value that a workbook can hold: text as it stands, and times without a zone."""
    if isinstance(value, str):
        clean = _clean(value)
        return _make_literal(sheet, clean) if clean.startswith("=") else clean
    return value.replace(tzinfo=None) if getattr(value, "tzinfo", None) else value


def _link(sheet: Any, address: str) -> Any:
    """A formula, since a sheet that is written row by row has no room for links of its own; shown where it is not."""
    cell = WriteOnlyCell(sheet, f'=HYPERLINK("{address.replace(chr(34), "%22")}")')
    cell.font = Font(color="0563C1", underline="single")
    return cell


def _clean(text: str) -> str:
    return str(ILLEGAL_CHARACTERS_RE.sub(" ", text))


def _make_literal(sheet: Any, text: str) -> Any:
    """A cell that is no formula, though its text may begin like one."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
