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


def test_what_says_itself_how_long_it_holds_is_not_kept():
    asked = []

    async def answer(request):
        asked.append(request.scope["path"])
        return Response(b"x", headers={"ETag": '"its own"'} if request.scope["path"] == "/own" else {})

    app = Caching(answer, version="1", max_age_s=60, private=False, kept_bytes=1_000_000)
    for path in ("/own", "/own", "/other", "/other"):
        asyncio.run(ask(app, path))
    assert asked == ["/own", "/own", "/other"]


def test_a_redirect_is_told_to_caches_but_made_each_time():
    asked = []

    async def answer(request):
        asked.append(request.scope["path"])
        return Response(b"", status_code=308, headers={"Location": "/there"})

    app = Caching(answer, version="1", max_age_s=60, private=False, kept_bytes=1_000_000)
    told = [dict(asyncio.run(ask(app, "/old"))[0]["headers"]) for _ in range(2)]
    assert all(b"max-age=60" in headers[b"cache-control"] for headers in told)
    assert asked == ["/old", "/old"]


def test_an_answer_larger_than_is_kept_is_made_each_time():
    app, asked = caching(1_000_000)
    for _ in range(2):
        asyncio.run(ask(app, "/lookup", b"q" * 65))
    assert len(asked) == 2
