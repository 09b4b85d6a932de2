"""The loop over the names found in a text: which of them are hits, and the table of these.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from buldan.enumerations import NumberInArrays
from buldan.geoparse.document.flat import Gap
from buldan.geoparse.document.letter_case import LetterCase, is_latin_capital
from buldan.geoparse.names.hit_rows import CLITIC, END, FIRST, JOINED, LAST, NAME, START
from buldan.geoparse.names.lexicon import Sense
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.views import CliticViews, NameViews, WordViews
from buldan.thresholds import WELL_KNOWN

__all__ = ["HitTable", "Objection"]


class Objection(NumberInArrays, IntEnum):
    """Why what is spelled as a name is not taken for one, before any weighing."""

    NONE = 0
    LETTER_OF_THE_WORD = 1
    OURS_BEGINS_SOONER = 2
    SPOKEN_CLITIC = 3
    PARTED = 4
    ADVERB = 5
    MERE_WORD = 6


_NAME, _FIRST, _LAST, _START, _END, _CLITIC, _JOINED = NAME, FIRST, LAST, START, END, CLITIC, JOINED

_SKIP = 3
"""Row of what is found; the first three are as those of hits."""

_COMMA, _LINE = int(Gap.COMMA), int(Gap.LINE)
"""Gaps (`buldan.geoparse.document.flat.Gap`): from a comma on two words are not of one name."""

_TANWIN, _BEHIND = 0x64B, 3
"""The ending ـً, which no name of a place has (صريعًا, وفقاً), and the last characters among which it may stand."""

_NEW_LINE, _FEWEST_IN_LINE = 10, 2
"""A line's end, and the words of a line that was wrapped; names that stand below each other are a list."""

_ALEF, _LAM = map(ord, "ال")

_NOT_ASCII, _FEWEST_LETTERS, _FEWEST_SPOKEN = 128, 4, 6
"""The first code point beyond ASCII; letters below which a name in small letters is a word; and up
to which what stands behind a spoken ع may be any word."""

_COMMON, _WELL_KNOWN = 3.0, WELL_KNOWN
"""Zipf value of a common word; salience of what is a name for every reader."""

_ATTESTED, _UNKNOWN, _WORD = int(Form.ATTESTED), int(Sense.UNKNOWN), int(Sense.WORD)
_RUNNING, _SMALL = int(LetterCase.RUNNING), int(LetterCase.SMALL)
_NO_OBJECTION, _LETTER, _SOONER, _SPOKEN, _PARTED, _ADVERB, _MERE_WORD = map(int, Objection)


