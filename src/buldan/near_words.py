"""Suggest the known word that an unknown word may mean."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["find_near_word", "suggest_near_word"]


def find_near_word(given: str, known: Iterable[str]) -> str:
    """The known word that `given` is a part of or is spelled almost like; empty if there is none.

    >>> find_near_word("--out", ["--bom", "--output"])
    '--output'
    >>> find_near_word("json", ["table", "geojson", "csv"])
    'geojson'
    >>> find_near_word("cvs", ["table", "geojson", "csv"])
    'csv'
    """
    words = {word.casefold(): word for word in known}
    asked = given.strip().casefold()
    if len(asked.strip("-.")) < 2:
        return ""
    # A word with a part left out or added at an end is more often meant than one that shares as many letters.
    for is_near in (str.startswith, str.endswith):
        parts = [word for word in words if is_near(word, asked) or (len(word) > 2 and is_near(asked, word))]
        if len(parts) == 1:
            return words[parts[0]]
    close = get_close_matches(asked, words, n=1, cutoff=0.65)
    return words[close[0]] if close else ""


def suggest_near_word(given: str, known: Iterable[str]) -> str:
    """The end of an error message: the similar known word, or else all known words.

    >>> suggest_near_word("twon", ["town", "village"])
    "did you mean 'town'?"
    >>> suggest_near_word("harbour", ["town", "village"])
    'use one of town, village'
    """
    words = list(known)
    near = find_near_word(given, words)
    return f"did you mean {near!r}?" if near else f"use one of {', '.join(words)}"
