"""Work that somebody may have to wait for is told to whoever runs the program, who says it or keeps silent."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

__all__ = ["announce_with", "announced"]

_announce: Callable[[str], AbstractContextManager[object]] = nullcontext


def announce_with(announce: Callable[[str], AbstractContextManager[object]]) -> None:
    """Have something said while others wait: `announce` is given what is being done, and is left when it is done."""
    global _announce  # noqa: PLW0603 - one for a process, as the terminal is
    _announce = announce


def announced(what: str) -> AbstractContextManager[object]:
    """Announces some work while it goes on; says nothing unless somebody asked for it."""
    return _announce(what)
