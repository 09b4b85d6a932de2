"""Memory that is free again goes back to the system, so that one large text does not enlarge the service for ever."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from typing import Any

__all__ = ["return_free_memory"]


def _find_trim() -> Callable[[int], Any] | None:
    # Other C libraries (musl, that of macOS) give memory back by themselves or offer no way to ask for it.
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None


_TRIM = _find_trim()


def return_free_memory() -> None:
    """Give freed memory back to the system; glibc keeps it for later otherwise. Does nothing without glibc.

    It takes some milliseconds: worth it after work that took much longer.
    """
    if _TRIM is not None:
        _TRIM(0)
