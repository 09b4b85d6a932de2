"""All names of the gazetteer as one trie of words (Fredkin 1960), to be sought in a text at once.

The text comes as numbers, a few for each word, and the trie is walked from each of its words as far as names go.
What may stand before a name within its first word (Arabic writes "and", "in", "to" there) is tried with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.index.columns import Columns
from buldan.index.postings import Postings
from buldan.index.trie_walk import Trie

__all__ = ["Found", "Phrases", "build_trie_columns"]


@dataclass(eq=False, slots=True)
class Found:
    """Phrases found, by first word, the longest first, of one length fewest letters skipped.

    Attributes:
        table: four rows: the number of each; its first word, and the word behind its last; letters of the first word
            that stand before it. Wider than there are phrases.
        count: how many there are.
    """

    table: NDArray[np.int64]
    count: int


class Phrases:
    """Phrases by number, sought all at once, in time that grows with the text and hardly with the phrases."""

    def __init__(self, clitics: frozenset[str], columns: Columns) -> None:
        self._clitics = clitics
        # Where the trie is entered by a first word, and the number of a later one.
        self._root, self._piece = (Postings.from_columns(columns, name) for name in ("root", "piece"))
        keys, phrase = columns["step.key"], columns["node.phrase"]
        # Steps are sorted by their node: all of one stand together.
        begins = np.searchsorted(keys >> _NODE, np.arange(len(phrase) + 1))
        # Unsigned, as the search by bisection takes its keys.
        self._trie = Trie(keys.view(np.uint64).data, columns["step.child"].data, begins.data, phrase.data)

    @classmethod
    def build(cls, texts: Sequence[str], clitics: frozenset[str] = frozenset()) -> Phrases:
        """The trie of folded `texts`, no two alike; `clitics` are what may be written before one in its word."""
        return cls(clitics, build_trie_columns(texts))

    @property
    def most_skipped(self) -> int:
        """Letters of the longest clitic."""
        return max(map(len, self._clitics), default=0)

    def get(self, phrase: str) -> int | None:
        """The number of a phrase, None where it is none."""
        first, *rest = phrase.split(" ")
        entries = np.array([[_find_number(self._root, first)], *([-1] for _ in rest)], np.int32)
        pieces = np.array([-1, *map(self.find_piece, rest)], np.int64)
        found = self.find(np.arange(1 + len(rest)), entries, pieces)
        numbers, _, lasts, _ = found.table[:, : found.count].tolist()
        return next((number for number, last in zip(numbers, lasts, strict=True) if last > len(rest)), None)

    def find_entries(self, word: str) -> tuple[int, ...]:
        """Where the trie is entered by a word, by how many of its letters are skipped as a clitic; -1 for nowhere."""
        root, clitics = self._root, self._clitics
        return (
            _find_number(root, word),
            *(
                _find_number(root, word[skip:]) if word[:skip] in clitics else -1
                for skip in range(1, self.most_skipped + 1)
            ),
        )

    def find_piece(self, word: str) -> int:
        """The number of a word that is not the first of a phrase, -1 where it is in none."""
        return _find_number(self._piece, word)

    def find(self, words: NDArray[np.int64], entries: NDArray[np.int32], pieces: NDArray[np.int64]) -> Found:
        """Every phrase in a text.

        Args:
            words: of the text, by number.
            entries: by number of a word, what `find_entries` says.
            pieces: by word of the text, what `find_piece` says.
        """
        room = len(words) + 16
        while True:
            table = np.empty((4, room), np.int64)
            count = self._trie.walk(words.data, entries.data, pieces.data, table.data)
            if count <= room:
                return Found(table, count)
            room = count


_NODE = 32
"""Bits by which a node is moved up to make a step's key of it and the number of the word that follows."""


def _find_number(words: Postings, word: str) -> int:
    """The number of a word among words with one each, -1 for none."""
    found = words.find(word, 1)
    return found[0] if found else -1


def build_trie_columns(texts: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The trie as arrays: nodes of first words, later words, steps (node and later word) sorted, phrase by node."""
    root: dict[str, int] = {}
    piece: dict[str, int] = {}
    steps: dict[int, int] = {}
    ends = []
    for text in texts:
        first, *rest = text.split(" ")
        node = root.setdefault(first, len(root) + len(steps))
        for word in rest:
            step = node << _NODE | piece.setdefault(word, len(piece))
            node = steps.setdefault(step, len(root) + len(steps))
        ends.append(node)
    keys, children = (np.fromiter(part, np.int64, len(steps)) for part in (steps, steps.values()))
    order = np.argsort(keys)
    phrase = np.full(len(root) + len(steps), -1)
    phrase[ends] = np.arange(len(texts))
    return {
        **Postings.build(root.items()).to_columns("root"),
        **Postings.build(piece.items()).to_columns("piece"),
        "step.key": keys[order],
        "step.child": children[order],
        "node.phrase": phrase,
    }
