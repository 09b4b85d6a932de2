"""How near the places of each hit lie to what is sure around it.

The sure hits change little from one round of relaxation to the next, so the distances are kept, and worked out anew
only for those hits whose neighbours name something else than before.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from buldan.geoparse.names.cues import kind_mask
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.resolution.candidates import Candidates
from buldan.geoparse.resolution.place_arrays import PlaceArrays

__all__ = ["ProximityFeatures"]

_NEIGHBOURS = 5
"""Sure mentions looked at on each side of a hit."""

_WIDE = np.uint64(kind_mask("country,governorate,desert,river,road"))
"""Kinds too wide for nearness to mean anything."""

_WITHIN_KM = (5, 20, 80)
_REACH_KM = 30.0
"""Distance at which a neighbour counts a third of one at the very place."""

_BLOCK = 1024
"""Pairs worked on at once: what is made of them stays in the processor's cache."""


class ProximityFeatures:
    """Distances between the places of a passage, for the best places so far.

    Attributes:
        km: by pair of hit and place, how far the nearest neighbour is; infinite where none tells anything.
        columns: by pair, how near that is and how near all are on the whole, 0..1.
    """

    def __init__(self, hits: Hits, candidates: Candidates, place_arrays: PlaceArrays) -> None:
        self._hits, self._candidates = hits, candidates
        self._place_arrays, self._wide = place_arrays, place_arrays.bit & _WIDE > 0
        self._neighbour_rows = np.full((len(hits), 2 * _NEIGHBOURS + 1), _NOT_MEASURED)
        self._count = np.ones(len(hits), np.int64)
        self.km = np.full(len(candidates), np.inf)
        names = (*(f"near: within {reach} km" for reach in _WITHIN_KM), "near: all")
        self.columns = {name: np.zeros(len(candidates)) for name in names}

    def update(self, best_row: NDArray[np.int64], sure: NDArray[np.bool_]) -> None:
        """Take what each hit names now (rows; -1 for nothing), and which hits are sure."""
        told = self._neighbours(best_row, sure)
        changed = (told != self._neighbour_rows).any(axis=1)
        self._neighbour_rows, self._count = told, np.maximum((told >= 0).sum(axis=1), 1)
        pairs = np.flatnonzero(changed[self._candidates.hit])
        for begin in range(0, len(pairs), _BLOCK):
            self._measure(pairs[begin : begin + _BLOCK])

    def _measure(self, pairs: NDArray[np.int64]) -> None:
        hit = self._candidates.hit[pairs]
        around = self._neighbour_rows[hit].T.copy()
        km = self._place_arrays.km(self._candidates.row[pairs], around)
        self.km[pairs] = nearest = km.min(axis=0)
        for reach in _WITHIN_KM:
            self.columns[f"near: within {reach} km"][pairs] = np.exp(nearest / -reach)
        km /= -_REACH_KM
        self.columns["near: all"][pairs] = np.exp(km, out=km).sum(axis=0) / self._count[hit]

    def of_hits(self, best_row: NDArray[np.int64]) -> NDArray[np.float64]:
        """By hit, how near the nearest of its places comes to the sure mentions around it; infinite if it is wide."""
        nearest = np.full(len(self._hits), np.inf)
        filled = np.flatnonzero(np.diff(self._candidates.first))
        if len(filled):
            nearest[filled] = np.minimum.reduceat(self.km, self._candidates.first[filled])
        nearest[self._wide[best_row]] = np.inf
        return nearest

    def _neighbours(self, best_row: NDArray[np.int64], sure: NDArray[np.bool_]) -> NDArray[np.int64]:
        """By hit, the rows that the sure hits before and behind it name; -1 where one tells nothing.

        A hit of the same name tells nothing, nor does one that shares its words.
        """
        hits = self._hits
        helpful = sure & (best_row >= 0) & ~self._wide[best_row]
        where = np.flatnonzero(helpful)
        behind: NDArray[np.int64] = np.cumsum(helpful) - helpful

        def around(values: NDArray[np.int64]) -> NDArray[np.int32]:
            told = np.full(len(where) + 2 * _NEIGHBOURS + 1, -1, np.int32)
            told[_NEIGHBOURS : _NEIGHBOURS + len(where)] = values[where]
            windows: NDArray[np.int32] = sliding_window_view(told, 2 * _NEIGHBOURS + 1)[behind]
            return windows

        phrase, first, last = (column.astype(np.int32)[:, None] for column in (hits.name_id, hits.first, hits.last))
        mute = around(hits.name_id) == phrase
        mute |= (around(hits.first) < last) & (around(hits.last) > first)
        rows = around(best_row).astype(np.int64)
        rows[mute] = -1
        return rows


_NOT_MEASURED = -2
