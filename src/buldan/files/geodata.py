"""Geometries as columns, and the tables that may have one: Parquet and GeoParquet.

A geometry that is read becomes text (WKT), because the output has a geometry of its own: a point, WGS 84.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from buldan.errors import SourceError
from buldan.files.headers import make_distinct
from buldan.files.table import Table

__all__ = [
    "POINT_COLUMN",
    "add_points",
    "open_parquet",
    "point_column",
    "with_plain_geometry",
    "with_points",
    "write_as_words",
    "write_parquet",
]

POINT_COLUMN = "geometry"
"""Name of the geometry column in the formats that have one; `buldan_geometry` if that name is taken."""


def open_parquet(path: Path, *, batch_rows: int) -> Table:
    """Open a Parquet file as a table.

    Raises:
        SourceError: the file is damaged.
    """
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise SourceError(_explain_damage(error), path=path) from error
    schema = with_plain_geometry(file.schema_arrow)

    def batches() -> Iterator[pa.RecordBatch]:
        try:
            for batch in file.iter_batches(batch_size=batch_rows):
                yield write_as_words(batch, schema)
        except (pa.ArrowException, OSError) as error:
            raise SourceError(_explain_damage(error), path=path) from error

    return Table(path, schema, file.metadata.num_rows, batches)


def _explain_damage(error: Exception) -> str:
    reason = str(error).splitlines()[0].partition(". Either")[0].rstrip(".")  # the rest gets better advice below
    return f"cannot be read as Parquet ({reason}); it may be damaged or incomplete"


def with_plain_geometry(schema: pa.Schema) -> pa.Schema:
    """The schema with distinct names, and its geometry (WKB) as text."""
    names = make_distinct([_strip_name(field) for field in schema])
    fields = [
        field.with_name(name).with_type(pa.string()).remove_metadata() if _is_geometry(field) else field.with_name(name)
        for field, name in zip(schema, names, strict=True)
    ]
    return pa.schema(fields)


def _is_geometry(field: pa.Field) -> bool:
    metadata = field.metadata or {}
    named = field.name in {"geometry", "geom", "wkb_geometry"} and pa.types.is_binary(field.type)
    return named or bool(metadata.get(b"ARROW:extension:name", b"").startswith((b"geoarrow", b"ogc")))


def _strip_name(field: pa.Field) -> str:
    return f"input_{field.name.removeprefix('wkb_')}" if _is_geometry(field) else str(field.name)


def write_as_words(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """The batch with the schema `schema`: geometries become WKT."""
    arrays = [
        _to_wkt(column) if _is_geometry(field) else column
        for field, column in zip(batch.schema, batch.columns, strict=True)
    ]
    return pa.record_batch(arrays, schema=schema)


def _to_wkt(column: pa.Array) -> pa.Array:
    storage = column.storage if isinstance(column, pa.ExtensionArray) else column
    shapes = shapely.from_wkb([wkb or None for wkb in storage.to_pylist()])
    return pa.array(shapely.to_wkt(shapes, rounding_precision=7), pa.string())


def write_parquet(
    path: Path,
    schema: pa.Schema,
    batches: Iterator[pa.RecordBatch],
    *,
    point: tuple[str, str],
    about: Mapping[str, str] | None = None,
) -> None:
    """Write Parquet, and GeoParquet 1.1 where the schema has the two columns `point`; `about` is its metadata."""
    geometry = point_column(schema, point)
    shaped = with_points(schema, geometry)
    metadata_added = {key.encode(): text.encode() for key, text in (about or {}).items()}
    if geometry:
        metadata_added[b"geo"] = _make_geo_metadata(geometry)
    if metadata_added:
        shaped = shaped.with_metadata({**(schema.metadata or {}), **metadata_added})
    with pq.ParquetWriter(path, shaped, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(add_points(batch, shaped, point))


def _make_geo_metadata(geometry: str) -> bytes:
    """The file metadata that GeoParquet 1.1 requires; without `crs` the coordinates are OGC:CRS84."""
    column = {"encoding": "WKB", "geometry_types": ["Point"]}
    return json.dumps({"version": "1.1.0", "primary_column": geometry, "columns": {geometry: column}}).encode()


def point_column(schema: pa.Schema, point: tuple[str, str]) -> str | None:
    """The name of the column of points; None if the schema has no coordinates to make them from."""
    if not set(point) <= set(schema.names):
        return None
    return POINT_COLUMN if POINT_COLUMN not in schema.names else f"buldan_{POINT_COLUMN}"


def with_points(schema: pa.Schema, geometry: str | None) -> pa.Schema:
    """The schema with a last column `geometry` for points; unchanged if that is None."""
    return schema.append(pa.field(geometry, pa.binary())) if geometry else schema


def add_points(batch: pa.RecordBatch, shaped: pa.Schema, point: tuple[str, str]) -> pa.RecordBatch:
    """The batch with the schema `shaped`: points made from its columns of longitude and latitude are added."""
    if len(shaped) == batch.num_columns:
        return pa.record_batch(batch.columns, schema=shaped)
    points = _encode_points(*(batch.column(name) for name in point))
    return pa.record_batch([*batch.columns, points], schema=shaped)


def _encode_points(lon: pa.Array, lat: pa.Array) -> pa.Array:
    """Points as WKB, null if a coordinate is missing."""
    x, y = (column.to_numpy(zero_copy_only=False).astype(float) for column in (lon, lat))
    known = ~(np.isnan(x) | np.isnan(y))
    shapes = np.full(len(x), None, dtype=object)
    shapes[known] = shapely.to_wkb(shapely.points(x[known], y[known]))
    return pa.array(shapes, pa.binary())
