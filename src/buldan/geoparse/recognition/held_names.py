"""Names that the text puts in a unit where no place of that name lies: sought there, however they are spelled.

"Qarassa (Sweida)" is not the Qarassa of Hasakeh that is written so, but the one of Sweida that the gazetteer writes
another way. A stated unit weighs more than a letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geometry import distance_km
from buldan.geoparse.document.flat import Gap
from buldan.geoparse.names.cues import kind_mask
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import CLITICS, Hits, with_own_names
from buldan.geoparse.names.vocabulary import Vocabulary
from buldan.geoparse.names.word_classes import WordClass
from buldan.geoparse.recognition.near_misses import Find
from buldan.index import Index
from buldan.thresholds import WELL_KNOWN

__all__ = ["with_places_in_holders"]

_FURTHEST = 3
"""Words between a name and the unit that holds it, at most."""

_LEAST_SCORE, _MOST = 0.75, 3
"""Lookup score from which on the places in the unit, together, may be what is meant; and how many are taken."""

_AROUND_KM, _LONGEST_LIST = 40.0, 8
"""How far from a town lies what is said to be in its countryside; and names of a list that are gone through."""

_UNITS = np.uint64(kind_mask("governorate,city,town"))


class _Held(NamedTuple):
    """A hit and the hit that the text puts it in."""

    hit: int
    holder: int


_OURS, _UNIT, _MINOR = 1, 2, 4
"""Bits of a name: of a place of Syria; of a unit or town that every reader knows; of what is little known."""


def with_places_in_holders(
    hits: Hits, name_table: NameTable, vocabulary: Vocabulary, index: Index, find: Find
) -> tuple[Hits, NameTable]:
    """The hits, where those held by a unit without their name mean the places there that come near it, too."""
    found: list[list[tuple[int, float]]] = []
    moved: list[int] = []
    name_id, settled = hits.name_id.tolist(), set[tuple[int, int]]()
    for hit, holder in _iter_held(hits, _classify_names(vocabulary)):
        names = name_id[hit], name_id[holder]
        if names in settled:
            continue
        own, by = map(name_table.places_of, names)
        is_inside = _inside_of(index, by)
        if is_inside is None or any(map(is_inside, own.tolist())):
            settled.add(names)
            continue
        text = hits.flat.phrase(int(hits.first[hit]), int(hits.last[hit]))
        # P-codes of governorates are their numbers: SY01 to SY14.
        near = find(text, f"SY{index.unit[by[0], 0]:02d}")
        inside = [(row, score) for row, score in near if is_inside(row)]
        if sum(score for _, score in inside) >= _LEAST_SCORE:
            moved.append(hit)
            found.append(inside[:_MOST])
    if not moved:
        return hits, name_table
    hits, name_table = with_own_names(hits, name_table)
    table = hits.table.copy()
    table[0, moved] = np.arange(len(name_table), len(name_table) + len(moved))
    return Hits(hits.flat, hits.words, table), name_table.with_more_places(hits.name_id[moved], found)


@lru_cache(maxsize=4)
def _classify_names(vocabulary: Vocabulary) -> NDArray[np.uint8]:
    """By name of the vocabulary, which of the three it is."""
    names = vocabulary.name_table
    ours = (names.kinds > 0) & ~names.is_not_place
    unit = ours & (names.salience >= WELL_KNOWN) & (names.kinds & _UNITS > 0)
    unit &= (names.form == Form.ATTESTED) & ~names.historical
    minor = ours & (names.salience < WELL_KNOWN) & (names.form <= Form.ARTICLE_CHANGED)
    classes: NDArray[np.uint8] = (ours * _OURS + unit * _UNIT + minor * _MINOR).astype(np.uint8)
    return classes


def _inside_of(index: Index, holders: NDArray[np.int32]) -> Callable[[int], bool] | None:
    """Says whether a place may be what a text says to be in another; None where that is in no governorate.

    `holders` are the places of the other's name, the likeliest first. What is in a governorate, or in the city that one
    is named after, may be anywhere in it; what is in a town is near it, besides.
    """
    holder = int(holders[0])
    governorate = index.unit[holder, 0]
    if not governorate:
        return None
    wide = any(index.kind_ids[index.kind[row]] == "governorate" for row in holders.tolist())
    here = (float(index.lon[holder]), float(index.lat[holder]))

    def is_inside(row: int) -> bool:
        if index.unit[row, 0] != governorate:
            return False
        return wide or distance_km(here, (float(index.lon[row]), float(index.lat[row]))) <= _AROUND_KM

    return is_inside


def _iter_held(hits: Hits, name_classes: NDArray[np.uint8]) -> Iterator[_Held]:
    """Hits of little known names with the unit behind them that the text puts them in."""
    # Bytes and lists, for the few hits of a text are looked at one by one.
    classes = name_classes[hits.name_id].tobytes()
    units = [at for at, bits in enumerate(classes) if bits & _UNIT]
    if not units:
        return
    names = _Listed(hits, classes)
    # From each unit backwards, for it stands behind what it holds, and most texts have few units.
    for holder in units:
        hit = names.find_held(holder)
        for _ in range(_LONGEST_LIST):
            if hit is None:
                break
            if classes[hit] & _MINOR:
                yield _Held(hit, holder)
            hit = names.find_before(hit)


class _Listed:
    """Names of places, to be found by the word at which they end."""

    def __init__(self, hits: Hits, classes: bytes) -> None:
        self._first, last = hits.first.tolist(), hits.last.tolist()
        self._joined, self._clitic = hits.joined.tolist(), hits.clitic.tolist()
        self._gaps, self._words = hits.flat.gap_list, hits.words.classes.data
        # Hits are in order of their first word, the longest first: of those that end at a word, the first is the
        # longest, and comes last into the table here.
        ours = [at for at, bits in enumerate(classes) if bits & _OURS]
        self._ending = {last[at]: at for at in reversed(ours)}

    def find_before(self, hit: int) -> int | None:
        """The name before one in its list, or None."""
        first, gaps = self._first[hit], self._gaps
        if first and self._words[first - 1] & _AND and gaps[first - 1] < _BRACKET:
            return self._ending.get(first - 1)
        return self._ending.get(first) if gaps[first] == _COMMA or self._joined[hit] else None

    def find_held(self, holder: int) -> int | None:
        """The hit before a unit that is said to lie in it: "A (B)", "A, B", "A in B", أ بب; None where none is."""
        gaps, first = self._gaps, self._first[holder]
        for apart in range(_FURTHEST + 1):
            hit = self._ending.get(first - apart)
            if hit is None:
                continue
            if max(gaps[first - apart : first + 1]) > _BRACKET:
                return None
            if apart == 0:
                parted = _COMMA <= gaps[first] <= _BRACKET and not self._joined[holder]
                return hit if parted or self._clitic[holder] == _BI else None
            return hit if any(word & _INSIDE for word in self._words[first - apart : first]) else None
        return None


_BI = CLITICS.index("ب")
_COMMA, _BRACKET = int(Gap.COMMA), int(Gap.BRACKET)
_INSIDE, _AND = int(WordClass.INSIDE), int(WordClass.AND)
