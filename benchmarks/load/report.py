"""The page: tables, and what the service is to reach with a mark for each."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.load.endurance import Endurance
from benchmarks.load.rates import Row
from benchmarks.pages import AGEING
from buldan.evaluate.provenance import name_versions

__all__ = ["Outcome", "page"]

_OF_BARE, _GAIN, _TAIL, _GROWTH = 0.5, 1.7, 10, 1.05


@dataclass(frozen=True)
class Outcome:
    """All that was measured, and how."""

    command: str
    version: str
    rows: Sequence[Row]
    lookup_alone_ms: float
    endurance: Endurance
    loads: tuple[float, float]
    connections: int
    rounds: int
    smoke: bool

    def row(self, title: str) -> Row:
        """The row of this title."""
        return next(row for row in self.rows if row.title == title)


def page(outcome: Outcome) -> str:
    """The page in Markdown."""
    return "\n".join(
        [
            *_head(outcome),
            *_rates(outcome),
            *_where_the_time_goes(outcome),
            *_endurance(outcome.endurance),
            *_claims(outcome),
        ]
    )


def _head(outcome: Outcome) -> Iterator[str]:
    before, after = outcome.loads
    yield "# The service under load\n"
    if outcome.smoke:
        yield "**A smoke run: it shows that the benchmark works, and nothing about speed.**\n"
    yield f"{name_versions(outcome.version)}. Made by `{outcome.command}` on {datetime.now(UTC):%Y-%m-%d},"
    yield f"Python {platform.python_version()}, {os.cpu_count()} processors that client and servers share,"
    yield f"load average {before:.1f} before and {after:.1f} after. {AGEING}\n"
    if min(outcome.loads) > 2 * (os.cpu_count() or 1):
        yield "**The machine was busy with other work all the time: rates, tails and the gain of a second worker are"
        yield "those of a busy machine; compare the CPU ms.**\n"
    yield f"Loopback, {outcome.connections} connections; the rows are measured in turn, {outcome.rounds} times."
    yield "Each request of a row is sent once and the cache of answers is off, unless the row says otherwise. Fuzzy"
    yield "requests are names of the gazetteer with one or two letters changed. *Of bare* is the rate compared with a"
    yield "bare FastAPI endpoint that returns a constant body of the same size. *CPU ms* is the processor time of the"
    yield "server for one request; other work on the machine changes it less than the rates.\n"


def _rates(outcome: Outcome) -> Iterator[str]:
    yield "| request | bytes | requests/s | p50 ms | p99 ms | p99/p50 | of bare | CPU ms |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for row in outcome.rows:
        times = row.times
        failed = f" ({times.failures:,} failed)" if times.failures else ""
        of_bare = f"{_of_bare(outcome, row):.1%}" if row.beside else ""
        yield (
            f"| {row.title}{failed} | {times.mean_bytes:,} | {times.rate:,.0f} | {times.at(0.5):.2f} | "
            f"{times.at(0.99):.2f} | {times.at(0.99) / times.at(0.5):.1f} | {of_bare} | {times.cpu_ms:.2f} |"
        )


def _where_the_time_goes(outcome: Outcome) -> Iterator[str]:
    fuzzy = outcome.row("fuzzy lookup").times.cpu_ms
    bare = outcome.row(outcome.row("fuzzy lookup").beside).times.cpu_ms
    rest = fuzzy - bare - outcome.lookup_alone_ms
    yield "\n## Where the time of a fuzzy lookup goes\n"
    yield "| part | CPU ms |\n|---|--:|"
    yield f"| the lookup alone, in a process without HTTP | {outcome.lookup_alone_ms:.2f} |"
    yield f"| a bare endpoint: uvicorn, FastAPI, a constant body | {bare:.2f} |"
    yield f"| the rest: parameters, limits, headers, log, metrics, writing the answer, cold caches | {rest:.2f} |"
    yield f"| the whole request | {fuzzy:.2f} |"


def _endurance(found: Endurance) -> Iterator[str]:
    yield "\n## Memory over many requests\n"
    yield "One worker with the cache of answers on; exact and misspelled names, some repeated; one request in a"
    yield "hundred is a text.\n"
    yield "| requests | resident MB |\n|--:|--:|"
    for asked, resident_mb in found.memory:
        yield f"| {asked:,} | {resident_mb:.0f} |"
    yield "\n## Many connections at once\n"
    yield f"{found.crowd_size:,} connections at once, together with {found.odd_clients} that send a body slowly and"
    yield f"{found.odd_clients} that disconnect before their answer: {len(found.crowd.seconds):,} answered,"
    yield f"{found.crowd.failures} of them wrong; the last after {found.crowd.at(1.0) / 1000:.1f} s."


def _claims(outcome: Outcome) -> Iterator[str]:
    fuzzy, two, found = outcome.row("fuzzy lookup"), outcome.row("fuzzy lookup, 2 workers"), outcome.endurance
    again = outcome.row("fuzzy lookup, asked again")
    gain = two.times.rate / fuzzy.times.rate
    tails = [row.times.at(0.99) / row.times.at(0.5) for row in outcome.rows if row.server.port == fuzzy.server.port]
    lost = found.crowd_size - len(found.crowd.seconds) + found.crowd.failures
    yield "\n## Targets\n"
    yield "| target | measured | |\n|---|--:|:-:|"
    claims = [
        (
            f"a fuzzy lookup that is not in the cache: ≥ {_OF_BARE:.0%} of the bare endpoint's rate",
            _of_bare(outcome, fuzzy),
        ),
        (f"a fuzzy lookup from the cache: ≥ {_OF_BARE:.0%} of the bare endpoint's rate", _of_bare(outcome, again)),
    ]
    for claim, share in claims:
        yield f"| {claim} | {share:.0%} | {_mark(share >= _OF_BARE)} |"
    yield f"| 2 workers: ≥ {_GAIN} times the rate of one | {gain:.2f} | {_mark(gain >= _GAIN)} |"
    yield f"| p99 ≤ {_TAIL} times p50, in every row of one worker | {max(tails):.1f} | {_mark(max(tails) <= _TAIL)} |"
    claim = f"{found.crowd_size:,} connections at once, slow and disconnecting clients: no answer lost"
    yield f"| {claim} | {lost} lost | {_mark(not lost)} |"
    asked = found.memory[-1][0]
    claim = f"memory is flat over {asked:,} requests (at the end compared with halfway ≤ {_GROWTH})"
    yield f"| {claim} | {found.growth:.3f} | {_mark(found.growth <= _GROWTH)} |"
    yield f"| no request failed | {found.failures} failed | {_mark(not found.failures)} |"


def _of_bare(outcome: Outcome, row: Row) -> float:
    return row.times.rate / outcome.row(row.beside).times.rate


def _mark(holds: bool) -> str:
    return "✓" if holds else "✗"
