"""What is known of single words: looked up once for each word, kept for the texts to come.

Texts are made of the same words over and over. Each word met gets a number; its cue, where it leads into names and
what its letters say are worked out when it is met first, and stand in arrays by that number. A whole text is then
one lookup a word, and all else is arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from operator import attrgetter
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.flat import Flat
from buldan.geoparse.document.letter_case import find_letter_case
from buldan.geoparse.document.words import WordList, find_words, insert_words
from buldan.geoparse.names.cues import Cues, role_mask
from buldan.geoparse.names.lexicon import Sense, word_senses
from buldan.geoparse.names.views import WordViews
from buldan.geoparse.names.word_classes import WordClass, classify_word
from buldan.geoparse.tables import read_table
from buldan.index.phrases import Phrases
from buldan.text import joining_words

__all__ = ["WordCache", "Words", "ordinary_words"]

_MOST = 1 << 17
"""Words kept; when there are more, those of the text at hand begin a new list."""


class _HashTable:
    """Numbers of words by their hashes: an open table, more than twice as long as the words that it is for.

    A hash comes in after its number, and none goes, so that others may read while it fills.
    """

    def __init__(self, words: int) -> None:
        # A power of two, so that the low bits of a hash are its slot; never more than half full, so that a search for
        # what is not there soon meets an empty slot.
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
        # Counted before they are in, so that no number is found that is not counted.
        first, self.count = self.count, self.count + len(hashes)
        insert_words(hashes.data, first, self._slots.data, self._values.data)


@dataclass(frozen=True, slots=True)
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
    classes: NDArray[np.uint16]
    common: NDArray[np.float64]
    sense: NDArray[np.int8]


_COLUMNS = ("cue", "entries", "piece", "classes", "common", "sense")


@dataclass(frozen=True)
class Words:
    """The words of a text; arrays by word.

    Attributes:
        flat: the text.
        cue: its cue; a cue of two words is that of the second.
        number: among the words met so far.
        classes: bits of what it is (`WordClass`).
    """

    flat: Flat
    cue: NDArray[np.int64]
    number: NDArray[np.int64]
    classes: NDArray[np.uint16]
    _known: _WordColumns

    def of_passage(self, number: int) -> Words:
        """The words of one passage alone."""
        own = slice(*self.flat.passages[number : number + 2].tolist())
        return Words(self.flat.passage(number), self.cue[own], self.number[own], self.classes[own], self._known)

    @cached_property
    def views(self) -> WordViews:
        """What compiled loops read of the text and its words."""
        flat = self.flat
        by_word = (flat.gaps, flat.starts, self.cue, self.classes, self.common, find_letter_case(flat))
        letters = (flat.codes, flat.original_codes, flat.offsets)
        return WordViews(flat.passages.data, tuple(map(_DATA, by_word)), tuple(map(_DATA, letters)))

    def trie_entries(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The words that lead into names, and where each leads."""
        (at,) = (self.classes & _ENTERS).nonzero()
        return at, self._known.entries.take(self.number[at], axis=0)

    @property
    def token_ids(self) -> NDArray[np.int32]:
        """The number of each word within names."""
        return self._known.piece.take(self.number)

    @property
    def sense(self) -> NDArray[np.int8]:
        """What each Latin word is known to be beside a place (`Sense`)."""
        return self._known.sense.take(self.number)

    @property
    def common(self) -> NDArray[np.float64]:
        """How common each word is."""
        return self._known.common.take(self.number)


_DATA = attrgetter("data")

_ENTERS, _OPENS, _CLOSES = int(WordClass.ENTERS), int(WordClass.OPENS), int(WordClass.CLOSES)
_TELLING, _BEGINNING, _PERSON = int(WordClass.TELLING), int(WordClass.BEGINNING), int(WordClass.PERSON)
_GIVEN = role_mask("given")

_ORDINARY = 4.65
"""Zipf value from which on a word that begins names is more often no part of one: عين, بيت."""


