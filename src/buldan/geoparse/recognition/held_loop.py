"""Which hits stand before a unit that the text says to hold them: the loop over the units.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.document.flat import Gap
from buldan.geoparse.names.hit_rows import CLITIC, CLITIC_BI, FIRST, JOINED, LAST, NAME
from buldan.geoparse.names.views import HitViews, WordViews
from buldan.geoparse.names.word_classes import WordClass

__all__ = ["MINOR", "OURS", "UNIT", "list_held_hits"]

OURS = _OURS = 1
UNIT = _UNIT = 2
MINOR = _MINOR = 4
"""Bits of a hit's name: of a place of Syria; of a unit or town that every reader knows; of what is little known."""

_LONGEST_LIST = 8
"""Names of a list before a unit that are gone through."""

_FURTHEST = 3
"""Words between a name and the unit that holds it, at most."""

_NAME, _FIRST, _LAST, _CLITIC, _JOINED = NAME, FIRST, LAST, CLITIC, JOINED

_COMMA, _BRACKET, _CLITIC_BI = int(Gap.COMMA), int(Gap.BRACKET), CLITIC_BI
"""Gaps (`buldan.geoparse.document.flat.Gap`); the clitic ب."""

_INSIDE, _AND, _DEFINITE = int(WordClass.INSIDE), int(WordClass.AND), int(WordClass.DEFINITE)


def list_held_hits(hit_views: HitViews, words: WordViews, classes: Any) -> list[tuple[int, int]]:
    """The hits of little known names, each with the unit that holds it.

    Args:
        hit_views: of the table of hits.
        words: of the text.
        classes: by name, bits of what it is.
    """
    held: list[tuple[int, int]] = []
    hits, passages, passage, units = hit_views.table, words.passages, 0, 0
    for hit in range(hits.shape[1]):
        units += classes[hits[_NAME, hit]] & _UNIT != 0
    if units == 0:
        return held
    # By word, the longest of our hits that ends there: hits are in order of their first word, the longest first, so
    # that of those that end at a word the longest comes last.
    longest = [-1] * len(words.gap)
    for hit in range(hits.shape[1] - 1, -1, -1):
        if classes[hits[_NAME, hit]] & _OURS:
            longest[hits[_LAST, hit]] = hit
    # From each unit backwards, for it stands behind what it holds, and most texts have few units.
    for holder in range(hits.shape[1]):
        if not classes[hits[_NAME, holder]] & _UNIT:
            continue
        while hits[_FIRST, holder] >= passages[passage + 1]:
            passage += 1
        hit = _find_held(holder, hits, words.gap, words.classes, longest)
        for _ in range(_LONGEST_LIST):
            if hit < 0 or hits[_FIRST, hit] < passages[passage]:
                break
            if classes[hits[_NAME, hit]] & _MINOR:
                held.append((hit, holder))
            hit = _find_before(hit, hits, words.gap, words.classes, longest)
    return held


def _find_held(holder: int, hits: Any, gap: Any, classes: Any, longest: list[int]) -> int:
    """The hit before a unit that is said to lie in it: "A (B)", "A, B", "A in B", أ بب; -1 where none is."""
    first = hits[_FIRST, holder]
    strongest, inside = gap[first], False
    for apart in range(_FURTHEST + 1):
        if apart > first:
            return -1
        if apart > 0:
            strongest = max(strongest, gap[first - apart])
            inside = inside or classes[first - apart] & _INSIDE != 0
        hit = longest[first - apart]
        if hit >= 0:
            if strongest > _BRACKET:
                return -1
            # "Qarassa in the countryside of Sweida"; of "the best that was found in Damascus" nothing lies there.
            is_stated = inside and (apart == 1 or classes[first - apart] & (_INSIDE | _DEFINITE) != 0)
            if apart == 0:
                is_stated = hits[_CLITIC, holder] == _CLITIC_BI or (gap[first] >= _COMMA and hits[_JOINED, holder] == 0)
            return hit if is_stated else -1
    return -1


def _find_before(hit: int, hits: Any, gap: Any, classes: Any, longest: list[int]) -> int:
    """The name before one in its list; -1 for none."""
    first = hits[_FIRST, hit]
    if first and classes[first - 1] & _AND and gap[first - 1] < _BRACKET:
        first -= 1
    elif gap[first] != _COMMA and not hits[_JOINED, hit]:
        return -1
    before: int = longest[first]
    return before
