"""Keys with a number each, kept as sorted hashes: a dictionary that takes no memory but two arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.index.bisection import find_first_at_least
from buldan.index.postings import hash_key, hash_keys

__all__ = ["NumberedKeys"]


class NumberedKeys:
    """Numbers by key over two arrays (uint64, int64), which can be mapped from a file."""

    def __init__(self, hashes: NDArray[np.uint64], numbers: NDArray[np.int64]) -> None:
        self._hashes, self._numbers = hashes.data, numbers.data

    @staticmethod
    def make_columns(name: str, keys: Sequence[str], numbers: Iterable[int]) -> dict[str, NDArray[Any]]:
        """The two arrays of some keys, no two alike, and the number of each, to be cached under `name`."""
        hashes = hash_keys(keys)
        order = np.argsort(hashes)
        of_key = np.fromiter(numbers, np.int64, len(keys))
        return {f"{name}.hash": hashes[order], f"{name}.number": of_key[order]}

    @staticmethod
    def from_columns(columns: Mapping[str, NDArray[Any]], name: str) -> NumberedKeys:
        """The keys cached under `name`."""
        return NumberedKeys(columns[f"{name}.hash"], columns[f"{name}.number"])

    def __len__(self) -> int:
        return len(self._hashes)

    def find(self, key: str) -> int:
        """The number of a key, -1 for none. Another key passes for one with probability 2⁻⁶⁴ for each that is kept."""
        hashed, count = hash_key(key), len(self._hashes)
        at = find_first_at_least(self._hashes, hashed, 0, count)
        return self._numbers[at] if at < count and self._hashes[at] == hashed else -1
