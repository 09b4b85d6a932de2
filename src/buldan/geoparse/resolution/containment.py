"""What the text says of where a place is, beyond the choice among its candidates.

What holds each hit is found with the choice itself (`buldan.geoparse.resolution.containers`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buldan.geometry import distance_km
from buldan.geoparse.names.cues import encode_kinds
from buldan.geoparse.resolution.place_arrays import PlaceArrays
from buldan.thresholds import BESIDE_KM

__all__ = ["find_outside_container"]


def find_outside_container(
    which: NDArray[np.int64],
    container: NDArray[np.int64],
    asked: NDArray[np.int64],
    place_arrays: PlaceArrays,
    best_row: NDArray[np.int64],
) -> dict[int, int]:
    """The quarters and facilities whose best place lies elsewhere than what they are said to be in, with that hit.

    حي الكلاسة في حلب is in Aleppo, even where only other cities have a quarter of that name; "Salam Hospital in
    Saraqib" is another than the one of Qamishli, and the Great Mosque in Tell Rifaat another than that of Azaz.
    Of the hits `which`, `container` is the hit that the text names as containing each, or -1, and `best_row` its place;
    `asked` is by hit. What comes back are positions in `which`.
    """
    governorate, bit, outside_container = place_arrays.governorate, place_arrays.bit, {}
    for hit, held_by in enumerate(container.tolist()):
        if held_by < 0:
            continue
        # What contains a hit is sure, so that it is kept itself.
        by = int(which.searchsorted(held_by))
        row, holder, wanted = int(best_row[hit]), int(best_row[by]), int(asked[which[hit]])
        # What cities are asked for is one: "the cities of Damascus, Aleppo (…) and Homs" is a list.
        quarter = wanted & _QUARTERS and not wanted & _CITY and int(bit[holder]) & _CITY
        # "The districts of Azaz, Homs": what is a city itself, or a district, is no quarter of the next one.
        quarter = quarter and not int(bit[row]) & _SEATS
        facility = int(bit[row]) & _FACILITIES
        elsewhere = 0 < governorate[row] != governorate[holder] > 0
        if (quarter and elsewhere) or (facility and (elsewhere or _is_outside(place_arrays, row, holder))):
            outside_container[hit] = by
    return outside_container


def _is_outside(arrays: PlaceArrays, row: int, holder: int) -> bool:
    """Whether a place lies outside of a town or village; not of a city, whose name may be that of its governorate."""
    if not int(arrays.bit[holder]) & _SMALL:
        return False
    here, there = ((float(arrays.lon[at]), float(arrays.lat[at])) for at in (row, holder))
    return distance_km(here, there) > BESIDE_KM


_QUARTERS, _CITY, _SMALL = encode_kinds("neighbourhood"), encode_kinds("city"), encode_kinds("town,village")
_SEATS = encode_kinds("city,district")
_FACILITIES = encode_kinds("hospital,school,university,mosque,church,market,landmark,facility,prison,station")
