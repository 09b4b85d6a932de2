"""Any table as a schema and a stream of Arrow batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from buldan.errors import QueryError, SourceError
from buldan.files import text
from buldan.files.sniffing import check_format, count_header_rows, sniff_dialect

__all__ = ["BATCH_ROWS", "Table", "open_table"]

BATCH_ROWS = 20_000
"""Rows in a batch."""

Batches = Callable[[], Iterator[pa.RecordBatch]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that has been looked at and not yet read.

    Attributes:
        path: the file.
        schema: its columns; text alone for CSV.
        rows: how many there are, None where only reading tells.
        batches: begins to read.
        manner: how it is read, for people ("windows-1256, separated by ;").
    """

    path: Path
    schema: pa.Schema
    rows: int | None
    batches: Batches
    manner: str = ""

    def require(self, column: str) -> str:
        """`column`, when the table has it.

        Raises:
            QueryError: it has not; names the columns that are written alike.
        """
        if column in self.schema.names:
            return column
        raise QueryError(_missing_column(self, column), field="name")


def _missing_column(table: Table, column: str) -> str:
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - only on the way to an error

    near = process.extract(
        column,
        table.schema.names,
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=3,
        score_cutoff=60,
    )
    names = ", ".join(repr(name) for name, *_ in near)
    hint = f"did you mean {names}?" if near else "it has " + ", ".join(map(repr, table.schema.names[:20]))
    return f"{table.path} has no column {column!r}; {hint}"


def open_table(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_rows: int | None = None,
    sheet: str | None = None,
    batch_rows: int = BATCH_ROWS,
) -> Table:
    """Look at the table in `path`: CSV, TSV, Excel (.xlsx), Parquet, GeoPackage or GeoJSON.

    Args:
        path: the file; its suffix says the format, and its content must agree.
        encoding, delimiter, header_rows: of a text table; sniffed where not given.
        sheet: of a workbook or layer of a GeoPackage; the first where not given.
        batch_rows: rows in a batch.

    Raises:
        SourceError: a file that cannot be read as what it is called; names file, line and what to do.
    """
    check_format(path)
    match path.suffix.lower():
        case ".csv" | ".tsv" | ".tab" | ".txt":
            return _open_text(path, encoding, delimiter, header_rows, batch_rows)
        case ".parquet" | ".geoparquet":
            return _open_parquet(path, batch_rows)
        case ".xlsx":
            return _open_workbook(path, sheet, header_rows, batch_rows)
        case ".gpkg" | ".geojson" | ".geojsonl" | ".geojsons":
            return _open_vector(path, sheet, batch_rows)
    raise SourceError("unknown kind of table; known are .csv .tsv .xlsx .parquet .gpkg .geojson", path=path)


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
        None,
        lambda: text.read_batches(path, dialect, names, header_rows=taken, batch_rows=batch_rows),
        manner,
    )


def _open_parquet(path: Path, batch_rows: int) -> Table:
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise SourceError(_damaged(error), path=path) from error
    schema = _with_plain_geometry(file.schema_arrow)

    def batches() -> Iterator[pa.RecordBatch]:
        try:
            for batch in file.iter_batches(batch_size=batch_rows):
                yield _rename(batch, schema)
        except (pa.ArrowException, OSError) as error:
            raise SourceError(_damaged(error), path=path) from error

    return Table(path, schema, file.metadata.num_rows, batches)


def _damaged(error: Exception) -> str:
    return f"cannot be read as Parquet ({str(error).splitlines()[0].rstrip('.')}); was it cut short?"


def _open_workbook(path: Path, sheet: str | None, header_rows: int | None, batch_rows: int) -> Table:
    """A workbook is read whole: its cells have types of their own, and a column is known when all are seen."""
    rows, title = _read_sheet(path, sheet)
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise SourceError(f"sheet {title!r} is empty", path=path)
    shown = [["" if cell is None else str(cell) for cell in row] for row in rows[:50]]
    if header_rows is None:
        found, sign = count_header_rows(shown[0], shown[1:])
        if found > 1:
            raise SourceError(
                f"the second row of sheet {title!r} looks like a second header ({sign}); "
                "say --header-rows 2 to skip it, or --header-rows 1 to keep it as data",
                path=path,
                line=2,
            )
    taken = header_rows or 1
    labels = [next(filter(str.strip, cells), "") for cells in zip(*shown[:taken], strict=True)]
    names = text.distinct_names(labels)
    columns = list(zip(*rows[taken:], strict=True)) or [()] * len(names)
    table = pa.table([_typed(column) for column in columns], names=names)
    return Table(
        path,
        table.schema,
        len(table),
        lambda: iter(table.to_batches(max_chunksize=batch_rows)),
        f"sheet {title!r}",
    )


def _read_sheet(path: Path, sheet: str | None) -> tuple[list[tuple[Any, ...]], str]:
    from openpyxl import load_workbook  # noqa: PLC0415 - only for workbooks

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
        return [row + (None,) * (width - len(row)) for row in rows], page.title


def _typed(column: tuple[Any, ...]) -> pa.Array:
    """A column by the type of its cells, as text where they are of several."""
    try:
        array = pa.array(column)
    except (pa.ArrowException, OverflowError):
        array = pa.array([None if cell is None else str(cell) for cell in column], pa.string())
    return array.cast(pa.string()) if pa.types.is_null(array.type) else array


def _open_vector(path: Path, layer: str | None, batch_rows: int) -> Table:
    import pyogrio  # noqa: PLC0415 - only for GIS formats

    try:
        info = pyogrio.read_info(path, layer=layer)
        with pyogrio.open_arrow(path, layer=layer, use_pyarrow=True, batch_size=batch_rows) as (_, reader):
            schema = _with_plain_geometry(reader.schema)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise SourceError(f"cannot be read as {path.suffix} ({error})", path=path) from error

    def batches() -> Iterator[pa.RecordBatch]:
        with pyogrio.open_arrow(path, layer=layer, use_pyarrow=True, batch_size=batch_rows) as (_, reader):
            for batch in reader:
                yield _rename(batch, schema)

    return Table(path, schema, info["features"] if info["features"] >= 0 else None, batches)


def _with_plain_geometry(schema: pa.Schema) -> pa.Schema:
    """The schema with its geometry (WKB) as text, for a table that gets a geometry of its own."""
    fields = [pa.field(_geometry_name(field.name), pa.string()) if _is_geometry(field) else field for field in schema]
    return pa.schema(fields)


def _is_geometry(field: pa.Field) -> bool:
    metadata = field.metadata or {}
    named = field.name in {"geometry", "geom", "wkb_geometry"} and pa.types.is_binary(field.type)
    return named or bool(metadata.get(b"ARROW:extension:name", b"").startswith((b"geoarrow", b"ogc")))


def _geometry_name(name: str) -> str:
    return f"input_{name.removeprefix('wkb_')}"


def _rename(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """The batch under `schema`: geometries become WKT."""
    arrays = [
        _to_wkt(column) if _is_geometry(field) else column
        for field, column in zip(batch.schema, batch.columns, strict=True)
    ]
    return pa.record_batch(arrays, schema=schema)


def _to_wkt(column: pa.Array) -> pa.Array:
    import shapely  # noqa: PLC0415 - only where there are geometries

    storage = column.storage if isinstance(column, pa.ExtensionArray) else column
    shapes = shapely.from_wkb(storage.to_pylist())
    return pa.array(shapely.to_wkt(shapes, rounding_precision=7), pa.string())
