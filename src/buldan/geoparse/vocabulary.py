"""What is sought in a text: every name of the gazetteer, in its folded forms, and the names of foreign places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.cues import clitics
from buldan.geoparse.tables import read_table
from buldan.index import Index
from buldan.index.phrases import Phrases
from buldan.text import fold, generic_terms, is_arabic

__all__ = ["Form", "Vocabulary", "ordinary_words"]

_MOST_PLACES = 32
"""Places kept of one name, the most salient first; the names borne by more are borne by hamlets."""

_SHORTEST = 2


class Form(IntEnum):
    """How a phrase came about from a name."""

    ATTESTED = 0
    KIND_LEFT_OUT = 1
    ARTICLE_CHANGED = 2
    SPACING_CHANGED = 3


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrases by number, and arrays that say what each is.

    Attributes:
        phrases: the automaton; a hit's value is the phrase's number.
        texts: the phrases.
        first: where the places of a phrase begin in `places`; one more, the end.
        places: rows of the index, the most salient of each phrase first.
        form: how the phrase came about.
        foreign: whether it also names a place abroad.
        kinds: bits of the kinds of its places.
        salience: of its most salient place.
        common: how common its words are (Zipf value of the rarest, 0 where rare).
        skip: folded letters in front of the phrase that are not of the name (the ل of لل).
    """

    phrases: Phrases[int]
    texts: tuple[str, ...]
    first: NDArray[np.int64]
    places: NDArray[np.int32]
    form: NDArray[np.uint8]
    foreign: NDArray[np.bool_]
    kinds: NDArray[np.uint64]
    salience: NDArray[np.float64]
    common: NDArray[np.float64]
    skip: NDArray[np.int64]

    @classmethod
    def of(cls, index: Index) -> Vocabulary:
        """The vocabulary of a gazetteer; costs about a second for 50,000 names."""
        return _build(index)


_JOINED_FIRST = ("كفر", "تل", "دير", "بيت", "عين", "جب", "خان", "جسر", "ام", "ابو", "راس", "شيخ", "معره", "حارم")
_SPACED_FIRST = ("كفر", "تل", "دير", "بيت", "خان")
_LATIN_FIRST = ("kafr", "kfar", "kafar", "tal", "tall", "tell", "deir", "dayr", "beit", "bayt", "ain", "ayn", "khan", "jisr")
_LATIN_ARTICLES = frozenset("al el as es ash esh ar er at et ad ed az ez an en".split())
_LANGUAGES = frozenset({"ar", "en", "und", "fr", "ku", "tr", "de"})


def _iter_forms(name: str) -> Iterator[tuple[str, Form]]:
    """The folded forms of a name under which a text may write it."""
    folded = fold(name.split("(")[0]) or fold(name)
    if not folded:
        return
    yield folded, Form.ATTESTED
    words = folded.split(" ")
    terms = generic_terms()
    if len(words) > 1 and (term := terms.get(words[0])) and term.role == "kind":
        yield " ".join(words[1:]), Form.KIND_LEFT_OUT
    if len(words) > 1 and (term := terms.get(words[-1])) and term.role == "kind":
        yield " ".join(words[:-1]), Form.KIND_LEFT_OUT
    yield from _respaced(words)
    yield from _rearticled(words)


def _respaced(words: list[str]) -> Iterator[tuple[str, Form]]:
    """كفر تخاريم → كفرتخاريم, and back; Kafr Zita → Kafrzita."""
    if len(words) == 2 and (words[0] in _JOINED_FIRST or words[0] in _LATIN_FIRST):
        yield "".join(words), Form.SPACING_CHANGED
    if len(words) == 1:
        for first in _SPACED_FIRST:
            rest = words[0][len(first) :]
            if words[0].startswith(first) and len(rest) >= 3:
                yield f"{first} {rest}", Form.SPACING_CHANGED


