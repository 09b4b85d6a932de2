"""What GDAL reads and writes: GeoPackage, GeoJSON, FlatGeobuf, KML, shapefiles and their .dbf tables."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.compute as pc
import pyogrio

from buldan.errors import SourceError
from buldan.files.flat import flatten, flatten_schema
from buldan.files.geodata import add_points, point_column, with_plain_geometry, with_points, write_as_words
from buldan.files.sniffing import SAMPLE_BYTES, sniff_encoding
from buldan.files.table import Table

__all__ = ["open_vector", "write_vector"]


class _Driver(NamedTuple):
    """GDAL's driver of a format, and the limits of the format.

    Attributes:
        name: GDAL's name of the driver.
        plain: whether its cells can only be text and numbers.
        longest_name: maximum length of a column's name in bytes; 0 means no limit.
    """

    name: str
    plain: bool = False
    longest_name: int = 0


_DRIVERS = {
    ".geojson": _Driver("GeoJSON"),
    ".geojsonl": _Driver("GeoJSONSeq"),
    ".geojsons": _Driver("GeoJSONSeq"),
    ".gpkg": _Driver("GPKG"),
    ".fgb": _Driver("FlatGeobuf"),
    ".kml": _Driver("LIBKML", plain=True),
    ".kmz": _Driver("LIBKML", plain=True),
    ".shp": _Driver("ESRI Shapefile", plain=True, longest_name=10),
}


_NOT_UTF8 = "not UTF-8; save the file as UTF-8"


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Hide GDAL's warnings of tables without geometry, of cut names and of empty layers: users cannot act on them."""
    with warnings.catch_warnings(action="ignore"):
        yield


def _first_sentence(error: Exception) -> str:
    """The message of a GDAL error, without its advice for programmers."""
    return str(error).partition("; It might help")[0].rstrip(".")


def open_vector(path: Path, *, layer: str | None, encoding: str | None, batch_rows: int) -> Table:
    """Open a layer of a file that GDAL reads; the first layer if none is named.

    Raises:
        SourceError: the file is damaged, or has no such layer.
    """
    if encoding is None and path.suffix.lower() in {".shp", ".dbf"}:
        encoding = _sniff_dbf(path.with_suffix(".dbf"))
    options: dict[str, Any] = {"use_pyarrow": True, "batch_size": batch_rows, "encoding": encoding}
    try:
        with _without_warnings():
            layers = [str(name) for name, _ in pyogrio.list_layers(path)]
            chosen = layer or layers[0]
            rows = pyogrio.read_info(path, layer=chosen)["features"]
            with pyogrio.open_arrow(path, layer=chosen, **options) as (_, reader):
                schema = with_plain_geometry(reader.schema)
    except pyogrio.errors.DataLayerError as error:
        raise SourceError(f"no layer is called {layer!r}; there are {', '.join(layers)}", path=path) from error
    except (pyogrio.errors.DataSourceError, IndexError) as error:
        raise SourceError(f"cannot be read as {path.suffix} ({_first_sentence(error)})", path=path) from error
    except UnicodeDecodeError:
        raise SourceError(_NOT_UTF8, path=path) from None

    def batches() -> Iterator[pa.RecordBatch]:
        with _without_warnings(), pyogrio.open_arrow(path, layer=chosen, **options) as (_, reader):
            for batch in reader:
                try:
                    batch.validate(full=True)  # GDAL gives the bytes of a cell as they are
                except pa.ArrowInvalid:
                    raise SourceError(_NOT_UTF8, path=path) from None
                yield write_as_words(batch, schema)

    others = tuple(name for name in layers if name != chosen)
    return Table(path, schema, rows if rows >= 0 else None, batches, f"layer {chosen!r}" if others else "", others)


def _sniff_dbf(path: Path) -> str | None:
    """The encoding of a .dbf table without a .cpg file that gives it; None if GDAL finds the encoding itself."""
    if path.with_suffix(".cpg").exists() or not path.exists():
        return None
    with path.open("rb") as file:
        head = file.read(32)
        file.seek(int.from_bytes(head[8:10], "little"))  # where the rows begin
        sample = file.read(SAMPLE_BYTES).replace(b"\x00", b" ")
    return sniff_encoding(sample, path).partition("/")[2] or sniff_encoding(sample, path)


