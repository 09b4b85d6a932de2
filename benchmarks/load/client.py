"""A client that costs little beside the server: it reads no more of HTTP than it must."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

__all__ = ["Asker", "Times", "ask", "get", "post_text"]

_HEAD_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass
class Times:
    """What one or several runs measured."""

    seconds: list[float] = field(default_factory=list)
    wall_s: float = 0.0
    cpu_s: float = 0.0
    body_bytes: int = 0
    failures: int = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.wall_s

    @property
    def mean_bytes(self) -> int:
        """Of a body."""
        return self.body_bytes // max(1, len(self.seconds))

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of processor that the server's processes spent on a request."""
        return self.cpu_s / max(1, len(self.seconds)) * 1000

    def at(self, share: float) -> float:
        """Milliseconds that this share of requests did not exceed."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(len(self.seconds) * share))] * 1000

    def add(self, other: Times) -> None:
        """Take in another run of the same."""
        self.seconds += other.seconds
        self.wall_s += other.wall_s
        self.cpu_s += other.cpu_s
        self.body_bytes += other.body_bytes
        self.failures += other.failures


class Asker(asyncio.Protocol):
    """One connection that asks one request after the other.

    Args:
        next_request: the next request, None when there is no more to ask.
        times: where to note how long answers took.
        is_right: whether an answer's body is what was asked for; any is where None.
    """

    def __init__(
        self,
        next_request: Callable[[], bytes | None],
        times: Times,
        is_right: Callable[[bytes], bool] | None = None,
    ) -> None:
        self._next_request, self._times, self._is_right = next_request, times, is_right
        self._buffer = b""
        self._began = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask the first request."""
        self._transport = transport
        self._ask()

    def _ask(self) -> None:
        request = self._next_request()
        if request is None:
            self._transport.close()
            return
        self._began = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Note the time when an answer is whole, and ask the next."""
        self._buffer += data
        head = self._buffer.find(_HEAD_END)
        if head < 0:
            return
        length = _LENGTH.search(self._buffer, 0, head)
        begin = head + len(_HEAD_END)
        end = begin + (int(length[1]) if length else 0)
        if len(self._buffer) < end:
            return
        self._times.seconds.append(time.perf_counter() - self._began)
        self._times.body_bytes += end - begin
        right = self._is_right is None or self._is_right(self._buffer[begin:end])
        self._times.failures += not (right and self._buffer.startswith(b"HTTP/1.1 200"))
        self._buffer = self._buffer[end:]
        self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        """Be done."""
        if not self.done.done():
            self.done.set_result(None)


async def ask(port: int, requests: Iterator[bytes], *, connections: int, seconds: float) -> Times:
    """Ask over so many connections at once, until the time is up or the questions are."""
    times, until = Times(), time.perf_counter() + seconds

    def next_request() -> bytes | None:
        return next(requests, None) if time.perf_counter() < until else None

    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    made = [
        await loop.create_connection(lambda: Asker(next_request, times), "127.0.0.1", port) for _ in range(connections)
    ]
    await asyncio.gather(*(asker.done for _, asker in made))
    times.wall_s = time.perf_counter() - began
    return times


def get(path: str) -> bytes:
    """A GET request."""
    return f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


def post_text(path: str, text: str) -> bytes:
    """A POST request with a text."""
    body = text.encode()
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body
