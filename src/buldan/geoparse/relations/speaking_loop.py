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

_TELLS, _HYPHEN = int(WordClass.TELLING | WordClass.FIGURE), 1
"""Words that tell, and the gap (`buldan.geoparse.document.flat.Gap`) that does: "Aleppo-Damascus road"."""

_SEEN = 6
"""Words on each side of a mention that may tell of a relation."""


def mark_speaking(hits: Any, words: WordViews, speaking: Any) -> None:
    """Fill in by hit whether one of the words near by, or a hyphen before one, may tell of a relation."""
    gap, classes = words.gap, words.classes
    for hit in range(hits.shape[1]):
        first, last = hits[_FIRST, hit], hits[_LAST, hit]
        told = False
        for word in range(max(first - _SEEN, 0), first):
            told = told or classes[word] & _TELLS != 0 or gap[word] == _HYPHEN
        for word in range(last, min(last + _SEEN, len(classes))):
            told = told or classes[word] & _TELLS != 0 or gap[word] == _HYPHEN
        speaking[hit] = told
