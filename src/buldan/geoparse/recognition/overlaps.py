"""Of names that overlap, one is kept: حي جوبر in دمشق are two, الحجر الأسود is one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.recognition.overlap_loop import take_strongest

__all__ = ["KeptHits", "resolve_overlaps"]


class KeptHits:
    """Positions of the hits that are kept, Syrian and foreign, in the order of the text."""

    def __init__(self, syrian: NDArray[np.int64], foreign: NDArray[np.int64]) -> None:
        self.syrian, self.foreign = syrian, foreign


def resolve_overlaps(hits: Hits, name_table: NameTable, log_odds: NDArray[np.float64], threshold: float) -> KeptHits:
    """The hits that are kept: those above the threshold and those abroad, none overlapping another."""
    count = hits.count
    claims, taken = np.empty(count), np.empty((4, count), np.int64)
    ours, abroad = take_strongest(hits.views, name_table.views, log_odds.data, threshold, claims.data, taken.data)
    return KeptHits(taken[2, :ours], taken[3, :abroad])
