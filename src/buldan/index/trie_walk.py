"""The walk through the trie of names from every word of a text; compiled where it can be, see `hatch_build.py`."""

from __future__ import annotations

from typing import Any

from buldan.index.bisection import find_first_at_least

__all__ = ["Trie"]

_NODE = 32
"""Bits by which a node is moved up to make a step's key of it and the number of the word that follows."""

_NAME, _FIRST, _LAST, _SKIP = 0, 1, 2, 3
"""Rows of what is found."""


class Trie:
    """Views of the trie, taken once.

    Args:
        keys: node and later word of every step, sorted.
        children: the node that each step leads to.
        begins: by node, its first step; one more, the end.
        names: by node, the name that ends there, or -1.
    """

    def __init__(self, keys: Any, children: Any, begins: Any, names: Any) -> None:
        self._keys, self._children, self._begins, self._names = keys, children, begins, names

    def walk(self, words: Any, entries: Any, pieces: Any, found: Any) -> int:
        """How many names stand in a text; those for which there is room are filled in.

        By first word, the longest first.

        Args:
            words: the number of each word of the text.
            entries: by number of a word, the nodes that it leads to, a column for each number of letters that are
                skipped; -1 for none.
            pieces: by word of the text, its number as a later word of names; -1 for none.
            found: four rows to be filled: name, first word, word behind the last, letters skipped.
        """
        room, count = found.shape[1], 0
        for first in range(len(words)):
            begun = count
            for skip in range(entries.shape[1]):
                node, last = entries[words[first], skip], first + 1
                while node >= 0:
                    if self._names[node] >= 0:
                        # Counted on where there is no more room, so that the caller learns how much it takes.
                        if count < room:
                            _insert(found, begun, count, self._names[node], first, last, skip)
                        count += 1
                    node = self._step(node, pieces[last]) if last < len(pieces) else -1
                    last += 1
        return count

    def _step(self, node: int, piece: int) -> int:
        """The node that a further word leads to, by halving the steps of the node; -1 for none."""
        if piece < 0:
            return -1
        end, key = self._begins[node + 1], (node << _NODE) | piece
        low = find_first_at_least(self._keys, key, self._begins[node], end)
        return self._children[low] if low < end and self._keys[low] == key else -1


def _insert(found: Any, begun: int, count: int, name: int, first: int, last: int, skip: int) -> None:
    """Put a name among those of its first word: the longest first, of one length the one with fewer letters skipped."""
    to = count
    # Skips come in their order, so that of one length the earlier is to stay before.
    while to > begun and found[_LAST, to - 1] < last:
        for row in range(4):
            found[row, to] = found[row, to - 1]
        to -= 1
    found[_NAME, to], found[_FIRST, to], found[_LAST, to], found[_SKIP, to] = name, first, last, skip
