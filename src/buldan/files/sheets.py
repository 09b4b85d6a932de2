"""Spreadsheets as their libraries read them: rows with their numbers, and ranges of merged cells.

.xlsx is read by openpyxl, row by row: its time and memory depend on the filled cells, even if one of them is in the
last row and column. .xls, .xlsb and .ods are read by calamine.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from buldan.errors import SourceError
from buldan.files.bounds import check_archive, check_repeats, check_spread, explain_damaged_workbook
from buldan.files.headers import Merged

__all__ = ["Book", "Row", "Sheet", "open_book"]


class Row(NamedTuple):
    """A row with a filled cell: its number, counted from 0, and its cells up to the last filled one."""

    number: int
    cells: list[Any]


class Sheet(NamedTuple):
    """The content of a sheet: its filled rows, and its merged ranges by numbers of rows and columns."""

    rows: list[Row]
    merged: list[Merged]


class Book(Protocol):
    """A workbook: titles of its sheets, visible sheets first, and a method that reads one of them."""

    titles: list[str]

    def read(self, title: str) -> Sheet:
        """A sheet by its title."""


@contextmanager
def open_book(path: Path) -> Iterator[Book]:
    """Open a workbook to read its sheets. Warnings of its library are hidden: they are for programmers.

    Raises:
        SourceError: the file is damaged, or too large when it is decompressed.
    """
    suffix = path.suffix.lower()
    if suffix != ".xls":
        check_archive(path)
    if suffix == ".ods":
        check_repeats(path)
    with warnings.catch_warnings(action="ignore"):
        try:
            book = _open(path, suffix)
        except Exception as error:  # the libraries do not catch errors of the zip and XML parsers
            raise explain_damaged_workbook(error, path) from error
        with closing(book):
            try:
                yield book
            except SourceError:
                raise
            except Exception as error:
                raise explain_damaged_workbook(error, path) from error


def _open(path: Path, suffix: str) -> _Excel | _Calamine | _Gdal:
    """The workbook, opened with the library that reads its format best."""
    if suffix in {".xlsx", ".xlsm"}:
        return _Excel(path)
    try:
        return _Calamine(path)
    except Exception:
        if suffix != ".ods":
            raise
        return _Gdal(path)  # calamine refuses line breaks between the cells of a table, which are allowed


class _Excel:
    """An .xlsx file."""

    def __init__(self, path: Path) -> None:
        from openpyxl import load_workbook  # noqa: PLC0415 - slow to import

        self._path = path
        self._book = load_workbook(path, read_only=True, data_only=True)
        sheets = sorted(self._book.worksheets, key=lambda sheet: sheet.sheet_state != "visible")
        self.titles = [sheet.title for sheet in sheets]

    def read(self, title: str) -> Sheet:
        """Read a sheet with openpyxl's inner parser of read-only sheets, which gives row numbers and merged cells."""
        from openpyxl.worksheet._reader import WorkSheetParser  # noqa: PLC0415

        book, sheet = self._book, self._book[title]
        with sheet._get_source() as source:
            parser = WorkSheetParser(
                source,
                sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            rows, spread = [], 0
            for number, cells in parser.parse():
                row = _make_row(number - 1, {cell["column"] - 1: cell["value"] for cell in cells})
                if row is not None:
                    rows.append(row)
                    spread += len(row.cells)
                    check_spread(self._path, cells=spread)
        areas = parser.merged_cells.mergeCell if parser.merged_cells else ()
        bounds = [area.ref and _parse_bounds(area.ref) for area in areas]
        return Sheet(rows, [Merged(top - 1, left - 1, bottom - 1, right - 1) for left, top, right, bottom in bounds])

    def close(self) -> None:
        self._book.close()


def _parse_bounds(ref: str) -> tuple[int, int, int, int]:
    from openpyxl.utils import range_boundaries  # noqa: PLC0415

    left, top, right, bottom = range_boundaries(ref)
    return left, top, right, bottom


def _make_row(number: int, filled: dict[int, Any]) -> Row | None:
    """A row made of its cells by column; None if all of them are blank."""
    kept = {at: value for at, value in filled.items() if not _is_blank(value)}
    if not kept:
        return None
    return Row(number, [kept.get(at) for at in range(max(kept) + 1)])


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


class _Calamine:
    """An .xls, .xlsb or .ods file."""

    def __init__(self, path: Path) -> None:
        from python_calamine import CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415 - seldom needed

        self._book = CalamineWorkbook.from_path(str(path))
        shown = sorted(self._book.sheets_metadata, key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)
        self.titles = [sheet.name for sheet in shown]

    def read(self, title: str) -> Sheet:
        sheet = self._book.get_sheet_by_name(title)
        rows = (
            _make_row(number, {at: _simplify_number(value) for at, value in enumerate(cells)})
            for number, cells in enumerate(sheet.to_python(skip_empty_area=False))
        )
        areas = sheet.merged_cell_ranges or ()
        return Sheet(
            [row for row in rows if row is not None],
            [Merged(top, left, bottom, right) for (top, left), (bottom, right) in areas],
        )

    def close(self) -> None:
        self._book.close()


def _simplify_number(value: Any) -> Any:
    """A whole number as an integer, as people see it: all numbers of these files are floats."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


class _Gdal:
    """An .ods file; cells come as text."""

    def __init__(self, path: Path) -> None:
        import pyogrio  # noqa: PLC0415 - seldom needed

        self._path = path
        self.titles = [str(name) for name, _ in pyogrio.list_layers(path)]

    def read(self, title: str) -> Sheet:
        import pyogrio  # noqa: PLC0415

        _, table = pyogrio.read_arrow(self._path, layer=title, HEADERS="DISABLE", FIELD_TYPES="STRING")
        rows = (_make_row(number, dict(enumerate(row.values()))) for number, row in enumerate(table.to_pylist()))
        return Sheet([row for row in rows if row is not None], [])

    def close(self) -> None:
        """Do nothing: no file is kept open."""
