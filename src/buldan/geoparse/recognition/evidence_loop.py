"""Sum the evidence of a passage for Syria and for elsewhere, and what of it supports each hit: the loop over both.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from math import log2
from typing import Any

from buldan.geoparse.names.cues import encode_roles
from buldan.geoparse.names.hit_rows import LAST, NAME
from buldan.geoparse.names.views import CueViews, HitViews, NameViews, WordViews
from buldan.geoparse.recognition.held_abroad import HeldAbroad

__all__ = ["LENGTH", "SHARE_ABROAD", "SUPPORT", "PassageSums", "mark_syrian_passages", "sum_evidence"]

_NAME, _LAST = NAME, LAST

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

_ITEM_ABROAD, _ITEM_AT_HOME = 1.0, 1.0
"""Minimum evidence of a paragraph for other countries, and its maximum for Syria, if it is an item about elsewhere."""

_HOME, _ELSEWHERE = 0, 1
"""Rows of what names speak for."""

SUPPORT, _ABROAD_BY_HIT, SHARE_ABROAD, LENGTH = range(4)
"""Rows of what is filled in by hit."""

_SUPPORT, _SHARE_ABROAD, _LENGTH = SUPPORT, SHARE_ABROAD, LENGTH


class PassageSums:
    """What a passage says for Syria and for elsewhere, summed up name by name. All arguments are views of arrays.

    Args:
        words: of the text.
        cues, names: all there are.
        weights: two rows by name of the vocabulary, how much it speaks for Syria, and for elsewhere; the last column,
            which is that of number -1, is for what is no name of it.
        spoken: by name, room for the passage in which it was counted last; -1 everywhere, and so again at the end.
    """

    def __init__(self, words: WordViews, cues: CueViews, names: NameViews, weights: Any, spoken: Any) -> None:
        self._words, self._cues, self._names = words, cues, names
        self.weights, self.spoken = weights, spoken
        self.passage, self.total, self.abroad = -1, 0.0, 0.0

    def begin(self, passage: int, first: int, last: int) -> None:
        """Begin with the words of a passage, from `first` to `last` (outside)."""
        self.passage = passage
        self.total, self.abroad = _sum_words(first, last, self._words.cue, self._cues.roles)

    def get_column(self, name: int) -> int:
        """The column of the weights of a name."""
        number: int = self._names.number[name]
        unknown: int = self.weights.shape[1] - 1
        return number if number >= 0 else unknown

    def is_new(self, name: int) -> bool:
        """Whether a name was not counted yet: it speaks once in its passage, however often it comes."""
        new: bool = self.spoken[name] != self.passage
        return new

    def count(self, name: int) -> None:
        """Count a name."""
        column = self.get_column(name)
        self.spoken[name] = self.passage
        self.total += self.weights[_HOME, column]
        self.abroad += self.weights[_ELSEWHERE, column]


def mark_syrian_passages(
    hit_views: HitViews, words: WordViews, sums: PassageSums, held: HeldAbroad, about_syria: Any
) -> None:
    """Mark the passages that say enough for Syria for names that are spelled another way to be sought in them.

    Args:
        hit_views: of the table of hits.
        words: of the text.
        sums: of the text.
        held: says which hits the text puts in a place or a state abroad; these say nothing.
        about_syria: by passage, to be filled.
    """
    hits, begin = hit_views.table, 0
    for passage in range(len(words.passages) - 1):
        first, last = words.passages[passage], words.passages[passage + 1]
        end = hit_views.find_end(begin, last)
        held.mark_places_abroad(begin, end)
        sums.begin(passage, first, last)
        reach = -1
        for hit in range(begin, end):
            # Hits are in order of their first word, the longest first: what ends before another ended stands in it.
            if hits[_LAST, hit] <= reach:
                continue
            reach, name = hits[_LAST, hit], hits[_NAME, hit]
            column = sums.get_column(name)
            # Asked last, for most names are counted already, or say nothing.
            if (
                sums.is_new(name)
                and (sums.weights[_HOME, column] or sums.weights[_ELSEWHERE, column])
                and not (held.is_held(hit, first, last) or held.is_in_state(reach, last))
            ):
                sums.count(name)
        # A passage that names many places abroad must name more of ours before their misspellings are sought.
        least = _ENOUGH_LONG if _count_doublings(first, last) >= _LONG else _ENOUGH_SHORT
        about_syria[passage] = sums.total >= max(least, sums.abroad / 4.0)
        _forget(hits, begin, end, sums)
        begin = end


def sum_evidence(hit_views: HitViews, passages: Any, sums: PassageSums, silent: Any, by_hit: Any, lent: float) -> None:
    """Fill in the evidence of each hit.

    Args:
        hit_views: of the table of hits.
        passages: the word at which each passage begins; one more, the number of words.
        sums: of the text.
        silent: by hit, whether it is held by a place abroad, or stands within another name, and so says nothing.
        by_hit: four rows to be filled: support, abroad, share of abroad, length of the passage.
        lent: how much of what is filled in already, of the page around it, a passage takes over at most; 0 where
            nothing is filled in.
    """
    hits, begin = hit_views.table, 0
    for passage in range(len(passages) - 1):
        first, last = passages[passage], passages[passage + 1]
        end, reach = hit_views.find_end(begin, last), -1
        sums.begin(passage, first, last)
        for hit in range(begin, end):
            # Hits are in order of their first word, the longest first: what ends before another ended stands in it.
            if hits[_LAST, hit] > reach:
                reach = hits[_LAST, hit]
                if not silent[hit] and sums.is_new(hits[_NAME, hit]):
                    sums.count(hits[_NAME, hit])
        length, reach, outer = _count_doublings(first, last), -1, -1
        for hit in range(begin, end):
            name, own, alone = hits[_NAME, hit], 0.0, 0.0
            # What a name says of itself, or a longer one over it says, does not count for it.
            if not sums.is_new(name):
                column = sums.get_column(name)
                own, alone = sums.weights[_HOME, column], sums.weights[_ELSEWHERE, column]
            if hits[_LAST, hit] > reach:
                reach, outer = hits[_LAST, hit], hit
            elif not sums.is_new(hits[_NAME, outer]):
                own = max(own, sums.weights[_HOME, sums.get_column(hits[_NAME, outer])])
            support, elsewhere = max(sums.total - own, 0.0), max(sums.abroad - alone, 0.0)
            # An item about another country reads as if it stood alone, whatever else a page has news of.
            if lent > 0 and (elsewhere < _ITEM_ABROAD or support > _ITEM_AT_HOME):
                support += min(max(by_hit[_SUPPORT, hit] - support, 0.0), lent)
                elsewhere += min(max(by_hit[_ABROAD_BY_HIT, hit] - elsewhere, 0.0), lent)
            by_hit[_SUPPORT, hit], by_hit[_ABROAD_BY_HIT, hit] = support, elsewhere
            # One more below the line: a single name abroad does not make a text one about abroad.
            by_hit[_SHARE_ABROAD, hit] = elsewhere / (elsewhere + support + 1.0)
            by_hit[_LENGTH, hit] = length
        _forget(hits, begin, end, sums)
        begin = end


def _count_doublings(first: int, last: int) -> float:
    """The length of a passage: what a text says of its subject grows with it ever more slowly."""
    return log2(max(last - first, _SHORT_POST) / _SHORT_POST)


def _forget(hits: Any, begin: int, end: int, sums: PassageSums) -> None:
    """Put back what was written, and no more, so that many short passages share one array."""
    for hit in range(begin, end):
        sums.spoken[hits[_NAME, hit]] = -1


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
    support = _SYRIAN if syrian else 0.0
    if syrian > _OFTEN:
        support += _OFTEN_SYRIAN
    if spoken >= _FEWEST_SPOKEN:
        support += _SPOKEN
    return support, _PEOPLE * len(peoples)
