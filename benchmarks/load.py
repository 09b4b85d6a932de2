"""Load on the service: requests a second and p50/p99, beside a bare FastAPI endpoint in the same run.

    python benchmarks/load.py                   the table, in Markdown
    python benchmarks/load.py --smoke           a few seconds, for CI
    python benchmarks/load.py --soak 200000     memory over so many requests, and clients that misbehave

Everything is on loopback: the server is `buldan serve` in processes of its own, the client is this one. Fuzzy
questions are names of the gazetteer with one or two letters changed, all different, so that no kept answer helps;
the last row asks some of them again.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psutil
import uvloop

import buldan

HEAD_END = b"\r\n\r\n"
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
LETTERS = {"Arab": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "Latn": "abcdefghijklmnopqrstuvwxyz"}

BARE = """
from fastapi import FastAPI, Query, Response
from pydantic import BaseModel, ConfigDict
from typing import Annotated
import os

class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    q: str = ""
    within: str | None = None
    limit: int = 5
    lang: str | None = None

BODY = b"x" * int(os.environ["BARE_BYTES"])
app = FastAPI()

@app.get("/bare")
async def bare() -> Response:
    return Response(BODY, media_type="application/geo+json")

@app.get("/bound")
async def bound(asked: Annotated[Asked, Query()]) -> Response:
    return Response(BODY, media_type="application/geo+json")
"""


@dataclass
class Times:
    """What one run measured."""

    seconds: list[float] = field(default_factory=list)
    wall: float = 0.0
    sizes: int = 0
    failures: int = 0
    cpu_s: float = 0.0

    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.wall

    def at(self, share: float) -> float:
        """Milliseconds that this share of requests did not exceed."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(len(self.seconds) * share))] * 1000


class Asker(asyncio.Protocol):
    """One connection that asks one request after the other; reads no more of HTTP than it must."""

    def __init__(self, next_request: Callable[[], bytes | None], times: Times) -> None:
        self.next_request, self.times = next_request, times
        self.buffer = b""
        self.began = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask the first request."""
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        request = self.next_request()
        if request is None:
            self.transport.close()
            return
        self.began = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Note the time when an answer is whole, and ask the next."""
        self.buffer += data
        head = self.buffer.find(HEAD_END)
        if head < 0:
            return
        length = LENGTH.search(self.buffer, 0, head)
        whole = head + 4 + (int(length[1]) if length else 0)
        if len(self.buffer) < whole:
            return
        self.times.seconds.append(time.perf_counter() - self.began)
        self.times.failures += not self.buffer.startswith(b"HTTP/1.1 200")
        self.times.sizes += whole - head - 4
        self.buffer = self.buffer[whole:]
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
    times.wall = time.perf_counter() - began
    return times


def get(path: str) -> bytes:
    """A GET request."""
    return f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


