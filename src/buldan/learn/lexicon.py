"""Make the lexicon of words that are not places: ordinary words, names of persons, names known elsewhere.

Made from three lists: Debian's `wamerican` (SCOWL, Kevin Atkinson and others, free for any use) has the
ordinary words, the US census of 1990 (public domain, in the package `names`) the names of persons, and `wordfreq` (CC
BY-SA 4.0) the frequency of words and further words. Of Arabic, the lexicon has common words that are in no name, so
that a word similar to a name (عظيمة, عريمة) is not taken for a misspelling of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from math import log10
from pathlib import Path

from buldan.text import fold, is_arabic

__all__ = ["make_lexicon_table", "write_lexicon"]

_LEAST_ZIPF, _LEAST_ARABIC_ZIPF = 2.5, 4.0
"""Minimum Zipf values of words. That of Arabic is higher, since a rare Arabic word is as often a name."""

_LEAST_SURNAME_PERCENT = 0.001
"""Minimum frequency of a surname, percent of persons; about 19,000 are more frequent."""

_FEWEST_LETTERS = 3
"""Minimum letters of a word, as for names in a text."""


def make_lexicon_table(names: Iterable[str], dictionary: Path) -> dict[str, str]:
    """The class of each folded word: `word`, `person`, or `elsewhere` for words that no name of the gazetteer has."""
    from wordfreq import get_frequency_dict  # noqa: PLC0415 - only needed to make the table

    zipf = {word: log10(frequency) + 9 for word, frequency in get_frequency_dict("en", "best").items()}
    ours = {part for name in names for part in fold(name).split()}
    ordinary = {word for word in dictionary.read_text("utf-8").split() if word.isalpha() and word.islower()}
    table: dict[str, str] = {}
    for word in sorted(ordinary):
        if zipf.get(word, 0.0) >= _LEAST_ZIPF:
            table.setdefault(fold(word), "word")
    for word in _iter_persons():
        table.setdefault(fold(word), "person")
    for word, frequency in zipf.items():
        if frequency >= _LEAST_ZIPF and word.isascii() and word.isalpha() and fold(word) not in ours:
            table.setdefault(fold(word), "elsewhere")
    for word, frequency in get_frequency_dict("ar", "large").items():
        if log10(frequency) + 9 >= _LEAST_ARABIC_ZIPF and is_arabic(word) and fold(word) not in ours:
            table.setdefault(fold(word), "word")
    return {word: what for word, what in sorted(table.items()) if len(word) >= _FEWEST_LETTERS and " " not in word}


def _iter_persons() -> Iterator[str]:
    folder = files("names")
    for line in folder.joinpath("dist.all.last").read_text("utf-8").splitlines():
        surname, percent, *_ = line.split()
        if float(percent) >= _LEAST_SURNAME_PERCENT:
            yield surname.casefold()
    for sex in ("female", "male"):
        yield from (
            line.split()[0].casefold() for line in folder.joinpath(f"dist.{sex}.first").read_text("utf-8").splitlines()
        )


def write_lexicon(names: Iterable[str], dictionary: Path) -> Path:
    """Write the table that the geoparser reads, and return its path."""
    path = Path(str(files("buldan.geoparse"))) / "tables" / "lexicon.tsv"
    rows = [f"{word}\t{what}" for word, what in make_lexicon_table(names, dictionary).items()]
    path.write_text("\n".join(["word\twhat", *rows]) + "\n", encoding="utf-8")
    return path
