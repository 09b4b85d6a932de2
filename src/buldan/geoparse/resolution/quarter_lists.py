"""Quarters of one city side by side in a list vouch for each other: الشيخ مقصود والميدان, "Mezzeh, Kafr Sousa".

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geometry import KM_PER_DEGREE
from buldan.geoparse.document.flat import Gap
from buldan.geoparse.names.cues import encode_kinds
from buldan.geoparse.names.hit_rows import FIRST, JOINED, LAST, NAME
from buldan.geoparse.names.views import HitViews, NameViews, WordViews
from buldan.geoparse.resolution.place_views import PlaceViews

__all__ = ["list_quarters", "vouch_for"]

_NAME, _FIRST, _LAST, _JOINED = NAME, FIRST, LAST, JOINED

_ASKED = 2
"""Row of the table of lists (`buldan.geoparse.recognition.list_links`); its first two are the links."""

_SPACE, _QUOTE = int(Gap.SPACE), int(Gap.QUOTE)
"""Gaps that part no names of a list."""

_QUARTER = encode_kinds("neighbourhood")

_VOUCHED = 0.8
"""Log-odds up to which a quarter is raised: more than half of `SURE`, so that it helps to choose where the others
are."""

_COMMON = 3.0
"""Zipf value of a word that is met for itself."""

_CITY_KM = 12.0
"""How far apart quarters of one city lie, at most."""

_KM_PER_DEGREE, _COS = KM_PER_DEGREE, 0.82
"""The cosine of 35° N, the middle of Syria."""


def list_quarters(hit_views: HitViews, words: WordViews, names: NameViews, places: PlaceViews, lists: Any) -> list[int]:
    """The hits that are quarters of one city in one list, where one of them is known for nothing else.

    Of those of which nothing is asked, a quarter is asked from here on.

    Args:
        hit_views: of the table of hits.
        words: of the text.
        names, places: all there are.
        lists: the table of lists, whose links are read, and in which a quarter is asked.
    """
    quarters: list[int] = []
    for hit in range(hit_views.table.shape[1]):
        # One place alone, a quarter, and a word that is little else: it says which city is meant.
        name = hit_views.table[_NAME, hit]
        if (
            names.kinds[name] != _QUARTER
            or names.first[name + 1] - names.first[name] != 1
            or (names.zipf[name] > _COMMON and not names.only_place[name])
            or names.is_not_place[name]
        ):
            continue
        place, before = names.places[names.first[name]], len(quarters)
        for side in range(2):
            at, other = hit, lists[side, hit]
            while other >= 0 and _are_listed(hit_views.table, words, at, other):
                if not _is_quarter_beside(hit_views.table[_NAME, other], place, names, places):
                    break
                quarters.append(other)
                at, other = other, lists[side, other]
        if len(quarters) > before:
            quarters.append(hit)
    for hit in quarters:
        if lists[_ASKED, hit] == 0:
            lists[_ASKED, hit] = _QUARTER
    return quarters


def vouch_for(quarters: list[int], log_odds: Any) -> None:
    """Raise the log-odds of quarters that vouch for each other."""
    for hit in quarters:
        log_odds[hit] = max(log_odds[hit], _VOUCHED)


def _are_listed(hits: Any, words: WordViews, at: int, other: int) -> bool:
    """Whether و, a word for it, a comma or a dash stands between two hits, one of them behind the other."""
    last, first = min(hits[_LAST, at], hits[_LAST, other]), max(hits[_FIRST, at], hits[_FIRST, other])
    joined: bool = hits[_JOINED, max(at, other)] != 0 or first > last
    return joined or (words.gap[first] > _SPACE and words.gap[first] != _QUOTE)


def _is_quarter_beside(name: int, place: int, names: NameViews, places: PlaceViews) -> bool:
    """Whether a name is that of a quarter in the city of a place, and of another than it."""
    if names.kinds[name] & _QUARTER == 0 or names.is_not_place[name]:
        return False
    for at in range(names.first[name], names.first[name + 1]):
        row = names.places[at]
        if row != place and places.bit[row] == _QUARTER:
            north = (places.lat[row] - places.lat[place]) * _KM_PER_DEGREE
            east = (places.lon[row] - places.lon[place]) * _KM_PER_DEGREE * _COS
            if north * north + east * east < _CITY_KM * _CITY_KM:
                return True
    return False
