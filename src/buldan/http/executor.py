"""Long work in threads: few at once, a bounded line behind them, and waiting is bounded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import BoundedSemaphore
from time import monotonic
from typing import Any, TypeVar

from buldan.http.deadline import check_time, deadline
from buldan.http.free_memory import return_free_memory
from buldan.http.schema.problems import Overloaded

__all__ = ["BoundedExecutor"]

T = TypeVar("T")

_LARGE_WORK_S = 0.2
"""Seconds from which on a work has filled so much memory that giving it back (some milliseconds) does not count."""


class BoundedExecutor:
    """Runs long work beside the event loop, and refuses what it could not finish in time.

    Args:
        running: works at once.
        waiting: works in line; a further one is refused.
        time_limit_s: seconds from arrival to answer.
    """

    def __init__(self, *, running: int, waiting: int, time_limit_s: float) -> None:
        self._threads = ThreadPoolExecutor(running, thread_name_prefix="buldan")
        self._room = BoundedSemaphore(running + waiting)
        self._time_limit_s = time_limit_s

    async def run(self, work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """What `work` returns; see `run_within`."""
        return await self.run_within(self._time_limit_s, partial(work, *args, **kwargs))

    async def run_within(self, time_limit_s: float, work: Callable[[], T]) -> T:
        """What `work` returns, within another time than the usual.

        Raises:
            Overloaded: no room, or not done in time. Work that has begun keeps its place until it asks for the time
                (`buldan.http.deadline.check_time`) or ends.
        """
        # Never waited for here: this is the event loop, and everybody would wait.
        if not self._room.acquire(blocking=False):
            raise Overloaded("too many long requests at once; try again shortly")
        until = monotonic() + time_limit_s
        submitted = self._threads.submit(_work, work, until, time_limit_s)
        # When the thread is done, not when the client is: a work that is given up still takes its thread.
        submitted.add_done_callback(lambda _: self._room.release())
        try:
            return await asyncio.wait_for(asyncio.wrap_future(submitted), time_limit_s)
        except TimeoutError:
            raise Overloaded(f"not done within {time_limit_s:g} seconds; send less at once") from None

    def close(self) -> None:
        """Wait for what runs, drop what waits."""
        self._threads.shutdown(wait=True, cancel_futures=True)


def _work(work: Callable[[], T], until: float, limit_s: float) -> T:
    begun = monotonic()
    try:
        with deadline(until, limit_s=limit_s):
            check_time()  # it may have waited in line for as long as anyone waits for it
            return work()
    finally:
        if monotonic() - begun > _LARGE_WORK_S:
            return_free_memory()
