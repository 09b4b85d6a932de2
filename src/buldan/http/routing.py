"""Find the endpoint of an address, and make an answer of its result or its error.

FastAPI describes our routes, but requests do not pass through it: endpoints read their own parameters, and its
dependencies, router and exception handlers would have no use, but take as long as a simple endpoint itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeAlias

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from buldan.http.schema.problems import answer_error
from buldan.http.scope import strip_prefix
from buldan.near_words import find_near_word

__all__ = ["Application", "Handler", "Routes"]

Handler: TypeAlias = Callable[[Request], Awaitable[Response]]
"""A function that makes the answer to a request."""


class Application(FastAPI):
    """FastAPI for the description of routes, for start and end; requests are sent to the routes by our own code.

    Args:
        routes: all routes.
        middleware: a function that puts the middleware around a handler.
        described: arguments for FastAPI.
    """

    def __init__(
        self, *, routes: Iterable[BaseRoute], middleware: Callable[[Handler], ASGIApp], **described: Any
    ) -> None:
        super().__init__(**described)
        self.router.routes.extend(routes)
        self._app = middleware(Routes(self.router.routes))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI. FastAPI handles everything that is not HTTP: start, end, and the refusal of WebSockets."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        scope["app"] = self
        # For a proxy that removes its prefix: links are made of prefix and path (scope.py).
        if self.root_path:
            scope["root_path"] = self.root_path
        await self._app(scope, receive, send)


class Routes:
    """Answers a request with the route at its address, or with a problem document."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._routes = [route for route in routes if isinstance(route, Route)]
        self._patterns = [route for route in self._routes if route.param_convertors]
        # Most addresses have no parameters: one dictionary access instead of many patterns.
        self._fixed = {
            (method, route.path): route
            for route in self._routes
            for method in route.methods or ()
            if not route.param_convertors
        }

    async def __call__(self, request: Request) -> Response:
        """The answer to a request."""
        try:
            found = self._find(request.scope)
            if found is None:
                return self._refuse(request)
            route, parameters = found
            request.scope["route"] = route
            response: Response = await route.endpoint(request, **parameters)
        except Exception as error:  # the last place where an error can become an answer
            return answer_error(request, error)
        return response

    def _find(self, scope: Scope) -> tuple[Route, dict[str, Any]] | None:
        """The route for an address and a method, with the parameters in its path."""
        fixed = self._fixed.get((scope["method"], strip_prefix(scope)))
        if fixed is not None:
            return fixed, {}
        # In the order of their declaration, as in FastAPI.
        for route in self._patterns:
            match, found = route.matches(scope)
            if match is Match.FULL:
                return route, found["path_params"]
        return None

    def _refuse(self, request: Request) -> Response:
        """404, or 405 with the methods of this address; OPTIONS gets only these methods."""
        path = strip_prefix(request.scope)
        matching = [route for route in self._routes if route.matches(request.scope)[0] is not Match.NONE]
        if not matching:
            near = find_near_word(path.rstrip("/"), {route.path for route in self._routes if "{" not in route.path})
            advice = f"did you mean {near}?" if near else "/openapi.json lists those that there are"
            raise HTTPException(404, f"no such address; {advice}")
        methods = {"OPTIONS"}.union(*(route.methods or () for route in matching))
        allowed = ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))
        # CORS requests were answered by an outer layer; this is the ordinary OPTIONS of RFC 9110, 9.3.7.
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": allowed})
        usual = " or ".join(sorted(methods - {"OPTIONS"}))
        raise HTTPException(405, f"{request.method} is not allowed here; use {usual}", {"Allow": allowed})
