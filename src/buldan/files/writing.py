"""A stream of Arrow batches as any table: CSV, TSV, Excel, Parquet, GeoJSON, GeoPackage, FlatGeobuf."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from buldan.errors import QueryError, SourceError
from buldan.files.staging import explain_failure, staged

__all__ = ["POINT_COLUMN", "check_folder", "check_output", "write_table"]

POINT_COLUMN = "geometry"
"""Name of the geometry column in the formats that have one."""

_DRIVERS = {
    ".geojson": "GeoJSON",
    ".geojsonl": "GeoJSONSeq",
    ".geojsons": "GeoJSONSeq",
    ".gpkg": "GPKG",
    ".fgb": "FlatGeobuf",
}
_OPTIONS: dict[str, dict[str, Any]] = {
    "GeoJSON": {"RFC7946": "YES"},
    "GPKG": {"GEOMETRY_NAME": POINT_COLUMN},
}
_EXCEL_ROWS = 1_048_576


class _Wishes(NamedTuple):
    """What the caller asked for; each format takes what concerns it."""

    point: tuple[str, str]
    bom: bool
    layer: str


Writer = Callable[[Path, pa.Schema, Iterator[pa.RecordBatch], _Wishes], None]


def check_output(path: Path) -> None:
    """Make sure, before any work, that `path` can be written and its suffix is known.

    Raises:
        QueryError: an unknown suffix; lists the known ones.
        SourceError: no such folder, or no permission.
    """
    if path.suffix.lower() not in _WRITERS:
        raise QueryError(f"{path}: unknown kind of table; known are {' '.join(_WRITERS)}", field="output")
    check_folder(path)


def check_folder(path: Path) -> None:
    """Make sure that a file can be made at `path`.

    Raises:
        SourceError: no such folder, no permission, or a folder of that name.
    """
    try:
        if path.is_dir():
            raise SourceError("this is a folder; name a file", path=path)
        TemporaryDirectory(prefix=".buldan-", dir=path.parent).cleanup()
    except OSError as error:
        raise explain_failure(error, path) from error


def write_table(
    path: Path,
    schema: pa.Schema,
    batches: Iterable[pa.RecordBatch],
    *,
    point: tuple[str, str] = ("lon", "lat"),
    bom: bool = False,
    layer: str | None = None,
) -> None:
    """Write the batches as the table that the suffix of `path` names: all of it or nothing.

    Where the schema has the two columns `point`, the GIS formats and Parquet get a point geometry, WGS 84.

    Args:
        path: where to; see `check_output` for the suffixes.
        schema: columns of every batch.
        batches: read as they are written, one in memory at a time.
        point: the columns of longitude and latitude, degrees.
        bom: begin a CSV with a byte order mark, so that Excel reads it as UTF-8.
        layer: name of the layer of a GeoPackage; the file's stem where not given.

    Raises:
        SourceError: the file cannot be written; says why. What stood under `path` before stays.
    """
    suffix = path.suffix.lower()
    keeper = _Keeper(batches)
    with staged(path) as staging:
        try:
            _WRITERS[suffix](staging, schema, iter(keeper), _Wishes(point, bom, layer or path.stem))
        except Exception:
            if keeper.failure is not None:
                raise keeper.failure from None
            raise


class _Keeper:
    """Batches that remember the error which ended them, since C libraries that pull them forget it."""

    def __init__(self, batches: Iterable[pa.RecordBatch]) -> None:
        self._batches = batches
        self.failure: BaseException | None = None

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        try:
            yield from self._batches
        except BaseException as error:
            self.failure = error
            raise


def _write_text(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch], wishes: _Wishes) -> None:
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    header = io.StringIO()
    csv.writer(header, delimiter=delimiter, lineterminator="\n").writerow(schema.names)
    options = pyarrow.csv.WriteOptions(include_header=False, delimiter=delimiter)
    flat = _flat_schema(schema)
    with path.open("wb") as file:
        file.write((("\ufeff" if wishes.bom else "") + header.getvalue()).encode("utf-8"))
        with pyarrow.csv.CSVWriter(file, flat, write_options=options) as writer:
            for batch in batches:
                writer.write_batch(_flatten(batch, flat))


def _flat_schema(schema: pa.Schema) -> pa.Schema:
    return pa.schema([field.with_type(_flat_type(field.type)) for field in schema])


def _flat_type(kind: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_nested(kind) or pa.types.is_binary(kind) else kind


def _flatten(batch: pa.RecordBatch, flat: pa.Schema) -> pa.RecordBatch:
    """The batch with lists and structures as JSON, for formats whose cells are plain."""
    arrays = [
        column if column.type == field.type else pa.array(_as_json(column), pa.string())
        for column, field in zip(batch.columns, flat, strict=True)
    ]
    return pa.record_batch(arrays, schema=flat)


def _as_json(column: pa.Array) -> list[str | None]:
    return [
        None if value is None else json.dumps(value, ensure_ascii=False, default=str) for value in column.to_pylist()
    ]


def _write_workbook(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch], _: _Wishes) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 - only for workbooks

    book = Workbook(write_only=True)
    sheet = book.create_sheet("buldan")
    try:
        sheet.append(schema.names)
        for row in _excel_rows(path, schema, batches):
            sheet.append(row)
        book.save(path)
    except BaseException:
        with suppress(Exception):
            sheet.close()  # quietly: its stream would complain when it is collected
        raise


def _excel_rows(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> Iterator[list[Any]]:
    flat = _flat_schema(schema)
    written = 1
    for batch in batches:
        written += batch.num_rows
        if written > _EXCEL_ROWS:
            raise QueryError(f"{path.name}: Excel holds {_EXCEL_ROWS:,} rows; write .csv or .parquet", field="output")
        for row in zip(*(column.to_pylist() for column in _flatten(batch, flat).columns), strict=True):
            yield [_excel_cell(cell) for cell in row]


def _excel_cell(value: Any) -> Any:
    """A value that a workbook can hold: text without control characters, times without a zone."""
    if isinstance(value, str):
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415 - only for workbooks

        return ILLEGAL_CHARACTERS_RE.sub(" ", value)
    return value.replace(tzinfo=None) if getattr(value, "tzinfo", None) else value


def _write_parquet(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch], wishes: _Wishes) -> None:
    shaped = _with_points(schema, wishes.point)
    if shaped is not schema:
        shaped = shaped.with_metadata({**(schema.metadata or {}), b"geo": _geo_metadata()})
    with pq.ParquetWriter(path, shaped, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(_add_points(batch, shaped, wishes.point))


def _geo_metadata() -> bytes:
    """The file metadata that GeoParquet 1.1 asks for; without `crs` the coordinates are OGC:CRS84."""
    column = {"encoding": "WKB", "geometry_types": ["Point"]}
    return json.dumps({"version": "1.1.0", "primary_column": POINT_COLUMN, "columns": {POINT_COLUMN: column}}).encode()


def _with_points(schema: pa.Schema, point: tuple[str, str]) -> pa.Schema:
    has_points = set(point) <= set(schema.names) and POINT_COLUMN not in schema.names
    return schema.append(pa.field(POINT_COLUMN, pa.binary())) if has_points else schema


def _add_points(batch: pa.RecordBatch, shaped: pa.Schema, point: tuple[str, str]) -> pa.RecordBatch:
    if len(shaped) == batch.num_columns:
        return pa.record_batch(batch.columns, schema=shaped)
    points = _points(*(batch.column(name) for name in point))
    return pa.record_batch([*batch.columns, points], schema=shaped)


def _points(lon: pa.Array, lat: pa.Array) -> pa.Array:
    """Points as WKB, null where there is no coordinate."""
    import shapely  # noqa: PLC0415 - only where there are geometries

    x, y = (column.to_numpy(zero_copy_only=False).astype(float) for column in (lon, lat))
    known = ~(np.isnan(x) | np.isnan(y))
    shapes = np.full(len(x), None, dtype=object)
    shapes[known] = shapely.to_wkb(shapely.points(x[known], y[known]))
    return pa.array(shapes, pa.binary())


def _write_vector(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch], wishes: _Wishes) -> None:
    import pyogrio  # noqa: PLC0415 - only for GIS formats

    flat = _flat_schema(schema)
    shaped = _with_points(flat, wishes.point)
    stream = pa.RecordBatchReader.from_batches(
        shaped, (_add_points(_flatten(batch, flat), shaped, wishes.point) for batch in batches)
    )
    driver = _DRIVERS[path.suffix.lower()]
    options = dict(_OPTIONS.get(driver, {}))
    if driver == "FlatGeobuf" and flat.field(wishes.point[0]).nullable:
        options["SPATIAL_INDEX"] = "NO"  # its index cannot hold a row without a place
    pyogrio.write_arrow(
        stream,
        path,
        layer=wishes.layer,
        driver=driver,
        geometry_name=POINT_COLUMN if shaped is not flat else None,
        geometry_type="Point" if shaped is not flat else None,
        crs="EPSG:4326" if shaped is not flat else None,
        **options,
    )


_WRITERS: dict[str, Writer] = {
    ".csv": _write_text,
    ".tsv": _write_text,
    ".xlsx": _write_workbook,
    ".parquet": _write_parquet,
    ".geoparquet": _write_parquet,
    **dict.fromkeys(_DRIVERS, _write_vector),
}