def write_vector(
    path: Path,
    schema: pa.Schema,
    batches: Iterator[pa.RecordBatch],
    *,
    point: tuple[str, str],
    layer: str,
    about: Mapping[str, str] | None = None,
) -> None:
    """Write a layer in the format of the suffix of `path`, with `about` as its metadata if the format has room for it.

    A shapefile has column names of at most ten bytes and cells of at most 254 bytes; longer ones are cut.
    """
    driver, about = _DRIVERS[path.suffix.lower()], dict(about or {})
    flat = flatten_schema(schema)
    geometry = point_column(flat, point)
    shaped = with_points(_simplify_schema(flat, driver), geometry)

    def shape(batch: pa.RecordBatch) -> pa.RecordBatch:
        plain = flatten(batch)
        columns = [_simplify_column(column, field.type) for column, field in zip(plain.columns, shaped, strict=False)]
        whole = add_points(pa.record_batch(plain.columns, schema=flat), with_points(flat, geometry), point)
        return pa.record_batch([*columns, *whole.columns[len(columns) :]], schema=shaped)

    with _without_warnings():
        pyogrio.write_arrow(
            pa.RecordBatchReader.from_batches(shaped, map(shape, batches)),
            path,
            layer=path.stem if driver.longest_name else layer,
            driver=driver.name,
            encoding="UTF-8" if driver.longest_name else None,
            geometry_name=geometry,
            geometry_type="Point" if geometry else None,
            crs="EPSG:4326" if geometry else None,
            dataset_metadata=about if driver.name == "GPKG" and about else None,
            **_choose_options(driver.name, geometry, about),
        )
    if driver.longest_name and about:
        _describe_shapefile(path, about)


def _simplify_schema(schema: pa.Schema, driver: _Driver) -> pa.Schema:
    """The schema with types and names that the driver allows."""
    if not driver.plain:
        return schema
    fields = [field.with_type(_simplify_type(field.type)) for field in schema]
    if driver.longest_name:
        names = _shorten_names(schema.names, driver.longest_name)
        fields = [field.with_name(name) for field, name in zip(fields, names, strict=True)]
    return pa.schema(fields)


def _simplify_type(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_boolean(kind):
        return pa.int32()
    return kind if pa.types.is_floating(kind) or pa.types.is_integer(kind) else pa.string()


def _simplify_column(column: pa.Array, kind: pa.DataType) -> pa.Array:
    return column if column.type == kind else pc.cast(column, kind)


def _shorten_names(names: list[str], longest: int) -> list[str]:
    """Distinct names of at most `longest` bytes: cut after a whole letter, and numbered if two would be equal."""
    short: list[str] = []
    for name in names:
        cut, number = _cut(name, longest), 1
        while cut.casefold() in map(str.casefold, short):
            number += 1
            cut = _cut(name, longest - len(str(number)) - 1) + f"_{number}"
        short.append(cut)
    return short


def _cut(name: str, longest: int) -> str:
    return name.encode()[:longest].decode(errors="ignore")


def _choose_options(driver: str, geometry: str | None, about: Mapping[str, str]) -> dict[str, Any]:
    if driver == "GeoJSON":
        metadata = {"DESCRIPTION": about["attribution"]} if "attribution" in about else {}
        return {"RFC7946": "YES", **metadata}
    if driver == "GPKG" and geometry:
        return {"GEOMETRY_NAME": geometry}
    if driver == "FlatGeobuf":
        metadata = {"DESCRIPTION": about["attribution"]} if "attribution" in about else {}
        return {"SPATIAL_INDEX": "NO", **metadata}  # its index cannot have a row without a geometry
    if driver == "LIBKML" and about:
        return {"layer_options": {"DESCRIPTION": "\n".join(about.values())}}
    return {}


def _describe_shapefile(path: Path, about: Mapping[str, str]) -> None:
    """Write metadata next to the shapefile, under the name and in the form (FGDC) that ArcGIS and QGIS read."""
    lines = {key: escape(text) for key, text in about.items()}
    path.with_name(f"{path.name}.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<metadata><idinfo>'
        f"<descript><abstract>Places found by Buldan, {lines.get('version', '')}</abstract></descript>"
        f"<useconst>{lines.get('licence', '')}</useconst><datacred>{lines.get('attribution', '')}</datacred>"
        "</idinfo></metadata>\n",
        "utf-8",
    )
