"""Any table as a schema and a stream of Arrow batches."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from buldan.errors import SourceError
from buldan.files import text
from buldan.files.sniffing import check_format, sniff_dialect
from buldan.files.table import Table

__all__ = ["BATCH_ROWS", "open_table"]

BATCH_ROWS = 20_000
"""Rows in a batch."""


def open_table(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_rows: int | None = None,
    sheet: str | None = None,
    batch_rows: int = BATCH_ROWS,
) -> Table:
    """Look at the table in `path`: CSV, TSV, Excel (.xlsx), Parquet, GeoPackage, GeoJSON or FlatGeobuf.

    Args:
        path: the file; its suffix says the format, and its content must agree.
        encoding, delimiter, header_rows: of a text table; sniffed where not given.
        sheet: of a workbook or layer of a GeoPackage; the first where not given.
        batch_rows: rows in a batch.

    Raises:
        QueryError: a delimiter of several letters.
        SourceError: a file that cannot be read as what it is called; names file, line and what to do.
    """
    check_format(path)
    match path.suffix.lower():
        case ".csv" | ".tsv" | ".tab" | ".txt":
            return _open_text(path, encoding, delimiter, header_rows, batch_rows)
        case ".xlsx":
            from buldan.files.workbook import open_workbook  # noqa: PLC0415 - openpyxl is slow to import

            return open_workbook(path, sheet=sheet, header_rows=header_rows, batch_rows=batch_rows)
        case ".parquet" | ".geoparquet":
            from buldan.files.geodata import open_parquet  # noqa: PLC0415 - GDAL is slow to import

            return open_parquet(path, batch_rows=batch_rows)
        case ".gpkg" | ".geojson" | ".geojsonl" | ".geojsons" | ".fgb":
            from buldan.files.geodata import open_vector  # noqa: PLC0415

            return open_vector(path, layer=sheet, batch_rows=batch_rows)
    raise SourceError("unknown kind of table; known are .csv .tsv .xlsx .parquet .gpkg .geojson .fgb", path=path)


def _open_text(
    path: Path, encoding: str | None, delimiter: str | None, header_rows: int | None, batch_rows: int
) -> Table:
    dialect = sniff_dialect(path, encoding=encoding, delimiter=delimiter)
    names, taken = text.read_header(path, dialect, header_rows=header_rows)
    schema = pa.schema([(name, pa.string()) for name in names])
    manner = f"{dialect.encoding}, separated by {'tabs' if dialect.delimiter == chr(9) else dialect.delimiter}"
    return Table(
        path,
        schema,
        max(0, text.count_lines(path) - taken),
        lambda: text.read_batches(path, dialect, names, header_rows=taken, batch_rows=batch_rows),
        manner,
    )
