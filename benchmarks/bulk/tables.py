"""A big table, geocoded, beside a loop over `rapidfuzz.process.extractOne`.

python -m benchmarks.bulk.tables IN.csv OUT.csv     # one table in a process of its own, figures as JSON
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from rapidfuzz import process

import buldan
from benchmarks.bulk.material import messy_names, write_table
from buldan.files import open_table
from buldan.tables import Terms, geocode_file
from buldan.tables.judging import answer_all
from buldan.tables.unfinished import keep_unfinished

__all__ = ["Run", "TableFigures", "measure_tables"]


@dataclass(frozen=True)
class Run:
    """One table: how long by the clock and on the processor, and the most memory that it took."""

    rows: int
    seconds: float
    own_seconds: float
    loaded_mb: float
    peak_mb: float
    counts: dict[str, int]


@dataclass(frozen=True)
class TableFigures:
    """What was measured about tables; times of the loop are of one name."""

    distinct: int
    choices: int
    large: Run
    small: Run
    sample: int
    loop_seconds: float
    loop_own_seconds: float


def measure_tables(folder: Path, *, rows: int, distinct: int, sample: int, say: Callable[[str], None]) -> TableFigures:
    """A table of so many rows, one of a tenth of them with the same names, and the loop on a sample of these."""
    choices = sorted({name.text for place in buldan.load() for name in place.names})
    names = messy_names(choices, distinct)
    few = max(rows // 10, distinct)
    runs = []
    for count in (few, rows):
        say(f"a table of {count:,} rows")
        source = folder / f"{count}.csv"
        write_table(source, names, count)
        command = [sys.executable, "-m", "benchmarks.bulk.tables", str(source), str(folder / "out.csv")]
        runs.append(Run(**json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)))
    say(f"a loop over extractOne, {sample} names")
    seconds, own_seconds = _time_loop(names, choices, sample)
    return TableFigures(distinct, len(choices), runs[1], runs[0], sample, seconds, own_seconds)


def _time_loop(names: list[str], choices: list[str], sample: int) -> tuple[float, float]:
    """Seconds that `extractOne` with its usual scorer takes a name, by the clock and on the processor."""
    asked = random.Random(3).sample(names, min(sample, len(names)))
    begun, own = time.perf_counter(), time.process_time()
    for name in asked:
        process.extractOne(name, choices)
    return (time.perf_counter() - begun) / len(asked), (time.process_time() - own) / len(asked)


def geocode_here(source: Path, output: Path) -> Run:
    """One table, as `buldan geocode --within governorate` does it, in this process."""
    gazetteer = buldan.load()
    gazetteer.lookup("Nawa")
    loaded = _peak_mb()
    begun, own = time.perf_counter(), time.process_time()
    with keep_unfinished(output, lambda asked: answer_all(gazetteer, asked, Terms()), terms="benchmark") as answerer:
        summary = geocode_file(open_table(source), output, answerer, gazetteer, name="place", within=["governorate"])
    seconds, own_seconds = time.perf_counter() - begun, time.process_time() - own
    return Run(summary.rows, seconds, own_seconds, loaded, _peak_mb(), dict(summary.counts))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(asdict(geocode_here(Path(sys.argv[1]), Path(sys.argv[2])))))
