"""What the choice among places asks of the gazetteer, by row; the last row, -1, is no place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.index import Index
from buldan.kinds import kinds

__all__ = ["PlaceArrays"]


@dataclass(frozen=True, slots=True)
class PlaceArrays:
    """Arrays by row, with one row more than the index, for no place.

    Attributes:
        bit: the bit of its kind.
        kind: the position of its kind in `buldan.kinds.kinds()`; one past the last for no place.
        salience: how well known it is.
        governorate, district: OCHA's number of the unit, 0 where wider.
        lon, lat: degrees; no place is infinitely far.
        cos, sin: of half the latitude.
    """

    bit: NDArray[np.uint64]
    kind: NDArray[np.int64]
    salience: NDArray[np.float64]
    governorate: NDArray[np.int64]
    district: NDArray[np.int64]
    lon: NDArray[np.float32]
    lat: NDArray[np.float32]
    cos: NDArray[np.float32]
    sin: NDArray[np.float32]

    @classmethod
    def of(cls, index: Index) -> PlaceArrays:
        """The atlas of a gazetteer."""
        half = np.radians(index.lat) / 2

        def column(values: NDArray[Any], nowhere: float, kind: Any) -> NDArray[Any]:
            return np.append(values.astype(kind), np.array(nowhere, kind))

        return cls(
            bit=column(np.uint64(1) << index.kind.astype(np.uint64), 0, np.uint64),
            kind=column(index.kind, len(kinds()), np.int64),
            salience=column(index.salience, 0, np.float64),
            governorate=column(index.unit[:, 0], 0, np.int64),
            district=column(index.unit[:, 1], 0, np.int64),
            lon=column(index.lon, np.inf, np.float32),
            lat=column(index.lat, np.inf, np.float32),
            cos=column(np.cos(half), 1, np.float32),
            sin=column(np.sin(half), 0, np.float32),
        )

    def km(self, rows: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.float32]:
        """Kilometres between places by flat-earth arithmetic, right to one per cent within Syria.

        A degree of the parallel halfway is cos((a + b) / 2) long, which is cos a/2 cos b/2 - sin a/2 sin b/2.
        """
        squares = self.cos.take(others, mode="wrap")
        squares *= self.cos[rows]
        further = self.sin.take(others, mode="wrap")
        further *= self.sin[rows]
        squares -= further  # how long a degree is halfway
        squares *= np.subtract(self.lon[rows], self.lon.take(others, out=further, mode="wrap"), out=further)
        squares *= squares
        np.subtract(self.lat[rows], self.lat.take(others, out=further, mode="wrap"), out=further)
        squares += np.multiply(further, further, out=further)
        distance: NDArray[np.float32] = np.sqrt(squares, out=squares)
        distance *= _KM_PER_DEGREE
        return distance


_KM_PER_DEGREE = 111.195
