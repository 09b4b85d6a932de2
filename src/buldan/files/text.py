"""CSV and TSV: read every cell as text, unchanged."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from buldan.errors import SourceError
from buldan.files.bounds import check_columns
from buldan.files.columns import Column
from buldan.files.flat import flatten
from buldan.files.headers import HEAD_ROWS, find_header
from buldan.files.layout import Layout
from buldan.files.sniffing import SEPARATOR_LINE, Dialect, decode_line

__all__ = ["Head", "count_lines", "read_batches", "read_head", "without_apostrophe", "write_text"]

csv.field_size_limit(1 << 24)

_SEARCHED_ROWS = 2 * HEAD_ROWS
"""Number of rows that are read to find the header, blank rows included."""


class Head(NamedTuple):
    """The header of a text table.

    Attributes:
        columns: the columns that it names.
        taken: number of filled rows of the file down to the last row of the header.
        where: the rows of the header in words; empty if it is the first row.
        notes: what else was found there, in words.
    """

    columns: tuple[Column, ...]
    taken: int
    where: str
    notes: list[str]


def read_head(path: Path, dialect: Dialect, layout: Layout) -> Head:
    """The header of a text table (`buldan.files.headers.find_header`).

    Raises:
        SourceError: the file has only blank lines, or the row given as header is blank or missing.
    """
    head = [
        (position, line - 1, row)
        for position, (line, row) in enumerate(islice(_iter_rows(path, dialect), layout.skip_rows + _SEARCHED_ROWS))
        if line > layout.skip_rows and any(map(str.strip, row))
    ][:HEAD_ROWS]
    if not head:
        fault = "no rows are left; --skip-rows skips too many" if layout.skip_rows else "the file has no rows"
        raise SourceError(fault, path=path, line=1)
    numbers = [number for _, number, _ in head]
    header = find_header(
        [row for *_, row in head],
        header_row=layout.header_position(numbers, path),
        header_rows=layout.header_rows,
    )
    width = max(len(row) for *_, row in head[header.first : header.body])
    check_columns(path, columns=width)
    where, notes = layout.describe(header, numbers)
    return Head(header.columns[:width], head[header.body - 1][0] + 1, where, notes)


def count_lines(path: Path) -> int:
    """Number of lines of a file, which is the number of its rows if no cell has a line break."""
    lines, last = 0, b"\n"
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            lines, last = lines + block.count(b"\n"), block
    return lines + (not last.endswith(b"\n"))  # the last line may end with the file


def read_batches(
    path: Path, dialect: Dialect, names: Sequence[str], *, header_rows: int, batch_rows: int
) -> Iterator[pa.RecordBatch]:
    """The rows below the header as batches of text columns; an empty cell is null, a blank line is not a row.

    Raises:
        SourceError: a row with more or fewer cells than the header, or bytes that the encoding does not have;
            names the line.
    """
    schema = pa.schema([(name, pa.string()) for name in names])
    rows = islice(_iter_rows(path, dialect), header_rows, None)
    while chunk := list(islice(rows, batch_rows)):
        for line, row in chunk:
            if len(row) != len(names):
                raise SourceError(_explain_ragged(row, names), path=path, line=line)
        columns = zip(*(row for _, row in chunk), strict=True)
        arrays = [pa.array([cell or None for cell in column], pa.string()) for column in columns]
        yield pa.record_batch(arrays, schema=schema)


def _explain_ragged(row: Sequence[str], names: Sequence[str]) -> str:
    if any("\n" in cell for cell in row):
        cause = "is a quotation mark left open?"
    elif len(row) > len(names):
        cause = "is a cell with the delimiter in it not in quotes?"
    else:
        cause = "is the row cut short?"
    return f"this row has {len(row)} cells, the header has {len(names)}; {cause}"


def _iter_rows(path: Path, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Pairs of the number of a row's first line and its cells; blank lines are skipped."""
    with _open_lines(path, dialect.encoding) as lines:
        reader = csv.reader(lines, delimiter=dialect.delimiter)
        line = 1
        try:
            for row in reader:
                if row:
                    yield line, row
                line = reader.line_num + 1
        except UnicodeDecodeError as error:
            raise SourceError(
                f"not {dialect.encoding} from about here ({error.reason}); name the encoding with --encoding, "
                "or two of them (utf-8/windows-1256) where lines differ",
                path=path,
                line=line,
            ) from error
        except csv.Error as error:
            raise SourceError(f"cannot be read as a table ({error})", path=path, line=line) from error


