"""Announce work that takes time, if the program that uses the package asked for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

__all__ = ["announce_with", "announced"]

_announce: Callable[[str], AbstractContextManager[object]] = nullcontext


def announce_with(announce: Callable[[str], AbstractContextManager[object]]) -> None:
    """Set the function that announces work.

    Args:
        announce: gets a text of the work and returns a context, which is left when the work is done.
    """
    global _announce  # noqa: PLW0603 - one for a process, as the terminal is
    _announce = announce


def announced(what: str) -> AbstractContextManager[object]:
    """A context that announces some work; without `announce_with` it does nothing."""
    return _announce(what)
