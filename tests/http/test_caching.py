"""Kept answers stay within their memory, and are given again unchanged."""

import asyncio

from starlette.responses import Response

from buldan.http.middleware.caching import Caching


async def ask(app, path, query=b""):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": [], "scheme": "http"}
    await app(scope, None, send)
    sent[0]["headers"].append((b"content-encoding", b"br"))  # as a compressor outside would do
    return sent


def caching(kept_bytes):
    asked = []

    async def answer(request):
        asked.append(request.scope["query_string"])
        return Response(request.scope["query_string"] * 1000, media_type="text/plain")

    return Caching(answer, version="1", max_age_s=60, private=False, kept_bytes=kept_bytes), asked


def test_an_answer_is_made_once_and_given_again_unchanged():
    app, asked = caching(1_000_000)
    answers = [asyncio.run(ask(app, "/lookup", b"q=1")) for _ in range(3)]
    assert asked == [b"q=1"]
    assert answers[0] == answers[1] == answers[2]
    assert sum(name == b"content-encoding" for name, _ in answers[2][0]["headers"]) == 1


def test_the_oldest_answers_make_room():
    app, asked = caching(20_000)
    for number in (1, 2, 3, 1, 4, 5, 1, 2):
        asyncio.run(ask(app, "/lookup", b"q=%d" % number))
    assert asked == [b"q=1", b"q=2", b"q=3", b"q=4", b"q=5", b"q=2"]


def test_nothing_is_kept_without_room_nor_where_answers_change():
    app, asked = caching(0)
    for _ in range(2):
        asyncio.run(ask(app, "/lookup", b"q=1"))
    changing, asked_health = caching(1_000_000)
    for _ in range(2):
        asyncio.run(ask(changing, "/health"))
    assert (len(asked), len(asked_health)) == (2, 2)
