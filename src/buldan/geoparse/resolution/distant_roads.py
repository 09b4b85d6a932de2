"""Roads of a town that the text does not mention: "the Azaz road" in a text on al-Bab is probably not that of Afrin.

Most towns have a road that is called after the next one, and the gazetteer holds few of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.names.cues import encode_kinds
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.resolution.place_arrays import PlaceArrays
from buldan.index import measure_distances_km

__all__ = ["doubt_distant_roads"]

_ROAD = np.uint64(encode_kinds("road"))
_BESIDE_KM, _UNSURE = 25.0, 0.6
"""How far from all else in a passage the road of a town is a stranger to it, and the most that it is trusted then."""


def doubt_distant_roads(confidence: list[float], hits: Hits, rows: NDArray[np.int64], arrays: PlaceArrays) -> None:
    """Make roads of a town no surer than a guess where all other places of their passage lie far off."""
    (roads,) = (arrays.bit.take(rows) & _ROAD).nonzero()
    if not len(roads):
        return
    passage = hits.flat.passages.searchsorted(hits.first, "right")
    lon, lat = arrays.lon.take(rows), arrays.lat.take(rows)
    for hit in roads.tolist():
        # A motorway is in no governorate.
        if not arrays.governorate[rows[hit]]:
            continue
        others = ((passage == passage[hit]) & (rows != rows[hit])).nonzero()[0]
        apart = measure_distances_km(lon[others], lat[others], point=(lon[hit], lat[hit]))
        if len(apart) and apart.min() > _BESIDE_KM:
            confidence[hit] = min(confidence[hit], _UNSURE)
