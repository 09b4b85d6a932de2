"""Names of places outside Syria that people write beside Syrian ones: never a spelling of something else."""

from __future__ import annotations

from functools import cache

from buldan.text.folding import fold
from buldan.text.sounds import Words, derive_plain_key, make_plain_key
from buldan.text.tables import read_table

__all__ = [
    "is_foreign",
    "is_foreign_country",
    "is_foreign_town",
    "is_namesake_abroad",
    "load_foreign_names",
    "load_names_abroad",
]


@cache
def load_foreign_names() -> frozenset[str]:
    """The folded names of the table `foreign.tsv`."""
    return frozenset(fold(form) for _, forms, _, _ in read_table("foreign") for form in forms.split("|"))


@cache
def _load_foreign_keys(letter: str) -> frozenset[str]:
    """Keys of the foreign names that end in a letter, as their names do: the first question waits for no others."""
    return frozenset(derive_plain_key(name) for name in load_foreign_names() if name.endswith(letter))


@cache
def _load_country_keys() -> frozenset[str]:
    rows = (forms.split("|") for kind, forms, _, _ in read_table("foreign") if kind == "country")
    return frozenset(derive_plain_key(form) for forms in rows for form in forms)


def is_foreign(words: Words) -> bool:
    """Whether the plain words of a name, folded letters apart, are those of a place outside Syria.

    >>> from buldan.text.sounds import split_plain_words
    >>> [is_foreign(split_plain_words(name)) for name in ("Istanbul", "بغداد", "Yelda")]
    [True, True, False]
    """
    key = make_plain_key(words)
    return key in _load_foreign_keys(key[-1:])


def is_foreign_country(words: Words) -> bool:
    """Whether the plain words of a name are those of another country.

    >>> from buldan.text.sounds import split_plain_words
    >>> [is_foreign_country(split_plain_words(name)) for name in ("Türkiye", "العراق", "Istanbul", "Syria")]
    [True, True, False, False]
    """
    return make_plain_key(words) in _load_country_keys()


@cache
def load_names_abroad() -> frozenset[str]:
    """Folded names of towns abroad that no place of Syria bears."""
    # The table writes the country of a name that is no place of Syria in capitals, of a namesake in small letters.
    return frozenset(name for name, country in read_table("abroad") if country.isupper())


@cache
def _load_namesakes() -> frozenset[str]:
    return frozenset(name for name, country in read_table("abroad") if country.islower())


def is_namesake_abroad(phrase: str) -> bool:
    """Whether a folded name of the gazetteer is a town's abroad, too: Palmyra, Saida."""
    return phrase in _load_namesakes()


def is_foreign_town(text: str) -> bool:
    """Whether a text is the name of a town outside Syria that no place of Syria bears.

    >>> [is_foreign_town(name) for name in ("Umraniye", "Qalqilyah", "Palmyra", "Hama")]
    [True, True, False, False]
    """
    return fold(text) in load_names_abroad()
