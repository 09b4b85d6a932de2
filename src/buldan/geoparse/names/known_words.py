"""What is known of words by their hashes: an open table, and the columns that it leads to.

Hashes are those of `buldan.index.postings.hash_key`. Compiled where it can be; see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.names.views import WordViews
from buldan.geoparse.names.word_classes import WordClass

__all__ = ["KnownWords", "find_cue_pairs"]

_OPENS, _CLOSES = int(WordClass.OPENS), int(WordClass.CLOSES)


class KnownWords:
    """Views of the table and of the columns, by number of the word; see `buldan.geoparse.names.word_cache`.

    Args:
        slots: hashes, open, a power of two long; 0 where none is.
        values: the numbers there.
        cue, classes, piece, common: by number.
    """

    def __init__(self, slots: Any, values: Any, cue: Any, classes: Any, piece: Any, common: Any) -> None:
        self._slots, self._values = slots, values
        self._cue, self._classes, self._piece, self._common = cue, classes, piece, common

    def find(self, hashes: Any, numbers: Any) -> None:
        """Fill in the number of each word, -1 for those unknown."""
        for at in range(len(hashes)):
            numbers[at] = self._find(hashes[at])

    def insert(self, hashes: Any, first: int) -> None:
        """Put new words into the table, numbered from `first` on."""
        last = len(self._slots) - 1
        for at in range(len(hashes)):
            hashed = hashes[at]
            slot = hashed & last
            while self._slots[slot]:
                slot = (slot + 1) & last
            # The hash comes in last: others may read meanwhile.
            self._values[slot] = first + at
            self._slots[slot] = hashed

    def fill(self, words: WordViews) -> bool:
        """Fill in what is known of the words of a text; whether that is all of them."""
        words.common = self._common
        for at in range(len(words.hashes)):
            number = self._find(words.hashes[at])
            # One without a row is another thread's news, for which these columns have no room.
            if number < 0 or number >= len(self._cue):
                return False
            words.number[at], words.cue[at] = number, self._cue[number]
            words.classes[at], words.piece[at] = self._classes[number], self._piece[number]
        return True

    def _find(self, hashed: int) -> int:
        """The number of the word with a hash, -1 where it is unknown."""
        last = len(self._slots) - 1
        slot = hashed & last
        while self._slots[slot] and self._slots[slot] != hashed:
            slot = (slot + 1) & last
        return self._values[slot] if self._slots[slot] else -1


def find_cue_pairs(words: WordViews) -> list[int]:
    """The words of a passage that may be the second of a cue of two, by what it and the one before it are."""
    found, passage = [], 0
    for at in range(1, len(words.classes)):
        if words.classes[at] & _CLOSES and words.classes[at - 1] & _OPENS:
            while at >= words.passages[passage + 1]:
                passage += 1
            # No cue joins words of two passages.
            if at > words.passages[passage]:
                found.append(at)
    return found
