"""The place that each hit of some passages means so far: what the rounds of relaxation read and change.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from math import exp
from typing import Any

from buldan.geoparse.names.hit_rows import FIRST, LAST
from buldan.geoparse.resolution.place_views import PlaceViews

__all__ = [
    "ALONE",
    "AROUND",
    "AT_HOME",
    "BEFORE",
    "BEHIND",
    "BEST",
    "COUNTS",
    "FIRST_CODE",
    "FIRST_OWN",
    "FIRST_PAIR",
    "HELPFUL",
    "HIT",
    "HIT_ROWS",
    "HOLDS",
    "IS_ACTIVE",
    "IS_SURE",
    "JOINT_FEATURES",
    "NEAREST",
    "NEARNESS_FEATURES",
    "NEIGHBOURS",
    "PAIR_ROWS",
    "ROW",
    "SHARE",
    "VALUE_COLUMNS",
    "Choices",
]

NEARNESS_FEATURES = ("near: within 5 km", "near: within 20 km", "near: within 80 km", "near: all")
"""The first columns of the joint features."""

JOINT_FEATURES = (
    *NEARNESS_FEATURES,
    "held: governorate",
    "held: district",
    "held before: governorate",
    "held before: district",
    "holds a town: governorate",
    "holds a town: city",
    "holds a quarter: governorate",
    "holds a quarter: city",
    "shared governorate",
    "scope: governorate",
)
"""What a candidate has from the other hits of its passage: the first columns of the values of pairs."""

FIRST_OWN = len(JOINT_FEATURES)
VALUE_COLUMNS = FIRST_OWN + 2
"""Columns behind those: what a candidate has by itself."""

ALONE, SHARE = 0, 1
"""Rows of the scores of pairs: what a candidate weighs by itself, and its share of the probability among those of its
hit. Apart from the values, for all that are of one hit are gone through again and again."""

_SHARE = SHARE

HIT, ROW, FIRST_CODE, PAIR_ROWS = 0, 1, 2, 5
_ROW = ROW
"""Rows of the table of pairs: the hit of each, its row in the index, and the first of three codes; and their number."""

NEIGHBOURS = 11
"""Hits looked at around each: five on either side, and the hit itself."""

FIRST_PAIR, BEST, BEHIND, BEFORE, HOLDS, HELPFUL, IS_SURE, IS_ACTIVE, COUNTS, AROUND = range(10)
HIT_ROWS = AROUND + NEIGHBOURS
"""Rows of the table by hit: where its candidates begin (one more, the end), the candidate with the greatest share (-1
where it has none), the hits that hold it behind and before it, bits of what it holds; a list of helpful hits; whether
it is sure, whether it is active (a place is chosen for it); by governorate, how many sure hits lie there; the rows of
`NEIGHBOURS` around it."""

_FIRST, _BEST, _SURE, _ACTIVE = FIRST_PAIR, BEST, IS_SURE, IS_ACTIVE

NEAREST, AT_HOME = 0, 1
"""Rows of what is near each hit: km from the nearest of its places to the sure hits around it, and whether the text
puts it in a place of Syria in whose governorate one of that name lies."""

_UNIT = 2
"""Bit of the kinds that can hold others (`buldan.geoparse.resolution.place_arrays.PlaceArrays.group`)."""

_HIT_FIRST, _HIT_LAST = FIRST, LAST
"""Rows of the table of hits."""

_MAX_WORDS_TO_CONTAINER = 4
"""Words between a place and what holds it, at most."""


class Choices:
    """Views of the tables in which what is chosen is noted.

    Args:
        by_hit: the table by hit.
        places: all there are.
    """

    def __init__(self, by_hit: Any, places: PlaceViews) -> None:
        self.by_hit = by_hit
        self._take_groups(places)

    def set_pairs(self, pairs: Any, values: Any, scores: Any) -> None:
        """Take the tables of pairs, which are made when it is known how many there are."""
        self.pairs, self.values, self.scores = pairs, values, scores

    def _take_groups(self, places: PlaceViews) -> None:
        """Take what is needed of places."""
        self.group = places.group

    def mark_active(self, hits: Any, log_odds: Any, least: float, which: Any) -> None:
        """Mark the sure hits, and the active ones, for which places are chosen; all others are ignored.

        Args:
            hits: the table of hits.
            log_odds: by hit, that it is a place.
            least: from which log-odds on it is sure.
            which: the hits to be active; so are those that a sure one among them could hold. None for all hits.
        """
        for hit in range(len(log_odds)):
            self.by_hit[_ACTIVE, hit] = which is None
            self.by_hit[_SURE, hit] = which is None and log_odds[hit] > least
        if which is None:
            return
        for at in range(len(which)):
            self.by_hit[_ACTIVE, which[at]] = 1
            self.by_hit[_SURE, which[at]] = log_odds[which[at]] > least
        for hit in range(len(log_odds)):
            last, other = hits[_HIT_LAST, hit], hit + 1
            # Hits are in the order of the text, so that the first too far away ends the search.
            while (
                not self.by_hit[_ACTIVE, hit]
                and other < len(log_odds)
                and hits[_HIT_FIRST, other] <= last + _MAX_WORDS_TO_CONTAINER
            ):
                self.by_hit[_ACTIVE, hit] = self.by_hit[_SURE, other] and hits[_HIT_FIRST, other] >= last
                other += 1

    def is_lone(self, hit: int) -> bool:
        """Whether a hit has one candidate, which is chosen whatever the text around it says."""
        lone: bool = self.by_hit[_FIRST, hit + 1] - self.by_hit[_FIRST, hit] == 1
        return lone

    def get_best_row(self, hit: int) -> int:
        """The row of the best place so far of a hit, -1 where it has none."""
        pair = self.by_hit[_BEST, hit]
        return self.pairs[_ROW, pair] if pair >= 0 else -1

    def is_unit(self, hit: int) -> bool:
        """Whether a hit is sure and means a place that can hold others."""
        row = self.get_best_row(hit)
        unit: bool = self.by_hit[_SURE, hit] != 0 and row >= 0 and self.group[row] & _UNIT != 0
        return unit

    def normalize_shares(self, hit: int) -> None:
        """Make shares of the log-odds of a hit's candidates (softmax), and take the first of the likeliest."""
        start, stop, best, total = self.by_hit[_FIRST, hit], self.by_hit[_FIRST, hit + 1], -1, 0.0
        if stop - start == 1:
            self.by_hit[_BEST, hit], self.scores[_SHARE, start] = start, 1.0
            return
        for pair in range(start, stop):
            if best < 0 or self.scores[_SHARE, pair] > self.scores[_SHARE, best]:
                best = pair
        self.by_hit[_BEST, hit] = best
        # The greatest is taken off before the exponential, which would overflow otherwise and changes no share.
        top = self.scores[_SHARE, best] if best >= 0 else 0.0
        for pair in range(start, stop):
            self.scores[_SHARE, pair] = exp(self.scores[_SHARE, pair] - top)
            total += self.scores[_SHARE, pair]
        for pair in range(start, stop):
            self.scores[_SHARE, pair] /= total
