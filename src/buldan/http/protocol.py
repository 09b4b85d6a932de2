"""uvicorn's HTTP/1.1 protocol with limits on the time until a request arrives and on the size of its head."""

from __future__ import annotations

import socket
from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from buldan.settings import Settings

__all__ = ["HeadLimitsProtocol"]

# Written as bytes: there is no complete request that the application could answer.
_TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain; charset=utf-8\r\ncontent-length: 46\r\nconnection: close\r\n\r\n"
    b"The request line and its headers are too long."
)


class HeadLimitsProtocol(HttpToolsProtocol):
    """Closes a connection if the request line and headers are not complete in time, or are too long.

    uvicorn limits the pause between two requests but not the time in which a request arrives: clients that connect and
    send little could occupy all connections. It does not limit the size of the head either: the parser joins each
    piece of a long line with the earlier ones and copies them all, which for an endless line takes time with the square
    of its length, and delays all requests.

    The settings are those of the application, which gives them with the state of its lifespan.
    """

    _waiting: TimerHandle | None = None
    _in_head = True
    _head_bytes = 0
    _begun_here = False
    _is_lost = False

    @property
    def _settings(self) -> Settings:
        settings: Settings = self.app_state["settings"]
        return settings

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """A client has connected."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """A part of a request has arrived; after an answer, the time for the next request begins again."""
        # `abort`, because `close` would first try to send data to a client that has gone.
        if self.cycle is None and self._is_reset():
            self.transport.abort()
            return
        self._begun_here = False
        super().data_received(data)
        if self._waiting is None and (self.cycle is None or self.cycle.response_complete):
            self._wait()
        # Counted after parsing: data that arrives together with the head may be the body, of any length.
        if self._in_head and not self._begun_here:
            self._head_bytes += len(data)
            if self._head_bytes > self._settings.max_header_bytes and not self.transport.is_closing():
                self._refuse()

    def on_headers_complete(self) -> None:
        """All headers of a request have arrived."""
        self._stop_waiting()
        self._in_head, self._head_bytes = False, 0
        # uvicorn reports this only to code that awaits `receive`, and a queued request awaits its turn.
        self.scope["is_gone"] = lambda: self._is_lost  # type: ignore[typeddict-unknown-key]
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The whole request has arrived; the next byte begins another."""
        self._in_head, self._begun_here = True, True
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Either side has closed the connection."""
        self._is_lost = True
        self._stop_waiting()
        super().connection_lost(exc)

    def _is_reset(self) -> bool:
        """Whether the client has already reset the connection: its data can still be read, but not answered.

        This is checked once per connection, before work on its first request, because clients that connect and reset
        many times per second are in the same queue as all others.
        """
        connection = self.transport.get_extra_info("socket")
        return connection is not None and bool(connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))

    def _refuse(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.write(_TOO_LONG)
        self.transport.close()

    def _wait(self) -> None:
        # From the end of the last answer, or from the beginning of the connection, to the end of the headers.
        self._waiting = self.loop.call_later(self._settings.read_timeout_s, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
