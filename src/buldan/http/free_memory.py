"""Give freed memory back to the system: otherwise the process stays large after one large text."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from typing import Any

__all__ = ["return_free_memory"]


def _find_trim() -> Callable[[int], Any] | None:
    # Other C libraries (musl, that of macOS) give memory back by themselves or have no function for it.
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None


_TRIM = _find_trim()


def return_free_memory() -> None:
    """Give freed memory, which glibc keeps for later, back to the system. Does nothing without glibc.

    It takes some milliseconds and is useful after work that took much longer.
    """
    if _TRIM is not None:
        _TRIM(0)
