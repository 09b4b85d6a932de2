"""What no answer of the service shows: where work stops, what is waited for, and how parameters are described."""

import asyncio
from threading import Event
from time import monotonic, sleep
from types import SimpleNamespace

import pytest
from pydantic import TypeAdapter

from buldan.geometry import Bounds
from buldan.http.deadline import deadline
from buldan.http.executor import BoundedExecutor
from buldan.http.facades.reconciliation import OneQuery
from buldan.http.routes.reconcile import _match_all, _reconcile
from buldan.http.schema.params import BoundingBox
from buldan.http.schema.problems import Overloaded
from buldan.http.schema.query import _as_written


def test_reconciling_stops_between_two_queries_when_time_is_up(gazetteer):
    service, query = SimpleNamespace(gaz=gazetteer), OneQuery(query="Nawa")
    works = [lambda: _reconcile(service, {"q0": query}, "en"), lambda: _match_all(service, [([query], None)], "en")]
    for work in works:
        with deadline(monotonic() + 60, limit_s=60):
            assert work()
        with deadline(monotonic() - 1, limit_s=2), pytest.raises(Overloaded, match="not done within 2 seconds"):
            work()


def test_a_parameter_that_may_be_left_out_is_described_as_what_is_written():
    text, number, absent = {"type": "string"}, {"type": "integer"}, {"type": "null"}
    assert _as_written({"title": "Name", "anyOf": [text, absent], "default": None}) == text
    assert _as_written({"anyOf": [text, number, absent]}) == {"anyOf": [text, number]}
    assert _as_written(number | {"default": 3}) == number | {"default": 3}


def test_a_box_is_read_as_it_is_written_and_kept_as_it_is():
    read, box = TypeAdapter(BoundingBox).validate_python, Bounds(36, 33, 37, 34)
    assert read("36,33,37,34") == read("36,33,100,37,34,200") == read(box) == box


def test_closing_waits_for_what_runs():
    executor, begun, done = BoundedExecutor(running=1, waiting=1, time_limit_s=60), Event(), Event()

    def work():
        begun.set()
        sleep(0.2)
        done.set()

    async def close():
        asked = asyncio.ensure_future(executor.run(work))
        await asyncio.to_thread(begun.wait)
        executor.close()
        assert done.is_set()
        await asked

    asyncio.run(close())
