"""A service, a corpus and lookups by two Buldans in turn, to set one commit beside another.

    python -m benchmarks.beside FILE OTHER_CHECKOUT          FILE: JSON lines with a member `text`
    python -m benchmarks.beside --service FILE OTHER_CHECKOUT
    python -m benchmarks.beside --lookups OTHER_CHECKOUT

The other checkout is compiled first (`python hatch_build.py` in it). Processor seconds of the processes measured, the
quickest of some rounds, so that other work on the machine hardly counts. The corpus is read by the command
(`buldan geoparse --input`), once short and once long: what both share is the start, and is left out. Each name is
looked up once in a process, since one that was asked before is answered from what is kept; `--lookups` measures these
alone, `--service` the service.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import cycle, islice
from pathlib import Path

import uvloop

import buldan
from benchmarks.load.client import ask, post_text
from benchmarks.load.servers import buldan_server

_REQUEST, _REQUESTS = 2400, 100
"""Characters of a request of 4 KB of Arabic and English, and how many are cut from the text."""

_SHORT, _LONG = 2_000, 8_000
"""Documents of the two corpora."""

_ROUNDS, _SECONDS = 3, 5.0
_RUN = "from buldan.cli import main; main()"

_LOOKUPS = """
import json, statistics, sys, time
import buldan
gaz = buldan.load()
def median_ms(questions):
    spent = []
    for question in questions:
        begun = time.process_time()
        gaz.lookup(question)
        spent.append(time.process_time() - begun)
    return statistics.median(spent) * 1000
groups = json.load(sys.stdin)
for question in groups.pop():
    gaz.lookup(question)  # opens what the first questions open
print(json.dumps([median_ms(questions) for questions in groups]))
"""
_SEED, _VILLAGES, _LEAST_LETTERS = 1, 600, 4
"""Villages drawn for the lookups; each is in one group alone."""


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
    best = [(float("inf"), float("inf"))] * len(sources)
    with tempfile.TemporaryDirectory() as folder:
        short, long = Path(folder, "short.jsonl"), Path(folder, "long.jsonl")
        short.write_text("".join(_lines(texts, _SHORT)), "utf-8")
        long.write_text("".join(_lines(texts, _LONG)), "utf-8")
        for number in range(_ROUNDS):
            for at, source in enumerate(sources):
                out = f"{folder}/{number}-{at}"
                spent = [_spend(source, corpus, f"{out}-{corpus.stem}") for corpus in (short, long)]
                # The quickest of each: a start that has to build the index would make a difference too small.
                best[at] = (min(best[at][0], spent[0]), min(best[at][1], spent[1]))
    return [(_LONG - _SHORT) / (long_s - short_s) for short_s, long_s in best]


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


def draw_questions() -> dict[str, list[str]]:
    """Questions of each kind, about other villages each: names, the same with one letter left out, and cells of a name
    and its three units; some for warming up are the last.
    """
    villages = [place for place in buldan.load() if place.kind == "village" and len(place.admin) > 2]
    # A name of three letters without one of them may be no name for the other checkout, which refuses it: Al, Az.
    villages = [place for place in villages if min(len(place.name_ar), len(place.name_en)) > _LEAST_LETTERS]
    drawn = iter(random.Random(_SEED).sample(villages, 4 * _VILLAGES))
    names = [name for place in islice(drawn, _VILLAGES) for name in (place.name_en, place.name_ar)]
    slips = [_slip(name) for place in islice(drawn, _VILLAGES) for name in (place.name_en, place.name_ar)]
    placed = [(place.name_en, *(unit.name_en for unit in place.admin[::-1])) for place in islice(drawn, _VILLAGES)]
    cells = list(map(", ".join, placed))
    warming = [name for place in drawn for name in (place.name_en, _slip(place.name_ar))]
    return {"a name": names, "a name that lacks a letter": slips, "a cell with three units": cells, "": warming}


def _slip(name: str) -> str:
    """A name without the letter in its middle."""
    return name[: len(name) // 2] + name[len(name) // 2 + 1 :]


def measure_lookups_ms(sources: list[Path], questions: dict[str, list[str]]) -> list[list[float]]:
    """By checkout and kind of question, milliseconds of processor that the median lookup takes."""
    best = [[float("inf")] * (len(questions) - 1) for _ in sources]
    for _ in range(_ROUNDS):
        for at, source in enumerate(sources):
            done = subprocess.run(
                [sys.executable, "-c", _LOOKUPS],
                input=json.dumps(list(questions.values())),
                env=os.environ | {"PYTHONPATH": str(source)},
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
            best[at] = list(map(min, best[at], json.loads(done.stdout)))
    return best


def print_lookups(sources: list[Path]) -> None:
    """Measure lookups and print them."""
    questions = draw_questions()
    other, own = measure_lookups_ms(sources, questions)
    for kind, there, here in zip(questions, other, own, strict=False):
        print(f"{kind}: {there:.3f} ms there, {here:.3f} ms here, {here / there:.2f} times as long")


def main() -> None:
    """Measure and print."""
    if "--lookups" in sys.argv:
        print_lookups([Path(sys.argv[-1]) / "src", Path(__file__).parent.parent / "src"])
        return
    file, checkout = sys.argv[-2:]
    texts = [json.loads(line)["text"] for line in Path(file).read_text("utf-8").splitlines() if line.strip()]
    joined = "\n\n".join(texts)
    requests = [post_text("/geoparse", joined[at * _REQUEST : (at + 1) * _REQUEST]) for at in range(_REQUESTS)]
    sources = [Path(checkout) / "src", Path(__file__).parent.parent / "src"]
    other, own = measure_service_ms(sources, requests)
    print(f"a request of 4 KB: {other:.2f} ms there, {own:.2f} ms here, {other / own:.1f} times")
    if "--service" in sys.argv:
        return
    other, own = measure_corpus_rate(sources, texts)
    print(f"documents of a corpus a second: {other:.0f} there, {own:.0f} here, {own / other:.1f} times")
    print_lookups(sources)


if __name__ == "__main__":
    main()
