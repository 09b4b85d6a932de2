"""The service under attack and over time: answers of /health meanwhile, and memory."""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass

import httpx
import numpy as np

from benchmarks.load.servers import Server, buldan_server

__all__ = ["ATTACKS", "Health", "attack", "measure_memory", "soak"]

_LETTERS = "سوق الحميدية القديم في وسط المدينة قرب الجامع الأموي الكبير وشارع النصر "
_TEXT = "سقطت قذيفة على بعد 12 كم شمال حماة، ثم قصف على مدينتي دوما وحرستا بريف دمشق. Shelling hit Nawa in Daraa. "


@dataclass(frozen=True, slots=True)
class Health:
    """How /health answered: how often, seconds at the median, at p99, at most, and how often not with 200."""

    asked: int
    median_s: float
    p99_s: float
    most_s: float
    refused: int


def attack(name: str, *, seconds: float) -> Health:
    """A server of its own under one of `ATTACKS` from four threads, and /health asked 20 times a second meanwhile."""
    with buldan_server(reads=True) as server:
        stop = threading.Event()
        attackers = [threading.Thread(target=_repeat, args=(ATTACKS[name], server.port, stop)) for _ in range(4)]
        for attacker in attackers:
            attacker.start()
        time.sleep(0.5)
        health = _watch(server, seconds)
        stop.set()
        for attacker in attackers:
            attacker.join(60)
    return health


def _watch(server: Server, seconds: float) -> Health:
    spent, refused = [], 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        begun = time.perf_counter()
        try:
            refused += httpx.get(f"http://127.0.0.1:{server.port}/health", timeout=30).status_code != 200
        except httpx.TransportError:
            refused += 1
        spent.append(time.perf_counter() - begun)
        time.sleep(0.05)
    return Health(len(spent), *map(float, np.percentile(spent, [50, 99, 100])), refused)


def _repeat(once: Callable[[int, threading.Event], None], port: int, stop: threading.Event) -> None:
    while not stop.is_set():
        with suppress(OSError, httpx.HTTPError):
            once(port, stop)


def _post(path: str, content: bytes, media_type: str = "application/json", **headers: str) -> Callable[..., None]:
    def once(port: int, _: threading.Event) -> None:
        url = f"http://127.0.0.1:{port}{path}"
        httpx.post(url, content=content, headers={"Content-Type": media_type, **headers}, timeout=60)

    return once


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


def _endless(begun: bytes) -> Callable[..., None]:
    def once(port: int, stop: threading.Event) -> None:
        with socket.create_connection(("127.0.0.1", port), 5) as each:
            each.sendall(begun)
            while not stop.is_set():
                each.sendall(b"a" * 65_536)

    return once


def _resetting(said: bytes) -> Callable[..., None]:
    def once(port: int, _: threading.Event) -> None:
        with socket.create_connection(("127.0.0.1", port), 5) as each:
            each.sendall(said)
            each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return once


ATTACKS: dict[str, Callable[[int, threading.Event], None]] = {
    "endless request line": _endless(b"GET /lookup?q="),
    "endless header": _endless(b"GET /health HTTP/1.1\r\nHost: x\r\nX-Much: "),
    "slow heads, 400 connections": _dripping(b"GET /lookup?q=", b"a", 0.2),
    "slow bodies, 400 connections": _dripping(
        b"POST /geoparse HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 9999\r\n\r\n", b"a", 0.2
    ),
    "idle, 400 connections": _dripping(b"", b"", 0.2),
    "resets": _resetting(b"GET /ogc/collections/places/items?limit=1000 HTTP/1.1\r\nHost: x\r\n\r\n"),
    "batches of 1,000 long names": _post(
        "/lookup", json.dumps({"names": [f"{_LETTERS}{number}" for number in range(1_000)]}).encode()
    ),
    "1 MB of one place": _post("/geoparse", ("حلب " * 140_000).encode(), "text/plain"),
    "1 MB of news": _post(
        "/geoparse", (_TEXT * 5_500).encode()[:990_000].decode("utf-8", "ignore").encode(), "text/plain"
    ),
    "short texts of 8,000 letters": _post("/geoparse", (_TEXT * 80)[:7_990].encode(), "text/plain"),
    "JSON nested without end": _post("/lookup", b"[" * 990_000),
    "compressed bodies": _post("/geoparse", gzip.compress(b" " * 100_000_000), **{"Content-Encoding": "gzip"}),
}
"""Every attack by name: what one client does, again and again."""


def measure_memory() -> Iterator[tuple[str, float, float]]:
    """For each large text: its name, and MB that the server holds at most and after ten of them."""
    texts = {name: call for name, call in ATTACKS.items() if name.startswith("1 MB")}
    with buldan_server(reads=True) as server:
        yield "no text", server.resident_mb, server.resident_mb
        for name, call in texts.items():
            most = 0.0
            for _ in range(10):
                thread = threading.Thread(target=call, args=(server.port, threading.Event()))
                thread.start()
                while thread.is_alive():
                    most = max(most, server.resident_mb)
                    time.sleep(0.02)
            yield name, most, server.resident_mb


def soak(*, minutes: float, say: Callable[[str], object]) -> list[float]:
    """Every kind of request mixed for some minutes; MB that the server holds, ten times a minute."""
    mixed = [
        _get("/lookup?q=Yalda"),
        _get("/lookup?q=%D9%85%D8%B9%D8%B1%D8%A9 %D8%A7%D9%84%D9%86%D8%B9%D9%85%D8%A7%D9%86&within=Idlib"),
        _get("/suggest?q=Hom"),
        _get("/reverse?lon=36.3&lat=33.5"),
        _get("/nominatim/search?q=Homs&format=jsonv2"),
        _get("/photon/api?q=Deir"),
        _get("/ogc/collections/town/items?limit=50"),
        _get("/no/such/page"),
        _post("/geoparse", (_TEXT * 30).encode(), "text/plain"),
        _post("/lookup", json.dumps({"names": ["Homs", "Nawa", "Saraqib"] * 20}).encode()),
        _post("/geoparse", b"[" * 5_000),
        ATTACKS["resets"],
    ]
    held: list[float] = []
    with buldan_server(reads=True, kept_mb=64) as server:
        stop = threading.Event()

        def load(first: int) -> None:
            number = first
            while not stop.is_set():
                with suppress(OSError, httpx.HTTPError):
                    mixed[number % len(mixed)](server.port, stop)
                number += 1
                time.sleep(0.02)

        clients = [threading.Thread(target=load, args=(number * 3,)) for number in range(4)]
        for client in clients:
            client.start()
        until = time.monotonic() + 60 * minutes
        while time.monotonic() < until:
            time.sleep(6)
            held.append(server.resident_mb)
            if len(held) % 10 == 0:
                say(f"{len(held) // 10} min: {held[-1]:.0f} MB")
        stop.set()
        for client in clients:
            client.join(60)
    return held


_COUNT = iter(range(10**9))


def _get(path: str) -> Callable[..., None]:
    """Asks for a path, each time a little differently, so that no answer was kept."""

    def once(port: int, _: threading.Event) -> None:
        address = f"http://127.0.0.1:{port}{path}"
        httpx.get(address + (f"{next(_COUNT) % 5_000}" if "q=" in path and "&" not in path else ""), timeout=60)

    return once
