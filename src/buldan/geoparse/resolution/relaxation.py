"""What the text says of where a place is, and the choice among places that follows: resolution by relaxation.

All hits of a passage are weighed together. From the likeliest place of each alone, every round compares the candidates
of each hit with what its neighbours mean so far (`choices`): how near they lie (`nearness`), which of them the text
names as holding it (`containers`), and in which governorate most of them are. The loops run over the few hits of a
passage; compiled where they can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.names.views import WordViews
from buldan.geoparse.resolution.choices import Choices
from buldan.geoparse.resolution.containers import Containers
from buldan.geoparse.resolution.nearness import NEARNESS_FEATURES, Nearness
from buldan.geoparse.resolution.place_views import PlaceViews

__all__ = ["JOINT_FEATURES", "Relaxation"]

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
"""What a candidate has from the other hits of its passage, in the order of the columns of `features`."""

_WIDTH = len(JOINT_FEATURES)
_HELD, _HELD_BEFORE, _HOLDS_TOWN, _HOLDS_QUARTER, _SHARED, _SCOPE = 4, 6, 8, 10, 12, 13

_STOP = 5
"""The gap that ends a sentence."""

_FIRST = 1
"""Row of the table of hits (`buldan.geoparse.names.scan.Hits`)."""

_TOWN, _QUARTER, _GOVERNORATE, _CITY = 4, 8, 16, 32
"""Bits of the groups of kinds (`buldan.geoparse.resolution.place_arrays.PlaceArrays.group`)."""


class Relaxation:
    """The places of the hits of some passages; passages do not see each other.

    All arguments are views of arrays; `found` and `room` are filled.

    Args:
        hits: the table of hits.
        words: of the text.
        pairs: by hit, where its candidates begin, one more, the end; by candidate, its row in `places`.
        places: all there are.
        scores: by candidate, the log-odds that it has by itself; the weights of the joint features.
        found: by candidate, its joint features in the last round and its share of the probability among those of its
            hit; by hit, the candidate with the greatest share, -1 where it has none, and how near (km) the nearest
            of its candidates comes to the sure hits around it.
        room: by hit, the rows of its neighbours (`NOT_SOUGHT` at first), the hits that hold it behind and before
            it, what it holds, and the helpful hits; by governorate, how many sure hits lie there.
    """

    def __init__(
        self,
        hits: Any,
        words: WordViews,
        pairs: tuple[Any, Any],
        places: PlaceViews,
        scores: tuple[Any, Any],
        found: tuple[Any, ...],
        room: tuple[Any, ...],
    ) -> None:
        features, share, best, nearest = found
        neighbours, behind, before, holds, helpful, self._counts = room
        self._hits, self._features = hits, features
        self._alone, self._weights = scores
        self._choices = Choices(pairs, places, share, best)
        self._nearness = Nearness(hits, self._choices, places, features, nearest, (neighbours, helpful))
        self._containers = Containers(hits, words, self._choices, (behind, before, holds))
        self._read(words, places)

    def _read(self, words: WordViews, places: PlaceViews) -> None:
        """Take what is needed of the text and of places."""
        self._passages, self._gap = words.passages, words.gap
        self._governorate, self._district = places.governorate, places.district

    def relax(self, sure: Any, told: Any, rounds: int) -> None:
        """Choose by what each candidate has alone, then `rounds` times by what the sure hits mean as well.

        Only for the hits that are told of: the others are ignored, as if they were not there; no sure one is among
        them.
        """
        self._choices.heed(sure, told)
        begin = 0
        for passage in range(len(self._passages) - 1):
            end = self._end_of(passage, begin)
            self._choose_alone(begin, end)
            # A round is first read and then weighed, so that no hit sees what another chose in the same round, and the
            # order of the hits does not matter.
            for _ in range(rounds):
                self._nearness.find_neighbours(begin, end)
                self._containers.find(begin, end)
                self._weigh_together(begin, end)
            begin = end

    def measure_nearest(self) -> None:
        """Measure nearness again, for the places that were chosen last; that of a wide place is infinite."""
        begin = 0
        for passage in range(len(self._passages) - 1):
            end = self._end_of(passage, begin)
            self._nearness.find_neighbours(begin, end)
            begin = end
        self._nearness.forget_wide(begin)

    def find_containers(self) -> None:
        """Find what holds each hit again, for the places that were chosen last."""
        begin = 0
        for passage in range(len(self._passages) - 1):
            end = self._end_of(passage, begin)
            self._containers.find(begin, end)
            begin = end

    def mark_held_at_home(self, at_home: Any) -> None:
        """Mark the hits that the text puts in a place in whose governorate their best place lies, sought again."""
        self.find_containers()
        for hit in range(len(at_home)):
            container, row = self._containers.behind[hit], self._choices.best_row(hit)
            other = self._choices.best_row(container) if container >= 0 else -1
            governorate = self._governorate[row] if row >= 0 else 0
            at_home[hit] = other >= 0 and governorate > 0 and governorate == self._governorate[other]

    def _end_of(self, passage: int, begin: int) -> int:
        """The hit behind the last of a passage, whose first is `begin`."""
        end = begin
        while end < self._hits.shape[1] and self._hits[_FIRST, end] < self._passages[passage + 1]:
            end += 1
        return end

    def _choose_alone(self, begin: int, end: int) -> None:
        for hit in range(begin, end):
            if self._choices.told[hit]:
                for pair in range(self._choices.first[hit], self._choices.first[hit + 1]):
                    self._choices.share[pair] = self._alone[pair]
                self._choices.soften(hit)

    def _weigh_together(self, begin: int, end: int) -> None:
        """Fill in the joint features of every candidate, and choose by them and by what each has alone."""
        total, scope, word = self._count_governorates(begin, end), 0, 0
        for hit in range(begin, end):
            if not self._choices.told[hit]:
                continue
            # A sentence that names a governorate stays in it: "In Sweida 17 mm in Shahba, 11 mm in Ein al-Arab".
            while word < self._hits[_FIRST, hit]:
                word += 1
                if self._gap[word] >= _STOP:
                    scope = 0
            for pair in range(self._choices.first[hit], self._choices.first[hit + 1]):
                row = self._choices.row[pair]
                self._compare(pair, _HELD, row, self._containers.behind[hit])
                self._compare(pair, _HELD_BEFORE, row, self._containers.before[hit])
                self._compare_held(pair, _HOLDS_TOWN, self._choices.group[row], self._containers.holds[hit] & _TOWN)
                self._compare_held(
                    pair, _HOLDS_QUARTER, self._choices.group[row], self._containers.holds[hit] & _QUARTER
                )
                governorate = self._governorate[row]
                self._features[pair, _SHARED] = self._counts[governorate] / total if governorate else 0.0
                self._features[pair, _SCOPE] = scope > 0 and scope == governorate and self._containers.behind[hit] < 0
                # The weighted sum in place, for the features of a pair are needed once more only by those who learn.
                joint = 0.0
                for feature in range(_WIDTH):
                    joint += self._weights[feature] * self._features[pair, feature]
                self._choices.share[pair] = self._alone[pair] + joint
            row = self._choices.best_row(hit)
            if self._choices.sure[hit] and row >= 0 and self._choices.group[row] & _GOVERNORATE:
                scope = self._governorate[row]
        # Only now, when all are weighed: the choices of this round are not to be seen in it.
        for hit in range(begin, end):
            if self._choices.told[hit]:
                self._choices.soften(hit)

    def _compare(self, pair: int, feature: int, row: int, container: int) -> None:
        """Whether a candidate lies in the governorate, and in the district, of the place that a container means."""
        other = self._choices.best_row(container) if container >= 0 else -1
        if other < 0:
            self._features[pair, feature] = self._features[pair, feature + 1] = 0.0
            return
        governorate, district = self._governorate[row], self._district[row]
        self._features[pair, feature] = governorate > 0 and governorate == self._governorate[other]
        self._features[pair, feature + 1] = district > 0 and district == self._district[other]

    def _compare_held(self, pair: int, feature: int, group: int, held: int) -> None:
        """Whether a candidate that holds something is a governorate, or a city.

        Towns are held by governorates ("Talbisah in Homs"), quarters by cities.
        """
        self._features[pair, feature] = held != 0 and group & _GOVERNORATE != 0
        self._features[pair, feature + 1] = held != 0 and group & _CITY != 0

    def _count_governorates(self, begin: int, end: int) -> int:
        """Count the sure hits of a passage by the governorate of what they mean, and all together; at least 1."""
        # At least 1 in the end, so that a share of nothing is zero and no division by it.
        total = 0
        for governorate in range(len(self._counts)):
            self._counts[governorate] = 0
        for hit in range(begin, end):
            row = self._choices.best_row(hit)
            if self._choices.sure[hit] and row >= 0 and self._governorate[row]:
                self._counts[self._governorate[row]] += 1
                total += 1
        return max(total, 1)
