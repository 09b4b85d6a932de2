"""Which hits are in one list, and the kinds that the words beside one ask of all: the loop over the hits.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.document.flat import Gap
from buldan.geoparse.names.cues import encode_roles
from buldan.geoparse.names.hit_rows import CLITIC, CLITIC_BI, FIRST, JOINED, LAST, START
from buldan.geoparse.names.views import CueViews, HitViews, WordViews
from buldan.geoparse.names.word_classes import WordClass

__all__ = ["ASKED", "BEFORE", "BEHIND", "ROWS", "ListLinks"]

_FIRST, _LAST, _START, _CLITIC, _JOINED, _CLITIC_BI = FIRST, LAST, START, CLITIC, JOINED, CLITIC_BI

ROWS = 7
BEFORE, BEHIND, ASKED, _OWN, _HEADED, _ENDING, _BEGINNING = range(ROWS)
"""Rows of the table of lists: by hit, the hits before and behind it in its list, or -1; bits of the kinds that are
asked of it; whether by words of its own; bits of the kinds that a heading asks of it. By word, the longest hit that
ends, and that begins there, or -1."""

_BEFORE, _BEHIND, _ASKED = BEFORE, BEHIND, ASKED

_COMMA, _BRACKET, _STOP = int(Gap.COMMA), int(Gap.BRACKET), int(Gap.STOP)
"""Gaps (`buldan.geoparse.document.flat.Gap`): what a list may have between its names, at most a bracket; and the colon
that may stand before it."""

_COLON = ord(":")

_AND, _GOES_ON = int(WordClass.AND), int(WordClass.AND | WordClass.TRAILING)
"""Words that link the names of a list; and those behind a name after which a list may go on."""

_ONWARD = int(WordClass.ONWARD)
"""Words that link the stations of a way, alone or behind one that links a list: من حمص إلى الوعر ثم إلى حماة."""

_FIGURE, _CALENDAR = int(WordClass.FIGURE), encode_roles("calendar")

_HANDED_ON, _ANNOUNCED, _LONGEST_ITEM = 6, 60, 5
"""Names of a list that are asked as the first, or the last, of them is; words behind a colon that are asked by what
stands before it, and words of one item there, at most."""

_BEFORE_COLON, _DATE = 4, 6
"""Words before a colon among which is the one that asks: "the following quarters of Damascus:"; words of a date between
them and the colon, at most."""

_IN_SCHEDULE, _MOST_OTHERS = 4, 1
"""Words between two names of a schedule, at most, and those of them that are neither figures nor days ("mm", "trucks",
الساعة)."""


class ListLinks:
    """Links the hits of some passages that are in one list. All arguments are views of arrays.

    Args:
        hits: of the table of hits.
        words: of the text.
        cues: all there are.
        lists: the table of lists, to be filled; as wide as there are hits, or words and two more.
    """

    def __init__(self, hits: HitViews, words: WordViews, cues: CueViews, lists: Any) -> None:
        self._lists = lists
        self._hits, self._words, self._cues = hits, words, cues

    def fill(self) -> None:
        """Fill in the hits before and behind each in its list, and the kinds that are asked of it."""
        count = self._hits.table.shape[1]
        for word in range(len(self._words.gap) + 1):
            self._lists[_ENDING, word] = self._lists[_BEGINNING, word] = -1
        # Noted by word beforehand, so that the neighbours of a hit need no search.
        for hit in range(count):
            self._note_if_longest(hit, _ENDING, self._hits.table[_LAST, hit])
            self._note_if_longest(hit, _BEGINNING, self._hits.table[_FIRST, hit])
        passage = 0
        for hit in range(count):
            first, last = self._hits.table[_FIRST, hit], self._hits.table[_LAST, hit]
            while first >= self._words.passages[passage + 1]:
                passage += 1
            previous = self._find_previous(first, self._words.passages[passage])
            following = self._find_following(last, self._words.passages[passage + 1])
            # A name with ب alone before it holds the one in front of it and is not in its list, حضر بالقنيطرة; with و
            # before that, it is: بحمص وبحماة.
            self._lists[_BEFORE, hit] = -1 if self._is_holder(hit) else previous
            self._lists[_BEHIND, hit] = -1 if following >= 0 and self._is_holder(following) else following
            self._lists[_ASKED, hit] = self._find_asked_beside(first, last)
            self._lists[_OWN, hit] = self._lists[_ASKED, hit] != 0
        # After the others, because it joins only names that no list has joined yet.
        self._link_schedules()
        for hit in range(count):
            # The kinds that a name's own words ask for go before those that its list asks for.
            if self._lists[_OWN, hit]:
                self._lists[_HEADED, hit] = 0
                continue
            headed = self._find_announced(hit)
            before = self._lists[_BEFORE, hit]
            # A table in a line has colons and slashes of its own: "by governorate: Idleb: 12 / Aleppo: 7".
            if headed == 0 and 0 <= before < hit:
                headed = self._lists[_HEADED, before]
            self._lists[_HEADED, hit] = headed
            self._lists[_ASKED, hit] = self._find_handed_on(hit, _BEFORE) | self._find_handed_on(hit, _BEHIND) | headed

    def _find_previous(self, first: int, begin: int) -> int:
        """The hit before the words that link a name to it; -1 for none."""
        if first > begin and self._words.classes[first - 1] & (_AND | _ONWARD):
            word = first - 1
            if word > begin and self._words.classes[word] & _ONWARD and self._words.classes[word - 1] & _AND:
                word -= 1
            found: int = self._lists[_ENDING, word] if word > begin else -1
            return found
        beside: int = self._lists[_ENDING, first] if self._words.gap[first] <= _BRACKET else -1
        return beside

    def _find_following(self, last: int, stop: int) -> int:
        """The hit behind the words that link it to a name; -1 for none."""
        if last < stop and self._words.classes[last] & (_GOES_ON | _ONWARD):
            word = last + 1
            if word < stop and self._words.classes[last] & _AND and self._words.classes[word] & _ONWARD:
                word += 1
            found: int = self._lists[_BEGINNING, word] if word < stop else -1
            return found
        beside: int = self._lists[_BEGINNING, last] if self._words.gap[last] <= _BRACKET else -1
        return beside

    def _link_schedules(self) -> None:
        """Link names that figures or days part: "Damascus 12, Safita 40", "Monday: Tel Brak, 4 trucks. Tuesday: …"."""
        passage = 0
        for hit in range(self._hits.table.shape[1]):
            last = self._hits.table[_LAST, hit]
            while self._hits.table[_FIRST, hit] >= self._words.passages[passage + 1]:
                passage += 1
            if self._lists[_BEHIND, hit] >= 0 or self._lists[_ENDING, last] != hit:
                continue
            figures, others, word, stop = 0, 0, last, self._words.passages[passage + 1]
            while word < stop and word < last + _IN_SCHEDULE and others <= _MOST_OTHERS:
                if self._is_of_schedule(word):
                    figures += 1
                else:
                    others += 1
                word += 1
                following = self._lists[_BEGINNING, word]
                if figures and others <= _MOST_OTHERS and following >= 0:
                    if word < stop and self._lists[_BEFORE, following] < 0:
                        self._lists[_BEHIND, hit], self._lists[_BEFORE, following] = following, hit
                    break

    def _find_asked_beside(self, first: int, last: int) -> int:
        """Bits of the kinds that the word behind a name asks of it, else the one before: "area of Aleppo Province"."""
        asked: int = self._cues.after[self._words.cue[last]] if self._words.gap[last] < _COMMA else 0
        if asked == 0 and self._words.gap[first] < _COMMA:
            asked = self._cues.before[self._words.cue[first - 1]]
        return asked

    def _is_holder(self, hit: int) -> bool:
        """Whether ب alone stands before a hit in its word."""
        holds: bool = (
            self._hits.table[_CLITIC, hit] == _CLITIC_BI
            and self._hits.table[_START, hit] - self._words.starts[self._hits.table[_FIRST, hit]] == 1
        )
        return holds

    def _note_if_longest(self, hit: int, edge: int, word: int) -> None:
        """Note a hit as the longest that ends, or begins, at a word, in that row, unless one longer is noted."""
        other = self._lists[edge, word]
        if other < 0 or self._count_words(hit) >= self._count_words(other):
            self._lists[edge, word] = hit

    def _count_words(self, hit: int) -> int:
        words: int = self._hits.table[_LAST, hit] - self._hits.table[_FIRST, hit]
        return words

    def _find_announced(self, hit: int) -> int:
        """Bits of the kinds that words before the colon of a list ask of a name in it; 0 where there is no such list.

        "in two governorates: Aleppo and Hama", المحافظات التالية: حلب; so does the head of a group: المجموعة ب: هنانو.
        The name must begin an item of the list; the other items may be names or any words.
        """
        word, item = self._hits.table[_FIRST, hit], 0
        begins = self._words.gap[word] >= _COMMA or self._hits.table[_JOINED, hit] != 0
        if not begins and not (word and self._words.classes[word - 1] & _AND):
            return 0
        for _ in range(_ANNOUNCED):
            if word < 1 or item > _LONGEST_ITEM:
                return 0
            # A list may begin on the line below its heading.
            if self._words.gap[word] >= _STOP:
                # What ends a sentence announces nothing: "The province was split. Hama and Homs …".
                return self._find_asked_by_heading(word) if self._is_at_colon(word) else 0
            # An item of many words is a sentence, and what stands before its colon is no announcement.
            item = 0 if self._words.gap[word] == _COMMA or self._words.classes[word] & _AND else item + 1
            word -= 1
        return 0

    def _find_asked_by_heading(self, word: int) -> int:
        """Bits of the kinds that the words before the colon in front of a word ask of a list behind it."""
        # A date may stand between: "by governorate, 1-7 February:", حسب المحافظات (حزيران 2024):
        end = word
        while (
            end > 2
            and word - end < _DATE
            and (self._is_of_schedule(end - 1) or (self._words.gap[end - 1] < _COMMA and self._is_of_schedule(end - 2)))
        ):
            end -= 1
        for back in range(1, min(_BEFORE_COLON, end) + 1):
            asked: int = self._cues.announced[self._words.cue[end - back]]
            if asked:
                return asked
            gap = self._words.gap[end - back]
            if gap == _COMMA or gap >= _STOP:
                return 0
        return 0

    def _is_of_schedule(self, word: int) -> bool:
        """Whether a word is a figure, or of a calendar."""
        found: bool = (
            self._words.classes[word] & _FIGURE != 0 or self._cues.roles[self._words.cue[word]] & _CALENDAR != 0
        )
        return found

    def _is_at_colon(self, word: int) -> bool:
        """Whether a colon stands before a word."""
        begin, end = self._words.offsets[self._words.starts[word] - 1], self._words.offsets[self._words.starts[word]]
        at = begin
        while at < end and self._words.original[at] != _COLON:
            at += 1
        found: bool = at < end
        return found

    def _find_handed_on(self, hit: int, side: int) -> int:
        """Bits of the kinds that the word beside the first, or last, name of a list asks of all: محافظتي حماة وحمص."""
        at = hit
        for _ in range(_HANDED_ON + 1):
            edge = self._hits.table[_FIRST, at] if side == _BEFORE else self._hits.table[_LAST, at]
            if self._words.gap[edge] < _COMMA:
                number = self._words.cue[edge - 1] if side == _BEFORE else self._words.cue[edge]
                found: int = self._cues.before[number] if side == _BEFORE else self._cues.after[number]
                if found and self._cues.many[number]:
                    return found
            # A name that is asked for itself begins a list of its own: "the town of A and the villages of B and C".
            if self._lists[_OWN, at] or self._lists[side, at] < 0:
                return 0
            at = self._lists[side, at]
        return 0
