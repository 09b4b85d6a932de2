"""Memory over many requests; then crowds, clients that send slowly, and clients that go away."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import quote

import uvloop

from benchmarks.load.client import Asker, Times, ask, get, post_text
from benchmarks.load.questions import Questions, lookups, texts
from benchmarks.load.servers import Server, buldan_server

__all__ = ["Endurance", "endure"]

_STEPS = 8
_TEXT_EVERY = 100
_PATIENCE_S = 300


@dataclass
class Endurance:
    """What a long run and a crowd showed."""

    memory: list[tuple[int, float]] = field(default_factory=list)
    """Requests answered so far, and MB resident."""
    failures: int = 0
    crowd: Times = field(default_factory=Times)
    crowd_size: int = 0
    odd_clients: int = 0

    @property
    def growth(self) -> float:
        """Memory in the end beside that halfway."""
        return self.memory[-1][1] / self.memory[len(self.memory) // 2 - 1][1]


def endure(questions: Questions, requests: int, *, crowd_size: int, say: Callable[[str], None]) -> Endurance:
    """One worker with kept answers, asked so often; then by so many at once."""
    found = Endurance(crowd_size=crowd_size)
    with buldan_server(kept_mb=64, reads=True) as server:
        mixed, asked = _mixed(questions), 0
        for _ in range(_STEPS):
            part = islice(mixed, requests // _STEPS)
            times = uvloop.run(ask(server.port, part, connections=16, seconds=3_600))
            asked += len(times.seconds)
            found.failures += times.failures
            found.memory.append((asked, server.resident_mb))
            say(f"{asked:,} requests, {server.resident_mb:.0f} MB")
        uvloop.run(_crowd(server, questions, found))
    return found


def _mixed(questions: Questions) -> Iterator[bytes]:
    """Names in the gazetteer and respelled, most asked once and some again, and now and then a text."""
    names, read = [*questions.exact, *questions.fuzzy], texts(questions.texts)
    random.Random(3).shuffle(names)
    for number, request in enumerate(lookups(names)):
        yield request
        if number % _TEXT_EVERY == 0:
            yield next(read)
        if number % 3 == 0:
            yield get(f"/lookup?q={quote(names[number % 200])}")


async def _crowd(server: Server, questions: Questions, found: Endurance) -> None:
    """All connections at once, beside a tenth that send slowly and a tenth that go away before the answer."""
    found.odd_clients = found.crowd_size // 10
    slow = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(found.odd_clients)]
    unfinished = b"POST /geoparse HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 500\r\n\r\nx"
    for _, writer in slow:
        writer.write(unfinished)
    for position in range(found.odd_clients):
        _, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(post_text("/geoparse", questions.texts[position % len(questions.texts)]))
        writer.close()
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(lambda name=name: _asker(name, found.crowd), "127.0.0.1", server.port)
        for name in questions.fuzzy[-found.crowd_size :]
    ]
    await asyncio.wait_for(asyncio.gather(*(asker.done for _, asker in made)), _PATIENCE_S)
    for _, writer in slow:
        writer.close()


def _asker(name: str, times: Times) -> Asker:
    """Asks for one name, and knows its answer by the question that it repeats."""
    once = iter([get(f"/lookup?q={quote(name)}")])
    return Asker(lambda: next(once, None), times, lambda body: json.loads(body)["query"] == name)