def post_text(path: str, text: str) -> bytes:
    """A POST request with a text."""
    body = text.encode()
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(command: Sequence[str], port: int, **environment: str) -> Iterator[psutil.Process]:
    """A server in a process of its own, stopped in the end."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, env={**os.environ, **environment}, stderr=log)
        try:
            wait_for(port)
            yield psutil.Process(process.pid)
            if process.poll() is not None:
                raise SystemExit(f"the server ended by itself with {process.returncode}")
        except OSError as error:
            log.seek(-min(4_000, log.tell()), os.SEEK_END)
            raise SystemExit(f"{error}; the server ended with {process.poll()}:\n{log.read().decode()}") from error
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def wait_for(port: int) -> None:
    """Wait until a server listens and answers."""
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as probe:
            probe.sendall(get("/health"))
            if probe.recv(64):
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


@contextlib.contextmanager
def buldan_server(*, workers: int = 1, kept_mb: int = 64) -> Iterator[tuple[int, psutil.Process]]:
    """`buldan serve` as people run it."""
    port = free_port()
    command = [
        sys.executable,
        "-c",
        "from buldan.cli import main; main()",
        "serve",
        "--port",
        str(port),
        "--workers",
        str(workers),
    ]
    with running(command, port, BULDAN_KEPT_ANSWERS_MB=str(kept_mb), BULDAN_PRELOAD="false") as process:
        time.sleep(2.0 if workers > 1 else 0)
        yield port, process


@contextlib.contextmanager
def bare_server(folder: Path, size: int) -> Iterator[tuple[int, psutil.Process]]:
    """A bare FastAPI application under the same uvicorn."""
    (folder / "bare_app.py").write_text(BARE)
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "bare_app:app", "--app-dir", str(folder), "--port", str(port)]
    with running([*command, "--no-access-log", "--log-level", "error"], port, BARE_BYTES=str(size)) as process:
        yield port, process


def respelled(name: str, chance: random.Random) -> str:
    """The name with one letter changed, left out or doubled, and in long names another one too."""
    letters = list(name)
    alphabet = LETTERS["Arab" if "؀" <= name[0] <= "ۿ" else "Latn"]
    for _ in range(1 + (len(letters) > 7)):
        at = chance.randrange(1, len(letters))
        letters[at] = chance.choice([chance.choice(alphabet), "", letters[at] * 2])
    return "".join(letters)


@dataclass(frozen=True)
class Questions:
    """What is asked, made from the gazetteer with a fixed seed."""

    exact: list[str]
    fuzzy: list[str]
    texts: list[str]

    @classmethod
    def make(cls, number: int) -> Questions:
        """So many of each, and two hundred texts."""
        chance = random.Random(7)
        names = [name for place in buldan.load() for name in (place.name_en, place.name_ar) if len(name) > 3]
        exact = chance.sample(names, min(number, len(names)))
        fuzzy = list(dict.fromkeys(respelled(chance.choice(names), chance) for _ in range(number)))
        arabic = [name for name in names if "؀" <= name[0] <= "ۿ"]
        return cls(exact, fuzzy, [article(arabic, chance) for _ in range(200)])


def article(names: Sequence[str], chance: random.Random) -> str:
    """About 4 KB of Arabic news about places: a mention in every dozen words."""
    filler = [
        "وقالت",
        "مصادر",
        "محلية",
        "إن",
        "المعارك",
        "تجددت",
        "صباح",
        "اليوم",
        "بعد",
        "هدوء",
        "استمر",
        "عدة",
        "أيام",
        "قرب",
        "بلدة",
    ]
    words: list[str] = []
    while sum(map(len, words)) + len(words) < 2200:
        words += [*filler, chance.choice(names) + "،"]
    return " ".join(words)


def lookups(names: Sequence[str], *, again: bool = False) -> Iterator[bytes]:
    """A GET /lookup for each name, round and round."""
    requests = [get(f"/lookup?q={quote(name)}") for name in (names[:500] if again else names)]
    while True:
        yield from requests


def forever(request: bytes) -> Iterator[bytes]:
    """The same request."""
    while True:
        yield request


def texts(articles: Sequence[str]) -> Iterator[bytes]:
    """A POST /geoparse for each text, round and round."""
    requests = [post_text("/geoparse", text) for text in articles]
    while True:
        yield from requests


def measure(
    server: tuple[int, psutil.Process], requests: Iterator[bytes], *, connections: int, seconds: float
) -> Times:
    """One run, after a short one to warm up, with the time that the server's processes spent on it."""
    port, process = server
    uvloop.run(ask(port, requests, connections=connections, seconds=min(1.0, seconds / 3)))
    before = cpu_s(process)
    times = uvloop.run(ask(port, requests, connections=connections, seconds=seconds))
    times.cpu_s = cpu_s(process) - before
    return times


def cpu_s(process: psutil.Process) -> float:
    """Seconds of processor that a process and its children have spent."""
    return sum(sum(each.cpu_times()[:2]) for each in (process, *process.children(recursive=True)))


