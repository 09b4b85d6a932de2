"""Requests a second: each row in turn, for several rounds, so that what else the machine does meets all alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice, repeat
from pathlib import Path

import uvloop

import buldan
from benchmarks.load.client import Times, ask, get
from benchmarks.load.questions import Questions, lookups, texts
from benchmarks.load.servers import Server, bare_server, buldan_server

__all__ = ["Row", "lookup_alone_ms", "measure_rates"]

_SIZED = 200
"""Answers whose mean size the bare endpoint's body takes; as many questions are asked again and again."""


@dataclass
class Row:
    """One question, whom it is put to, and the bare endpoint that it stands beside."""

    title: str
    server: Server
    requests: Iterator[bytes]
    beside: str
    times: Times = field(default_factory=Times)


def measure_rates(
    questions: Questions, folder: Path, *, seconds: float, rounds: int, connections: int, say: Callable[[str], None]
) -> list[Row]:
    """Every row of the table, each asked for `seconds` in all."""
    with ExitStack() as running:
        one = running.enter_context(buldan_server(reads=True))
        keeping = running.enter_context(buldan_server(kept_mb=64))
        two = running.enter_context(buldan_server(workers=2))
        kinds = {
            "place by id": (repeat(get("/places/SY03")), one),
            "exact lookup": (lookups(questions.exact), one),
            "fuzzy lookup": (lookups(questions.fuzzy), one),
            "4 KB geoparse": (texts(questions.texts), one),
            "fuzzy lookup, asked again": (lookups(questions.fuzzy[:_SIZED]), keeping),
            "fuzzy lookup, 2 workers": (lookups(questions.fuzzy), two),
        }
        sizes = {title: _size_of(requests, server, connections) for title, (requests, server) in kinds.items()}
        bare = running.enter_context(bare_server(folder, sorted(set(sizes.values()))))
        rows = _rows(kinds, sizes, bare)
        for number in range(rounds):
            for row in rows:
                row.times.add(_measure(row, connections=connections, seconds=seconds / rounds))
                say(f"round {number + 1} of {rounds}: {row.title}, {row.times.rate:,.0f} a second")
        return rows


def lookup_alone_ms(names: list[str]) -> float:
    """Milliseconds of processor that a lookup takes in this process, without HTTP."""
    gaz = buldan.load()
    for name in names[: len(names) // 4]:
        gaz.lookup(name)
    began = time.process_time()
    for name in names[len(names) // 4 :]:
        gaz.lookup(name)
    return (time.process_time() - began) / (len(names) - len(names) // 4) * 1000


def _rows(kinds: dict[str, tuple[Iterator[bytes], Server]], sizes: dict[str, int], bare: Server) -> list[Row]:
    bound = sizes["fuzzy lookup"]
    rows = [Row("bare, parameters bound to a model", bare, repeat(get(f"/bound/{bound}?q=x&limit=5")), f"bare {bound}")]
    for size in sorted(set(sizes.values())):
        rows.append(Row(f"bare, {size:,} bytes", bare, repeat(get(f"/bare/{size}")), ""))
    beside = {title: f"bare, {size:,} bytes" for title, size in sizes.items()}
    rows[0].beside = beside["fuzzy lookup"]
    return rows + [Row(title, server, requests, beside[title]) for title, (requests, server) in kinds.items()]


def _size_of(requests: Iterator[bytes], server: Server, connections: int) -> int:
    """Mean size of an answer, to the next hundred bytes; the asking warms the server up."""
    sample = uvloop.run(ask(server.port, islice(requests, _SIZED), connections=connections, seconds=30))
    return max(100, round(sample.mean_bytes, -2))


def _measure(row: Row, *, connections: int, seconds: float) -> Times:
    before = row.server.cpu_s
    times = uvloop.run(ask(row.server.port, row.requests, connections=connections, seconds=seconds))
    times.cpu_s = row.server.cpu_s - before
    return times
