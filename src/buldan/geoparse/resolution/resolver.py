"""Which place each hit means: all weighed together, in a few rounds from the likeliest of each alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.linear_model import Weights, compute_log_odds
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.resolution.candidates import Choice, choose_places, find_candidates, own_features
from buldan.geoparse.resolution.containment import StatedContainers, joint_features
from buldan.geoparse.resolution.place_arrays import PlaceArrays
from buldan.geoparse.resolution.proximity import ProximityFeatures

__all__ = ["ToponymResolver"]

_ROUNDS = 2


class ToponymResolver:
    """The places of the hits of a passage.

    Attributes:
        candidates: every place of every hit.
    """

    def __init__(
        self, hits: Hits, name_table: NameTable, asked: NDArray[np.uint64], place_arrays: PlaceArrays, weights: Weights
    ) -> None:
        self.candidates = find_candidates(hits, name_table)
        self._place_arrays, self._weights = place_arrays, weights
        self._alone = compute_log_odds(own_features(self.candidates, name_table, place_arrays, asked), weights)
        self._nearness, self._holders = (
            ProximityFeatures(hits, self.candidates, place_arrays),
            StatedContainers(hits, place_arrays),
        )

    def choose_places(self, sure: NDArray[np.bool_]) -> Choice:
        """The places that fit best what the sure hits mean."""
        choice = choose_places(self.candidates, self._alone)
        for _ in range(_ROUNDS):
            best = choice.rows(self.candidates)
            self._nearness.update(best, sure)
            columns = joint_features(self._holders, self.candidates, self._nearness, self._place_arrays, best, sure)
            choice = choose_places(self.candidates, self._alone + compute_log_odds(columns, self._weights))
        return choice

    def nearest_km(self, choice: Choice, sure: NDArray[np.bool_]) -> NDArray[np.float64]:
        """By hit, how near its places come to what the sure hits around it mean (`Nearness.of_hits`)."""
        best = choice.rows(self.candidates)
        self._nearness.update(best, sure)
        return self._nearness.of_hits(best)
