"""What a request's ASGI scope says, read without making a `Request` of it."""

from __future__ import annotations

from starlette.types import Scope

__all__ = ["get_header", "get_local_path", "prefers_html", "strip_prefix"]


def get_header(scope: Scope, name: bytes) -> bytes:
    """The first header of this name (in lower case), or nothing."""
    # A dozen short pairs: a walk is quicker than to make a mapping of them.
    for given, value in scope["headers"]:
        if given == name:
            found: bytes = value
            return found
    return b""


def get_local_path(scope: Scope) -> str:
    """The path as our routes know it, without a proxy's prefix."""
    return strip_prefix(scope) or "/"


def strip_prefix(scope: Scope) -> str:
    """What follows a proxy's prefix in the path: nothing where the prefix is all of it."""
    path: str = scope["path"]
    prefix: str = scope.get("root_path", "")
    # With the slash, so that /buldantwo is not within /buldan.
    return path.removeprefix(prefix) if f"{path}/".startswith(f"{prefix}/") else path


def prefers_html(scope: Scope) -> bool:
    """Whether the client is a browser that wants a page: it names HTML before any JSON."""
    wanted = get_header(scope, b"accept").lower()
    at = wanted.find(b"text/html")
    # Weights are not read: browsers put what they like best first, and clients of an API name no HTML.
    return at >= 0 and (wanted.find(b"json") < 0 or at < wanted.find(b"json"))
