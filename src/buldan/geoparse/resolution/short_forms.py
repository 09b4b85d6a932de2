"""Hits that a longer name of the passage explains: الغارية beside الغارية الشرقية.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.names.views import HitViews, WordViews
from buldan.geoparse.resolution.place_views import PlaceViews
from buldan.thresholds import WELL_KNOWN

__all__ = ["find_short_forms"]

_FIRST, _LAST = 1, 2
"""Rows of the table of hits (`buldan.geoparse.names.scan.Hits`)."""

_WELL_KNOWN = WELL_KNOWN
"""Salience from which on a place means itself, whatever holds its word."""


def find_short_forms(hit_views: HitViews, words: WordViews, places: PlaceViews, rows: Any) -> dict[int, int]:
    """The hits of one word that a longer one explains, which begins with it, each with that.

    Args:
        hit_views: of the table of hits.
        words: of the text.
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
        end = begin
        while end < count and hits[_FIRST, end] < passages[passage + 1]:
            if hits[_LAST, end] - hits[_FIRST, end] > 1:
                longer.setdefault(number[hits[_FIRST, end]], end)
            end += 1
        if longer:
            for hit in range(begin, end):
                if hits[_LAST, hit] - hits[_FIRST, hit] == 1 and places.salience[rows[hit]] < _WELL_KNOWN:
                    by = longer.get(number[hits[_FIRST, hit]])
                    if by is not None:
                        explained[hit] = by
        begin = end
    return explained
