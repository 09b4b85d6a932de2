"""Every name that stands in a flat text, right or wrong: the hits among which reading decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.flat import Flat, Gap
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.vocabulary import Vocabulary
from buldan.geoparse.names.word_cache import WordCache, Words
from buldan.text import ONE_LETTER_CLITICS

__all__ = ["Hits", "scan"]

CLITICS = ("", *ONE_LETTER_CLITICS)
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

    def keep(self, which: NDArray[Any]) -> Hits:
        """The hits at `which` (a mask or positions)."""
        # Compiled loops want each row whole in memory, which numpy does not promise of a choice of columns.
        return Hits(self.flat, self.words, np.ascontiguousarray(self.table[:, which]))


def scan(flat: Flat, vocabulary: Vocabulary, word_cache: WordCache) -> tuple[Hits, NameTable]:
    """Every name of the vocabulary in the text, that no full stop or line end cuts, and the terms that they are."""
    words = word_cache.look_up(flat.words, flat.hashes)
    found = vocabulary.phrases.find(*words.trie_entries(), words.token_ids)
    order = np.lexsort((found.skip, -found.last, found.first))
    number, first, last, skip = (column[order] for column in found)
    numbers, phrase = np.unique(number, return_inverse=True)
    name_table = vocabulary.name_table.of(numbers)
    word = flat.starts[first]
    start, end = word + skip, flat.starts[last] - 1
    clitic = np.where(skip > 0, _CLITIC_OF[np.minimum(flat.codes[start - 1], len(_CLITIC_OF) - 1)], 0)
    joined = (skip > 0) & np.isin(flat.codes[word], _JOINING)
    table = (phrase, first, last, start + name_table.clitic_length[phrase], end, clitic, joined)
    hits = Hits(flat, words, np.array(table, np.int64))
    good = (_strongest_inside(flat, first, last) < Gap.COMMA) & ~_split_wrongly(hits)
    good &= ~_in_small_letters(hits) & ~_ends_in_tanwin(hits)
    return hits.keep(good), name_table


_CLITIC_OF = np.zeros(max(map(ord, "".join(CLITICS))) + 2, np.int64)
_CLITIC_OF[[ord(clitic) for clitic in CLITICS[1:]]] = range(1, len(CLITICS))
_JOINING = [ord("و"), ord("ف")]


def _split_wrongly(hits: Hits) -> NDArray[np.bool_]:
    """Hits behind a clitic where the whole word begins a name that reaches as far: لبنان is not بنان."""
    reach = np.zeros(len(hits.flat.words) + 1, np.int64)
    plain = hits.clitic == 0
    np.maximum.at(reach, hits.first[plain], hits.last[plain])
    wrong: NDArray[np.bool_] = ~plain & (reach[hits.first] >= hits.last)
    return wrong


def _ends_in_tanwin(hits: Hits) -> NDArray[np.bool_]:
    """Hits that the original ends with ـً, as no name of a place does: صريعًا, وفقاً."""
    written, end = hits.flat.original_codes, hits.flat.offsets[hits.end]
    marked: NDArray[np.bool_] = np.any([written[np.maximum(end - back, 0)] == _TANWIN for back in (1, 2, 3)], axis=0)
    return marked


_TANWIN = 0x64B


def _in_small_letters(hits: Hits) -> NDArray[np.bool_]:
    """Latin hits none of whose words begins with a capital: "hit", "nawa", "sarin"."""
    flat = hits.flat
    at = flat.original_codes[flat.offsets[hits.start]]
    small = (at >= ord("a")) & (at <= ord("z"))
    for hit in np.flatnonzero(small).tolist():
        starts = flat.offsets[flat.starts[int(hits.first[hit]) : int(hits.last[hit])]].tolist()
        small[hit] = not any(flat.original[start].isupper() for start in starts)
    return small


def _strongest_inside(flat: Flat, first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
    """The strongest gap between the words of each hit."""
    strongest = np.zeros(len(first), np.int64)
    inner = first + 1
    while (open_ := inner < last).any():
        strongest[open_] = np.maximum(strongest[open_], flat.gaps[inner[open_]])
        inner = inner + 1
    return strongest
