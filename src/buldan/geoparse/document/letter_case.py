"""How each line writes its capitals: as running text does, in a headline, in capitals alone, or in none.

Only in running text does a capital letter tell a name from a word. Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from buldan.enumerations import NumberInArrays
from buldan.geoparse.document.flat import Gap
from buldan.geoparse.document.words import TextViews

__all__ = ["LetterCase", "classify_lines", "is_latin_capital"]


class LetterCase(NumberInArrays, IntEnum):
    """How a line is written."""

    RUNNING = 0
    TITLE = 1
    SHOUTED = 2
    SMALL = 3


_FEWEST_WORDS = 3
"""Words of a line below which it does not tell how it is written: one or two are a name."""

_TITLE_SHARE, _SHOUTED_SHARE = 0.75, 0.7
"""Shares of capitalised words (of those of four letters and more), and of words in capitals alone."""

_LONG_WORD = 4
"""Letters from which on a title capitalises a word: of, in and the stay small in it."""

_STOP, _LINE = int(Gap.STOP), int(Gap.LINE)
_RUNNING, _TITLE, _SHOUTED, _SMALL = map(int, LetterCase)
_DOT, _SMALL_A, _SMALL_Z = ord("."), ord("a"), ord("z")
_A, _Z, _LATIN, _LATIN_ENDS = ord("A"), ord("Z"), 0xC0, 0x250
"""ASCII capitals, and where the Latin letters with marks begin and end."""


def classify_lines(text: TextViews, case: Any, capital: Any) -> None:
    """Fill in how the line of each word is written (`LetterCase`), and whether the word begins with a telling capital.

    In a headline all words have capitals, and they tell nothing: only those of running text are filled in.
    """
    gap, starts, codes, original, offsets = text.gap, text.starts, text.codes, text.original, text.offsets
    # Line by line, for a headline and the text below it are written each in its own way.
    begin, count = 0, len(case)
    while begin < count:
        end, words, of_length, first, capitalised, shouted, ended = begin, 0, 0, 0, 0, 0, False
        while end < count and (end == begin or gap[end] != _LINE):
            letters = starts[end + 1] - starts[end] - 1
            capital[end] = is_latin_capital(original[offsets[starts[end]]])
            if _SMALL_A <= codes[starts[end]] <= _SMALL_Z:
                words += letters > 1
                of_length += letters >= _LONG_WORD
                first += capital[end]
                capitalised += capital[end] and letters >= _LONG_WORD
                if letters > 1 and capital[end]:
                    shouted += is_latin_capital(original[offsets[starts[end + 1] - 2]])
            if gap[end + 1] >= _STOP:
                # No headline ends so.
                ended = ended or original[min(offsets[starts[end + 1] - 1], len(original) - 1)] == _DOT
            end += 1
        how = _RUNNING
        if words >= _FEWEST_WORDS:
            # A sentence of a few long words may begin with one and name another: a headline has three at least.
            headline = not ended and of_length >= _FEWEST_WORDS and capitalised >= _TITLE_SHARE * of_length
            how = _SMALL if first == 0 else _RUNNING
            if headline:
                how = _TITLE
            if shouted >= _SHOUTED_SHARE * words:
                how = _SHOUTED
        for word in range(begin, end):
            case[word] = how
            capital[word] = capital[word] and how == _RUNNING
        begin = end


def is_latin_capital(code: int) -> bool:
    """Whether a code point is a Latin capital letter."""
    return _A <= code <= _Z or (_LATIN <= code < _LATIN_ENDS and chr(code).isupper())
