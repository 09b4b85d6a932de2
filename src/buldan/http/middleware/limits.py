"""Limits before the routes: length of the address, size, speed and encoding of the body, number of requests.

Plain ASGI, because every request passes here.
"""

from __future__ import annotations

import asyncio
from collections import deque

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from buldan.http.schema.problems import answer_problem
from buldan.http.scope import get_header, get_local_path
from buldan.settings import Settings

__all__ = ["RequestLimits"]

_OPEN_PATHS = frozenset({"/health", "/ready"})
"""Paths that are answered even under full load, which gives supervisors the true state."""

_TABLES = "/geocode"
"""The path with files as bodies, which may be larger than texts."""


_LONG_TURN_S, _ROUNDS = 0.002, 6
"""After a turn of more than these seconds, the next request waits for this number of rounds of the event loop.

In one round a connection is accepted, in the next it is read, and so on: together they are enough for the complete
answer to a new connection.
"""


class _Refused(Exception):  # noqa: N818 - it carries an answer
    def __init__(self, status: int, detail: str) -> None:
        self.status, self.detail = status, detail


class _Turns:
    """Lets requests continue one by one, in their order, each in its own round of the event loop.

    A query is answered without a pause: of a thousand that arrive together the last one waits for all others. Between
    two rounds the loop accepts new connections and answers requests that do not queue; and requests of clients that
    have gone are dropped.
    """

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def take(self) -> None:
        """Wait until it is this request's turn."""
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        self._waiting.append(turn)
        # If others are waiting already, `_pass_on` gives this request its turn.
        if len(self._waiting) == 1:
            loop.call_soon(self._give, loop)
        await turn

    def _give(self, loop: asyncio.AbstractEventLoop) -> None:
        turn = self._waiting[0]
        # It is done already if the request was cancelled while it was waiting.
        if not turn.done():
            turn.set_result(None)
        loop.call_soon(self._pass_on, loop, loop.time())

    def _pass_on(self, loop: asyncio.AbstractEventLoop, given: float) -> None:
        """End a turn that began at `given` (time of the loop), and prepare the next one, if a request is waiting."""
        self._waiting.popleft()
        if self._waiting:
            self._rest(loop, _ROUNDS if loop.time() - given > _LONG_TURN_S else 0)

    def _rest(self, loop: asyncio.AbstractEventLoop, rounds: int) -> None:
        if rounds:
            loop.call_soon(self._rest, loop, rounds - 1)
        else:
            loop.call_soon(self._give, loop)


class RequestLimits:
    """Refuses requests that are too long (414), too large (413), compressed (415), too slow (408), or too many (503).

    A client that has closed the connection (`is_gone` of the scope, if the server sets it) gets no answer.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._settings = settings
        self._in_flight = 0
        self._turns = _Turns()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        self._in_flight += 1
        try:
            await asyncio.sleep(0)  # all requests that have arrived are counted before one is answered
            await self._answer(scope, receive, send)
        finally:
            self._in_flight -= 1

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        settings = self._settings
        if self._in_flight > settings.max_in_flight and get_local_path(scope) not in _OPEN_PATHS:
            await _refuse(scope, receive, send, 503, "too many requests at once; try again shortly")
            return
        if get_local_path(scope) not in _OPEN_PATHS:
            await self._turns.take()
            if scope.get("is_gone", bool)():
                return
        # After the turn: a flood of long addresses is refused at the same speed as other requests.
        if len(scope["raw_path"] or b"") + len(scope["query_string"]) > settings.max_url_bytes:
            limit = settings.max_url_bytes
            await _refuse(scope, receive, send, 414, f"path and query are longer than {limit} bytes; use POST")
            return
        # Their bodies have no meaning (RFC 9110, 9.3), and are not waited for.
        if scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self.app(scope, receive, send)
            return
        try:
            body = await self._read(scope, receive)
        except _Refused as refused:
            await _refuse(scope, receive, send, refused.status, refused.detail)
            return
        if body is not None:
            await self.app(scope, _replay(body, receive), send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes | None:
        """The whole body; None if the client has gone."""
        is_table = get_local_path(scope) == _TABLES
        limit = self._settings.max_table_bytes if is_table else self._settings.max_body_bytes
        if get_header(scope, b"content-encoding").lower() not in {b"", b"identity"}:
            raise _Refused(415, "compressed bodies are not read; send the body without Content-Encoding")
        too_large = _Refused(413, f"the body is larger than {limit} bytes; send it in parts")
        # Only used to refuse a large body: a chunked body has no length, and the header may be wrong.
        declared = get_header(scope, b"content-length") or b"0"
        if not declared.isdigit() or int(declared) > limit:
            raise too_large
        parts, size, more = [], 0, True
        try:
            async with asyncio.timeout(self._settings.read_timeout_s):
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > limit:
                        raise too_large
                    more = message.get("more_body", False)
        except TimeoutError:
            raise _Refused(408, "the body did not arrive in time") from None
        return b"".join(parts)


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, detail: str) -> None:
    # Otherwise the rest of the body would be read as the next request.
    headers = {"Connection": "close"} if status in {408, 413, 415} else {}
    if status == 415:
        headers["Accept-Encoding"] = "identity"  # RFC 9110, 15.5.16: the encodings that are accepted
    if status == 503:
        headers["Retry-After"] = "1"
    response = answer_problem(get_local_path(scope), status, detail, headers=headers)
    await response(scope, receive, send)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives a body that was already read, then further messages of the client."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
