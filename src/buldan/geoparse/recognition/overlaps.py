"""Of names that overlap, one stands: حي جوبر in دمشق are two, الحجر الأسود is one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.recognition.overlap_loop import raise_wholes, take_strongest

__all__ = ["StandingHits", "raise_whole_names", "resolve_overlaps"]

_SYRIAN, _FOREIGN = 1, 2


class StandingHits:
    """Positions of the hits that stand, Syrian and foreign, in the order of the text."""

    def __init__(self, syrian: NDArray[np.int64], foreign: NDArray[np.int64]) -> None:
        self.syrian, self.foreign = syrian, foreign


def raise_whole_names(hits: Hits, name_table: NameTable, log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The log-odds of each hit; a whole name around a sure one is hardly less sure: قلعة حلب, Damascus Airport."""
    raised = log_odds.copy()
    raise_wholes(hits.table.data, name_table.views, log_odds.data, raised.data)
    return raised


def resolve_overlaps(
    hits: Hits, name_table: NameTable, log_odds: NDArray[np.float64], threshold: float
) -> StandingHits:
    """The hits that stand: those above the threshold and those abroad, none overlapping another."""
    claims, taken = np.empty(len(hits)), np.empty(len(hits), np.int64)
    stands_for = np.empty(len(hits), np.uint8)
    count = take_strongest(
        hits.table.data, name_table.views, log_odds.data, threshold, claims.data, taken.data, stands_for.data
    )
    stands = taken[:count]
    # One array of codes and two choices of it, rather than two loops over the hits.
    what = stands_for.take(stands)
    return StandingHits(stands[what == _SYRIAN], stands[what == _FOREIGN])
