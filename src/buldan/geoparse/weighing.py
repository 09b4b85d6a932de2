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
from buldan.geoparse.atlas import Atlas
from buldan.geoparse.cues import Cues, load_cues
from buldan.geoparse.features import local_columns, passage_columns
from buldan.geoparse.flat import Flat
from buldan.geoparse.lexicon import Lexicon
from buldan.geoparse.lists import Lists
from buldan.geoparse.model import EACH, Columns, Weights, odds, read_weights
from buldan.geoparse.nameforms import Form
from buldan.geoparse.nearmisses import Find, with_near_misses
from buldan.geoparse.placing import Placing
from buldan.geoparse.scan import Hits, scan
from buldan.geoparse.terms import Terms
from buldan.geoparse.vocabulary import Vocabulary
from buldan.index import Index
from buldan.kinds import kinds
from buldan.lookup import Lookup

__all__ = ["SURE", "Tools", "Weighed", "find_hits", "weigh", "weigh_together"]

SURE = 1.5
"""Log-odds of the first model from which a hit supports others."""

_HOPELESS = -4.5
"""Log-odds of the first model below which nothing helps; such hits are dropped at once."""


@dataclass(frozen=True, slots=True)
class Tools:
    """All that weighing needs: made once for a gazetteer, never changed."""

    index: Index
    atlas: Atlas
    vocabulary: Vocabulary
    cues: Cues
    lexicon: Lexicon
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
        vocabulary, cues = Vocabulary.of(index), load_cues()
        return cls(index, Atlas.of(index), vocabulary, cues, Lexicon(vocabulary.phrases, cues), find, *weights)

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
        terms: of the hits.
        hits: those that have a chance.
        lists: that they stand in.
        log_odds: that each names a Syrian place here.
        columns: of the second model, for those who learn.
    """

    terms: Terms
    hits: Hits
    lists: Lists
    log_odds: NDArray[np.float64]
    columns: Mapping[str, NDArray[Any]]


def find_hits(flat: Flat, tools: Tools) -> tuple[Hits, Terms]:
    """Every name of the passage, near misses included, and the terms that they are."""
    hits, terms = scan(flat, tools.vocabulary, tools.lexicon)
    return with_near_misses(hits, terms, tools.vocabulary, tools.cues, tools.index, tools.find)


def weigh(flat: Flat, tools: Tools) -> Weighed:
    """The weighed hits of a passage."""
    hits, terms = find_hits(flat, tools)
    first = odds(local_columns(hits, terms, tools.vocabulary.is_spelled, tools.cues), tools.name)
    hopeful = (first > _HOPELESS) | (terms.foreign | terms.other)[hits.phrase]
    return weigh_together(hits.keep(hopeful), terms, first[hopeful], tools)


def weigh_together(hits: Hits, terms: Terms, first: NDArray[np.float64], tools: Tools) -> Weighed:
    """The hits of a passage weighed by what the first model says of them all."""
    lists, sure = Lists.of(hits, tools.cues), first > SURE
    placing = Placing(hits, terms, lists.asked, tools.atlas, tools.place)
    nearest = placing.nearest_km(placing.choose(sure), sure)
    columns = passage_columns(hits, terms, lists, first, nearest)
    log_odds = _as_sure_as_their_parts(hits, terms, odds([Columns(EACH, columns)], tools.mention))
    return Weighed(terms, hits, lists, log_odds, columns)


def _as_sure_as_their_parts(hits: Hits, terms: Terms, log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """A whole name around a sure one is hardly less sure: قلعة حلب, Damascus Airport."""
    raised = log_odds.copy()
    plain = (terms.form == Form.ATTESTED) & (terms.kinds > 0) & ~terms.other & ~terms.foreign
    whole = np.flatnonzero(plain[hits.phrase] & (hits.last - hits.first > 1))
    within = np.searchsorted(hits.first, hits.last[whole])
    for hit, stop in zip(whole.tolist(), within.tolist(), strict=True):
        for inner in range(hit + 1, stop):
            if hits.last[inner] <= hits.last[hit] and log_odds[inner] - _LESS_SURE > raised[hit]:
                raised[hit] = log_odds[inner] - _LESS_SURE
    return raised


_LESS_SURE = 0.5
