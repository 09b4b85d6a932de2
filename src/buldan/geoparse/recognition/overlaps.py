"""Of names that overlap, one stands: حي جوبر in دمشق are two, الحجر الأسود is one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits

__all__ = ["ABROAD", "StandingHits", "resolve_overlaps"]

ABROAD = 0.0
"""Log-odds up to which a name that is also borne abroad is taken for the foreign place."""

_PER_WORD = 2.5
"""What each further word of a name adds to its claim: the longer name is the one that was written."""

_OTHER = 4.0
"""The claim of a fixed name of something else."""


class StandingHits:
    """Positions of the hits that stand, Syrian and foreign, in the order of the text."""

    def __init__(self, syrian: NDArray[np.int64], foreign: NDArray[np.int64]) -> None:
        self.syrian, self.foreign = syrian, foreign


def resolve_overlaps(
    hits: Hits, name_table: NameTable, log_odds: NDArray[np.float64], threshold: float
) -> StandingHits:
    """The hits that stand: those above the threshold and those abroad, none overlapping another."""
    other, nowhere = name_table.is_not_place[hits.name_id], (name_table.kinds == 0)[hits.name_id]
    abroad = name_table.foreign[hits.name_id] & ((log_odds <= ABROAD) | nowhere) & ~other
    able = np.flatnonzero((log_odds > threshold) | abroad | other)
    words = hits.last - hits.first
    claim = np.where(other, _OTHER, np.where(abroad, 1.0 + _OTHER / 2 * (words - 1), log_odds)) + _PER_WORD * words
    taken: list[int] = []
    first, last = hits.first.tolist(), hits.last.tolist()
    strength = claim.tolist()
    for hit in able.tolist():
        while taken and last[taken[-1]] > first[hit] and strength[taken[-1]] < strength[hit]:
            taken.pop()
        if not taken or last[taken[-1]] <= first[hit]:
            taken.append(hit)
    stands = np.array(taken, np.int64)
    stands = stands[~other[stands]]
    return StandingHits(stands[~abroad[stands]], stands[abroad[stands]])
