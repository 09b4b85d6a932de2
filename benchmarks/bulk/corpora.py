"""A corpus, read by one process, ten times as much of it, and by one and two workers.

python -m benchmarks.bulk.corpora IN.jsonl OUT_FOLDER     # one process, figures as JSON
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import buldan
from benchmarks.bulk.material import write_corpus
from buldan.corpora import Task, geoparse_corpus

__all__ = ["PART", "CorpusFigures", "Reading", "measure_corpora"]

PART = 20
"""Documents in a part: few, so that small runs have many parts."""

_LOOP = "import time\nt = time.perf_counter()\nsum(i * i for i in range({}))\nprint(time.perf_counter() - t)"


@dataclass(frozen=True)
class Reading:
    """A corpus read by one process: what was in it, how long it took, the most memory that it took."""

    documents: int
    mentions: int
    characters: int
    seconds: float
    own_seconds: float
    start_seconds: float
    loaded_mb: float
    peak_mb: float


@dataclass(frozen=True)
class CorpusFigures:
    """What was measured about corpora; seconds of workers are medians of some rounds."""

    bytes_in: int
    small: Reading
    large: Reading
    one_seconds: float
    two_seconds: float
    bare_scaling: float
    rounds: int
    same: bool


def measure_corpora(
    folder: Path, texts: list[str], *, documents: int, rounds: int, realtime: bool, say: Callable[[str], None]
) -> CorpusFigures:
    """So many documents and ten times as many alone, then so many on one and two workers in turn."""
    once, ten = folder / "once.jsonl", folder / "ten.jsonl"
    write_corpus(once, texts, documents)
    write_corpus(ten, texts, documents * 10)
    say(f"{documents:,} documents by one process")
    small = _read_alone(once, folder / "small", realtime=realtime)
    say(f"{documents * 10:,} documents by one process")
    large = _read_alone(ten, folder / "large", realtime=realtime)
    seconds: dict[int, list[float]] = {1: [], 2: []}
    bare = []
    for number in range(rounds):
        bare.append(_bare_scaling(10_000 * documents, realtime=realtime))
        for workers, taken in seconds.items():
            say(f"{documents:,} documents on {workers} workers, round {number + 1}")
            out = folder / f"on{workers}-{number}"
            taken.append(_read_on(workers, once, out, realtime=realtime))
    same = all(
        (folder / f"on{workers}-0" / part.name).read_bytes() == part.read_bytes()
        for part in (folder / "small").glob("part-*.parquet")
        for workers in seconds
    )
    one, two = (statistics.median(taken) for taken in seconds.values())
    return CorpusFigures(once.stat().st_size, small, large, one, two, statistics.median(bare), rounds, same)


def _read_alone(source: Path, output: Path, *, realtime: bool) -> Reading:
    command = [sys.executable, "-m", "benchmarks.bulk.corpora", str(source), str(output), str(int(realtime))]
    return Reading(**json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))


def read_here(source: Path, output: Path, *, realtime: bool) -> Reading:
    """One corpus in this process, once the gazetteer is loaded."""
    begun = time.process_time()
    gazetteer = buldan.load()
    gazetteer.geoparse("قصف على دوما")
    start, loaded = time.process_time() - begun, _peak_mb()
    if realtime:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(5))
    begun, own = time.perf_counter(), time.process_time()
    progress = geoparse_corpus([str(source)], output, gazetteer=gazetteer, part_documents=PART)
    seconds, own_seconds = time.perf_counter() - begun, time.process_time() - own
    counts = progress.documents, progress.mentions, progress.characters
    return Reading(*counts, seconds, own_seconds, start, loaded, _peak_mb())


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _read_on(workers: int, source: Path, output: Path, *, realtime: bool) -> float:
    """Seconds on a cluster of so many workers that have the gazetteer loaded."""
    from buldan.dask import Origin, open_cluster, part_runner  # noqa: PLC0415 - memory is measured without Dask

    gazetteer = buldan.load()
    with open_cluster(workers=workers) as client:
        client.wait_for_workers(workers)
        runner = part_runner(client, Origin(version=gazetteer.version), Task())
        warm = output.with_suffix(".jsonl")
        write_corpus(warm, ["قصف على دوما"], PART * workers * 4)
        geoparse_corpus(
            [str(warm)],
            output.with_name(f"{output.name}-warm"),
            gazetteer=gazetteer,
            runner=runner,
            part_documents=PART,
        )
        with first_in_line([os.getpid(), *client.run(os.getpid).values()], realtime=realtime):
            begun = time.perf_counter()
            geoparse_corpus([str(source)], output, gazetteer=gazetteer, runner=runner, part_documents=PART)
            return time.perf_counter() - begun


@contextmanager
def first_in_line(pids: list[int], *, realtime: bool) -> Iterator[None]:
    """Let processes run before all others, if asked."""
    threads = [int(task.name) for pid in pids for task in Path(f"/proc/{pid}/task").iterdir()] if realtime else []
    _schedule(threads, os.SCHED_FIFO, 5)
    try:
        yield
    finally:
        _schedule(threads, os.SCHED_OTHER, 0)


def _schedule(threads: list[int], policy: int, priority: int) -> None:
    for thread in threads:
        with suppress(ProcessLookupError):
            os.sched_setscheduler(thread, policy, os.sched_param(priority))


def _bare_scaling(turns: int, *, realtime: bool) -> float:
    """How much more two empty loops at once do than one: what this machine allows at this moment."""

    def seconds(count: int) -> float:
        command = [sys.executable, "-c", _LOOP.format(turns)]
        loops = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(count)]
        with first_in_line([loop.pid for loop in loops], realtime=realtime):
            return max(float(loop.communicate()[0]) for loop in loops)

    return 2 * seconds(1) / seconds(2)


if __name__ == "__main__":
    print(json.dumps(asdict(read_here(Path(sys.argv[1]), Path(sys.argv[2]), realtime=sys.argv[3] == "1"))))
