"""Key → rows, in three flat arrays: the one structure that every part of the index is made of.

Keys are strings, kept as 64-bit hashes in sorted order; a key's rows are one run of the row array. Looking up
is a binary search, so the time grows with the logarithm of the keys, and the arrays can be mapped from a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.index.columns import Columns

__all__ = ["Postings", "hash_key"]


def hash_key(key: str) -> int:
    """A 64-bit hash that is the same in every process: the first bytes of BLAKE2b.

    Two keys collide with probability 2⁻⁶⁴, whatever they have in common (a sum modulo a prime would not do: in
    keys of nine bytes and more, two letters can make up for each other).
    """
    # What is no text (a lone surrogate) is no key either, and no reason to fail.
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class Postings:
    """Rows by key; `keys` sorted, `starts` one longer than `keys`."""

    keys: NDArray[np.uint64]
    starts: NDArray[np.uint32]
    rows: NDArray[np.int32]

    @classmethod
    def build(cls, pairs: Iterable[tuple[str, int]], *, rank: NDArray[Any] | None = None) -> Postings:
        """Postings of (key, row) pairs; a key's rows in order of `rank[row]`, else of the row."""
        listed = pairs if isinstance(pairs, Sequence) else list(pairs)
        hashes = np.fromiter((hash_key(key) for key, _ in listed), dtype=np.uint64, count=len(listed))
        rows = np.fromiter((row for _, row in listed), dtype=np.int32, count=len(listed))
        order = np.lexsort((rows if rank is None else rank[rows], hashes))
        hashes, rows = hashes[order], rows[order]
        fresh = np.ones(len(rows), dtype=bool)
        fresh[1:] = (hashes[1:] != hashes[:-1]) | (rows[1:] != rows[:-1])
        hashes, rows = hashes[fresh], rows[fresh]
        keys, starts = np.unique(hashes, return_index=True)
        return cls(keys, np.append(starts, len(rows)).astype(np.uint32), rows)

    @classmethod
    def from_columns(cls, columns: Columns, name: str) -> Postings:
        """The postings that `to_columns` wrote under `name`."""
        return cls(columns[f"{name}.keys"], columns[f"{name}.starts"], columns[f"{name}.rows"])

    def to_columns(self, name: str) -> dict[str, NDArray[Any]]:
        """Arrays to be cached under `name`."""
        return {f"{name}.keys": self.keys, f"{name}.starts": self.starts, f"{name}.rows": self.rows}

    def find(self, key: str, *, limit: int | None = None) -> list[int]:
        """Rows of a key, at most `limit`; empty where there is none."""
        hashed = hash_key(key)
        position = int(self.keys.searchsorted(np.uint64(hashed)))
        if position == len(self.keys) or int(self.keys[position]) != hashed:
            return []
        start, end = int(self.starts[position]), int(self.starts[position + 1])
        if limit is not None and end - start > limit:
            end = start + limit
        found: list[int] = self.rows[start:end].tolist()
        return found

    def find_all(self, keys: Sequence[str], *, limit: int | None = None) -> list[list[int]]:
        """Rows of each of several keys, in one search."""
        return [rows.tolist() for rows in self.find_views(keys, limit=limit)]

    def find_views(self, keys: Sequence[str], *, limit: int | None = None) -> list[NDArray[np.int32]]:
        """Rows of each of several keys as views of the row array."""
        if not keys or not len(self.keys):
            return [self.rows[:0] for _ in keys]
        hashes = np.array([hash_key(key) for key in keys], dtype=np.uint64)
        positions = self.keys.searchsorted(hashes)
        positions[positions == len(self.keys)] = 0
        hits = self.keys[positions] == hashes
        starts = self.starts[positions].astype(np.int64)
        ends = np.where(hits, self.starts[positions + 1], starts)
        if limit is not None:
            ends = np.minimum(ends, starts + limit)
        return [self.rows[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
