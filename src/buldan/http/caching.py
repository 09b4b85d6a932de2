"""What browsers and caches are told: ETag, Cache-Control, Vary, 304, and safe defaults for every answer.

The gazetteer does not change while we serve, so an answer to a GET follows from its version, the address
and the language that is asked for. That is the ETag, known before the answer is made. Answers to
questions that were asked before are kept, up to an amount of memory.
"""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b
from typing import Any, NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from buldan.http.answers import SAFE_HEADERS
from buldan.http.problems import local_path

__all__ = ["Caching", "HeadAsGet"]

_CHANGING = frozenset({"/health", "/ready", "/metrics", "/photon/status", "/nominatim/status"})
_LARGEST_KEPT = 64_000
_BESIDE_BODY = 3_000
"""Bytes that a kept answer takes beside its body: headers, links of the table."""

_VARY = b"Accept-Language"
_SAFE = [(name.encode(), value.encode()) for name, value in SAFE_HEADERS.items()]


class _Answer(NamedTuple):
    start: Message
    body: bytes
    route: Any

    @property
    def size(self) -> int:
        return len(self.body) + _BESIDE_BODY


class Caching:
    """Adds the headers, answers 304, and keeps answers.

    Args:
        app: what answers.
        version: of data and code together.
        max_age_s: how long caches may keep an answer.
        private: whether only the client's own cache may (where keys are asked for).
        kept_bytes: how much memory answers that are kept may take.
    """

    def __init__(self, app: ASGIApp, *, version: str, max_age_s: int, private: bool, kept_bytes: int) -> None:
        self.app = app
        self._version = version.encode()
        self._cache_control = f"{'private' if private else 'public'}, max-age={max_age_s}".encode()
        self._kept: OrderedDict[bytes, _Answer] = OrderedDict()
        self._room = kept_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["method"] == "GET" and local_path(scope) not in _CHANGING:
            await self._answer(scope, receive, send)
        else:
            await self.app(scope, receive, _with_headers(send, [(b"cache-control", b"no-store")]))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        key = self._key(scope, headers)
        etag = b'W/"%s"' % key
        if etag in headers.get(b"if-none-match", b""):
            await _not_modified(send, etag, self._cache_control)
            return
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            scope["route"] = kept.route
            await send({**kept.start, "headers": list(kept.start["headers"])})
            await send({"type": "http.response.body", "body": kept.body})
            return
        await self.app(scope, receive, self._recording(key, etag, scope, send))

    def _key(self, scope: Scope, headers: dict[bytes, bytes]) -> bytes:
        """A digest of what an answer follows from; the host is in it because links are."""
        given = (
            self._version,
            scope["scheme"].encode(),
            headers.get(b"host", b""),
            scope.get("root_path", "").encode(),
            scope["path"].encode(),
            scope["query_string"],
            headers.get(b"accept-language", b""),
        )
        return blake2b(b"\0".join(given), digest_size=16).hexdigest().encode()

    def _recording(self, key: bytes, etag: bytes, scope: Scope, send: Send) -> Send:
        start: Message = {}
        caching = [(b"etag", etag), (b"cache-control", self._cache_control), (b"vary", _VARY)]

        async def record(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                found = message["status"] in {200, 308}
                start = _completed(message, caching if found else [(b"cache-control", b"no-store")])
                message = {**start, "headers": list(start["headers"])}
            elif start["status"] == 200 and not message.get("more_body") and (b"etag", etag) in start["headers"]:
                self._keep(key, _Answer(start, message.get("body", b""), scope.get("route")))
            await send(message)

        return record

    def _keep(self, key: bytes, answer: _Answer) -> None:
        if len(answer.body) > _LARGEST_KEPT or key in self._kept:
            return
        self._kept[key] = answer
        self._room -= answer.size
        while self._room < 0:
            _, oldest = self._kept.popitem(last=False)
            self._room += oldest.size


class HeadAsGet:
    """Answers HEAD as GET without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                if message.get("more_body"):
                    return
                message = {"type": "http.response.body", "body": b""}
                scope["method"] = "HEAD"  # the server holds the same scope, and expects a body of a GET
            await send(message)

        scope["method"] = "GET"
        await self.app(scope, receive, without_body)


def _with_headers(send: Send, extra: list[tuple[bytes, bytes]]) -> Send:
    async def complete(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = _completed(message, extra)
        await send(message)

    return complete


def _completed(message: Message, extra: list[tuple[bytes, bytes]]) -> Message:
    """The start of an answer with more headers, and the safe defaults that it does not set itself."""
    headers = list(message["headers"])
    present = {name for name, _ in headers}
    defaults = [] if message["status"] == 304 else _SAFE
    headers += [pair for pair in (*extra, *defaults) if pair[0] not in present]
    return {**message, "headers": headers}


async def _not_modified(send: Send, etag: bytes, cache_control: bytes) -> None:
    """Only what a cache must know: other headers take the place of those that it keeps, a page's policy among them."""
    headers = [(b"etag", etag), (b"cache-control", cache_control), (b"vary", _VARY)]
    await send({"type": "http.response.start", "status": 304, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
