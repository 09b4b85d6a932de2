"""What the text says of where a place is, and the choice among places that follows: resolution by relaxation.

All hits of a passage are weighed together. From the likeliest place of each alone, every round compares the candidates
of each hit with what its neighbours mean so far: how near they lie, which of them the text names as holding it ("بنش،
إدلب", "Kafr Zita in Hama"), and in which governorate most of them are. The loops run over the few hits of a passage;
compiled where they can be, see `hatch_build.py`.
"""

from __future__ import annotations

from math import exp, inf, sqrt
from typing import Any

from buldan.geometry import KM_PER_DEGREE
from buldan.geoparse.names.views import WordViews
from buldan.geoparse.names.word_classes import WordClass
from buldan.geoparse.resolution.place_views import PlaceViews

__all__ = ["JOINT_FEATURES", "NEIGHBOURS", "NOT_SOUGHT", "Relaxation"]

JOINT_FEATURES = (
    "near: within 5 km",
    "near: within 20 km",
    "near: within 80 km",
    "near: all",
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
_NEAR, _HELD, _HELD_BEFORE, _HOLDS_TOWN, _HOLDS_QUARTER, _SHARED, _SCOPE = 0, 4, 6, 8, 10, 12, 13

_NEIGHBOURS = 5
"""Sure hits looked at before a hit; behind it one more, which is the hit itself where that is sure."""

NEIGHBOURS = _SLOTS = 2 * _NEIGHBOURS + 1
"""Hits looked at around each."""

NOT_SOUGHT = -2
"""Stands in the room for neighbours before they are sought."""

_REACH_KM = 30.0
"""Distance at which a neighbour counts a third (1/e) of one at the very place, in the sum over all."""

_KM_PER_DEGREE = KM_PER_DEGREE

_MAX_WORDS_TO_CONTAINER, _MAX_WORDS_TO_CLITIC_BI = 4, 2
"""Words between a place and what holds it, at most; and where that has ب before it."""

_LONGEST_NAME = 16
"""Words of the longest name: what begins farther back than these cannot end beside a word."""

_INSIDE, _AND = int(WordClass.INSIDE), int(WordClass.AND)
_CLITIC_BI, _COMMA, _BRACKET, _STOP = 2, 3, 4, 5
"""Position of ب among the clitics of a hit; the gap between names of a list, the strongest that may part a place from
its container ("A (B)"), and the one that ends a sentence."""

_NAME, _FIRST, _LAST, _CLITIC, _JOINED = 0, 1, 2, 5, 6
"""Rows of the table of hits (`buldan.geoparse.names.scan.Hits`)."""

_WIDE, _UNIT, _TOWN, _QUARTER, _GOVERNORATE, _CITY = 1, 2, 4, 8, 16, 32
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
        room: by hit, the rows of its neighbours (-2 before they are sought), the hits that hold it behind and before
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
        self._hits = hits
        self._pairs, self._row = pairs
        self._alone, self._weights = scores
        self._features, self._share, self._best, self._nearest = found
        self._neighbours, self._behind, self._before, self._holds, self._helpful, self._counts = room
        self._read(words, places)

    def _read(self, words: WordViews, places: PlaceViews) -> None:
        """Take what is needed of the text and of places."""
        self._passages, self._gap, self._classes = words.passages, words.gap, words.classes
        self._group, self._governorate, self._district = places.group, places.governorate, places.district
        self._lon, self._lat, self._cos, self._sin = places.lon, places.lat, places.cos, places.sin

    def relax(self, sure: Any, told: Any, rounds: int) -> None:
        """Choose by what each candidate has alone, then `rounds` times by what the sure hits mean as well.

        Only for the hits that are told of: the others are ignored, as if they were not there; no sure one is among
        them.
        """
        self._sure, self._told = sure, told
        begin = 0
        for passage in range(len(self._passages) - 1):
            end = self._end_of(passage, begin)
            self._choose_alone(begin, end)
            # A round is first read and then weighed, so that no hit sees what another chose in the same round, and the
            # order of the hits does not matter.
            for _ in range(rounds):
                self._find_neighbours(begin, end)
                self._find_containers(begin, end)
                self._weigh_together(begin, end)
            begin = end

    def measure_nearest(self) -> None:
        """Measure nearness again, for the places that were chosen last; that of a wide place is infinite."""
        begin = 0
        for passage in range(len(self._passages) - 1):
            end = self._end_of(passage, begin)
            self._find_neighbours(begin, end)
            begin = end
        for hit in range(begin):
            row = self._best_row(hit)
            # A country or a river is near everything: its point says nothing of what lies around it.
            if row >= 0 and self._group[row] & _WIDE:
                self._nearest[hit] = inf

    def find_containers(self) -> None:
        """Find what holds each hit again, for the places that were chosen last."""
        begin = 0
        for passage in range(len(self._passages) - 1):
            end = self._end_of(passage, begin)
            self._find_containers(begin, end)
            begin = end

    def _end_of(self, passage: int, begin: int) -> int:
        """The hit behind the last of a passage, whose first is `begin`."""
        end = begin
        while end < self._hits.shape[1] and self._hits[_FIRST, end] < self._passages[passage + 1]:
            end += 1
        return end

    def _best_row(self, hit: int) -> int:
        """The row of the best place so far of a hit, -1 where it has none."""
        pair = self._best[hit]
        return self._row[pair] if pair >= 0 else -1

    def _choose_alone(self, begin: int, end: int) -> None:
        for hit in range(begin, end):
            if self._told[hit]:
                for pair in range(self._pairs[hit], self._pairs[hit + 1]):
                    self._share[pair] = self._alone[pair]
                self._soften(hit)

    def _soften(self, hit: int) -> None:
        """Make shares of the log-odds of a hit's candidates (softmax), and take the first of the likeliest."""
        start, stop, best, total = self._pairs[hit], self._pairs[hit + 1], -1, 0.0
        for pair in range(start, stop):
            if best < 0 or self._share[pair] > self._share[best]:
                best = pair
        self._best[hit] = best
        # The greatest is taken off before the exponential, which would overflow otherwise and changes no share.
        top = self._share[best] if best >= 0 else 0.0
        for pair in range(start, stop):
            self._share[pair] = exp(self._share[pair] - top)
            total += self._share[pair]
        for pair in range(start, stop):
            self._share[pair] /= total

    def _find_neighbours(self, begin: int, end: int) -> None:
        """Find the sure hits around each hit, and measure how near to them its candidates lie.

        What is wide tells nothing, nor does a hit of the same name or one that shares words. From one round to the
        next most neighbours mean the same as before: only where one means another place is measured again.
        """
        # Two pointers: what helps is listed in the order of the text, and each hit looks at those just before and
        # behind it, without sorting or searching.
        helpful = 0
        for hit in range(begin, end):
            row = self._best_row(hit)
            if self._sure[hit] and row >= 0 and not self._group[row] & _WIDE:
                self._helpful[begin + helpful] = hit
                helpful += 1
        behind = 0
        for hit in range(begin, end):
            if not self._told[hit]:
                continue
            # Rows of the neighbours are kept from round to round, and compared: measuring is what costs.
            changed = False
            for slot in range(_SLOTS):
                at, row = behind - _NEIGHBOURS + slot, -1
                if 0 <= at < helpful:
                    other = self._helpful[begin + at]
                    if self._tells_of(other, hit):
                        row = self._best_row(other)
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
        for pair in range(self._pairs[hit], self._pairs[hit + 1]):
            # Products of kept sines and cosines in place of a cosine for each pair: this is the innermost loop of
            # reading.
            row, count, nearest, near = self._row[pair], 0, inf, 0.0
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
            self._features[pair, _NEAR] = exp(-nearest / 5.0)
            self._features[pair, _NEAR + 1] = exp(-nearest / 20.0)
            self._features[pair, _NEAR + 2] = exp(-nearest / 80.0)
            # The mean over all neighbours, so that one that is near by chance counts less in a long list.
            self._features[pair, _NEAR + 3] = near / max(count, 1)
            self._nearest[hit] = min(self._nearest[hit], nearest)

    def _find_containers(self, begin: int, end: int) -> None:
        """Find what the text names as holding each hit: "بنش، إدلب", "Kafr Zita in Hama"; "IDLIB : Kafranbel".

        What holds the last of a list holds all: "Mleha and Busra in Daraa". So they are gone through from behind.
        """
        for hit in range(begin, end):
            self._holds[hit] = 0
        # From behind, because the last of a list is the one that stands beside what holds them all.
        for hit in range(end - 1, begin - 1, -1):
            if not self._told[hit]:
                continue
            self._before[hit] = self._find_before(hit, begin)
            container = self._find_behind(hit, end)
            if container < 0:
                following = self._find_following(hit, end)
                container = self._behind[following] if following >= 0 else -1
            self._behind[hit] = container
            row = self._best_row(hit)
            if container >= 0 and row >= 0:
                # What holds a town is a governorate or district, what holds a quarter a city: kept as bits, for both
                # may be so.
                self._holds[container] |= self._group[row] & (_TOWN | _QUARTER)

    def _find_following(self, hit: int, end: int) -> int:
        """The next name of the list that a hit is in; -1 for none."""
        last, other = self._hits[_LAST, hit], hit + 1
        while other < end and self._hits[_FIRST, other] <= last + 1:
            # Beside each other: only a comma, or what is weaker with a و, makes a list of two names.
            apart = self._hits[_FIRST, other] - last if self._told[other] else -1
            if apart == 0:
                linked: bool = self._gap[last] == _COMMA or (self._gap[last] < _COMMA and self._hits[_JOINED, other])
                return other if linked else -1
            if apart == 1:
                return other if self._classes[last] & _AND and self._gap[last] < _BRACKET else -1
            other += 1
        return -1

    def _is_unit(self, hit: int) -> bool:
        """Whether a hit is sure and means a place that can hold others."""
        row = self._best_row(hit)
        unit: bool = self._sure[hit] != 0 and row >= 0 and self._group[row] & _UNIT != 0
        return unit

    def _find_before(self, hit: int, begin: int) -> int:
        """The unit that ends right before a hit or a word before it; -1 for none."""
        first, other = self._hits[_FIRST, hit], hit - 1
        if self._hits[_JOINED, hit]:
            return -1
        # Hits are in the order of their first words, so that the search ends where no name could reach this far.
        while other >= begin and first - self._hits[_FIRST, other] <= _LONGEST_NAME:
            if self._hits[_LAST, other] <= first and self._is_unit(other):
                return other if first - self._hits[_LAST, other] <= 1 else -1
            other -= 1
        return -1

    def _find_behind(self, hit: int, end: int) -> int:
        """The first unit behind a hit, if it stands near and what is between says that it holds the hit; else -1."""
        last, other = self._hits[_LAST, hit], hit + 1
        while other < end and self._hits[_FIRST, other] <= last + _MAX_WORDS_TO_CONTAINER:
            apart = self._hits[_FIRST, other] - last
            if apart >= 0 and self._is_unit(other):
                if self._hits[_CLITIC, other] == _CLITIC_BI and apart <= _MAX_WORDS_TO_CLITIC_BI:
                    return other
                if apart == 0:
                    return other if self._gap[last] <= _BRACKET and not self._hits[_JOINED, other] else -1
                # One word for "in" among those between is enough: "Kafr Zita in the north of Hama".
                for word in range(last, last + apart):
                    if self._classes[word] & _INSIDE:
                        return other
                return -1
            other += 1
        return -1

    def _weigh_together(self, begin: int, end: int) -> None:
        """Fill in the joint features of every candidate, and choose by them and by what each has alone."""
        total, scope, word = self._count_governorates(begin, end), 0, 0
        for hit in range(begin, end):
            if not self._told[hit]:
                continue
            # A sentence that names a governorate stays in it: "In Sweida 17 mm in Shahba, 11 mm in Ein al-Arab".
            while word < self._hits[_FIRST, hit]:
                word += 1
                if self._gap[word] >= _STOP:
                    scope = 0
            for pair in range(self._pairs[hit], self._pairs[hit + 1]):
                row = self._row[pair]
                self._compare(pair, _HELD, row, self._behind[hit])
                self._compare(pair, _HELD_BEFORE, row, self._before[hit])
                self._compare_held(pair, _HOLDS_TOWN, self._group[row], self._holds[hit] & _TOWN)
                self._compare_held(pair, _HOLDS_QUARTER, self._group[row], self._holds[hit] & _QUARTER)
                governorate = self._governorate[row]
                self._features[pair, _SHARED] = self._counts[governorate] / total if governorate else 0.0
                self._features[pair, _SCOPE] = scope > 0 and scope == governorate and self._behind[hit] < 0
                # The weighted sum in place, for the features of a pair are needed once more only by those who learn.
                joint = 0.0
                for feature in range(_WIDTH):
                    joint += self._weights[feature] * self._features[pair, feature]
                self._share[pair] = self._alone[pair] + joint
            row = self._best_row(hit)
            if self._sure[hit] and row >= 0 and self._group[row] & _GOVERNORATE:
                scope = self._governorate[row]
        # Only now, when all are weighed: the choices of this round are not to be seen in it.
        for hit in range(begin, end):
            if self._told[hit]:
                self._soften(hit)

    def _compare(self, pair: int, feature: int, row: int, container: int) -> None:
        """Whether a candidate lies in the governorate, and in the district, of the place that a container means."""
        other = self._best_row(container) if container >= 0 else -1
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
            row = self._best_row(hit)
            if self._sure[hit] and row >= 0 and self._governorate[row]:
                self._counts[self._governorate[row]] += 1
                total += 1
        return max(total, 1)