def table(questions: Questions, folder: Path, *, seconds: float, connections: int) -> Iterator[str]:
    """Rows of the table, each as soon as it is measured."""
    rows: dict[str, Times] = {}

    def run(name: str, server: tuple[int, psutil.Process], requests: Iterator[bytes], bare: str = "bare") -> str:
        times = rows[name] = measure(server, requests, connections=connections, seconds=seconds)
        cpu_ms = times.cpu_s / len(times.seconds) * 1000
        ratio = times.rate() / rows[bare].rate() if bare in rows else 1.0
        failed = f" ({times.failures} failed)" if times.failures else ""
        size = times.sizes // max(1, len(times.seconds))
        speed = f"{times.rate():,.0f} | {times.at(0.5):.2f} | {times.at(0.99):.2f}"
        return f"| {name}{failed} | {size:,} | {speed} | {ratio:.2f} | {cpu_ms:.2f} |"

    with buldan_server(kept_mb=0) as server:
        probe = measure(server, lookups(questions.fuzzy), connections=connections, seconds=seconds / 2)
        size = probe.sizes // max(1, len(probe.seconds))
        with bare_server(folder, size) as bare:
            yield "| question | bytes | requests/s | p50 ms | p99 ms | of bare | CPU ms |"
            yield "|---|--:|--:|--:|--:|--:|--:|"
            yield run("bare", bare, forever(get("/bare")))
            yield run("bare, parameters bound to a model", bare, forever(get("/bound?q=x&limit=5")))
        yield run("place by id", server, forever(get("/places/SY03")))
        yield run("exact lookup", server, lookups(questions.exact))
        yield run("fuzzy lookup", server, lookups(questions.fuzzy))
        yield run("4 KB geoparse", server, texts(questions.texts))
    with buldan_server() as server:
        again = limited(lookups(questions.fuzzy, again=True), 500)
        uvloop.run(ask(server[0], again, connections=connections, seconds=60))
        yield run("fuzzy lookup, asked again", server, lookups(questions.fuzzy, again=True))
    with buldan_server(workers=2, kept_mb=0) as server:
        yield run("fuzzy lookup, 2 workers", server, lookups(questions.fuzzy))
    gain = rows["fuzzy lookup, 2 workers"].rate() / rows["fuzzy lookup"].rate()
    yield f"\n2 workers answer {gain:.2f} times as many fuzzy lookups as one."


def soak(questions: Questions, requests: int) -> Iterator[str]:
    """Memory over many requests; then crowds, slow clients and clients that vanish."""
    with buldan_server() as (port, process):
        asked, all_lookups = 0, lookups([*questions.exact, *questions.fuzzy])
        yield "| requests | resident MB |\n|--:|--:|"
        while asked < requests:
            times = uvloop.run(ask(port, limited(all_lookups, requests // 8), connections=16, seconds=3_600))
            asked += len(times.seconds)
            yield f"| {asked:,} | {process.memory_info().rss / 1e6:.0f} |"
        yield uvloop.run(crowd(port, questions))


def limited(requests: Iterator[bytes], number: int) -> Iterator[bytes]:
    """The next so many."""
    return (request for request, _ in zip(requests, range(number), strict=False))


async def crowd(port: int, questions: Questions) -> str:
    """1,000 connections at once, beside 50 that send slowly and 50 that go away before the answer."""
    loop = asyncio.get_running_loop()
    slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(50)]
    for _, writer in slow:
        writer.write(b"POST /geoparse HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 500\r\n\r\nx")
    for position in range(50):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(post_text("/geoparse", questions.texts[position]))
        writer.close()
    ones = [iter([get(f"/lookup?q={quote(name)}")]) for name in questions.fuzzy[:1000]]
    times = Times()
    made = [
        await loop.create_connection(lambda one=one: Asker(lambda: next(one, None), times), "127.0.0.1", port)
        for one in ones
    ]
    await asyncio.wait_for(asyncio.gather(*(asker.done for _, asker in made)), 120)
    for _, writer in slow:
        writer.close()
    return f"\nOf 1,000 connections at once {len(times.seconds):,} were answered, {times.failures} not with 200."


def main() -> None:
    """Read the arguments, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=8.0, help="for each row")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--smoke", action="store_true", help="a few seconds in all")
    parser.add_argument("--soak", type=int, metavar="REQUESTS", help="memory and misbehaving clients instead")
    asked = parser.parse_args()
    questions = Questions.make(2_000 if asked.smoke else 60_000)
    folder = Path(os.environ.get("TMPDIR", "/tmp"))
    lines = (
        soak(questions, asked.soak)
        if asked.soak
        else table(questions, folder, seconds=0.6 if asked.smoke else asked.seconds, connections=asked.connections)
    )
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main()
