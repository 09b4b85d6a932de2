"""Words of kind that are no part of a name: قرية, city, camp of the displaced.

They are removed from both ends of a name, of which something always remains. `generic_terms.tsv` lists them, and
`kind_phrases.tsv` says what each asks for.
"""

from __future__ import annotations

from collections.abc import Set
from functools import cache, lru_cache
from typing import NamedTuple

from buldan.kinds import ADMIN_KINDS, SETTLEMENT_KINDS, get_kind
from buldan.text import (
    Words,
    count_articles,
    fold_word,
    is_bare_phrase,
    is_forming_word,
    is_kind_alone,
    load_generic_terms,
    load_kind_phrases,
    split_plain_words,
)

__all__ = [
    "collect_edge_words",
    "find_kinds_of_first",
    "get_generic_role",
    "has_camp_word",
    "hints_at_quarter",
    "is_first_word_alone",
    "is_had_by_any_town",
    "is_of_nature",
    "list_hosts_of_kind",
    "stands_in_town",
    "strip_generics",
    "strip_kind_words",
]

_FARM = frozenset({"farm"})

_OF_NATURE = frozenset({"natural", "water"})

_LONGEST_PHRASE = 3
"""Maximum words of a kind phrase: "internally displaced persons"."""


def get_generic_role(word: str) -> str:
    """The role of a word in the table of generic terms: `kind`, `stop`, `part`, `side`; empty for other words."""
    term = load_generic_terms().get(fold_word(word))
    return term.role if term else ""


class _Bare(NamedTuple):
    """Words without words of kind, the kinds that those suggest, and what they ask for (`kind_phrases.tsv`)."""

    words: Words
    kinds: frozenset[str] = frozenset()
    asks: str = ""


@lru_cache(maxsize=4096)
def strip_generics(words: Words) -> _Bare:
    """Words without the kind words, stop words and phrases around them.

    If nothing would remain: all words, or all without the word for a quarter.
    """
    edges = collect_edge_words()
    if not words or (fold_word(words[0]) not in edges and fold_word(words[-1]) not in edges):
        return _Bare(words)  # true of most names
    folded = tuple(map(fold_word, words))
    start, end, kinds, asked = 0, len(words), set[str](), set[str]()
    while start < end:
        taken = _count_generic_end(folded, start, end, kinds, asked)
        if taken:
            end -= taken
            continue
        taken = _count_generic_start(folded, start, end, kinds, asked)
        if not taken:
            break
        start += taken
    if start == end:
        return _find_quarter_of_kind(words, folded)
    # A phrase says what it asks for; without a phrase, the kinds decide.
    asked.add(_find_asked(kinds))
    asks = next((asks for asks in ("camp", "facility", "part", "site") if asks in asked), "")
    return _Bare(words[start:end], frozenset(kinds), asks)


def _find_quarter_of_kind(words: Words, folded: Words) -> _Bare:
    """Words that are all words of kind. Beside the word for a quarter, the others are its name: حي المحطة.

    Beside a word for a settlement all of them are kept: قرية الحارة.
    """
    terms = [load_generic_terms()[word].kinds if word in load_generic_terms() else frozenset[str]() for word in folded]
    if len(words) > 1 and all(kinds.isdisjoint(SETTLEMENT_KINDS) for kinds in terms):
        for kinds, others in ((terms[0], words[1:]), (terms[-1], words[:-1])):
            if hints_at_quarter(kinds):
                return _Bare(others, kinds)
    return _Bare(words)


@cache
def collect_edge_words() -> frozenset[str]:
    """The first and last folded words of all generic words and phrases of kind; for Mazra'at, mazraah as well."""
    of_phrases = (word for words in load_kind_phrases() for word in (words[0], words[-1]))
    terms = (word for word, term in load_generic_terms().items() if term.role in {"kind", "stop"})
    words = frozenset((*of_phrases, *terms))
    return words | {f"{word[:-1]}h" for word in words if word.endswith("at")}


def strip_kind_words(words: Words) -> Words:
    """Words without the kind words and stop words around them, phrases kept; as they are where nothing would remain."""
    start, end = 0, len(words)
    while start < end and get_generic_role(words[end - 1]) in {"kind", "stop"}:
        end -= 1
    while start < end and get_generic_role(words[start]) in {"kind", "stop"}:
        start += 1
    return words[start:end] or words


