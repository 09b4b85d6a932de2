"""Names that stand in a list, and what the words beside one ask of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.flat import Gap
from buldan.geoparse.names.cues import Cues
from buldan.geoparse.names.scan import Hits

__all__ = ["Lists", "at_words"]


def at_words(values: NDArray[Any], positions: NDArray[np.int64]) -> NDArray[Any]:
    """Values at word positions; zero outside the text."""
    if not len(values):
        return np.zeros(len(positions), values.dtype)
    out: NDArray[Any] = values.take(positions, mode="clip")
    out[(positions < 0) | (positions >= len(values))] = 0
    return out


@dataclass(frozen=True, slots=True)
class Lists:
    """What hits have from the lists that they stand in; arrays by hit.

    Attributes:
        previous, following: the hits before and behind it in a list (comma, و, "and", or nothing between), or -1.
            Of several that end at one word, the longest; of several that begin at one word, the longest.
        asked: bits of the kinds that the words beside it ask of it; lists hand them on (محافظتي حماة وحمص).
    """

    previous: NDArray[np.int64]
    following: NDArray[np.int64]
    asked: NDArray[np.uint64]

    @classmethod
    def of(cls, hits: Hits, cues: Cues) -> Lists:
        """The lists of a passage."""
        previous, following = _links(hits)
        return cls(previous, following, _asked(hits, cues, previous, following))


def _asked(hits: Hits, cues: Cues, previous: NDArray[np.int64], following: NDArray[np.int64]) -> NDArray[np.uint64]:
    gaps, cue = hits.flat.gaps, hits.words.cue
    before_cue = np.where(gaps[hits.first] < Gap.COMMA, at_words(cue, hits.first - 1), 0)
    after_cue = np.where(gaps[hits.last] < Gap.COMMA, at_words(cue, hits.last), 0)
    asked = cues.before[before_cue] | cues.after[after_cue]
    own = asked > 0
    handed = np.zeros(len(hits), np.uint64)
    for cue_of, asks, link in ((before_cue, cues.before, previous), (after_cue, cues.after, following)):
        kinds = np.where(cues.many[cue_of], asks[cue_of], np.uint64(0))
        takers = np.flatnonzero((link >= 0) & ~own)
        givers = link[takers]
        for _ in range(_HANDED_ON):
            mine = kinds[takers]
            kinds[takers] = np.where(mine == 0, kinds[givers], mine)
        handed |= kinds
    return np.where(own, asked, handed)


_HANDED_ON = 6
"""Names of a list that are asked as the first, or the last, of them is."""


def _links(hits: Hits) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    count = len(hits.flat.words)
    ends, begins = np.full(count + 2, -1), np.full(count + 2, -1)
    order = np.argsort(hits.last - hits.first, kind="stable")
    ends[hits.last[order]] = order
    begins[hits.first[order]] = order
    linking, generic = hits.words.isin(_AND), hits.words.isin(_COUNTRYSIDE)
    gap_before, gap_after = hits.flat.gaps[hits.first], hits.flat.gaps[hits.last]
    previous = np.where(gap_before <= Gap.BRACKET, ends[hits.first], -1)
    previous = np.where(at_words(linking, hits.first - 1), ends[np.maximum(hits.first - 1, 0)], previous)
    following = np.where(gap_after <= Gap.BRACKET, begins[hits.last], -1)
    # "Homs, Damascus countryside, Daraa": the generic word belongs to its name and does not end the list.
    passed = at_words(linking | generic, hits.last)
    return previous, np.where(passed, begins[np.minimum(hits.last + 1, count)], following)


_COUNTRYSIDE = frozenset({"countryside", "suburbs", "governorate", "province", "city"})
_AND = frozenset({"و", "and", "او", "or", "ثم"})
