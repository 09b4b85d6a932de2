"""Sum the evidence of a passage for Syria and for elsewhere, and what of it supports each hit: the loop over both.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from math import log2
from typing import Any

from buldan.geoparse.names.cues import encode_roles
from buldan.geoparse.names.views import CueViews, HitViews, NameViews, WordViews

__all__ = ["sum_evidence"]

_NAME, _FIRST, _LAST = 0, 1, 2
"""Rows of the table of hits (`buldan.geoparse.names.scan.Hits`)."""

_OF_SYRIA, _ABROAD, _LEVANTINE = encode_roles("of syria"), encode_roles("demonym abroad"), encode_roles("levantine")

_SYRIAN, _OFTEN_SYRIAN, _OFTEN, _PEOPLE = 0.8, 0.4, 2, 0.5
"""Evidence for Syria of words such as "Syrian"; what is added where there are more than `_OFTEN` of them; and the
evidence for elsewhere of each people abroad."""

_SPOKEN, _FEWEST_SPOKEN = 0.5, 2
"""Evidence for Syria of Levantine words, and how many a passage needs: half of those who write so are Syrians."""

_SHORT_POST = 16
"""Words of a post that is too short to say what it is about."""

_ENOUGH_SHORT, _ENOUGH_LONG, _LONG = 1.0, 1.6, 3.0
"""Support that a near miss needs in a short passage and from so many doublings on: one known name, then two."""

_HOME, _ELSEWHERE = 0, 1
"""Rows of what names speak for."""

_SUPPORT, _ABROAD_BY_HIT, _SHARE_ABROAD, _LENGTH = range(4)
"""Rows of what is filled in by hit."""


def sum_evidence(
    hit_views: HitViews,
    words: WordViews,
    passages: Any,
    cues: CueViews,
    names: NameViews,
    held: Any,
    weights: Any,
    spoken: Any,
    by_hit: Any,
    about_syria: Any,
) -> None:
    """Fill in the evidence of each hit, and which passages are about Syria.

    Args:
        hit_views: of the table of hits.
        words: of the text.
        passages: the word at which each passage begins; one more, the number of words.
        cues, names: all there are.
        held: by hit, whether it is held by a place abroad, or stands within another name.
        weights: two rows by name of the vocabulary, how much it speaks for Syria, and for elsewhere; the last column,
            which is that of number -1, is for what is no name of it.
        spoken: by name, room for the passage in which it was counted last; -1 everywhere, and so again at the end.
        by_hit: four rows to be filled: support, abroad, share of abroad, length of the passage.
        about_syria: by passage, to be filled.
    """
    hits = hit_views.table
    cue, cue_roles, number = words.cue, cues.roles, names.number
    begin, unknown = 0, weights.shape[1] - 1
    covering: list[int] = []  # by hit, the hit that reaches over it, -1 for none
    for passage in range(len(passages) - 1):
        first, last = passages[passage], passages[passage + 1]
        end, reach, outer = begin, -1, -1
        total, abroad = _sum_words(first, last, cue, cue_roles)
        while end < hits.shape[1] and hits[_FIRST, end] < last:
            name = hits[_NAME, end]
            # Hits are in order of their first word, the longest first: what ends before another ended stands in it.
            if hits[_LAST, end] > reach:
                reach, outer = hits[_LAST, end], end
                covering.append(-1)
                # A name speaks once in its passage, however often it comes.
                if not held[end] and spoken[name] != passage:
                    spoken[name] = passage
                    known = number[name] if number[name] >= 0 else unknown
                    total += weights[_HOME, known]
                    abroad += weights[_ELSEWHERE, known]
            else:
                covering.append(outer)
            end += 1
        # Doublings, for what a text says of its subject grows with its length ever more slowly.
        length = log2(max(last - first, _SHORT_POST) / _SHORT_POST)
        # A passage that names many places abroad must name more of ours before their misspellings are sought.
        needed = max(_ENOUGH_LONG if length >= _LONG else _ENOUGH_SHORT, abroad / 4.0)
        about_syria[passage] = total >= needed
        for hit in range(begin, end):
            name, own, alone = hits[_NAME, hit], 0.0, 0.0
            # What a name says of itself, or a longer one over it says, does not count for it.
            if spoken[name] == passage:
                known = number[name] if number[name] >= 0 else unknown
                own, alone = weights[_HOME, known], weights[_ELSEWHERE, known]
            outer = covering[hit]
            if outer >= 0 and spoken[hits[_NAME, outer]] == passage:
                over = number[hits[_NAME, outer]]
                own = max(own, weights[_HOME, over if over >= 0 else unknown])
            support, elsewhere = max(total - own, 0.0), max(abroad - alone, 0.0)
            by_hit[_SUPPORT, hit], by_hit[_ABROAD_BY_HIT, hit] = support, elsewhere
            # One more below the line: a single name abroad does not make a text one about abroad.
            by_hit[_SHARE_ABROAD, hit] = elsewhere / (elsewhere + support + 1.0)
            by_hit[_LENGTH, hit] = length
        # Only what was written is put back, so that many short passages share one array.
        for hit in range(begin, end):
            spoken[hits[_NAME, hit]] = -1
        begin = end


def _sum_words(first: int, last: int, cue: Any, cue_roles: Any) -> tuple[float, float]:
    """What words of a passage say for Syria and for elsewhere, besides names; each people abroad counts once."""
    syrian, spoken, peoples = 0, 0, set[int]()
    for word in range(first, last):
        roles = cue_roles[cue[word]]
        if roles & _OF_SYRIA:
            syrian += 1
        if roles & _LEVANTINE:
            spoken += 1
        if roles & _ABROAD:
            peoples.add(cue[word])
    # Steps and no sum: a text that says "Syrian" ten times is no more about Syria than one that says it thrice.
    said = _SYRIAN if syrian else 0.0
    if syrian > _OFTEN:
        said += _OFTEN_SYRIAN
    if spoken >= _FEWEST_SPOKEN:
        said += _SPOKEN
    return said, _PEOPLE * len(peoples)
