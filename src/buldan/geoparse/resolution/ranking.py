"""The places of the names that stand, ranked, each with the probability that it is what is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.linear_model import Weights
from buldan.geoparse.resolution.choices import Choices
from buldan.geoparse.resolution.place_arrays import PlaceArrays
from buldan.geoparse.resolution.ranking_loop import rank_places
from buldan.geoparse.results import Alternative
from buldan.model import Place

__all__ = ["ResolvedPlaces", "places_of"]


class ResolvedPlaces(NamedTuple):
    """By hit that stands, what it names.

    Attributes:
        confidence: that it is a mention and that its likeliest place is right.
        alternatives: the next places.
    """

    confidence: list[float]
    alternatives: list[tuple[Alternative, ...]]

    @classmethod
    def of(
        cls,
        which: NDArray[np.int64],
        choices: Choices,
        log_odds: NDArray[np.float64],
        place_arrays: PlaceArrays,
        weights: Weights,
        places: Sequence[Place],
    ) -> ResolvedPlaces:
        """The ranking of the hits `which`, each of which has a place; `log_odds`, of these, say how sure each is."""
        # Platt's calibration: a line through the log-odds of both being right, that it is a mention and which place.
        confidence, alternatives = rank_places(
            which.data,
            choices,
            place_arrays.views,
            log_odds.data,
            # Without learned weights the line is the log-odds themselves.
            (weights.get("slope", 1.0), weights.get("intercept", 0.0)),
            lambda row, chance: Alternative(places[row], chance),
        )
        return cls(confidence, alternatives)


def places_of(rows: NDArray[np.int64], places: Sequence[Place]) -> Iterator[Place]:
    """The places of rows, each fetched once however often it comes."""
    numbers = rows.tolist()
    fetched = {row: places[row] for row in set(numbers)}
    return map(fetched.__getitem__, numbers)
