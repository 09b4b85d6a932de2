"""What the text names as holding each hit: "بنش، إدلب", "Kafr Zita in Hama", "IDLIB : Kafranbel".

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from buldan.geoparse.document.flat import Gap
from buldan.geoparse.names.cues import encode_kinds, load_cues
from buldan.geoparse.names.hit_rows import CLITIC, CLITIC_BI, FIRST, JOINED, LAST
from buldan.geoparse.names.views import HitViews, WordViews
from buldan.geoparse.names.word_classes import WordClass
from buldan.geoparse.resolution.choices import BEFORE, BEHIND, HOLDS, IS_ACTIVE, Choices

__all__ = ["Containers"]

_MAX_WORDS_TO_CONTAINER, _MAX_WORDS_TO_CLITIC_BI = 4, 2
"""Words between a place and what holds it, at most; and where that has ب before it."""

_LABELLED, _LABEL_OF_TWO = 3, 2
"""Words between a place and a unit with its label that holds it, at most (صوران 1985، محافظة حلب); and words of a
label, which most have one of."""

_LONGEST_NAME = 16
"""Words of the longest name: what begins farther back than these cannot end beside a word."""

_INSIDE, _AND, _FURTHER = int(WordClass.INSIDE), int(WordClass.AND), int(WordClass.FURTHER)
_FIGURE, _UNITS = int(WordClass.FIGURE), encode_kinds("governorate,district,sub-district")
_CLITIC_BI, _COMMA, _BRACKET, _STOP = CLITIC_BI, int(Gap.COMMA), int(Gap.BRACKET), int(Gap.STOP)
"""Position of ب among the clitics of a hit; the gap between names of a list, the strongest that may part a place from
its container ("A (B)"), and that of a colon."""

_FIRST, _LAST, _CLITIC, _JOINED = FIRST, LAST, CLITIC, JOINED

_BEHIND, _BEFORE, _HOLDS, _ACTIVE = BEHIND, BEFORE, HOLDS, IS_ACTIVE
"""Rows of the table by hit (`buldan.geoparse.resolution.choices`)."""

_TOWN, _QUARTER = 4, 8
"""Bits of the groups of kinds (`buldan.geoparse.resolution.place_arrays.PlaceArrays.group`)."""


class Containers:
    """Finds the containers of the hits of some passages. All arguments are views of arrays.

    Args:
        hits: of the table of hits.
        words: of the text.
        choices: the place of each hit so far; in its table by hit, the hit that holds it behind it and before it (-1
            for none), and bits of what it holds itself are filled.
    """

    def __init__(self, hits: HitViews, words: WordViews, choices: Choices) -> None:
        self._choices, self._cues = choices, load_cues().views
        self._hits, self._words = hits, words

    def find(self, begin: int, end: int) -> None:
        """Find what the text names as holding each hit: "بنش، إدلب", "Kafr Zita in Hama"; "IDLIB : Kafranbel".

        What holds the last of a list holds all: "Mleha and Busra in Daraa". So they are gone through from behind.
        """
        for hit in range(begin, end):
            self._choices.by_hit[_HOLDS, hit] = 0
        # From behind, because the last of a list is the one that stands beside what holds them all.
        for hit in range(end - 1, begin - 1, -1):
            if not self._choices.by_hit[_ACTIVE, hit]:
                continue
            self._choices.by_hit[_BEFORE, hit] = self._find_before(hit, begin)
            container = self._find_behind(hit, end)
            if container < 0:
                following = self._find_following(hit, end)
                container = self._choices.by_hit[_BEHIND, following] if following >= 0 else -1
            self._choices.by_hit[_BEHIND, hit] = container
            row = self._choices.get_best_row(hit)
            if container >= 0 and row >= 0:
                # What holds a town is a governorate or district, what holds a quarter a city: kept as bits, for both
                # may be so.
                self._choices.by_hit[_HOLDS, container] |= self._choices.group[row] & (_TOWN | _QUARTER)

    def _find_following(self, hit: int, end: int) -> int:
        """The next name of the list that a hit is in; -1 for none."""
        last, other = self._hits.table[_LAST, hit], hit + 1
        while other < end and self._hits.table[_FIRST, other] <= last + 1:
            # Beside each other: only a comma, or what is weaker with a و, makes a list of two names.
            apart = self._hits.table[_FIRST, other] - last if self._choices.by_hit[_ACTIVE, other] else -1
            if apart == 0:
                linked: bool = self._words.gap[last] == _COMMA or (
                    self._words.gap[last] < _COMMA and self._hits.table[_JOINED, other]
                )
                return other if linked else -1
            if apart == 1:
                return other if self._words.classes[last] & _AND and self._words.gap[last] < _BRACKET else -1
            other += 1
        return -1

    def _find_before(self, hit: int, begin: int) -> int:
        """The unit that ends right before a hit or a word before it; -1 for none."""
        first, other = self._hits.table[_FIRST, hit], hit - 1
        if self._hits.table[_JOINED, hit]:
            return -1
        # Hits are in the order of their first words, so that the search ends where no name could reach this far.
        while other >= begin and first - self._hits.table[_FIRST, other] <= _LONGEST_NAME:
            if self._hits.table[_LAST, other] <= first and self._choices.is_unit(other):
                apart = first - self._hits.table[_LAST, other]
                # A label of two words has a colon: المحافظة: حلب، محل الولادة: صوران.
                labelled = apart == _LABEL_OF_TWO and self._words.gap[first] == _STOP
                return other if apart <= 1 or (labelled and self._words.gap[first - apart] <= _BRACKET) else -1
            other -= 1
        return -1

    def _find_behind(self, hit: int, end: int) -> int:
        """The first unit behind a hit, if it stands near and what is between says that it holds the hit; else -1."""
        last, other = self._hits.table[_LAST, hit], hit + 1
        while other < end and self._hits.table[_FIRST, other] <= last + _MAX_WORDS_TO_CONTAINER:
            apart = self._hits.table[_FIRST, other] - last
            if apart >= 0 and self._choices.is_unit(other):
                if self._hits.table[_CLITIC, other] == _CLITIC_BI and apart <= _MAX_WORDS_TO_CLITIC_BI:
                    return other
                if apart == 0:
                    return other if self._words.gap[last] <= _BRACKET and not self._hits.table[_JOINED, other] else -1
                # One word for "in" among those between is enough: "Kafr Zita in the north of Hama". But what a comma
                # parts farther on is another clause: "the field is idle, the ministry in Damascus said".
                if self._words.gap[last] > _BRACKET:
                    return -1
                if apart <= _LABELLED and self._is_labelled(last, last + apart):
                    return other
                # "in A and B, and began in C": C holds neither.
                if self._words.gap[last] == _COMMA and self._words.classes[last] & _FURTHER:
                    return -1
                # "at the station and in C": another place, beside the first.
                if self._words.classes[last] & _AND and self._words.classes[last + 1] & _INSIDE:
                    return -1
                for word in range(last + 1, last + apart + 1):
                    if self._words.gap[word] >= _COMMA:
                        return -1
                for word in range(last, last + apart):
                    if self._words.classes[word] & _INSIDE:
                        return other
                return -1
            other += 1
        return -1

    def _is_labelled(self, last: int, unit: int) -> bool:
        """Whether only figures and a label stand before a unit behind a place: "Suran, Governorate: Aleppo"."""
        label = unit - 1
        for word in range(last, label):
            if not self._words.classes[word] & _FIGURE:
                return False
        number = self._words.cue[label]
        asked = self._cues.announced[number] if self._words.gap[unit] == _STOP else self._cues.before[number]
        labelled: bool = asked & _UNITS != 0 and (self._words.gap[unit] < _COMMA or self._words.gap[unit] == _STOP)
        return labelled
