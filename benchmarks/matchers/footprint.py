"""What Buldan costs whoever starts it: seconds of a cold lookup, megabytes of a loaded gazetteer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from benchmarks.matchers.material import Question

__all__ = ["Cold", "Memory", "measure_cold", "measure_memory"]

_LOOK_UP = """
import json, sys
import psutil
def resident():
    return psutil.Process().memory_info().rss / 1e6
texts = json.load(sys.stdin)
bare = resident()
import buldan
gazetteer = buldan.load()
loaded = resident()
for text in texts:
    try:
        gazetteer.lookup(text)
    except ValueError:
        pass
print(json.dumps([bare, loaded, resident()]))
"""


class Cold(NamedTuple):
    """Median seconds of a process: `buldan lookup` once its index is cached, and an import of numpy alone."""

    lookup: float
    numpy: float


class Memory(NamedTuple):
    """Resident megabytes of the process: before the import, with the gazetteer loaded, after the lookups."""

    bare: float
    loaded: float
    used: float


def measure_cold(cache: Path, texts: Sequence[str], *, rounds: int) -> Cold:
    """Both processes in turn, so many rounds; the index is in `cache` already or is put there first."""
    program = Path(sys.executable).parent / "buldan"
    # An installed package has its bytecode; a shell that writes none would compile all modules anew each time.
    environment = os.environ | {"XDG_CACHE_HOME": str(cache), "PYTHONDONTWRITEBYTECODE": ""}
    lookups, imports = [], []
    _run([program, "lookup", texts[0]], environment)
    for at in range(rounds):
        lookups.append(_run([program, "lookup", texts[at % len(texts)]], environment))
        imports.append(_run([sys.executable, "-c", "import numpy"], environment))
    return Cold(median(lookups), median(imports))


def _run(command: Sequence[str | Path], environment: dict[str, str]) -> float:
    start = perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - start


def measure_memory(cache: Path, questions: Sequence[Question]) -> Memory:
    """Of a process that loads the packaged gazetteer and answers the questions."""
    done = subprocess.run(
        [sys.executable, "-c", _LOOK_UP],
        input=json.dumps([question.text for question in questions]),
        env=os.environ | {"XDG_CACHE_HOME": str(cache)},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return Memory(*json.loads(done.stdout))
