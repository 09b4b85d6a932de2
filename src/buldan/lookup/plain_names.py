"""Plain names: questions that hold a name and nothing else that the lookup has a rule for.

Most questions are such. Of these the reading of the cell and the second thoughts change nothing, so they are left out:
each rule would have to find that it does not apply.
"""

from __future__ import annotations

from functools import cache, lru_cache

from buldan.lookup.bare_words import strip_generics
from buldan.lookup.cells import cut_cell, list_compass_words, may_hold_name
from buldan.lookup.checks import read_words_for_nothing
from buldan.lookup.taken_words import load_taken_words
from buldan.text import (
    is_arabic,
    is_foreign,
    is_forming_word,
    list_generic_words,
    load_generic_terms,
    load_given_names,
    split_folded_words,
    split_plain_words,
)

__all__ = ["is_plain_name"]

_NUMERALS = frozenset({"i", "ii", "iii", "iv"})
"""Roman numbers, which may number places of one name: Tell Halula II."""


@lru_cache(maxsize=1 << 8)
def is_plain_name(text: str) -> bool:
    """Whether a text is only a name: letters of one script and spaces, no place abroad, and no word of any rule.

    Its first word may be one that forms names (Umm, تل), if another follows.

    >>> [is_plain_name(text) for text in ("Yalda", "تل رفعت", "Tell", "Yalda, Damascus", "مخيم اليرموك", "Baghdad")]
    [True, True, False, False, False, False]
    """
    if not text.replace(" ", "").isalpha() or not (text.isascii() or is_arabic(text)):
        return False
    part, *others = cut_cell(text)
    if others or part.level or part.beside or not part.text == part.name == text:
        return False  # it has a joining word or a unit word, or a space around it
    words, plain = split_folded_words(text), split_plain_words(text)
    if not may_hold_name(text) or not _list_words_of_rules().isdisjoint(words) or strip_generics(plain).words != plain:
        return False
    if len(words) == 1 and (is_forming_word(words[0]) or plain[0] in load_taken_words()):
        return False
    is_named_abroad = is_foreign(plain) or (is_forming_word(words[0]) and is_foreign(plain[1:]))
    return not (is_named_abroad or words[0] in load_given_names())


@cache
def _list_words_of_rules() -> frozenset[str]:
    """The folded words that a rule is about, without those that form names."""
    terms = (word for word, term in load_generic_terms().items() if term.role != "part")
    for_nothing = (word for phrase in read_words_for_nothing() for word in split_folded_words(phrase))
    return frozenset((*terms, *for_nothing, *list_generic_words(), *list_compass_words(), *_NUMERALS))
