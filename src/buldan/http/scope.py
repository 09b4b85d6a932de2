"""Read a request's ASGI scope without making a `Request` of it."""

from __future__ import annotations

from starlette.types import Scope

__all__ = ["get_header", "get_local_path", "prefers_html", "strip_prefix"]


def get_header(scope: Scope, name: bytes) -> bytes:
    """The first header of this name (in lower case), or empty bytes."""
    # About a dozen short pairs: a loop is faster than making a mapping.
    for given, value in scope["headers"]:
        if given == name:
            found: bytes = value
            return found
    return b""


def get_local_path(scope: Scope) -> str:
    """The path of the route, without a proxy's prefix."""
    return strip_prefix(scope) or "/"


def strip_prefix(scope: Scope) -> str:
    """The path after a proxy's prefix; empty if the prefix is the whole path."""
    path: str = scope["path"]
    prefix: str = scope.get("root_path", "")
    # With the slash: /buldantwo is not inside /buldan.
    return path.removeprefix(prefix) if f"{path}/".startswith(f"{prefix}/") else path


def prefers_html(scope: Scope) -> bool:
    """Whether the client is a browser that wants a page: its `Accept` has HTML before any JSON."""
    wanted = get_header(scope, b"accept").lower()
    at = wanted.find(b"text/html")
    # Weights are ignored: browsers put their preferred type first, and clients of an API do not name HTML.
    return at >= 0 and (wanted.find(b"json") < 0 or at < wanted.find(b"json"))
