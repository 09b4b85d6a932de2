"""The place that each hit of some passages means so far: what the rounds of relaxation read and change.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from math import exp
from typing import Any

from buldan.geoparse.resolution.place_views import PlaceViews

__all__ = ["Choices"]

_UNIT = 2
"""Bit of the kinds that can hold others (`buldan.geoparse.resolution.place_arrays.PlaceArrays.group`)."""


class Choices:
    """All arguments are views of arrays; `share` and `best` are filled.

    Args:
        pairs: by hit, where its candidates begin, one more, the end; by candidate, its row in `places`.
        places: all there are.
        share: by candidate, its share of the probability among those of its hit.
        best: by hit, the candidate with the greatest share, -1 where it has none.
    """

    def __init__(self, pairs: tuple[Any, Any], places: PlaceViews, share: Any, best: Any) -> None:
        self.first, self.row = pairs
        self.share, self.best = share, best
        self._read(places)

    def _read(self, places: PlaceViews) -> None:
        """Take what is needed of places."""
        self.group = places.group

    def heed(self, sure: Any, told: Any) -> None:
        """Say by hit which are sure, and which are chosen for at all: the others are as if they were not there."""
        self.sure, self.told = sure, told

    def best_row(self, hit: int) -> int:
        """The row of the best place so far of a hit, -1 where it has none."""
        pair = self.best[hit]
        return self.row[pair] if pair >= 0 else -1

    def is_unit(self, hit: int) -> bool:
        """Whether a hit is sure and means a place that can hold others."""
        row = self.best_row(hit)
        unit: bool = self.sure[hit] != 0 and row >= 0 and self.group[row] & _UNIT != 0
        return unit

    def soften(self, hit: int) -> None:
        """Make shares of the log-odds of a hit's candidates (softmax), and take the first of the likeliest."""
        start, stop, best, total = self.first[hit], self.first[hit + 1], -1, 0.0
        for pair in range(start, stop):
            if best < 0 or self.share[pair] > self.share[best]:
                best = pair
        self.best[hit] = best
        # The greatest is taken off before the exponential, which would overflow otherwise and changes no share.
        top = self.share[best] if best >= 0 else 0.0
        for pair in range(start, stop):
            self.share[pair] = exp(self.share[pair] - top)
            total += self.share[pair]
        for pair in range(start, stop):
            self.share[pair] /= total
