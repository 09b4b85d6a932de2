"""How a corpus is read: by one process, by one and two workers, ten times as much, and in how much memory.

    python benchmarks/corpora.py --documents 1000
    python benchmarks/corpora.py --smoke
    python benchmarks/corpora.py --documents 300 --realtime     # as root, on a machine that others use, too

The documents are made from the gazetteer's names and sentences of ours, some 700 characters each; with `--texts
FILE.jsonl` (a member `text`) they are yours.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import buldan
from buldan.corpora import Task, geoparse_corpus
from buldan.dask import Origin, cluster, part_runner

_SENTENCES = (
    "قال ناشطون إن القصف طال {} وأسفر عن إصابة عدد من المدنيين بجروح.",
    "وصلت قافلة مساعدات إلى {} صباح اليوم بعد انقطاع دام أسابيع.",
    "نزحت عائلات كثيرة من {} نحو القرى المجاورة بحثا عن الأمان.",
    "وأضاف المصدر أن الأوضاع هادئة نسبيا، وأن الأسواق فتحت أبوابها أمام الناس من جديد.",
    "Residents of {} said that water and power had been cut for several days.",
    "The road between {} and {} was closed after heavy fighting in the night.",
    "No one had claimed responsibility by the evening, and the market stayed open.",
)
_PART = 20


def made_documents(count: int, seed: int = 5) -> list[str]:
    """Texts of some 700 characters that name places of both scripts."""
    places = [place for place in buldan.load() if place.kind in {"city", "town", "village", "neighbourhood"}]
    dice = random.Random(seed)
    texts = []
    for _ in range(count):
        sentences = []
        while sum(map(len, sentences)) < 700:
            sentence = dice.choice(_SENTENCES)
            lang = "en" if sentence.isascii() else "ar"
            sentences.append(sentence.format(*(dice.choice(places).name(lang) for _ in range(2))))
        texts.append(" ".join(sentences))
    return texts


def write_corpus(path: Path, texts: list[str], count: int) -> None:
    """So many documents, the texts over and over."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps({"text": texts[number % len(texts)]}, ensure_ascii=False) + "\n")


_WORK = """
import json, os, resource, sys, time
from pathlib import Path
import buldan
from buldan.corpora import geoparse_corpus
gazetteer = buldan.load()
gazetteer.geoparse("قصف على دوما")
if sys.argv[4] == "realtime":
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(5))
begun = time.perf_counter()
progress = geoparse_corpus([sys.argv[1]], Path(sys.argv[2]), gazetteer=gazetteer, part_documents=int(sys.argv[3]))
print(json.dumps({"seconds": time.perf_counter() - begun, "mentions": progress.mentions,
    "characters": progress.characters, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def read_alone(source: Path, output: Path, *, realtime: bool) -> dict[str, float]:
    """One process: seconds, mentions, characters, peak memory."""
    priority = "realtime" if realtime else "usual"
    command = [sys.executable, "-c", _WORK, str(source), str(output), str(_PART), priority]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


@contextmanager
def first_in_line(pids: list[int], *, realtime: bool) -> Iterator[None]:
    """Let processes run before all others, if asked."""
    threads = [int(task.name) for pid in pids for task in Path(f"/proc/{pid}/task").iterdir()] if realtime else []
    for policy, priority in ((os.SCHED_FIFO, 5), (os.SCHED_OTHER, 0)):
        for thread in threads:
            with suppress(ProcessLookupError):
                os.sched_setscheduler(thread, policy, os.sched_param(priority))
        if policy == os.SCHED_FIFO:
            yield


def read_on(workers: int, source: Path, folder: Path, *, realtime: bool) -> float:
    """Seconds on a cluster of so many workers that have the gazetteer loaded."""
    gazetteer = buldan.load()
    with cluster(workers=workers) as client:
        client.wait_for_workers(workers)
        runner = part_runner(client, Origin(version=gazetteer.version), Task())
        warm = folder / f"warm{workers}.jsonl"
        write_corpus(warm, ["قصف على دوما"], _PART * workers * 4)
        geoparse_corpus(
            [str(warm)], folder / f"warm{workers}", gazetteer=gazetteer, runner=runner, part_documents=_PART
        )
        with first_in_line([os.getpid(), *client.run(os.getpid).values()], realtime=realtime):
            begun, out = time.perf_counter(), folder / f"on{workers}"
            geoparse_corpus([str(source)], out, gazetteer=gazetteer, runner=runner, part_documents=_PART)
            return time.perf_counter() - begun


_LOOP = "import time\nt = time.perf_counter()\nsum(i * i for i in range(30_000_000))\nprint(time.perf_counter() - t)"


def bare_scaling(*, realtime: bool) -> float:
    """How much more two empty loops at once do than one: what this machine allows at this moment."""

    def seconds(count: int) -> float:
        command = [sys.executable, "-c", _LOOP]
        loops = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(count)]
        with first_in_line([loop.pid for loop in loops], realtime=realtime):
            return max(float(loop.communicate()[0]) for loop in loops)

    return 2 * seconds(1) / seconds(2)


def main() -> None:
    """Print the figures as JSON."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--documents", type=int, default=1000)
    options.add_argument("--texts", type=Path)
    options.add_argument("--smoke", action="store_true", help="small, to see that it runs")
    options.add_argument("--realtime", action="store_true", help="run before all other processes (needs root)")
    asked = options.parse_args()
    first = {"realtime": asked.realtime}
    count = 60 if asked.smoke else asked.documents
    if asked.texts:
        texts = [json.loads(line)["text"] for line in asked.texts.read_text("utf-8").splitlines()]
    else:
        texts = made_documents(min(count, 1000))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        once, ten = folder / "once.jsonl", folder / "ten.jsonl"
        write_corpus(once, texts, count)
        write_corpus(ten, texts, count * 10)
        small, large = read_alone(once, folder / "small", **first), read_alone(ten, folder / "large", **first)
        bare = bare_scaling(**first)
        one, two = (read_on(workers, once, folder, **first) for workers in (1, 2))
        same = all(
            (folder / "on1" / part.name).read_bytes() == (folder / "on2" / part.name).read_bytes() == part.read_bytes()
            for part in (folder / "small").glob("part-*.parquet")
        )
    figures = {
        "documents": count,
        "characters a document": round(small["characters"] / count),
        "mentions a document": round(small["mentions"] / count, 1),
        "documents a second, one process": round(count / small["seconds"]),
        "characters a second, one process": round(small["characters"] / small["seconds"]),
        "ten times the documents take, times as long": round(large["seconds"] / small["seconds"], 2),
        "peak memory, MB": round(small["mb"]),
        "peak memory at ten times, MB": round(large["mb"]),
        "documents a second, one worker": round(count / one),
        "documents a second, two workers": round(count / two),
        "two workers to one, times as fast": round(one / two, 2),
        "two empty loops to one, times as much": round(bare, 2),
        "answers equal to the last bit": same,
        "cores": os.cpu_count(),
        "load of the machine": [round(load, 1) for load in os.getloadavg()],
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
