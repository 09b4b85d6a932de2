"""What is known of single words: looked up once for each word, kept for the texts to come.

Texts are made of the same words over and over. Each word met gets a number; its cue, where it leads into names and
what its letters say are worked out when it is met first, and stand in arrays by that number. A whole text is then
one lookup a word, and all else is arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.flat import Flat
from buldan.geoparse.document.words import WordList
from buldan.geoparse.names.cues import Cues, encode_roles
from buldan.geoparse.names.known_words import KnownWords, find_cue_pairs
from buldan.geoparse.names.lexicon import Sense, load_word_senses
from buldan.geoparse.names.views import WordViews
from buldan.geoparse.names.word_classes import WordClass, classify_word
from buldan.geoparse.tables import read_table
from buldan.index.phrases import Phrases
from buldan.text import load_joining_words

__all__ = ["WordCache", "Words", "load_ordinary_words"]

_MOST = 1 << 17
"""Words kept; when there are more, those of the text at hand begin a new list."""


class _HashTable:
    """Numbers of words by their hashes: an open table, more than twice as long as the words that it is for.

    Entries are never removed, so that other threads may read while one fills it.
    """

    def __init__(self, words: int) -> None:
        # A power of two, so that the low bits of a hash are its slot; never more than half full, so that a search for
        # what is not there soon meets an empty slot.
        slots = 1 << (2 * words).bit_length()
        self.slots, self.values = np.zeros(slots, np.uint64), np.zeros(slots, np.int32)
        self.count = 0


@dataclass(frozen=True)
class _WordColumns:
    """Words by number; arrays by number, with room for more at their end.

    Attributes:
        table: where the number of each word is found by its hash.
        cue: its cue.
        entries, piece: what it is in the names sought (`Phrases`).
        classes: bits of what else it is (`WordClass`).
        common: how common it is in ordinary text (Zipf value, 0 where rare).
        sense: what it is known to be beside a place (`Sense`), for Latin words.
    """

    table: _HashTable
    cue: NDArray[np.int64]
    entries: NDArray[np.int32]
    piece: NDArray[np.int32]
    classes: NDArray[np.uint32]
    common: NDArray[np.float64]
    sense: NDArray[np.int8]

    @cached_property
    def views(self) -> KnownWords:
        """What compiled loops read of it, and find in it."""
        columns = (self.cue, self.classes, self.piece, self.common)
        return KnownWords(self.table.slots.data, self.table.values.data, *(column.data for column in columns))

    def find_new(self, hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Which words are unknown."""
        numbers = np.empty(len(hashes), np.int64)
        self.views.find(hashes.data, numbers.data)
        return numbers < 0

    def add(self, hashes: NDArray[np.uint64]) -> None:
        """Number further words, whose columns are filled."""
        # Counted before they are in, so that no number is found that is not counted.
        first, self.table.count = self.table.count, self.table.count + len(hashes)
        self.views.insert(hashes.data, first)


_COLUMNS = ("cue", "entries", "piece", "classes", "common", "sense")


class Words:
    """The words of a text; arrays by word.

    Attributes:
        flat: the text.
        number: among the words met so far.
        cue: its cue; a cue of two words is that of the second.
        classes: bits of what it is (`WordClass`).
        piece: its number within names (`Phrases.find_piece`).
        capitals: whether it begins with a capital in running text, 1 or 0.
    """

    __slots__ = ("_known", "_views", "capitals", "classes", "cue", "flat", "number", "piece")

    def __init__(
        self,
        flat: Flat,
        numbers: Sequence[NDArray[np.int64]],
        capitals: bytes,
        known: _WordColumns,
        views: WordViews | None = None,
    ) -> None:
        self.flat, self.capitals, self._known, self._views = flat, capitals, known, views
        self.number, self.cue, self.classes, self.piece = numbers

    def take_passage(self, number: int) -> Words:
        """The words of one passage alone."""
        own = slice(*self.flat.passages[number : number + 2].tolist())
        numbers = [column[own] for column in (self.number, self.cue, self.classes, self.piece)]
        return Words(self.flat.take_passage(number), numbers, self.capitals[own], self._known)

    @property
    def views(self) -> WordViews:
        """What compiled loops read of the text and its words; of one of several passages, nothing."""
        assert self._views is not None
        return self._views

    @property
    def entries(self) -> NDArray[np.int32]:
        """By number, where the word leads into names (`Phrases.find_entries`)."""
        return self._known.entries

    def get_senses(self, first: int, last: int) -> list[int]:
        """What each of some words is known to be beside a place (`Sense`), those of Latin letters."""
        senses: list[int] = self._known.sense.take(self.number[first:last]).tolist()
        return senses


_OPENS, _CLOSES = int(WordClass.OPENS), int(WordClass.CLOSES)
_TELLING, _BEGINNING, _PERSON = int(WordClass.TELLING), int(WordClass.BEGINNING), int(WordClass.PERSON)
_GIVEN = encode_roles("given")

