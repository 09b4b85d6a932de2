"""Which place each hit means: what speaks for each place alone, then all hits of a passage weighed together."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.linear_model import Weights, by_name, compute_log_odds
from buldan.geoparse.names.cues import kind_mask
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.resolution.candidates import OWN_FEATURES, Candidates, Choice, find_candidates, own_tables
from buldan.geoparse.resolution.nearness import NEIGHBOURS, NOT_SOUGHT
from buldan.geoparse.resolution.place_arrays import PlaceArrays
from buldan.geoparse.resolution.relaxation import JOINT_FEATURES, Relaxation

__all__ = ["ToponymResolver"]

_ROUNDS = 2


class ToponymResolver:
    """The places of the hits of some passages.

    Attributes:
        candidates: every place of every hit.
    """

    def __init__(
        self, hits: Hits, name_table: NameTable, asked: NDArray[np.uint64], place_arrays: PlaceArrays, weights: Weights
    ) -> None:
        self.candidates = candidates = find_candidates(hits, name_table, place_arrays, asked)
        alone = compute_log_odds(weights, OWN_FEATURES, candidates.values, own_tables(), candidates.codes)
        count, pairs = len(hits), len(candidates)
        if np.count_nonzero(asked == _GOVERNORATE):  # half as much as `any`, which goes through Python
            alone -= _OTHERS_BARRED * _is_barred(candidates, asked, place_arrays)
        self._joint, self._share = np.zeros((pairs, len(JOINT_FEATURES))), np.empty(pairs)
        self._best, self._nearest = np.empty(count, np.int64), np.empty(count)
        self._behind, neighbours = np.empty(count, np.int64), np.empty((count, NEIGHBOURS), np.int64)
        neighbours.fill(NOT_SOUGHT)  # so several times as quick as by `np.full`
        self._relaxation = Relaxation(
            hits.table.data,
            hits.words.views,
            (candidates.first.data, candidates.row.data),
            place_arrays.views,
            (alone.data, weights.vector(JOINT_FEATURES).data),
            (self._joint.data, self._share.data, self._best.data, self._nearest.data),
            (
                neighbours.data,
                self._behind.data,
                np.empty(count, np.int64).data,
                np.empty(count, np.uint8).data,
                np.empty(count, np.int64).data,
                np.empty(place_arrays.governorates, np.int64).data,
            ),
        )

    def choose_places(self, sure: NDArray[np.bool_], told: NDArray[np.bool_] | None = None) -> Choice:
        """The places that fit best what the sure hits mean; of those that are told of, where they are said.

        What follows is of these places, until others are chosen.
        """
        if told is None:
            told = np.ones(len(sure), np.bool_)
        self._relaxation.relax(sure.view(np.uint8).data, told.view(np.uint8).data, _ROUNDS)
        return Choice(self._share, self._best)

    def measure_nearest(self) -> NDArray[np.float64]:
        """By hit, km from the nearest of its places to what the sure hits around it mean.

        Infinite where there are none, and where its best place is too wide for that to mean anything.
        """
        self._relaxation.measure_nearest()
        return self._nearest

    def find_containers(self) -> NDArray[np.int64]:
        """By hit, the hit behind it that the text names as holding it; -1 where none does."""
        self._relaxation.find_containers()
        return self._behind

    def find_held_at_home(self) -> NDArray[np.bool_]:
        """Whether the text puts each hit in a place of Syria in whose governorate one of that name lies."""
        at_home = np.empty(len(self._best), np.bool_)
        self._relaxation.mark_held_at_home(at_home.view(np.uint8).data)
        return at_home

    def features(self) -> dict[str, NDArray[Any]]:
        """Every feature of the candidates in the last round, for those who learn."""
        own = by_name(OWN_FEATURES, self.candidates.values, own_tables(), self.candidates.codes)
        return own | by_name(JOINT_FEATURES, self._joint)


def _is_barred(candidates: Candidates, asked: NDArray[np.uint64], place_arrays: PlaceArrays) -> NDArray[np.bool_]:
    """By pair, whether a governorate is asked for, the hit may mean one, and the pair means something else."""
    # Points of a city and of its governorate lie so near that learning from points hardly tells them apart.
    (pairs,) = (asked[candidates.hit] == _GOVERNORATE).nonzero()
    barred = np.zeros(len(candidates), np.bool_)
    if len(pairs):
        hit, is_one = candidates.hit[pairs], place_arrays.bit[candidates.row[pairs]] == _GOVERNORATE
        barred[pairs] = np.isin(hit, hit[is_one]) & ~is_one
    return barred


_GOVERNORATE = np.uint64(kind_mask("governorate"))
_OTHERS_BARRED = 6.0
"""Log-odds taken from what is no governorate where one is asked for: no place is well known enough to outweigh that."""
