"""Make the table of ordinary words that a lookup takes for a place: "since" for Maar Tesin, الحياة for a hamlet.

A word of Arabic, English, French, German or Turkish (`wordfreq`, CC BY-SA 4.0) is in it if the lookup answers it with
a little known place of that very name, or with any place that is only spelled like it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from math import log10
from pathlib import Path

from buldan.errors import QueryError
from buldan.gazetteer import Gazetteer
from buldan.lookup.results import Match
from buldan.text import split_plain_words

__all__ = ["make_taken_words_table", "write_taken_words"]

_LANGUAGES = ("ar", "en", "fr", "de", "tr")

_LEAST_ZIPF = 3.3
"""Minimum Zipf value of a word; rarer ones are as often a spelling of the place."""

_LEAST_ZIPF_OF_NAME = 4.3
"""The same of a word that a place has for its name."""

_LEAST_SCORE = 0.5
"""Minimum score of the answer, which a word that is in the table already has lost."""

_OTHERWISE = frozenset({"clitic", "respelled", "generic_part", "side_word", "type_word", "unit_name"})
"""Rules by which the word is not the name of the place that was found."""

_KNOWN = frozenset({"city", "town", "governorate", "country"})
"""Kinds of places that mostly are what is meant by their own name."""


def make_taken_words_table(gazetteer: Gazetteer, words: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Zipf values by plain word, for words of a language with their frequencies that are answered with a place."""
    table: dict[str, float] = {}
    for word, zipf in words:
        plain = split_plain_words(word)
        if len(plain) != 1 or zipf < _LEAST_ZIPF or zipf <= table.get(plain[0], 0.0):
            continue
        try:
            matches = gazetteer.lookup(word, limit=1)
        except QueryError:
            continue
        if matches and _is_taken(matches[0], zipf):
            table[plain[0]] = round(zipf, 1)
    return dict(sorted(table.items()))


def _is_taken(match: Match, zipf: float) -> bool:
    """Whether a word is answered with a place that it hardly means."""
    rules = {reason.rule for reason in match.reasons}
    if "word" not in rules and match.score < _LEAST_SCORE:
        return False
    if match.reasons[0].rule != "exact" or rules & _OTHERWISE:
        return True
    return zipf >= _LEAST_ZIPF_OF_NAME and match.place.kind not in _KNOWN


def iter_frequent_words() -> Iterator[tuple[str, float]]:
    """Words with their Zipf values."""
    from wordfreq import get_frequency_dict  # noqa: PLC0415 - only needed to make the table

    for lang in _LANGUAGES:
        for word, frequency in get_frequency_dict(lang, "best").items():
            if word.isalpha() and (zipf := log10(frequency) + 9) >= _LEAST_ZIPF:
                yield word, zipf


def write_taken_words(gazetteer: Gazetteer) -> Path:
    """Write the table that the lookup reads, and return its path."""
    path = Path(str(files("buldan.lookup"))) / "taken_words.tsv"
    rows = [f"{word}\t{zipf:.1f}" for word, zipf in make_taken_words_table(gazetteer, iter_frequent_words()).items()]
    path.write_text("\n".join(["word\tzipf", *rows]) + "\n", encoding="utf-8")
    return path
