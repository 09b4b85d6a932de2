"""Measure how probably two sets of names are names of the same place.

The strongest evidence counts: the same letters, the same consonants, common words, or a similar sound
(`buldan.text.similarity`). A name with a qualifier that distinguishes two villages (شرقي, Upper, 2) is compared only
with names that have the same qualifier.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from buldan.compile.tables import read_table
from buldan.model import Name
from buldan.text import fold, is_arabic, make_plain_key, similarity, skeletons, split_plain_words

__all__ = ["Likeness", "Spelling", "are_opposite", "compare", "qualifiers", "take_spellings"]

_LEAST_LIKENESS = 0.55
"""Minimum similarity of consonants of two names for a comparison of their sound."""

_MANY_NAMES = 1 << 17
"""Size of the caches, larger than the number of names: in a smaller one no name is left for a second pass."""

_SOME_WORDS = 0.8
"""Likeness of two names if one contains all words of the other: الدويم, تل دويم."""


class Likeness(NamedTuple):
    """The best evidence found: a score from 0 to 1, the rule that gave it, and the two names."""

    score: float
    rule: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name with its words, key and consonants, computed once for many comparisons."""

    text: str
    arabic: bool
    key: str
    skeletons: tuple[str, ...]
    words: frozenset[str]
    qualifiers: frozenset[str]


def take_spellings(names: Iterable[Name]) -> tuple[Spelling, ...]:
    """The spellings of names in Arabic and Latin letters, without those that have the same letters and consonants."""
    found: dict[tuple[str, tuple[str, ...]], Spelling] = {}
    for name in names:
        if name.script in ("Arab", "Latn"):
            spelling = _take_spelling(name.text)
            if spelling.key:
                found.setdefault((spelling.key, spelling.skeletons), spelling)
    return tuple(found.values())


@lru_cache(maxsize=_MANY_NAMES)
def _take_spelling(text: str) -> Spelling:
    words = split_plain_words(text)
    arabic = bool(words) and is_arabic(words[0])
    sounds = frozenset(key for word in words for key in skeletons(word)[:1])
    return Spelling(text, arabic, make_plain_key(words), skeletons(text), sounds, qualifiers(text))


@cache
def _read_qualifiers() -> tuple[dict[str, str], dict[str, str]]:
    """Classes of qualifiers by folded word, and by consonants for words with many romanised spellings."""
    rows = read_table("qualifiers")
    by_word = {fold(word): kind for word, kind, _, _ in rows}
    by_sound = {skeleton: kind for word, kind, match, _ in rows if match == "sound" for skeleton in skeletons(word)}
    return by_word, by_sound


@lru_cache(maxsize=_MANY_NAMES)
def qualifiers(text: str) -> frozenset[str]:
    """The classes of the qualifiers in a name: `{"east"}` for كويرس شرقي and for Eastern Kwaires.

    A name that is only such a word (الشرقية) has none; a number is its own class.
    """
    by_word, by_sound = _read_qualifiers()
    words = split_plain_words(text)
    found = set()
    for position, word in enumerate(words):
        folded = fold(word)
        kind = folded if _is_label(folded) else by_word.get(folded)
        if kind is None and position:
            kind = next((by_sound[skeleton] for skeleton in skeletons(word) if skeleton in by_sound), None)
        if kind is not None:
            found.add(kind)
    return frozenset(found) if len(words) > 1 else frozenset()


def are_opposite(left: Iterable[Spelling], right: Iterable[Spelling]) -> bool:
    """Whether the names of two places have opposite qualifiers, such as upper and lower."""
    ours = frozenset[str]().union(*(spelling.qualifiers for spelling in left))
    theirs = frozenset[str]().union(*(spelling.qualifiers for spelling in right))
    # A qualifier that both have does not distinguish them.
    return any(
        (one in ours - theirs and other in theirs - ours) or (other in ours - theirs and one in theirs - ours)
        for one, other, _ in read_table("opposites")
    )


def _is_label(word: str) -> bool:
    """Whether a word is a number, or a code such as B5 or F."""
    return any(c.isdigit() for c in word) or (len(word) == 1 and word.isascii())


def compare(left: Iterable[Spelling], right: Iterable[Spelling], *, one_spot: bool = False) -> Likeness:
    """The strongest evidence that two places have the same name; the score is 0 without evidence.

    If their points are the same (`one_spot`), qualifiers are ignored and weak similarities count.
    """
    best = Likeness(0.0, "nothing", "", "")
    right = tuple(right)
    for a in left:
        for b in right:
            if one_spot or a.qualifiers == b.qualifiers:
                found = _compare(a, b, above=best.score, least=0.0 if one_spot else _LEAST_LIKENESS)
                if found.score > best.score:
                    best = found
    return best


def _compare(a: Spelling, b: Spelling, *, above: float, least: float) -> Likeness:
    if a.key == b.key:
        rule = "same Arabic" if a.arabic else "same Latin"
        return Likeness(1.0 if a.arabic else 0.97, rule, a.text, b.text)
    if above >= 0.97:
        return Likeness(0.0, "nothing", a.text, b.text)
    if not set(a.skeletons).isdisjoint(b.skeletons):
        sound = _measure_similarity(a.text, b.text)
        return Likeness(min(0.96, 0.5 + 0.5 * sound), "same consonants", a.text, b.text)
    some = _SOME_WORDS if _holds_words(a.words, b.words) or _holds_words(b.words, a.words) else 0.0
    nearest = max((Indel.normalized_similarity(x, y) for x in a.skeletons for y in b.skeletons), default=0.0)
    sound = min(0.95, _measure_similarity(a.text, b.text)) if nearest >= least else 0.0
    return (
        Likeness(sound, "like sound", a.text, b.text) if sound >= some else Likeness(some, "some words", a.text, b.text)
    )


def _holds_words(longer: frozenset[str], shorter: frozenset[str]) -> bool:
    """Whether `longer` contains all words of `shorter` and more, and a word of `shorter` has two or more consonants."""
    return len(longer) > len(shorter) and shorter <= longer and any(len(word) > 1 for word in shorter)


@lru_cache(maxsize=1 << 18)
def _measure_similarity(a: str, b: str) -> float:
    return similarity(a, b)
