"""Long work in threads: few at once, a queue of limited length, and a limited time to wait."""

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
"""After work of this many seconds the memory is given back to the system, which takes some milliseconds."""


class BoundedExecutor:
    """Runs long work outside the event loop, and refuses work that cannot be finished in time.

    Args:
        running: maximum number of tasks at once.
        waiting: maximum number of waiting tasks; a further one is refused.
        time_limit_s: maximum time from arrival to answer, seconds.
    """

    def __init__(self, *, running: int, waiting: int, time_limit_s: float) -> None:
        self._threads = ThreadPoolExecutor(running, thread_name_prefix="buldan")
        self._room = BoundedSemaphore(running + waiting)
        self._time_limit_s = time_limit_s

    async def run(self, work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """The result of `work` within the usual time limit; see `run_within`."""
        return await self.run_within(self._time_limit_s, partial(work, *args, **kwargs))

    async def run_within(self, time_limit_s: float, work: Callable[[], T]) -> T:
        """The result of `work` within a time limit of its own.

        Raises:
            Overloaded: the queue is full, or the work was not done in time. Work that has begun keeps its thread until
                it checks the time (`buldan.http.deadline.check_time`) or ends.
        """
        # Do not block here: this is the event loop, and all requests would wait.
        if not self._room.acquire(blocking=False):
            raise Overloaded("too many long requests at once; try again shortly")
        until = monotonic() + time_limit_s
        submitted = self._threads.submit(_work, work, until, time_limit_s)
        # When the thread has ended, even if the client has gone earlier: abandoned work still needs its thread.
        submitted.add_done_callback(lambda _: self._room.release())
        try:
            return await asyncio.wait_for(asyncio.wrap_future(submitted), time_limit_s)
        except TimeoutError:
            raise Overloaded(f"not done within {time_limit_s:g} seconds; send less at once") from None

    def close(self) -> None:
        """Wait for running work, and cancel waiting work."""
        self._threads.shutdown(wait=True, cancel_futures=True)


def _work(work: Callable[[], T], until: float, limit_s: float) -> T:
    begun = monotonic()
    try:
        with deadline(until, limit_s=limit_s):
            check_time()  # it may have waited in the queue for the whole time limit
            return work()
    finally:
        if monotonic() - begun > _LARGE_WORK_S:
            return_free_memory()
