"""Generic terms: the words beside a name that say what kind of place it is (village, مدينة, Tall).

A `kind` term may be put to a name or left out freely and hints at the kind; a `part` term is mostly part of the
name, and leaving it out is rarer; a `side` term tells one of two like-named places from the other (شرقي, Upper);
a `stop` word joins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from buldan.text.folding import fold, fold_word
from buldan.text.scripts import is_arabic
from buldan.text.sounds import Words, count_articles, split_folded_words
from buldan.text.tables import read_table

__all__ = [
    "GenericTerm",
    "KindPhrase",
    "is_bare_phrase",
    "is_forming_word",
    "is_generic_word",
    "is_kind_alone",
    "is_kind_word",
    "is_side_word",
    "list_generic_words",
    "load_generic_terms",
    "load_kind_phrases",
    "strip_stop_words",
]


@dataclass(frozen=True, slots=True)
class GenericTerm:
    """A term with the kinds that it hints at and its role: `kind`, `part`, `side` or `stop`."""

    kinds: frozenset[str]
    role: str


@cache
def load_generic_terms() -> Mapping[str, GenericTerm]:
    """Every generic term by its folded form, with and without the Arabic article."""
    terms: dict[str, GenericTerm] = {}
    for term, kinds, role, _ in read_table("generic_terms"):
        entry = GenericTerm(frozenset(filter(None, kinds.split(","))), role)
        terms.setdefault(fold(term), entry)
    return MappingProxyType(terms)


def strip_stop_words(words: Words) -> Words:
    """Words without joining words such as "of" before them.

    >>> strip_stop_words(("of", "the", "halab"))
    ('halab',)
    """
    while words and (term := load_generic_terms().get(fold_word(words[0]))) and term.role == "stop":
        words = words[1:]
    return words


def is_kind_word(folded_word: str) -> bool:
    """Whether a folded word only tells the kind of a place."""
    term = load_generic_terms().get(folded_word)
    return term is not None and term.role == "kind"


_BEFORE_NAMES, _ALONE = ("at", "et", "it"), ("ah", "eh")
"""Latin endings of a teh marbuta before another word (Khirbat, Khirbet), and as plain words have them (khirbah)."""


def is_forming_word(folded_word: str) -> bool:
    """Whether a folded word is mostly the first part of a name: Umm, Khirbat, تل."""
    return folded_word in _list_forming_words()


@cache
def _list_forming_words() -> frozenset[str]:
    terms = load_generic_terms()
    found = {word for word, term in terms.items() if term.role == "part"}
    for stem in {word[:-2] for word in terms if word.endswith(_BEFORE_NAMES)}:
        first = next(term for end in _BEFORE_NAMES if (term := terms.get(stem + end)))
        if first.role == "part":
            found |= {stem + end for end in _ALONE} - terms.keys()
    return frozenset(found)


def is_side_word(folded_word: str) -> bool:
    """Whether a folded word tells one of two like-named places from the other."""
    term = load_generic_terms().get(folded_word)
    return term is not None and term.role == "side"


@dataclass(frozen=True, slots=True)
class KindPhrase:
    """What a phrase beside a name asks for: `camp` a camp of that name, `part` a part of the town, `facility` something
    in it; and the kinds that it hints at.
    """

    asks: str
    kinds: frozenset[str]


@cache
def load_kind_phrases() -> Mapping[Words, KindPhrase]:
    """The phrases of `kind_phrases.tsv` by their plain words, which are no letters of the name beside them."""
    return MappingProxyType(
        {
            words: KindPhrase(asks, frozenset(filter(None, kinds.split(","))))
            for form, asks, kinds, _ in read_table("kind_phrases")
            for words in (split_folded_words(form), _fold_before_name(form))
        }
    )


def is_kind_alone(text: str) -> bool:
    """Whether a text is words for kinds of place and no name: مدرسة, hospital. With its article it may be one: الجسر.

    >>> [is_kind_alone(text) for text in ("قرية", "hospital", "Cave Spring", "المزرعة", "Mazraa")]
    [True, True, True, False, False]
    """
    words = split_folded_words(text)
    if not words:
        return False
    of_kind = (len(words) > 1 or is_arabic(text.strip())) and all(map(is_kind_word, words))
    return (of_kind or words in load_kind_phrases()) and not count_articles(text)


def _fold_before_name(form: str) -> Words:
    """The folded words of a form with a name behind it: a last t is a teh marbuta there, in street as in Khirbet."""
    return split_folded_words(f"{form} x")[:-1]


def is_generic_word(folded_word: str) -> bool:
    """Whether a folded word can be in a text that is nothing but words of kind, or what any town has."""
    return folded_word in list_generic_words()


@cache
def list_generic_words() -> frozenset[str]:
    """The folded words for which `is_generic_word` is true."""
    of_phrases = (word for words in (*load_kind_phrases(), *_load_bare_phrases()) for word in words)
    return frozenset((*of_phrases, *filter(is_kind_word, load_generic_terms())))


@cache
def _load_bare_phrases() -> frozenset[Words]:
    return frozenset(split_folded_words(form) for form, _ in read_table("bare_phrases"))


def is_bare_phrase(text: str) -> bool:
    """Whether a text names what any town has, and no place without its town: مركز المدينة, City Centre.

    >>> [is_bare_phrase(text) for text in ("الملعب البلدي", "City Centre", "الملعب البلدي بحمص")]
    [True, True, False]
    """
    return split_folded_words(text) in _load_bare_phrases()
