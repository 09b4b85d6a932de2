"""Hits that a longer name of the passage explains: الغارية beside الغارية الشرقية, اليرموك beside مخيم اليرموك.

One sense per discourse (Gale, Church and Yarowsky 1992): what a text names in full it means by the short name, too.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.names.hit_rows import FIRST, LAST, NAME
from buldan.geoparse.names.views import HitViews, NameViews, WordViews
from buldan.geoparse.resolution.place_views import PlaceViews
from buldan.thresholds import WELL_KNOWN

__all__ = ["find_short_forms"]

_NAME, _FIRST, _LAST = NAME, FIRST, LAST

_WELL_KNOWN = WELL_KNOWN
"""Salience from which on a place means itself, whatever holds its word."""


_FAR = 0.25
"""Degrees from which on two places are no neighbours: a village beside the camp or airbase that is called after it may
be meant itself."""


def find_short_forms(
    hit_views: HitViews, words: WordViews, names: NameViews, places: PlaceViews, rows: Any
) -> dict[int, int]:
    """The hits of one word that a longer one explains, each with that.

    The longer one begins with the word; or ends with it, and means a place that the word alone may mean, too, while it
    was taken for one far away.

    Args:
        hit_views: of the table of hits.
        words: of the text.
        names: of the hits.
        places: all there are.
        rows: by hit, the place that it means so far.
    """
    hits, number, passages = hit_views.table, words.number, words.passages
    explained: dict[int, int] = {}
    begin, count, passage = 0, hits.shape[1], 0
    while begin < count:
        while hits[_FIRST, begin] >= passages[passage + 1]:
            passage += 1
        longer: dict[int, int] = {}
        closing: dict[int, int] = {}
        end = begin
        while end < count and hits[_FIRST, end] < passages[passage + 1]:
            if hits[_LAST, end] - hits[_FIRST, end] > 1:
                longer.setdefault(number[hits[_FIRST, end]], end)
                closing.setdefault(number[hits[_LAST, end] - 1], end)
            end += 1
        if longer:
            for hit in range(begin, end):
                if hits[_LAST, hit] - hits[_FIRST, hit] == 1 and places.salience[rows[hit]] < _WELL_KNOWN:
                    by = longer.get(number[hits[_FIRST, hit]])
                    if by is None:
                        by = closing.get(number[hits[_FIRST, hit]])
                        if by is None or not _may_mean(names, hits[_NAME, hit], places, rows[hit], rows[by]):
                            continue
                    explained[hit] = by
        begin = end
    return explained


def _may_mean(names: NameViews, name: int, places: PlaceViews, chosen: int, other: int) -> bool:
    """Whether a name may mean another place than the one chosen, far away from that."""
    east, north = places.lon[chosen] - places.lon[other], places.lat[chosen] - places.lat[other]
    if -_FAR < east < _FAR and -_FAR < north < _FAR:
        return False
    for at in range(names.first[name], names.first[name + 1]):  # noqa: SIM110  compiled as a loop over numbers
        if names.places[at] == other:
            return True
    return False
