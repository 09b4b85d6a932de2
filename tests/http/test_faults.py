"""A fault of ours is answered in the façade's own shape and logged by where it was, without what was asked."""

import asyncio
import logging

import httpx
import pytest

from buldan.http import create_app
from buldan.settings import Settings


class Broken:
    """A gazetteer whose every lookup fails, with a message that quotes what was asked."""

    def __init__(self, gazetteer):
        self._gazetteer = gazetteer

    def __getattr__(self, name):
        return getattr(self._gazetteer, name)

    def lookup(self, text, **_):
        raise RuntimeError(f"cannot read {text}")


@pytest.fixture
def ask(gazetteer):
    app = create_app(Settings(preload=False, access_log=False), Broken(gazetteer))

    async def get(path):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return await client.get(path, headers={"Origin": "http://elsewhere"})

    return lambda path: asyncio.run(get(path))


@pytest.mark.parametrize(
    ("path", "status_of"),
    [
        ("/lookup?q=geheim", lambda body: body["status"]),
        ("/nominatim/search?q=geheim", lambda body: body["error"]["code"]),
        ("/photon/api?q=geheim", lambda body: body["status"]),
        ("/ogc/collections/places/items?q=geheim", lambda body: body["status"]),
        ('/reconcile?queries={"q":{"query":"geheim"}}', lambda body: body["status"]),
    ],
)
def test_a_fault_tells_nothing(ask, path, status_of, caplog):
    with caplog.at_level(logging.ERROR):
        answer = ask(path)
    assert answer.status_code == 500
    assert status_of(answer.json()) == 500
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["access-control-allow-origin"] == "*"
    for told in (answer.text, caplog.text):
        assert "geheim" not in told
    assert "RuntimeError" not in answer.text
    assert "RuntimeError" in caplog.text
    assert "test_faults.py" in caplog.text
