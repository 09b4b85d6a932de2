"""Where hits stand in the original: the loop over them; compiled where it can be, see `hatch_build.py`."""

from __future__ import annotations

from buldan.geoparse.names.hit_rows import END, START
from buldan.geoparse.names.views import HitViews, WordViews

__all__ = ["list_spans"]

_START, _END = START, END


def list_spans(hit_views: HitViews, words: WordViews) -> tuple[list[int], list[int], list[int]]:
    """By hit, where it begins and where it ends in the original; and the hits of which the end is not yet clear.

    Clear is the end where the last letter stands right before it; behind others is something that the fold drops.
    """
    hits, offsets = hit_views.table, words.offsets
    starts, ends, unclear = [], [], []
    for hit in range(hits.shape[1]):
        first, last = offsets[hits[_START, hit]], offsets[hits[_END, hit]]
        # One character may fold to several words (ﷺ), and a span is never empty.
        if last <= first:
            last = first + 1
        starts.append(first)
        ends.append(last)
        if offsets[hits[_END, hit] - 1] + 1 != last:
            unclear.append(hit)
    return starts, ends, unclear
