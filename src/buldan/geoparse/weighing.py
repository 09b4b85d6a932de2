"""From a flat text to weighed hits: which of the names in it are places, and which places.

scan ─▶ first model (the hit and its words) ─▶ places by relaxation ─▶ second model (the passage) ─▶ places
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geometry import distance_km
from buldan.geoparse.candidates import (
    Candidates,
    Choice,
    candidates_of,
    choose,
    joint_columns,
    nearest_km,
    own_columns,
)
from buldan.geoparse.cues import Cues, load_cues
from buldan.geoparse.features import local_columns, passage_columns
from buldan.geoparse.flat import Flat
from buldan.geoparse.model import Weights, odds, read_weights
from buldan.geoparse.nameforms import Form
from buldan.geoparse.nearmisses import Find, with_near_misses
from buldan.geoparse.scan import Hits, scan
from buldan.geoparse.vocabulary import Vocabulary
from buldan.index import Index
from buldan.kinds import kinds
from buldan.lookup import Lookup

__all__ = ["SURE", "Tools", "Weighed", "best_rows", "find_hits", "place_choice", "weigh", "weigh_together"]

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
    find: Find
    name: Weights
    mention: Weights
    place: Weights
    confidence: Weights

    @classmethod
    def of(cls, index: Index, lookup: Lookup) -> Tools:
        """The tools over a gazetteer, with the learned weights."""

        @lru_cache(maxsize=1 << 14)
        def find(name: str, unit: str | None) -> Sequence[tuple[int, float]]:
            ranking = lookup.rank(name, within=unit)
            ranked = zip(ranking.rows[:_MOST_NEAR], ranking.scores[:_MOST_NEAR], strict=True)
            return _seats_first(index, list(ranked))

        weights = (read_weights(model) for model in ("name", "mention", "place", "confidence"))
        return cls(index, Vocabulary.of(index), load_cues(), find, *weights)

    @property
    def kind_groups(self) -> tuple[str, ...]:
        """The group of each kind, by the codes of the index."""
        return _KIND_GROUPS


def _seats_first(index: Index, ranked: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """A ranking in which a district or sub-district gives its score to the settlement beside it of like name."""
    scores = dict(ranked)
    settled = [row for row, _ in ranked if _KIND_GROUPS[index.kind[row]] == "settlement"]
    for row, _ in ranked:
        if index.kind_ids[index.kind[row]] in ("district", "sub-district"):
            here = (float(index.lon[row]), float(index.lat[row]))
            beside = [
                at for at in settled if distance_km(here, (float(index.lon[at]), float(index.lat[at]))) < _BESIDE_KM
            ]
            if beside:
                scores[beside[0]] += scores.pop(row)
    return sorted(scores.items(), key=lambda pair: -pair[1])


_BESIDE_KM = 15.0
_KIND_GROUPS = tuple(kind.group for kind in kinds().values())
_MOST_NEAR = 12
"""Places looked at of a name that is spelled another way."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Hits with what was made of them.

    Attributes:
        vocabulary: of the hits.
        hits: those that have a chance.
        log_odds: that each names a Syrian place here.
        candidates, choice: the places of each, and the shares among them.
        columns: of the second model, for those who learn.
    """

    vocabulary: Vocabulary
    hits: Hits
    log_odds: NDArray[np.float64]
    candidates: Candidates
    choice: Choice
    columns: Mapping[str, NDArray[Any]]


def find_hits(flat: Flat, tools: Tools) -> tuple[Hits, Vocabulary]:
    """Every name of the passage, near misses included, and the vocabulary that they are numbers of."""
    hits = scan(flat, tools.vocabulary, tools.cues)
    return with_near_misses(hits, tools.vocabulary, tools.cues, tools.index, tools.find)


def weigh(flat: Flat, tools: Tools) -> Weighed:
    """The weighed hits of a passage."""
    hits, vocabulary = find_hits(flat, tools)
    first = odds(local_columns(hits, vocabulary, tools.cues), tools.name)
    hopeful = (first > _HOPELESS) | vocabulary.foreign[hits.phrase] | vocabulary.other[hits.phrase]
    return weigh_together(hits.keep(hopeful), vocabulary, first[hopeful], tools)


def weigh_together(hits: Hits, vocabulary: Vocabulary, first: NDArray[np.float64], tools: Tools) -> Weighed:
    """The hits of a passage weighed by what the first model says of them all."""
    candidates = candidates_of(hits, vocabulary)
    choice = place_choice(hits, vocabulary, candidates, tools, first > SURE)
    nearest = nearest_km(hits, candidates, tools.index, best_rows(candidates, choice), first > SURE)
    columns = passage_columns(hits, vocabulary, first, nearest)
    log_odds = _as_sure_as_their_parts(hits, vocabulary, odds(columns, tools.mention))
    return Weighed(vocabulary, hits, log_odds, candidates, choice, columns)


def _as_sure_as_their_parts(hits: Hits, vocabulary: Vocabulary, log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """A whole name around a sure one is hardly less sure: قلعة حلب, Damascus Airport."""
    raised = log_odds.copy()
    attested = (vocabulary.form[hits.phrase] == Form.ATTESTED) & (vocabulary.kinds[hits.phrase] > 0)
    first, last = hits.first.tolist(), hits.last.tolist()
    plain = ~vocabulary.other[hits.phrase] & ~vocabulary.foreign[hits.phrase]
    for hit in np.flatnonzero(attested & plain & (hits.last - hits.first > 1)).tolist():
        inner = hit + 1
        while inner < len(hits) and first[inner] < last[hit]:
            if last[inner] <= last[hit] and log_odds[inner] - _LESS_SURE > raised[hit]:
                raised[hit] = log_odds[inner] - _LESS_SURE
            inner += 1
    return raised


_LESS_SURE = 0.5


def best_rows(candidates: Candidates, choice: Choice) -> NDArray[np.int64]:
    """By hit, the row of its best place, -1 where it has none."""
    if not len(candidates):
        return np.full(len(choice.best), -1)
    return np.where(choice.best >= 0, candidates.row[choice.best], -1)


def place_choice(
    hits: Hits, vocabulary: Vocabulary, candidates: Candidates, tools: Tools, sure: NDArray[np.bool_]
) -> Choice:
    """The places of all hits, weighed together in a few rounds from the likeliest of each alone."""
    alone = odds(own_columns(hits, candidates, tools.index, vocabulary, tools.cues), tools.place)
    choice = choose(candidates, alone)
    for _ in range(_ROUNDS):
        best = best_rows(candidates, choice)
        columns = joint_columns(hits, candidates, tools.index, best, sure)
        choice = choose(candidates, alone + odds(columns, tools.place))
    return choice
