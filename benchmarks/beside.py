"""A service and a corpus read by two Buldans in turn, to set one commit beside another.

    python -m benchmarks.beside FILE OTHER_CHECKOUT          FILE: JSON lines with a member `text`

The other checkout is compiled first (`python hatch_build.py` in it). Processor seconds of the processes measured, the
quickest of some rounds, so that other work on the machine hardly counts. The corpus is read by the command
(`buldan geoparse --input`), once short and once long: what both share is the start, and is left out.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path

import uvloop

from benchmarks.load.client import ask, post_text
from benchmarks.load.servers import buldan_server

_REQUEST, _REQUESTS = 2400, 100
"""Characters of a request of 4 KB of Arabic and English, and how many are cut from the text."""

_SHORT, _LONG = 2_000, 8_000
"""Documents of the two corpora."""

_ROUNDS, _SECONDS = 3, 5.0
_RUN = "from buldan.cli import main; main()"


def measure_service_ms(sources: list[Path], requests: list[bytes]) -> list[float]:
    """By checkout, milliseconds of processor that a request costs its server."""
    with ExitStack() as running:
        servers = []
        for source in sources:
            os.environ["PYTHONPATH"] = str(source)
            servers.append(running.enter_context(buldan_server(reads=True)))
        best = [float("inf")] * len(servers)
        for _ in range(_ROUNDS + 1):  # the first warms up
            for number, server in enumerate(servers):
                before = server.cpu_s
                times = uvloop.run(ask(server.port, cycle(requests), connections=4, seconds=_SECONDS))
                if times.failures:
                    raise SystemExit(f"{times.failures} requests were not answered by {sources[number]}")
                best[number] = min(best[number], (server.cpu_s - before) / len(times.seconds) * 1000)
        return best


def measure_corpus_rate(sources: list[Path], texts: list[str]) -> list[float]:
    """By checkout, documents a second of processor."""
    best = [float("inf")] * len(sources)
    with tempfile.TemporaryDirectory() as folder:
        short, long = Path(folder, "short.jsonl"), Path(folder, "long.jsonl")
        short.write_text("".join(_lines(texts, _SHORT)), "utf-8")
        long.write_text("".join(_lines(texts, _LONG)), "utf-8")
        for number in range(_ROUNDS):
            for at, source in enumerate(sources):
                out = f"{folder}/{number}-{at}"
                spent = [_spend(source, corpus, f"{out}-{corpus.stem}") for corpus in (short, long)]
                best[at] = min(best[at], spent[1] - spent[0])
    return [(_LONG - _SHORT) / seconds for seconds in best]


def _lines(texts: list[str], documents: int) -> Iterator[str]:
    """Lines of a corpus; a text that comes again is a document of its own."""
    for number, text in zip(range(documents), cycle(texts), strict=False):
        yield json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n"


def _spend(source: Path, corpus: Path, out: str) -> float:
    """Seconds of processor that the command takes for a corpus."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-c", _RUN, "geoparse", "--input", str(corpus), "--output", out]
    subprocess.run(command, env=os.environ | {"PYTHONPATH": str(source)}, check=True, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    texts = [json.loads(line)["text"] for line in Path(sys.argv[1]).read_text("utf-8").splitlines() if line.strip()]
    joined = "\n\n".join(texts)
    requests = [post_text("/geoparse", joined[at * _REQUEST : (at + 1) * _REQUEST]) for at in range(_REQUESTS)]
    sources = [Path(sys.argv[2]) / "src", Path(__file__).parent.parent / "src"]
    other, own = measure_service_ms(sources, requests)
    print(f"a request of 4 KB: {other:.2f} ms there, {own:.2f} ms here, {other / own:.1f} times")
    other, own = measure_corpus_rate(sources, texts)
    print(f"documents of a corpus a second: {other:.0f} there, {own:.0f} here, {own / other:.1f} times")


if __name__ == "__main__":
    main()
