"""The places that each hit could name, and what speaks for each: the columns on which the choice is made.

All mentions of a passage are weighed together, by relaxation: each hit's best place so far is what its
neighbours are compared with in the next round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.cues import Cues, kind_mask
from buldan.geoparse.flat import Gap
from buldan.geoparse.lists import asked_kinds
from buldan.geoparse.nameforms import Form
from buldan.geoparse.scan import CLITICS, Hits
from buldan.geoparse.vocabulary import Vocabulary
from buldan.index import Index

__all__ = [
    "Candidates",
    "Choice",
    "candidates_of",
    "choose",
    "joint_columns",
    "nearest_km",
    "own_columns",
    "strayed_quarters",
]

_NEIGHBOURS = 5
"""Sure mentions looked at on each side of a hit."""

_WIDE = kind_mask("country,governorate,desert,river,road")
"""Kinds too wide for nearness to mean anything."""

_NESTED = kind_mask("district,sub-district")
"""Kinds whose people are counted again in their towns, so that their salience says nothing beside a town's."""

_UNITS = kind_mask("governorate,district,sub-district,city,town")
"""Kinds that can hold another place."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of hit and place; arrays of one length, the pairs of one hit together.

    Attributes:
        hit: position among the hits.
        row: place in the index.
        number: position in the vocabulary's list of places.
        first: by hit, where its pairs begin; one more, the end.
    """

    hit: NDArray[np.int64]
    row: NDArray[np.int64]
    number: NDArray[np.int64]
    first: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.hit)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for each hit.

    Attributes:
        share: by pair, its share of the probability among the pairs of its hit.
        best: by hit, the pair with the greatest share, -1 where a hit has none.
    """

    share: NDArray[np.float64]
    best: NDArray[np.int64]


def candidates_of(hits: Hits, vocabulary: Vocabulary) -> Candidates:
    """Every place of every hit."""
    begin, end = vocabulary.first[hits.phrase], vocabulary.first[hits.phrase + 1]
    counts = end - begin
    first = np.concatenate(([0], np.cumsum(counts)))
    hit = np.repeat(np.arange(len(hits)), counts)
    number = np.arange(first[-1]) - np.repeat(first[:-1] - begin, counts)
    return Candidates(hit, vocabulary.places[number].astype(np.int64), number, first)


def choose(candidates: Candidates, score: NDArray[np.float64]) -> Choice:
    """The softmax of the scores within each hit, and the best pair of each."""
    hits = len(candidates.first) - 1
    filled = np.flatnonzero(np.diff(candidates.first))
    best, share = np.full(hits, -1), np.zeros(len(score))
    if len(filled):
        starts = candidates.first[filled]
        top = np.full(hits, 0.0)
        top[filled] = np.maximum.reduceat(score, starts)
        weight = np.exp(score - top[candidates.hit])
        total = np.zeros(hits)
        total[filled] = np.add.reduceat(weight, starts)
        share = weight / total[candidates.hit]
        order = np.lexsort((-score, candidates.hit))
        best[filled] = order[starts]
    return Choice(share, best)


def _neighbours(hits: Hits, sure: NDArray[np.bool_]) -> NDArray[np.int64]:
    """By hit, positions of the sure hits before and behind it; -1 where the passage ends."""
    where = np.flatnonzero(sure)
    at = np.searchsorted(where, np.arange(len(hits)))
    steps = np.concatenate((np.arange(-_NEIGHBOURS, 0), np.arange(_NEIGHBOURS + 1)))
    wanted = at[:, None] + steps
    inside = (wanted >= 0) & (wanted < len(where))
    found = np.where(inside, where[np.clip(wanted, 0, max(len(where) - 1, 0))] if len(where) else -1, -1)
    itself = found == np.arange(len(hits))[:, None]
    return np.where(itself, -1, found)


def _km(lon_a: Any, lat_a: Any, lon_b: Any, lat_b: Any) -> Any:
    """Distance by flat-earth arithmetic, right to one per cent within Syria."""
    east = (lon_a - lon_b) * np.cos(np.radians((lat_a + lat_b) / 2))
    return 111.195 * np.hypot(east, lat_a - lat_b)


def _distances(
    hits: Hits, candidates: Candidates, index: Index, best_row: NDArray[np.int64], sure: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """By pair and neighbour, kilometres to what the neighbour names; infinite where it tells nothing."""
    narrow = (np.uint64(1) << index.kind[np.maximum(best_row, 0)].astype(np.uint64)) & np.uint64(_WIDE) == 0
    helpful = sure & (best_row >= 0) & narrow
    neighbour = _neighbours(hits, helpful)[candidates.hit]
    row = best_row[neighbour]
    km = _km(index.lon[candidates.row][:, None], index.lat[candidates.row][:, None], index.lon[row], index.lat[row])
    same_name = hits.phrase[neighbour] == hits.phrase[candidates.hit][:, None]
    overlap = (hits.first[neighbour] < hits.last[candidates.hit][:, None]) & (
        hits.last[neighbour] > hits.first[candidates.hit][:, None]
    )
    return np.where((neighbour < 0) | same_name | overlap, np.inf, km)


def nearest_km(
    hits: Hits, candidates: Candidates, index: Index, best_row: NDArray[np.int64], sure: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """By hit, how near the nearest of its places comes to the sure mentions around it."""
    if not len(candidates):
        return np.full(len(hits), np.inf)
    km = _distances(hits, candidates, index, best_row, sure).min(axis=1)
    nearest = np.full(len(hits), np.inf)
    np.minimum.at(nearest, candidates.hit, km)
    wide = (np.uint64(1) << index.kind[np.maximum(best_row, 0)].astype(np.uint64)) & np.uint64(_WIDE) > 0
    nearest[wide] = np.inf
    return nearest


def _holders(hits: Hits, sure: NDArray[np.bool_], best_row: NDArray[np.int64], index: Index) -> Any:
    """By hit, the hit that the text names as holding it, behind or before it, or -1.

    Behind: "بنش، إدلب", "الأتارب في ريف حلب", "Kafr Zita in Hama"; before: "IDLIB : Kafranbel".
    """
    bits = np.uint64(1) << index.kind[np.maximum(best_row, 0)].astype(np.uint64)
    able = sure & (best_row >= 0) & (bits & np.uint64(_UNITS) > 0)
    where = np.flatnonzero(able)
    if not len(where):
        return np.full(len(hits), -1), np.full(len(hits), -1)
    behind = np.searchsorted(hits.first[where], hits.last)
    after = np.where(behind < len(where), where[np.minimum(behind, len(where) - 1)], -1)
    distance = hits.first[after] - hits.last
    gap = np.zeros(len(hits), np.uint8)
    reach = np.minimum(hits.last, len(hits.flat.gaps) - 1)
    gap[:] = hits.flat.gaps[reach]
    comma = (distance == 0) & (gap >= Gap.SPACE) & (gap <= Gap.BRACKET)
    within = hits.clitic[after] == CLITICS.index("ب")
    words = hits.flat.words
    through = np.array(
        [
            0 < d <= 4 and any(word in _INSIDE for word in words[last : last + d])
            for d, last in zip(distance.tolist(), hits.last.tolist(), strict=True)
        ],
        np.bool_,
    )
    linked = (after >= 0) & ((comma & ~hits.joined[after]) | (within & (distance <= 2)) | through)
    previous = np.searchsorted(hits.last[where], hits.first, side="right") - 1
    before = np.where(previous >= 0, where[np.maximum(previous, 0)], -1)
    close = (before >= 0) & (hits.first - hits.last[before] <= 1) & ~hits.joined
    return np.where(linked, after, -1), np.where(close, before, -1)


def strayed_quarters(
    hits: Hits, cues: Cues, index: Index, best_row: NDArray[np.int64], sure: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """By hit, the hit of the city that a quarter is said to be in, where its best place lies elsewhere; else -1.

    حي الكلاسة في حلب is in Aleppo, even where only other cities have a quarter of that name.
    """
    after, _ = _holders(hits, sure, best_row, index)
    asked = (asked_kinds(hits, cues) & _QUARTERS) > 0
    bits = np.uint64(1) << index.kind[np.maximum(best_row, 0)].astype(np.uint64)
    city = (after >= 0) & ((bits[after] & np.uint64(kind_mask("city"))) > 0)
    unit = index.unit[:, 0]
    own, held = unit[np.maximum(best_row, 0)], unit[np.maximum(best_row[after], 0)]
    return np.where(asked & city & (best_row >= 0) & (own > 0) & (held > 0) & (own != held), after, -1)


_INSIDE = frozenset(
    ["في", "بريف", "ريف", "بمحافظة", "محافظه", "بمحافظه", "بمدينه", "بمنطقه", "ضمن", "in", "of", "countryside"]
)


def _same_units(index: Index, rows: NDArray[np.int64], holders: NDArray[np.int64], level: int) -> NDArray[np.bool_]:
    """Whether two places share the unit of a level (0 governorate, 1 district), -1 meaning no place."""
    unit = index.unit[:, level]
    same: NDArray[np.bool_] = (holders >= 0) & (unit[rows] == unit[np.maximum(holders, 0)]) & (unit[rows] > 0)
    return same


def own_columns(
    hits: Hits, candidates: Candidates, index: Index, vocabulary: Vocabulary, cues: Cues
) -> dict[str, NDArray[Any]]:
    """Columns of every pair that follow from itself and the words around the hit."""
    row = candidates.row
    bit = np.uint64(1) << index.kind[row].astype(np.uint64)
    asked = asked_kinds(hits, cues)[candidates.hit]
    made = vocabulary.made[candidates.number]
    columns = {
        "salience": np.where((bit & np.uint64(_NESTED)) > 0, 0.0, index.salience[row].astype(float) / 4),
        "likeness": vocabulary.share[candidates.number] / 4,
        "asked kind": (asked & bit) > 0,
        "asked other kind": (asked > 0) & ((asked & bit) == 0),
        **{f"form: {form.name.lower()}": made == form for form in Form if form},
    }
    for group in _GROUPS:
        of_group = (bit & np.uint64(kind_mask(group))) > 0
        columns[f"kind: {group}"] = of_group & (asked == 0)
        columns[f"kind asked: {group}"] = of_group & (asked > 0)
    return columns


def joint_columns(
    hits: Hits, candidates: Candidates, index: Index, best_row: NDArray[np.int64], sure: NDArray[np.bool_]
) -> dict[str, NDArray[Any]]:
    """Columns of every pair that follow from the best place so far of each hit (-1: none) and which hits are sure."""
    row, hit = candidates.row, candidates.hit
    bit = np.uint64(1) << index.kind[row].astype(np.uint64)
    after, before = _holders(hits, sure, best_row, index)
    after_row = np.where(after >= 0, best_row[after], -1)[hit]
    before_row = np.where(before >= 0, best_row[before], -1)[hit]
    km = _distances(hits, candidates, index, best_row, sure) if len(row) else np.zeros((0, 1))
    nearest = km.min(axis=1, initial=np.inf)
    finite = np.isfinite(km)
    kernel = np.where(finite, np.exp(-np.where(finite, km, 0) / 30), 0).sum(axis=1) / np.maximum(finite.sum(axis=1), 1)
    return {
        "near: within 5 km": np.exp(-nearest / 5),
        "near: within 20 km": np.exp(-nearest / 20),
        "near: within 80 km": np.exp(-nearest / 80),
        "near: all": kernel,
        "held: governorate": _same_units(index, row, after_row, 0),
        "held: district": _same_units(index, row, after_row, 1),
        "held before: governorate": _same_units(index, row, before_row, 0),
        "held before: district": _same_units(index, row, before_row, 1),
        **_held(hits, candidates, bit, after, best_row, index),
        "shared governorate": _share_of_governorate(candidates, index, best_row, sure),
    }


def _held(
    hits: Hits,
    candidates: Candidates,
    bit: NDArray[np.uint64],
    after: NDArray[np.int64],
    best_row: NDArray[np.int64],
    index: Index,
) -> dict[str, NDArray[np.bool_]]:
    """What a hit is said to hold: towns are held by governorates ("Talbisah in Homs"), quarters by cities."""
    towns, quarters = np.zeros(len(hits), np.bool_), np.zeros(len(hits), np.bool_)
    held = np.flatnonzero((after >= 0) & (best_row >= 0))
    kinds = np.uint64(1) << index.kind[best_row[held]].astype(np.uint64)
    towns[after[held[(kinds & _TOWNS) > 0]]] = True
    quarters[after[held[(kinds & _QUARTERS) > 0]]] = True
    unit, city = (bit & np.uint64(kind_mask("governorate"))) > 0, (bit & np.uint64(kind_mask("city"))) > 0
    return {
        "holds a town: governorate": towns[candidates.hit] & unit,
        "holds a town: city": towns[candidates.hit] & city,
        "holds a quarter: governorate": quarters[candidates.hit] & unit,
        "holds a quarter: city": quarters[candidates.hit] & city,
    }


_TOWNS, _QUARTERS = np.uint64(kind_mask("town,village")), np.uint64(kind_mask("neighbourhood"))
_GROUPS = ("country", "governorate", "district", "sub-district", "city", "town", "village", "quarter", "camp,region")


def _share_of_governorate(
    candidates: Candidates, index: Index, best_row: NDArray[np.int64], sure: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """By pair, the share of the passage's sure mentions that lie in the candidate's governorate."""
    units = index.unit[:, 0]
    told = units[best_row[sure & (best_row >= 0)]]
    counts = np.bincount(told[told > 0], minlength=int(units.max()) + 1 if len(units) else 1)
    own = units[candidates.row]
    return np.where(own > 0, counts[own] / max(counts.sum(), 1), 0.0)
