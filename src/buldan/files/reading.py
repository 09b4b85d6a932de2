"""Any table as a schema and a stream of Arrow batches."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from buldan.errors import SourceError
from buldan.files import text
from buldan.files.layout import Layout
from buldan.files.mojibake import mend_mojibake
from buldan.files.sniffing import check_format, sniff_dialect
from buldan.files.table import Table
from buldan.near_words import suggest_near_word

__all__ = ["BATCH_ROWS", "open_table"]

BATCH_ROWS = 20_000
"""Number of rows in a batch."""

_TEXT = (".csv", ".tsv", ".tab", ".txt")
_SHEETS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_PARQUET = (".parquet", ".geoparquet")
_TEXTS = (".jsonl", ".ndjson", ".html", ".htm")
_DOCUMENTS = (".docx", ".doc", ".odt", ".rtf", ".pdf", ".pptx")
_VECTOR = (".gpkg", ".geojson", ".geojsonl", ".geojsons", ".fgb", ".shp", ".dbf", ".kml", ".kmz")

_SEPARATED_BY = {
    ",": "separated by commas",
    ";": "separated by semicolons",
    "\t": "separated by tabs",
    "|": "separated by vertical bars",
}
"""The usual delimiters in words: the signs themselves are lost among the signs of the message."""


def open_table(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_row: int | None = None,
    header_rows: int | None = None,
    skip_rows: int = 0,
    sheet: str | None = None,
    wanted: Sequence[str] = (),
    batch_rows: int = BATCH_ROWS,
) -> Table:
    """Open the table in `path`: find its columns, without reading its rows if the format allows that.

    Args:
        path: the file; its suffix gives the format, and its content must have that format.
        encoding, delimiter: of a text table; detected if not given. `encoding` also applies to a shapefile or .dbf.
        header_row: the first row of the header of a text table or sheet, counted from 1; detected if not given.
        header_rows: number of rows of the header; detected if not given.
        skip_rows: number of rows at the top to skip.
        sheet: sheet of a workbook, or layer of a GeoPackage; if not given, the first that has `wanted`.
        wanted: columns that the table should have.
        batch_rows: number of rows in a batch.

    Raises:
        QueryError: a delimiter of several letters.
        SourceError: a file that cannot be read in the format of its suffix; names file, line and what to do.
    """
    suffix = path.suffix.lower()
    if suffix in _DOCUMENTS and path.is_file():  # before its content is read: a .docx is a zip archive like an .xlsx
        raise SourceError(_refuse_ending(suffix), path=path)
    check_format(path)
    layout = Layout(sheet, header_row, header_rows, skip_rows, tuple(wanted))
    if suffix in _TEXT:
        if sheet:
            raise SourceError("a text table has no sheets; leave out --sheet", path=path)
        table = _open_text(path, encoding, delimiter, layout, batch_rows)
    elif suffix in _SHEETS:
        from buldan.files.workbook import open_workbook  # noqa: PLC0415 - its libraries are slow to import

        table = open_workbook(path, layout=layout, batch_rows=batch_rows)
    elif suffix in _PARQUET:
        from buldan.files.geodata import open_parquet  # noqa: PLC0415

        table = open_parquet(path, batch_rows=batch_rows)
    elif suffix in _VECTOR:
        from buldan.files.vector import open_vector  # noqa: PLC0415 - GDAL is slow to import

        table = open_vector(path, layer=sheet, encoding=encoding, batch_rows=batch_rows)
    else:
        raise SourceError(_refuse_ending(suffix), path=path)
    return mend_mojibake(table)


def _refuse_ending(suffix: str) -> str:
    """A message why a file with this suffix is not read as a table, and what to do."""
    if suffix in _TEXTS:
        return f"a table is expected, and {suffix} is a file of texts; use buldan geoparse for texts"
    if suffix in _DOCUMENTS:
        return (
            f"tables are not read from {suffix} files; copy the table into a spreadsheet and save it as .xlsx or .csv"
        )
    known = (*_TEXT[:2], *_SHEETS, _PARQUET[0], *_VECTOR)
    named = f"tables are not read from {suffix} files" if suffix else "a table's name must end in its format"
    return f"{named}; {suggest_near_word(suffix, known)}"


def _open_text(path: Path, encoding: str | None, delimiter: str | None, layout: Layout, batch_rows: int) -> Table:
    dialect = sniff_dialect(path, encoding=encoding, delimiter=delimiter)
    head = text.read_head(path, dialect, layout)
    names = [column.name for column in head.columns]
    separated = _SEPARATED_BY.get(dialect.delimiter, f"separated by {dialect.delimiter!r}")
    return Table(
        path,
        pa.schema([(name, pa.string()) for name in names]),
        max(0, text.count_lines(path) - head.taken),
        lambda: text.read_batches(path, dialect, names, header_rows=head.taken, batch_rows=batch_rows),
        ", ".join(filter(None, (dialect.encoding, separated, head.where))),
        columns=head.columns,
        delimiter=dialect.delimiter,
        notes=tuple(head.notes),
    )
