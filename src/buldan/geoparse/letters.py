"""What the letters of a hit and of its neighbours say: the Arabic article and adjectives, Latin capitals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.cues import ROLES, load_cues
from buldan.geoparse.flat import Flat, Gap
from buldan.geoparse.nameforms import LATIN_ARTICLES, unvowelled
from buldan.geoparse.scan import CLITICS, Hits
from buldan.geoparse.tables import read_table
from buldan.geoparse.vocabulary import Vocabulary, ordinary_words

__all__ = ["endings_behind", "feminine_before", "letter_columns", "whole_word_excess"]


def letter_columns(
    hits: Hits, vocabulary: Vocabulary, columns: Mapping[str, NDArray[Any]], teh: Any, near: Any, after: Any
) -> dict[str, NDArray[Any]]:
    """Columns of letters: the Arabic article and adjectives, Latin capitals."""
    flat = hits.flat
    original, offsets = flat.original, flat.offsets
    text = flat.text
    first = [text[at : at + 2] for at in hits.start.tolist()]
    definite = np.array([two == "ال" for two in first], np.bool_)
    nisba = np.array([text[at - 1] == "ي" or text[at - 2 : at] == "يه" for at in hits.end.tolist()], np.bool_)
    latin = np.array([two[:1].isascii() for two in first], np.bool_)
    capital = np.array([original[at : at + 1].isupper() for at in offsets[hits.start].tolist()], np.bool_)
    ends = offsets[hits.end - 1].tolist()
    heh = np.array([original[at : at + 1] == "ه" for at in offsets[hits.end - 1].tolist()], np.bool_)
    shout = np.array([original[at : at + 1].isupper() for at in ends], np.bool_) & capital
    word_capital = _capitals(flat, np.concatenate((hits.first - 1, hits.last)))
    before_capital, after_capital = word_capital[: len(hits)] & near, word_capital[len(hits) :] & after
    before_definite = np.array([_starts_definite(flat.words, at) for at in (hits.first - 1).tolist()], np.bool_) & near
    after_definite = np.array([_starts_definite(flat.words, at) for at in hits.last.tolist()], np.bool_) & after
    arabic = ~latin
    one_word = hits.last - hits.first == 1
    sentence = flat.gaps[hits.first] >= Gap.STOP
    return {
        "heh for teh": heh & teh,
        "spelled otherwise": arabic & (hits.clitic != _TO) & _spelled_otherwise(hits, vocabulary),
        "latin": latin,
        "latin:small": latin & ~capital,
        "latin:shouted": latin & shout,
        "latin:capital before": latin & before_capital & (columns["before:trigger"] == 0),
        "latin:capital after": latin & after_capital & (columns["after:trigger"] == 0),
        "latin:behind an article": latin & near & _behind_article(hits),
        "latin:of a body": latin & _in_body(hits, after_capital),
        "latin:sentence begins": latin & sentence,
        "latin:common": np.where(latin, columns["common, minor"], 0),
        "latin:one word": latin & one_word,
        "definite": definite & one_word,
        "definite after definite": definite & before_definite,
        "nisba": arabic & nisba & one_word,
        "definite after definite, minor": definite & before_definite & (columns["major"] == 0),
        "nisba after definite": arabic & nisba & definite & before_definite,
        "definite before definite": definite & one_word & after_definite,
        "definite before definite, minor": definite & one_word & after_definite & (columns["major"] == 0),
        "indefinite before definite": arabic & ~definite & after_definite & one_word,
        "indefinite": arabic & ~definite & one_word,
    }


def _spelled_otherwise(hits: Hits, vocabulary: Vocabulary) -> NDArray[np.bool_]:
    """Whether the original differs from the names in letters that the fold does not tell apart: دأنا, الدانا."""
    original, known = hits.flat.original, vocabulary.spellings
    starts, ends = hits.flat.offsets[hits.start].tolist(), hits.flat.offsets[hits.end].tolist()
    return np.array(
        [unvowelled(original[start:end]).rstrip() not in known for start, end in zip(starts, ends, strict=True)],
        np.bool_,
    )


_TO = CLITICS.index("ل")


def _starts_definite(words: list[str], at: int) -> bool:
    if not 0 <= at < len(words):
        return False
    return _starts_with_article(words[at])


def _behind_article(hits: Hits) -> NDArray[np.bool_]:
    """Whether an article that is not of the hit stands before it, as in surnames: Moheib al-Bitar."""
    words = hits.flat.words
    return np.array([at > 0 and words[at - 1] in LATIN_ARTICLES for at in hits.first.tolist()], np.bool_)


def _in_body(hits: Hits, capital_after: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether the capitalised words behind a hit lead up to a word for a body: "Sada Revolution Network"."""
    found = np.zeros(len(hits), np.bool_)
    original, offsets, starts = hits.flat.original, hits.flat.offsets, hits.flat.starts
    body = np.uint64(1 << ROLES.index("after organisation"))
    roles = load_cues().roles[hits.cue]
    for hit in np.flatnonzero(capital_after).tolist():
        for at in range(int(hits.last[hit]), min(int(hits.last[hit]) + 4, len(hits.flat.words))):
            if not original[int(offsets[starts[at]])].isupper() or hits.flat.gaps[at] > Gap.HYPHEN:
                break
            if roles[at] & body:
                found[hit] = True
                break
    return found


def _capitals(flat: Flat, positions: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether the words at these positions begin with a capital letter."""
    inside = (positions >= 0) & (positions < len(flat.words))
    starts = flat.offsets[flat.starts[np.where(inside, positions, 0)]].tolist()
    capital = np.array([flat.original[at : at + 1].isupper() for at in starts], np.bool_)
    return capital & inside


def endings_behind(hits: Hits) -> NDArray[np.int64]:
    """1 where an adjective stands between a name and the word for its facility: "Hmeimim Military Airbase"."""
    words = hits.flat.words
    return np.array([at < len(words) and words[at] in _ENDINGS for at in hits.last.tolist()], np.int64)


_ENDINGS = frozenset(
    form
    for forms, lang, role, _ in read_table("facility_words")
    if (lang, role) == ("en", "ending")
    for form in forms.split("|")
)


def feminine_before(hits: Hits) -> NDArray[np.bool_]:
    """Whether an indefinite feminine noun stands before: محافظة سورية is "a Syrian governorate"."""
    words = hits.flat.words
    before = [words[at] if at >= 0 else "" for at in (hits.first - 1).tolist()]
    return np.array(
        [word.endswith("ه") and not _starts_with_article(word) and len(word) > 3 for word in before], np.bool_
    )


def _starts_with_article(word: str) -> bool:
    return word.startswith(("ال", "وال", "بال", "لل", "فال", "كال"))


def whole_word_excess(hits: Hits, vocabulary: Vocabulary) -> NDArray[np.float64]:
    """By how much a word with its clitic is commoner than the name behind it: وزارة is not و and زارة."""
    excess = np.zeros(len(hits))
    common = ordinary_words()
    for hit in np.flatnonzero(hits.clitic).tolist():
        excess[hit] = common.get(hits.flat.words[int(hits.first[hit])], 0.0)
    behind = hits.clitic > 0
    excess[behind] = np.clip(excess[behind] - vocabulary.common[hits.phrase[behind]], 0, 3)
    return excess
