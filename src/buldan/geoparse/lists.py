"""Names that stand in a list, and what the words beside one ask of all."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.cues import Cues
from buldan.geoparse.flat import Gap
from buldan.geoparse.scan import Hits

__all__ = ["asked_kinds", "at_words", "links"]


def at_words(values: NDArray[Any], positions: NDArray[np.int64]) -> NDArray[Any]:
    """Values at word positions; zero outside the text."""
    inside = (positions >= 0) & (positions < len(values))
    out = np.zeros(len(positions), values.dtype)
    out[inside] = values[positions[inside]]
    return out


def asked_kinds(hits: Hits, cues: Cues) -> NDArray[np.uint64]:
    """Bits of the kinds that the words beside each hit ask of it; lists hand them on (محافظتي حماة وحمص)."""
    flat = hits.flat
    near = flat.gaps[hits.first] < Gap.COMMA
    after = flat.gaps[hits.last] < Gap.COMMA
    before_cue = np.where(near, at_words(hits.cue, hits.first - 1), 0)
    after_cue = np.where(after, at_words(hits.cue, hits.last), 0)
    asked = cues.before[before_cue] | cues.after[after_cue]
    previous, following = links(hits)
    own = asked > 0
    forward = np.where(cues.many[before_cue], cues.before[before_cue], np.uint64(0))
    backward = np.where(cues.many[after_cue], cues.after[after_cue], np.uint64(0))
    for _ in range(6):
        forward = np.where((forward == 0) & (previous >= 0) & ~own, forward[previous], forward)
        backward = np.where((backward == 0) & (following >= 0) & ~own, backward[following], backward)
    return np.where(own, asked, forward | backward)


def links(hits: Hits) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each hit, the hits before and behind it in a list (comma, و, "and", or nothing between), or -1.

    Of several that end at one word, the longest; of several that begin at one word, the longest.
    """
    count = len(hits.flat.words)
    ends, begins = np.full(count + 2, -1), np.full(count + 2, -1)
    order = np.argsort(hits.last - hits.first, kind="stable")
    ends[hits.last[order]] = order
    begins[hits.first[order]] = order
    words = hits.flat.words
    and_before = np.array([at > 0 and words[at - 1] in _AND for at in hits.first.tolist()], np.bool_)
    and_after = np.array([at < count and words[at] in _AND for at in hits.last.tolist()], np.bool_)
    gap_before, gap_after = hits.flat.gaps[hits.first], hits.flat.gaps[hits.last]
    previous = np.where(gap_before <= Gap.BRACKET, ends[hits.first], -1)
    previous = np.where(and_before, ends[np.maximum(hits.first - 1, 0)], previous)
    following = np.where(gap_after <= Gap.BRACKET, begins[hits.last], -1)
    following = np.where(and_after, begins[np.minimum(hits.last + 1, count)], following)
    # "Homs, Damascus countryside, Daraa": the generic word belongs to its name and does not end the list.
    generic = np.array([at < count and words[at] in _COUNTRYSIDE for at in hits.last.tolist()], np.bool_)
    following = np.where(generic, begins[np.minimum(hits.last + 1, count)], following)
    return previous, following


_COUNTRYSIDE = frozenset({"countryside", "suburbs", "governorate", "province", "city"})
_AND = frozenset({"و", "and", "او", "or", "ثم"})
