"""An open table: its columns are known, its rows are not yet read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from buldan.errors import QueryError
from buldan.files.columns import Column, find_columns

__all__ = ["Batches", "Table"]

Batches = Callable[[], Iterator[pa.RecordBatch]]


@dataclass(frozen=True, slots=True)
class Table:
    """An open table: its columns are known, its rows are not yet read.

    Attributes:
        path: the file.
        schema: its columns; for CSV only text.
        rows: number of rows, approximate for text (its lines); None if it is known only after reading.
        batches: a function that begins to read the rows.
        manner: how it is read, for people ("windows-1256, separated by ;").
        others: sheets or layers of the file that were not chosen.
        columns: the same columns with their letters, HXL tags and labels.
        delimiter: delimiter of a text table, empty for other formats.
        sheet: the sheet of a workbook that is read; empty for other formats.
        notes: changes to the table that people should know ("2 rows above the header left out").
    """

    path: Path
    schema: pa.Schema
    rows: int | None
    batches: Batches
    manner: str = ""
    others: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    delimiter: str = ""
    sheet: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Make `columns` of the names alone, for formats without letters and tags."""
        if not self.columns:
            object.__setattr__(self, "columns", tuple(map(Column, self.schema.names)))

    @property
    def tags(self) -> dict[str, str]:
        """HXL tags by column; empty if the table has none."""
        return {column.name: column.tag for column in self.columns} if any(c.tag for c in self.columns) else {}

    def require(self, column: str) -> str:
        """The name of the column that `column` refers to (`buldan.files.columns.find_columns`).

        Raises:
            QueryError: there is no such column (the message names columns with similar names), or several.
        """
        found = find_columns(self.columns, column)
        if len(found) == 1:
            return found[0]
        if found:
            raise QueryError(
                f"{self.path}: {column!r} may be any of {_format_list(found)}; write one of these", field="name"
            )
        raise QueryError(self._missing(column), field="name")

    def _missing(self, column: str) -> str:
        from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - only on the way to an error

        near = process.extract(
            column,
            self.schema.names,
            scorer=fuzz.WRatio,
            processor=utils.default_process,
            limit=3,
            score_cutoff=60,
        )
        names = _format_list(name for name, *_ in near)
        hint = f"did you mean {names}?" if near else f"it has {_format_list(self.schema.names[:20])}"
        if not near and self.others:
            hint += f" in {self.manner}; --sheet chooses another: {_format_list(self.others)}"
        return f"{self.path} has no column {column!r}; {hint}"


def _format_list(names: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    return ", ".join(map(repr, names))
