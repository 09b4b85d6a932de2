"""Facilities named by their word and a name (مستشفى كفر تخاريم, "Azizi bakery") that the gazetteer does not hold.

Such a mention is placed where the text puts it: at the place in its own name, at the one that it is said to be
in, or at the settlement that was last spoken of; the relation says so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.flat import Flat, Gap
from buldan.geoparse.names.cues import Cues, encode_kinds, encode_roles
from buldan.geoparse.tables import read_table
from buldan.text import fold, has_article, is_article, load_joining_words

__all__ = ["Facility", "MentionSpans", "find_facilities", "load_facility_forms"]


@dataclass(frozen=True, slots=True)
class MentionSpans:
    """The settled mentions of a passage in order; lists of one length.

    Attributes:
        first, last: words, `last` outside.
        foreign: whether it is abroad.
        narrow: whether it is narrow enough to hold a facility.
        settlement: whether it is a settlement.
    """

    first: list[int]
    last: list[int]
    foreign: list[bool]
    narrow: list[bool]
    settlement: list[bool]

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True)
class Facility:
    """A facility's words, the settled mention that tells where it is, and those that are part of its name.

    Mentions are positions in the list given.
    """

    first: int
    last: int
    anchor: int
    covered: tuple[int, ...]


class _WordRoles:
    """The roles of the words of a passage, looked up one by one: few words are asked about."""

    def __init__(self, cue: NDArray[np.int64], cues: Cues) -> None:
        self._cue, self._roles, self._facility = cue.data, cues.roles.data, cues.facility.data

    def get_roles(self, word: int) -> int:
        """The bits of its roles."""
        return self._roles[self._cue[word]]

    def get_facility_kinds(self, word: int) -> int:
        """The bits of the kinds of facility that it names."""
        return self._facility[self._cue[word]]


_SPACE, _HYPHEN, _QUOTE = int(Gap.SPACE), int(Gap.HYPHEN), int(Gap.QUOTE)
_LONGEST = 3
"""Words of the name of a facility that no gazetteer has, at most: what follows is the sentence."""

_LONGEST_QUOTED = 5
"""Words of such a name in quotation marks, at most: a mark further on is of something else."""

_ROAD, _OF_ANY_NAME = encode_kinds("road"), encode_kinds("hospital,church")
"""Facilities whose name may be any word (مستشفى أورينت); of others only what is definite, a person or a place."""
_REACH = 120
"""Words behind a settlement within which a facility without a place is put in it."""


@cache
def _load_words(lang: str, role: str) -> frozenset[str]:
    return frozenset(fold(form) for form, of, what, _ in read_table("facility_words") if (of, what) == (lang, role))


@cache
def load_facility_forms() -> frozenset[str]:
    """Every word for a facility, folded, without clitics."""
    return frozenset(fold(form) for form, *_ in read_table("facilities"))


def find_facilities(
    flat: Flat, cue: NDArray[np.int64], cues: Cues, mentions: MentionSpans, known: Container[int], words: Sequence[int]
) -> Iterator[Facility]:
    """The facilities of a passage, given its placed mentions in order; none where it mentions no place of Syria.

    `known` are the words at which a name of the gazetteer begins, settled or not; `words` those for a facility.
    """
    if not any(narrow and not foreign for narrow, foreign in zip(mentions.narrow, mentions.foreign, strict=True)):
        return
    firsts = mentions.first
    # By the word at which it begins: "the hospital of NAME" asks whether a mention begins right there.
    first_of = dict(zip(firsts, range(len(firsts)), strict=True))
    reached, taken, text = 0, set[int](), _WordRoles(cue, cues)
    for at in words:
        # A word within the last facility, or within the name of a place (Deir Hafer Hospital is one already).
        if at < reached or _is_in_mention(mentions, at):
            continue
        latin = flat.words[at].isascii()
        if latin and _is_followed_by_facility(flat, at, text):
            continue  # "Homs Road Church" is a church
        span = (
            _find_latin_span(flat, at, text) if latin else _find_arabic_span(flat, at, text, mentions, first_of, known)
        )
        if span is None:
            continue
        near = range(bisect_left(firsts, span[0] - _REACH), bisect_left(firsts, span[1] + _REACH))
        covered = _list_covered(mentions, span)
        if len(covered) > 1 and text.get_facility_kinds(at) & _ROAD:
            continue  # a road that is called by both its ends: each is a mention of its own
        anchor = _choose_anchor(flat, span, mentions, near, covered, taken)
        if anchor is not None:
            # What gave its name to one facility does not place the next: "Aleppo Hospital … the school" may be
            # elsewhere.
            taken.update(covered)
            yield Facility(*span, anchor, covered)
            reached = span[1]


def _list_covered(mentions: MentionSpans, span: tuple[int, int]) -> tuple[int, ...]:
    """The mentions that overlap a span of words."""
    # Mentions do not overlap one another: from the first that ends behind the span's begin to the last before its end.
    begin, end = bisect_left(mentions.first, span[0]), bisect_left(mentions.first, span[1])
    while begin > 0 and mentions.last[begin - 1] > span[0]:
        begin -= 1
    return tuple(range(begin, end))


def _is_in_mention(mentions: MentionSpans, word: int) -> bool:
    """Whether a word is of a mention."""
    before = bisect_right(mentions.first, word) - 1
    return before >= 0 and word < mentions.last[before]


_GIVEN, _IN_PERSON, _PEOPLE_OF = encode_roles("given"), encode_roles("given", "kin"), encode_roles("people of")
_PLAIN = encode_roles("plain", "motion", "event", "preposition", "title", "calendar")


def _find_arabic_span(
    flat: Flat, at: int, text: _WordRoles, mentions: MentionSpans, first_of: dict[int, int], known: Container[int]
) -> tuple[int, int] | None:
    """The words of an Arabic facility: its word without article, and the name behind it."""
    words, gaps, count = flat.words, flat.gap_list, len(flat.words)
    following = at + 1
    if following >= count or gaps[following] not in (_SPACE, _QUOTE) or has_article(words[at]):
        return None
    role, word = text.get_roles(following), words[following]
    # Of several kinds together (مستشفيات وعيادات) none is named.
    if word[:1] == "و" and word[1:] in load_facility_forms():
        return None
    if word in _load_words("ar", "general") or (
        at and flat.join_words(at - 1, following) in _load_words("ar", "idiom")
    ):
        return None
    # A road is called by where it leads, so that the name behind it is no part of its own.
    road = bool(text.get_facility_kinds(at) & _ROAD)
    if following in first_of:
        return None if road else (at, _extend_over_ending(flat, mentions.last[first_of[following]]))
    if gaps[following] == _QUOTE and road:
        return None
    if gaps[following] == _QUOTE:
        ends = (end for end in range(following + 1, min(following + _LONGEST_QUOTED, count) + 1) if gaps[end] >= _QUOTE)
        closing = next(ends, None)
        return (at, closing) if closing else None
    if role & _GIVEN:
        return at, _find_person_end(flat, text, following)
    # A word that begins some name, or of a kind that is called by any word, if it is no cue and long enough.
    named = following in known or (text.get_facility_kinds(at) & _OF_ANY_NAME and not role and len(word) > 3)
    # With the article it is a name of its own: مستشفى الرحمة, whose name no gazetteer holds.
    loose = word.startswith("ال") and words[at] not in _load_words("ar", "of known names")
    if road or role & _PLAIN or not (named or loose):
        return None
    return at, _find_definite_end(flat, following)


def _find_person_end(flat: Flat, text: _WordRoles, first: int) -> int:
    """Where the name of a person ends: given names, بن, and what has the article."""
    last = first + 1
    while last < len(flat.words) and last - first < _LONGEST and flat.gap_list[last] == _SPACE:
        if not (text.get_roles(last) & _IN_PERSON or has_article(flat.words[last])):
            break
        last += 1
    return last


def _find_definite_end(flat: Flat, first: int) -> int:
    """Where a name ends that is one word, or two with the article (الجندي المجهول)."""
    words, last = flat.words, first + 1
    two = (
        last < len(words)
        and flat.gap_list[last] == _SPACE
        and words[first].startswith("ال")
        and words[last].startswith("ال")
    )
    return last + 1 if two else last


def _extend_over_ending(flat: Flat, last: int) -> int:
    """The end of a facility's name with an adjective that closes it (مستشفى كفرنبل الجراحي)."""
    if last < len(flat.words) and flat.gap_list[last] == _SPACE and flat.words[last] in _load_words("ar", "ending"):
        return last + 1
    return last


