"""Whether the text puts a name in a place abroad: ربيعة في نينوى, "Hit, Iraq", "the Iraqi town of Hit", "Palmyra, Pa.".

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.document.flat import Gap
from buldan.geoparse.names.cues import encode_roles
from buldan.geoparse.names.hit_rows import CLITIC, CLITIC_BI, FIRST, LAST, NAME
from buldan.geoparse.names.views import CueViews, HitViews, NameViews, WordViews
from buldan.geoparse.names.word_classes import WordClass
from buldan.geoparse.recognition.original_letters import OriginalLetters
from buldan.thresholds import WELL_KNOWN

__all__ = ["HeldAbroad"]

_REACH, _LIST_REACH, _DEMONYM_REACH = 3, 8, 5
"""Words behind a hit in which "in" and a place abroad are sought, and so many where they are of a list of names; before
"of", in which a state's adjective is."""

_MAJOR = WELL_KNOWN
"""Salience from which on a name is too well known to be one of a list abroad."""

_COMMA, _BRACKET = int(Gap.COMMA), int(Gap.BRACKET)
"""Gaps (`buldan.geoparse.document.flat.Gap`)."""

_NAME, _FIRST, _LAST, _CLITIC, _CLITIC_BI = NAME, FIRST, LAST, CLITIC, CLITIC_BI

_TRIGGER, _STATE, _TOWARD = encode_roles("trigger"), encode_roles("state abroad"), encode_roles("direction")
_DEMONYM, _OF_ABROAD = encode_roles("demonym abroad"), encode_roles("demonym abroad", "address abroad")
_OF, _INSIDE, _ARTICLE, _AND = map(int, (WordClass.OF, WordClass.INSIDE, WordClass.ARTICLE, WordClass.AND))

_LEADING = _OF | _INSIDE | _ARTICLE
"""Words that may stand between a comma and the name that holds the one before it."""


class HeldAbroad:
    """What holds the hits of some passages. All arguments are views of arrays but for `letters`.

    Args:
        hits: the table of hits.
        words: of the text.
        names, cues: all there are.
        letters: of the original.
        begins: by word and one more, 0 everywhere: room for what begins there (1 a place abroad, 2 one with ب before
            it).
    """

    def __init__(
        self, hits: HitViews, words: WordViews, names: NameViews, cues: CueViews, letters: OriginalLetters, begins: Any
    ) -> None:
        self._letters, self._begins = letters, begins
        self._hits, self._words, self._names, self._cues = hits, words, names, cues

    def mark_places_abroad(self, begin: int, end: int) -> None:
        """Mark the words at which places abroad begin: 1, and 2 where ب stands before one."""
        for hit in range(begin, end):
            if self._names.is_only_abroad(self._hits.table[_NAME, hit]):
                self._begins[self._hits.table[_FIRST, hit]] |= 2 if self._hits.table[_CLITIC, hit] == _CLITIC_BI else 1

    def is_held(self, hit: int, first_word: int, stop: int) -> bool:
        """Whether the text puts a hit in a place abroad: ربيعة في نينوى, "Hit, Iraq", "the Iraqi town of Hit"."""
        first, last = self._hits.table[_FIRST, hit], self._hits.table[_LAST, hit]
        if first - 1 > first_word and self._words.classes[first - 1] & _OF:
            # "The Iraqi town of Hit": the adjective stands a few words before "of".
            for word in range(max(first - _DEMONYM_REACH, first_word), first):
                if self._cues.roles[self._words.cue[word]] & _DEMONYM:
                    return True
        if last < stop and _COMMA <= self._words.gap[last] <= _BRACKET:
            # "Hit, Iraq", "Hawija, south of Mosul", "Rutba, in the Anbar"
            for word in range(last, min(last + _REACH, stop)):
                if word > last and self._words.gap[word] >= _COMMA:
                    break
                if self._begins[word]:
                    return True
                if self._cues.roles[self._words.cue[word]] & _TOWARD == 0 and self._words.classes[word] & _LEADING == 0:
                    break
        if last < stop and self._words.gap[last] < _COMMA and self._cues.roles[self._words.cue[last]] & _OF_ABROAD:
            return True  # مدينة سوسة التونسية, "Homs County"
        # Through to the word for "in" and then to a name abroad, or to one with ب at once; a comma ends it.
        is_inside, word, listed = False, last, self._names.salience[self._hits.table[_NAME, hit]] < _MAJOR
        while word < stop and self._words.gap[word] < _COMMA:
            if word > last + (_LIST_REACH if listed else _REACH):
                break
            if (self._begins[word] & 2 and word == last) or (is_inside and self._begins[word]):
                return True
            listed = listed and self._may_be_listed(word)
            is_inside = (
                is_inside
                or self._words.classes[word] & _INSIDE != 0
                or self._cues.roles[self._words.cue[word]] & _TOWARD != 0
            )
            word += 1
        return False

    def _may_be_listed(self, word: int) -> bool:
        """Whether a word may stand between a name of a list and what holds all: "Kafr Kila and Khiam in Lebanon"."""
        of_list = self._words.classes[word] & (_AND | _INSIDE | _ARTICLE) != 0
        of_list = of_list or self._cues.roles[self._words.cue[word]] & _TOWARD != 0
        return of_list or self._letters.begins_with_capital(word)

    def is_in_state(self, last: int, stop: int) -> bool:
        """Whether a comma and a state abroad stand behind a hit: "Palmyra, Pa.", "Aleppo Township, Pennsylvania"."""
        at = last
        if at < stop and self._words.gap[at] < _COMMA and self._cues.roles[self._words.cue[at]] & _TRIGGER:
            at += 1
        if (
            at >= stop
            or self._words.gap[at] < _COMMA
            or self._words.gap[at] > _BRACKET
            or not self._letters.begins_with_capital(at)
        ):
            return False
        if self._cues.roles[self._words.cue[at]] & _STATE:
            return True
        # A cue of two words is that of the second: New York.
        return (
            at + 1 < stop
            and self._words.gap[at + 1] < _COMMA
            and self._cues.roles[self._words.cue[at + 1]] & _STATE != 0
        )
