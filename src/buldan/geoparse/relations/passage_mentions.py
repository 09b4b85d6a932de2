"""The placed mentions of a passage, and what the words beside and between them say of where something is.

Here mentions are compared by their words; `relative_places` draws on the map what the words say.
Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from buldan.geoparse.document.flat import Flat, Gap
from buldan.geoparse.document.words import find_strongest_gap
from buldan.geoparse.relations.spatial_signals import (
    Signal,
    find_edge,
    find_signal_after,
    find_signal_before,
    load_words_passed_over,
)
from buldan.model import Place
from buldan.text import load_joining_words

__all__ = ["PassageMentions", "PlacedMention"]

_HYPHEN, _COMMA = int(Gap.HYPHEN), int(Gap.COMMA)

_OF_TWO = frozenset({"between", "along"})
"""Kinds of signals that speak of two places."""

_LINES = frozenset({"road", "river"})
"""Kinds of places that are no end of a line: nothing lies between a town and a river, or along them."""

_TO_OTHER_END = 2
"""Words between the two ends of a road, at most."""


class PlacedMention(NamedTuple):
    """A mention whose place is known: the numbers of its words (`last` outside), and the place."""

    first: int
    last: int
    place: Place


class PassageMentions:
    """The placed mentions of a passage in the order of the text. Mentions are numbered from 0.

    Args:
        flat: the passage.
        first, last: by mention, the numbers of its words (`last` outside).
        places: by mention.
    """

    def __init__(self, flat: Flat, first: Sequence[int], last: Sequence[int], places: Sequence[Place]) -> None:
        self.first, self.last, self.places = first, last, places
        self._flat = flat
        # Kept, because a mention is asked again by each of its neighbours, and in a list by all of them.
        self._before: dict[int, tuple[int, Signal | None]] = {}
        self._after: dict[int, Signal | None] = {}

    def __len__(self) -> int:
        return len(self.first)

    def __getitem__(self, number: int) -> PlacedMention:
        return PlacedMention(self.first[number], self.last[number], self.places[number])

    def find_before(self, number: int) -> tuple[int, Signal | None]:
        """The word at which a mention begins, generic words before it included, and the signal that ends there."""
        if number not in self._before:
            edge = find_edge(self._flat, self.first[number])
            self._before[number] = edge, find_signal_before(self._flat, edge)
        return self._before[number]

    def find_after(self, number: int) -> Signal | None:
        """The signal that begins where a mention ends."""
        if number not in self._after:
            self._after[number] = find_signal_after(self._flat, self.last[number])
        return self._after[number]

    def is_listed_with_next(self, number: int) -> bool:
        """Whether a mention and the next one stand in a list: only a comma, و or "and" is between them."""
        words, gaps = self._flat.words, self._flat.gap_list
        last, first = self.last[number], self.first[number + 1]
        if find_strongest_gap(gaps, last, first + 1) > _COMMA:
            return False
        if last >= first:
            return words.at(first).startswith("و") or gaps[last] == _COMMA
        linking = _load_words_between()
        for word in range(last, first):  # noqa: SIM110 - typed loops have no generators
            if words.at(word) not in linking:
                return False
        return True

    def find_signal_of_two(self, number: int) -> Signal | None:
        """The words that say "between" or "along" of a mention and the next, before the first or behind the second.

        "the Homs-Tartus road", "between Homs and Hama", طريق حلب - دمشق, "the road from Aleppo to Damascus".
        """
        last, first = self.last[number], self.first[number + 1]
        if first - last > _TO_OTHER_END:
            return None
        if self.places[number].kind in _LINES or self.places[number + 1].kind in _LINES:
            return None
        _, before = self.find_before(number)
        if before and before.kind in _OF_TWO:
            inner = [self._flat.words[word] for word in range(last, first)]
            if all(word in _load_words_between() or word in load_words_passed_over() for word in inner):
                return before
        after = self.find_after(number + 1) if last >= first and self._flat.gap_list[last] == _HYPHEN else None
        return after if after and after.kind == "along" else None


def _load_words_between() -> frozenset[str]:
    """What may stand between two names of a list, or of the two ends of a road: و, and, to, إلى."""
    return load_joining_words("linking", "onward", "determiner")
