"""Names that the text puts in a unit where no place of that name lies: other spellings of them are searched there.

"Qarassa (Sweida)" is not the Qarassa of Hasakeh that is written so, but the one of Sweida that the gazetteer writes
another way. A stated unit weighs more than a letter.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from buldan.geometry import distance_km
from buldan.geoparse.names.cues import encode_kinds
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits, renumber_names
from buldan.geoparse.names.vocabulary import Vocabulary
from buldan.geoparse.recognition.held_loop import MINOR, OURS, UNIT, list_held_hits
from buldan.geoparse.recognition.near_misses import Find
from buldan.index import Index
from buldan.thresholds import WELL_KNOWN

__all__ = ["add_places_in_holders"]

_LEAST_SCORE, _MOST = 0.75, 3
"""Lookup score from which on the places in the unit, together, may be what is meant; and how many are taken."""

_AROUND_KM = 40.0
"""How far from a town lies what is said to be in its countryside."""

_UNITS = np.uint64(encode_kinds("governorate,city,town"))


def add_places_in_holders(
    hits: Hits, name_table: NameTable, vocabulary: Vocabulary, index: Index, find: Find
) -> tuple[Hits, NameTable]:
    """The hits, where those held by a unit without their name mean the places there that come near it, too."""
    found: list[list[tuple[int, float]]] = []
    moved: list[int] = []
    with_place_there = set[tuple[int, int]]()
    # Made once for each holder: a text has few of them, which come again and again.
    tests: dict[int, Callable[[int], bool] | None] = {}
    name_ids = hits.table.data
    for hit, holder in list_held_hits(hits.views, hits.words.views, _classify_names(vocabulary)):
        names = name_ids[0, hit], name_ids[0, holder]
        if names in with_place_there:
            continue
        own, by = map(name_table.get_places, names)
        if names[1] not in tests:
            tests[names[1]] = _make_inside_test(index, by)
        is_inside = tests[names[1]]
        # One of its own places lies there: nothing is to be mended.
        if is_inside is None or any(map(is_inside, own.tolist())):
            # By names and not by hits: a pair that comes again is not measured again.
            with_place_there.add(names)
            continue
        text = hits.flat.join_words(int(hits.first[hit]), int(hits.last[hit]))
        # P-codes of governorates are their numbers: SY01 to SY14.
        near = find(text, f"SY{index.unit[by[0], 0]:02d}")
        inside = [(row, score) for row, score in near if is_inside(row)]
        if sum(score for _, score in inside) >= _LEAST_SCORE:
            moved.append(hit)
            found.append(inside[:_MOST])
    if not moved:
        return hits, name_table
    hits, name_table = renumber_names(hits, name_table)
    table = hits.table.copy()
    table[0, moved] = np.arange(len(name_table), len(name_table) + len(moved))
    return Hits(hits.flat, hits.words, table), name_table.append_places(hits.name_id[moved], found)


@lru_cache(maxsize=4)
def _classify_names(vocabulary: Vocabulary) -> memoryview:
    """By name of the vocabulary, which of the three it is."""
    names = vocabulary.name_table
    ours = (names.kinds > 0) & ~names.is_not_place
    unit = ours & (names.salience >= WELL_KNOWN) & (names.kinds & _UNITS > 0)
    unit &= (names.form == Form.ATTESTED) & ~names.historical
    minor = ours & (names.salience < WELL_KNOWN) & (names.form <= Form.ARTICLE_CHANGED)
    classes: NDArray[np.uint8] = (ours * OURS + unit * UNIT + minor * MINOR).astype(np.uint8)
    return classes.data


def _make_inside_test(index: Index, holders: NDArray[np.int32]) -> Callable[[int], bool] | None:
    """Says whether a place may be what a text says to be in another; None where that is in no governorate.

    `holders` are the places of the other's name, the likeliest first. What is in a governorate, or in the city that one
    is named after, may be anywhere in it; what is in a town is near it, besides.
    """
    # As a view, of which single numbers are read in half of the time that numpy takes.
    holder, units = int(holders[0]), index.unit.data
    governorate = units[holder, 0]
    if not governorate:
        return None
    wide = any(index.kind_ids[index.kind[row]] == "governorate" for row in holders.tolist())
    here = (float(index.lon[holder]), float(index.lat[holder]))

    def is_inside(row: int) -> bool:
        if units[row, 0] != governorate:
            return False
        return wide or distance_km(here, (float(index.lon[row]), float(index.lat[row]))) <= _AROUND_KM

    return is_inside
