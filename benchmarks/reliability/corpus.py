"""A corpus of a gigabyte: memory while it is read, a full disk, a kill, every document once at the end."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
import pyarrow.parquet as pq

import buldan

__all__ = ["read_corpus"]

_COMMAND = [sys.executable, "-c", "from buldan.cli import main; main()", "geoparse", "--workers", "1"]
_TEXTS, _SENTENCES = 400, 40
_WITH_PLACES = (
    "Shelling hit {0} in the morning, residents of {1} said.",
    "سقطت قذائف على بعد 5 كم شمال {2}، وأصيب ثلاثة من أهالي {3}.",
    "A convoy reached the hospital in {0}.",
)
_SAID = (
    "The office said on Monday that it had no figures of its own and would publish what it could confirm.",
    "وقال المتحدث إن فرق الدفاع المدني واصلت العمل حتى ساعة متأخرة من الليل رغم صعوبة الوصول.",
    "Prices of bread and fuel rose again, and most shops were closed by noon.",
    "ولم تصدر عن الجهات الرسمية أي تعليقات حتى الآن على ما جرى تداوله من صور.",
)
"""A fifth of the sentences tells a place, as in news."""


def read_corpus(*, megabytes: int, room_mb: int, seed: int, say: Callable[[str], object]) -> bool:
    """Whether a corpus of so many megabytes is read whole after a full disk and a kill.

    Its documents repeat some hundred texts, so that what each must give is known from reading these alone. The output
    lies on a file system of `room_mb` first where one may be mounted (root, Linux); it is then made large enough.
    """
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="buldan-corpus-") as name:
        folder = Path(name)
        texts = list(_texts(rng))
        expected = [len(reading) for reading in buldan.load().geoparse_many(texts)]
        count = _write(folder / "in", texts, megabytes)
        say(f"{count:,} documents, {megabytes} MB")
        output = folder / "out"
        kept = True
        with _small_disk(output, room_mb) as grow:
            if grow is not None:
                code, words, most = _run(folder, output)
                last = words.strip().splitlines()[-1] if words.strip() else ""
                say(f"disk of {room_mb} MB: exit code {code}, {most:.0f} MB at most; {last[-160:]}")
                kept = code == 2 and "Traceback" not in words
                grow()
            code, _, most = _run(folder, output, kill_at=0.5, parts=count // 500)
            say(f"killed with {len(list(output.glob('*.parquet')))} parts written, {most:.0f} MB at most")
            begun = time.monotonic()
            held: list[float] = []
            code, _, most = _run(folder, output, held=held)
            say(f"went on and ended with {code} after {time.monotonic() - begun:.0f} s, {most:.0f} MB at most")
            tenths = [max(held[len(held) * at // 10 : len(held) * (at + 1) // 10], default=0.0) for at in range(10)]
            say(f"MB held at most in each tenth of that: {', '.join(f'{each:.0f}' for each in tenths)}")
            wrong = _count_wrong(output, count, expected)
            say(f"{wrong} of {count:,} documents have other mentions than their text alone")
    return kept and code == 0 and not wrong


def _texts(rng: random.Random) -> Iterator[str]:
    """Reports of ours, of some 4 KB each, with names of towns and villages at random."""
    places = [place for place in buldan.load() if place.kind in {"city", "town", "village"}]
    for _ in range(_TEXTS):
        sentences = []
        for _ in range(_SENTENCES):
            sentence = rng.choice(_WITH_PLACES) if rng.random() < 0.2 else rng.choice(_SAID)
            here = rng.sample(places, 4)
            names = [*(place.name_en for place in here[:2]), *(place.name_ar or place.name_en for place in here[2:])]
            sentences.append(sentence.format(*names))
        yield " ".join(sentences)


def _write(folder: Path, texts: Sequence[str], megabytes: int) -> int:
    """Files of lines of JSON, some 64 MB each; how many documents they have."""
    folder.mkdir()
    bodies = [f', "text": {json.dumps(text, ensure_ascii=False)}}}\n' for text in texts]
    written, count, number = 0, 0, 0
    while written < megabytes * 1_000_000:
        with (folder / f"{number:03}.jsonl").open("w", encoding="utf-8") as file:
            until = min(megabytes * 1_000_000, written + 64_000_000)
            while written < until:
                line = f'{{"id": "{count}"{bodies[count % len(bodies)]}'
                file.write(line)
                written, count = written + len(line.encode()), count + 1
        number += 1
    return count


@contextmanager
def _small_disk(output: Path, room_mb: int) -> Iterator[Callable[[], object] | None]:
    """A folder on a file system of so many megabytes, and what makes it large; None where none can be mounted."""
    output.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={room_mb}m", "tmpfs", str(output)]
    if subprocess.run(mounting, check=False, capture_output=True).returncode:
        yield None
        return
    try:
        yield lambda: subprocess.run(["mount", "-o", "remount,size=8g", str(output)], check=True)
    finally:
        subprocess.run(["umount", str(output)], check=True)


def _run(
    folder: Path, output: Path, *, kill_at: float = 0.0, parts: int = 0, held: list[float] | None = None
) -> tuple[int, str, float]:
    """Exit code, what was said, and megabytes held at most; killed when a share of the parts is there.

    `held` gets the megabytes twice a second. Pages of files that both processes map count in each.
    """
    command = [*_COMMAND, "--input", str(folder / "in/*.jsonl"), "--id-field", "id", "--output", str(output)]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=dict(os.environ))
        watched, most = psutil.Process(process.pid), 0.0
        while process.poll() is None:
            try:
                each = [watched, *watched.children(recursive=True)]
                now = sum(one.memory_info().rss for one in each) / 1e6
                most = max(most, now)
                if held is not None:
                    held.append(now)
            except psutil.Error:
                pass  # it has just ended
            if kill_at and len(list(output.glob("*.parquet"))) >= kill_at * parts:
                for one in each:
                    one.kill()
            time.sleep(0.5)
        said.seek(0)
        return process.returncode, said.read().decode("utf-8", "replace"), most


def _count_wrong(output: Path, count: int, expected: Sequence[int]) -> int:
    """How many documents have not as many mentions as their text has, or stand there twice."""
    found = [0] * count
    for path in sorted(output.glob("*.parquet")):
        for document in pq.read_table(path, columns=["document"])["document"].to_pylist():
            found[int(document)] += 1
    return sum(number != expected[at % len(expected)] for at, number in enumerate(found))
