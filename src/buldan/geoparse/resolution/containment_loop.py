"""Which hits something could hold: the loop over the hits; compiled where it can be, see `hatch_build.py`."""

from __future__ import annotations

from typing import Any

__all__ = ["mark_held"]

_FIRST, _LAST = 1, 2
"""Rows of the table of hits (`buldan.geoparse.names.scan.Hits`)."""

_MAX_WORDS_TO_CONTAINER = 4
"""Words between a place and what holds it, at most."""


def mark_held(hits: Any, sure: Any, told: Any) -> None:
    """Mark the hits behind which a sure one begins near enough to hold them (`told`); the others stay as they are."""
    for hit in range(hits.shape[1]):
        last, other = hits[_LAST, hit], hit + 1
        # Hits are in the order of the text, so that the first too far away ends the search.
        while not told[hit] and other < hits.shape[1] and hits[_FIRST, other] <= last + _MAX_WORDS_TO_CONTAINER:
            told[hit] = sure[other] and hits[_FIRST, other] >= last
            other += 1
