"""How near the candidates of each hit lie to what the sure hits around it mean.

Places of one text lie near each other: the likeliest of two villages is mostly the one beside those that are named
around it. Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from math import exp, inf, sqrt
from typing import Any

from buldan.geometry import KM_PER_DEGREE
from buldan.geoparse.resolution.choices import Choices
from buldan.geoparse.resolution.place_views import PlaceViews

__all__ = ["NEARNESS_FEATURES", "NEIGHBOURS", "NOT_SOUGHT", "Nearness"]

NEARNESS_FEATURES = ("near: within 5 km", "near: within 20 km", "near: within 80 km", "near: all")
"""The first columns of the joint features."""

_NEIGHBOURS = 5
"""Sure hits looked at before a hit; behind it one more, which is the hit itself where that is sure."""

NEIGHBOURS = _SLOTS = 2 * _NEIGHBOURS + 1
"""Hits looked at around each."""

NOT_SOUGHT = -2
"""Stands in the room for neighbours before they are sought."""

_REACH_KM = 30.0
"""Distance at which a neighbour counts a third (1/e) of one at the very place, in the sum over all."""

_KM_PER_DEGREE = KM_PER_DEGREE

_NAME, _FIRST, _LAST = 0, 1, 2
"""Rows of the table of hits (`buldan.geoparse.names.scan.Hits`)."""

_WIDE = 1
"""Bit of the kinds too wide for nearness to mean anything (`PlaceArrays.group`)."""


class Nearness:
    """All arguments are views of arrays; `features`, `nearest` and `room` are filled.

    Args:
        hits: the table of hits.
        choices: the place of each so far.
        places: all there are.
        features: by candidate, its joint features, of which the first are these.
        nearest: by hit, how near (km) the nearest of its candidates comes to the sure hits around it.
        room: by hit, the rows of its neighbours (`NOT_SOUGHT` at first), and the helpful hits.
    """

    def __init__(
        self, hits: Any, choices: Choices, places: PlaceViews, features: Any, nearest: Any, room: tuple[Any, Any]
    ) -> None:
        self._hits, self._choices, self._features, self._nearest = hits, choices, features, nearest
        self._neighbours, self._helpful = room
        self._read(places)

    def _read(self, places: PlaceViews) -> None:
        """Take what is needed of places."""
        self._lon, self._lat, self._cos, self._sin = places.lon, places.lat, places.cos, places.sin

    def find_neighbours(self, begin: int, end: int) -> None:
        """Find the sure hits around each hit, and measure how near to them its candidates lie.

        What is wide tells nothing, nor does a hit of the same name or one that shares words. From one round to the
        next most neighbours mean the same as before: only where one means another place is measured again.
        """
        # Two pointers: what helps is listed in the order of the text, and each hit looks at those just before and
        # behind it, without sorting or searching.
        helpful = 0
        for hit in range(begin, end):
            row = self._choices.best_row(hit)
            if self._choices.sure[hit] and row >= 0 and not self._choices.group[row] & _WIDE:
                self._helpful[begin + helpful] = hit
                helpful += 1
        behind = 0
        for hit in range(begin, end):
            if not self._choices.told[hit]:
                continue
            # Rows of the neighbours are kept from round to round, and compared: measuring is what costs.
            changed = False
            for slot in range(_SLOTS):
                at, row = behind - _NEIGHBOURS + slot, -1
                if 0 <= at < helpful:
                    other = self._helpful[begin + at]
                    if self._tells_of(other, hit):
                        row = self._choices.best_row(other)
                if self._neighbours[hit, slot] != row:
                    self._neighbours[hit, slot] = row
                    changed = True
            if changed:
                self._measure(hit)
            if behind < helpful and self._helpful[begin + behind] == hit:
                behind += 1

    def _tells_of(self, other: int, hit: int) -> bool:
        """Whether a hit is of another name than a second one, and shares no word with it."""
        if self._hits[_NAME, other] == self._hits[_NAME, hit]:
            return False
        ahead: bool = self._hits[_FIRST, other] >= self._hits[_LAST, hit]
        behind: bool = self._hits[_LAST, other] <= self._hits[_FIRST, hit]
        return ahead or behind

    def _measure(self, hit: int) -> None:
        """Measure how far from a hit's neighbours its candidates lie, in km, by flat-earth arithmetic.

        Right to one per cent within Syria. A degree of the parallel halfway between latitudes a and b is
        cos((a + b) / 2) long, which is cos a/2 cos b/2 - sin a/2 sin b/2: no cosine need be worked out.
        """
        self._nearest[hit] = inf
        for pair in range(self._choices.first[hit], self._choices.first[hit + 1]):
            # Products of kept sines and cosines in place of a cosine for each pair: this is the innermost loop of
            # reading.
            row, count, nearest, near = self._choices.row[pair], 0, inf, 0.0
            for slot in range(_SLOTS):
                other = self._neighbours[hit, slot]
                if other >= 0:
                    degree = self._cos[row] * self._cos[other] - self._sin[row] * self._sin[other]
                    east = (self._lon[row] - self._lon[other]) * degree
                    north = self._lat[row] - self._lat[other]
                    km = sqrt(east * east + north * north) * _KM_PER_DEGREE
                    near += exp(-km / _REACH_KM)
                    nearest = min(nearest, km)
                    count += 1
            # Three scales, of a town and its quarters, of a district, of a governorate: a sum of exponentials has no
            # steps, and the model weighs each scale for itself.
            self._features[pair, 0] = exp(-nearest / 5.0)
            self._features[pair, 1] = exp(-nearest / 20.0)
            self._features[pair, 2] = exp(-nearest / 80.0)
            # The mean over all neighbours, so that one that is near by chance counts less in a long list.
            self._features[pair, 3] = near / max(count, 1)
            self._nearest[hit] = min(self._nearest[hit], nearest)

    def forget_wide(self, count: int) -> None:
        """Nothing is near a hit that means what is wide: a country's point says nothing of what lies around it."""
        for hit in range(count):
            row = self._choices.best_row(hit)
            if row >= 0 and self._choices.group[row] & _WIDE:
                self._nearest[hit] = inf
