"""HTTP/1.1 as uvicorn speaks it, with an end to waiting for requests that do not come, and to heads without an end."""

from __future__ import annotations

import socket
from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from buldan.settings import Settings

__all__ = ["HeadLimitsProtocol"]

# Written by hand: no request was read that an application could answer.
_TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain; charset=utf-8\r\ncontent-length: 46\r\nconnection: close\r\n\r\n"
    b"The request line and its headers are too long."
)


class HeadLimitsProtocol(HttpToolsProtocol):
    """Closes a connection on which a request line and its headers are not whole in time, or within some bytes.

    uvicorn bounds the pause between two requests but not the time that a request takes to arrive, so that clients
    which connect and say little could hold every connection that the system grants us. Nor does it bound a head: the
    parser puts each piece of a long line to those before, copying all of them, so that an endless one takes the
    square of its length of everybody's time.

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
        """A part of a request; what follows the answer to the one before is waited for again."""
        # `abort`, as `close` would first try to send what a client that has gone cannot receive.
        if self.cycle is None and self._is_reset():
            self.transport.abort()
            return
        self._begun_here = False
        super().data_received(data)
        if self._waiting is None and (self.cycle is None or self.cycle.response_complete):
            self._wait()
        # Counted after it was parsed: what arrives together with the head may be body, however long.
        if self._in_head and not self._begun_here:
            self._head_bytes += len(data)
            if self._head_bytes > self._settings.max_header_bytes and not self.transport.is_closing():
                self._refuse()

    def on_headers_complete(self) -> None:
        """All headers of a request."""
        self._stop_waiting()
        self._in_head, self._head_bytes = False, 0
        # uvicorn tells of it only to who awaits `receive`, and a request in line awaits its turn.
        self.scope["is_gone"] = lambda: self._is_lost  # type: ignore[typeddict-unknown-key]
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """All of a request; the next byte begins another."""
        self._in_head, self._begun_here = True, True
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Either side has closed the connection."""
        self._is_lost = True
        self._stop_waiting()
        super().connection_lost(exc)

    def _is_reset(self) -> bool:
        """Whether the client has reset the connection already: what it had sent can still be read, and not answered.

        Asked once a connection, before its first request costs anything: those who connect and reset many times a
        second stand in one queue with everybody who wants to connect.
        """
        connection = self.transport.get_extra_info("socket")
        return connection is not None and bool(connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))

    def _refuse(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.write(_TOO_LONG)
        self.transport.close()

    def _wait(self) -> None:
        # From the end of the answer before, or of the connection's beginning, to the end of the headers.
        self._waiting = self.loop.call_later(self._settings.read_timeout_s, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
