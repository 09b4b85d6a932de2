"""Check keys and limit the rate of requests. Plain ASGI, because every request passes here."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from math import ceil
from time import time
from urllib.parse import unquote_to_bytes

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from buldan.errors import QueryError
from buldan.http.schema.problems import answer_problem
from buldan.http.scope import get_header, get_local_path
from buldan.settings import Settings

__all__ = ["KEY_COOKIE", "ApiKeys", "RateLimit", "is_key", "read_rate", "without_key"]

KEY_COOKIE = "buldan_key"
"""Name of the cookie with the key of a browser that has signed in, percent-encoded."""

# Otherwise nobody without a key in a header could sign in.
_SIGN_IN = frozenset({"/sign-in", "/sign-out"})

_IN_PATH = re.compile(r"/key/(?P<key>[^/]+)")
"""The key in the path, for clients that cannot send their own headers: `/key/KEY/nominatim/search`."""

_LOOKUPS = frozenset({"/", "/lookup", "/suggest", "/reverse", "/places", "/page.json", "/units.json", "/info"})
_LOOKUP_FOLDERS = ("/static/", "/basemap/", "/places/")
"""Paths of the page's files and of its requests for a single name or point."""


def without_key(path: str) -> str:
    """The path without its key, for logs.

    >>> without_key("/key/secret/photon/api")
    '/key/…/photon/api'
    """
    return _IN_PATH.sub("/key/…", path, count=1)


class ApiKeys:
    """Requires one of the keys: in `X-API-Key`, as a bearer token, in the cookie of a browser that has signed in, or,
    if the settings allow it, in the path.

    A browser that requests the page without a key is redirected to the form to sign in.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._settings = settings
        self._open_paths = frozenset(settings.open_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        # The path comes first: clients with a key in it cannot set headers.
        given = self._take_from_path(scope) if self._settings.key_in_path else b""
        given = given or get_header(scope, b"x-api-key") or _read_bearer(scope) or _read_cookie(scope)
        if is_key(given, self._settings.api_keys):
            scope["api_key"] = given
        elif not self._is_open(scope):
            # Only for browsers, and only for the page: a program must get 401 and not a form instead of data.
            if get_local_path(scope) == "/" and b"text/html" in get_header(scope, b"accept"):
                prefix = scope.get("root_path", "")
                await RedirectResponse(f"{prefix}/sign-in", 303, {"Cache-Control": "no-store"})(scope, receive, send)
                return
            response = answer_problem(
                get_local_path(scope),
                401,
                "this service needs a key: send it as X-API-Key or as a bearer token",
                headers={"WWW-Authenticate": "Bearer"},
            )
            await response(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _take_from_path(self, scope: Scope) -> bytes:
        """The key in the path; it becomes a part of the prefix, and all links contain it."""
        prefix: str = scope.get("root_path", "")
        found = _IN_PATH.match(get_local_path(scope))
        if found is None:
            return b""
        scope["root_path"] = prefix + found[0]
        return found["key"].encode()

    def _is_open(self, scope: Scope) -> bool:
        """Whether no key is needed: for paths that the settings open, and for the manifest on how to send keys."""
        path, method = get_local_path(scope), scope["method"]
        # Browsers send CORS preflight requests without a key, and these must be answered.
        if method == "OPTIONS" or path in self._open_paths or path in _SIGN_IN:
            return True
        if method not in {"GET", "HEAD"}:
            return False
        # OpenRefine reads it without a key, to find out that keys are needed and how to send them.
        is_manifest = path.rstrip("/") in {"/reconcile", "/reconcile/1.0"} and not scope["query_string"]
        is_lookup = path in _LOOKUPS or path.startswith(_LOOKUP_FOLDERS)
        return is_manifest or (self._settings.open_lookups and is_lookup)


class RateLimit:
    """Refuses requests (429) above the rate limit, counted by key, else by address; each worker counts separately."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._rate = read_rate(settings.rate_limit)
        # A fixed window needs two numbers per client; a sliding one would keep every request.
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._open_paths = frozenset(settings.open_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        # The key first: a whole office may have one address.
        who = scope.get("api_key", b"").decode("latin-1") or (scope.get("client") or ("unknown",))[0]
        if get_local_path(scope) in self._open_paths or self._limiter.hit(self._rate, who):
            await self.app(scope, receive, send)
            return
        # At least one: with 0 the client would come back in the same window.
        wait_s = max(1, ceil(self._limiter.get_window_stats(self._rate, who).reset_time - time()))
        detail = f"more than {self._rate.amount} requests in {self._rate.get_expiry()} seconds; come back later"
        response = answer_problem(get_local_path(scope), 429, detail, headers={"Retry-After": str(wait_s)})
        await response(scope, receive, send)


def is_key(given: bytes, keys: Iterable[str]) -> bool:
    """Whether `given` is one of the keys; the comparison takes constant time."""
    # `sum` and not `any`, which would stop at the right key and reveal by its time which one it was.
    return sum(hmac.compare_digest(given, key.encode()) for key in keys) > 0


def read_rate(text: str) -> RateLimitItem:
    """A rate such as `60/minute`.

    Raises:
        QueryError: the text is not a rate; the message shows the form.
    """
    try:
        return parse(text)
    except ValueError:
        raise QueryError(f"{text!r} is not a rate; write one such as 60/minute", field="rate_limit") from None


def _read_bearer(scope: Scope) -> bytes:
    scheme, _, token = get_header(scope, b"authorization").partition(b" ")
    return token.strip() if scheme.lower() == b"bearer" else b""


def _read_cookie(scope: Scope) -> bytes:
    try:
        cookies = SimpleCookie(get_header(scope, b"cookie").decode("latin-1"))
    except CookieError:
        return b""
    # A cookie cannot contain spaces or Arabic: the key in it is percent-encoded.
    return unquote_to_bytes(cookies[KEY_COOKIE].value) if KEY_COOKIE in cookies else b""
