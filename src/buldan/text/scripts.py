"""Which script a piece of text is written in (ISO 15924)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

__all__ = ["is_arabic", "is_mostly_arabic", "script_of"]

_CODES = {
    "ARABIC": "Arab",
    "LATIN": "Latn",
    "SYRIAC": "Syrc",
    "ARMENIAN": "Armn",
    "GREEK": "Grek",
    "CYRILLIC": "Cyrl",
    "HEBREW": "Hebr",
    "FULLWIDTH": "Latn",
    "MATHEMATICAL": "Latn",
}


@lru_cache(maxsize=4096)
def _find_script(letter: str) -> str:
    """The ISO 15924 code of the script of a letter, empty where it is no letter."""
    if letter.isascii():
        return "Latn" if letter.isalpha() else ""
    if not letter.isalpha():
        return ""
    return _CODES.get(unicodedata.name(letter, "").partition(" ")[0], "Zyyy")


def script_of(text: str) -> str:
    """The script of most letters of `text`; `Zyyy` where there is none or another than names use.

    >>> script_of("يلدا"), script_of("Yalda"), script_of("123")
    ('Arab', 'Latn', 'Zyyy')
    """
    counts: dict[str, int] = {}
    for letter in text:
        script = _find_script(letter)
        if script:
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=counts.__getitem__) if counts else "Zyyy"


def is_arabic(word: str) -> bool:
    """Whether the first letter of a word is Arabic; the quick form for single words."""
    return bool(word) and _find_script(word[0]) == "Arab"


def is_mostly_arabic(text: str) -> bool:
    """Whether more than a third of a text's characters are Arabic, so that it is to be read as Arabic.

    A third and no half, for digits, blanks and names in Latin letters are no sign of another language.

    >>> is_mostly_arabic("قُصفت يلدا (Yalda) أمس"), is_mostly_arabic("Yalda (يلدا) was shelled")
    (True, False)
    """
    return sum("\u0600" <= letter <= "\u06ff" for letter in text) * 3 > len(text)
