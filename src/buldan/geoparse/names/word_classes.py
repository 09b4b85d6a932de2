"""Classes of words as bits: worked out when a word is met first, and tested in the loops over words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntFlag
from functools import cache

from buldan.enumerations import NumberInArrays
from buldan.geoparse.tables import read_table
from buldan.text import fold, has_article, load_articles, load_joining_words

__all__ = ["ENTITLING_CLITICS", "WordClass", "classify_word"]


class WordClass(NumberInArrays, IntFlag):
    """What a word is, whatever stands around it.

    Attributes:
        OF: the word "of".
        AND: links the names of a list.
        TRAILING: belongs to the name before it and ends no list ("Damascus countryside").
        INSIDE: says that what stands before it lies in what follows ("in", ريف).
        ARTICLE: a Latin article.
        ENDING: an adjective between a name and the word for its facility: "Hmeimim Military Airbase".
        DEFINITE: has the article, behind a clitic or not.
        FEMININE: ends as an indefinite feminine noun does, of one or of several.
        FIGURE: begins with a figure.
        OPENS, CLOSES: the first, or the second, word of a cue of two words.
        BEGINNING: begins names and means little else: معرة, كفر.
        TELLING: may express a relation to a place; each relation has such a word near the name.
        PERSON: a Latin word known for a given or a family name, and for nothing commoner.
        ONWARD: leads from one place to the next: from Aleppo to Homs.
        ENTITLING: a word for a work, an operation, a ship, a shop or one of kin, whose title or name may follow.
        FURTHER: an Arabic word with و before it, as far as letters show: behind a comma another clause, وبدأت في.
        STREET: a word for a street, which is called after places far away more than a road is.
        WITHIN: says that something is in what follows, also as the beginning of a clause: وفي.
    """

    OF = 1 << 0
    AND = 1 << 1
    TRAILING = 1 << 2
    INSIDE = 1 << 3
    ARTICLE = 1 << 4
    ENDING = 1 << 5
    DEFINITE = 1 << 6
    FEMININE = 1 << 7
    FIGURE = 1 << 8
    OPENS = 1 << 9
    CLOSES = 1 << 10
    TELLING = 1 << 11
    BEGINNING = 1 << 12
    PERSON = 1 << 13
    ONWARD = 1 << 14
    FURTHER = 1 << 15
    ENTITLING = 1 << 16
    STREET = 1 << 17
    WITHIN = 1 << 18


ENTITLING_CLITICS = "وبلف"
"""Letters that may stand before an Arabic word whose name follows: وقطة اسمها حلب."""

_ENTITLING_ROLES = frozenset({"operation", "work", "kin", "vessel", "freight", "called", "pet"})


@cache
def _load_classes() -> Mapping[str, int]:
    """By folded word, the bits of those classes that are lists of words."""
    lists = {
        WordClass.OF: load_joining_words("of"),
        WordClass.AND: load_joining_words("linking"),
        WordClass.TRAILING: load_joining_words("trailing"),
        WordClass.ONWARD: load_joining_words("onward"),
        WordClass.INSIDE: load_joining_words("inside", "around"),
        WordClass.ARTICLE: load_articles(),
        WordClass.ENDING: [
            fold(form) for form, lang, role, _ in read_table("facility_words") if (lang, role) == ("en", "ending")
        ],
        WordClass.STREET: [fold(form) for form, _, role, _ in read_table("titles") if role == "street"],
        WordClass.WITHIN: [and_ + form for form in load_joining_words("parts-in") for and_ in ("", "و")],
        WordClass.ENTITLING: [
            clitic + fold(form)
            for form, lang, role, _ in read_table("titles")
            for clitic in ("", *ENTITLING_CLITICS)
            if (not clitic and lang == "en" and role in _ENTITLING_ROLES) or (lang == "ar" and role == "called")
        ],
    }
    classes: dict[str, int] = {}
    for bit, forms in lists.items():
        for form in forms:
            classes[form] = classes.get(form, 0) | int(bit)
    return classes


def classify_word(word: str) -> int:
    """The bits of what follows from a folded word's letters and from the lists; not of what it is in names and cues."""
    bits = _load_classes().get(word, 0)
    # A definite word has no indefinite ending, so that one test is enough.
    if has_article(word):
        bits |= _DEFINITE
    elif word.endswith(("ه", "ات")) and len(word) > _SHORT:
        bits |= _FEMININE
    # Most words so long that begin with و have it for "and".
    if len(word) > _LONG and word[0] == "و":
        bits |= _FURTHER
    return bits | _FIGURE if word[:1] in _FIGURES else bits


_DEFINITE, _FEMININE, _FIGURE = int(WordClass.DEFINITE), int(WordClass.FEMININE), int(WordClass.FIGURE)
_FURTHER = int(WordClass.FURTHER)
_FIGURES, _SHORT, _LONG = frozenset("0123456789"), 3, 3
"""Digits as folding leaves them; and letters up to which a last ه is no feminine ending, and a first و no "and"."""
