"""By hit, what the scores of the first model say of it together with those around it: the loop over the hits.

What the rest of the passage supports is in `support_features`.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from math import inf
from typing import Any

from buldan.geoparse.names.hit_rows import FIRST, NAME, START
from buldan.geoparse.names.views import HitViews, NameViews, WordViews
from buldan.geoparse.recognition.list_links import BEFORE, BEHIND
from buldan.geoparse.recognition.support_features import SUPPORT_FEATURES, SupportFeatures
from buldan.thresholds import SURE, WELL_KNOWN

__all__ = ["PASSAGE_FEATURES", "PassageContext"]

_NEIGHBOUR_FEATURES = (
    "always",
    "first model",
    "same name is surer elsewhere",
    "in list before",
    "in list after",
    "sure ones around: none",
    "sure ones around: 1-2",
    "sure ones around: 6+",
    "near: 5 km",
    "near: 15 km",
    "near: 40 km",
    "far: 120 km",
    "minor, none around",
    "abroad around",
    "abroad around, minor",
    "minor, near",
)
"""What the first model and the hits around say, in the order of their columns, by whose numbers they are filled in."""

PASSAGE_FEATURES = (*_NEIGHBOUR_FEATURES, *SUPPORT_FEATURES)
"""All features of the second model."""

_LIST_BEFORE, _LIST_AFTER = 3, 4
"""Columns of what the neighbours in a list say."""

_SUPPORT_FEATURES = len(_NEIGHBOUR_FEATURES)
"""Column of the first of what supports a hit."""

_NAME, _FIRST, _START = NAME, FIRST, START

_SURE, _REACH = SURE, 600
"""Log-odds from which a hit supports others, and how many flat characters away."""

_MAJOR = WELL_KNOWN
"""Salience from which on a place is known to every reader."""

_LONG_PARAGRAPH = 30
"""Words from which on a paragraph of a page names its own neighbours: its next one may be another item of news."""

_FEW_SURE, _MANY_SURE = 2, 6
"""Up to how many sure hits around are few, and from how many on they are many."""

_BEFORE, _BEHIND = BEFORE, BEHIND
"""Rows of the table of lists."""

_NEAREST = 0
"""Row of what is near."""

_NO_DOUBT_ABROAD = 2.0
"""Added to the names counted, so that one name abroad alone does not make a text one about abroad."""


class PassageContext:
    """The features of the hits of some passages; passages do not see each other. All arguments are views of arrays.

    Args:
        hits: of the table of hits.
        words: of the text.
        names: all there are.
        lists: the table of lists (`buldan.geoparse.recognition.list_links`).
        paragraphs: the word at which each paragraph begins, those of one passage behind another's; one more, the
            number of words.
        logit: by hit, what the first model says of it.
        near: rows by hit, of which the first is read: how far (km) the nearest of its places lies from the sure hits
            around it.
        surest: by name, room for the hit with the greatest score; -1 everywhere, and so again at the end.
        support: of the same hits.
    """

    def __init__(
        self,
        hits: HitViews,
        words: WordViews,
        names: NameViews,
        lists: Any,
        paragraphs: Any,
        logit: Any,
        near: Any,
        surest: Any,
        support: SupportFeatures,
    ) -> None:
        self._lists, self._surest, self._support = lists, surest, support
        self._logit, self._near, self._paragraphs = logit, near, paragraphs
        self._hits, self._words, self._names = hits, words, names

    def fill(self, values: Any) -> None:
        """Fill in the features of every hit."""
        begin, count, paragraph = 0, self._hits.table.shape[1], 0
        for passage in range(len(self._words.passages) - 1):
            stop = self._words.passages[passage + 1]
            end = begin
            while end < count and self._hits.table[_FIRST, end] < stop:
                name = self._hits.table[_NAME, end]
                # The same name elsewhere in the passage: where it is surer there, it is surer here.
                if self._surest[name] < 0 or self._logit[end] > self._logit[self._surest[name]]:
                    self._surest[name] = end
                end += 1
            first = begin
            while self._paragraphs[paragraph] < stop:
                behind = self._paragraphs[paragraph + 1]
                last = first
                while last < end and self._hits.table[_FIRST, last] < behind:
                    last += 1
                # A line of a list, or a heading, has its neighbours in the paragraphs around.
                if behind - self._paragraphs[paragraph] >= _LONG_PARAGRAPH:
                    self._fill_paragraph(first, last, first, last, values)
                else:
                    self._fill_paragraph(first, last, begin, end, values)
                first, paragraph = last, paragraph + 1
            # Only what was written is put back, so that many short passages share one array.
            for hit in range(begin, end):
                self._surest[self._hits.table[_NAME, hit]] = -1
            begin = end

    def _fill_paragraph(self, first: int, last: int, begin: int, end: int, values: Any) -> None:
        """Fill in the features of hits `first` to `last`, whose neighbours are among `begin` to `end`."""
        if first == last:
            return
        # Two edges move along with the hit: those within reach lie from `low` to before `high`.
        low, sure, abroad = first, 0, 0
        while low > begin and self._hits.table[_START, low - 1] >= self._hits.table[_START, first] - _REACH:
            low -= 1
        high = low
        for hit in range(first, last):
            start = self._hits.table[_START, hit]
            while high < end and self._hits.table[_START, high] < start + _REACH:
                sure += self._logit[high] > _SURE
                abroad += self._is_abroad(high)
                high += 1
            while self._hits.table[_START, low] < start - _REACH:
                sure -= self._logit[low] > _SURE
                abroad -= self._is_abroad(low)
                low += 1
            # Without the hit itself, which must not support itself.
            around = sure - (self._logit[hit] > _SURE)
            self._fill_neighbours(hit, around, abroad - self._is_abroad(hit), values)
            listed = max(values[hit, _LIST_BEFORE], 0.0) + max(values[hit, _LIST_AFTER], 0.0)
            self._support.fill(hit, _SUPPORT_FEATURES, around == 0, listed, values)

    def _is_abroad(self, hit: int) -> bool:
        """Whether a hit names a place abroad and is not surely in Syria."""
        return self._names.is_only_abroad(self._hits.table[_NAME, hit]) and self._logit[hit] <= _SURE

    def _rate_list_neighbour(self, other: int) -> float:
        """What another hit of its list says of a hit; one abroad says that places are listed, not which."""
        if other < 0 or self._names.is_only_abroad(self._hits.table[_NAME, other]):
            return 0.0
        # Cut at odds of 55 to 1 either way, and brought to about 1 as all columns are: none outvotes the rest.
        rating: float = min(max(self._logit[other], -4.0), 4.0) / 4.0
        return rating

    def _fill_neighbours(self, hit: int, around: int, abroad: int, values: Any) -> None:
        """What the hits around say; `around` are the sure ones, `abroad` those that name places abroad."""
        name, km, logit = self._hits.table[_NAME, hit], self._near[_NEAREST, hit], self._logit[hit]
        minor = self._names.salience[name] < _MAJOR
        # A share and no count: three names abroad among thirty of ours say little.
        share_abroad = abroad / (abroad + around + _NO_DOUBT_ABROAD)
        values[hit, 0] = 1.0
        values[hit, 1] = min(max(logit, -8.0), 8.0) / 4.0
        # Only how much surer it is elsewhere counts; that it is less sure there says nothing against it here.
        values[hit, 2] = min(max(self._logit[self._surest[name]] - logit, 0.0), 6.0) / 4.0
        values[hit, _LIST_BEFORE] = self._rate_list_neighbour(self._lists[_BEFORE, hit])
        values[hit, _LIST_AFTER] = self._rate_list_neighbour(self._lists[_BEHIND, hit])
        # None, few, some (the constant) and many: the first neighbour says more than the tenth.
        values[hit, 5] = around == 0
        values[hit, 6] = 0 < around <= _FEW_SURE
        values[hit, 7] = around >= _MANY_SURE
        # Bands and no distance, for what is 400 km away is no likelier than what is 200.
        values[hit, 8] = km < 5
        values[hit, 9] = 5 <= km < 15
        values[hit, 10] = 15 <= km < 40
        values[hit, 11] = 120 <= km < inf
        values[hit, 12] = around == 0 and minor
        values[hit, 13] = share_abroad
        values[hit, 14] = share_abroad if minor else 0.0
        values[hit, 15] = km < 15 and minor
