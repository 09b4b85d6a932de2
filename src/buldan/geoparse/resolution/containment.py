"""What the text says of where a place is: "بنش، إدلب", "Kafr Zita in Hama", and the company that it stands in.

All mentions of a passage are weighed together, by relaxation: each hit's best place so far is what its neighbours
are compared with in the next round.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.flat import Gap
from buldan.geoparse.linear_model import EACH, FeatureGroup
from buldan.geoparse.names.cues import kind_mask
from buldan.geoparse.names.scan import CLITICS, Hits
from buldan.geoparse.resolution.candidates import Candidates
from buldan.geoparse.resolution.place_arrays import PlaceArrays
from buldan.geoparse.resolution.proximity import ProximityFeatures

__all__ = ["StatedContainers", "find_quarters_outside_stated_city", "joint_features", "may_be_held"]


def joint_features(
    holders: StatedContainers,
    candidates: Candidates,
    proximity: ProximityFeatures,
    place_arrays: PlaceArrays,
    best_row: NDArray[np.int64],
    sure: NDArray[np.bool_],
) -> list[FeatureGroup]:
    """Columns of every pair that follow from the best place so far of each hit (-1: none) and which hits are sure.

    `nearness` is that of the pairs, for the same best places.
    """
    row, after, before = candidates.row, *holders.of(sure, best_row)
    columns = {**proximity.columns, "shared governorate": _share_of_governorate(place_arrays, best_row, sure)[row]}
    for name, holder in (("held", after), ("held before", before)):
        holder_row = np.where(holder >= 0, best_row[holder], -1)[candidates.hit]
        for level, unit in (("governorate", place_arrays.governorate), ("district", place_arrays.district)):
            own = unit[row]
            columns[f"{name}: {level}"] = (own == unit[holder_row]) & (own > 0)
    return [FeatureGroup(EACH, columns), FeatureGroup(EACH, _held(candidates, after, best_row, place_arrays))]


class StatedContainers:
    """What the text names as holding each hit of a passage.

    Behind it: "بنش، إدلب", "الأتارب في ريف حلب", "Kafr Zita in Hama"; before it: "IDLIB : Kafranbel".
    """

    def __init__(self, hits: Hits, place_arrays: PlaceArrays) -> None:
        self._hits, self._place_arrays = hits, place_arrays
        self._comma = hits.flat.gaps[hits.last] <= Gap.BRACKET
        said = np.concatenate(([0], np.cumsum(hits.words.isin(_INSIDE))))
        words = np.minimum(hits.last[:, None] + np.arange(1, _MAX_WORDS_TO_CONTAINER + 1), len(said) - 1)
        self._through = said[words] > said[hits.last][:, None]

    def of(self, sure: NDArray[np.bool_], best_row: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """By hit, the hit behind it that holds it, and the one before it; -1 where none does."""
        hits = self._hits
        where = np.flatnonzero(sure & (self._place_arrays.bit[best_row] & _UNITS > 0))
        after = np.append(where, -1)[np.searchsorted(hits.first[where], hits.last)]
        apart = np.where(after >= 0, hits.first[after] - hits.last, _MAX_WORDS_TO_CONTAINER + 1)
        near = np.flatnonzero(apart <= _MAX_WORDS_TO_CONTAINER)
        holder, distance = after[near], apart[near]
        linked = self._comma[near] & (distance == 0) & ~hits.joined[holder]
        linked |= (hits.clitic[holder] == _CLITIC_BI) & (distance <= _MAX_WORDS_TO_CLITIC_BI)
        linked |= (distance > 0) & self._through[near, np.maximum(distance - 1, 0)]
        behind = np.full(len(hits), -1)
        behind[near[linked]] = holder[linked]
        before = np.append(where, -1)[np.searchsorted(hits.last[where], hits.first, side="right") - 1]
        beside = (before >= 0) & (hits.first - hits.last[before] <= 1) & ~hits.joined
        return behind, np.where(beside, before, -1)


_UNITS = np.uint64(kind_mask("governorate,district,sub-district,city,town"))
"""Kinds that can hold another place."""

_MAX_WORDS_TO_CONTAINER, _MAX_WORDS_TO_CLITIC_BI = 4, 2
"""Words between a place and what holds it, at most; and where that has ب before it."""

_CLITIC_BI = CLITICS.index("ب")

_INSIDE = frozenset(
    ["في", "بريف", "ريف", "بمحافظة", "محافظه", "بمحافظه", "بمدينه", "بمنطقه", "ضمن", "in", "of", "countryside"]
)


def may_be_held(hits: Hits, sure: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether a sure hit begins so near behind each hit that it could hold it."""
    begins = np.append(hits.first[sure], np.iinfo(np.int64).max)
    near: NDArray[np.bool_] = begins[np.searchsorted(begins, hits.last)] <= hits.last + _MAX_WORDS_TO_CONTAINER
    return near


def _held(
    candidates: Candidates, after: NDArray[np.int64], best_row: NDArray[np.int64], place_arrays: PlaceArrays
) -> dict[str, NDArray[np.bool_]]:
    """What a hit is said to hold: towns are held by governorates ("Talbisah in Homs"), quarters by cities."""
    bit, own = place_arrays.bit[candidates.row], place_arrays.bit[best_row]
    columns = {}
    for name, kinds in (("town", _TOWNS), ("quarter", _QUARTERS)):
        holds = np.zeros(len(after), np.bool_)
        holds[after[(after >= 0) & (own & kinds > 0)]] = True
        holder = holds[candidates.hit]
        columns[f"holds a {name}: governorate"] = holder & (bit & _GOVERNORATE > 0)
        columns[f"holds a {name}: city"] = holder & (bit & _CITY > 0)
    return columns


_TOWNS, _QUARTERS = np.uint64(kind_mask("town,village")), np.uint64(kind_mask("neighbourhood"))
_GOVERNORATE, _CITY = np.uint64(kind_mask("governorate")), np.uint64(kind_mask("city"))


def _share_of_governorate(
    place_arrays: PlaceArrays, best_row: NDArray[np.int64], sure: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """By row of the atlas, the share of the passage's sure mentions that lie in its governorate."""
    told = place_arrays.governorate[best_row[sure]]
    counts = np.bincount(told, minlength=int(place_arrays.governorate.max()) + 1)
    counts[0] = 0
    share: NDArray[np.float64] = (counts / max(counts.sum(), 1))[place_arrays.governorate]
    return share


def find_quarters_outside_stated_city(
    hits: Hits,
    asked: NDArray[np.uint64],
    place_arrays: PlaceArrays,
    best_row: NDArray[np.int64],
    sure: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """By hit, the hit of the city that a quarter is said to be in, where its best place lies elsewhere; else -1.

    حي الكلاسة في حلب is in Aleppo, even where only other cities have a quarter of that name.
    """
    after, _ = StatedContainers(hits, place_arrays).of(sure, best_row)
    holder = np.where(after >= 0, best_row[after], -1)
    own, held = place_arrays.governorate[best_row], place_arrays.governorate[holder]
    strayed = (asked & _QUARTERS > 0) & (place_arrays.bit[holder] & _CITY > 0) & (own > 0) & (held > 0) & (own != held)
    return np.where(strayed, after, -1)
