"""Which hits are in one list, and the kinds that the words beside one ask of all: the loop over the hits.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.names.cues import encode_roles
from buldan.geoparse.names.views import CueViews, HitViews, WordViews
from buldan.geoparse.names.word_classes import WordClass

__all__ = ["ASKED", "ROWS", "link_lists"]

_FIRST, _LAST, _START, _CLITIC, _JOINED, _CLITIC_BI = 1, 2, 3, 5, 6, 2
"""Rows of the table of hits (`buldan.geoparse.names.scan.Hits`), and the number of the clitic ب."""

_BEFORE, _BEHIND, _ASKED, _OWN, _ENDING, _BEGINNING = range(6)
"""Rows of the table of lists: by hit, the hits before and behind it in its list, or -1; bits of the kinds that are
asked of it; whether by words of its own. By word, the longest hit that ends, and that begins there, or -1."""

ASKED, ROWS = 2, 6

_COMMA, _BRACKET, _STOP = 3, 4, 5
"""Gaps (`buldan.geoparse.document.flat.Gap`): what a list may have between its names, at most a bracket; and the colon
that may stand before it."""

_AND, _GOES_ON = int(WordClass.AND), int(WordClass.AND | WordClass.TRAILING)
"""Words that link the names of a list; and those behind a name after which a list may go on."""

_ONWARD = int(WordClass.ONWARD)
"""Words that link the stations of a way, alone or behind one that links a list: من حمص إلى الوعر ثم إلى حماة."""

_FIGURE, _CALENDAR = int(WordClass.FIGURE), encode_roles("calendar")

_HANDED_ON, _ANNOUNCED, _LONGEST_ITEM = 6, 60, 5
"""Names of a list that are asked as the first, or the last, of them is; words behind a colon that are asked by what
stands before it, and words of one item there, at most."""

_BEFORE_COLON = 4
"""Words before a colon among which is the one that asks: "the following quarters of Damascus:"."""

_IN_SCHEDULE, _MOST_OTHERS = 4, 1
"""Words between two names of a schedule, at most, and those of them that are neither figures nor days ("mm", "trucks",
الساعة)."""


def link_lists(hit_views: HitViews, words: WordViews, cues: CueViews, lists: Any) -> None:
    """Fill in the hits before and behind each in its list, and the kinds that are asked of it.

    Args:
        hit_views: of the table of hits.
        words: of the text.
        cues: all there are.
        lists: the table of lists, to be filled; as wide as there are hits, or words and two more.
    """
    hits = hit_views.table
    passages, gap, starts = words.passages, words.gap, words.starts
    cue, classes = words.cue, words.classes
    before, after, announced, many = cues.before, cues.after, cues.announced, cues.many
    count = hits.shape[1]
    for word in range(len(gap) + 1):
        lists[_ENDING, word] = lists[_BEGINNING, word] = -1
    # Noted by word beforehand, so that the neighbours of a hit need no search.
    for hit in range(count):
        _note_if_longest(hit, hits, lists, _ENDING, hits[_LAST, hit])
        _note_if_longest(hit, hits, lists, _BEGINNING, hits[_FIRST, hit])
    passage = 0
    for hit in range(count):
        first, last = hits[_FIRST, hit], hits[_LAST, hit]
        while first >= passages[passage + 1]:
            passage += 1
        begin, stop = passages[passage], passages[passage + 1]
        previous = _find_previous(first, begin, gap, classes, lists)
        following = _find_following(last, stop, gap, classes, lists)
        # A name with ب alone before it holds the one in front of it and is not in its list, حضر بالقنيطرة; with و
        # before that, it is: بحمص وبحماة.
        lists[_BEFORE, hit] = -1 if _is_holder(hit, hits, starts) else previous
        lists[_BEHIND, hit] = -1 if following >= 0 and _is_holder(following, hits, starts) else following
        lists[_ASKED, hit] = _find_asked_beside(first, last, gap, cue, before, after)
        lists[_OWN, hit] = lists[_ASKED, hit] != 0
    # After the others, because it joins only names that no list has joined yet.
    _link_schedules(hits, words, cues, lists)
    for hit in range(count):
        # The kinds that a name's own words ask for go before those that its list asks for.
        if not lists[_OWN, hit]:
            lists[_ASKED, hit] = (
                _find_handed_on(hit, hits, gap, cue, before, many, lists, _BEFORE)
                | _find_handed_on(hit, hits, gap, cue, after, many, lists, _BEHIND)
                | _find_announced(hit, hits, gap, cue, classes, announced)
            )


def _find_previous(first: int, begin: int, gap: Any, classes: Any, lists: Any) -> int:
    """The hit before the words that link a name to it; -1 for none."""
    if first > begin and classes[first - 1] & (_AND | _ONWARD):
        word = first - 1
        if word > begin and classes[word] & _ONWARD and classes[word - 1] & _AND:
            word -= 1
        found: int = lists[_ENDING, word] if word > begin else -1
        return found
    beside: int = lists[_ENDING, first] if gap[first] <= _BRACKET else -1
    return beside


def _find_following(last: int, stop: int, gap: Any, classes: Any, lists: Any) -> int:
    """The hit behind the words that link it to a name; -1 for none."""
    if last < stop and classes[last] & (_GOES_ON | _ONWARD):
        word = last + 1
        if word < stop and classes[last] & _AND and classes[word] & _ONWARD:
            word += 1
        found: int = lists[_BEGINNING, word] if word < stop else -1
        return found
    beside: int = lists[_BEGINNING, last] if gap[last] <= _BRACKET else -1
    return beside


def _link_schedules(hits: Any, words: WordViews, cues: CueViews, lists: Any) -> None:
    """Link the names that figures or days part: "Damascus 12, Safita 40", "Monday: Tel Brak, 4 trucks. Tuesday: …"."""
    passages, classes, cue, roles = words.passages, words.classes, words.cue, cues.roles
    passage = 0
    for hit in range(hits.shape[1]):
        last = hits[_LAST, hit]
        while hits[_FIRST, hit] >= passages[passage + 1]:
            passage += 1
        if lists[_BEHIND, hit] >= 0 or lists[_ENDING, last] != hit:
            continue
        figures, others, word = 0, 0, last
        while word < passages[passage + 1] and word < last + _IN_SCHEDULE and others <= _MOST_OTHERS:
            if classes[word] & _FIGURE or roles[cue[word]] & _CALENDAR:
                figures += 1
            else:
                others += 1
            word += 1
            following = lists[_BEGINNING, word]
            if figures and others <= _MOST_OTHERS and following >= 0:
                if word < passages[passage + 1] and lists[_BEFORE, following] < 0:
                    lists[_BEHIND, hit], lists[_BEFORE, following] = following, hit
                break


def _find_asked_beside(first: int, last: int, gap: Any, cue: Any, before: Any, after: Any) -> int:
    """Bits of the kinds that the word behind a name asks of it, else the word before: "the area of Aleppo Province"."""
    asked: int = after[cue[last]] if gap[last] < _COMMA else 0
    if asked == 0 and gap[first] < _COMMA:
        asked = before[cue[first - 1]]
    return asked


def _is_holder(hit: int, hits: Any, starts: Any) -> bool:
    """Whether ب alone stands before a hit in its word."""
    holds: bool = hits[_CLITIC, hit] == _CLITIC_BI and hits[_START, hit] - starts[hits[_FIRST, hit]] == 1
    return holds


def _note_if_longest(hit: int, hits: Any, lists: Any, edge: int, word: int) -> None:
    """Note a hit as the longest that ends, or begins, at a word, in that row, unless one longer is noted."""
    other = lists[edge, word]
    if other < 0 or hits[_LAST, hit] - hits[_FIRST, hit] >= hits[_LAST, other] - hits[_FIRST, other]:
        lists[edge, word] = hit


def _find_announced(hit: int, hits: Any, gap: Any, cue: Any, classes: Any, announced: Any) -> int:
    """Bits of the kinds that words before the colon of a list ask of a name in it; 0 where there is no such list.

    "in three governorates: Aleppo and Hama", المحافظات التالية: حلب; so does the head of a group: المجموعة ب: هنانو.
    The name must begin an item of the list; the other items may be names or any words.
    """
    word, item = hits[_FIRST, hit], 0
    if gap[word] < _COMMA and not hits[_JOINED, hit] and not (word and classes[word - 1] & _AND):
        return 0
    for _ in range(_ANNOUNCED):
        if word < 1 or gap[word] > _STOP or item > _LONGEST_ITEM:
            return 0
        if gap[word] == _STOP:
            for back in range(1, min(_BEFORE_COLON, word) + 1):
                number = cue[word - back]
                if announced[number]:
                    asked: int = announced[number]
                    return asked
                if gap[word - back] >= _COMMA:
                    return 0
            return 0
        # An item of many words is a sentence, and what stands before its colon is no announcement.
        item = 0 if gap[word] == _COMMA or classes[word] & _AND else item + 1
        word -= 1
    return 0


def _find_handed_on(hit: int, hits: Any, gap: Any, cue: Any, asks: Any, many: Any, lists: Any, side: int) -> int:
    """Bits of the kinds that the word beside the first, or the last, name of a list asks of all: محافظتي حماة وحمص."""
    at = hit
    for _ in range(_HANDED_ON + 1):
        edge = hits[_FIRST, at] if side == _BEFORE else hits[_LAST, at]
        if gap[edge] < _COMMA:
            number = cue[edge - 1] if side == _BEFORE else cue[edge]
            if many[number] and asks[number]:
                found: int = asks[number]
                return found
        # A name that is asked for itself begins a list of its own: "the town of A and the villages of B and C".
        if lists[_OWN, at] or lists[side, at] < 0:
            return 0
        at = lists[side, at]
    return 0
