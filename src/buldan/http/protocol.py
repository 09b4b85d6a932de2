"""HTTP/1.1 as uvicorn speaks it, with an end to waiting for requests that do not come."""

from __future__ import annotations

from asyncio import TimerHandle, Transport
from functools import cache

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from buldan.settings import read_settings

__all__ = ["HeaderTimeoutProtocol"]


class HeaderTimeoutProtocol(HttpToolsProtocol):
    """Closes a connection on which a request line and its headers are not whole in time.

    uvicorn bounds the pause between two requests but not the time that a request takes to arrive, so that clients
    which connect and say little could hold every connection that the system grants us.
    """

    _waiting: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """A client has connected."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """A part of a request; what follows the answer to the one before is waited for anew."""
        super().data_received(data)
        if self._waiting is None and (self.cycle is None or self.cycle.response_complete):
            self._wait()

    def on_headers_complete(self) -> None:
        """All headers of a request."""
        self._stop_waiting()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Either side has closed the connection."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(_patience_s(), self.transport.close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


@cache
def _patience_s() -> float:
    return read_settings().read_timeout_s
