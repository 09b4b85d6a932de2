"""Whether the words of a part are a name, or only words of kind or side."""

from __future__ import annotations

from functools import lru_cache

from buldan.lookup.bare_words import get_generic_role, strip_generics
from buldan.lookup.cells import is_unit_word
from buldan.text import Words, is_bare_article, is_side_word, split_folded_words

__all__ = ["has_own_word", "is_only_generic", "is_without_name"]


def has_own_word(text: str) -> bool:
    """Whether a text has a word that is not a word of kind, side or unit."""
    return not is_bare_article(text) and any(
        not (get_generic_role(word) or is_side_word(word) or is_unit_word(word)) for word in split_folded_words(text)
    )


def is_without_name(text: str) -> bool:
    """Whether a text holds only words of kind, side or unit."""
    words = tuple(word for word in split_folded_words(text) if not (is_side_word(word) or is_unit_word(word)))
    return not words or is_only_generic(words)


@lru_cache(maxsize=4096)
def is_only_generic(words: Words) -> bool:
    """Whether all these words would be stripped beside a name, and none of them names a quarter."""
    return bool(words) and strip_generics(("x", *words)).words == ("x",) and strip_generics(words).words == words
