"""Plain names: questions that hold a name and nothing else that the lookup has a rule for.

Most questions are such, or such names with commas between them. Of these most steps of the reading of the cell, and the
second thoughts, change nothing, so they are left out: each rule would have to find that it does not apply.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from buldan.lookup.bare_words import collect_edge_words
from buldan.lookup.cells import list_compass_words, list_cutting_words
from buldan.lookup.checks import read_words_for_nothing
from buldan.lookup.taken_words import load_taken_words
from buldan.text import (
    fold_word,
    is_bare_article,
    is_foreign,
    is_forming_word,
    list_generic_words,
    load_generic_terms,
    load_given_names,
    split_folded_words,
    split_plain_words,
)

__all__ = ["is_plain_name", "list_plain_names"]

_NAME = re.compile("[A-Za-z]+(?:[ '’-][A-Za-z]+)*|[\u0621-\u063a\u0641-\u064a]+(?: [\u0621-\u063a\u0641-\u064a]+)*")
"""Words of Latin letters without accents, with hyphens and apostrophes in them; or of the letters that Arabic itself
writes.
"""

_JOINED = re.compile(r"['’](?:s|n?[iu]n|[dt][ea](?:ki)?) ")
"""An ending that joins two names: Hama's Arbaeen district, Halep'in Azez ilçesi."""

_NUMERALS = frozenset({"i", "ii", "iii", "iv"})
"""Roman numbers, which may number places of one name: Tell Halula II."""


@lru_cache(maxsize=4096)  # of each part of a cell, most of which are units that come again
def is_plain_name(text: str) -> bool:
    """Whether a text is only a name: words of one script, none of them a word of a rule, and no place abroad.

    Its first word may be one that forms names (Umm, تل), if another follows.

    >>> [is_plain_name(text) for text in ("Yalda", "تل رفعت", "Tell", "Yalda, Damascus", "مخيم اليرموك", "Baghdad")]
    [True, True, False, False, False, False]
    """
    if not _NAME.fullmatch(text) or (("'" in text or "’" in text) and _JOINED.search(text)):
        return False
    if not _list_words_of_rules().isdisjoint(map(fold_word, text.split())):
        return False
    words, plain = split_folded_words(text), split_plain_words(text)
    if len(words) < 2 and (is_bare_article(text) or is_forming_word(words[0]) or plain[0] in load_taken_words()):
        return False
    if not _list_words_of_rules().isdisjoint(words):
        return False  # a word of kind behind its article
    is_named_abroad = is_foreign(plain) or (is_forming_word(words[0]) and is_foreign(plain[1:]))
    return not (is_named_abroad or words[0] in load_given_names())


def list_plain_names(text: str) -> tuple[str, ...]:
    """The names of a text that holds nothing but plain names with commas between them; empty for other texts.

    >>> [list_plain_names(text) for text in ("Kafr Takharim, Harim, Idlib", "Yalda", "Yalda, Rif Dimashq", "Yalda, 12")]
    [('Kafr Takharim', 'Harim', 'Idlib'), ('Yalda',), (), ()]
    """
    return (text,) if is_plain_name(text) else _split_plain_names(text)


@lru_cache(maxsize=1 << 8)
def _split_plain_names(text: str) -> tuple[str, ...]:
    """The plain names in a text with commas between them; empty if one of its parts is no plain name."""
    names = tuple(map(str.strip, text.replace("،", ",").split(",")))
    return names if len(names) > 1 and all(map(is_plain_name, names)) else ()


@cache
def _list_words_of_rules() -> frozenset[str]:
    """The folded words that a rule is about, without those that form names."""
    terms = (word for word, term in load_generic_terms().items() if term.role != "part")
    for_nothing = (word for phrase in read_words_for_nothing() for word in split_folded_words(phrase))
    of_cells = (*list_cutting_words(), *list_compass_words())
    return frozenset((*terms, *for_nothing, *of_cells, *collect_edge_words(), *list_generic_words(), *_NUMERALS))
