"""Split a name into words as it is spelled, and see whether a text has letters."""

from __future__ import annotations

import re
import unicodedata

from buldan.text.folding import fold_word

__all__ = ["find_words", "has_letter", "split_words"]

_MARKS = "'’‘ʼʻʿʾ`´ʽ′"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640])*")
_ARABIC_LETTERS = re.compile("[\u0621-\u063a\u0641-\u064a ]+")
"""Arabic letters and spaces, which are composed, visible and lower case as they are."""

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]")


def split_words(name: str) -> list[str]:
    """The words of a name in its own spelling, lower case, composed, without invisible characters.

    Apostrophes stay inside a word (they stand for ayn); hyphens, dots and underscores end it.

    >>> split_words("Ma‘arrat al-Nu’mān")
    ['ma‘arrat', 'al', 'nu’mān']
    """
    if name.isascii():
        return _WORD.findall(name.lower())  # composed and visible as it is
    if _ARABIC_LETTERS.fullmatch(name):
        words = name.split()
    else:
        text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", name)).lower()
        words = _WORD.findall(unicodedata.normalize("NFC", text))
    # A tatweel or a hamza alone is a word to the pattern, but nothing is left of it when it is folded.
    return [word for word in words if fold_word(word)]


def find_words(name: str) -> list[tuple[int, int]]:
    """Where each word of a name begins and ends, in its own spelling.

    >>> find_words("Deir ez-Zor")
    [(0, 4), (5, 7), (8, 11)]
    """
    return [match.span() for match in _WORD.finditer(name)]


def has_letter(text: str) -> bool:
    """Whether a text has a letter that is left when it is folded, as a tatweel or a hamza alone is not.

    >>> has_letter("12 km"), has_letter("12 ـ")
    (True, False)
    """
    return any(map(fold_word, filter(str.isalpha, text)))
