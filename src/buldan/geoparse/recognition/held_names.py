"""Names that the text puts in a unit where no place of that name lies: sought there, however they are spelled.

"Qarassa (Sweida)" is not the Qarassa of Hasakeh that is written so, but the one of Sweida that the gazetteer writes
another way. A stated unit weighs more than a letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geometry import distance_km
from buldan.geoparse.document.flat import Gap
from buldan.geoparse.names.cues import kind_mask
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import CLITICS, Hits
from buldan.geoparse.names.word_classes import WordClass
from buldan.geoparse.recognition.near_misses import Find
from buldan.index import Index

__all__ = ["with_places_in_holders"]

_WELL_KNOWN = 4.0
"""Salience from which on a place is meant wherever a text puts it."""

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


def with_places_in_holders(hits: Hits, name_table: NameTable, index: Index, find: Find) -> tuple[Hits, NameTable]:
    """The hits, where those held by a unit without their name mean the places there that come near it, too."""
    numbers: list[int] = []
    found: list[list[tuple[int, float]]] = []
    moved: list[int] = []
    for hit, holder in _iter_held(hits, name_table):
        own, by = (name_table.places_of(int(hits.name_id[at])) for at in (hit, holder))
        is_inside = _inside_of(index, by)
        if is_inside is None or any(map(is_inside, own.tolist())):
            continue
        text = hits.flat.phrase(int(hits.first[hit]), int(hits.last[hit]))
        near = find(text, f"SY{index.unit[by[0], 0]:02d}")
        inside = [(row, score) for row, score in near if is_inside(row)]
        if sum(score for _, score in inside) >= _LEAST_SCORE:
            moved.append(hit)
            numbers.append(int(hits.name_id[hit]))
            found.append(inside[:_MOST])
    if not moved:
        return hits, name_table
    table = hits.table.copy()
    table[0, moved] = np.arange(len(name_table), len(name_table) + len(moved))
    return Hits(hits.flat, hits.words, table), name_table.with_more_places(np.array(numbers, np.int64), found)


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


def _iter_held(hits: Hits, name_table: NameTable) -> Iterator[_Held]:
    """Hits of little known names with the unit behind them that the text puts them in."""
    ours = (name_table.kinds > 0) & ~name_table.is_not_place
    unit = ours & (name_table.salience >= _WELL_KNOWN) & (name_table.kinds & _UNITS > 0)
    unit &= (name_table.form == Form.ATTESTED) & ~name_table.historical
    minor = ours & (name_table.salience < _WELL_KNOWN) & (name_table.form <= Form.ARTICLE_CHANGED)
    units = np.flatnonzero(unit[hits.name_id])
    if not len(units):
        return
    says_inside, links = (hits.words.classes & int(bit) > 0 for bit in (WordClass.INSIDE, WordClass.AND))
    # Hits are in order of their first word, the longest first: of those that end at a word, the first is the longest.
    ending: dict[int, int] = {}
    for at in np.flatnonzero(ours[hits.name_id]).tolist():
        ending.setdefault(int(hits.last[at]), at)
    for holder in units.tolist():
        hit: int | None = _find_held(hits, holder, ending, says_inside)
        for _ in range(_LONGEST_LIST):
            if hit is None:
                break
            if minor[hits.name_id[hit]]:
                yield _Held(hit, holder)
            hit = _find_listed_before(hits, hit, ending, links)


def _find_listed_before(hits: Hits, hit: int, ending: dict[int, int], links: NDArray[np.bool_]) -> int | None:
    """The name before one in its list, or None."""
    first, gaps = int(hits.first[hit]), hits.flat.gaps
    if first and links[first - 1] and gaps[first - 1] < Gap.BRACKET:
        return ending.get(first - 1)
    return ending.get(first) if hits.joined[hit] or gaps[first] == Gap.COMMA else None


def _find_held(hits: Hits, holder: int, ending: dict[int, int], says_inside: NDArray[np.bool_]) -> int | None:
    """The hit before a unit that is said to lie in it: "A (B)", "A, B", "A in B", أ بب; None where there is none."""
    gaps, first = hits.flat.gaps, int(hits.first[holder])
    for apart in range(_FURTHEST + 1):
        hit = ending.get(first - apart)
        if hit is None:
            continue
        if (gaps[first - apart : first + 1] > Gap.BRACKET).any():
            return None
        if apart == 0:
            parted = Gap.COMMA <= gaps[first] <= Gap.BRACKET and not hits.joined[holder]
            return hit if parted or hits.clitic[holder] == _BI else None
        return hit if says_inside[first - apart : first].any() else None
    return None


_BI = CLITICS.index("ب")
