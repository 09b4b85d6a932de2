"""Whether a whole text is the name of a person: a given name, or a chain of them (Hisham bin Abd al-Malik)."""

from __future__ import annotations

from functools import cache

from buldan.text.folding import fold
from buldan.text.generic import is_generic_word, is_side_word
from buldan.text.joining import load_articles, load_joining_words
from buldan.text.sounds import split_folded_words
from buldan.text.tables import read_table

__all__ = ["begins_with_given_name", "is_person_name", "load_given_names"]

_MOST_WORDS = 8
"""Maximum words of a person's name, articles counted; a longer text is none."""

_FEWEST_OF_PERSON, _MOST_OF_PERSON = 2, 3
"""Words of a person's name whose family is in no list."""


def is_person_name(text: str) -> bool:
    """Whether a text is nothing but given names and what joins them; the first has no article, as families have one.

    >>> [is_person_name(name) for name in ("Hisham bin Abd al-Malik", "خالد", "Deir Ibrahim", "العلي")]
    [True, True, False, False]
    """
    given, words = load_given_names(), fold(text).split()
    if not words or words[0] not in given or len(words) > _MOST_WORDS or split_folded_words(text)[0] not in given:
        return False
    at = 0
    while at < len(words):
        length = _measure_given_name(words, at)
        if not length:
            return False
        at += length
    return words[-1] not in load_joining_words("son")


def begins_with_given_name(text: str) -> bool:
    """Whether a text is a given name and one or two other words, none of which tells the kind or the side of a place.

    >>> [begins_with_given_name(name) for name in ("Khaled Tlass", "فراس الأسود", "Omar field", "خالد", "Tell Khaled")]
    [True, True, False, False, False]
    """
    words = split_folded_words(text)
    if not _FEWEST_OF_PERSON <= len(words) <= _MOST_OF_PERSON or "" not in load_given_names().get(words[0], ()):
        return False
    return not any(is_generic_word(word) or is_side_word(word) for word in words)


def _measure_given_name(words: list[str], at: int) -> int:
    """How many words from a position on are one given name, or join it to the next; 0 for other words."""
    given, word = load_given_names(), words[at]
    following = words[at + 1 :]
    if word in load_joining_words("servant") and following:
        # Abd al-Malik, عبد الملك
        return 3 if following[0] in load_articles() and len(following) > 1 else 2
    if following and following[0] in given.get(word, ()):
        return 2
    is_joining = word in load_articles() or word in load_joining_words("son", "faith")
    bare = word[2:] if word.startswith("ال") else word
    return int("" in given.get(word, ()) or (at > 0 and (is_joining or "" in given.get(bare, ()))))


@cache
def load_given_names() -> dict[str, frozenset[str]]:
    """By the first folded word of given names, their second words; empty for a name of one word."""
    names: dict[str, set[str]] = {}
    for form, *_ in read_table("people"):
        first, _, second = fold(form).partition(" ")
        names.setdefault(first, set()).add(second)
    return {first: frozenset(seconds) for first, seconds in names.items()}