@cache
def ordinary_words() -> Mapping[str, float]:
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
        self._known = self._nothing(_MOST)

    def look_up(self, flat: Flat) -> Words:
        """What is known of the words of a text, by their hashes; no cue joins words of two passages."""
        known, words, hashes, passages = self._known, flat.words, flat.hashes, flat.passages
        number, unknown = known.table.find(hashes)
        # New, or another thread's news, for which this one has no room.
        if unknown or (known.table.count > len(known.cue) and number.max(initial=0) >= len(known.cue)):
            known = self._learn(words, hashes)
            number, _ = known.table.find(hashes)
        cue, classes = known.cue.take(number), known.classes.take(number)
        # Cues of two words are rare: only where the first word opens one and the next closes one is a phrase made.
        (opening,) = (classes[:-1] & _OPENS).nonzero()
        together = opening.compress(classes.take(opening + 1) & _CLOSES) if len(opening) else opening
        if len(passages) > 2:
            together = together[~np.isin(together + 1, passages)]
        for at in together.tolist():
            both = self._cues.number.get(f"{words[at]} {words[at + 1]}")
            if both:
                cue[at + 1] = both
        return Words(flat, cue, number, classes, known)

    def _nothing(self, words: int) -> _WordColumns:
        return _WordColumns(_HashTable(words), **self._columns([]))

    def _learn(self, words: WordList, hashes: NDArray[np.uint64]) -> _WordColumns:
        """The known words with those of a text among them."""
        with self._lock:
            known = self._known
            # Asked for again under the lock: another thread may have learned some of them meanwhile.
            distinct, where = np.unique(hashes, return_index=True)
            new = known.table.find(distinct)[0] < 0
            if known.table.count + new.sum() > _MOST:
                known, new = self._nothing(max(_MOST, len(distinct))), np.ones(len(distinct), np.bool_)
            columns = self._columns([words[at] for at in where[new].tolist()])
            self._known = known = _grown(known, distinct[new], columns)
            return known

    def _columns(self, words: Sequence[str]) -> dict[str, NDArray[Any]]:
        phrases, cues, common = self._phrases, self._cues, ordinary_words()
        senses = word_senses()
        entries = np.array([phrases.entries(word) for word in words], np.int32).reshape(-1, 1 + phrases.most_skipped)
        classes = np.array(list(map(self._classify, words)), np.uint16)
        return {
            "cue": np.array([cues.number.get(word, 0) for word in words], np.int64),
            "entries": entries,
            "piece": np.array([phrases.piece(word) for word in words], np.int32),
            "classes": classes | np.where(np.any(entries >= 0, axis=1), _ENTERS, 0).astype(np.uint16),
            "common": np.array([common.get(word, 0.0) for word in words], np.float64),
            "sense": np.array([senses.get(word, Sense.UNKNOWN) for word in words], np.int8),
        }

    def _classify(self, word: str) -> int:
        bits = classify_word(word)
        if word in self._cues.first_of_two:
            bits |= _OPENS
        if word in self._cues.second_of_two:
            bits |= _CLOSES
        if word in joining_words("first") and ordinary_words().get(word, 0.0) < _ORDINARY:
            bits |= _BEGINNING
        if word.isascii() and (word_senses().get(word) is Sense.PERSON or self._cues.roles_of(word) & _GIVEN):
            bits |= _PERSON
        return bits | _TELLING if self._tells(word) else bits


def _grown(known: _WordColumns, hashes: NDArray[np.uint64], columns: dict[str, NDArray[Any]]) -> _WordColumns:
    """The list with further words. What stands is not touched, so that others may go on reading it."""
    begin, end = known.table.count, known.table.count + len(hashes)
    if end > len(known.cue):
        wider = {name: _with_room(getattr(known, name), 2 * end) for name in _COLUMNS}
        known = _WordColumns(known.table, **wider)
    for name in _COLUMNS:
        getattr(known, name)[begin:end] = columns[name]
    known.table.add(hashes)
    return known


def _with_room(column: NDArray[Any], length: int) -> NDArray[Any]:
    wider = np.zeros((length, *column.shape[1:]), column.dtype)
    wider[: len(column)] = column
    return wider
