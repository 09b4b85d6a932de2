"""How fast a big table is geocoded, beside a loop over `rapidfuzz.process.extractOne`, and how much memory it takes.

    python benchmarks/tables.py --rows 1000000 --distinct 50000
    python benchmarks/tables.py --smoke

The names are the gazetteer's own, made messy: letters lost, doubled and swapped, generic words before them, other
case. Everything is measured in one run on one machine; the loop is timed on a sample and multiplied.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz import process

import buldan

_PREFIXES = ("", "", "", "", "قرية ", "بلدة ", "مدينة ", "village of ", "the town of ", "near ")
_UNITS = ("", "", "Aleppo", "Idleb", "ريف دمشق", "حمص", "Hama", "Daraa")


def messy_names(names: list[str], count: int, seed: int = 7) -> list[str]:
    """So many distinct spellings made from `names`."""
    dice = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        name = dice.choice(names)
        for _ in range(dice.choice((0, 1, 1, 2))):
            name = _spoil(name, dice)
        made[dice.choice(_PREFIXES) + (name.upper() if dice.random() < 0.1 else name)] = None
    return list(made)


def _spoil(name: str, dice: random.Random) -> str:
    at = dice.randrange(len(name))
    if dice.random() < 0.4 and len(name) > 4:
        return name[:at] + name[at + 1 :]
    if dice.random() < 0.5:
        return name[:at] + name[at] + name[at:]
    return name[: at - 1] + name[at : at + 1] + name[at - 1 : at] + name[at + 1 :] if at else name


def write_table(path: Path, names: list[str], rows: int, seed: int = 11) -> None:
    """A CSV of so many rows; names repeat as in real columns, the first ones most often. Each is there once."""
    dice = random.Random(seed)
    units = {name: dice.choice(_UNITS) for name in names}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("row", "place", "governorate", "note"))
        for number, name in enumerate(_iter_names(names, rows, dice)):
            writer.writerow((number, name, units[name], "as reported"))


def _iter_names(names: list[str], rows: int, dice: random.Random) -> Iterator[str]:
    yield from names[:rows]
    for _ in range(rows - len(names)):
        yield names[int(len(names) * dice.random() ** 3)]


_WORK = """
import json, resource, sys, time
from pathlib import Path
import buldan
from buldan.files import open_table
from buldan.tables import Terms, geocode_file
from buldan.tables.answers import answer_all
gazetteer = buldan.load()
gazetteer.lookup("Nawa")
begun = time.perf_counter()
summary = geocode_file(open_table(Path(sys.argv[1])), Path(sys.argv[2]),
    lambda questions: answer_all(gazetteer, questions, Terms()), gazetteer, name="place", within=["governorate"])
seconds = time.perf_counter() - begun
print(json.dumps({"seconds": seconds, "rows": summary.rows, "counts": summary.counts,
    "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def geocode(source: Path, output: Path) -> dict[str, float]:
    """One table in a process of its own: seconds, rows and peak memory."""
    done = subprocess.run(
        [sys.executable, "-c", _WORK, str(source), str(output)], check=True, stdout=subprocess.PIPE, text=True
    )
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def loop_seconds(names: list[str], choices: list[str], sample: int) -> float:
    """Seconds that `extractOne` takes a name."""
    asked = random.Random(3).sample(names, min(sample, len(names)))
    begun = time.perf_counter()
    for name in asked:
        process.extractOne(name, choices)
    return (time.perf_counter() - begun) / len(asked)


def main() -> None:
    """Print the figures as JSON."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--distinct", type=int, default=50_000)
    options.add_argument("--sample", type=int, default=100)
    options.add_argument("--smoke", action="store_true", help="small, to see that it runs")
    asked = options.parse_args()
    rows, distinct, sample = (5_000, 300, 5) if asked.smoke else (asked.rows, asked.distinct, asked.sample)
    choices = sorted({name.text for place in buldan.load() for name in place.names})
    names = messy_names(choices, distinct)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.csv"
        write_table(source, names, rows)
        csv_run = geocode(source, Path(folder) / "out.csv")
        loop = loop_seconds(names, choices, sample)
        few = Path(folder) / "few.csv"
        write_table(few, names, max(rows // 10, distinct))
        few_run = geocode(few, Path(folder) / "few.parquet")
    figures = {
        "rows": rows,
        "distinct names": distinct,
        "names to choose from": len(choices),
        "seconds": round(csv_run["seconds"], 1),
        "rows a second": round(rows / csv_run["seconds"]),
        "counts": csv_run["counts"],
        "extractOne, ms a name": round(loop * 1000, 1),
        "times faster than a loop over the rows": round(loop * rows / csv_run["seconds"]),
        "times faster than a loop over the distinct names": round(loop * distinct / csv_run["seconds"], 1),
        "peak memory, MB": round(csv_run["mb"]),
        f"peak memory at {max(rows // 10, distinct):,} rows, MB": round(few_run["mb"]),
        "load of the machine": [round(load, 1) for load in os.getloadavg()],
    }
    print(json.dumps(figures, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
