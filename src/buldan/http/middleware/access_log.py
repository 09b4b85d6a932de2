"""What is written down of a request: one line of JSON, and counts for Prometheus. Never what was posted."""

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

# They would double the lines of /metrics and say only when a worker began.
disable_created_metrics()  # type: ignore[no-untyped-call]

_REQUESTS = Counter("buldan_requests_total", "Requests answered.", ["route", "status"])
_SECONDS = Histogram(
    "buldan_request_seconds",
    "Time from request to answer.",
    ["route"],
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)


_CLIENT_GONE = 499
"""What is written down where a client went before it was answered (as nginx does)."""

# What may be given goes into logs: nothing that could begin a line or a field of its own.
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
        # In the scope, so that the message of a fault can name it, too.
        scope["request_id"] = request_id = _get_request_id(scope)

        async def watched(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                # A copy: the answer may be one that is kept, and its headers are not ours to change.
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
            # One write of a whole line, so that lines of several workers do not mix; logging would format it twice.
            sys.stderr.buffer.write(self._write_line(scope, method, status, size, seconds))
            sys.stderr.buffer.flush()

    def _get_counters(self, route: str, status: int) -> tuple[Any, Any]:
        key = (route, status)
        # `labels` takes a lock and looks its values up by text, each time.
        if key not in self._counted:
            self._counted[key] = (_REQUESTS.labels(route, str(status)), _SECONDS.labels(route))
        return self._counted[key]

    def _write_line(self, scope: Scope, method: str, status: int, size: int, seconds: float) -> bytes:
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": method,
            # The path alone: a query may name who was looked for.
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
    # Eight bytes: unlikely to be met twice in a year of logs, and short enough to read aloud.
    return given if _REQUEST_ID.fullmatch(given) else token_hex(8)


def find_route(scope: Scope) -> str:
    """The template of the route (`/places/{id}`), so that the number of label values stays small."""
    # Not the path itself: who asks for a million addresses would make a million time series.
    return getattr(scope.get("route"), "path", "other")


def write_metrics() -> bytes:
    """All counts in Prometheus' text format; of all workers where they share a folder."""
    if not values.ValueClass is not values.MutexValue:
        return generate_latest()
    # A new one each time: the collector reads the files of all workers when it is asked.
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
