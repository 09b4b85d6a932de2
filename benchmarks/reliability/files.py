"""What lies on disk: damage to the cache, work killed at any moment, no room, and a cache that two versions share."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from buldan.index.columns import read_columns

__all__ = ["damage_cache", "kill_at_random", "share_cache"]

_ANSWERS = """
import hashlib, json, buldan
gaz = buldan.load()
names = ["يلدا", "Deir ez-Zor", "Kafr Takharim", "Idlib, Ariha, Kafr Lata", "33.5, 36.3", "Nawa - Daraa", "qqq"]
text = "قصف على بعد 5 كم شمال حماة ثم على دوما وحرستا. Shelling hit Nawa in Daraa."
said = [gaz.lookup(name).to_geojson() for name in names] + [gaz.geoparse(text).to_geojson()]
said += [[found.text, found.place.id] for found in gaz.suggest("Hom")]
print(hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest())
"""
_CLI = "from buldan.cli import main; main()"


def damage_cache(*, count: int, seed: int) -> dict[str, int]:
    """Damage files of a cache at random, and open it: how often that was noticed, harmless, or neither.

    `noticed`: the file is not used. `harmless`: it is, and all answers are those of a whole one. Every twentieth
    damage is followed through in a process of its own, which builds anew and must answer as before.
    """
    counts = {"noticed": 0, "harmless": 0, "wrong": 0, "followed through": 0}
    with tempfile.TemporaryDirectory(prefix="buldan-damage-") as folder:
        right = _answers(folder)
        assert len(right) == 64, right
        files = sorted(Path(folder).rglob("*.bin"))
        rng = random.Random(seed)
        for number in range(count):
            path = rng.choice(files)
            whole = path.read_bytes()
            damaged = _damaged(whole, rng)
            path.unlink()
            path.write_bytes(damaged)
            noticed = read_columns(path) is None
            if number % 20 == 0 or not noticed:
                counts["followed through"] += 1
                is_right = _answers(folder) == right
                counts["wrong" if not is_right else "noticed" if noticed else "harmless"] += 1
            else:
                counts["noticed"] += 1
            path.unlink(missing_ok=True)
            path.write_bytes(whole)
    return counts


def _damaged(whole: bytes, rng: random.Random) -> bytes:
    """A bit, some bytes, a page of zeros, a lost end, a lost middle, or nothing left."""
    at = rng.randrange(len(whole))
    kind = rng.randrange(6)
    if kind == 0:
        return whole[:at] + bytes([whole[at] ^ 1 << rng.randrange(8)]) + whole[at + 1 :]
    if kind == 1:
        return whole[:at] + rng.randbytes(16) + whole[at + 16 :]
    if kind == 2:
        return whole[:at] + bytes(min(4096, len(whole) - at)) + whole[at + 4096 :]
    if kind == 3:
        return whole[:at]
    if kind == 4:
        return whole[:at] + whole[at + 512 :]
    return rng.choice((b"", whole[:24], rng.randbytes(len(whole) // 100)))


def _answers(cache: str | Path, **environment: str) -> str:
    """A digest of answers, of a process with this cache; its return code where it failed."""
    given = os.environ | {"XDG_CACHE_HOME": str(cache)} | environment
    done = subprocess.run([sys.executable, "-c", _ANSWERS], check=False, capture_output=True, text=True, env=given)
    return done.stdout.strip() if done.returncode == 0 else f"failed with {done.returncode}: {done.stderr[-300:]}"


def share_cache(*, rounds: int) -> bool:
    """Whether two versions that share one cache, four processes at a time and from an empty one, all answer right.

    The other version is this one with another number of its index.
    """
    import buldan  # noqa: PLC0415 - only to see where it lies

    with tempfile.TemporaryDirectory(prefix="buldan-versions-") as folder:
        other = Path(folder, "other")
        package = Path(buldan.__file__).parent
        shutil.copytree(package, other / "src/buldan", ignore=shutil.ignore_patterns("__pycache__"))
        if (beside := package.parent.parent / "gazetteer").is_dir():
            shutil.copytree(beside, other / "gazetteer")
        build = other / "src/buldan/index/build.py"
        build.write_text(build.read_text("utf-8").replace("INDEX_VERSION = ", "INDEX_VERSION = 1000 + "), "utf-8")
        right = _answers(Path(folder, "alone"))
        for number in range(rounds):
            cache = Path(folder, f"shared{number}")
            running = [
                subprocess.Popen(
                    [sys.executable, "-c", _ANSWERS],
                    stdout=subprocess.PIPE,
                    text=True,
                    env=os.environ
                    | {"XDG_CACHE_HOME": str(cache)}
                    | ({"PYTHONPATH": str(other / "src")} if each % 2 else {}),
                )
                for each in range(4)
            ]
            if {process.communicate()[0].strip() for process in running} != {right}:
                return False
    return True


def kill_at_random(*, count: int, seed: int) -> Iterator[tuple[str, int, int]]:
    """For each kind of work: how often it was killed (SIGKILL) at a random moment, and how often that left harm.

    No harm: what was there before is there, or what is to come, whole; the next run ends as one that was never
    killed, and nothing of the killed one is left over after it.
    """
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="buldan-kill-") as name:
        folder = Path(name)
        corpus = folder / "texts.jsonl"
        text = "قصف على مدينة دوما ثم حرستا. Shelling hit Nawa in Daraa governorate."
        corpus.write_text("".join(json.dumps({"text": f"{n} {text}"}) + "\n" for n in range(3_000)), "utf-8")
        works: dict[str, Callable[[Path], list[str]]] = {
            "index building": lambda _: ["-c", _ANSWERS],
            "export": lambda out: ["-c", _CLI, "export", str(out / "places.csv")],
            "corpora": lambda out: ["-c", _CLI, "geoparse", "--input", str(corpus), "--output", str(out / "read")],
        }
        for kind, command in works.items():
            env = {"XDG_CACHE_HOME": str(folder / "cache")}
            seconds, right = _timed(command, folder / f"{kind} whole", env if kind != "index building" else {})
            assert seconds, f"{kind} fails by itself"
            harm = 0
            for number in range(count):
                out = folder / f"{kind} {number}"
                mine = env if kind != "index building" else {"XDG_CACHE_HOME": str(out)}
                _kill(command(out), out, mine, after_s=rng.uniform(0.05, 1) * seconds)
                _, again = _timed(command, out, mine)
                harm += again != right
            yield kind, count, harm


def _timed(command: Callable[[Path], list[str]], out: Path, env: Mapping[str, str]) -> tuple[float, str]:
    """Seconds of the work (0 where it failed), and a digest of what it said and of what lies in its folder then."""
    out.mkdir(exist_ok=True)
    begun = time.perf_counter()
    given = os.environ | {"XDG_CACHE_HOME": str(out)} | env
    done = subprocess.run([sys.executable, *command(out)], check=False, capture_output=True, env=given)
    seconds = 0.0 if done.returncode else time.perf_counter() - begun
    digest = hashlib.sha256(done.stdout.replace(str(out).encode(), b"") + bytes([done.returncode]))
    for path in sorted(out.rglob("*")):
        if path.is_file() and path.suffix != ".bin":
            digest.update(path.relative_to(out).as_posix().encode() + path.read_bytes())
    return seconds, digest.hexdigest()


def _kill(command: list[str], out: Path, env: Mapping[str, str], *, after_s: float) -> None:
    out.mkdir(exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | env
    )
    time.sleep(after_s)
    process.kill()
    process.wait()
