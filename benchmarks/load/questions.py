"""What is asked, made from the gazetteer with a fixed seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import quote

import buldan
from benchmarks.load.client import get, post_text
from buldan.errors import QueryError
from buldan.lookup.query import parse_query

__all__ = ["Questions", "lookups", "texts"]

_LETTERS = {"Arab": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "Latn": "abcdefghijklmnopqrstuvwxyz"}
_FILLER = "وقالت مصادر محلية إن المعارك تجددت صباح اليوم بعد هدوء استمر عدة أيام قرب بلدة"
_TEXTS = 200
_ARTICLE = 2_200
"""Characters, which are about 4 KB of Arabic."""


@dataclass(frozen=True)
class Questions:
    """Names as they are in the gazetteer, names respelled, and texts."""

    exact: list[str]
    fuzzy: list[str]
    texts: list[str]

    @classmethod
    def make(cls, number: int) -> Questions:
        """About so many of each, all different, and two hundred texts."""
        chance = random.Random(7)
        names = [name for place in buldan.load() for name in (place.name_en, place.name_ar) if len(name) > 3]
        fuzzy = dict.fromkeys(_respelled(chance.choice(names), chance) for _ in range(number))
        arabic = [name for name in names if _is_arabic(name)]
        return cls(
            chance.sample(sorted(set(names)), min(number, len(set(names)))),
            [name for name in fuzzy if _is_question(name)],
            [_article(arabic, chance) for _ in range(_TEXTS)],
        )


def lookups(names: Sequence[str]) -> Iterator[bytes]:
    """A GET /lookup for each name, round and round."""
    return cycle([get(f"/lookup?q={quote(name)}") for name in names])


def texts(articles: Sequence[str]) -> Iterator[bytes]:
    """A POST /geoparse for each text, round and round."""
    return cycle([post_text("/geoparse", text) for text in articles])


def _respelled(name: str, chance: random.Random) -> str:
    """The name with one letter changed, left out or doubled, and in long names another one too."""
    letters = list(name)
    alphabet = _LETTERS["Arab" if _is_arabic(name) else "Latn"]
    for _ in range(1 + (len(letters) > 7)):
        at = chance.randrange(1, len(letters))
        letters[at] = chance.choice([chance.choice(alphabet), "", letters[at] * 2])
    return "".join(letters)


def _article(names: Sequence[str], chance: random.Random) -> str:
    """Arabic news about places: a mention in every dozen words."""
    words: list[str] = []
    while sum(map(len, words)) + len(words) < _ARTICLE:
        words += [_FILLER, chance.choice(names) + "،"]
    return " ".join(words)


def _is_arabic(name: str) -> bool:
    return "\u0600" <= name[0] <= "\u06ff"


def _is_question(name: str) -> bool:
    try:
        parse_query(name)
    except QueryError:
        return False
    return True
