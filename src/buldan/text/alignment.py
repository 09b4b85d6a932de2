"""Weighted edit distance of many sequences of small numbers from one (Wagner and Fischer 1974)."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import inf
from typing import Any

__all__ = ["Aligner"]


class Aligner:
    """Alignments of sequences of the symbols 1 … `width` - 1; symbol 0 is nothing.

    What an edit costs depends on whether each of the two sequences holds a symbol from `marked` on: `costs` are the
    numbers `[left is marked][right is marked][left symbol][right symbol]`, flattened.
    """

    def __init__(self, costs: array[float], width: int, marked: int) -> None:
        self._costs = memoryview(costs)
        self._width = width
        self._marked = marked

    def measure_costs(
        self,
        content: Any,
        starts: Sequence[int],
        ends: Sequence[int],
        asked: bytes,
        worth: float = inf,
        best: float = inf,
    ) -> list[float]:
        """What it costs for each of the sequences `content[start:end]` to become `asked`.

        Infinity for one that costs more by `worth` than `best` or the cheapest one before it: its alignment is broken
        off.

        Args:
            content: all sequences, one number a symbol.
            starts, ends: of each sequence, in `content`.
            asked: the sequence that they are compared with.
            worth, best: in the unit of `costs`.
        """
        row = memoryview(array("d", bytes(8 * (len(asked) + 1))))
        asked_marked = self._is_marked(asked, 0, len(asked))
        found = []
        for position in range(len(starts)):
            start, end = starts[position], ends[position]
            table = 2 * self._is_marked(content, start, end) + asked_marked
            cost = self._align(table * self._width * self._width, content, start, end, asked, row, best + worth)
            found.append(cost)
            best = min(best, cost)
        return found

    def _is_marked(self, content: Any, start: int, end: int) -> bool:
        """Whether a sequence has a symbol from `marked` on."""
        for at in range(start, end):  # noqa: SIM110 - a generator would not compile to a loop
            if content[at] >= self._marked:
                return True
        return False

    def _align(self, table: int, content: Any, start: int, end: int, asked: Any, row: Any, limit: float) -> float:
        """The least cost of one alignment, infinity above a limit; ends that agree stay aligned."""
        costs, width = self._costs, self._width
        first, last = 0, len(asked)
        while start < end and first < last and content[start] == asked[first]:
            start, first = start + 1, first + 1
        while start < end and first < last and content[end - 1] == asked[last - 1]:
            end, last = end - 1, last - 1
        best = row[0] = 0.0
        for at in range(first, last):
            best = row[at - first + 1] = best + costs[table + asked[at]]
        for left in range(start, end):
            swaps = table + content[left] * width
            drop = costs[swaps]
            diagonal = row[0]
            least = best = row[0] = diagonal + drop
            for at in range(first, last):
                swap = diagonal + costs[swaps + asked[at]]
                diagonal = row[at - first + 1]
                best += costs[table + asked[at]]
                if diagonal + drop < best:
                    best = diagonal + drop
                if swap < best:
                    best = swap
                if best < least:
                    least = best
                row[at - first + 1] = best
            if least > limit:
                return inf
        return float(best) if best <= limit else inf
