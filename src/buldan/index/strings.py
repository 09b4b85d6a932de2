"""Strings kept as one run of code points with offsets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Strings"]


class Strings:
    """A sequence of strings over two arrays (uint32, int64); each is made when it is asked for."""

    def __init__(self, codes: NDArray[np.uint32], offsets: NDArray[np.int64]) -> None:
        self._codes, self._offsets = codes.data, offsets.data

    @staticmethod
    def make_columns(name: str, values: Sequence[str]) -> dict[str, NDArray[Any]]:
        """The two arrays of some strings, to be cached under `name`."""
        # Four bytes a letter: each string is a run of an array, which is mapped from the file and never decoded
        # whole.
        codes = "".join(values).encode("utf-32-le", "surrogatepass")
        return {
            name: np.frombuffer(codes, np.uint32),
            f"{name}.offsets": np.fromiter(accumulate(map(len, values), initial=0), np.int64, len(values) + 1),
        }

    @staticmethod
    def from_columns(columns: Mapping[str, NDArray[Any]], name: str) -> Strings:
        """The strings cached under `name`."""
        return Strings(columns[name], columns[f"{name}.offsets"])

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, row: int) -> str:
        if not 0 <= row < len(self):
            raise IndexError(f"no string {row}, there are {len(self)}")
        return self._decode(self._offsets[row], self._offsets[row + 1])

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def _decode(self, start: int, end: int) -> str:
        return "".join([chr(self._codes[at]) for at in range(start, end)])

    def take(self, rows: Sequence[int]) -> list[str]:
        """The strings of several rows."""
        return [self[row] for row in rows]

    def find_prefix_range(self, prefix: str) -> tuple[int, int]:
        """Rows that begin with `prefix`, where the strings are sorted."""
        # The greatest code point comes behind whatever may follow the prefix.
        return bisect_left(self, prefix), bisect_left(self, prefix + "\U0010ffff")

    def find_one_edit_apart(self, rows: Sequence[int], key: str) -> list[int]:
        """Those of the rows whose string is one edit from `key`: a letter changed, lost, added, or two swapped."""
        return [row for row in rows if self._is_one_edit_from(row, key)]

    def _is_one_edit_from(self, row: int, key: str) -> bool:
        start, end = self._offsets[row], self._offsets[row + 1]
        # What both begin and end with alike is cut off; one edit is left where at most a letter, or two swapped,
        # remain.
        first, last = 0, len(key)
        if abs((end - start) - last) > 1:
            return False
        while start < end and first < last and self._codes[start] == ord(key[first]):
            start, first = start + 1, first + 1
        while start < end and first < last and self._codes[end - 1] == ord(key[last - 1]):
            end, last = end - 1, last - 1
        mine, asked = end - start, last - first
        if mine == 2 and asked == 2:
            return self._codes[start] == ord(key[first + 1]) and self._codes[start + 1] == ord(key[first])
        return mine + asked > 0 and mine <= 1 and asked <= 1
