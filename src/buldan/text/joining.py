"""Words that join names, open them or stand before them, by the table `joining_words.tsv`, one form a row.

| role | what it says |
|---|---|
| `article` | a Latin article (al, ez); `before` holds the letters that it may stand before, `*` any |
| `clitic` | what Arabic writes in one word with the name behind it, one letter or two |
| `spoken-clitic` | the same in spoken Arabic alone: عالشام |
| `linking` | stands between the names of a list, or of what has two ends: و, and |
| `from` | parts a distance or a side from the name: "5 km from", القسم الشرقي من |
| `trailing` | belongs to the name before it and ends no list: "Damascus countryside" |
| `leading` | a Latin word with a capital behind it may be a name, though nothing else promises one: via |
| `determiner` | stands before an English noun: the, this |
| `son` | between the name of a person and that of the father: بن |
| `servant` | the first half of a given name, before any word: عبد الملك |
| `faith` | the second half of a given name: جمال الدين |
| `inside` | what follows holds what came before: في, ضمن, بمدينة, in, of |
| `around` | so does what follows, or its surroundings: ريف, countryside |
| `done-to-places` | what follows is a place, even one that is called as persons are: shelled, entered |
| `near` | what came before is beside what follows: قرب, near, at |
| `whereabouts` | from here on a source says where a place is, and no longer its name: بريف, شمال |
| `beside` | what is asked for lies about what follows: hospitals near Aleppo ("north of" asks for more) |
| `day` | stands between a day and its month: الثامن من آذار, "the 8th of March" |
| `onward` | what follows is the next station of a way: إلى, to |
| `first` | the first of two or more words of a name: تل, أم, Deir |
| `joined` | of those, what may be written in one word with the next: كفر تخاريم, كفرتخاريم |
| `parts-and` | in a cell it stands between two places |
| `parts-in`, `parts-near` | in a cell it stands between a place and a greater one around or near it |
| `apart` | of those, what says that the place is not the one named behind it: near, east of |
| `side` | of those, what before a governorate or a region tells a part of its land: شمال حلب |
| `parted` | of those, what a name that begins with its letters may be parted behind: كفرتخاريم, كفر تخاريم |
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from buldan.text.folding import fold
from buldan.text.tables import read_table

__all__ = [
    "ONE_LETTER_CLITICS",
    "SPOKEN_CLITICS",
    "has_article",
    "is_article",
    "load_articles",
    "load_clitics",
    "load_joining_words",
    "load_parting_words",
]


@cache
def load_joining_words(*roles: str) -> frozenset[str]:
    """The folded words that have any of the roles.

    Raises:
        ValueError: a role that no word has.
    """
    found = frozenset(fold(form) for form, of in _read_rows() if not of.isdisjoint(roles))
    known = frozenset[str]().union(*(of for _, of in _read_rows()))
    if unknown := set(roles) - known:
        raise ValueError(f"joining_words.tsv: no word is {', '.join(sorted(unknown))}; roles are {sorted(known)}")
    return found


@cache
def load_parting_words() -> Mapping[str, str]:
    """By word that divides a cell, in lower case, what the part behind it is to the other: `and`, `in`, `near`."""
    roles = ((form, role) for form, of in _read_rows() for role in of if role.startswith("parts-"))
    # An alef is mostly typed without its hamza: او for أو, الى for إلى.
    bare = str.maketrans("أإ", "اا")
    return {typed: role.removeprefix("parts-") for form, role in roles for typed in (form, form.translate(bare))}


@cache
def _read_rows() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((form, frozenset(roles.split(","))) for form, _, roles, _, _ in read_table("joining_words"))


@cache
def load_articles() -> Mapping[str, str]:
    """Latin articles, folded, with the letters that each may stand before; `*` is any."""
    return {form: before for form, _, roles, before, _ in read_table("joining_words") if roles == "article"}


def is_article(word: str, following: str) -> bool:
    """Whether a folded Latin word is an article before the next one: "es" in es-Salam, not in es-Rahma.

    >>> is_article("es", "salam"), is_article("us", "hospital"), is_article("al", "hamra")
    (True, False, True)
    """
    before = load_articles().get(word)
    return before is not None and (before == "*" or following.startswith(before))


def load_clitics() -> frozenset[str]:
    """What Arabic writes before a name in its word: و ب ل ف ك and their sequences."""
    return load_joining_words("clitic")


ONE_LETTER_CLITICS = tuple(form for form, roles in _read_rows() if "clitic" in roles and len(form) == 1)
"""Of the clitics those of one letter, in the order of the table."""

SPOKEN_CLITICS = tuple(form for form, roles in _read_rows() if "spoken-clitic" in roles)
"""What spoken Arabic writes before a name, beside the clitics of the written language."""

_BEGIN_DEFINITE = ("ال", *(f"{c[:-1]}لل" if c.endswith("ل") else f"{c}ال" for c in sorted(load_clitics())))
"""How a word with the article begins, behind a clitic or not: ل swallows its alef."""


def has_article(word: str) -> bool:
    """Whether a folded Arabic word has the article, behind a clitic or not.

    >>> [has_article(word) for word in ("الحجر", "وبالحجر", "للحجر", "لبنان")]
    [True, True, True, False]
    """
    return word.startswith(_BEGIN_DEFINITE)
