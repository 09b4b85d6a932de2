"""What the text says of where a place is, beyond the choice among its candidates.

What holds each hit is found with the choice itself (`buldan.geoparse.resolution.relaxation`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.names.cues import kind_mask
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.resolution.place_arrays import PlaceArrays

__all__ = ["find_strayed", "may_be_held"]

_MAX_WORDS_TO_CONTAINER = 4
"""Words between a place and what holds it, at most."""


def may_be_held(hits: Hits, sure: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether a sure hit begins so near behind each hit that it could hold it."""
    begins = np.append(hits.first[sure], np.iinfo(np.int64).max)
    near: NDArray[np.bool_] = begins[np.searchsorted(begins, hits.last)] <= hits.last + _MAX_WORDS_TO_CONTAINER
    return near


def find_strayed(
    container: NDArray[np.int64], asked: NDArray[np.uint64], place_arrays: PlaceArrays, best_row: NDArray[np.int64]
) -> NDArray[np.int64]:
    """By hit, the hit that a quarter or facility is said to be in, where its best place lies elsewhere; else -1.

    حي الكلاسة في حلب is in Aleppo, even where only other cities have a quarter of that name; "Salam Hospital in
    Saraqib" is another than the one of Qamishli. `container` is by hit the hit that the text names as holding it, or
    -1.
    """
    holder = np.where(container >= 0, best_row[container], -1)
    own, held = place_arrays.governorate[best_row], place_arrays.governorate[holder]
    is_city = place_arrays.bit[holder] & _CITY > 0
    quarter = (asked & _QUARTERS > 0) & is_city
    strayed = (quarter | (place_arrays.bit[best_row] & _FACILITIES > 0)) & (own > 0) & (held > 0) & (own != held)
    return np.where(strayed, container, -1)


_QUARTERS, _CITY = np.uint64(kind_mask("neighbourhood")), np.uint64(kind_mask("city"))
_FACILITIES = np.uint64(kind_mask("hospital,school,university,mosque,church,market,landmark,facility,prison"))
