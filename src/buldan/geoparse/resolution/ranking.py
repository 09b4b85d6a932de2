"""The places of the names that stand, ranked, each with the probability that it is what is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.linear_model import Weights, calibrated
from buldan.geoparse.resolution.candidates import Candidates, Choice
from buldan.geoparse.resolution.place_arrays import PlaceArrays
from buldan.geoparse.results import Alternative
from buldan.model import Place

__all__ = ["ResolvedPlaces", "places_of"]

_MOST_ALTERNATIVES = 3
_STEPS = 10_000
"""Into how many steps a probability is rounded."""

_LEAST_SHARE = 0.001
"""An alternative less likely than this is not told; a slight one is still what a reader may choose."""

_CERTAIN, _SPOT_DEG = 0.98, 0.05
"""Places so near are one answer: a city and its unit. Where one is certain by itself, nothing is to be added."""


@dataclass(frozen=True, slots=True)
class ResolvedPlaces:
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
        candidates: Candidates,
        choice: Choice,
        chance: NDArray[np.float64],
        place_arrays: PlaceArrays,
        weights: Weights,
        places: Sequence[Place],
    ) -> ResolvedPlaces:
        """The ranking of hits, each of which has a place; `chance` is that they are mentions."""
        raw = chance * _pooled(candidates, choice, place_arrays)
        sure = calibrated(raw, weights)
        left = chance * (1 - sure) / np.maximum(1 - raw, 1e-4)
        return cls((np.round(sure * _STEPS) / _STEPS).tolist(), _alternatives(candidates, choice, left, places))


def _pooled(candidates: Candidates, choice: Choice, place_arrays: PlaceArrays) -> NDArray[np.float64]:
    """The share of the best place and of all that lie at its spot."""
    if not len(candidates):
        return np.zeros(0)
    best, share = choice.best, choice.share
    here, row = candidates.row[best][candidates.hit], candidates.row
    east, north = (np.abs(axis[row] - axis[here]) for axis in (place_arrays.lon, place_arrays.lat))
    near = (east < _SPOT_DEG) & (north < _SPOT_DEG)
    total = np.add.reduceat(np.where(near, share, 0), candidates.first[:-1])
    return np.where(share[best] < _CERTAIN, total, share[best]).clip(max=1.0)


def _alternatives(
    candidates: Candidates, choice: Choice, left: NDArray[np.float64], places: Sequence[Place]
) -> list[tuple[Alternative, ...]]:
    """By hit, the next places, the likeliest first; `left` is the probability that they share."""
    hit, share = candidates.hit, choice.share
    told = (share >= _LEAST_SHARE) & (share[choice.best] < 1 - _LEAST_SHARE)[hit]
    told[choice.best] = False
    pairs = np.flatnonzero(told)
    pairs = pairs[np.lexsort((-pairs, -share[pairs], hit[pairs]))]
    first = np.searchsorted(hit[pairs], np.arange(len(left) + 1))
    pairs = pairs[np.arange(len(pairs)) - first[hit[pairs]] < _MOST_ALTERNATIVES]
    first = np.searchsorted(hit[pairs], np.arange(len(left) + 1)).tolist()
    steps = (left[hit[pairs]] * share[pairs] * _STEPS).round() / _STEPS
    # Many are alike, for names come again and again: each is made once.
    told_of = list(zip(candidates.row[pairs].tolist(), steps.tolist(), strict=True))
    made = {(row, chance): Alternative(places[row], chance) for row, chance in set(told_of)}
    alternatives = tuple(map(made.__getitem__, told_of))
    return [alternatives[begin:end] for begin, end in pairwise(first)]


def places_of(rows: NDArray[np.int64], places: Sequence[Place]) -> Iterator[Place]:
    """The places of rows, each fetched once however often it comes."""
    numbers = rows.tolist()
    fetched = {row: places[row] for row in set(numbers)}
    return map(fetched.__getitem__, numbers)
