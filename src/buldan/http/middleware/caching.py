"""Headers for browsers and caches: ETag, Cache-Control, Vary, 304, and safe defaults for every answer.

The gazetteer does not change while the service runs: the answer to a GET depends only on its version, the address and
the requested language. The ETag is made of these, before the answer is made. Answers are kept for further requests, up
to an amount of memory.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from hashlib import blake2b
from typing import Any, NamedTuple, TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from buldan.http.responses import SAFE_HEADERS
from buldan.http.scope import get_local_path, prefers_html

__all__ = ["Caching"]

Headers: TypeAlias = list[tuple[bytes, bytes]]

_CHANGING = frozenset({"/health", "/ready", "/metrics", "/photon/status", "/nominatim/status"})
# A larger one would remove dozens of short ones from the cache.
_LARGEST_KEPT = 64_000
_BESIDE_BODY = 3_000
"""Bytes of a kept answer in addition to its body: headers, entries of the table."""

# A refusal also depends on limits and keys, which are not in the tag: caches must not give it to other clients.
_FOUND = frozenset({200, 308})
_NOT_KEPT = [(b"cache-control", b"no-store")]
_SAFE = [(name.encode(), value.encode()) for name, value in SAFE_HEADERS.items()]


class _Answer(NamedTuple):
    status: int
    headers: Headers
    body: bytes
    route: Any = None

    @property
    def size(self) -> int:
        return len(self.body) + _BESIDE_BODY

    async def send(self, send: Send, *more: tuple[bytes, bytes]) -> None:
        """Send the answer, with a copy of its headers, because outer layers change them."""
        await send({"type": "http.response.start", "status": self.status, "headers": [*self.headers, *more]})
        await send({"type": "http.response.body", "body": self.body})


class Caching:
    """ASGI: adds the headers, answers 304, and keeps answers.

    Args:
        make: the handler that makes an answer.
        version: version of data and code together.
        max_age_s: seconds for which caches may keep an answer.
        private: whether only the client's own cache may keep it (if keys are required).
        kept_bytes: maximum memory of kept answers.
        layers: request headers for outer layers. Answers vary by them, but the layers say that only for requests that
            have them.
    """

    def __init__(
        self,
        make: Callable[[Request], Awaitable[Response]],
        *,
        version: str,
        max_age_s: int,
        private: bool,
        kept_bytes: int,
        layers: Iterable[str] = (),
    ) -> None:
        self._make = make
        self._version = version.encode()
        self._cache_control = b"cache-control", f"{'private' if private else 'public'}, max-age={max_age_s}".encode()
        self._layers = [(name.lower().encode(), f", {name}".encode()) for name in layers]
        self._kept: OrderedDict[bytes, _Answer] = OrderedDict()
        self._room = kept_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        request = Request(scope, receive, send)
        if scope["method"] == "GET" and get_local_path(scope) not in _CHANGING:
            await self._answer(request, send)
        else:
            await _complete(await self._make(request), _NOT_KEPT).send(send)

    async def _answer(self, request: Request, send: Send) -> None:
        scope = request.scope
        headers: dict[bytes, bytes] = dict(reversed(scope["headers"]))  # of several headers, routes read the first
        key = self._make_key(scope, headers)
        # Weak: outer layers may compress the answer, which changes its bytes.
        etag, vary = (b"etag", b'W/"%s"' % key), (b"vary", self._list_vary(headers))
        kept = self._kept.get(key)
        # The header may list several tags, where W/ does not matter (RFC 9110, 13.1.2). Ours is 32 hexadecimal digits
        # in quotes, and searching it as text is enough.
        if b'"%s"' % key in headers.get(b"if-none-match", b""):
            # The layers say nothing of an answer without a body, but what it stands for varies by them.
            whole = (b"vary", self._list_vary({}))
            await _Answer(304, [etag, self._cache_control], b"").send(send, whole)
        elif kept is not None:
            self._kept.move_to_end(key)
            # The access log and the counts name routes, also for answers from the cache.
            scope["route"] = kept.route
            await kept.send(send, vary)
        else:
            response = await self._make(request)
            if response.status_code not in _FOUND:
                await _complete(response, _NOT_KEPT).send(send)
                return
            made = _complete(response, [etag, self._cache_control], scope.get("route"))
            # If an endpoint sets its own tag, that tag is used, and the answer is not kept.
            if made.status == 200 and etag in made.headers:
                self._keep(key, made)
            await made.send(send, vary)

    def _make_key(self, scope: Scope, headers: dict[bytes, bytes]) -> bytes:
        """A digest of everything that an answer depends on; the host is included because of links."""
        given = (
            self._version,
            scope["scheme"].encode(),
            headers.get(b"host", b""),
            scope.get("root_path", "").encode(),
            scope["path"].encode(),
            scope["query_string"],
            headers.get(b"accept-language", b""),
            b"html" if prefers_html(scope) else b"",
        )
        # A zero byte is in none of the parts: different requests never give the same bytes.
        return blake2b(b"\0".join(given), digest_size=16).hexdigest().encode()

    def _list_vary(self, headers: dict[bytes, bytes]) -> bytes:
        return b"Accept, Accept-Language" + b"".join([varied for name, varied in self._layers if name not in headers])

    def _keep(self, key: bytes, answer: _Answer) -> None:
        if len(answer.body) > _LARGEST_KEPT or key in self._kept:
            return
        self._kept[key] = answer
        self._room -= answer.size
        # The least recently used answer is removed first: a used one was moved to the end.
        while self._room < 0:
            _, oldest = self._kept.popitem(last=False)
            self._room += oldest.size


def _complete(response: Response, extra: Headers, route: Any = None) -> _Answer:
    """The answer with more headers, and with safe defaults for headers that it does not set itself.

    A 304 has only the necessary headers: others would replace those in the client's cache, such as a page's policy.
    """
    headers = response.raw_headers
    present = {name for name, _ in headers}
    defaults = extra if response.status_code == 304 else [*extra, *_SAFE]
    headers = headers + [pair for pair in defaults if pair[0] not in present]
    return _Answer(response.status_code, headers, bytes(response.body), route)
