"""Search by bisection in a sorted array of numbers; compiled where it can be, see `hatch_build.py`."""

from __future__ import annotations

from typing import Any

__all__ = ["find_first_at_least"]


def find_first_at_least(keys: Any, key: int, low: int, high: int) -> int:
    """The first position from `low` to before `high` whose key is not less than `key`; `high` where all are less.

    `keys` is a view of unsigned numbers that are sorted from `low` to `high`. `bisect_left` answers the same, but makes
    a Python object of each number that it looks at.
    """
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low
