"""What one client can do: plan parts, hand out tasks, write parts down, find out what is done."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from distributed import as_completed

import buldan
from benchmarks.bulk.material import write_corpus
from buldan.corpora import Part, PartReading, Task, read_part
from buldan.corpora.ledger import Ledger
from buldan.corpora.sources import cut
from buldan.dask import open_cluster

__all__ = ["Limits", "measure_limits"]

_PARTS = 100


@dataclass(frozen=True)
class Limits:
    """Seconds of the client a part of `part_documents` documents (or a task), bytes a part, bytes a second."""

    part_documents: int
    part_bytes: int
    keep_seconds: float
    facts_seconds: float
    task_seconds: float
    cut_bytes_a_second: float
    reading_bytes: int


def measure_limits(
    folder: Path, texts: list[str], *, tasks: int, part_documents: int, say: Callable[[str], None]
) -> Limits:
    """Each of the client's tasks by itself, with parts of so many documents."""
    say("what one client can do")
    source = folder / "part.jsonl"
    write_corpus(source, texts, part_documents)
    (part,) = cut([source], [], documents=part_documents)
    gazetteer = buldan.load()
    gazetteer.geoparse("قصف على دوما")
    reading = read_part(gazetteer, part, Task())
    keep_seconds, facts_seconds = _time_ledger(folder / "ledger", part, reading)
    return Limits(
        part_documents,
        (folder / "ledger" / "part-000000.parquet").stat().st_size,
        keep_seconds,
        facts_seconds,
        _time_tasks(tasks),
        _time_cut(folder / "cut.jsonl", texts, part_documents),
        len(pickle.dumps(reading)),
    )


def _time_ledger(folder: Path, part: Part, reading: PartReading) -> tuple[float, float]:
    """Seconds to write a part down, and to see that it is done."""
    ledger = Ledger(folder, {})
    parts = [part._replace(number=number) for number in range(_PARTS)]
    begun = time.process_time()
    for each in ledger.plan(iter(parts)):
        ledger.write_part(each, reading)
    kept = time.process_time()
    for each in parts:
        assert ledger.read_counts(each)
    return (kept - begun) / _PARTS, (time.process_time() - kept) / _PARTS


def _time_tasks(tasks: int) -> float:
    """Seconds of the client and the scheduler, which share a process here, for a task that does nothing."""
    with open_cluster(workers=1) as client:
        client.submit(_nothing, 0, pure=False).result()
        begun = time.process_time()
        for future in as_completed(client.map(_nothing, range(tasks), pure=False), loop=client.loop):
            future.result()
        return (time.process_time() - begun) / tasks


def _nothing(number: int) -> int:
    return number


def _time_cut(path: Path, texts: list[str], part_documents: int) -> float:
    """Bytes a second that are passed over when a JSONL file is cut into parts."""
    write_corpus(path, texts, 50 * part_documents)
    begun = time.process_time()
    assert sum(1 for _ in cut([path], [], documents=part_documents)) == 50
    return path.stat().st_size / (time.process_time() - begun)
