"""Which place each hit means: all weighed together, in a few rounds from the likeliest of each alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.atlas import Atlas
from buldan.geoparse.candidates import Choice, candidates_of, choose, own_columns
from buldan.geoparse.holding import Holders, joint_columns
from buldan.geoparse.model import Weights, odds
from buldan.geoparse.nearness import Nearness
from buldan.geoparse.scan import Hits
from buldan.geoparse.terms import Terms

__all__ = ["Placing"]

_ROUNDS = 2


class Placing:
    """The places of the hits of a passage.

    Attributes:
        candidates: every place of every hit.
    """

    def __init__(self, hits: Hits, terms: Terms, asked: NDArray[np.uint64], atlas: Atlas, weights: Weights) -> None:
        self.candidates = candidates_of(hits, terms)
        self._atlas, self._weights = atlas, weights
        self._alone = odds(own_columns(self.candidates, terms, atlas, asked), weights)
        self._nearness, self._holders = Nearness(hits, self.candidates, atlas), Holders(hits, atlas)

    def choose(self, sure: NDArray[np.bool_]) -> Choice:
        """The places that fit best what the sure hits mean."""
        choice = choose(self.candidates, self._alone)
        for _ in range(_ROUNDS):
            best = choice.rows(self.candidates)
            self._nearness.update(best, sure)
            columns = joint_columns(self._holders, self.candidates, self._nearness, self._atlas, best, sure)
            choice = choose(self.candidates, self._alone + odds(columns, self._weights))
        return choice

    def nearest_km(self, choice: Choice, sure: NDArray[np.bool_]) -> NDArray[np.float64]:
        """By hit, how near its places come to what the sure hits around it mean (`Nearness.of_hits`)."""
        best = choice.rows(self.candidates)
        self._nearness.update(best, sure)
        return self._nearness.of_hits(best)
