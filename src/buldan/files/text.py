"""CSV and TSV: every cell kept as it was written."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa

from buldan.errors import SourceError
from buldan.files.sniffing import Dialect, count_header_rows

__all__ = ["distinct_names", "read_batches", "read_header"]

csv.field_size_limit(1 << 24)


def distinct_names(header: Sequence[str]) -> list[str]:
    """Column names made distinct: a blank one is called after its number, a repeated one gets a number."""
    names: list[str] = []
    for number, cell in enumerate(header, start=1):
        base = name = cell.strip() or f"column {number}"
        repeat = 1
        while name in names:
            repeat += 1
            name = f"{base}.{repeat}"
        names.append(name)
    return names


def read_header(path: Path, dialect: Dialect, *, header_rows: int | None = None) -> tuple[list[str], int]:
    """Names of the columns, and how many rows of the file they take.

    With two header rows, a column is called by the first of them, or by the second where the first is blank.

    Raises:
        SourceError: two header rows where `header_rows` was not given; nothing but blank lines.
    """
    rows = [row for _, row in islice(_iter_rows(path, dialect), 50)]
    if not rows:
        raise SourceError("the file has no rows", path=path, line=1)
    header, *rest = rows
    if header_rows is None:
        found, sign = count_header_rows(header, rest)
        if found > 1:
            raise SourceError(
                f"this line looks like a second header ({sign}); "
                "say --header-rows 2 to skip it, or --header-rows 1 to keep it as data",
                path=path,
                line=2,
            )
        header_rows = 1
    below = rows[1:header_rows]
    labels = [next(filter(str.strip, cells), "") for cells in zip(header, *below, strict=False)]
    return distinct_names(labels), header_rows


def read_batches(
    path: Path, dialect: Dialect, names: Sequence[str], *, header_rows: int, batch_rows: int
) -> Iterator[pa.RecordBatch]:
    """The rows below the header as batches of text columns; an empty cell is null, a blank line is no row.

    Raises:
        SourceError: a row with more or fewer cells than the header, or bytes that the encoding does not have;
            with its line.
    """
    schema = pa.schema([(name, pa.string()) for name in names])
    rows = islice(_iter_rows(path, dialect), header_rows, None)
    while chunk := list(islice(rows, batch_rows)):
        for line, row in chunk:
            if len(row) != len(names):
                raise SourceError(_ragged(row, names), path=path, line=line)
        columns = zip(*(row for _, row in chunk), strict=True)
        arrays = [pa.array([cell or None for cell in column], pa.string()) for column in columns]
        yield pa.record_batch(arrays, schema=schema)


def _ragged(row: Sequence[str], names: Sequence[str]) -> str:
    cause = "is a cell with the delimiter in it not in quotes?" if len(row) > len(names) else "is the row cut short?"
    return f"this row has {len(row)} cells, the header has {len(names)}; {cause}"


def _iter_rows(path: Path, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """(line on which the row begins, its cells); lines with nothing in them are passed over."""
    with path.open(encoding=dialect.encoding, newline="") as file:
        reader = csv.reader(chain.from_iterable([_without_mark(file), file]), delimiter=dialect.delimiter)
        line = 1
        try:
            for row in reader:
                if row:
                    yield line, row
                line = reader.line_num + 1
        except UnicodeDecodeError as error:
            raise SourceError(
                f"not {dialect.encoding} from about here ({error.reason}); name the encoding with --encoding",
                path=path,
                line=line,
            ) from error
        except csv.Error as error:
            raise SourceError(f"cannot be read as a table ({error})", path=path, line=line) from error


def _without_mark(file: Iterator[str]) -> Iterator[str]:
    """The first line without a byte order mark (UTF-16 keeps one when its byte order is given by name)."""
    for line in islice(file, 1):
        yield line.removeprefix("\ufeff")
