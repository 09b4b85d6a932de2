"""What the letters of a hit and of its neighbours say: the Arabic article and adjectives, Latin capitals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.flat import Flat, Gap
from buldan.geoparse.linear_model import FeatureGroup
from buldan.geoparse.names.cues import ROLES, load_cues
from buldan.geoparse.names.scan import CLITICS, Hits
from buldan.geoparse.recognition.lists import at_words
from buldan.geoparse.tables import read_table
from buldan.text import articles

__all__ = ["Letters", "adjective_follows", "latin_features", "letter_features"]


@dataclass(frozen=True, slots=True)
class Letters:
    """By hit, what its own letters say: whether it begins with the article, is Latin, and is one word."""

    definite: NDArray[np.bool_]
    latin: NDArray[np.bool_]
    one_word: NDArray[np.bool_]

    @classmethod
    def of(cls, hits: Hits) -> Letters:
        """The letters of all hits."""
        first, second = (hits.flat.codes[hits.start + at] for at in (0, 1))
        return cls((first == _ALEF) & (second == _LAM), first < _NOT_ASCII, hits.last - hits.first == 1)


_ALEF, _LAM, _YEH, _HEH = map(ord, "اليه")
_NOT_ASCII = 128


def letter_features(
    hits: Hits, letters: Letters, is_spelled: Callable[[str], bool], teh: Any, minor: Any, near: Any, after: Any
) -> dict[str, NDArray[Any]]:
    """Columns of the Arabic article, of adjectives and of spelling.

    `is_spelled` says of a form whether a name is written so to the letter, `teh` is where the name ends with ة, `minor`
    where it is little known, `near` and `after` where a word stands right beside it.
    """
    flat, definite, one_word = hits.flat, letters.definite, letters.one_word
    last, last_but_one = flat.codes[hits.end - 1], flat.codes[hits.end - 2]
    heh = flat.original_codes[flat.offsets[hits.end - 1]] == _HEH
    nisba = (last == _YEH) | ((last_but_one == _YEH) & (last == _HEH))
    has_article = hits.words.definite
    before_definite = at_words(has_article, hits.first - 1) & near
    after_definite = at_words(has_article, hits.last) & after
    arabic = ~letters.latin
    return {
        "heh for teh": heh & teh,
        "spelled otherwise": _spelled_otherwise(hits, arabic & (hits.clitic != _TO), is_spelled),
        "definite": definite & one_word,
        "definite after definite": definite & before_definite,
        "nisba": arabic & nisba & one_word,
        "definite after definite, minor": definite & before_definite & minor,
        "nisba after definite": arabic & nisba & definite & before_definite,
        "definite before definite": definite & one_word & after_definite,
        "definite before definite, minor": definite & one_word & after_definite & minor,
        "indefinite before definite": arabic & ~definite & after_definite & one_word,
        "indefinite": arabic & ~definite & one_word,
    }


def _spelled_otherwise(hits: Hits, asked: NDArray[np.bool_], is_spelled: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Where, of the hits asked of, the original differs in letters that the fold does not tell apart: دأنا, الدانا."""
    original, which = hits.flat.original, np.flatnonzero(asked)
    starts, ends = (hits.flat.offsets[at[which]].tolist() for at in (hits.start, hits.end))
    written = [original[start:end] for start, end in zip(starts, ends, strict=True)]
    found = np.zeros(len(hits), np.bool_)
    found[which] = ~np.fromiter(map(is_spelled, written), np.bool_, len(written))
    return found


_TO = CLITICS.index("ل")


def latin_features(
    hits: Hits,
    letters: Letters,
    common: NDArray[np.float64],
    beside: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    no_trigger: tuple[NDArray[np.bool_], NDArray[np.bool_]],
) -> FeatureGroup:
    """Columns of Latin capitals; all Arabic hits have the first row, of zeros.

    `common` is how common a little-known name's words are; before and behind the hit, `beside` is where a word
    stands right beside it, `no_trigger` where that asks for no place.
    """
    latin = np.flatnonzero(letters.latin)
    flat, first, last = hits.flat, hits.first[latin], hits.last[latin]
    capital = _capitals(flat, flat.offsets[hits.start[latin]])
    shout = _capitals(flat, flat.offsets[hits.end[latin] - 1]) & capital
    near, after = beside[0][latin], beside[1][latin]
    before_capital = _capital_words(flat, first - 1) & near
    after_capital = _capital_words(flat, last) & after
    columns = {
        "latin": np.ones(len(latin), np.bool_),
        "latin:small": ~capital,
        "latin:shouted": shout,
        "latin:capital before": before_capital & no_trigger[0][latin],
        "latin:capital after": after_capital & no_trigger[1][latin],
        "latin:behind an article": near & at_words(hits.words.isin(frozenset(articles())), first - 1),
        "latin:of a body": _in_body(hits, last, after_capital),
        "latin:sentence begins": flat.gaps[first] >= Gap.STOP,
        "latin:common": common[latin],
        "latin:one word": letters.one_word[latin],
    }
    code = np.zeros(len(hits), np.int64)
    code[latin] = np.arange(1, len(latin) + 1)
    return FeatureGroup(code, {name: np.append(np.zeros(1, column.dtype), column) for name, column in columns.items()})


def _in_body(hits: Hits, last: NDArray[np.int64], capital_after: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether the capitalised words behind a hit lead up to a word for a body: "Sada Revolution Network"."""
    found = np.zeros(len(last), np.bool_)
    original, offsets, starts = hits.flat.original, hits.flat.offsets, hits.flat.starts
    body = load_cues().roles[hits.words.cue] & np.uint64(1 << ROLES.index("after organisation")) > 0
    for hit in np.flatnonzero(capital_after).tolist():
        for at in range(int(last[hit]), min(int(last[hit]) + 4, len(hits.flat.words))):
            if not original[int(offsets[starts[at]])].isupper() or hits.flat.gaps[at] > Gap.HYPHEN:
                break
            if body[at]:
                found[hit] = True
                break
    return found


def _capitals(flat: Flat, positions: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether the letters at these positions of the original are capitals."""
    return np.array([flat.original[at : at + 1].isupper() for at in positions.tolist()], np.bool_)


def _capital_words(flat: Flat, words: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether words begin with a capital letter; none does outside the text."""
    inside = (words >= 0) & (words < len(flat.words))
    return _capitals(flat, flat.offsets[flat.starts[np.where(inside, words, 0)]]) & inside


def adjective_follows(hits: Hits) -> NDArray[np.int64]:
    """1 where an adjective stands between a name and the word for its facility: "Hmeimim Military Airbase"."""
    return at_words(hits.words.isin(_ENDINGS), hits.last).astype(np.int64)


_ENDINGS = frozenset(form for form, lang, role, _ in read_table("facility_words") if (lang, role) == ("en", "ending"))
