"""Letters before an Arabic name in the same word: clitics, and a mistyped article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from buldan.text import ONE_LETTER_CLITICS, Words, fold_word, is_arabic

__all__ = ["LEAST_CLAD", "iter_mended_articles", "iter_without_clitics"]

LEAST_CLAD = 3
"""A word that begins with a clitic may hide a name only if it has more letters than this."""

_SLIPPED_ARTICLES = (
    (re.compile(r"\wال(\w{4,})"), r"\1"),  # a letter put in before it,
    (re.compile(r"ا\wل(\w{4,})"), r"\1"),  # or into it
    (re.compile(r"ا(\w)ل(\w{3,})"), r"\1\2"),  # swapped with the letter behind it
    (re.compile(r"لا(\w{4,})"), r"\1"),  # swapped in itself
    (re.compile(r"(?:\wل|ا\w)(\w{4,})"), r"\1"),  # one of its letters changed
)
"""Patterns of a word whose article ال has one typing error, and the word without the article."""


def iter_without_clitics(words: Words) -> Iterator[tuple[str, bool, Words]]:
    """Arabic words without first letters that may be clitics (و ف ب ك ل).

    Yields the letters taken off, whether an article followed them (it is taken off too), and the remaining words.
    """
    if not words or not is_arabic(words[0]):
        return
    first = fold_word(words[0])
    for taken in (1, 2):
        if len(first) - taken >= 2 and all(letter in ONE_LETTER_CLITICS for letter in first[:taken]):
            rest = first[taken:]
            article = rest.startswith("ال") and len(rest) >= 4
            # لل is ل and an article, whose alef is not written.
            swallowed = first[:taken].endswith("لل")
            yield first[:taken], article or swallowed, (rest[2:] if article else rest, *words[1:])
    # Two letters are left at least.
    if first.startswith(("ولل", "فلل")) and len(first) >= 5:
        yield first[:3], True, (first[3:], *words[1:])


def iter_mended_articles(words: Words) -> Iterator[Words]:
    """Arabic words, one of them without its mistyped article: مالجوبانية is الجوبانية."""
    for at, word in enumerate(words):
        if is_arabic(word[0]):
            folded = fold_word(word)
            for slipped, mended in _SLIPPED_ARTICLES:
                if slipped.fullmatch(folded):
                    yield (*words[:at], slipped.sub(mended, folded), *words[at + 1 :])
