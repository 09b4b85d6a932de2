"""Read the columns to count from a table of mentions or of geocoded rows, by batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa

from buldan.errors import QueryError, SourceError
from buldan.files import open_table

__all__ = ["UNIT_COLUMNS", "iter_batches"]

UNIT_COLUMNS = ("adm3_pcode", "adm2_pcode", "adm1_pcode")
"""Columns with the P-codes of the units that contain a place, from narrow to wide."""

_OFTEN_THEIRS = frozenset({"score", "status", "reason", *UNIT_COLUMNS})
"""Columns of Buldan that the input of a table often has itself; those of Buldan are then called `buldan_…`."""


def iter_batches(source: Path | pd.DataFrame, sums: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Batches of the columns to count, from a frame, a file, or the Parquet files of a folder in the order of names.

    Raises:
        QueryError: the frame does not have `buldan_id` or a column to add up.
        SourceError: the folder has no Parquet files, or a table does not have those columns.
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
    """The columns to count by their usual names; one is called `buldan_…` if the input already had its name."""
    ours = {
        name: f"buldan_{name}" if name in _OFTEN_THEIRS and f"buldan_{name}" in names else name
        for name in ("document", "buldan_id", "confidence", "score", "alternatives", "status", "reason", *UNIT_COLUMNS)
    }
    return {name: column for name, column in ours.items() if column in names} | {name: name for name in sums}
