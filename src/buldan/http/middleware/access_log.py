"""Log of requests: one line of JSON for each, and counts for Prometheus. Posted content is never logged."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from secrets import token_hex
from time import perf_counter
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
    multiprocess,
    values,
)
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from buldan.http.middleware.keys import without_key
from buldan.http.responses import to_json
from buldan.http.scope import get_header
from buldan.settings import Settings

__all__ = ["AccessLog", "write_metrics"]

# They would double the lines of /metrics and only give the start of a worker.
disable_created_metrics()  # type: ignore[no-untyped-call]

_REQUESTS = Counter("buldan_requests_total", "Requests answered.", ["route", "status"])
_SECONDS = Histogram(
    "buldan_request_seconds",
    "Time from request to answer.",
    ["route"],
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)


_CLIENT_GONE = 499
"""Status that is logged if a client closed the connection before the answer (as in nginx)."""

# A given id is written to logs: it must not contain signs that could begin a new line or field.
_REQUEST_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)


class AccessLog:
    """Times every request, counts it, and writes its line."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._settings = settings
        self._counted: dict[tuple[str, int], tuple[Any, Any]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        began, status, size, method = perf_counter(), _CLIENT_GONE, 0, scope["method"]
        # In the scope, for the message of an internal error.
        scope["request_id"] = request_id = _get_request_id(scope)

        async def watched(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                # A copy: the answer may be a cached one, whose headers must not change.
                message = {**message, "headers": [*message["headers"], (b"x-request-id", request_id.encode())]}
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception:
            status = 500 if status == _CLIENT_GONE else status
            raise
        finally:
            self._write_down(scope, method, status, size, perf_counter() - began)

    def _write_down(self, scope: Scope, method: str, status: int, size: int, seconds: float) -> None:
        if self._settings.metrics:
            requests, histogram = self._get_counters(find_route(scope), status)
            requests.inc()
            histogram.observe(seconds)
        if self._settings.access_log:
            # The whole line in one write keeps lines of several workers apart; logging would format it twice.
            sys.stderr.buffer.write(self._write_line(scope, method, status, size, seconds))
            sys.stderr.buffer.flush()

    def _get_counters(self, route: str, status: int) -> tuple[Any, Any]:
        key = (route, status)
        # Kept, because `labels` takes a lock and searches its values by text each time.
        if key not in self._counted:
            self._counted[key] = (_REQUESTS.labels(route, str(status)), _SECONDS.labels(route))
        return self._counted[key]

    def _write_line(self, scope: Scope, method: str, status: int, size: int, seconds: float) -> bytes:
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": method,
            # Only the path: the query may have the name of a person.
            "path": without_key(scope["path"]),
            "status": status,
            "request_id": scope["request_id"],
            "bytes": size,
            "ms": round(seconds * 1000, 2),
        }
        if self._settings.log_queries:
            line["query"] = scope["query_string"].decode("latin-1")
        return to_json(line) + b"\n"


def _get_request_id(scope: Scope) -> str:
    """The id that a proxy gave the request, else a new one."""
    given = get_header(scope, b"x-request-id").decode("latin-1")
    # Eight bytes: unlikely to occur twice in a year of logs, and short enough to read aloud.
    return given if _REQUEST_ID.fullmatch(given) else token_hex(8)


def find_route(scope: Scope) -> str:
    """The template of the route (`/places/{id}`), which keeps the number of label values small."""
    # The path itself would make a new time series for each address.
    return getattr(scope.get("route"), "path", "other")


def write_metrics() -> bytes:
    """All counts in Prometheus' text format; of all workers if they use a common folder."""
    if not values.ValueClass is not values.MutexValue:
        return generate_latest()
    # A new registry each time: the collector reads the files of all workers when it is called.
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
