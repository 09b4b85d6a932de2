"""Which mentions have a word near by that may tell of a relation: the loop over them and the words around each.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.names.views import WordViews
from buldan.geoparse.names.word_classes import WordClass

__all__ = ["mark_speaking"]

_FIRST, _LAST = 1, 2
"""Rows of the table of hits (`buldan.geoparse.names.scan.Hits`)."""

_TELLS = int(WordClass.TELLING)

_SEEN = 8
"""Words on each side of a mention that may tell of a relation: so many as lie between the last name of a list and what
is said of all: "the countryside of Homs, Hama and Jisr al-Shughur"."""


def mark_speaking(hits: Any, words: WordViews, speaking: Any) -> None:
    """Fill in by hit whether one of the words near by may tell of a relation."""
    classes = words.classes
    for hit in range(hits.shape[1]):
        first, last = hits[_FIRST, hit], hits[_LAST, hit]
        told = False
        for word in range(max(first - _SEEN, 0), first):
            told = told or classes[word] & _TELLS != 0
        for word in range(last, min(last + _SEEN, len(classes))):
            told = told or classes[word] & _TELLS != 0
        speaking[hit] = told
