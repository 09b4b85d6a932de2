"""The service under attack and over time: answers of /health meanwhile, and memory."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.load.servers import bare_server, buldan_server
from benchmarks.reliability.attacks import ATTACKS, TEXT, attacking, fetch, post

__all__ = ["Health", "attack", "measure_memory", "soak"]


@dataclass(frozen=True, slots=True)
class Health:
    """How /health answered: how often, seconds at the median, at p99, at most, and how often not with 200.

    `idle_p99_s` is what a bare server that nobody attacked took meanwhile: the machine's part of it.
    """

    asked: int
    median_s: float
    p99_s: float
    most_s: float
    refused: int
    idle_p99_s: float


def attack(name: str, *, seconds: float) -> Health:
    """A server of its own under one of `ATTACKS` by four clients, and /health asked 20 times a second meanwhile.

    The clients are in a process of their own, so that they do not hold up the one that asks.
    """
    with (
        TemporaryDirectory() as folder,
        bare_server(Path(folder), [10]) as bare,
        buldan_server(reads=True) as server,
    ):
        attackers = attacking(name, server.port, clients=4)
        try:
            time.sleep(2)
            return _watch(server.port, bare.port, seconds)
        finally:
            attackers.kill()
            attackers.join()


def _watch(port: int, bare_port: int, seconds: float) -> Health:
    spent, idle, refused = [], [], 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for kept, asked, path in ((spent, port, "/health"), (idle, bare_port, "/bare/10")):
            begun = time.perf_counter()
            try:
                refused += fetch(asked, path) != 200
            except (OSError, HTTPException):
                refused += 1
            kept.append(time.perf_counter() - begun)
        time.sleep(0.05)
    return Health(len(spent), *map(float, np.percentile(spent, [50, 99, 100])), refused, float(np.percentile(idle, 99)))


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


def soak(*, minutes: float, kept_mb: int, say: Callable[[str], object]) -> list[float]:
    """Every kind of request mixed for some minutes; MB that the server holds, ten times a minute.

    `kept_mb` is the memory that kept answers may take: with 0, what rises is something else.
    """
    mixed = [
        _get("/lookup?q=Yalda"),
        _get("/lookup?q=%D9%85%D8%B9%D8%B1%D8%A9%20%D8%A7%D9%84%D9%86%D8%B9%D9%85%D8%A7%D9%86&within=Idlib"),
        _get("/suggest?q=Hom"),
        _get("/reverse?lon=36.3&lat=33.5"),
        _get("/nominatim/search?q=Homs&format=jsonv2"),
        _get("/photon/api?q=Deir"),
        _get("/ogc/collections/town/items?limit=50"),
        _get("/no/such/page"),
        post("/geoparse", (TEXT * 30).encode(), "text/plain"),
        post("/lookup", json.dumps({"names": ["Homs", "Nawa", "Saraqib"] * 20}).encode()),
        post("/geoparse", b"[" * 5_000),
        ATTACKS["resets"],
    ]
    held: list[float] = []
    with buldan_server(reads=True, kept_mb=kept_mb) as server:
        stop = threading.Event()

        def load(first: int) -> None:
            number = first
            while not stop.is_set():
                with suppress(OSError, HTTPException):
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
        fetch(port, path + (f"{next(_COUNT) % 5_000}" if "q=" in path and "&" not in path else ""))

    return once
