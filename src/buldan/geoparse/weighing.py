"""From a flat text to weighed hits: which of the names in it are places, and which places.

    scan ─▶ first model (the hit and its words) ─▶ places by relaxation ─▶ second model (the passage) ─▶ places
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.candidates import (
    Candidates,
    Choice,
    candidate_columns,
    candidates_of,
    choose,
    nearest_km,
)
from buldan.geoparse.cues import Cues, load_cues
from buldan.geoparse.features import local_columns, passage_columns
from buldan.geoparse.flat import Flat
from buldan.geoparse.model import Weights, odds, read_weights
from buldan.geoparse.scan import Hits, scan
from buldan.geoparse.vocabulary import Vocabulary
from buldan.index import Index

__all__ = ["SURE", "Tools", "Weighed", "place_choice", "weigh"]

SURE = 1.5
"""Log-odds of the first model from which a hit supports others."""

_HOPELESS = -4.5
"""Log-odds of the first model below which nothing helps; such hits are dropped at once."""

_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Tools:
    """All that weighing needs: made once for a gazetteer, never changed."""

    index: Index
    vocabulary: Vocabulary
    cues: Cues
    name: Weights
    mention: Weights
    place: Weights

    @classmethod
    def of(cls, index: Index) -> Tools:
        """The tools over a gazetteer, with the learned weights."""
        weights = (read_weights(model) for model in ("name", "mention", "place"))
        return cls(index, Vocabulary.of(index), load_cues(), *weights)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Hits with what was made of them.

    Attributes:
        hits: those that have a chance.
        log_odds: that each names a Syrian place here.
        candidates, choice: the places of each, and the shares among them.
        columns: of the second model, for those who learn.
    """

    hits: Hits
    log_odds: NDArray[np.float64]
    candidates: Candidates
    choice: Choice
    columns: Mapping[str, NDArray[Any]]


def weigh(flat: Flat, tools: Tools, *, first: NDArray[np.float64] | None = None) -> Weighed:
    """The weighed hits of a passage; `first` gives log-odds of the first model made elsewhere, for all hits."""
    hits = scan(flat, tools.vocabulary, tools.cues)
    if first is None:
        first = odds(local_columns(hits, tools.vocabulary, tools.cues), tools.name)
        hopeful = (first > _HOPELESS) | tools.vocabulary.foreign[hits.phrase]
        hits, first = hits.keep(hopeful), first[hopeful]
    candidates = candidates_of(hits, tools.vocabulary)
    choice = place_choice(hits, candidates, tools, first > SURE)
    nearest = nearest_km(hits, candidates, tools.index, best_rows(candidates, choice), first > SURE)
    columns = passage_columns(hits, tools.vocabulary, first, nearest)
    return Weighed(hits, odds(columns, tools.mention), candidates, choice, columns)


def best_rows(candidates: Candidates, choice: Choice) -> NDArray[np.int64]:
    """By hit, the row of its best place, -1 where it has none."""
    if not len(candidates):
        return np.full(len(choice.best), -1)
    return np.where(choice.best >= 0, candidates.row[choice.best], -1)


def place_choice(hits: Hits, candidates: Candidates, tools: Tools, sure: NDArray[np.bool_]) -> Choice:
    """The places of all hits, weighed together in a few rounds from the likeliest of each alone."""
    best = np.full(len(hits), -1)
    choice = Choice(np.zeros(len(candidates)), best)
    for _ in range(_ROUNDS + 1):
        columns = candidate_columns(hits, candidates, tools.index, tools.vocabulary, tools.cues, best, sure)
        choice = choose(candidates, odds(columns, tools.place))
        best = best_rows(candidates, choice)
    return choice
