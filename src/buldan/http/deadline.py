"""The time by which a long request must be done: work in a thread asks between names, passages and queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

from buldan.http.schema.problems import Overloaded

__all__ = ["check_time", "deadline"]

_LIMIT: ContextVar[tuple[float, float] | None] = ContextVar("limit", default=None)
"""The moment, by the monotonic clock, and how many seconds were given; None where nobody waits."""


@contextmanager
def deadline(until: float, *, limit_s: float) -> Iterator[None]:
    """Let `check_time` in this block end the work after `until` (monotonic clock), which was `limit_s` away."""
    # Of this context alone: threads that work for others at the same time have limits of their own.
    token = _LIMIT.set((until, limit_s))
    try:
        yield
    finally:
        _LIMIT.reset(token)


def check_time() -> None:
    """Go on while there is time.

    Raises:
        Overloaded: the time is up; nobody waits for the answer any more.
    """
    limit = _LIMIT.get()
    # Monotonic, since a clock that is set while a request runs would end it, or never.
    if limit is not None and monotonic() > limit[0]:
        raise Overloaded(f"not done within {limit[1]:g} seconds; send less at once")
