"""Layers between server and routes that pass most requests on unchanged.

They are not coroutines: a layer that only passes a request on then adds no frame to those that wait for the answer.
"""

from __future__ import annotations

from collections.abc import Awaitable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from buldan.http.scope import get_header

__all__ = ["HeadMiddleware", "IfHeader"]


class IfHeader:
    """Sends requests with a header through a layer, and the others directly to the application.

    Args:
        header: name of the header in lower case.
        layer: the layer around `app` for requests with the header.
        app: the application inside.
    """

    def __init__(self, header: bytes, layer: ASGIApp, app: ASGIApp) -> None:
        self._header = header
        self._layer = layer
        self.app = app

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """ASGI."""
        way = self._layer if get_header(scope, self._header) else self.app
        return way(scope, receive, send)


class HeadMiddleware:
    """Answers HEAD like GET without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """ASGI."""
        if scope["method"] != "HEAD":
            return self.app(scope, receive, send)

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                if message.get("more_body"):
                    return
                message = {"type": "http.response.body", "body": b""}
                scope["method"] = "HEAD"  # reset: the server has the same scope, and expects a body for a GET
            await send(message)

        scope["method"] = "GET"
        return self.app(scope, receive, without_body)
