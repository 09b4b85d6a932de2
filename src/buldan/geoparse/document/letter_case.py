"""How each line writes its capitals: as running text does, in a headline, in capitals alone, or in none.

Only in running text does a capital letter tell a name from a word.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.flat import Flat, Gap

__all__ = ["LetterCase", "find_letter_case", "is_capital"]


class LetterCase(IntEnum):
    """How a line is written."""

    RUNNING = 0
    TITLE = 1
    SHOUTED = 2
    SMALL = 3


_FEWEST_WORDS = 3
_TITLE_SHARE, _SHOUTED_SHARE = 0.75, 0.7
"""Shares of capitalised words (of those of four letters and more), and of words in capitals alone."""

_LONG_WORD = 4


def is_capital(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which code points are Latin capital letters."""
    upper = (codes >= ord("A")) & (codes <= ord("Z"))
    rare = np.flatnonzero((codes >= 0xC0) & (codes < 0x250))
    upper[rare] = [chr(code).isupper() for code in codes[rare].tolist()]
    return upper


def _stops(flat: Flat) -> NDArray[np.int64]:
    """The words behind which a full stop stands at the end of their line, as in no headline."""
    ends = np.flatnonzero(flat.gaps[1:] >= Gap.STOP)
    marks = flat.original_codes[np.minimum(flat.offsets[flat.starts[1:][ends] - 1], len(flat.original_codes) - 1)]
    stopped: NDArray[np.int64] = ends[marks == ord(".")]
    return stopped


def find_letter_case(flat: Flat) -> NDArray[np.int8]:
    """By word, how its line is written (`LetterCase`); found once for a text."""
    if "letter case" not in flat.found:
        flat.found["letter case"] = _measure_letter_case(flat)
    return flat.found["letter case"]


def _measure_letter_case(flat: Flat) -> NDArray[np.int8]:
    count = len(flat.words)
    case = np.zeros(count, np.int8)
    if not count:
        return case
    latin = (flat.codes[flat.starts[:-1]] >= ord("a")) & (flat.codes[flat.starts[:-1]] <= ord("z"))
    if not latin.any():
        return case
    first = is_capital(flat.original_codes[flat.offsets[flat.starts[:-1]]])
    final = is_capital(flat.original_codes[flat.offsets[flat.starts[1:] - 2]])
    letters = np.diff(flat.starts) - 1
    line = np.cumsum(flat.gaps[:-1] == Gap.LINE)
    lines = int(line[-1]) + 1

    def counted(which: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(line[latin & which], minlength=lines)

    whole, long = counted(letters > 1), counted(letters >= _LONG_WORD)
    enough = whole >= _FEWEST_WORDS
    kind = np.zeros(lines, np.int8)
    kind[enough & (counted(first) == 0)] = LetterCase.SMALL
    capitals = counted(first & (letters >= _LONG_WORD))
    # A sentence of a few long words may begin with one and name another: a headline has three at least.
    ended = np.zeros(lines, np.bool_)
    ended[line[_stops(flat)]] = True
    kind[enough & ~ended & (long >= _FEWEST_WORDS) & (capitals >= _TITLE_SHARE * long)] = LetterCase.TITLE
    kind[enough & (counted(first & final & (letters > 1)) >= _SHOUTED_SHARE * whole)] = LetterCase.SHOUTED
    case[:] = kind[line]
    return case
