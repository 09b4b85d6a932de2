"""All names of the gazetteer as one automaton (Aho and Corasick 1975), to be sought in a text at once.

The text is flat: folded, one space between words, one at each end. A phrase is found where a word ends with it;
what stands before it within its word is the caller's to judge (Arabic writes "and", "in", "to" there).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeAlias, TypeVar

import ahocorasick

__all__ = ["Hit", "Phrases"]

Value = TypeVar("Value")


Hit: TypeAlias = tuple[int, int, int, Value]


class Phrases(Generic[Value]):
    """Phrases with a value each, sought all at once, in time that grows with the text alone."""

    def __init__(self, phrases: Mapping[str, Value], clitics: frozenset[str]) -> None:
        """Make the automaton of folded `phrases`; `clitics` are what may be written before one in its word."""
        self._clitics = clitics
        self._longest_clitic = max(map(len, clitics), default=0)
        self._automaton = ahocorasick.Automaton()
        for phrase, value in phrases.items():
            self._automaton.add_word(phrase + " ", (len(phrase), value))
        if phrases:
            self._automaton.make_automaton()

    def __len__(self) -> int:
        return len(self._automaton)

    def get(self, phrase: str) -> Value | None:
        """The value of a phrase, None where it is none."""
        found = self._automaton.get(phrase + " ", None)
        return None if found is None else found[1]

    def find_hits(self, flat: str) -> list[Hit[Value]]:
        """Every phrase that stands at the beginning of a word or behind a clitic, in order of its end.

        A hit is (word, start, end, value): the word that the phrase begins in, the phrase itself without a
        clitic, its end, and its value; all but the last are characters of `flat`.
        """
        found: list[Hit[Value]] = []
        if not len(self._automaton):
            return found
        add, rfind, clitics, reach = found.append, flat.rfind, self._clitics, self._longest_clitic + 1
        for end, (length, value) in self._automaton.iter(flat):
            start = end - length
            if flat[start - 1] == " ":
                add((start, start, end, value))
            else:
                word = rfind(" ", max(0, start - reach), start) + 1
                if word and flat[word:start] in clitics:
                    add((word, start, end, value))
        return found
