"""What is refused says what is wrong, where, and what to do, without the words of a library or an inner type."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

import buldan
from buldan.http import create_app
from buldan.settings import Settings

TABLE = {"file": ("sheet.csv", b"place\nYalda\n")}

REFUSED: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("GET", "/lookup/?q=Yalda", {}, 404, "no such address; did you mean /lookup?"),
    ("GET", "/lokup?q=Yalda", {}, 404, "no such address; did you mean /lookup?"),
    ("GET", "/nominatim/serch?q=Yalda", {}, 404, "no such address; did you mean /nominatim/search?"),
    ("GET", "/nowhere/at/all", {}, 404, "no such address; /openapi.json lists those that there are"),
    ("GET", "/geoparse", {}, 405, "GET is not allowed here; use POST"),
    ("PUT", "/lookup", {}, 405, "PUT is not allowed here; use GET or POST"),
    ("GET", "/lookup?q=Yalda&limt=3", {}, 422, "did you mean 'limit'?"),
    ("GET", "/info?x=1", {}, 422, "x: unknown parameter; this address has none"),
    ("GET", "/lookup?q=Yalda&kind=twon", {}, 422, "unknown kind 'twon'; did you mean 'town'?"),
    ("GET", "/places?kind=", {}, 422, "kind: is empty; name a kind, or leave it out"),
    (
        "POST",
        "/lookup",
        {"json": {"names": ["يلدا"], "kinds": []}},
        422,
        "kinds: is empty; name a kind, or leave it out",
    ),
    ("GET", "/photon/api", {}, 400, "query: q is missing"),
    ("POST", "/lookup", {"json": []}, 422, "body: must be a JSON object"),
    ("POST", "/lookup", {"json": "Yalda"}, 422, "body: must be a JSON object"),
    ("POST", "/geoparse", {"json": {"text": "a", "texts": ["b"]}}, 422, "send either `text` or `texts`, not both"),
    ("POST", "/geocode", {"files": TABLE, "data": {"name": "place"}}, 422, "is in the address (?name=place)"),
    ("POST", "/reconcile", {"data": {"queries": "[]"}}, 400, "queries: must be a JSON object"),
    ("POST", "/reconcile", {"json": [1]}, 400, "body: must be a JSON object with `queries` or `extend`"),
]


@pytest.mark.parametrize(("method", "path", "sent", "status", "said"), REFUSED)
def test_a_refusal_says_what_where_and_what_to_do(
    gazetteer: buldan.Gazetteer, method: str, path: str, sent: dict[str, Any], status: int, said: str
) -> None:
    app = create_app(Settings(preload=False, access_log=False), gazetteer)

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client:
            return await client.request(method, path, **sent)

    answer = asyncio.run(ask())
    assert answer.status_code == status
    told = answer.json()
    assert said in (told.get("detail") or told.get("message") or told["error"]["message"])