def _find_latin_span(flat: Flat, at: int, text: _WordRoles) -> tuple[int, int] | None:
    """The words of an English facility: the capitalised words before its word, and the word."""
    first = at
    while (
        first > 0 and at - first < _LONGEST + 1 and flat.gap_list[first] <= _HYPHEN and _is_name_part(flat, first - 1)
    ):
        first -= 1
    # "General Hospital" alone has no name: there is one in every town.
    name = [word for word in range(first, at) if flat.words[word] not in _load_words("en", "general")]
    while first < at and flat.words[first] in load_joining_words("determiner"):
        first += 1
    if not name or first == at or any(text.get_roles(word) & _PEOPLE_OF for word in range(first, at)):
        return None
    return first, at + 1


def _is_followed_by_facility(flat: Flat, at: int, text: _WordRoles) -> bool:
    """Whether the next word names a facility, too: what an English name is of stands last in it."""
    behind = at + 1
    return (
        behind < len(flat.words)
        and flat.gap_list[behind] <= _HYPHEN
        and text.get_facility_kinds(behind) != 0
        and _is_name_part(flat, behind)
    )


def _is_name_part(flat: Flat, at: int) -> bool:
    letter = flat.original[int(flat.offsets[flat.starts[at]])]
    return letter.isupper() or (at + 1 < len(flat.words) and is_article(flat.words[at], flat.words[at + 1]))


