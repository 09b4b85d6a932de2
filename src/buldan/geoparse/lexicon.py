"""What is known of single words: looked up once for each word, kept for the texts to come.

Texts are made of the same words over and over. Each word met gets a number; its cue, where it leads into names and
what its letters say are worked out when it is met first, and stand in arrays by that number. A whole text is then
one lookup a word, and all else is arrays.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.cues import Cues
from buldan.geoparse.tables import read_table
from buldan.index.phrases import Phrases

__all__ = ["Lexicon", "Words", "ordinary_words"]

_MOST = 1 << 17
"""Words kept; when there are more, those of the text at hand begin a new list."""


@dataclass(frozen=True, slots=True)
class _Known:
    """Words by number; arrays by number, with room for more at their end.

    Attributes:
        number: of each word.
        cue: its cue.
        entries, piece: what it is in the names sought (`Phrases`).
        definite: whether it has the article, behind a clitic or not.
        feminine: whether it ends as an indefinite feminine noun does.
        common: how common it is in ordinary text (Zipf value, 0 where rare).
        opens, closes: whether it is the first or the second word of a cue of two.
    """

    number: dict[str, int]
    cue: NDArray[np.int64]
    entries: NDArray[np.int32]
    piece: NDArray[np.int32]
    definite: NDArray[np.bool_]
    feminine: NDArray[np.bool_]
    common: NDArray[np.float64]
    opens: NDArray[np.bool_]
    closes: NDArray[np.bool_]


_COLUMNS = ("cue", "entries", "piece", "definite", "feminine", "common", "opens", "closes")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text; arrays by word.

    Attributes:
        cue: its cue; a cue of two words is that of the second.
        number: in the lexicon.
    """

    cue: NDArray[np.int64]
    number: NDArray[np.int64]
    _known: _Known

    @property
    def entries(self) -> NDArray[np.int32]:
        """Where each word leads into names."""
        return self._known.entries[self.number]

    @property
    def pieces(self) -> NDArray[np.int32]:
        """The number of each word within names."""
        return self._known.piece[self.number]

    @property
    def definite(self) -> NDArray[np.bool_]:
        """Whether each word has the article."""
        return self._known.definite[self.number]

    @property
    def feminine(self) -> NDArray[np.bool_]:
        """Whether each word ends as an indefinite feminine noun does."""
        return self._known.feminine[self.number]

    def common(self, at: NDArray[np.int64]) -> NDArray[np.float64]:
        """How common the words at these positions are."""
        return self._known.common[self.number[at]]

    def among(self, forms: Collection[str]) -> NDArray[np.bool_]:
        """Whether each word is one of these."""
        number = self._known.number
        which = np.zeros(len(self._known.cue), np.bool_)
        which[[number[form] for form in forms if form in number]] = True
        return which[self.number]


@cache
def ordinary_words() -> Mapping[str, float]:
    """How common the words of the gazetteer's names are in ordinary text: Zipf values, 3 and more."""
    return {word: float(zipf) for word, zipf, _ in read_table("ordinary")}


class Lexicon:
    """The words met so far; grows as texts are read, up to a bound, and may be used from any thread."""

    def __init__(self, phrases: Phrases, cues: Cues) -> None:
        self._phrases, self._cues = phrases, cues
        self._lock = Lock()
        self._known = self._nothing()

    def look_up(self, words: Sequence[str]) -> Words:
        """What is known of the words of a text."""
        known = self._known
        number = _numbers(words, known)
        if (number < 0).any() or number.max(initial=0) >= len(known.cue):  # new, or another thread's news
            known = self._learn(words)
            number = _numbers(words, known)
        cue, find = known.cue[number], self._cues.number.get
        for at in np.flatnonzero(known.opens[number[:-1]] & known.closes[number[1:]]).tolist():
            both = find(f"{words[at]} {words[at + 1]}")
            if both:
                cue[at + 1] = both
        return Words(cue, number, known)

    def _nothing(self) -> _Known:
        return _Known({}, **self._columns([]))

    def _learn(self, words: Sequence[str]) -> _Known:
        """The known words with those of a text among them."""
        with self._lock:
            known = self._known
            new = [word for word in dict.fromkeys(words) if word not in known.number]
            if len(known.number) + len(new) > _MOST:
                known, new = self._nothing(), list(dict.fromkeys(words))
            self._known = known = _grown(known, new, self._columns(new))
            return known

    def _columns(self, words: Sequence[str]) -> dict[str, NDArray[Any]]:
        phrases, cues, common = self._phrases, self._cues, ordinary_words()
        return {
            "cue": np.array([cues.number.get(word, 0) for word in words], np.int64),
            "entries": np.array([phrases.entries(word) for word in words], np.int32).reshape(
                -1, 1 + phrases.most_skipped
            ),
            "piece": np.array([phrases.piece(word) for word in words], np.int32),
            "definite": np.array([_has_article(word) for word in words], np.bool_),
            "feminine": np.array(
                [word.endswith("ه") and not _has_article(word) and len(word) > 3 for word in words], np.bool_
            ),
            "common": np.array([common.get(word, 0.0) for word in words], np.float64),
            "opens": np.array([word in cues.first_of_two for word in words], np.bool_),
            "closes": np.array([word in cues.second_of_two for word in words], np.bool_),
        }


def _numbers(words: Sequence[str], known: _Known) -> NDArray[np.int64]:
    return np.fromiter(map(known.number.get, words, repeat(-1)), np.int64, len(words))


def _grown(known: _Known, words: Sequence[str], columns: dict[str, NDArray[Any]]) -> _Known:
    """The list with further words. What stands is not touched, so that others may go on reading it."""
    begin, end = len(known.number), len(known.number) + len(words)
    if end > len(known.cue):
        known = _Known(known.number, **{name: _with_room(getattr(known, name), 2 * end) for name in _COLUMNS})
    for name in _COLUMNS:
        getattr(known, name)[begin:end] = columns[name]
    known.number.update(zip(words, range(begin, end), strict=True))
    return known


def _with_room(column: NDArray[Any], length: int) -> NDArray[Any]:
    wider = np.zeros((length, *column.shape[1:]), column.dtype)
    wider[: len(column)] = column
    return wider


def _has_article(word: str) -> bool:
    return word.startswith(("ال", "وال", "بال", "لل", "فال", "كال"))
