"""What the compiled loops read of places: views of arrays, taken once (see `buldan.geoparse.names.views`).

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

__all__ = ["PlaceViews"]


class PlaceViews:
    """Views of `PlaceArrays`: see there.

    Args:
        kinds: by row, bit and number of its kind, and bits of its groups.
        salience: how well known it is, and that as the choice among places counts it.
        units: by row, governorate and district.
        points: by row, lon and lat, cosine and sine of half the latitude.
    """

    def __init__(
        self, kinds: tuple[Any, ...], salience: tuple[Any, Any], units: tuple[Any, ...], points: tuple[Any, ...]
    ) -> None:
        self.bit, self.kind, self.group = kinds
        self.salience, self.own_salience = salience
        self.governorate, self.district = units
        self.lon, self.lat, self.cos, self.sin = points
