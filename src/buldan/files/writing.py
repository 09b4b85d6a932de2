"""A stream of Arrow batches as any table: CSV, TSV, Excel, Parquet, GeoJSON, GeoPackage, FlatGeobuf."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from buldan.errors import QueryError
from buldan.files.staging import check_folder, staged

__all__ = ["check_output", "write_table"]


class _Wishes(NamedTuple):
    """What the caller asked for; each format takes what concerns it."""

    suffix: str
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
            _WRITERS[suffix](staging, schema, iter(keeper), _Wishes(suffix, point, bom, layer or path.stem))
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
    from buldan.files.text import write_text  # noqa: PLC0415 - each format is loaded when it is asked for

    write_text(path, schema, batches, delimiter="\t" if wishes.suffix == ".tsv" else ",", bom=wishes.bom)


def _write_workbook(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch], _: _Wishes) -> None:
    from buldan.files.workbook import write_workbook  # noqa: PLC0415

    write_workbook(path, schema, batches)


def _write_parquet(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch], wishes: _Wishes) -> None:
    from buldan.files.geodata import write_parquet  # noqa: PLC0415

    write_parquet(path, schema, batches, point=wishes.point)


def _write_vector(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch], wishes: _Wishes) -> None:
    from buldan.files.geodata import write_vector  # noqa: PLC0415

    write_vector(path, schema, batches, suffix=wishes.suffix, point=wishes.point, layer=wishes.layer)


_WRITERS: dict[str, Writer] = {
    ".csv": _write_text,
    ".tsv": _write_text,
    ".xlsx": _write_workbook,
    ".parquet": _write_parquet,
    ".geoparquet": _write_parquet,
    **dict.fromkeys((".geojson", ".geojsonl", ".geojsons", ".gpkg", ".fgb"), _write_vector),
}
