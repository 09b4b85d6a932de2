"""Which place each hit means: what speaks for each place alone, then all hits of a passage weighed together."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.linear_model import Weights
from buldan.geoparse.names.cues import encode_kinds
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.resolution.candidates import Candidates
from buldan.geoparse.resolution.choices import ALONE, BEHIND, JOINT_FEATURES, NEIGHBOURS
from buldan.geoparse.resolution.place_arrays import PlaceArrays
from buldan.geoparse.resolution.relaxation import Relaxation

__all__ = ["ToponymResolver"]

_ROUNDS = 2
"""Rounds of relaxation: in the second a hit sees what those around it chose when they saw each other."""


class ToponymResolver:
    """The places of the hits of some passages.

    Attributes:
        candidates: every place of every hit.
        choices: which of them was chosen last, for compiled loops.
    """

    def __init__(
        self, hits: Hits, name_table: NameTable, asked: NDArray[np.int64], place_arrays: PlaceArrays, weights: Weights
    ) -> None:
        self.candidates = candidates = Candidates(hits, name_table, place_arrays, asked, weights)
        if candidates.governorates_asked:
            candidates.scores[ALONE] -= _OTHERS_BARRED * _is_barred(candidates, asked, place_arrays)
        self._count, self._near = hits.count, np.empty((2, hits.count))
        self.choices = candidates.choices
        self._relaxation = Relaxation(
            hits.views,
            hits.words.views,
            self.choices,
            place_arrays.views,
            weights.get_views(JOINT_FEATURES),
            self._near.data,
            np.empty((4, NEIGHBOURS), np.float32).data,
            place_arrays.governorates,
        )

    def choose_places(
        self, log_odds: NDArray[np.float64], least: float, which: NDArray[np.int64] | None = None
    ) -> None:
        """Choose the places that fit best what the hits mean whose log-odds are more than `least`.

        For all hits, or for `which` alone and for what one of these could hold. The other methods answer for the places
        that were chosen last.
        """
        self._relaxation.relax(log_odds.data, least, None if which is None else which.data, _ROUNDS)

    def measure_near(self) -> NDArray[np.float64]:
        """Two rows by hit: km from the nearest of its places to what the sure hits around it mean, and held at home.

        Infinite where there are none, and where its best place is too wide for that to mean anything. Held at home is
        (1, else 0) what the text puts in a place of Syria in whose governorate one of that name lies.
        """
        self._relaxation.mark_held_at_home()
        self._relaxation.measure_nearest()
        return self._near

    def find_containers(self) -> NDArray[np.int64]:
        """By hit, the hit behind it that the text names as holding it; -1 where none does."""
        self._relaxation.find_containers()
        behind: NDArray[np.int64] = self.candidates.by_hit[BEHIND, : self._count]
        return behind

    def make_feature_columns(self) -> dict[str, NDArray[Any]]:
        """Every feature of the candidates in the last round, for those who learn."""
        return self.candidates.make_feature_columns()


def _is_barred(candidates: Candidates, asked: NDArray[np.int64], place_arrays: PlaceArrays) -> NDArray[np.bool_]:
    """By pair, whether a governorate is asked for, the hit may mean one, and the pair means something else."""
    # Points of a city and of its governorate lie so near that learning from points hardly tells them apart.
    (pairs,) = (asked[candidates.hit] == _GOVERNORATE).nonzero()
    barred = np.zeros(len(candidates), np.bool_)
    if len(pairs):
        hit, is_one = candidates.hit[pairs], place_arrays.bit[candidates.row[pairs]] == _GOVERNORATE
        means_one = np.zeros(len(asked), np.bool_)
        means_one[hit[is_one]] = True
        barred[pairs] = means_one[hit] & ~is_one
    return barred


_GOVERNORATE = encode_kinds("governorate")
_OTHERS_BARRED = 6.0
"""Log-odds taken from what is no governorate where one is asked for: no place is well known enough to outweigh that."""