@lru_cache(maxsize=4096)
def list_hosts_of_kind(words: Words) -> tuple[_Bare, ...]:
    """Words without the thing in a town that they ask for at one end, for names that begin with a word of kind
    themselves: the school of Jisr al-Shughur is not that of Shughur.
    """
    folded, hosts = tuple(map(fold_word, words)), []
    for count, is_start in ((_count_generic_start, True), (_count_generic_end, False)):
        start, end, kinds, asked = 0, len(words), set[str](), set[str]()
        while end - start > 2 and (taken := count(folded, start, end, kinds, asked)):
            start, end = (start + taken, end) if is_start else (start, end - taken)
            is_asked = "facility" in asked or _find_asked(kinds) == "facility"
            if is_asked and end - start > 1 and _begins_name_of_kind(folded[start], kinds):
                hosts.append(_Bare(words[start:end], frozenset(kinds), "facility"))
    return tuple(hosts)


def _begins_name_of_kind(word: str, asked: Set[str]) -> bool:
    """Whether a folded word is one of kind that the name of a town may begin with (Jisr, سوق): not for a settlement,
    nor for the kinds asked for.
    """
    term = load_generic_terms().get(word)
    return term is not None and term.role == "kind" and term.kinds.isdisjoint({*SETTLEMENT_KINDS, *ADMIN_KINDS, *asked})


def _count_generic_start(folded: Words, start: int, end: int, kinds: set[str], asked: set[str]) -> int:
    """The number of first words that are a word or phrase of kind."""
    for length in range(min(_LONGEST_PHRASE, end - start), 0, -1):
        if _take(folded[start : start + length], kinds, asked):
            return length
    # Before a name a word of kind ends in t (Mazra'at X), which plain words have lost.
    is_construct = end - start > 1 and folded[start].endswith("ah")
    return int(is_construct and _take((f"{folded[start][:-1]}t",), kinds, asked))


def _count_generic_end(folded: Words, start: int, end: int, kinds: set[str], asked: set[str]) -> int:
    """The number of last words that are a word or phrase of kind."""
    for length in range(min(_LONGEST_PHRASE, end - start), 0, -1):
        if _take(folded[end - length : end], kinds, asked):
            return length
    return 0


def _take(words: Words, kinds: set[str], asked: set[str]) -> bool:
    """Whether words are a kind phrase or a generic word. Adds their kinds and what they ask for to the sets."""
    phrase = load_kind_phrases().get(words)
    if phrase is not None:
        kinds |= phrase.kinds
        asked.add(phrase.asks)
        return True
    if len(words) == 1 and get_generic_role(words[0]) in {"kind", "stop"}:
        kinds |= load_generic_terms()[words[0]].kinds
        return True
    return False


def _find_asked(kinds: Set[str]) -> str:
    """What kinds ask for if no phrase says it: `facility`, `camp`, `site`, or empty."""
    groups = {get_kind(kind).group for kind in kinds}
    if groups & {"facility", "transport", "military"} and "camp" not in groups:
        return "facility"
    return next((group for group in ("camp", "site") if group in groups), "")


def has_camp_word(words: Words) -> bool:
    """Whether a word for a camp is among plain words."""
    return not _collect_camp_words().isdisjoint(map(fold_word, words))


@cache
def _collect_camp_words() -> frozenset[str]:
    return frozenset(word for word, term in load_generic_terms().items() if "camp" in term.kinds)


def hints_at_quarter(kinds: Set[str]) -> bool:
    """Whether all kinds are quarters: حي, neighbourhood. A suburb may also be a town."""
    return bool(kinds) and all(get_kind(kind).group == "quarter" for kind in kinds)


def is_of_nature(kinds: Set[str]) -> bool:
    """Whether all kinds are waters or features of the land: river, lake, spring."""
    return bool(kinds) and all(get_kind(kind).group in _OF_NATURE for kind in kinds)


def stands_in_town(asks: str, kinds: Set[str]) -> bool:
    """Whether words ask for a facility in a town. A farm is not one: it lies outside, and has its village's name."""
    return asks == "facility" and kinds != _FARM


def is_first_word_alone(text: str, words: Words) -> bool:
    """Whether all that is left of a text is its first word, one that names begin with and without its article no name:
    Tell of Tell al-Matar. التل is a town.
    """
    if len(words) != 1 or not is_forming_word(fold_word(words[0])):
        return False
    first = text.split(maxsplit=1)[0]
    return words in (split_plain_words(first), split_plain_words(f"{first} x")[:-1]) and not count_articles(first)


def find_kinds_of_first(words: Words) -> frozenset[str]:
    """The kinds that a first word suggests which is part of the name (جبل, Wadi)."""
    term = load_generic_terms().get(fold_word(words[0])) if words else None
    return term.kinds if term and term.kinds.isdisjoint({"village"}) else frozenset()


def is_had_by_any_town(name: str) -> bool:
    """Whether a name is one that any town has: Great Mosque, المشفى الوطني."""
    return is_bare_phrase(name) or is_kind_alone(name)
