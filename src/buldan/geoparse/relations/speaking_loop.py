"""Which mentions have a word near by that may tell of a relation: the loop over them and the words around each.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.names.views import HitViews, WordViews
from buldan.geoparse.names.word_classes import WordClass

__all__ = ["mark_speaking"]

_FIRST, _LAST = 1, 2
"""Rows of the table of hits (`buldan.geoparse.names.scan.Hits`)."""

_TELLS = int(WordClass.TELLING)

_BEFORE, _BEHIND = 8, 4
"""Words before a mention and behind it that may tell of a relation: a unit of length, "from" and "the town of" at most,
and a unit of length behind it."""

_LISTED, _OF_LIST = 3, 8
"""Words between two names of a list, at most; and those behind one up to what is said of all: "Homs, Hama and Jisr
al-Shughur countryside"."""


def mark_speaking(hit_views: HitViews, words: WordViews, speaking: Any) -> None:
    """Fill in by hit whether one of the words near by may tell of a relation."""
    hits = hit_views.table
    classes, count = words.classes, hits.shape[1]
    for hit in range(count):
        first, last = hits[_FIRST, hit], hits[_LAST, hit]
        listed = hit + 1 < count and hits[_FIRST, hit + 1] - last <= _LISTED
        told = False
        for word in range(max(first - _BEFORE, 0), first):
            told = told or classes[word] & _TELLS != 0
        for word in range(last, min(last + (_OF_LIST if listed else _BEHIND), len(classes))):
            told = told or classes[word] & _TELLS != 0
        speaking[hit] = told
