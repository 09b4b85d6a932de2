"""The time limit of a long request: work in a thread checks it between names, passages and queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

from buldan.http.schema.problems import Overloaded

__all__ = ["check_time", "deadline"]

_LIMIT: ContextVar[tuple[float, float] | None] = ContextVar("limit", default=None)
"""The end of the time by the monotonic clock, and the seconds that were allowed; None without a limit."""


@contextmanager
def deadline(until: float, *, limit_s: float) -> Iterator[None]:
    """Let `check_time` end the work in this block after `until` (monotonic clock); `limit_s` is for the message."""
    # Only for this context: threads that work for other requests have their own limits.
    token = _LIMIT.set((until, limit_s))
    try:
        yield
    finally:
        _LIMIT.reset(token)


def check_time() -> None:
    """Check that there is still time.

    Raises:
        Overloaded: the time is over; nobody waits for the answer any longer.
    """
    limit = _LIMIT.get()
    # Monotonic: if the system's clock is set while a request runs, the request could end too early or never.
    if limit is not None and monotonic() > limit[0]:
        raise Overloaded(f"not done within {limit[1]:g} seconds; send less at once")
