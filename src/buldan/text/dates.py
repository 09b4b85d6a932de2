"""Days of the year as texts and names write them: 23 February, Shubat 23, الثامن من آذار."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from buldan.text.folding import fold
from buldan.text.joining import joining_words
from buldan.text.tables import read_table

__all__ = ["arabic_ordinals", "is_date", "months"]

_NUMBER = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")


@cache
def months() -> dict[tuple[str, str], str]:
    """By language and form, the month it means: `("en", "Shubat")` is February."""
    return {(lang, form): month for month, lang, form, _ in read_table("months")}


@cache
def arabic_ordinals() -> dict[str, str]:
    """By the number of a day, the words that Arabic calls it by: 8 is الثامن."""
    return {day: form for day, form, _ in read_table("ordinals_arabic")}


def is_date(words: Sequence[str]) -> bool:
    """Whether folded words are a day and its month, and nothing else.

    >>> [is_date(text.split()) for text in ("23 february", "shubat 23", "17 april dam", "february")]
    [True, True, False, False]
    """
    text = " ".join(words)
    month = next((form for form in _folded_months() if f" {form} " in f" {text} "), None)
    if month is None:
        return False
    day = f" {text} ".replace(f" {month} ", " ", 1).split()
    known = joining_words("day") | _day_words()
    return bool(day) and all(word in known or _NUMBER.fullmatch(word) for word in day)


@cache
def _folded_months() -> tuple[str, ...]:
    """Forms of months, the longest first: تشرين الأول before تشرين."""
    return tuple(sorted({fold(form) for _, form in months()}, key=len, reverse=True))


@cache
def _day_words() -> frozenset[str]:
    return frozenset(word for form in arabic_ordinals().values() for word in fold(form).split())
