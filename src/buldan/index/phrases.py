"""All names of the gazetteer as one automaton (Aho and Corasick 1975), to be sought in a text at once.

The text is flat: folded, one space between words, one at each end. A phrase is found where a word ends with it;
what stands before it within its word is the caller's to judge (Arabic writes "and", "in", "to" there).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

__all__ = ["Hit", "Phrases"]

Value = TypeVar("Value")


class Hit(NamedTuple, Generic[Value]):
    """A phrase found in a flat text: it begins at `word` with a clitic, at `start` without."""

    word: int
    start: int
    end: int
    value: Value


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

    def iter_hits(self, flat: str) -> Iterator[Hit[Value]]:
        """Every phrase that stands at the beginning of a word or behind a clitic, in order of its end."""
        if not len(self._automaton):
            return
        reach = self._longest_clitic + 1
        for end, (length, value) in self._automaton.iter(flat):
            start = end - length
            if flat[start - 1] == " ":
                yield Hit(start, start, end, value)
                continue
            word = flat.rfind(" ", max(0, start - reach), start) + 1
            if word and flat[word:start] in self._clitics:
                yield Hit(word, start, end, value)
