"""The places of the names that stand, ranked, each with the probability that it is what is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.linear_model import Weights
from buldan.geoparse.resolution.candidates import Candidates, Choice
from buldan.geoparse.resolution.place_arrays import PlaceArrays
from buldan.geoparse.resolution.ranking_loop import MOST_ALTERNATIVES, rank_places
from buldan.geoparse.results import Alternative
from buldan.model import Place

__all__ = ["ResolvedPlaces", "places_of"]

_STEPS = 10_000
"""Into how many steps a probability is rounded."""


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
        candidates: Candidates,
        choice: Choice,
        log_odds: NDArray[np.float64],
        place_arrays: PlaceArrays,
        weights: Weights,
        places: Sequence[Place],
    ) -> ResolvedPlaces:
        """The ranking of the hits `which`, each of which has a place; `log_odds`, of these, say how sure each is."""
        count = len(which)
        # Platt's calibration: a line through the log-odds of both being right, that it is a mention and which place.
        # All probabilities in one array, which is rounded at once.
        ends, rows = np.empty(count + 1, np.int64), np.empty(MOST_ALTERNATIVES * count, np.int64)
        probabilities = np.empty((1 + MOST_ALTERNATIVES) * count)
        ends[0] = 0
        told = rank_places(
            which.data,
            (candidates.first.data, candidates.row.data, choice.share.data, choice.best.data),
            place_arrays.views,
            log_odds.data,
            # Without learned weights the line is the log-odds themselves.
            (weights.get("slope", 1.0), weights.get("intercept", 0.0)),
            probabilities[:count].data,
            ends[1:].data,
            rows.data,
            probabilities[count:].data,
        )
        rounded = ((probabilities[: count + told] * _STEPS).round() / _STEPS).tolist()
        alternatives = _make_alternatives(rows[:told].tolist(), rounded[count:], ends.tolist(), places)
        return cls(rounded[:count], alternatives)


def _make_alternatives(
    rows: list[int], chances: list[float], ends: list[int], places: Sequence[Place]
) -> list[tuple[Alternative, ...]]:
    """By hit, the next places."""
    told = list(zip(rows, chances, strict=True))
    # Many are alike, for names come again and again: each is made once.
    made = {(row, chance): Alternative(places[row], chance) for row, chance in set(told)}
    alternatives = tuple(map(made.__getitem__, told))
    return [alternatives[begin:end] for begin, end in pairwise(ends)]


def places_of(rows: NDArray[np.int64], places: Sequence[Place]) -> Iterator[Place]:
    """The places of rows, each fetched once however often it comes."""
    numbers = rows.tolist()
    fetched = {row: places[row] for row in set(numbers)}
    return map(fetched.__getitem__, numbers)