class HitTable:
    """Makes the table of hits of some passages. All arguments are views of arrays.

    Args:
        words: of the text.
        names: of the vocabulary.
        clitics: that may stand before a name.
    """

    def __init__(self, words: WordViews, names: NameViews, clitics: CliticViews) -> None:
        self._clitics = clitics
        self._words, self._names = words, names

    def fill(self, spelled: Any, found: int, table: Any, objections: Any) -> int:
        """Fill in the hits that may be meant, and return how many these are.

        Args:
            spelled: four rows, of what is found in the text, by first word, the longest first: the name, its first word
                and the word behind its last, the letters of its first word before it.
            found: how many these are.
            table: seven rows to be filled.
            objections: by name found, to be filled with what speaks against it (`Objection`).
        """
        begin, count = 0, 0
        while begin < found:
            end, reach, syrian_start, whole_salience = begin, 0, _FAR, 0.0
            # What else begins at this word, to see whether a letter is a clitic or the word's own.
            while end < found and spelled[_FIRST, end] == spelled[_FIRST, begin]:
                name, first, skip = spelled[_NAME, end], spelled[_FIRST, end], spelled[_SKIP, end]
                if self._get_clitic(first, skip) == 0:
                    reach = max(reach, spelled[_LAST, end])
                    whole_salience = max(whole_salience, self._rate_whole_word(name))
                elif self._names.kinds[name]:
                    syrian_start = min(syrian_start, self._find_start(name, first, skip))
                end += 1
            for at in range(begin, end):
                name, first, last, skip = (
                    spelled[_NAME, at],
                    spelled[_FIRST, at],
                    spelled[_LAST, at],
                    spelled[_SKIP, at],
                )
                objections[at] = self._find_objection(name, first, last, skip, reach, syrian_start, whole_salience)
                if objections[at] == _NO_OBJECTION:
                    table[_NAME, count], table[_FIRST, count], table[_LAST, count] = name, first, last
                    table[_START, count] = self._find_start(name, first, skip)
                    table[_END, count], table[_CLITIC, count] = (
                        self._words.starts[last] - 1,
                        self._get_clitic(first, skip),
                    )
                    joins = (
                        skip > 0 and _look_up(self._words.codes[self._words.starts[first]], self._clitics.joins) != 0
                    )
                    table[_JOINED, count] = joins
                    count += 1
            begin = end
        return count

    def _get_clitic(self, first: int, skip: int) -> int:
        """What stands before a name in its word; of several letters the last, which is nearest to the name."""
        return _look_up(self._words.codes[self._words.starts[first] + skip - 1], self._clitics.clitic_of) if skip else 0

    def _find_start(self, name: int, first: int, skip: int) -> int:
        """Where a name begins in the flat text."""
        start: int = self._words.starts[first] + skip + self._names.clitic_length[name]
        return start

    def _rate_whole_word(self, name: int) -> float:
        """How well known is what a whole word names; what may be another word is no mere village."""
        if self._names.kinds[name] == 0 or self._names.zipf[name] > 0.0:
            return _WELL_KNOWN
        salience: float = self._names.salience[name]
        return salience

    def _find_objection(
        self, name: int, first: int, last: int, skip: int, reach: int, syrian_start: int, whole_salience: float
    ) -> int:
        """What speaks against a name (`Objection`); the first of several."""
        clitic, start = self._get_clitic(first, skip), self._find_start(name, first, skip)
        if clitic and reach >= last:
            # Of two villages either may be meant, أطمة وقاح: Qah or Waqqah.
            either = (
                clitic == self._clitics.adds
                and self._names.form[name] == _ATTESTED
                and self._names.salience[name] >= whole_salience
            )
            if not either or self._names.zipf[name] > 0.0:
                return _LETTER  # the whole word begins a name that reaches as far: لبنان is not ل and بنان
        if clitic and self._names.kinds[name] == 0 and syrian_start < start:
            return _SOONER  # nor is ببيلا ب and بيلا, which is abroad
        spoken = clitic == self._clitics.spoken
        if spoken and not self._has_article(start) and not self._may_follow_spoken(name, first, last):
            return _SPOKEN
        if self._is_parted(first, last) and not (self._names.form[name] == _ATTESTED and self._is_wrapped(first, last)):
            return _PARTED
        end = self._words.starts[last] - 1
        if self._ends_in_tanwin(end):
            return _ADVERB
        if self._words.codes[start] < _NOT_ASCII and self._is_mere_word(name, first, last, end - start):
            return _MERE_WORD
        return _NO_OBJECTION

    def _has_article(self, start: int) -> bool:
        article: bool = self._words.codes[start] == _ALEF and self._words.codes[start + 1] == _LAM
        return article

    def _may_follow_spoken(self, name: int, first: int, last: int) -> bool:
        """Whether a name without article may stand behind a spoken ع: what is well known, or no other word."""
        if self._names.salience[name] >= _WELL_KNOWN:
            return True
        letters = self._words.starts[last] - self._words.starts[first]
        rare: bool = self._names.form[name] == _ATTESTED and self._names.zipf[name] == 0.0 and letters > _FEWEST_SPOKEN
        return rare

    def _is_parted(self, first: int, last: int) -> bool:
        """Whether a comma or more stands between the words of a name."""
        strongest = 0
        for word in range(first + 1, last):
            strongest = max(strongest, self._words.gap[word])
        return strongest >= _COMMA

    def _is_wrapped(self, first: int, last: int) -> bool:
        """Whether one line end alone breaks a name, behind words enough for a line that was wrapped."""
        breaks, at, others, ends = 0, 0, 0, 0
        for word in range(first + 1, last):
            if self._words.gap[word] == _LINE:
                breaks, at = breaks + 1, word
            else:
                others = max(others, self._words.gap[word])
        if breaks != 1 or others >= _COMMA:
            return False
        for place in range(
            self._words.offsets[self._words.starts[at] - 1], self._words.offsets[self._words.starts[at]]
        ):
            ends += self._words.original[place] == _NEW_LINE
        begin = at - 1
        while begin > 0 and self._words.gap[begin] < _LINE:
            begin -= 1
        return ends <= 1 and at - begin >= _FEWEST_IN_LINE

    def _ends_in_tanwin(self, end: int) -> bool:
        """Whether one of the last characters of the original is ـً; marks of vowels may stand behind it."""
        count = 0
        for back in range(1, _BEHIND + 1):
            count += self._words.original[max(self._words.offsets[end] - back, 0)] == _TANWIN
        return count > 0

    def _is_mere_word(self, name: int, first: int, last: int, letters: int) -> bool:
        """Whether its letters show a Latin hit to be a word.

        Small where names are written large ("hit", "nawa", "sarin"), and ordinary where all words are written alike,
        in a headline or in small letters throughout.
        """
        case, sense = self._words.case[first], self._names.sense[name]
        if case != _RUNNING and last - first == 1 and sense == _WORD:
            return True
        if case != _SMALL:
            return not self._has_capital(first, last)
        known = sense != _UNKNOWN or (self._names.zipf[name] >= _COMMON and self._names.salience[name] < _WELL_KNOWN)
        return known or self._names.form[name] != _ATTESTED or letters < _FEWEST_LETTERS

    def _has_capital(self, first: int, last: int) -> bool:
        """Whether any word begins with a capital letter."""
        capitals = 0
        for word in range(first, last):
            capitals += is_latin_capital(self._words.original[self._words.offsets[self._words.starts[word]]])
        return capitals > 0


_FAR = 1 << 62
"""Farther than any text."""


def _look_up(code: int, table: Any) -> int:
    """What a table by code point says; 0 beyond its end."""
    return table[code] if code < len(table) else 0
