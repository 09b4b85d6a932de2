"""What is known of single words: looked up once for each word, kept for the texts to come.

Texts are made of the same words over and over. Each word met gets a number; its cue, where it leads into names and
what its letters say are worked out when it is met first, and stand in arrays by that number. A whole text is then
one lookup a word, and all else is arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.words import WordList, find_words, insert_words
from buldan.geoparse.names.cues import Cues
from buldan.geoparse.names.lexicon import Sense, word_senses
from buldan.geoparse.tables import read_table
from buldan.index.phrases import Phrases
from buldan.index.postings import hash_key
from buldan.text import has_article

__all__ = ["WordCache", "Words", "ordinary_words"]

_MOST = 1 << 17
"""Words kept; when there are more, those of the text at hand begin a new list."""


class _HashTable:
    """Numbers of words by their hashes: an open table, more than twice as long as the words that it is for.

    A hash comes in after its number, and none goes, so that others may read while it fills.
    """

    def __init__(self, words: int) -> None:
        slots = 1 << (2 * words).bit_length()
        self._slots, self._values = np.zeros(slots, np.uint64), np.zeros(slots, np.int32)
        self.count = 0

    def find(self, hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int64], int]:
        """The numbers of words, -1 for those unknown, and how many these are."""
        numbers = np.empty(len(hashes), np.int64)
        unknown = find_words(hashes.data, self._slots.data, self._values.data, numbers.data)
        return numbers, unknown

    def add(self, hashes: NDArray[np.uint64]) -> None:
        """Number further words."""
        insert_words(hashes.data, self.count, self._slots.data, self._values.data)
        self.count += len(hashes)


@dataclass(frozen=True, slots=True)
class _WordColumns:
    """Words by number; arrays by number, with room for more at their end.

    Attributes:
        table: where the number of each word is found by its hash.
        cue: its cue.
        entries, piece: what it is in the names sought (`Phrases`); `enters`, whether it has any entry.
        definite: whether it has the article, behind a clitic or not.
        feminine: whether it ends as an indefinite feminine noun does.
        common: how common it is in ordinary text (Zipf value, 0 where rare).
        sense: what it is known to be beside a place (`Sense`), for Latin words.
        opens, closes: whether it is the first or the second word of a cue of two.
        sets: bits of the sets of forms that it is in (`Words.isin`); `marked`, the sets for which that is so.
    """

    table: _HashTable
    cue: NDArray[np.int64]
    entries: NDArray[np.int32]
    enters: NDArray[np.bool_]
    piece: NDArray[np.int32]
    definite: NDArray[np.bool_]
    feminine: NDArray[np.bool_]
    common: NDArray[np.float64]
    sense: NDArray[np.int8]
    opens: NDArray[np.bool_]
    closes: NDArray[np.bool_]
    sets: NDArray[np.uint64]
    marked: set[frozenset[str]]


_COLUMNS = ("cue", "entries", "enters", "piece", "definite", "feminine", "common", "sense", "opens", "closes", "sets")


class _FormSets:
    """The sets of forms that were asked about, each with a bit; which of them a word is in, by its hash."""

    def __init__(self) -> None:
        self.bit: dict[frozenset[str], np.uint64] = {}
        self.of_hash: dict[int, int] = {}

    def mark(self, forms: frozenset[str], known: _WordColumns) -> None:
        """Give a set its bit, and mark the known words that are in it."""
        hashes = _hashes(forms)
        if forms not in self.bit:
            bit = 1 << len(self.bit)
            for hashed in hashes.tolist():
                self.of_hash[hashed] = self.of_hash.get(hashed, 0) | bit
            self.bit[forms] = np.uint64(bit)
        numbers, _ = known.table.find(hashes)
        # The table may know words that another thread has learned since, of which these columns do not tell.
        known.sets[numbers[(numbers >= 0) & (numbers < len(known.sets))]] |= self.bit[forms]
        known.marked.add(forms)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text; arrays by word.

    Attributes:
        cue: its cue; a cue of two words is that of the second.
        number: in the lexicon.
    """

    cue: NDArray[np.int64]
    number: NDArray[np.int64]
    _known: _WordColumns
    _cache: WordCache

    def between(self, first: int, last: int) -> Words:
        """The words `first` to `last` (outside) alone."""
        return Words(self.cue[first:last], self.number[first:last], self._known, self._cache)

    def trie_entries(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The words that lead into names, and where each leads."""
        at = np.flatnonzero(self._known.enters[self.number])
        return at, self._known.entries[self.number[at]]

    @property
    def token_ids(self) -> NDArray[np.int32]:
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

    @property
    def sense(self) -> NDArray[np.int8]:
        """What each Latin word is known to be beside a place (`Sense`)."""
        return self._known.sense[self.number]

    @property
    def common(self) -> NDArray[np.float64]:
        """How common each word is."""
        return self._known.common[self.number]

    def isin(self, forms: frozenset[str]) -> NDArray[np.bool_]:
        """Whether each word is one of these."""
        bit = self._cache.bit_of(forms, self._known)  # first, for it may mark words
        return (self._known.sets[self.number] & bit) > 0


@cache
def _hashes(forms: frozenset[str]) -> NDArray[np.uint64]:
    return np.array([hash_key(form) for form in forms], np.uint64)


@cache
def ordinary_words() -> Mapping[str, float]:
    """How common the words of the gazetteer's names are in ordinary text: Zipf values, 3 and more."""
    return {word: float(zipf) for word, zipf, _ in read_table("ordinary")}


class WordCache:
    """The words met so far; grows as texts are read, up to a bound, and may be used from any thread."""

    def __init__(self, phrases: Phrases, cues: Cues) -> None:
        self._phrases, self._cues = phrases, cues
        self._lock, self._sets = Lock(), _FormSets()
        self._known = self._nothing(_MOST)

    def look_up(self, words: WordList, hashes: NDArray[np.uint64], passages: NDArray[np.int64] | None = None) -> Words:
        """What is known of the words of a text, by their hashes; no cue joins words of two passages."""
        known = self._known
        number, unknown = known.table.find(hashes)
        if unknown or number.max(initial=0) >= len(known.cue):  # new, or another thread's news
            known = self._learn(words, hashes)
            number, _ = known.table.find(hashes)
        cue, find = known.cue[number], self._cues.number.get
        together = known.opens[number[:-1]] & known.closes[number[1:]]
        if passages is not None and len(passages) > 2:
            begins = passages[1:-1]
            together[begins[(begins > 0) & (begins < len(number))] - 1] = False
        for at in np.flatnonzero(together).tolist():
            both = find(f"{words[at]} {words[at + 1]}")
            if both:
                cue[at + 1] = both
        return Words(cue, number, known, self)

    def bit_of(self, forms: frozenset[str], known: _WordColumns) -> np.uint64:
        """The bit of a set of forms in `sets` of the known words."""
        if forms not in known.marked:
            with self._lock:
                self._sets.mark(forms, known)
        return self._sets.bit[forms]

    def _nothing(self, words: int) -> _WordColumns:
        return _WordColumns(_HashTable(words), **self._columns([]), marked=set())

    def _learn(self, words: WordList, hashes: NDArray[np.uint64]) -> _WordColumns:
        """The known words with those of a text among them."""
        with self._lock:
            known = self._known
            distinct, where = np.unique(hashes, return_index=True)
            new = known.table.find(distinct)[0] < 0
            if known.table.count + new.sum() > _MOST:
                known, new = self._nothing(max(_MOST, len(distinct))), np.ones(len(distinct), np.bool_)
            columns = self._columns([words[at] for at in where[new].tolist()])
            of_hash = self._sets.of_hash
            columns["sets"] = np.array([of_hash.get(hashed, 0) for hashed in distinct[new].tolist()], np.uint64)
            self._known = known = _grown(known, distinct[new], columns)
            return known

    def _columns(self, words: Sequence[str]) -> dict[str, NDArray[Any]]:
        phrases, cues, common = self._phrases, self._cues, ordinary_words()
        senses = word_senses()
        entries = np.array([phrases.entries(word) for word in words], np.int32).reshape(-1, 1 + phrases.most_skipped)
        return {
            "cue": np.array([cues.number.get(word, 0) for word in words], np.int64),
            "entries": entries,
            "enters": np.any(entries >= 0, axis=1),
            "piece": np.array([phrases.piece(word) for word in words], np.int32),
            "definite": np.array([has_article(word) for word in words], np.bool_),
            "feminine": np.array(
                [word.endswith("ه") and not has_article(word) and len(word) > 3 for word in words], np.bool_
            ),
            "common": np.array([common.get(word, 0.0) for word in words], np.float64),
            "sense": np.array([senses.get(word, Sense.UNKNOWN) for word in words], np.int8),
            "opens": np.array([word in cues.first_of_two for word in words], np.bool_),
            "closes": np.array([word in cues.second_of_two for word in words], np.bool_),
            "sets": np.zeros(len(words), np.uint64),
        }


def _grown(known: _WordColumns, hashes: NDArray[np.uint64], columns: dict[str, NDArray[Any]]) -> _WordColumns:
    """The list with further words. What stands is not touched, so that others may go on reading it."""
    begin, end = known.table.count, known.table.count + len(hashes)
    if end > len(known.cue):
        wider = {name: _with_room(getattr(known, name), 2 * end) for name in _COLUMNS}
        known = _WordColumns(known.table, **wider, marked=set(known.marked))
    for name in _COLUMNS:
        getattr(known, name)[begin:end] = columns[name]
    known.table.add(hashes)
    return known


def _with_room(column: NDArray[Any], length: int) -> NDArray[Any]:
    wider = np.zeros((length, *column.shape[1:]), column.dtype)
    wider[: len(column)] = column
    return wider
