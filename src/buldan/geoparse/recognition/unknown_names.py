"""Words of a text that may name a place, though no name of the gazetteer is written so.

In Latin script they are sought by their capitals (`capitalised_runs`), in Arabic by what stands before them
(`promised_words`).
"""

from __future__ import annotations

from typing import NamedTuple

from buldan.geoparse.tables import read_table
from buldan.text import fold

__all__ = ["BEGINS_NO_NAME", "UnknownName"]


class UnknownName(NamedTuple):
    """Words `first` to `last` (outside), without the first `skip` letters (a clitic)."""

    first: int
    last: int
    skip: int = 0


BEGINS_NO_NAME = frozenset(fold(word) for word, _ in read_table("noplace"))
"""Folded words that begin no name."""