@contextmanager
def _open_lines(path: Path, encoding: str) -> Iterator[Iterator[str]]:
    """Open a file as decoded lines; `encoding` is one for all lines, or two of which each line has one."""
    if "/" in encoding:
        with path.open("rb") as raw:
            yield _without_mark(decode_line(line, encoding) for line in raw)
    else:
        with path.open(encoding=encoding, newline="") as file:
            yield _without_mark(file)


def _without_mark(lines: Iterator[str]) -> Iterator[str]:
    """The lines; the first without its byte order mark, or blank if it only gives Excel the delimiter."""
    for line in islice(lines, 1):
        yield "\n" if SEPARATOR_LINE.match(line) else line.removeprefix("\ufeff")
    yield from lines


def write_text(
    path: Path,
    schema: pa.Schema,
    batches: Iterator[pa.RecordBatch],
    *,
    delimiter: str,
    bom: bool = False,
    safe: bool = False,
    tags: Mapping[str, str] | None = None,
) -> None:
    """Write a table as delimited text: cells are quoted if they need it, missing cells are empty.

    With `safe`, an apostrophe is put before text that a spreadsheet would read as a formula (CWE-1236): text that
    begins with = + - @, a tab or a carriage return, and is not a number. `without_apostrophe` removes it again.
    """
    heads = [schema.names, [(tags or {}).get(name, "") for name in schema.names]][: 2 if tags else 1]
    rows_above = [pa.record_batch([pa.array([cell]) for cell in row], names=schema.names) for row in heads]
    with path.open("wb") as file:
        file.write(("\ufeff" if bom else "").encode())
        for batch in chain(rows_above, batches):
            plain = map(_as_text, flatten(batch).columns)
            cells = [_quote_cells(column, delimiter) for column in (map(_make_safe, plain) if safe else plain)]
            rows = pc.binary_join_element_wise(*cells, delimiter, null_handling="replace", null_replacement="")
            file.write("".join(f"{row}\n" for row in rows.to_pylist()).encode())


def _make_safe(cells: pa.Array) -> pa.Array:
    """The cells, with an apostrophe before those that a spreadsheet would read as a formula."""
    risky = pc.and_(
        pc.match_substring_regex(cells, "^[=+@\t\r-]."),
        pc.invert(pc.match_substring_regex(cells, r"^[+-]?[0-9][0-9.,\s]*([eE][+-]?[0-9]+)?$")),
    )
    return pc.if_else(risky, pc.binary_join_element_wise("'", cells, ""), cells) if pc.any(risky).as_py() else cells


def without_apostrophe(cell: str) -> str:
    """The original text of a cell of a CSV that was written with `safe`."""
    return cell[1:] if cell[:2] in {"'=", "'+", "'@", "'-", "'\t", "'\r"} else cell


def _as_text(column: pa.Array) -> pa.Array:
    """Cells as text; times without fractions of a second that are zero."""
    text = column.cast(pa.string())
    if pa.types.is_timestamp(column.type) or pa.types.is_time(column.type):
        return pc.replace_substring_regex(text, r"\.0+(\D|$)", r"\1")
    return text


def _quote_cells(cells: pa.Array, delimiter: str) -> pa.Array:
    needy = pc.match_substring_regex(cells, f'[{re.escape(delimiter)}"\r\n]')
    if not pc.any(needy).as_py():
        return cells
    doubled = pc.replace_substring(cells, '"', '""')
    return pc.if_else(needy, pc.binary_join_element_wise('"', doubled, '"', ""), cells)
