"""Limits of the size of a table, because a small file may need all memory.

A spreadsheet is a zip archive: it can become a thousand times larger when it is decompressed, and one cell in the last
row and column makes a sheet as large as a sheet can be. Ordinary spreadsheets become about twenty times larger, and
their cells are close together.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import ParseError, iterparse
from zipfile import BadZipFile, ZipFile

from buldan.errors import SourceError

__all__ = [
    "MOST_CELLS",
    "MOST_COLUMNS",
    "check_archive",
    "check_columns",
    "check_repeats",
    "check_spread",
    "explain_damaged_workbook",
]

MOST_COLUMNS = 16_384
"""Maximum number of columns of a table, the same as in Excel."""

MOST_CELLS = 30_000_000
"""Maximum number of cells of a sheet, which is read into memory as a whole: a million rows of thirty columns."""

_MOST_UNFOLDED = 4 << 30
_SUSPECT_RATIO, _SUSPECT_BYTES = 200, 64 << 20
"""An archive of more than 64 MB, decompressed, that was compressed more than 200 times is refused.

Numbers and words of ordinary sheets are compressed 10 to 30 times.
"""

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_VALUE_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"


def explain_damaged_workbook(error: Exception, path: Path) -> SourceError:
    """The error for a workbook that a library cannot read, to be raised."""
    return SourceError(f"cannot be read as a workbook ({error}); it may be damaged or incomplete", path=path)


def check_archive(path: Path) -> None:
    """Refuse an archive that is too large when it is decompressed.

    Raises:
        SourceError: the archive is too large, or damaged.
    """
    try:
        with ZipFile(path) as archive:
            members = archive.infolist()
    except (BadZipFile, OSError) as error:
        raise explain_damaged_workbook(error, path) from error
    unfolded, folded = (
        sum(sizes) for sizes in zip((0, 0), *((m.file_size, m.compress_size) for m in members), strict=True)
    )
    if unfolded > _MOST_UNFOLDED or (unfolded > _SUSPECT_BYTES and unfolded > _SUSPECT_RATIO * max(folded, 1)):
        raise SourceError(
            f"this workbook unpacks from {folded / 1e6:,.1f} to {unfolded / 1e6:,.0f} MB, too much for one sheet; "
            "save the sheet as .csv or .parquet",
            path=path,
        )


def check_spread(path: Path, *, cells: int) -> None:
    """Refuse a sheet with too many cells to be read into memory.

    Raises:
        SourceError: the sheet has more than `MOST_CELLS`.
    """
    if cells > MOST_CELLS:
        raise SourceError(
            f"this sheet has {cells:,} cells, more than the maximum of {MOST_CELLS:,}; delete cells that are far "
            "outside the table, or save it as .csv or .parquet",
            path=path,
        )


def check_columns(path: Path, *, columns: int) -> None:
    """Refuse a table of more columns than any spreadsheet has.

    Raises:
        SourceError: the table has more than `MOST_COLUMNS`.
    """
    if columns > MOST_COLUMNS:
        raise SourceError(f"this table has {columns:,} columns, more than the {MOST_COLUMNS:,} of Excel", path=path)


def check_repeats(path: Path) -> None:
    """Refuse an OpenDocument spreadsheet that has too many cells once repeated cells and rows are counted.

    Raises:
        SourceError: the sheet has more than `MOST_CELLS`, or the file is damaged.
    """
    row = column = last_row = last_column = 0
    try:
        with ZipFile(path) as archive, archive.open("content.xml") as content:
            for event, element in iterparse(content, ("start", "end")):
                tag = element.tag
                if event == "start" and tag == f"{_TABLE}table":
                    row = column = last_row = last_column = 0
                elif event == "end" and tag in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
                    column += int(element.get(f"{_TABLE}number-columns-repeated", "1"))
                    if element.get(_VALUE_TYPE):
                        last_column, last_row = max(last_column, column), row + 1
                elif event == "end" and tag == f"{_TABLE}table-row":
                    repeated = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
                    # If this row is the last one with a value, its copies have a value, too.
                    last_row += repeated - 1 if last_row == row + 1 else 0
                    row, column = row + repeated, 0
                    check_spread(path, cells=last_row * last_column)
                    element.clear()
    except (BadZipFile, KeyError, OSError, ValueError, ParseError) as error:
        raise explain_damaged_workbook(error, path) from error
