"""Limits that hold before any route is reached: length of the address, size, pace and coding of the body, line.

Pure ASGI, because every request passes here.
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
"""Answered however long the line is, so that supervisors see the truth."""

_TABLES = "/geocode"
"""Where bodies are files, which may be larger than texts."""


_LONG_TURN_S, _ROUNDS = 0.002, 6
"""After a turn that took so long, rounds in which others are let through: one accepts a connection, one reads from
it, one begins to answer … In all of them together a new connection is answered whole."""


class _Refused(Exception):  # noqa: N818 - it carries an answer
    def __init__(self, status: int, detail: str) -> None:
        self.status, self.detail = status, detail


class _Turns:
    """Lets requests go on one by one, in their order, each in a round of the event loop of its own.

    A question is answered without a pause, so that of a thousand that come together the last waits for all. Between
    two rounds the loop sees who has come, and answers what need not wait; and who has gone needs no answer.
    """

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def take(self) -> None:
        """Wait for one's turn."""
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        self._waiting.append(turn)
        # Whoever finds somebody before them is let through by `_pass_on`.
        if len(self._waiting) == 1:
            loop.call_soon(self._give, loop)
        await turn

    def _give(self, loop: asyncio.AbstractEventLoop) -> None:
        turn = self._waiting[0]
        # Done already where the request was cancelled while it stood in line.
        if not turn.done():
            turn.set_result(None)
        loop.call_soon(self._pass_on, loop, loop.time())

    def _pass_on(self, loop: asyncio.AbstractEventLoop, given: float) -> None:
        """After the round of one's turn, which was `given` then: the next, if anybody waits."""
        self._waiting.popleft()
        if self._waiting:
            self._rest(loop, _ROUNDS if loop.time() - given > _LONG_TURN_S else 0)

    def _rest(self, loop: asyncio.AbstractEventLoop, rounds: int) -> None:
        if rounds:
            loop.call_soon(self._rest, loop, rounds - 1)
        else:
            loop.call_soon(self._give, loop)


class RequestLimits:
    """Refuses what is too long (414), too large (413), compressed (415), too slow (408) or too much at once (503).

    Who has gone (`is_gone` of the scope, where the server gives it) before it was answered gets no answer.
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
            await asyncio.sleep(0)  # lets all that have arrived be counted before any is answered
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
        # After the turn: a flood of long addresses is refused at the pace of everything else.
        if len(scope["raw_path"] or b"") + len(scope["query_string"]) > settings.max_url_bytes:
            limit = settings.max_url_bytes
            await _refuse(scope, receive, send, 414, f"path and query are longer than {limit} bytes; use POST")
            return
        # Their bodies mean nothing (RFC 9110, 9.3): not read, so that none is waited for.
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
        """The whole body; None where the client has gone."""
        is_table = get_local_path(scope) == _TABLES
        limit = self._settings.max_table_bytes if is_table else self._settings.max_body_bytes
        if get_header(scope, b"content-encoding").lower() not in {b"", b"identity"}:
            raise _Refused(415, "compressed bodies are not read; send the body without Content-Encoding")
        too_large = _Refused(413, f"the body is larger than {limit} bytes; send it in parts")
        # Believed only where it is too large: a body in chunks has none, and a client may lie.
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
    # What is left of the body would be read as the next request.
    headers = {"Connection": "close"} if status in {408, 413, 415} else {}
    if status == 415:
        headers["Accept-Encoding"] = "identity"  # RFC 9110, 15.5.16: what would have been read
    if status == 503:
        headers["Retry-After"] = "1"
    response = answer_problem(get_local_path(scope), status, detail, headers=headers)
    await response(scope, receive, send)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives a body that was read already, then what the client does next."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
