"""The command."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.load.endurance import endure
from benchmarks.load.questions import Questions
from benchmarks.load.rates import lookup_alone_ms, measure_rates
from benchmarks.load.report import Outcome, page
from benchmarks.pages import deliver
from buldan.index import find_packaged_gazetteer
from buldan.store import read_manifest

__all__ = ["main"]

_START = perf_counter()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and write its page."""
    options = _options().parse_args(arguments)
    if options.smoke:
        options.seconds, options.rounds, options.requests, options.crowd = 0.4, 1, 400, 100
    before = os.getloadavg()[0]
    questions = Questions.make(2_000 if options.smoke else 60_000)
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        rows = measure_rates(
            questions,
            Path(folder),
            seconds=options.seconds,
            rounds=options.rounds,
            connections=options.connections,
            say=_say,
        )
    outcome = Outcome(
        command=" ".join(["python -m benchmarks.load", *(sys.argv[1:] if arguments is None else arguments)]),
        version=read_manifest(find_packaged_gazetteer()).version,
        rows=rows,
        lookup_alone_ms=lookup_alone_ms(questions.fuzzy[: 200 if options.smoke else 4_000]),
        endurance=endure(questions, options.requests, crowd_size=options.crowd, say=_say),
        loads=(before, os.getloadavg()[0]),
        connections=options.connections,
        rounds=options.rounds,
        smoke=options.smoke,
    )
    text = page(outcome)
    deliver(text + "\n", options.out)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description="The service under load.")
    parser.add_argument("--out", type=Path, help="the page to write (default: standard output)")
    parser.add_argument("--smoke", action="store_true", help="small and quick; says nothing about speed")
    parser.add_argument("--seconds", type=float, default=18.0, help="for each row in all (default 18)")
    parser.add_argument("--rounds", type=int, default=3, help="parts that a row is measured in (default 3)")
    parser.add_argument("--connections", type=int, default=16, help="at once (default 16)")
    parser.add_argument("--requests", type=int, default=200_000, help="over which memory is watched (default 200000)")
    parser.add_argument("--crowd", type=int, default=1_000, help="connections of the crowd (default 1000)")
    return parser


def _say(line: str) -> None:
    print(f"[{perf_counter() - _START:6.0f} s] {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
