"""A table that has been looked at and not yet read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from buldan.errors import QueryError

__all__ = ["Batches", "Table"]

Batches = Callable[[], Iterator[pa.RecordBatch]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that has been looked at and not yet read.

    Attributes:
        path: the file.
        schema: its columns; text alone for CSV.
        rows: how many there are, for text about so many (its lines); None where only reading tells.
        batches: begins to read.
        manner: how it is read, for people ("windows-1256, separated by ;").
        others: sheets or layers of the file that were not chosen.
    """

    path: Path
    schema: pa.Schema
    rows: int | None
    batches: Batches
    manner: str = ""
    others: tuple[str, ...] = ()

    def require(self, column: str) -> str:
        """`column`, when the table has it.

        Raises:
            QueryError: it has not; names the columns that are written alike.
        """
        if column in self.schema.names:
            return column
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
        names = _listed(name for name, *_ in near)
        hint = f"did you mean {names}?" if near else f"it has {_listed(self.schema.names[:20])}"
        if not near and self.others:
            hint += f" in {self.manner}; --sheet chooses another: {_listed(self.others)}"
        return f"{self.path} has no column {column!r}; {hint}"


def _listed(names: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    return ", ".join(map(repr, names))
