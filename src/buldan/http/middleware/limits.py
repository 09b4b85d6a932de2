"""Limits that hold before any route is reached: length of the address, size and pace of the body, line, keys.

Pure ASGI, because every request passes here.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from buldan.http.schema.problems import problem_response
from buldan.http.scope import header_of, local_path
from buldan.settings import Settings

__all__ = ["ApiKeys", "RequestLimits"]

_OPEN_PATHS = frozenset({"/health", "/ready"})
"""Answered without a key and however long the line is, so that supervisors see the truth."""


class _Refused(Exception):  # noqa: N818 - it carries an answer
    def __init__(self, status: int, detail: str) -> None:
        self.status, self.detail = status, detail


class RequestLimits:
    """Refuses what is too long (414), too large (413), too slow (408) or too much at once (503)."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._settings = settings
        self._in_flight = 0

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
        if self._in_flight > settings.max_in_flight and local_path(scope) not in _OPEN_PATHS:
            await _refuse(scope, receive, send, 503, "too many requests at once; try again shortly")
            return
        if len(scope["raw_path"] or b"") + len(scope["query_string"]) > settings.max_url_bytes:
            limit = settings.max_url_bytes
            await _refuse(scope, receive, send, 414, f"path and query are longer than {limit} bytes; use POST")
            return
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
        limit = self._settings.max_body_bytes
        too_large = _Refused(413, f"the body is larger than {limit} bytes; send it in parts")
        declared = header_of(scope, b"content-length") or b"0"
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


class ApiKeys:
    """Asks for one of the keys, in `X-API-Key` or as a bearer token; compares in constant time."""

    def __init__(self, app: ASGIApp, keys: Iterable[str]) -> None:
        self.app = app
        self._keys = [key.encode() for key in keys]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if _is_open(scope) or self._holds_key(scope):
            await self.app(scope, receive, send)
            return
        response = problem_response(
            local_path(scope),
            401,
            "this service asks for a key: send it as X-API-Key or as a bearer token",
            headers={"WWW-Authenticate": "Bearer"},
        )
        await response(scope, receive, send)

    def _holds_key(self, scope: Scope) -> bool:
        scheme, _, token = header_of(scope, b"authorization").partition(b" ")
        given = header_of(scope, b"x-api-key") or (token.strip() if scheme.lower() == b"bearer" else b"")
        return sum(hmac.compare_digest(given, key) for key in self._keys) > 0


def _is_open(scope: Scope) -> bool:
    """Whether no key is asked for: how the service is, and the manifest that says that keys are asked for."""
    path = local_path(scope)
    is_manifest = path in {"/reconcile", "/reconcile/"} and scope["method"] == "GET" and not scope["query_string"]
    return path in _OPEN_PATHS or is_manifest or scope["method"] == "OPTIONS"


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, detail: str) -> None:
    headers = {"Connection": "close"} if status in {408, 413} else {}
    if status == 503:
        headers["Retry-After"] = "1"
    response = problem_response(local_path(scope), status, detail, headers=headers)
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
