"""Of many that come together, each has a turn; whoever asks after our health does not wait for them."""

import asyncio
import time

import pytest

from buldan.http.middleware.limits import RequestLimits
from buldan.settings import Settings


@pytest.fixture
def answered():
    return []


@pytest.fixture
def limits(answered):
    async def slow(scope, receive, send):
        if scope["path"] != "/health":
            time.sleep(0.005)
        answered.append(scope["path"])

    return RequestLimits(slow, Settings(max_in_flight=1_000))


def ask(limits, path, **more):
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [],
    }
    return asyncio.ensure_future(limits({**scope, **more}, None, None))


def test_health_is_answered_between_two_that_wait(limits, answered):
    async def crowd():
        asked = [ask(limits, f"/lookup/{number}") for number in range(100)]
        await asyncio.sleep(0.001)
        await ask(limits, "/health")
        before = len(answered)
        await asyncio.gather(*asked)
        return before

    assert asyncio.run(crowd()) < 10
    assert [path for path in answered if path != "/health"] == [f"/lookup/{number}" for number in range(100)]


def test_one_who_needs_several_rounds_waits_for_no_more_than_one_turn(limits, answered):
    async def crowd():
        asked = [ask(limits, f"/lookup/{number}") for number in range(50)]
        await asyncio.sleep(0.02)
        before = len(answered)
        for _ in range(4):  # accepted, read, begun
            await asyncio.sleep(0)
        await ask(limits, "/health")
        after = len(answered)
        await asyncio.gather(*asked)
        return after - before

    assert asyncio.run(crowd()) <= 3


def test_who_has_gone_while_waiting_costs_nothing_more(limits, answered):
    async def crowd():
        await asyncio.gather(*(ask(limits, f"/{n}", is_gone=lambda n=n: n % 2 == 1) for n in range(10)))

    asyncio.run(crowd())
    assert answered == ["/0", "/2", "/4", "/6", "/8"]


def test_turns_go_on_after_one_that_gave_up_waiting(limits, answered):
    async def crowd():
        asked = [ask(limits, f"/{number}") for number in range(5)]
        await asyncio.sleep(0)
        asked[2].cancel()
        await asyncio.gather(*asked, return_exceptions=True)
        await ask(limits, "/last")

    asyncio.run(crowd())
    assert answered == ["/0", "/1", "/3", "/4", "/last"]
