"""What the text says of where a place is, and the choice among places that follows: resolution by relaxation.

All hits of a passage are weighed together. From the likeliest place of each alone, every round compares the candidates
of each hit with what its neighbours mean so far (`choices`): how near they lie (`nearness`), which of them the text
names as holding it (`containers`), and in which governorate most of them are. The loops run over the few hits of a
passage; compiled where they can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.document.flat import Gap
from buldan.geoparse.linear_sums import SumViews
from buldan.geoparse.names.hit_rows import FIRST
from buldan.geoparse.names.views import HitViews, WordViews
from buldan.geoparse.resolution.choices import (
    ALONE,
    AT_HOME,
    BEFORE,
    BEHIND,
    COUNTS,
    FIRST_PAIR,
    HOLDS,
    IS_ACTIVE,
    IS_SURE,
    JOINT_FEATURES,
    ROW,
    SHARE,
    Choices,
)
from buldan.geoparse.resolution.containers import Containers
from buldan.geoparse.resolution.nearness import Nearness
from buldan.geoparse.resolution.place_views import PlaceViews

__all__ = ["Relaxation"]

_WIDTH = len(JOINT_FEATURES)
_HELD, _HELD_BEFORE, _HOLDS_TOWN, _HOLDS_QUARTER, _SHARED, _SCOPE = map(
    JOINT_FEATURES.index,
    (
        "held: governorate",
        "held before: governorate",
        "holds a town: governorate",
        "holds a quarter: governorate",
        "shared governorate",
        "scope: governorate",
    ),
)
"""Columns where each group of features begins."""

_ALONE, _SHARE, _ROW = ALONE, SHARE, ROW
"""Rows of the scores of pairs, and of the table of pairs (`buldan.geoparse.resolution.choices`)."""

_FIRST_PAIR, _BEHIND, _BEFORE, _HOLDS = FIRST_PAIR, BEHIND, BEFORE, HOLDS
_SURE, _ACTIVE, _COUNTS, _AT_HOME = IS_SURE, IS_ACTIVE, COUNTS, AT_HOME
"""Rows of the table by hit, and of what is near."""

_STOP = int(Gap.STOP)
"""The gap that ends a sentence."""

_FIRST = FIRST

_BY_GOVERNORATE = 2.0
"""How much more than a city that may mean its surroundings a governorate says that is named as what holds a place."""

_TOWN, _QUARTER, _GOVERNORATE, _CITY = 4, 8, 16, 32
"""Bits of the groups of kinds (`buldan.geoparse.resolution.place_arrays.PlaceArrays.group`)."""


class Relaxation:
    """The places of the hits of some passages; passages do not see each other.

    Args:
        hits: of the table of hits.
        words: of the text.
        choices: the candidates of all hits, in whose tables all is noted.
        places: all there are.
        weights: of the joint features.
        near: two rows by hit, to be filled: how near (km) the nearest of its candidates comes to the sure hits around
            it, and whether the text puts it in a place in whose governorate its best place lies.
        room: four rows of `NEIGHBOURS`, for where those of one hit lie.
        governorates: one more than the greatest number of one.
    """

    def __init__(
        self,
        hits: HitViews,
        words: WordViews,
        choices: Choices,
        places: PlaceViews,
        weights: SumViews,
        near: Any,
        room: Any,
        governorates: int,
    ) -> None:
        self._choices, self._near, self._governorates = choices, near, governorates
        self._nearness = Nearness(hits, choices, places, near, room)
        self._containers = Containers(hits, words, choices)
        self._hits, self._words, self._places, self._weights = hits, words, places, weights

    def relax(self, log_odds: Any, least: float, which: Any, rounds: int) -> None:
        """Choose by what each candidate has alone, then `rounds` times by what the sure hits mean as well.

        Only for the hits `which` and those that a sure one could hold (`Choices.mark_active`): the others are ignored,
        as if they were not there; no sure one is among them.
        """
        self._choices.mark_active(self._hits.table, log_odds, least, which)
        begin = 0
        for passage in range(len(self._words.passages) - 1):
            end = self._hits.find_end(begin, self._words.passages[passage + 1])
            self._choose_alone(begin, end)
            # A round is first read and then weighed, so that no hit sees what another chose in the same round, and the
            # order of the hits does not matter.
            for _ in range(rounds):
                self._nearness.find_neighbours(begin, end, lone_ones=False)
                self._containers.find(begin, end)
                self._weigh_together(begin, end)
            begin = end

    def measure_nearest(self) -> None:
        """Measure nearness again, for the places that were chosen last; that of a wide place is infinite."""
        begin = 0
        for passage in range(len(self._words.passages) - 1):
            end = self._hits.find_end(begin, self._words.passages[passage + 1])
            self._nearness.find_neighbours(begin, end, lone_ones=True)
            begin = end
        self._nearness.forget_wide(begin)

    def find_containers(self) -> None:
        """Find what holds each hit again, for the places that were chosen last."""
        begin = 0
        for passage in range(len(self._words.passages) - 1):
            end = self._hits.find_end(begin, self._words.passages[passage + 1])
            self._containers.find(begin, end)
            begin = end

    def mark_held_at_home(self) -> None:
        """Mark the hits that the text puts in a place in whose governorate their best place lies, sought again."""
        self.find_containers()
        for hit in range(self._hits.table.shape[1]):
            container, row = self._choices.by_hit[_BEHIND, hit], self._choices.get_best_row(hit)
            other = self._choices.get_best_row(container) if container >= 0 else -1
            governorate = self._places.governorate[row] if row >= 0 else 0
            self._near[_AT_HOME, hit] = (
                other >= 0 and governorate > 0 and governorate == self._places.governorate[other]
            )

    def _choose_alone(self, begin: int, end: int) -> None:
        """Choose by what each candidate has by itself."""
        for hit in range(begin, end):
            if self._choices.by_hit[_ACTIVE, hit]:
                for pair in range(self._choices.by_hit[_FIRST_PAIR, hit], self._choices.by_hit[_FIRST_PAIR, hit + 1]):
                    self._choices.scores[_SHARE, pair] = self._choices.scores[_ALONE, pair]
                self._choices.normalize_shares(hit)

    def _weigh_together(self, begin: int, end: int) -> None:
        """Fill in the joint features of every candidate, and choose by them and by what each has alone.

        Those of a lone candidate stay zero: it is chosen whatever they are.
        """
        total, scope = self._count_governorates(begin, end), 0
        # From the passage's own first hit on: many short passages are read at once.
        word = self._hits.table[_FIRST, begin] if begin < end else 0
        for hit in range(begin, end):
            if not self._choices.by_hit[_ACTIVE, hit]:
                continue
            # A sentence that names a governorate stays in it: "In Sweida 17 mm in Shahba, 11 mm in Ein al-Arab".
            while word < self._hits.table[_FIRST, hit]:
                word += 1
                if self._words.gap[word] >= _STOP:
                    scope = 0
            if not self._choices.is_lone(hit):
                self._weigh_hit(hit, scope, total)
            row = self._choices.get_best_row(hit)
            if self._choices.by_hit[_SURE, hit] and row >= 0 and self._choices.group[row] & _GOVERNORATE:
                scope = self._places.governorate[row]
        # Only now, when all are weighed: the choices of this round are not to be seen in it.
        for hit in range(begin, end):
            if self._choices.by_hit[_ACTIVE, hit]:
                self._choices.normalize_shares(hit)

    def _weigh_hit(self, hit: int, scope: int, total: float) -> None:
        """Fill in the joint features of the candidates of a hit, and sum up what each weighs.

        A candidate may lie in the governorate, or in the district, of the place that a container means. Towns are held
        by governorates ("Talbisah in Homs"), quarters by cities.
        """
        # All that is of the hit is looked up before its candidates are gone through; 0 is no governorate, nor district.
        behind, before = self._get_container_row(hit, _BEHIND), self._get_container_row(hit, _BEFORE)
        behind_in = self._places.governorate[behind] if behind >= 0 else 0
        before_in = self._places.governorate[before] if before >= 0 else 0
        near_behind = self._places.district[behind] if behind >= 0 else 0
        near_before = self._places.district[before] if before >= 0 else 0
        # A governorate holds what lies far from its seat as well as what lies in the district around that.
        all_behind = behind >= 0 and self._choices.group[behind] & _GOVERNORATE != 0
        all_before = before >= 0 and self._choices.group[before] & _GOVERNORATE != 0
        town = self._choices.by_hit[_HOLDS, hit] & _TOWN != 0
        quarter = self._choices.by_hit[_HOLDS, hit] & _QUARTER != 0
        if self._choices.by_hit[_BEHIND, hit] >= 0:
            scope = 0
        for pair in range(self._choices.by_hit[_FIRST_PAIR, hit], self._choices.by_hit[_FIRST_PAIR, hit + 1]):
            row = self._choices.pairs[_ROW, pair]
            group, governorate, district = (
                self._choices.group[row],
                self._places.governorate[row],
                self._places.district[row],
            )
            held, held_before = (
                governorate > 0 and governorate == behind_in,
                governorate > 0 and governorate == before_in,
            )
            self._choices.values[pair, _HELD] = _BY_GOVERNORATE if held and all_behind else held
            self._choices.values[pair, _HELD + 1] = held if all_behind else district > 0 and district == near_behind
            self._choices.values[pair, _HELD_BEFORE] = held_before
            self._choices.values[pair, _HELD_BEFORE + 1] = (
                held_before if all_before else district > 0 and district == near_before
            )
            self._choices.values[pair, _HOLDS_TOWN] = town and group & _GOVERNORATE != 0
            self._choices.values[pair, _HOLDS_TOWN + 1] = town and group & _CITY != 0
            self._choices.values[pair, _HOLDS_QUARTER] = quarter and group & _GOVERNORATE != 0
            self._choices.values[pair, _HOLDS_QUARTER + 1] = quarter and group & _CITY != 0
            self._choices.values[pair, _SHARED] = (
                self._choices.by_hit[_COUNTS, governorate] / total if governorate else 0.0
            )
            self._choices.values[pair, _SCOPE] = scope > 0 and scope == governorate
            # The weighted sum in place, for the features of a pair are needed once more only by those who learn.
            joint = 0.0
            for feature in range(_WIDTH):
                joint += self._weights.weights[feature] * self._choices.values[pair, feature]
            self._choices.scores[_SHARE, pair] = self._choices.scores[_ALONE, pair] + joint

    def _get_container_row(self, hit: int, side: int) -> int:
        """The row of the place that the container of a hit on one side means, -1 for none."""
        container = self._choices.by_hit[side, hit]
        return self._choices.get_best_row(container) if container >= 0 else -1

    def _count_governorates(self, begin: int, end: int) -> int:
        """Count the sure hits of a passage by the governorate of what they mean, and all together; at least 1."""
        # At least 1 in the end, so that a share of nothing is zero and no division by it.
        total = 0
        for governorate in range(self._governorates):
            self._choices.by_hit[_COUNTS, governorate] = 0
        for hit in range(begin, end):
            row = self._choices.get_best_row(hit)
            if self._choices.by_hit[_SURE, hit] and row >= 0 and self._places.governorate[row]:
                self._choices.by_hit[_COUNTS, self._places.governorate[row]] += 1
                total += 1
        return max(total, 1)
