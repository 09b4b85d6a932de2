"""What the choice among places asks of the gazetteer, by row; the last row, -1, is no place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.names.cues import encode_kinds
from buldan.geoparse.resolution.place_views import PlaceViews
from buldan.index import Index
from buldan.kinds import kinds

__all__ = ["PlaceArrays"]


@dataclass(frozen=True, eq=False)
class PlaceArrays:
    """Arrays by row, with one row more than the index, for no place.

    Attributes:
        bit: the bit of its kind.
        kind: the position of its kind in `buldan.kinds.kinds()`; one past the last for no place.
        salience: how well known it is.
        own_salience: the same over 4, for the choice among places; 0 for kinds whose people are counted again in
            their towns, so that it says nothing beside a town's.
        group: bits of the groups of kinds to which its kind belongs: wide (1), able to hold others (2), town (4),
            quarter (8), governorate (16), city (32), spread along or over the land (64).
        governorate, district: OCHA's number of the unit, 0 where wider.
        lon, lat: degrees; no place is infinitely far.
        cos, sin: of half the latitude.
        governorates: one more than the greatest number of a governorate.
    """

    bit: NDArray[np.uint64]
    kind: NDArray[np.int64]
    group: NDArray[np.uint8]
    salience: NDArray[np.float64]
    own_salience: NDArray[np.float64]
    governorate: NDArray[np.int64]
    district: NDArray[np.int64]
    lon: NDArray[np.float32]
    lat: NDArray[np.float32]
    cos: NDArray[np.float32]
    sin: NDArray[np.float32]
    governorates: int

    @cached_property
    def views(self) -> PlaceViews:
        """What compiled loops read of places."""
        return PlaceViews(
            (self.bit.data, self.kind.data, self.group.data),
            (self.salience.data, self.own_salience.data),
            (self.governorate.data, self.district.data),
            (self.lon.data, self.lat.data, self.cos.data, self.sin.data),
        )

    @classmethod
    def from_index(cls, index: Index) -> PlaceArrays:
        """The arrays of a gazetteer."""
        # Kept by half the latitude: cos((a + b) / 2) of two places is then a product of these, without a cosine a pair.
        half = np.radians(index.lat) / 2
        # The people of a district are those of its towns: counted again, every district would outweigh its seat.
        nested = (encode_kinds("district,sub-district") >> index.kind.astype(np.int64)) & 1 > 0
        group = np.zeros(len(index.kind), np.uint8)
        for bit, kinds_of_group in enumerate(_GROUPS):
            group |= ((encode_kinds(kinds_of_group) >> index.kind.astype(np.int64)) & 1).astype(np.uint8) << np.uint8(
                bit
            )

        def column(values: NDArray[Any], nowhere: float, kind: Any) -> NDArray[Any]:
            return np.append(values.astype(kind), np.array(nowhere, kind))

        return cls(
            bit=column(np.uint64(1) << index.kind.astype(np.uint64), 0, np.uint64),
            kind=column(index.kind, len(kinds()), np.int64),
            group=column(group, 0, np.uint8),
            salience=column(index.salience, 0, np.float64),
            own_salience=column(np.where(nested, 0.0, index.salience.astype(np.float64) / 4), 0, np.float64),
            governorate=column(index.unit[:, 0], 0, np.int64),
            district=column(index.unit[:, 1], 0, np.int64),
            # Single precision distinguishes metres, and nearness needs kilometres.
            lon=column(index.lon, np.inf, np.float32),
            lat=column(index.lat, np.inf, np.float32),
            cos=column(np.cos(half), 1, np.float32),
            sin=column(np.sin(half), 0, np.float32),
            governorates=int(index.unit[:, 0].max()) + 1,
        )


_GROUPS = (
    "country,governorate,desert,river,road",
    "governorate,district,sub-district,city,town",
    "town,village",
    "neighbourhood",
    "governorate",
    "city",
    "river,region,desert,plain,mountain",
)
"""Too wide for nearness to mean anything; able to hold another place; what is held in its own way; and what no point
stands for, so that it is as near as the nearest of its namesakes."""