def _rearticled(words: list[str]) -> Iterator[tuple[str, Form]]:
    """With the article left out, or put before a name of one word: تلبيسة, التلبيسة; Al Atarib, Atarib."""
    first = words[0]
    if is_arabic(first):
        if first.startswith("ال") and len(first) >= 6 and len(words) == 1:
            yield first[2:], Form.ARTICLE_CHANGED
        elif len(words) == 1 and len(first) >= 4:
            yield "ال" + first, Form.ARTICLE_CHANGED
    elif first in _LATIN_ARTICLES and len(words) > 1 and len(words[1]) >= 4:
        yield " ".join(words[1:]), Form.ARTICLE_CHANGED
        yield first + " ".join(words[1:]), Form.SPACING_CHANGED
    elif len(first) >= 4:
        yield "al " + " ".join(words), Form.ARTICLE_CHANGED


def ordinary_words() -> Mapping[str, float]:
    """How common the words of the gazetteer's names are in ordinary text: Zipf values, 3 and more."""
    return {word: float(zipf) for word, zipf, _ in read_table("ordinary")}


def _collect(index: Index) -> dict[str, dict[int, Form]]:
    """Every phrase with its places, each with the plainest form that led to it."""
    found: dict[str, dict[int, Form]] = {}
    seen: dict[str, list[tuple[str, Form]]] = {}
    for row, name in enumerate(index.names):
        if name.lang not in _LANGUAGES:
            continue
        place = int(index.name_place[row])
        if name.text not in seen:
            seen[name.text] = [(phrase, form) for phrase, form in _iter_forms(name.text) if len(phrase) >= _SHORTEST]
        for phrase, form in seen[name.text]:
            places = found.setdefault(phrase, {})
            places[place] = min(form, places.get(place, form))
    return found


def _keep_attested(found: dict[str, dict[int, Form]]) -> None:
    """A made form gives way where it is an attested name of other places."""
    for places in found.values():
        best = min(places.values())
        if best == Form.ATTESTED:
            for place in [place for place, form in places.items() if form >= Form.ARTICLE_CHANGED]:
                del places[place]


def _build(index: Index) -> Vocabulary:
    found = _collect(index)
    _keep_attested(found)
    abroad = {fold(form) for _, forms, _, _ in read_table("foreign") for form in forms.split("|")}
    phrases = list(dict.fromkeys((*found, *sorted(abroad))))
    numbers = {phrase: number for number, phrase in enumerate(phrases)}
    # للرقة: the article after ل loses its alef. The same places under a spelling of their own.
    merged = {"لل" + phrase[2:]: phrase for phrase in phrases if phrase.startswith("ال") and len(phrase) > 3}
    merged = {spelling: phrase for spelling, phrase in merged.items() if spelling not in numbers}
    sources = [*phrases, *merged.values()]
    rows = [_by_salience(index, found.get(phrase, {})) for phrase in sources]
    salience = index.salience
    kind_bits = np.left_shift(np.uint64(1), index.kind.astype(np.uint64))
    texts = (*phrases, *merged)
    counts = np.array([len(places) for places in rows])
    common = ordinary_words()
    return Vocabulary(
        phrases=Phrases({text: number for number, text in enumerate(texts)}, clitics()),
        texts=texts,
        first=np.concatenate(([0], np.cumsum(counts))),
        places=np.array([row for places in rows for row in places], np.int32),
        form=np.array([min(found.get(phrase, {0: Form.ATTESTED}).values()) for phrase in sources], np.uint8),
        foreign=np.array([phrase in abroad for phrase in sources]),
        kinds=np.array([int(np.bitwise_or.reduce(kind_bits[places])) if places else 0 for places in rows], np.uint64),
        salience=np.array([float(salience[places[0]]) if places else 0.0 for places in rows]),
        common=np.array([min(common.get(word, 0.0) for word in phrase.split(" ")) for phrase in sources]),
        skip=np.array([0] * len(phrases) + [1] * len(merged)),

    )


def _by_salience(index: Index, places: Mapping[int, Any]) -> list[int]:
    order = sorted(places, key=lambda place: (places[place], -float(index.salience[place])))
    return order[:_MOST_PLACES]