_ORDINARY = 4.65
"""Zipf value from which on a word that begins names is more often no part of one: عين, بيت."""


@cache
def load_ordinary_words() -> Mapping[str, float]:
    """How common the words of the gazetteer's names are in ordinary text: Zipf values, 3 and more."""
    return {word: float(zipf) for word, zipf, _ in read_table("ordinary")}


class WordCache:
    """The words met so far; grows as texts are read, up to a bound, and may be used from any thread."""

    def __init__(
        self, phrases: Phrases, cues: Cues, tells: Callable[[str], bool] = frozenset[str]().__contains__
    ) -> None:
        """Of the words of these names and cues; `tells` says which are of the class `TELLING`."""
        self._phrases, self._cues, self._tells = phrases, cues, tells
        self._lock = Lock()
        self._known = self._make_empty(_MOST)

    def look_up(self, flat: Flat) -> Words:
        """What is known of the words of a text, by their hashes; no cue joins words of two passages."""
        # Four numbers a word in one array: to make an array and a view of it costs more than what a short text has.
        count, known = len(flat.hashes), self._known
        numbers, case = np.empty((4, count), np.int64), bytearray(2 * count)
        assert flat.views is not None
        views = WordViews(flat.views, flat.passages.data, numbers.ravel().data, memoryview(case))
        if not known.views.fill(views):
            known = self._add_words(flat.words, flat.hashes)
            known.views.fill(views)
        # Only where the first word opens a cue of two and the next closes one is a phrase made.
        for at in find_cue_pairs(views):
            both = self._cues.number.get(f"{flat.words[at - 1]} {flat.words[at]}")
            if both:
                numbers[1, at] = both
        return Words(flat, tuple(numbers), bytes(case[count:]), known, views)

    def _make_empty(self, words: int) -> _WordColumns:
        return _WordColumns(_HashTable(words), **self._make_columns([]))

    def _add_words(self, words: WordList, hashes: NDArray[np.uint64]) -> _WordColumns:
        """The known words with those of a text among them."""
        with self._lock:
            known = self._known
            # Asked for again under the lock: another thread may have learned some of them meanwhile.
            distinct, where = np.unique(hashes, return_index=True)
            new = known.find_new(distinct)
            if known.table.count + new.sum() > _MOST:
                known, new = self._make_empty(max(_MOST, len(distinct))), np.ones(len(distinct), np.bool_)
            columns = self._make_columns([words[at] for at in where[new].tolist()])
            self._known = known = _append_words(known, distinct[new], columns)
            return known

    def _make_columns(self, words: Sequence[str]) -> dict[str, NDArray[Any]]:
        """The columns (`_COLUMNS`) of new words, in their order."""
        phrases, cues, common = self._phrases, self._cues, load_ordinary_words()
        senses = load_word_senses()
        entries = np.array([phrases.find_entries(word) for word in words], np.int32).reshape(
            -1, 1 + phrases.most_skipped
        )
        return {
            "cue": np.array([cues.number.get(word, 0) for word in words], np.int64),
            "entries": entries,
            "piece": np.array([phrases.find_piece(word) for word in words], np.int32),
            "classes": np.array(list(map(self._classify, words)), np.uint32),
            "common": np.array([common.get(word, 0.0) for word in words], np.float64),
            "sense": np.array([senses.get(word, Sense.UNKNOWN) for word in words], np.int8),
        }

    def _classify(self, word: str) -> int:
        """The bits of the classes of a word (`WordClass`), by its letters and by what it is in cues and lists."""
        bits = classify_word(word)
        if word in self._cues.first_of_two:
            bits |= _OPENS
        if word in self._cues.second_of_two:
            bits |= _CLOSES
        if word in load_joining_words("first") and load_ordinary_words().get(word, 0.0) < _ORDINARY:
            bits |= _BEGINNING
        if word.isascii() and (load_word_senses().get(word) is Sense.PERSON or self._cues.get_roles(word) & _GIVEN):
            bits |= _PERSON
        return bits | _TELLING if self._tells(word) else bits


def _append_words(known: _WordColumns, hashes: NDArray[np.uint64], columns: dict[str, NDArray[Any]]) -> _WordColumns:
    """The columns with further words. Rows that are there stay as they are, since other threads may read them."""
    begin, end = known.table.count, known.table.count + len(hashes)
    if end > len(known.cue):
        wider = {name: _widen_column(getattr(known, name), 2 * end) for name in _COLUMNS}
        known = _WordColumns(known.table, **wider)
    for name in _COLUMNS:
        getattr(known, name)[begin:end] = columns[name]
    known.add(hashes)
    return known


def _widen_column(column: NDArray[Any], length: int) -> NDArray[Any]:
    wider = np.zeros((length, *column.shape[1:]), column.dtype)
    wider[: len(column)] = column
    return wider
