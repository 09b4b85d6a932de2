"""What the original shows of a word and the fold hides: capitals, ه written for ة, ى for ي.

Names are sought in folded text, where all ways of writing are alike; whether a name is meant is seen in the original.
Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from buldan.geoparse.names.views import WordViews

__all__ = ["OriginalLetters"]

_HEH, _MAQSURA, _DIGIT = map(ord, "هى0")
_A, _Z, _NOT_ASCII = ord("A"), ord("Z"), 128
"""Code points: of the first and the last plain capital, and the first that is not ASCII."""

_ARABIC, _ARABIC_ENDS = 0x600, 0x700
"""Where the Arabic letters begin and end."""


class OriginalLetters:
    """The letters of some passages, as they were written."""

    def __init__(self, words: WordViews) -> None:
        self._words = words

    def begins_with_capital(self, word: int) -> bool:
        """Whether a word begins with a capital."""
        return self.is_capital(self._words.starts[word])

    def is_capital(self, at: int) -> bool:
        """Whether a letter of the flat text is a capital in the original."""
        code: int = self._words.original[self._words.offsets[at]]
        if code < _NOT_ASCII:
            return _A <= code <= _Z
        # Arabic has none, and to ask a character takes an object.
        return not _ARABIC <= code < _ARABIC_ENDS and chr(code).isupper()

    def ends_in_heh(self, end: int) -> bool:
        """Whether the original has ه before a place in the flat text, where the fold has it for ة as well."""
        ends: bool = self._words.original[self._words.offsets[end - 1]] == _HEH
        return ends

    def ends_in_maqsura(self, word: int) -> bool:
        """Whether the original has ى at the end of a word that another follows: على is "on", علي a man's name."""
        last = self._words.starts[word + 1] - 1
        while last > self._words.starts[word] and self._words.codes[last] < _DIGIT:  # the blanks and signs between
            last -= 1
        ends: bool = self._words.original[self._words.offsets[last]] == _MAQSURA
        return ends
