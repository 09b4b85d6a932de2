"""The one way to fold text: letters that vary in writing take one form.

In this order, for each character: the table `folds.tsv`, else compatibility decomposition (presentation forms,
ligatures, accents), lower case, marks and invisible controls dropped, digits of any script to ASCII, and all
that is neither letter nor digit to a space. `FOLD_VERSION` is raised when the outcome changes for any text, so
that an index made with another fold is rebuilt.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from buldan.text.fold_walk import DROP, WIDER, fold_into
from buldan.text.tables import read_table

__all__ = ["FOLD_VERSION", "fold", "fold_codes", "fold_with_offsets", "fold_word", "list_code_points"]

FOLD_VERSION = 1  # goes up when a fold changes: an index built with another is built again

_DROPPED = frozenset({"Mn", "Me", "Cf", "Cc"})
_KEPT_CONTROLS = frozenset("\t\n\r\x0b\x0c\x85")


class _Folds(dict[int, str]):
    """Folded form of each code point, worked out when first met, and put into the table where it is one or none."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        if len(folded) <= 1:
            _ONE_FOR_ONE[code] = ord(folded) if folded else DROP
        return folded


def _fold_character(character: str) -> str:
    """The fold of one character that the table does not name."""
    if character in _KEPT_CONTROLS:
        return " "
    folded = []
    # Taken apart first: a mathematical capital has no small letter before it is a plain one.
    plain = unicodedata.normalize("NFKD", character).lower()
    for part in unicodedata.normalize("NFKD", plain):
        category = unicodedata.category(part)
        if ord(part) in _FOLDS and part != character:
            folded.append(_FOLDS[ord(part)])
        elif category[0] == "L":
            folded.append(part)
        elif category == "Nd":
            folded.append(str(unicodedata.digit(part)))
        elif category not in _DROPPED:
            folded.append(" ")
    return "".join(folded).replace("  ", " ")


_ONE_FOR_ONE = np.full(0x110000, WIDER, np.uint32)
"""The same folds as an array, for the many characters of a text at once."""

_FOLDS = _Folds({ord(source): target for source, target, _ in read_table("folds")})
for _code, _target in _FOLDS.items():
    if len(_target) <= 1:
        _ONE_FOR_ONE[_code] = ord(_target) if _target else DROP


def fold(text: str) -> str:
    """The folded copy of `text`: words of folded letters and digits, one space between them.

    Idempotent: `fold(fold(text)) == fold(text)`.

    >>> fold("الحَجَر الأسْوَد"), fold("Al-Ḩajar al-Aswad"), fold("ﺩﻣﺸﻖ")
    ('الحجر الاسود', 'al hajar al aswad', 'دمشق')
    """
    return " ".join(text.translate(_FOLDS).split())


@lru_cache(maxsize=1 << 15)
def fold_word(word: str) -> str:
    """`fold` of one word, kept: each stage of a lookup asks again, and tables are made of the same words.

    >>> fold_word("الحَجَر")
    'الحجر'
    """
    return word.lower() if word.isascii() and word.isalpha() else fold(word)


def fold_with_offsets(text: str) -> tuple[str, NDArray[np.int64]]:
    """The folded copy with spaces kept where they fall, and the code-point offset of each of its characters.

    `offsets[i]` is where, in `text`, the i-th folded character comes from; it has one entry more, the length
    of the text.

    >>> folded, offsets = fold_with_offsets("دِمَشق")
    >>> folded, offsets.tolist()
    ('دمشق', [0, 2, 4, 5, 6])
    """
    folded, offsets = fold_codes(list_code_points(text))
    return folded.tobytes().decode("utf-32-le", "surrogatepass"), offsets


def list_code_points(text: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    # By the name that Python has its encoder at hand for; what it puts first is the mark of the order of bytes.
    return np.frombuffer(text.encode("utf-32", "surrogatepass"), np.uint32, offset=4)


def fold_codes(codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The same as `fold_with_offsets`, from code points to code points."""
    room = len(codes) + _WIDENED
    while True:
        folded, offsets = np.empty(room, np.uint32), np.empty(room + 1, np.int64)
        count = fold_into(codes.data, _ONE_FOR_ONE.data, _FOLDS, folded.data, offsets.data)
        if count <= room:
            offsets[count] = len(codes)
            return folded[:count], offsets[: count + 1]
        room = count


_WIDENED = 32
"""Room for what folds to several characters; a text with more of that is walked twice."""
