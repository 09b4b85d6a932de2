"""How near the candidates of each hit lie to what the sure hits around it mean.

Places of one text lie near each other: the likeliest of two villages is mostly the one beside those that are named
around it. Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from math import exp, inf, sqrt
from typing import Any

from buldan.geometry import KM_PER_DEGREE
from buldan.geoparse.names.hit_rows import FIRST, LAST, NAME
from buldan.geoparse.names.views import HitViews
from buldan.geoparse.resolution.choices import (
    AROUND,
    BEST,
    FIRST_PAIR,
    HELPFUL,
    IS_ACTIVE,
    IS_SURE,
    NEAREST,
    NEARNESS_FEATURES,
    NEIGHBOURS,
    ROW,
    Choices,
)
from buldan.geoparse.resolution.place_views import PlaceViews

__all__ = ["Nearness"]

_SLOTS, _BESIDE = NEIGHBOURS, NEIGHBOURS // 2
"""Hits looked at around each; sure ones before it, and behind one more, which is the hit itself where it is sure."""

_NOT_SOUGHT = -2
"""Stands in the room for neighbours before they are sought."""

_FIRST_PAIR, _BEST, _HELPFUL, _SURE, _ACTIVE, _AROUND = FIRST_PAIR, BEST, HELPFUL, IS_SURE, IS_ACTIVE, AROUND
"""Rows of the table by hit (`buldan.geoparse.resolution.choices`)."""

_PLACE, _NEAREST = ROW, NEAREST
"""Row of the table of pairs, and of what is near."""

_FEATURES = len(NEARNESS_FEATURES)
"""How many features of a pair are of nearness."""

_REACH_KM = 30.0
"""Distance at which a neighbour counts a third (1/e) of one at the very place, in the sum over all."""

_KM_PER_DEGREE = KM_PER_DEGREE

_NAME, _FIRST, _LAST = NAME, FIRST, LAST

_LON, _LAT, _COS, _SIN = range(4)
"""Rows of the room for where neighbours lie."""

_WIDE, _SPREAD = 1, 64
"""Bits of the kinds too wide for nearness to mean anything, and of those that no point stands for
(`PlaceArrays.group`)."""


class Nearness:
    """Measures how near candidates lie to what the sure hits around them mean. All arguments are views of arrays.

    Args:
        hits: of the table of hits.
        choices: the place of each so far; the joint features of its pairs, of which the first are these, are filled.
        places: all there are.
        near: by hit, how near (km) the nearest of its candidates comes to the sure hits around it; filled.
        room: four rows, for where the neighbours of one hit lie: lon and lat, cosine and sine of half the latitude.
    """

    def __init__(self, hits: HitViews, choices: Choices, places: PlaceViews, near: Any, room: Any) -> None:
        self._near, self._choices, self._spots = near, choices, room
        self._hits, self._places = hits, places
        self._forget_neighbours()

    def _forget_neighbours(self) -> None:
        """Note that the neighbours of no hit were sought yet."""
        for hit in range(self._hits.table.shape[1]):
            for slot in range(_SLOTS):
                self._choices.by_hit[_AROUND + slot, hit] = _NOT_SOUGHT

    def find_neighbours(self, begin: int, end: int, lone_ones: bool) -> None:
        """Find the sure hits around each hit, and measure how near to them its candidates lie.

        What is wide tells nothing, nor does a hit of the same name or one that shares words. From one round to the
        next most neighbours mean the same as before: only where one means another place is measured again. Hits with
        one candidate, which nothing changes, are measured if `lone_ones`.
        """
        # Two pointers: what helps is listed in the order of the text, and each hit looks at those just before and
        # behind it, without sorting or searching.
        hits, by_hit, pairs, group = self._hits.table, self._choices.by_hit, self._choices.pairs, self._choices.group
        helpful = 0
        for hit in range(begin, end):
            if by_hit[_SURE, hit] and by_hit[_BEST, hit] >= 0 and not group[pairs[_PLACE, by_hit[_BEST, hit]]] & _WIDE:
                by_hit[_HELPFUL, begin + helpful] = hit
                helpful += 1
        behind = 0
        for hit in range(begin, end):
            if not by_hit[_ACTIVE, hit]:
                continue
            if lone_ones or by_hit[_FIRST_PAIR, hit + 1] - by_hit[_FIRST_PAIR, hit] != 1:
                # Rows of the neighbours are kept from round to round, and compared: measuring is what costs.
                changed = False
                for slot in range(_SLOTS):
                    at, row = behind - _BESIDE + slot, -1
                    if 0 <= at < helpful:
                        other = by_hit[_HELPFUL, begin + at]
                        if hits[_NAME, other] != hits[_NAME, hit] and (
                            hits[_FIRST, other] >= hits[_LAST, hit] or hits[_LAST, other] <= hits[_FIRST, hit]
                        ):
                            row = pairs[_PLACE, by_hit[_BEST, other]]
                    if by_hit[_AROUND + slot, hit] != row:
                        by_hit[_AROUND + slot, hit] = row
                        changed = True
                if changed:
                    self._measure(hit)
            if behind < helpful and by_hit[_HELPFUL, begin + behind] == hit:
                behind += 1

    def _measure(self, hit: int) -> None:
        """Measure how far from a hit's neighbours its candidates lie, in km, by flat-earth arithmetic.

        Right to one per cent within Syria. A degree of the parallel halfway between latitudes a and b is
        cos((a + b) / 2) long, which is cos a/2 cos b/2 - sin a/2 sin b/2: no cosine need be worked out.
        """
        self._near[_NEAREST, hit] = inf
        begin, end, spread = self._choices.by_hit[_FIRST_PAIR, hit], self._choices.by_hit[_FIRST_PAIR, hit + 1], False
        lone, count = self._choices.is_lone(hit), 0
        # Laid side by side first, for each candidate is measured against all of them.
        for slot in range(_SLOTS):
            other = self._choices.by_hit[_AROUND + slot, hit]
            if other >= 0:
                self._spots[_LON, count], self._spots[_LAT, count] = self._places.lon[other], self._places.lat[other]
                self._spots[_COS, count], self._spots[_SIN, count] = self._places.cos[other], self._places.sin[other]
                count += 1
        for pair in range(begin, end):
            # Products of kept sines and cosines in place of a cosine for each pair: this is the innermost loop of
            # reading.
            row, nearest, near = self._choices.pairs[_PLACE, pair], inf, 0.0
            lon, lat = self._places.lon[row], self._places.lat[row]
            cosine, sine = self._places.cos[row], self._places.sin[row]
            for at in range(count):
                degree = cosine * self._spots[_COS, at] - sine * self._spots[_SIN, at]
                east, north = (lon - self._spots[_LON, at]) * degree, lat - self._spots[_LAT, at]
                km = sqrt(east * east + north * north) * _KM_PER_DEGREE
                nearest = min(nearest, km)
                if not lone:
                    near += exp(-km / _REACH_KM)
            self._near[_NEAREST, hit] = min(self._near[_NEAREST, hit], nearest)
            if lone:
                return
            # Three scales, of a town and its quarters, of a district, of a governorate: a sum of exponentials has no
            # steps, and the model weighs each scale for itself.
            self._choices.values[pair, 0] = exp(-nearest / 5.0)
            self._choices.values[pair, 1] = exp(-nearest / 20.0)
            self._choices.values[pair, 2] = exp(-nearest / 80.0)
            # The mean over all neighbours, so that one that is near by chance counts less in a long list.
            self._choices.values[pair, 3] = near / max(count, 1)
            spread = spread or self._choices.group[row] & _SPREAD != 0
        if spread:
            self._even_out(begin, end)

    def _even_out(self, begin: int, end: int) -> None:
        """Let what is spread out be as near as the nearest of its namesakes, as the Euphrates is to its quarter."""
        for feature in range(_FEATURES):
            most = 0.0
            for pair in range(begin, end):
                # Of two that are spread out the nearer is still the nearer: جبل الأكراد has a namesake.
                if not self._choices.group[self._choices.pairs[_PLACE, pair]] & _SPREAD:
                    most = max(most, self._choices.values[pair, feature])
            for pair in range(begin, end):
                if self._choices.group[self._choices.pairs[_PLACE, pair]] & _SPREAD:
                    self._choices.values[pair, feature] = max(most, self._choices.values[pair, feature])

    def forget_wide(self, count: int) -> None:
        """Nothing is near a hit that means what is wide: a country's point says nothing of what lies around it."""
        for hit in range(count):
            row = self._choices.get_best_row(hit)
            if row >= 0 and self._choices.group[row] & _WIDE:
                self._near[_NEAREST, hit] = inf
