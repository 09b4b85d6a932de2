"""Write a stream of Arrow batches as any table: CSV, TSV, Excel, Parquet, and the formats of GDAL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from buldan.errors import QueryError
from buldan.files.staging import check_folder, open_staging
from buldan.near_words import suggest_near_word

if TYPE_CHECKING:
    from buldan.files.excel import SheetToWrite

__all__ = ["Wishes", "check_output", "refuse_ending", "write_table"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """Options of writing; each format uses those that concern it.

    Attributes:
        point: the columns of longitude and latitude, degrees; from them the GIS formats and Parquet get a point
            geometry, WGS 84.
        bom: begin a CSV with a byte order mark, which makes Excel read it as UTF-8.
        delimiter: delimiter of a CSV.
        safe: mark cells of a CSV that spreadsheets would read as formulas (`buldan.files.text.write_text`).
        layer: name of the layer of a GeoPackage or KML; the file's stem if not given.
        tags: HXL tags by column, written as the second row of text tables and workbooks.
        about: attribution, licence and version, written in the formats that have room for them.
        sheets: further sheets of a workbook, read after the rows are written.
    """

    point: tuple[str, str] = ("lon", "lat")
    bom: bool = False
    delimiter: str = ","
    safe: bool = False
    layer: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    sheets: Iterable[SheetToWrite] = ()


Writer = Callable[[Path, pa.Schema, Iterator[pa.RecordBatch], Wishes], None]

_PLAIN = Wishes()


def check_output(path: Path) -> None:
    """Check, before any work, that `path` can be written and its suffix is known.

    Raises:
        QueryError: an unknown suffix; the message lists the known ones.
        SourceError: no such folder, or no permission.
    """
    if path.suffix.lower() not in _WRITERS:
        raise refuse_ending(path, _WRITERS)
    check_folder(path)


def refuse_ending(path: Path, known: Iterable[str]) -> QueryError:
    """The error for an output whose name does not end in a format that can be written."""
    suffix = path.suffix.lower()
    named = f"{suffix} files are not written" if suffix else "the name must end in a format"
    return QueryError(f"{path}: {named}; {suggest_near_word(suffix, known)}", field="output")


def write_table(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch], *, wishes: Wishes = _PLAIN) -> None:
    """Write the batches as a table in the format of the suffix of `path`: the whole table or nothing.

    Args:
        path: the file to write; see `check_output` for the suffixes.
        schema: columns of every batch.
        batches: read while they are written, one in memory at a time.
        wishes: options of the formats.

    Raises:
        SourceError: the file cannot be written; the message says why. An earlier file at `path` stays unchanged.
    """
    keeper = _Keeper(batches)
    with open_staging(path) as staging:
        try:
            _WRITERS[path.suffix.lower()](staging, schema, iter(keeper), wishes)
        except Exception:
            if keeper.failure is not None:
                raise keeper.failure from None
            raise


class _Keeper:
    """Batches that keep the error which ended them, because the C libraries that read them lose it."""

    def __init__(self, batches: Iterable[pa.RecordBatch]) -> None:
        self._batches = batches
        self.failure: BaseException | None = None

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        try:
            yield from self._batches
        except BaseException as error:
            self.failure = error
            raise


def _write_text(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch], wishes: Wishes) -> None:
    from buldan.files.text import write_text  # noqa: PLC0415 - each format is loaded only when it is needed

    delimiter = "\t" if path.suffix.lower() == ".tsv" else wishes.delimiter
    write_text(path, schema, batches, delimiter=delimiter, bom=wishes.bom, safe=wishes.safe, tags=wishes.tags)


def _write_workbook(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch], wishes: Wishes) -> None:
    from buldan.files.excel import SheetToWrite, reads_right_to_left, write_workbook  # noqa: PLC0415

    first = SheetToWrite(wishes.layer or "buldan", schema, batches, right_to_left=reads_right_to_left(schema.names))
    write_workbook(path, _chain_sheets(first, wishes.sheets), tags=wishes.tags, about=wishes.about)


def _chain_sheets(first: SheetToWrite, others: Iterable[SheetToWrite]) -> Iterator[SheetToWrite]:
    """The first sheet, then the others, which are made only then: they may contain results of writing the first."""
    yield first
    yield from others


def _write_parquet(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch], wishes: Wishes) -> None:
    from buldan.files.geodata import write_parquet  # noqa: PLC0415

    write_parquet(path, schema, batches, point=wishes.point, about=wishes.about)


def _write_vector(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch], wishes: Wishes) -> None:
    from buldan.files.vector import write_vector  # noqa: PLC0415

    write_vector(path, schema, batches, point=wishes.point, layer=wishes.layer or path.stem, about=wishes.about)


_WRITERS: dict[str, Writer] = {
    ".csv": _write_text,
    ".tsv": _write_text,
    ".xlsx": _write_workbook,
    ".parquet": _write_parquet,
    ".geoparquet": _write_parquet,
    **dict.fromkeys(
        (".geojson", ".geojsonl", ".geojsons", ".gpkg", ".fgb", ".kml", ".kmz", ".shp"),
        _write_vector,
    ),
}
