"""Strings kept as one run of bytes with offsets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, overload

from numpy.typing import NDArray

from buldan.index.columns import Columns

__all__ = ["Strings"]


class Strings(Sequence[str]):
    """A sequence of strings over two arrays; each is decoded when it is asked for."""

    def __init__(self, content: NDArray[Any], offsets: NDArray[Any]) -> None:
        self._content = memoryview(content.data)
        self._offsets = offsets

    @classmethod
    def from_columns(cls, columns: Columns, name: str) -> Strings:
        """The strings cached under `name`."""
        return cls(columns[name], columns[f"{name}.offsets"])

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return self.take(list(range(*row.indices(len(self)))))
        return str(self._content[int(self._offsets[row]) : int(self._offsets[row + 1])], "utf-8")

    def take(self, rows: Sequence[int]) -> list[str]:
        """The strings of several rows."""
        content = self._content
        starts, ends = self._offsets[rows].tolist(), self._offsets[1:][rows].tolist()
        return [str(content[start:end], "utf-8") for start, end in zip(starts, ends, strict=True)]

    def prefix_range(self, prefix: str) -> tuple[int, int]:
        """Rows that begin with `prefix`, where the strings are sorted."""
        return bisect_left(self, prefix), bisect_left(self, prefix + "\U0010ffff")
