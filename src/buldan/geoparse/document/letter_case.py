"""How each line writes its capitals: as running text does, in a headline, in capitals alone, or in none.

Only in running text does a capital letter tell a name from a word. Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.enumerations import NumberInArrays
from buldan.geoparse.document.flat import Flat, Gap

__all__ = ["LetterCase", "find_capitals", "find_letter_case"]


class LetterCase(NumberInArrays, IntEnum):
    """How a line is written."""

    RUNNING = 0
    TITLE = 1
    SHOUTED = 2
    SMALL = 3


_FEWEST_WORDS = 3
_TITLE_SHARE, _SHOUTED_SHARE = 0.75, 0.7
"""Shares of capitalised words (of those of four letters and more), and of words in capitals alone."""

_LONG_WORD = 4

_STOP, _LINE = int(Gap.STOP), int(Gap.LINE)
_RUNNING, _TITLE, _SHOUTED, _SMALL = map(int, LetterCase)
_DOT, _SMALL_A, _SMALL_Z = ord("."), ord("a"), ord("z")
_A, _Z, _LATIN, _LATIN_ENDS = ord("A"), ord("Z"), 0xC0, 0x250
"""ASCII capitals, and where the Latin letters with marks begin and end."""


def find_letter_case(flat: Flat) -> NDArray[np.uint8]:
    """By word, how its line is written (`LetterCase`); found once for a text."""
    if "letter case" not in flat.found:
        count = len(flat.words)
        case, capital = np.empty(count, np.uint8), np.empty(count, np.uint8)
        letters = (flat.codes.data, flat.original_codes.data, flat.offsets.data)
        _measure_lines(flat.gaps.data, flat.starts.data, *letters, case.data, capital.data)
        flat.found["letter case"], flat.found["capital"] = case, capital
    return flat.found["letter case"]


def find_capitals(flat: Flat) -> NDArray[np.bool_]:
    """By word, whether it begins with a capital letter."""
    find_letter_case(flat)
    return flat.found["capital"].view(np.bool_)


def _measure_lines(gap: Any, starts: Any, codes: Any, original: Any, offsets: Any, case: Any, capital: Any) -> None:
    """Fill in how the line of each word is written, and whether the word begins with a capital letter.

    Args:
        gap, starts: by word, the gap before it, and where it begins in the flat text; one more each.
        codes: of the flat text.
        original: code points of the original.
        offsets: where in the original each character of the flat text stands.
        case, capital: by word, to be filled.
    """
    # Line by line, for a headline and the text below it are written each in its own way.
    begin, count = 0, len(case)
    while begin < count:
        end, words, of_length, first, capitalised, shouted, ended = begin, 0, 0, 0, 0, 0, False
        while end < count and (end == begin or gap[end] != _LINE):
            letters = starts[end + 1] - starts[end] - 1
            capital[end] = _is_capital(original[offsets[starts[end]]])
            if _SMALL_A <= codes[starts[end]] <= _SMALL_Z:
                words += letters > 1
                of_length += letters >= _LONG_WORD
                first += capital[end]
                capitalised += capital[end] and letters >= _LONG_WORD
                if letters > 1 and capital[end]:
                    shouted += _is_capital(original[offsets[starts[end + 1] - 2]])
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
        begin = end


def _is_capital(code: int) -> bool:
    """Whether a code point is a Latin capital letter."""
    return _A <= code <= _Z or (_LATIN <= code < _LATIN_ENDS and chr(code).isupper())
