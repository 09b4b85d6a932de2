"""What hostile or broken clients do to a service: each attack is what one client does, again and again."""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from http.client import HTTPConnection, HTTPException
from multiprocessing import get_context
from multiprocessing.process import BaseProcess

__all__ = ["ATTACKS", "TEXT", "attacking", "fetch", "post", "repeat", "resetting"]

_LETTERS = "سوق الحميدية القديم في وسط المدينة قرب الجامع الأموي الكبير وشارع النصر "
TEXT = "سقطت قذيفة على بعد 12 كم شمال حماة، ثم قصف على مدينتي دوما وحرستا بريف دمشق. Shelling hit Nawa in Daraa. "
"""A short report, to make long ones of."""


def fetch(port: int, path: str, content: bytes | None = None, **headers: str) -> int:
    """The status of an answer on a connection of its own; the whole answer is read."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET" if content is None else "POST", path, content, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def attacking(name: str, port: int, *, clients: int) -> BaseProcess:
    """A process, begun, in which so many clients attack a port of this machine until it is ended."""
    process = get_context("spawn").Process(target=_attack, args=(name, port, clients), daemon=True)
    process.start()
    return process


def _attack(name: str, port: int, clients: int) -> None:
    threads = [threading.Thread(target=repeat, args=(ATTACKS[name], port, threading.Event())) for _ in range(clients)]
    for thread in threads:
        thread.start()


def repeat(once: Callable[[int, threading.Event], object], port: int, stop: threading.Event) -> None:
    """Do the same again and again until told to stop, whatever the other side says to it."""
    while not stop.is_set():
        with suppress(OSError, HTTPException):
            once(port, stop)


def post(path: str, content: bytes, media_type: str = "application/json", **headers: str) -> Callable[..., object]:
    """A client that posts."""
    return lambda port, _: fetch(port, path, content, **{"Content-Type": media_type, **headers})


def _dripping(begun: bytes, drop: bytes, pause_s: float) -> Callable[..., None]:
    """Sends a beginning, then a drop at a time until the other side has enough."""

    def once(port: int, stop: threading.Event) -> None:
        with ExitStack() as stack:
            connect = lambda: socket.create_connection(("127.0.0.1", port), 5)  # noqa: E731
            all_of_them = [stack.enter_context(connect()) for _ in range(100)]
            for each in all_of_them:
                each.sendall(begun)
            until = time.monotonic() + 5
            while not stop.is_set() and time.monotonic() < until:
                for each in all_of_them:
                    with suppress(OSError):
                        each.sendall(drop)
                time.sleep(pause_s)

    return once


def _endless(begun: bytes, more: bytes = b"a" * 65_536) -> Callable[..., None]:
    def once(port: int, stop: threading.Event) -> None:
        with socket.create_connection(("127.0.0.1", port), 5) as each:
            each.sendall(begun)
            while not stop.is_set():
                each.sendall(more)

    return once


def resetting(said: bytes) -> Callable[..., None]:
    """A client that says something and resets its connection."""

    def once(port: int, _: threading.Event) -> None:
        with socket.create_connection(("127.0.0.1", port), 5) as each:
            each.sendall(said)
            each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return once


ATTACKS: dict[str, Callable[[int, threading.Event], object]] = {
    "nothing": lambda _, stop: stop.wait(1),
    "endless request line": _endless(b"GET /lookup?q="),
    "endless header": _endless(b"GET /health HTTP/1.1\r\nHost: x\r\nX-Much: "),
    "headers without number": _endless(b"GET /health HTTP/1.1\r\nHost: x\r\n", b"X-Much: a\r\n" * 5_000),
    "slow heads, 400 connections": _dripping(b"GET /lookup?q=", b"a", 0.2),
    "slow bodies, 400 connections": _dripping(
        b"POST /geoparse HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 9999\r\n\r\n", b"a", 0.2
    ),
    "idle, 400 connections": _dripping(b"", b"", 0.2),
    "resets": resetting(b"GET /ogc/collections/places/items?limit=1000 HTTP/1.1\r\nHost: x\r\n\r\n"),
    "batches of 1,000 long names": post(
        "/lookup", json.dumps({"names": [f"{_LETTERS}{number}" for number in range(1_000)]}).encode()
    ),
    "1 MB of one place": post("/geoparse", ("حلب " * 140_000).encode(), "text/plain"),
    "1 MB of news": post(
        "/geoparse", (TEXT * 5_500).encode()[:990_000].decode("utf-8", "ignore").encode(), "text/plain"
    ),
    "short texts of 8,000 letters": post("/geoparse", (TEXT * 80)[:7_990].encode(), "text/plain"),
    "JSON nested without end": post("/lookup", b"[" * 990_000),
    "compressed bodies": post("/geoparse", gzip.compress(b" " * 100_000_000), **{"Content-Encoding": "gzip"}),
}
"""Every attack by name."""
