"""Hits that places abroad explain, and hits at the beginning of a clause: the loops over the hits.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.document.flat import Gap
from buldan.geoparse.names.hit_rows import CLITIC, CLITIC_BI, END, FIRST, LAST, NAME, START
from buldan.geoparse.names.views import HitViews, NameViews, WordViews
from buldan.geoparse.names.word_classes import WordClass
from buldan.thresholds import WELL_KNOWN

__all__ = [
    "find_word_from",
    "list_entitling",
    "list_explained_abroad",
    "list_hits_within",
    "list_leading",
    "list_streets_abroad",
]

_BESIDE = 12
"""Words on each side in which a place abroad is sought."""

_LONGEST_NAME = 16
"""More words than any name has."""

_NAME, _FIRST, _LAST, _START, _END = NAME, FIRST, LAST, START, END
_CLITIC, _CLITIC_BI = CLITIC, CLITIC_BI

_COMMA, _STOP = int(Gap.COMMA), int(Gap.STOP)
"""The gaps that part an address from its town, and that end a clause."""

_CLAUSE = 8
"""Words before a street in which its town is sought."""

_STREET, _INSIDE, _WITHIN = map(int, (WordClass.STREET, WordClass.INSIDE, WordClass.WITHIN))

_WELL_KNOWN, _ENTITLING = WELL_KNOWN, int(WordClass.ENTITLING)

_NOTHING, _OURS, _SHARED, _ABROAD = range(4)
"""What a hit may name: nothing; a place of ours; a little known one and one abroad as well; one abroad alone."""


def list_leading(hit_views: HitViews, words: WordViews) -> list[tuple[int, int, int, int]]:
    """The hits at the beginning of a clause: each, where it begins and ends in the original, and its passage."""
    leading: list[tuple[int, int, int, int]] = []
    hits, gap, offsets, passages, passage = hit_views.table, words.gap, words.offsets, words.passages, 0
    for hit in range(hits.shape[1]):
        while hits[_FIRST, hit] >= passages[passage + 1]:
            passage += 1
        if gap[hits[_FIRST, hit]] >= _STOP:
            leading.append((hit, offsets[hits[_START, hit]], offsets[hits[_END, hit] - 1] + 1, passage))
    return leading


def list_entitling(words: WordViews) -> list[tuple[int, int]]:
    """The words behind which a title may stand (`WordClass.ENTITLING`): where each begins, and its passage."""
    entitling: list[tuple[int, int]] = []
    passage = 0
    for word in range(len(words.classes)):
        if words.classes[word] & _ENTITLING:
            while word >= words.passages[passage + 1]:
                passage += 1
            entitling.append((words.offsets[words.starts[word]], passage))
    return entitling


def find_word_from(words: WordViews, place: int) -> int:
    """The first word that begins at a place of the original or behind it."""
    low, high = 0, len(words.starts)
    while low < high:
        middle = (low + high) // 2
        if words.offsets[words.starts[middle]] < place:
            low = middle + 1
        else:
            high = middle
    return low


def list_hits_within(hit_views: HitViews, words: WordViews, begin: int, end: int) -> list[int]:
    """The hits that lie in a stretch of the original."""
    within: list[int] = []
    # Hits are in the order of their first words: only those around the stretch need be compared.
    hits, first, last = hit_views.table, find_word_from(words, begin) - 1, find_word_from(words, end)
    low, high = 0, hits.shape[1]
    while low < high:
        middle = (low + high) // 2
        if hits[_FIRST, middle] < first:
            low = middle + 1
        else:
            high = middle
    while low < hits.shape[1] and hits[_FIRST, low] < last:
        if words.offsets[hits[_START, low]] >= begin and words.offsets[hits[_END, low] - 1] < end:
            within.append(low)
        low += 1
    return within


def list_explained_abroad(hit_views: HitViews, words: WordViews, names: NameViews) -> list[int]:
    """The hits of ours that places abroad explain.

    Little known names that a town abroad bears, too, between two names of places abroad, none of ours nearer; and what
    is left of a country's name when its first letter is taken for a word: بنان of لبنان.
    """
    explained: list[int] = []
    hits, passages, passage, count = hit_views.table, words.passages, 0, hit_views.table.shape[1]
    elsewhere = 0
    for hit in range(count):
        elsewhere += _classify(hits[_NAME, hit], names) == _ABROAD
    if elsewhere == 0:
        return explained  # as in most texts
    for hit in range(count):
        what = _classify(hits[_NAME, hit], names)
        if what == _ABROAD:
            _add_remainders(hit, hits, names, explained)
        elif what == _SHARED and elsewhere > 1:
            while hits[_FIRST, hit] >= passages[passage + 1]:
                passage += 1
            if _is_between(hit, hits, names, passages[passage], passages[passage + 1]):
                explained.append(hit)
    return explained


def list_streets_abroad(hit_views: HitViews, words: WordViews, names: NameViews, log_odds: Any) -> list[int]:
    """The hits after which a street is called in a town abroad that the text names beside it.

    في بيروت شارع دمشق, "in Amman, on Aleppo Street", "Homs St., Nicosia"; not what is said to lie in a town of ours.
    """
    streets: list[int] = []
    hits, passages, passage, until = hit_views.table, words.passages, 0, 0
    for hit in range(hits.shape[1]):
        first, last = hits[_FIRST, hit], hits[_LAST, hit]
        while first >= passages[passage + 1]:
            passage += 1
        if not names.kinds[hits[_NAME, hit]]:
            continue
        if first < until:
            streets.append(hit)  # what such a street's name holds: حلب of شارع حلب
            until = max(until, last)
            continue
        begin, end = passages[passage], passages[passage + 1]
        before = first > begin and words.gap[first] < _COMMA and words.classes[first - 1] & _STREET != 0
        if before or (words.classes[first] | words.classes[last - 1]) & _STREET:
            behind = last
        elif last < end and words.classes[last] & _STREET and words.gap[last] < _COMMA:
            behind = last + 1
        else:
            continue
        if _is_followed(hit, behind, end, hits, words, names, log_odds, True):
            continue
        if _is_followed(hit, behind, end, hits, words, names, log_odds, False) or _is_in_town_abroad(
            hit, begin, hits, words, names, log_odds
        ):
            streets.append(hit)
            until = last
    return streets


def _is_followed(
    hit: int, at: int, end: int, hits: Any, words: WordViews, names: NameViews, log_odds: Any, ours: bool
) -> bool:
    """Whether a place behind a street, in which it lies, is ours, or abroad: its name stands behind a comma or "in"."""
    if at >= end or words.gap[at] >= _STOP:
        return False
    inside = words.classes[at] & _INSIDE != 0
    if not inside and words.gap[at] != _COMMA:
        return False
    other = hit + 1
    while other < hits.shape[1] and hits[_FIRST, other] <= at + inside:
        if hits[_FIRST, other] == at + inside:
            abroad = names.foreign[hits[_NAME, other]] and log_odds[other] <= 0.0
            if abroad != ours and (abroad or (log_odds[other] > 0.0 and names.kinds[hits[_NAME, other]])):
                return True
        other += 1
    return False


def _is_in_town_abroad(hit: int, begin: int, hits: Any, words: WordViews, names: NameViews, log_odds: Any) -> bool:
    """Whether the last place named in the clause before a street is one abroad in which something is."""
    first, other = hits[_FIRST, hit], hit - 1
    lowest = max(first - _CLAUSE, begin)
    word = first
    while word > lowest and words.gap[word] < _STOP:
        word -= 1
    lowest = word
    while other >= 0 and hits[_FIRST, other] >= lowest:
        at = hits[_FIRST, other]
        if hits[_LAST, other] <= first:
            if names.foreign[hits[_NAME, other]] and log_odds[other] <= 0.0:
                inside: bool = hits[_CLITIC, other] == _CLITIC_BI or (
                    at > begin and words.gap[at] < _COMMA and words.classes[at - 1] & _WITHIN != 0
                )
                return inside
            if log_odds[other] > 0.0 and names.kinds[hits[_NAME, other]]:
                return False
        other -= 1
    return False


def _classify(name: int, names: NameViews) -> int:
    """What a name may name."""
    if not names.kinds[name]:
        return _ABROAD if names.foreign[name] else _NOTHING
    shared: bool = (names.foreign[name] or names.namesake[name]) and names.salience[name] < _WELL_KNOWN
    return _SHARED if shared else _OURS


def _is_between(hit: int, hits: Any, names: NameViews, begin: int, end: int) -> bool:
    """Whether a hit stands between two names of places abroad of its passage, none of ours nearer."""
    first, last, low, high = hits[_FIRST, hit], hits[_LAST, hit], begin, end
    # Hits are in the order of their first words: those too far away end both searches.
    lowest = hit
    while lowest > 0 and hits[_FIRST, lowest - 1] >= max(first - _BESIDE - _LONGEST_NAME, begin):
        lowest -= 1
        if low < hits[_LAST, lowest] <= first and _classify(hits[_NAME, lowest], names) == _ABROAD:
            low = hits[_LAST, lowest]
    highest = hit + 1
    while highest < hits.shape[1] and hits[_FIRST, highest] < min(last + _BESIDE + 1, high):
        if hits[_FIRST, highest] >= last and _classify(hits[_NAME, highest], names) == _ABROAD:
            high = hits[_FIRST, highest]
        highest += 1
    if low == begin or high == end or first - low > _BESIDE:
        return False
    for other in range(lowest, highest):
        if (
            hits[_FIRST, other] >= low
            and hits[_LAST, other] <= high
            and (hits[_LAST, other] <= first or hits[_FIRST, other] >= last)
            and _classify(hits[_NAME, other], names) == _OURS
        ):
            return False
    return True


def _add_remainders(country: int, hits: Any, names: NameViews, explained: list[int]) -> None:
    """Add the hits of ours that end with a name abroad, and begin behind the first letter of its first word."""
    first, last, other = hits[_FIRST, country], hits[_LAST, country], country
    while other > 0 and hits[_FIRST, other - 1] == first:
        other -= 1
    while other < hits.shape[1] and hits[_FIRST, other] == first:
        if (
            hits[_LAST, other] == last
            and hits[_START, other] > hits[_START, country]
            and names.kinds[hits[_NAME, other]]
        ):
            explained.append(other)
        other += 1
