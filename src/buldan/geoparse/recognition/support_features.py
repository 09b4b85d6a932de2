"""By hit, what the rest of its passage supports: a name that is minor, lone, or also a word needs it most.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from math import log2
from typing import Any

from buldan.geoparse.names.cues import encode_kinds, encode_roles
from buldan.geoparse.names.hit_rows import FIRST, LAST, NAME
from buldan.geoparse.names.lexicon import Sense
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.views import HitViews, NameViews
from buldan.geoparse.recognition.evidence_loop import LENGTH, SHARE_ABROAD, SUPPORT
from buldan.geoparse.recognition.list_links import ASKED
from buldan.thresholds import WELL_KNOWN

__all__ = ["SUPPORT_FEATURES", "SupportFeatures"]

SUPPORT_FEATURES = (
    # From 0: what the rest of the passage is about (`_fill_evidence`).
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
    # From 17: what a lone name has for itself (`_fill_lone`).
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
    # From 31: names that are words, too (`_fill_ordinary`).
    "promised, near",
    "ordinary word, near",
    "ordinary word, in list",
)
"""The features in the order of their columns, by whose numbers they are filled in."""

_NAME, _FIRST, _LAST = NAME, FIRST, LAST

_MAJOR = WELL_KNOWN
"""Salience from which on a place is known to every reader."""

_NO_SUPPORT, _MOST_SUPPORT = 0.5, 7.0
"""Support below which the rest of the passage does not speak of Syria, and above which more says no more."""

_NEIGHBOURHOOD_KM, _SHORT = 40.0, 1.0
"""How near a name that is also borne abroad is one of ours; and the length, in doublings of a short post, up to which
a passage is one line or two, in which it says little that nothing else is named."""

_NEAR_MISS, _UNKNOWN = int(Form.NEAR_MISS), int(Sense.UNKNOWN)
_ORDINARY = encode_roles("thing", "idea")
_SETTLEMENTS = encode_kinds("city,town,village,district,sub-district")
_SUPPORT, _SHARE_ABROAD, _LENGTH = SUPPORT, SHARE_ABROAD, LENGTH
"""Rows of the evidence."""

_ASKED = ASKED
"""Row of the table of lists: the kinds that the words before a list ask for."""

_HELD, _WITHIN, _UNPROMISED = range(3)
"""Rows of what the words around a hit state."""

_NEAREST, _AT_HOME = range(2)
"""Rows of what is near."""

_COMMON, _FEW_PLACES, _NEAR_KM = 3.0, 3, 15.0
"""Zipf value of a common word; places of a name of which one that is near tells much; and how near that is."""


class SupportFeatures:
    """The features of the hits of some passages that say what supports each. All arguments are views of arrays.

    Args:
        hits: of the table of hits.
        names: all there are.
        lists: the table of lists (`buldan.geoparse.recognition.list_links`).
        evidence: four rows by hit (`buldan.geoparse.recognition.evidence.Evidence`).
        stated: rows by hit, of which three are read: whether the text puts it in a place abroad, whether it stands
            within the name of a person or a body, and whether it is little known and no word promises a place.
        near: two rows by hit: how far (km) the nearest of its places lies from the sure hits around it, and whether the
            text puts it in a place of Syria in whose governorate one of that name lies.
    """

    def __init__(self, hits: HitViews, names: NameViews, lists: Any, evidence: Any, stated: Any, near: Any) -> None:
        self._hits, self._names = hits, names
        self._lists, self._evidence, self._stated, self._near = lists, evidence, stated, near

    def fill(self, hit: int, at: int, lone: bool, listed: float, values: Any) -> None:
        """Fill in the features of a hit from column `at` on.

        `lone` is whether nothing sure is near it in the text; `listed` is how sure its neighbours in a list are.
        """
        self._fill_evidence(hit, at, values)
        self._fill_lone(hit, at, lone, values)
        self._fill_ordinary(hit, at, listed, values)

    def _fill_evidence(self, hit: int, at: int, values: Any) -> None:
        """What the rest of the passage is about; where it says nothing, its length counts."""
        name, evidence = self._hits.table[_NAME, hit], self._evidence[_SUPPORT, hit]
        abroad = self._evidence[_SHARE_ABROAD, hit]
        none = evidence < _NO_SUPPORT
        minor = self._names.salience[name] < _MAJOR
        known = minor and self._names.sense[name] != _UNKNOWN
        ordinary = self._names.roles[name] & _ORDINARY != 0
        # A logarithm: each doubling of the evidence counts as much as the one before; seven well-known names make 1.
        support = log2(1.0 + min(evidence, _MOST_SUPPORT)) / 3.0
        # A long text that never names Syria speaks against a name, a short one has had no room to.
        long = self._evidence[_LENGTH, hit] / 4.0
        values[hit, at] = support
        values[hit, at + 1] = support if minor else 0.0
        values[hit, at + 2] = support if self._names.form[name] == _NEAR_MISS else 0.0
        values[hit, at + 3] = support if ordinary else 0.0
        values[hit, at + 4] = support if known else 0.0
        values[hit, at + 5] = none
        values[hit, at + 6] = long if none else 0.0
        values[hit, at + 7] = none and minor
        values[hit, at + 8] = long if none and minor else 0.0
        values[hit, at + 9] = none and known
        values[hit, at + 10] = none and ordinary
        values[hit, at + 11] = none and self._names.historical[name] != 0
        values[hit, at + 12] = abroad
        values[hit, at + 13] = abroad if minor else 0.0
        values[hit, at + 14] = abroad if self._names.namesake[name] != 0 else 0.0
        # A name that a place abroad bears as well is ours where its neighbours are.
        both = self._names.foreign[name] != 0 and self._names.kinds[name] != 0
        values[hit, at + 15] = both and self._near[_NEAREST, hit] < _NEIGHBOURHOOD_KM
        values[hit, at + 16] = support if both else 0.0

    def _fill_lone(self, hit: int, at: int, lone: bool, values: Any) -> None:
        """What a name that nothing else supports has for itself, and against it."""
        name, none = self._hits.table[_NAME, hit], self._evidence[_SUPPORT, hit] < _NO_SUPPORT
        short = self._evidence[_LENGTH, hit] < _SHORT
        only_place = self._names.only_place[name] != 0
        values[hit, at + 17] = none and self._stated[_HELD, hit] != 0
        values[hit, at + 18] = none and self._lists[_ASKED, hit] & self._names.kinds[name] != 0
        values[hit, at + 19] = none and only_place
        values[hit, at + 20] = lone and only_place
        values[hit, at + 21] = short and lone
        values[hit, at + 22] = short and lone and self._names.salience[name] < _MAJOR
        values[hit, at + 23] = short and lone and only_place
        values[hit, at + 24] = self._near[_AT_HOME, hit] != 0
        values[hit, at + 25] = self._near[_AT_HOME, hit] != 0 and self._names.salience[name] < _MAJOR
        # Two words that make the name of a village are seldom anything else, even alone.
        several = self._hits.table[_LAST, hit] - self._hits.table[_FIRST, hit] > 1
        values[hit, at + 26] = lone and several and only_place and self._names.kinds[name] & ~_SETTLEMENTS == 0
        abroad = self._evidence[_SHARE_ABROAD, hit] if none else 0.0
        values[hit, at + 27] = abroad
        values[hit, at + 28] = abroad if self._names.salience[name] < _MAJOR else 0.0
        values[hit, at + 29] = none and self._stated[_WITHIN, hit] != 0
        values[hit, at + 30] = self._stated[_WITHIN, hit] != 0

    def _fill_ordinary(self, hit: int, at: int, listed: float, values: Any) -> None:
        """What speaks for a little known name that is a common word, too: a promise, neighbours, a list."""
        name = self._hits.table[_NAME, hit]
        if self._names.salience[name] >= _MAJOR:
            values[hit, at + 31] = values[hit, at + 32] = values[hit, at + 33] = 0.0
            return
        near, common = self._near[_NEAREST, hit] < _NEAR_KM, max(self._names.zipf[name] - _COMMON, 0.0)
        # Of a name that dozens of villages bear, one is always near.
        few = self._names.first[name + 1] - self._names.first[name] <= _FEW_PLACES
        values[hit, at + 31] = near and self._stated[_UNPROMISED, hit] == 0
        values[hit, at + 32] = common if near and few else 0.0
        # Between two names that are sure, or beside one, as much as that is.
        values[hit, at + 33] = common * listed
