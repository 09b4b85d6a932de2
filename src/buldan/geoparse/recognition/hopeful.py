"""Which hits have a chance by themselves: the loops that add the scores of names and select hits for the second model.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.names.hit_rows import NAME
from buldan.geoparse.names.views import HitViews, NameViews

__all__ = ["add_name_scores", "list_hopeful"]

_NAME = NAME


def add_name_scores(hit_views: HitViews, names: NameViews, scores: Any, log_odds: Any) -> None:
    """Add to the log-odds of each hit what its name weighs by itself, by name of the vocabulary; of no near miss."""
    hits = hit_views.table
    for hit in range(hits.shape[1]):
        number = names.number[hits[_NAME, hit]]
        if number >= 0:
            log_odds[hit] += scores[number]


def list_hopeful(hit_views: HitViews, names: NameViews, log_odds: Any, least: float, hopeful: Any) -> int:
    """Fill in the hits that have a chance, or are known to be something else, and say how many these are.

    What is known to be abroad or something else stays: it may overlap, hold or gainsay another.
    """
    hits, count = hit_views.table, 0
    for hit in range(hits.shape[1]):
        name = hits[_NAME, hit]
        if log_odds[hit] > least or names.foreign[name] or names.is_not_place[name]:
            hopeful[count] = hit
            count += 1
    return count
