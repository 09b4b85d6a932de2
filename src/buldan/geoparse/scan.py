"""Every name that stands in a flat text, right or wrong: the hits among which reading decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.cues import Cues
from buldan.geoparse.flat import Flat, Gap
from buldan.geoparse.vocabulary import Vocabulary

__all__ = ["Hits", "scan"]

CLITICS = ("", "و", "ب", "ل", "ف", "ك")
"""What stands before a name in its word; of several, the last, which is nearest to the name."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Names found, in the order of the text; arrays of one length.

    Attributes:
        flat, cue: the text, and the cue of each of its words.
        phrase: number in the vocabulary.
        first, last: words, `last` outside.
        start, end: flat characters, `start` behind the clitic.
        clitic: position in `CLITICS`.
        joined: whether `و` or `ف` stands before it, which adds it to what came before.
    """

    flat: Flat
    cue: NDArray[np.int64]
    phrase: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    clitic: NDArray[np.int64]
    joined: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.phrase)

    def keep(self, which: NDArray[Any]) -> Hits:
        """The hits at `which` (a mask or positions)."""
        columns = (self.phrase, self.first, self.last, self.start, self.end, self.clitic, self.joined)
        return Hits(self.flat, self.cue, *(column[which] for column in columns))


def scan(flat: Flat, vocabulary: Vocabulary, cues: Cues) -> Hits:
    """Every name of the vocabulary in the text, that no full stop or line end cuts."""
    found = vocabulary.phrases.find_hits(flat.text)
    word, start, end, phrase = np.array(found, np.int64).reshape(-1, 4).T
    first = np.searchsorted(flat.starts, word)
    last = np.searchsorted(flat.starts, end + 1)
    clitic, joined = np.zeros(len(found), np.int64), np.zeros(len(found), np.bool_)
    for hit in np.flatnonzero(word < start).tolist():
        written = flat.text[found[hit][0] : found[hit][1]]
        clitic[hit], joined[hit] = CLITICS.index(written[-1]), written[0] in "وف"
    hits = Hits(flat, cues.of(flat.words), phrase, first, last, start + vocabulary.skip[phrase], end, clitic, joined)
    order = np.lexsort((-last, first))
    good = (_strongest_inside(flat, first, last) < Gap.COMMA) & ~_split_wrongly(hits)
    good &= ~_in_small_letters(hits) & ~_ends_in_tanwin(hits)
    return hits.keep(order[good[order]])


def _split_wrongly(hits: Hits) -> NDArray[np.bool_]:
    """Hits behind a clitic where the whole word begins a name that reaches as far: لبنان is not بنان."""
    reach = np.zeros(len(hits.flat.words) + 1, np.int64)
    plain = hits.clitic == 0
    np.maximum.at(reach, hits.first[plain], hits.last[plain])
    wrong: NDArray[np.bool_] = ~plain & (reach[hits.first] >= hits.last)
    return wrong


def _ends_in_tanwin(hits: Hits) -> NDArray[np.bool_]:
    """Hits that the original ends with ـً, as no name of a place does: صريعًا, وفقاً."""
    flat = hits.flat
    if "\u064b" not in flat.original:
        return np.zeros(len(hits), np.bool_)
    original, ends = flat.original, flat.offsets[hits.end].tolist()
    return np.array(["\u064b" in original[end - 3 : end] for end in ends], np.bool_)


def _in_small_letters(hits: Hits) -> NDArray[np.bool_]:
    """Latin hits none of whose words begins with a capital: "hit", "nawa", "sarin"."""
    flat = hits.flat
    if not len(hits):
        return np.zeros(0, np.bool_)
    codes = np.frombuffer(flat.original.encode("utf-32-le", "surrogatepass"), np.uint32)
    at = codes[flat.offsets[hits.start]]
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
