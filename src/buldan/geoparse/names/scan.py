"""Every name of the vocabulary in a flat text, right or wrong: the hits from which later stages choose."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.flat import Flat
from buldan.geoparse.names.hit_rows import CLITIC, CLITIC_SPOKEN, CLITICS, END, FIRST, JOINED, LAST, NAME, START
from buldan.geoparse.names.hit_table import HitTable
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.spans import list_spans
from buldan.geoparse.names.views import CliticViews, HitViews
from buldan.geoparse.names.vocabulary import Vocabulary
from buldan.geoparse.names.word_cache import WordCache, Words
from buldan.index.phrases import Found

__all__ = ["Hits", "Scan", "renumber_names", "scan"]


class Hits:
    """Names found, in the order of the text; arrays of one length.

    All numbers stand in one table, so that compiled loops take it whole.

    Attributes:
        flat, words: the text, and what is known of its words.
        table: a row each for what `buldan.geoparse.names.hit_rows` lists.
        count: how many there are; an attribute, for every stage asks it first.
        views: what compiled loops read of the table.
    """

    __slots__ = ("count", "flat", "table", "views", "words")

    def __init__(self, flat: Flat, words: Words, table: NDArray[np.int64]) -> None:
        self.flat, self.words, self.table = flat, words, table
        self.count: int = table.shape[1]
        self.views = HitViews(table.data)

    def __len__(self) -> int:
        return self.count

    @property
    def name_id(self) -> NDArray[np.int64]:
        """Number of the name in the table of names that goes with the hits."""
        column: NDArray[np.int64] = self.table[NAME]
        return column

    @property
    def first(self) -> NDArray[np.int64]:
        """First word."""
        column: NDArray[np.int64] = self.table[FIRST]
        return column

    @property
    def last(self) -> NDArray[np.int64]:
        """The word behind its last."""
        column: NDArray[np.int64] = self.table[LAST]
        return column

    @property
    def start(self) -> NDArray[np.int64]:
        """Where it begins in the flat text, behind the clitic."""
        column: NDArray[np.int64] = self.table[START]
        return column

    @property
    def end(self) -> NDArray[np.int64]:
        """Where it ends in the flat text."""
        column: NDArray[np.int64] = self.table[END]
        return column

    @property
    def clitic(self) -> NDArray[np.int64]:
        """What stands before it in its word, a position in `CLITICS`."""
        column: NDArray[np.int64] = self.table[CLITIC]
        return column

    @property
    def joined(self) -> NDArray[np.bool_]:
        """Whether `و` or `ف` stands before it, which adds it to what came before."""
        column: NDArray[np.bool_] = self.table[JOINED] > 0
        return column

    def locate_in_original(self) -> tuple[list[int], list[int]]:
        """Where each begins and ends in the original (`Flat.locate_in_original`)."""
        starts, ends, unclear = list_spans(self.views, self.words.views)
        for hit in unclear:
            ends[hit] = self.flat.locate_in_original(int(self.start[hit]), int(self.end[hit]))[1]
        return starts, ends

    def find_passage_bounds(self) -> NDArray[np.int64]:
        """The first hit of each passage; one more, how many there are."""
        return self.first.searchsorted(self.flat.passages)

    def find_passages(self) -> NDArray[np.int64]:
        """The passage in which each hit is."""
        return self.flat.passages[1:].searchsorted(self.first, side="right")

    def take_passage(self, number: int) -> Hits:
        """The hits of one passage, as if it stood alone."""
        if len(self.flat.passages) == 2:
            return self
        flat = self.flat
        first, last = flat.passages[number : number + 2].tolist()
        begin, end = np.searchsorted(self.first, (first, last)).tolist()
        table = self.table[:, begin:end].copy()
        table[1:3] -= first
        table[3:5] -= int(flat.starts[first]) - 1
        words = self.words.take_passage(number)
        return Hits(words.flat, words, table)

    def take(self, which: NDArray[np.int64]) -> Hits:
        """The hits at these positions."""
        # By `take`: compiled loops want each row whole in memory, which numpy does not promise of a choice of columns.
        return Hits(self.flat, self.words, self.table.take(which, axis=1))


class Scan(NamedTuple):
    """The names of the vocabulary in a text.

    Attributes:
        hits: those that may be meant.
        name_table: what is known of all names.
        found: all that is spelled as one.
        objections: of each found, what speaks against it (`buldan.geoparse.names.hit_table.Objection`).
    """

    hits: Hits
    name_table: NameTable
    found: Found
    objections: NDArray[np.uint8]


def scan(flat: Flat, vocabulary: Vocabulary, word_cache: WordCache) -> Scan:
    """Every name of the vocabulary in the text that may be meant."""
    # The trie finds what is spelled as a name; the table drops what cannot be one where it stands, and says why.
    words, names = word_cache.look_up(flat), vocabulary.name_table
    found = vocabulary.phrases.find(words.number, words.entries, words.piece)
    table, objections = np.empty((7, found.count), np.int64), np.empty(found.count, np.uint8)
    hit_table = HitTable(words.views, names.views, _CLITIC_VIEWS)
    count = hit_table.fill(found.table.data, found.count, table.data, objections.data)
    return Scan(Hits(flat, words, np.ascontiguousarray(table[:, :count])), names, found, objections)


def renumber_names(hits: Hits, name_table: NameTable) -> tuple[Hits, NameTable]:
    """The hits with a table of their names alone, to which further ones can be added."""
    names, order, table = hits.name_id, np.arange(hits.count), hits.table.copy()
    with name_table.lend_room() as room:
        new = np.asarray(room)
        # One hit of each name is noted, by which each name is taken once: to sort all hits takes ten times as long.
        new[names] = order
        numbers = np.sort(names[new.take(names) == order])
        new[numbers] = order[: len(numbers)]
        table[0] = new.take(names)
        new[numbers] = -1
    return Hits(hits.flat, hits.words, table), name_table.take(numbers)


def _make_code_table(numbers: dict[str, int]) -> memoryview:
    """A table by code point."""
    table = np.zeros(max(map(ord, numbers)) + 1, np.int64)
    for letter, number in numbers.items():
        table[ord(letter)] = number
    return table.data


_CLITIC_VIEWS = CliticViews(
    _make_code_table({clitic: number for number, clitic in enumerate(CLITICS) if clitic}),
    _make_code_table({"و": 1, "ف": 1}),
    CLITIC_SPOKEN,
    CLITICS.index("و"),
)
