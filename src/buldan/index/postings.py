"""Key → rows, in three flat arrays: the one structure that every part of the index is made of.

Keys are strings, kept as 64-bit hashes in sorted order; a key's rows are one run of the row array. Looking up
is a binary search, so the time grows with the logarithm of the keys, and the arrays can be mapped from a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.index.bisection import find_first_at_least

__all__ = ["FNV_OFFSET", "FNV_PRIME", "Postings", "hash_deletions", "hash_key", "hash_keys", "list_deletions"]

FNV_OFFSET, FNV_PRIME = 0xCBF29CE484222325, 0x100000001B3
"""Constants of the 64-bit FNV-1a hash."""

_START, _FACTOR, _MASK = FNV_OFFSET, FNV_PRIME, 0xFFFFFFFFFFFFFFFF

_SHORTEST_NEAR = 3
"""Keys shorter than this have too many neighbours for a deletion to mean anything."""


def hash_key(key: str) -> int:
    """A 64-bit hash that is the same in every process: FNV-1a (Fowler, Noll and Vo) over code points.

    Two keys that differ in one or two letters never collide, others with probability 2⁻⁶⁴.
    """
    return _hash_without(key, -1)


def _hash_without(key: str, left_out: int) -> int:
    """The hash of a key without the letter at `left_out`; of the whole key where that is negative."""
    hashed = _START
    # FNV-1a: a letter is mixed in before the product, so that the last letters count as much as the first.
    for at in range(len(key)):
        if at != left_out:
            hashed = ((hashed ^ ord(key[at])) * _FACTOR) & _MASK
    return hashed


def list_deletions(key: str) -> set[str]:
    """The key and all that leave one letter out (the deletion neighbourhood of SymSpell).

    Two keys one edit apart, a swap of neighbours included, share a member.
    """
    # Of three letters, two are left: all short names would be near each other.
    if len(key) < _SHORTEST_NEAR:
        return {key}
    return {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}


def hash_keys(keys: Sequence[str]) -> NDArray[np.uint64]:
    """`hash_key` of each key: all keys of one length at once, letter by letter."""
    hashes = np.empty(len(keys), np.uint64)
    for rows, letters in _iter_by_length(keys):
        # One operation a letter over all keys of a length, instead of one a key: unsigned integers wrap around as the
        # hash wants.
        hashed = np.full(len(rows), FNV_OFFSET, np.uint64)
        for letter in letters:
            hashed = (hashed ^ letter) * np.uint64(FNV_PRIME)
        hashes[rows] = hashed
    return hashes


def hash_deletions(keys: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """The hashes of all `list_deletions` of each key, and the row of the key that each is of.

    Of a letter written twice both are left out, which gives one hash twice.
    """
    hashes, of = [np.zeros(0, np.uint64)], [np.zeros(0, np.int32)]
    for rows, letters in _iter_by_length(keys):
        # Behind the whole key, in the order of the letters, what has lost one: it begins as the key does so far.
        hashed = np.full((1, len(rows)), FNV_OFFSET, np.uint64)
        for letter in letters:
            lost = hashed[:1] if len(letters) >= _SHORTEST_NEAR else hashed[:0]
            hashed = np.concatenate([(hashed ^ letter) * np.uint64(FNV_PRIME), lost])
        hashes.append(hashed.ravel())
        of.append(np.tile(rows.astype(np.int32), len(hashed)))
    return np.concatenate(hashes), np.concatenate(of)


def _iter_by_length(keys: Sequence[str]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint64]]]:
    """The rows of the keys of each length, and their letters: those that stand first, then the second ones."""
    lengths = np.fromiter(map(len, keys), np.int64, len(keys))
    # The letters of all keys in one array; surrogates pass, for a name may hold what no text should.
    codes = np.frombuffer("".join(keys).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    starts = lengths.cumsum() - lengths
    for length in np.unique(lengths).tolist():
        rows = np.flatnonzero(lengths == length)
        # Positions by letter and key at once: a column for each key of the length, a row for each letter.
        yield rows, codes[starts[rows] + np.arange(length)[:, None]]


class Postings:
    """Rows by key; `keys` (uint64) sorted, `starts` (uint32) one longer than `keys`, `rows` (int32)."""

    def __init__(self, keys: NDArray[np.uint64], starts: NDArray[np.uint32], rows: NDArray[np.int32]) -> None:
        self.keys, self.starts, self.rows = keys, starts, rows
        self._keys, self._starts, self._rows = keys.data, starts.data, rows.data

    @staticmethod
    def build(pairs: Iterable[tuple[str, int]], *, rank: NDArray[Any] | None = None) -> Postings:
        """Postings of (key, row) pairs; a key's rows in order of `rank[row]`, else of the row."""
        listed = pairs if isinstance(pairs, Sequence) else list(pairs)
        rows = np.array([row for _, row in listed], dtype=np.int32)
        return Postings.from_hashes(hash_keys([key for key, _ in listed]), rows, rank=rank)

    @staticmethod
    def from_deletions(keys: Sequence[str]) -> Postings:
        """Postings from the `list_deletions` of keys to their rows."""
        return Postings.from_hashes(*hash_deletions(keys))

    @staticmethod
    def from_hashes(
        hashes: NDArray[np.uint64], rows: NDArray[np.int32], *, rank: NDArray[Any] | None = None
    ) -> Postings:
        """Postings of keys that were hashed, and the row of each."""
        # By hash, and of one hash by rank: so the rows of a key stand together and the best come first.
        order = np.lexsort((rows if rank is None else rank[rows], hashes))
        hashes, rows = hashes[order], rows[order]
        fresh = np.ones(len(rows), dtype=bool)
        fresh[1:] = (hashes[1:] != hashes[:-1]) | (rows[1:] != rows[:-1])
        hashes, rows = hashes[fresh], rows[fresh]
        # Where each key begins is all that is needed to find its rows, since they stand together.
        keys, starts = np.unique(hashes, return_index=True)
        return Postings(keys, np.append(starts, len(rows)).astype(np.uint32), rows)

    @staticmethod
    def from_columns(columns: Mapping[str, NDArray[Any]], name: str) -> Postings:
        """The postings that `to_columns` wrote under `name`."""
        return Postings(columns[f"{name}.keys"], columns[f"{name}.starts"], columns[f"{name}.rows"])

    def to_columns(self, name: str) -> dict[str, NDArray[Any]]:
        """Arrays to be cached under `name`."""
        return {f"{name}.keys": self.keys, f"{name}.starts": self.starts, f"{name}.rows": self.rows}

    def find(self, key: str, most: int = -1) -> list[int]:
        """Rows of a key, at most `most` unless that is negative; empty where there is none."""
        found: list[int] = []
        self._add(hash_key(key), most, found)
        return found

    def find_any(self, keys: Sequence[str], most: int = -1) -> list[int]:
        """Rows of several keys, key by key, each row once."""
        found: list[int] = []
        for key in keys:
            self._add(hash_key(key), most, found)
        return list(dict.fromkeys(found)) if len(keys) > 1 else found

    def find_slips(self, key: str, most: int = -1) -> list[int]:
        """Rows of all `list_deletions` of a key, in order, each once."""
        found: list[int] = []
        self._add(_hash_without(key, -1), most, found)
        if len(key) >= _SHORTEST_NEAR:
            for at in range(len(key)):
                # Of a letter written twice either may go: the rest is the same.
                if at == 0 or key[at] != key[at - 1]:
                    self._add(_hash_without(key, at), most, found)
        # In order of rows, for the next step reads their texts one behind the other.
        return sorted(set(found))

    def take_fair_share(self, positions: Sequence[int], least: int, most: int) -> list[int]:
        """Rows of the keys at these positions, of each at least `least` or a fair share of `most`, `most` in all."""
        found: list[int] = []
        if positions:
            # A skeleton of a hundred names must not crowd out those of one.
            share = max(least, most // len(positions))
            for position in positions:
                start, end = self._starts[position], self._starts[position + 1]
                for at in range(start, min(end, start + share)):
                    found.append(self._rows[at])
        return found[:most]

    def find_most_shared(self, keys: Sequence[str], common: int, rows: int) -> list[int]:
        """Rows, of so many in all, that nearly the most of these keys share, at least two.

        Keys of more rows than `common` are left out.
        """
        # A byte a row: no name has 256 pairs of letters, and most rows stay zero.
        counts = bytearray(rows)
        most = 0
        for key in keys:
            start, end = self._find_run(hash_key(key))
            if end - start <= common:
                for at in range(start, end):
                    row = self._rows[at]
                    counts[row] += 1
                    most = max(most, counts[row])
        # One pair of letters is shared by chance; one fewer than the best may be a slip of one letter.
        least = max(2, most - 1)
        return [row for row in range(rows) if counts[row] >= least]

    def _add(self, hashed: int, most: int, found: list[int]) -> None:
        """Put the rows of a hashed key to those found."""
        start, end = self._find_run(hashed)
        # Negative means all: 0 is a number that may be asked for.
        if 0 <= most < end - start:
            end = start + most
        for at in range(start, end):
            found.append(self._rows[at])

    def _find_run(self, hashed: int) -> tuple[int, int]:
        """Where the rows of a hashed key begin and end; the same twice where there is no such key."""
        # By bisection over the sorted hashes: no table but the keys themselves, which are mapped from the file.
        low = find_first_at_least(self._keys, hashed, 0, len(self._keys))
        if low == len(self._keys) or self._keys[low] != hashed:
            return 0, 0
        return self._starts[low], self._starts[low + 1]
