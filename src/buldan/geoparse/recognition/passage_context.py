"""By hit, what the scores of the first model for the whole passage say of it: the loop over the hits.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from math import inf, log2
from typing import Any

from buldan.geoparse.names.cues import encode_kinds, encode_roles
from buldan.geoparse.names.lexicon import Sense
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.views import HitViews, NameViews, WordViews
from buldan.thresholds import SURE, WELL_KNOWN

__all__ = ["PASSAGE_FEATURES", "PassageContext"]

PASSAGE_FEATURES = (
    # From 0: the model of the words, and the neighbours (`_fill_neighbours`).
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
    # From 16: what the rest of the passage is about (`_fill_evidence`).
    "support",
    "support, minor",
    "support, near miss",
    "support, ordinary",
    "support, known word",
    "no support",
    "no support, long",
    "no support, minor",
    "no support, minor, long",
    "no support, known word",
    "no support, ordinary",
    "no support, historical",
    "about abroad",
    "about abroad, minor",
    "about abroad, namesake",
    "ours and abroad, near",
    "support, ours and abroad",
    # From 33: what a lone name has for itself (`_fill_lone`).
    "no support, held abroad",
    "no support, kind asked",
    "no support, known for nothing else",
    "none around, known for nothing else",
    "short, none around",
    "short, none around, minor",
    "short, none around, known for nothing else",
    "held at home",
    "held at home, minor",
    "none around, settlement of several words",
    "no support, about abroad",
    "no support, about abroad, minor",
    "no support, within a name",
    "within a name",
    # From 47: names that are words, too (`_fill_ordinary`).
    "promised, near",
    "ordinary word, near",
    "ordinary word, in list",
)
"""The features in the order of their columns, by whose numbers they are filled in."""

_NAME, _FIRST, _LAST, _START = 0, 1, 2, 3
"""Rows of the table of hits (`buldan.geoparse.names.scan.Hits`)."""

_SURE, _REACH = SURE, 600
"""Log-odds from which a hit supports others, and how many flat characters away."""

_MAJOR = WELL_KNOWN
"""Salience from which on a place is known to every reader."""

_FEW_SURE, _MANY_SURE = 2, 6
_NO_SUPPORT, _MOST_SUPPORT = 0.5, 7.0
"""Support below which the rest of the passage does not speak of Syria, and above which more says no more."""

_NEIGHBOURHOOD_KM, _SHORT = 40.0, 1.0
"""How near a name that is also borne abroad is one of ours; and the length, in doublings of a short post, up to which
a passage is one line or two, in which it says little that nothing else is named."""

_NEAR_MISS, _UNKNOWN = int(Form.NEAR_MISS), int(Sense.UNKNOWN)
_ORDINARY = encode_roles("thing", "idea")
_SETTLEMENTS = encode_kinds("city,town,village,district,sub-district")
_SUPPORT, _SHARE_ABROAD, _LENGTH = 0, 2, 3
"""Rows of the evidence."""

_BEFORE, _BEHIND, _ASKED = range(3)
"""Rows of the table of lists."""

_HELD, _WITHIN, _UNPROMISED = range(3)
"""Rows of what the words around a hit state."""

_NEAREST, _AT_HOME = range(2)
"""Rows of what is near."""

_COMMON, _FEW_PLACES, _NEAR_KM = 3.0, 3, 15.0
"""Zipf value of a common word; places of a name of which one that is near tells much; and how near that is."""

_NO_DOUBT_ABROAD = 2.0
"""Added to the names counted, so that one name abroad alone does not make a text one about abroad."""


class PassageContext:
    """The features of the hits of some passages; passages do not see each other. All arguments are views of arrays.

    Args:
        hits: of the table of hits.
        words: of the text.
        names: all there are.
        lists: the table of lists (`buldan.geoparse.recognition.list_links`).
        evidence: four rows by hit (`buldan.geoparse.recognition.evidence.Evidence`).
        stated: rows by hit, of which three are read: whether the text puts it in a place abroad, whether it stands
            within the name of a person or a body, and whether it is little known and no word promises a place.
        logit: by hit, what the first model says of it.
        near: two rows by hit: how far (km) the nearest of its places lies from the sure hits around it, and whether the
            text puts it in a place of Syria in whose governorate one of that name lies.
        surest: by name, room for the hit with the greatest score; -1 everywhere, and so again at the end.
    """

    def __init__(
        self,
        hits: HitViews,
        words: WordViews,
        names: NameViews,
        lists: Any,
        evidence: Any,
        stated: Any,
        logit: Any,
        near: Any,
        surest: Any,
    ) -> None:
        self._lists, self._evidence, self._stated, self._surest = lists, evidence, stated, surest
        self._logit, self._near = logit, near
        self._hits, self._words, self._names = hits, words, names

    def fill(self, values: Any) -> None:
        """Fill in the features of every hit."""
        begin, count = 0, self._hits.table.shape[1]
        for passage in range(len(self._words.passages) - 1):
            end = begin
            while end < count and self._hits.table[_FIRST, end] < self._words.passages[passage + 1]:
                name = self._hits.table[_NAME, end]
                # The same name elsewhere in the passage: where it is surer there, it is surer here.
                if self._surest[name] < 0 or self._logit[end] > self._logit[self._surest[name]]:
                    self._surest[name] = end
                end += 1
            # Two edges move along with the hit: those within reach lie from `low` to before `high`.
            low, high, sure, abroad = begin, begin, 0, 0
            for hit in range(begin, end):
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
                self._fill_evidence(hit, values)
                self._fill_lone(hit, around == 0, values)
                self._fill_ordinary(hit, values)
            # Only what was written is put back, so that many short passages share one array.
            for hit in range(begin, end):
                self._surest[self._hits.table[_NAME, hit]] = -1
            begin = end

    def _is_elsewhere(self, hit: int) -> bool:
        """Whether a hit names a place abroad and no well-known one in Syria."""
        name = self._hits.table[_NAME, hit]
        elsewhere: bool = self._names.foreign[name] != 0 and self._names.salience[name] < _MAJOR
        return elsewhere

    def _is_abroad(self, hit: int) -> bool:
        """Whether a hit names a place abroad and is not surely in Syria."""
        return self._is_elsewhere(hit) and self._logit[hit] <= _SURE

    def _rate_list_neighbour(self, other: int) -> float:
        """What another hit of its list says of a hit; one abroad says that places are listed, not which."""
        if other < 0 or self._is_elsewhere(other):
            return 0.0
        # Cut at odds of 55 to 1 either way, and brought to about 1 as all columns are: no neighbour outvotes the
        # rest.
        said: float = min(max(self._logit[other], -4.0), 4.0) / 4.0
        return said

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
        values[hit, 3] = self._rate_list_neighbour(self._lists[_BEFORE, hit])
        values[hit, 4] = self._rate_list_neighbour(self._lists[_BEHIND, hit])
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

    def _fill_evidence(self, hit: int, values: Any) -> None:
        """What the rest of the passage is about; where it says nothing, its length counts."""
        name, said, abroad = (
            self._hits.table[_NAME, hit],
            self._evidence[_SUPPORT, hit],
            self._evidence[_SHARE_ABROAD, hit],
        )
        none = said < _NO_SUPPORT
        minor = self._names.salience[name] < _MAJOR
        known = minor and self._names.sense[name] != _UNKNOWN
        ordinary = self._names.roles[name] & _ORDINARY != 0
        # A logarithm: each doubling of the evidence counts as much as the one before; seven well-known names make 1.
        support = log2(1.0 + min(said, _MOST_SUPPORT)) / 3.0
        # A long text that never names Syria speaks against a name, a short one has had no room to.
        long = self._evidence[_LENGTH, hit] / 4.0
        values[hit, 16] = support
        values[hit, 17] = support if minor else 0.0
        values[hit, 18] = support if self._names.form[name] == _NEAR_MISS else 0.0
        values[hit, 19] = support if ordinary else 0.0
        values[hit, 20] = support if known else 0.0
        values[hit, 21] = none
        values[hit, 22] = long if none else 0.0
        values[hit, 23] = none and minor
        values[hit, 24] = long if none and minor else 0.0
        values[hit, 25] = none and known
        values[hit, 26] = none and ordinary
        values[hit, 27] = none and self._names.historical[name] != 0
        values[hit, 28] = abroad
        values[hit, 29] = abroad if minor else 0.0
        values[hit, 30] = abroad if self._names.namesake[name] != 0 else 0.0
        # A name that a place abroad bears as well is ours where its neighbours are.
        both = self._names.foreign[name] != 0 and self._names.kinds[name] != 0
        values[hit, 31] = both and self._near[_NEAREST, hit] < _NEIGHBOURHOOD_KM
        values[hit, 32] = support if both else 0.0

    def _fill_lone(self, hit: int, lone: bool, values: Any) -> None:
        """What a name that nothing else supports has for itself, and against it."""
        name, none = self._hits.table[_NAME, hit], self._evidence[_SUPPORT, hit] < _NO_SUPPORT
        short = self._evidence[_LENGTH, hit] < _SHORT
        only_place = self._names.only_place[name] != 0
        values[hit, 33] = none and self._stated[_HELD, hit] != 0
        values[hit, 34] = none and self._lists[_ASKED, hit] & self._names.kinds[name] != 0
        values[hit, 35] = none and only_place
        values[hit, 36] = lone and only_place
        values[hit, 37] = short and lone
        values[hit, 38] = short and lone and self._names.salience[name] < _MAJOR
        values[hit, 39] = short and lone and only_place
        values[hit, 40] = self._near[_AT_HOME, hit] != 0
        values[hit, 41] = self._near[_AT_HOME, hit] != 0 and self._names.salience[name] < _MAJOR
        # Two words that make the name of a village are seldom anything else, even alone.
        several = self._hits.table[_LAST, hit] - self._hits.table[_FIRST, hit] > 1
        values[hit, 42] = lone and several and only_place and self._names.kinds[name] & ~_SETTLEMENTS == 0
        abroad = self._evidence[_SHARE_ABROAD, hit] if none else 0.0
        values[hit, 43] = abroad
        values[hit, 44] = abroad if self._names.salience[name] < _MAJOR else 0.0
        values[hit, 45] = none and self._stated[_WITHIN, hit] != 0
        values[hit, 46] = self._stated[_WITHIN, hit] != 0

    def _fill_ordinary(self, hit: int, values: Any) -> None:
        """What speaks for a little known name that is a common word, too: a promise, neighbours, a list."""
        name = self._hits.table[_NAME, hit]
        if self._names.salience[name] >= _MAJOR:
            values[hit, 47], values[hit, 48], values[hit, 49] = 0.0, 0.0, 0.0
            return
        near, common = self._near[_NEAREST, hit] < _NEAR_KM, max(self._names.zipf[name] - _COMMON, 0.0)
        # Of a name that dozens of villages bear, one is always near.
        few = self._names.first[name + 1] - self._names.first[name] <= _FEW_PLACES
        values[hit, 47] = near and self._stated[_UNPROMISED, hit] == 0
        values[hit, 48] = common if near and few else 0.0
        # Between two names that are sure, or beside one, as much as that is.
        listed = max(self._rate_list_neighbour(self._lists[_BEFORE, hit]), 0.0) + max(
            self._rate_list_neighbour(self._lists[_BEHIND, hit]), 0.0
        )
        values[hit, 49] = common * listed
