"""The columns that count, of a table of mentions or of geocoded rows, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa

from buldan.errors import QueryError, SourceError
from buldan.files import open_table

__all__ = ["UNIT_COLUMNS", "iter_batches"]

UNIT_COLUMNS = ("adm3_pcode", "adm2_pcode", "adm1_pcode")
"""Columns with the P-codes of the units that hold a place, from narrow to wide."""

_OFTEN_THEIRS = frozenset({"score", "status", "reason", *UNIT_COLUMNS})
"""Columns of ours that a table may have had before: then ours is called `buldan_…`."""


def iter_batches(source: Path | pd.DataFrame, sums: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """The columns that count, of a frame, or file by file in the order of their names.

    Raises:
        QueryError: a frame without `buldan_id` or one of the columns to add up.
        SourceError: a folder without Parquet files, or a table without those columns.
    """
    if isinstance(source, pd.DataFrame):
        if "buldan_id" not in source.columns:
            raise QueryError("the frame has no column buldan_id; is it of mentions or geocoded rows?", field="source")
        if missing := [column for column in sums if column not in source.columns]:
            raise QueryError(f"the frame has no column {missing[0]!r} to add up", field="sums")
        found = _find_columns(list(map(str, source.columns)), sums)
        columns = {name: source[column] for name, column in found.items()}
        yield from pa.Table.from_pandas(pd.DataFrame(columns), preserve_index=False).to_batches()
        return
    paths = sorted(source.glob("[!_.]*.parquet")) if source.is_dir() else [source]
    if not paths:
        raise SourceError("no Parquet files in this folder", path=source)
    for path in paths:
        table = open_table(path, wanted=("buldan_id",))
        if "buldan_id" not in table.schema.names:
            raise SourceError("no column buldan_id; is this the output of buldan geocode or geoparse?", path=path)
        found = _find_columns(table.schema.names, ()) | {column: table.require(column) for column in sums}
        for batch in table.batches():
            yield pa.record_batch({name: batch.column(column) for name, column in found.items()})


def _find_columns(names: Sequence[str], sums: Sequence[str]) -> dict[str, str]:
    """Where the columns that count are: ours is called `buldan_…` where the table had a name already."""
    ours = {
        name: f"buldan_{name}" if name in _OFTEN_THEIRS and f"buldan_{name}" in names else name
        for name in ("document", "buldan_id", "confidence", "score", "alternatives", "status", "reason", *UNIT_COLUMNS)
    }
    return {name: column for name, column in ours.items() if column in names} | {name: name for name in sums}
