"""What a large work filled goes back to the system; a small one is not held up for it."""

import asyncio
import sys
import time
from pathlib import Path

import pytest

from buldan.http import executor
from buldan.http.free_memory import return_free_memory


@pytest.mark.parametrize(("seconds", "returned"), [(0.0, 0), (0.25, 1)])
def test_memory_is_given_back_after_large_work_alone(monkeypatch, seconds, returned):
    given = []
    monkeypatch.setattr(executor, "return_free_memory", lambda: given.append(1))
    bounded = executor.BoundedExecutor(running=1, waiting=1, time_limit_s=5)
    assert asyncio.run(bounded.run(lambda: time.sleep(seconds) or "done")) == "done"
    bounded.close()
    assert len(given) == returned


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_what_was_freed_is_held_no_longer():
    def held_mb():
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4 / 1024

    # Smaller than what glibc maps for itself; every second one stays, so that the heap cannot simply shrink.
    blocks = [bytearray(16_384) for _ in range(8_000)]
    full = held_mb()
    del blocks[::2]
    return_free_memory()
    assert full - held_mb() > 30
