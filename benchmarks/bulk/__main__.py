"""The command.

python -m benchmarks.bulk --out docs/performance-tables.md     # about ten minutes on two quiet cores
python -m benchmarks.bulk --smoke                               # a minute, to see that it runs
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import buldan
from benchmarks.bulk.corpora import measure_corpora
from benchmarks.bulk.limits import measure_limits
from benchmarks.bulk.material import made_documents
from benchmarks.bulk.report import Outcome, page
from benchmarks.bulk.tables import measure_tables
from benchmarks.pages import deliver
from buldan.corpora.run import PART_DOCUMENTS

__all__ = ["main"]

_START = perf_counter()


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write the page."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = _options().parse_args(given)
    command = " ".join(["python -m benchmarks.bulk", *given])
    with tempfile.TemporaryDirectory(prefix="bulk-") as folder:
        text = page(_run(Path(folder), options, command))
    deliver(text, options.out)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bulk", description="Tables and corpora, measured.")
    parser.add_argument("--out", type=Path, help="the page to write (default: standard output)")
    parser.add_argument("--smoke", action="store_true", help="small and quick; the figures mean nothing")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the table")
    parser.add_argument("--distinct", type=int, default=50_000, help="distinct names in it")
    parser.add_argument("--sample", type=int, default=200, help="names that the loop over extractOne is timed on")
    parser.add_argument("--documents", type=int, default=2_000, help="documents of the corpus; ten times as many, too")
    parser.add_argument("--texts", type=Path, help="documents of yours: JSONL with a member `text`")
    parser.add_argument("--characters", type=int, default=3_000, help="of an article of the archive")
    parser.add_argument("--core-hour", type=float, default=0.05, help="price of a core for an hour, USD")
    parser.add_argument("--realtime", action="store_true", help="read corpora before all other processes (needs root)")
    return parser


def _run(folder: Path, options: argparse.Namespace, command: str) -> Outcome:
    loads = []

    def say(line: str) -> None:
        loads.append(os.getloadavg()[0])
        print(f"[{perf_counter() - _START:6.0f} s] {line}", file=sys.stderr, flush=True)

    rows, distinct, sample, documents = (
        (1_000, 100, 5, 40) if options.smoke else (options.rows, options.distinct, options.sample, options.documents)
    )
    if options.texts:
        texts = [json.loads(line)["text"] for line in options.texts.read_text("utf-8").splitlines()]
    else:
        texts = made_documents(10 * documents)
    tables = measure_tables(folder, rows=rows, distinct=distinct, sample=sample, say=say)
    rounds = 1 if options.smoke else 3
    corpus = measure_corpora(folder, texts, documents=documents, rounds=rounds, realtime=options.realtime, say=say)
    tasks, part_documents = (50, 50) if options.smoke else (2_000, PART_DOCUMENTS)
    limits = measure_limits(folder, texts, tasks=tasks, part_documents=part_documents, say=say)
    return Outcome(
        command,
        buldan.load().version,
        tables,
        corpus,
        limits,
        options.characters,
        options.core_hour,
        options.texts is not None,
        options.smoke,
        loads,
    )


if __name__ == "__main__":
    main()
