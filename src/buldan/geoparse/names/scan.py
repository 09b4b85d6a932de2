"""Every name that stands in a flat text, right or wrong: the hits among which reading decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.flat import Flat, Gap
from buldan.geoparse.document.letter_case import LetterCase, find_letter_case, is_capital
from buldan.geoparse.names.lexicon import Sense
from buldan.geoparse.names.name_forms import SPOKEN_CLITICS, Form
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.vocabulary import Vocabulary
from buldan.geoparse.names.word_cache import WordCache, Words
from buldan.text import ONE_LETTER_CLITICS

__all__ = ["Hits", "scan"]

CLITICS = ("", *ONE_LETTER_CLITICS, *SPOKEN_CLITICS)
"""What stands before a name in its word; of several, the last, which is nearest to the name."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Names found, in the order of the text; arrays of one length.

    All numbers stand in one table, so that compiled loops take it whole.

    Attributes:
        flat, words: the text, and what is known of its words.
        table: a row each for `name_id`, `first`, `last`, `start`, `end`, `clitic`, `joined`.
    """

    flat: Flat
    words: Words
    table: NDArray[np.int64]

    def __len__(self) -> int:
        return int(self.table.shape[1])

    def _column(self, number: int) -> NDArray[np.int64]:
        column: NDArray[np.int64] = self.table[number]
        return column

    @property
    def name_id(self) -> NDArray[np.int64]:
        """Number of the name among those of the passage."""
        return self._column(0)

    @property
    def first(self) -> NDArray[np.int64]:
        """First word."""
        return self._column(1)

    @property
    def last(self) -> NDArray[np.int64]:
        """The word behind its last."""
        return self._column(2)

    @property
    def start(self) -> NDArray[np.int64]:
        """Where it begins in the flat text, behind the clitic."""
        return self._column(3)

    @property
    def end(self) -> NDArray[np.int64]:
        """Where it ends in the flat text."""
        return self._column(4)

    @property
    def clitic(self) -> NDArray[np.int64]:
        """What stands before it in its word, a position in `CLITICS`."""
        return self._column(5)

    @property
    def joined(self) -> NDArray[np.bool_]:
        """Whether `و` or `ف` stands before it, which adds it to what came before."""
        return self._column(6) > 0

    def bounds(self) -> NDArray[np.int64]:
        """The first hit of each passage; one more, how many there are."""
        return np.searchsorted(self.first, self.flat.passages)

    def passage_numbers(self) -> NDArray[np.int64]:
        """The passage in which each hit is."""
        return np.searchsorted(self.flat.passages[1:], self.first, side="right")

    def passage(self, number: int) -> Hits:
        """The hits of one passage, as if it stood alone."""
        if len(self.flat.passages) == 2:
            return self
        flat = self.flat
        first, last = flat.passages[number : number + 2].tolist()
        begin, end = np.searchsorted(self.first, (first, last)).tolist()
        table = self.table[:, begin:end].copy()
        table[1:3] -= first
        table[3:5] -= int(flat.starts[first]) - 1
        return Hits(flat.passage(number), self.words.between(first, last), table)

    def keep(self, which: NDArray[Any]) -> Hits:
        """The hits at `which` (a mask or positions)."""
        # Compiled loops want each row whole in memory, which numpy does not promise of a choice of columns.
        return Hits(self.flat, self.words, np.ascontiguousarray(self.table[:, which]))


def scan(flat: Flat, vocabulary: Vocabulary, word_cache: WordCache) -> tuple[Hits, NameTable]:
    """Every name of the vocabulary in the text, that no full stop or line end cuts, and the terms that they are."""
    words = word_cache.look_up(flat.words, flat.hashes, flat.passages)
    number, first, last, skip = vocabulary.phrases.find(*words.trie_entries(), words.token_ids)
    numbers, phrase = np.unique(number, return_inverse=True)
    name_table = vocabulary.name_table.of(numbers)
    word = flat.starts[first]
    start, end = word + skip, flat.starts[last] - 1
    clitic = np.where(skip > 0, _CLITIC_OF[np.minimum(flat.codes[start - 1], len(_CLITIC_OF) - 1)], 0)
    joined = (skip > 0) & np.isin(flat.codes[word], _JOINING)
    table = (phrase, first, last, start + name_table.clitic_length[phrase], end, clitic, joined)
    hits = Hits(flat, words, np.array(table, np.int64))
    strongest = _strongest_inside(flat, first, last)
    good = (strongest < Gap.COMMA) | _is_wrapped(hits, name_table, strongest)
    good &= ~_split_wrongly(hits, name_table)
    good &= ~_is_mere_word(hits, name_table) & ~_ends_in_tanwin(hits)
    return hits.keep(good), name_table


_CLITIC_OF = np.zeros(max(map(ord, "".join(CLITICS))) + 2, np.int64)
_CLITIC_OF[[ord(clitic) for clitic in CLITICS[1:]]] = range(1, len(CLITICS))
_JOINING = [ord("و"), ord("ف")]


def _split_wrongly(hits: Hits, name_table: NameTable) -> NDArray[np.bool_]:
    """Hits behind a clitic where the word with it, or with a part of it, begins a name that reaches as far.

    لبنان is not ل and بنان, ببيلا not ب and بيلا, which is abroad.
    """
    reach = np.zeros(len(hits.flat.words) + 1, np.int64)
    plain = hits.clitic == 0
    np.maximum.at(reach, hits.first[plain], hits.last[plain])
    wrong: NDArray[np.bool_] = ~plain & (reach[hits.first] >= hits.last)
    nowhere = (name_table.kinds == 0)[hits.name_id] & ~plain
    if nowhere.any():
        begins = np.full(len(reach), np.iinfo(np.int64).max)
        ours = ~plain & ~nowhere
        np.minimum.at(begins, hits.first[ours], hits.start[ours])
        wrong |= nowhere & (begins[hits.first] < hits.start)
    spoken = hits.clitic == CLITICS.index("ع")
    if spoken.any():  # عالشام, عحلب: before the article or a great city; else the letter is the word's own
        article = (hits.flat.codes[hits.start] == _ALEF) & (hits.flat.codes[hits.start + 1] == _LAM)
        wrong |= spoken & ~article & (name_table.salience < _GREAT)[hits.name_id]
    return wrong


_ALEF, _LAM = map(ord, "ال")
_GREAT = 6.0
"""Salience of the great cities."""


def _ends_in_tanwin(hits: Hits) -> NDArray[np.bool_]:
    """Hits that the original ends with ـً, as no name of a place does: صريعًا, وفقاً."""
    written, end = hits.flat.original_codes, hits.flat.offsets[hits.end]
    marked: NDArray[np.bool_] = np.any([written[np.maximum(end - back, 0)] == _TANWIN for back in (1, 2, 3)], axis=0)
    return marked


_TANWIN = 0x64B


def _is_mere_word(hits: Hits, name_table: NameTable) -> NDArray[np.bool_]:
    """Latin hits that their letters show to be words: small where names are written large ("hit", "nawa", "sarin"),
    and ordinary where all words are written alike, in a headline or in small letters throughout.
    """
    flat, name = hits.flat, hits.name_id
    latin = np.flatnonzero(flat.codes[hits.start] < _NOT_ASCII)
    words = np.zeros(len(hits), np.bool_)
    if not len(latin):
        return words
    case, first, last = find_letter_case(flat), hits.first[latin], hits.last[latin]
    capitals = np.append(0, np.cumsum(is_capital(flat.original_codes[flat.offsets[flat.starts[:-1]]])))
    small = capitals[last] == capitals[first]
    alike = case[first]
    known = (name_table.sense != Sense.UNKNOWN) | ((name_table.zipf >= _COMMON) & (name_table.salience < _WELL_KNOWN))
    short = hits.end[latin] - hits.start[latin] < _FEWEST_LETTERS
    doubtful = (known | (name_table.form != Form.ATTESTED))[name[latin]] | short
    words[latin] = np.where(alike == LetterCase.SMALL, doubtful, small)
    one_word = last - first == 1
    words[latin] |= (alike != LetterCase.RUNNING) & one_word & (name_table.sense == Sense.WORD)[name[latin]]
    return words


_NOT_ASCII, _FEWEST_LETTERS = 128, 4
_COMMON, _WELL_KNOWN = 3.0, 4.0


def _is_wrapped(hits: Hits, name_table: NameTable, strongest: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Names as the gazetteer writes them that one line end breaks, behind words enough for a line that was wrapped."""
    flat, wrapped = hits.flat, np.zeros(len(hits), np.bool_)
    attested = (name_table.form == Form.ATTESTED)[hits.name_id]
    for hit in np.flatnonzero((strongest == Gap.LINE) & attested).tolist():
        first, last = int(hits.first[hit]), int(hits.last[hit])
        breaks = [at for at in range(first + 1, last) if flat.gaps[at] == Gap.LINE]
        others = max((int(flat.gaps[at]) for at in range(first + 1, last) if at not in breaks), default=0)
        begins = next((at for at in range(breaks[0] - 1, 0, -1) if flat.gaps[at] >= Gap.LINE), 0)
        between = flat.original[flat.offsets[flat.starts[breaks[0]] - 1] : flat.offsets[flat.starts[breaks[0]]]]
        one_end = between.count("\n") <= 1
        wrapped[hit] = len(breaks) == 1 and others < Gap.COMMA and one_end and breaks[0] - begins >= _FEWEST_IN_LINE
    return wrapped


_FEWEST_IN_LINE = 2
"""Words of a line that was wrapped; names that stand below each other are a list."""


def _strongest_inside(flat: Flat, first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
    """The strongest gap between the words of each hit."""
    strongest = np.zeros(len(first), np.int64)
    inner = first + 1
    while (open_ := inner < last).any():
        strongest[open_] = np.maximum(strongest[open_], flat.gaps[inner[open_]])
        inner = inner + 1
    return strongest
