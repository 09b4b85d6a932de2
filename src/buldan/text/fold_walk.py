"""The walk over a text that folds it, code point by code point; compiled where it can be, see `hatch_build.py`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["DROP", "WIDER", "fold_into"]

WIDER, DROP = _WIDER, _DROP = 0xFFFFFFFF, 0xFFFFFFFE
"""Stand in the table for what folds to several code points, or was not met yet; and for what folds to nothing."""


def fold_into(codes: Any, table: Any, folds: Mapping[int, str], folded: Any, offsets: Any) -> int:
    """How many code points the folded text has; those for which there is room are filled in.

    Args:
        codes: of the text.
        table: by code point, the one that it folds to, or `WIDER`, or `DROP`.
        folds: the fold of any, for those where the table says `WIDER`.
        folded: to be filled.
        offsets: to be filled with where each of those comes from.
    """
    count, room = 0, len(folded)
    for place in range(len(codes)):
        code = table[codes[place]]
        if code < _DROP:
            if count < room:
                folded[count], offsets[count] = code, place
            count += 1
        elif code == _WIDER:
            for letter in folds[codes[place]]:
                if count < room:
                    folded[count], offsets[count] = ord(letter), place
                count += 1
    return count
