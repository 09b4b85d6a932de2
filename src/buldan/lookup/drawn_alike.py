"""Towns whose Arabic names are drawn like a question, dots apart: سراقب for سراقت."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from buldan.index import Index
from buldan.text import draw_without_dots, fold

__all__ = ["DrawnAlike"]

_KNOWN = 3.0
"""Salience from which on a place is likelier than a lesser one whose name is as near."""

_MOST_LETTERS = 2
"""Letters whose dots may differ."""

_FEWEST = 3
"""Minimum letters of a name; shorter ones are like too many others."""


class DrawnAlike:
    """The names of the better known places of an index by their shapes, read when first asked for."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """By shapes, the folded name; empty where several names are drawn so."""
        names: dict[str, str] = {}
        for row in np.flatnonzero(np.asarray(self._index.salience) >= _KNOWN):
            name = fold(self._index.places[int(row)].name_ar)
            if len(name) >= _FEWEST:
                drawn = draw_without_dots(name)
                names[drawn] = name if names.get(drawn, name) == name else ""
        return names

    def find(self, text: str) -> str:
        """The name of a better known place that a text has but for the dots of one or two letters, or empty."""
        folded = fold(text)
        name = self._names.get(draw_without_dots(folded), "")
        differing = sum(map(str.__ne__, folded, name)) if len(folded) == len(name) else 0
        return name if 0 < differing <= _MOST_LETTERS else ""