def _choose_anchor(
    flat: Flat, span: tuple[int, int], mentions: MentionSpans, near: range, covered: tuple[int, ...], taken: set[int]
) -> int | None:
    """The mention that tells where a facility is: in its name, behind it, before it, or later in the text.

    A quarter that is part of another facility's name (`taken`) tells nothing of this one.
    """
    first, last = span
    if covered:
        return None if mentions.foreign[covered[0]] else covered[0]
    behind, before = bisect_left(mentions.first, last), bisect_left(mentions.first, first)
    close = range(behind, bisect_right(mentions.first, last + _MAX_WORDS_TO_CONTAINER))
    containing = [at for at in close if _is_inside(flat, last, mentions.first[at])]
    held = (at for at in containing if _may_be_anchor(mentions, at, taken))
    back = (at for at in reversed(range(near.start, before)) if _is_recent_anchor(mentions, at, first, taken))
    # What is said to be in a province is not in the town of another one that the text comes to later.
    ahead = (at for at in range(behind, near.stop) if _may_be_anchor(mentions, at, taken))
    after = (at for at in ahead if mentions.first[at] - last <= _REACH and not (mentions.foreign[at] or containing))
    # In this order: what the text says to hold it, then the place spoken of last, then the next one. Lazily, for
    # mostly the first answers.
    nearest = next(chain(held, back, after), None)
    return None if nearest is None or mentions.foreign[nearest] else nearest


_MAX_WORDS_TO_CONTAINER = 3
"""Words between a facility and the place that is said behind it, at most."""


def _may_be_anchor(mentions: MentionSpans, at: int, taken: set[int]) -> bool:
    return mentions.foreign[at] or mentions.settlement[at] or (mentions.narrow[at] and at not in taken)


def _is_recent_anchor(mentions: MentionSpans, at: int, first: int, taken: set[int]) -> bool:
    return 0 <= first - mentions.last[at] <= _REACH and _may_be_anchor(mentions, at, taken)


def _is_inside(flat: Flat, last: int, first: int) -> bool:
    """Whether what stands between a facility and a place says that it is there: في, ب, a comma, "in"."""
    containing_words = load_joining_words("inside", "around", "near")
    return first <= last or any(flat.words[word] in containing_words for word in range(last, first))
