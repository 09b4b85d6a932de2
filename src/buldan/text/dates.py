"""Days of the year as texts and names write them: 23 February, Shubat 23, الثامن من آذار."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from buldan.text.folding import fold
from buldan.text.joining import load_joining_words
from buldan.text.tables import read_table

__all__ = ["is_date", "load_arabic_ordinals", "load_months"]

_NUMBER = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")


@cache
def load_months() -> dict[tuple[str, str], str]:
    """By language and form, the month it means: `("en", "Shubat")` is February."""
    return {(lang, form): month for month, lang, form, _ in read_table("months")}


@cache
def load_arabic_ordinals() -> dict[str, str]:
    """By the number of a day, the words that Arabic calls it by: 8 is الثامن."""
    return {day: form for day, form, _ in read_table("ordinals_arabic")}


def is_date(words: Sequence[str]) -> bool:
    """Whether folded words are a day and its month, and nothing else.

    >>> [is_date(text.split()) for text in ("23 february", "shubat 23", "17 april dam", "february")]
    [True, True, False, False]
    """
    text = " ".join(words)
    month = next((form for form in _list_folded_months() if f" {form} " in f" {text} "), None)
    if month is None:
        return False
    day = f" {text} ".replace(f" {month} ", " ", 1).split()
    known = load_joining_words("day") | _list_day_words()
    return bool(day) and all(word in known or _NUMBER.fullmatch(word) for word in day)


@cache
def _list_folded_months() -> tuple[str, ...]:
    """Forms of months, the longest first: تشرين الأول before تشرين."""
    return tuple(sorted({fold(form) for _, form in load_months()}, key=len, reverse=True))


@cache
def _list_day_words() -> frozenset[str]:
    return frozenset(word for form in load_arabic_ordinals().values() for word in fold(form).split())
