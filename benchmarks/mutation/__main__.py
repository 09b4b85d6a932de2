"""The command: draw faults by seed, put each into a copy of the project, run the tests of its room, say what lived."""

from __future__ import annotations

import argparse
import compileall
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence, Set
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter

from benchmarks.mutation.faults import Fault, faults_in
from benchmarks.mutation.rooms import ROOMS, Room
from benchmarks.mutation.runner import Runner, environment_of
from buldan.evaluate.provenance import name_versions
from buldan.index import find_packaged_gazetteer
from buldan.store import read_manifest

_ROOT = Path(__file__).parent.parent.parent
_LONGEST_S = 900.0
"""How long the tests of a room may take without a fault."""

_COPIED = ("src", "tests", "gazetteer", "docs", "benchmarks", "pyproject.toml", "README.md", "hatch_build.py")


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw, run, report; exit code 1 where a fault lived in a room in which none may."""
    options = _options().parse_args(arguments)
    chosen = [room for room in ROOMS if not options.room or room.name in options.room]
    drawn = draw(chosen, count=options.count, seed=options.seed, again=_lived_in(options.again))
    if options.golden:
        rooms = {room: room.with_golden_alone() for room in chosen}
        chosen, drawn = list(rooms.values()), [(rooms[room], fault) for room, fault in drawn]
    lived: list[tuple[Room, Fault]] = []
    begun = perf_counter()
    print(name_versions(read_manifest(find_packaged_gazetteer()).version), flush=True)
    with tempfile.TemporaryDirectory(prefix="buldan-mutation-") as folder, ExitStack() as stack:
        copy = _copied(Path(folder))
        runner = stack.enter_context(Runner(copy))
        described = {fault: _describe(fault) for _, fault in drawn}  # before anybody changes the source
        seconds: dict[str, float] = {}
        for room in {room.name: room for room, _ in drawn}.values():
            started = perf_counter()
            if not runner.passes(room.tests, seconds=_LONGEST_S, keeps_bytecode=True):
                sys.exit(f"the tests of {room.name} fail without any fault: mend them first")
            # A machine that others load makes tests late, and a late test is no noticed fault.
            seconds[room.name] = max(room.seconds, 5 * (perf_counter() - started))
        for number, (room, fault) in enumerate(drawn, start=1):
            if options.minutes and perf_counter() - begun > 60 * options.minutes:
                drawn = drawn[: number - 1]
                break
            noticed = is_noticed(copy, runner, room, fault, seconds=seconds[room.name])
            if not noticed:
                lived.append((room, fault))
            where, shown = described[fault]
            print(f"{number:4} {'noticed' if noticed else 'LIVED  '} {where}:{fault.line}  {shown}", flush=True)
    print(f"{len(drawn)} faults (seed {options.seed}), {len(lived)} lived, {perf_counter() - begun:.0f} s")
    for room in chosen:
        mine, left = (sum(each is room for each, _ in faults) for faults in (drawn, lived))
        print(f"  {room.name}: {mine} faults, {left} lived{' (none may)' if room.strict else ''}")
    sys.exit(any(room.strict for room, _ in lived))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutation", description=__doc__)
    parser.add_argument("--count", type=int, default=400, help="how many faults to draw")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--room", action="append", choices=[room.name for room in ROOMS], help="this one; repeatable")
    parser.add_argument(
        "--again", type=Path, help="an earlier report: put in only what lived there, whatever was drawn"
    )
    parser.add_argument(
        "--golden", action="store_true", help="run golden answers alone, first: what lives then is put in `--again`"
    )
    parser.add_argument("--minutes", type=float, default=0, help="stop after so long; 0 for no end")
    return parser


def draw(
    rooms: Sequence[Room], *, count: int, seed: int, again: Set[tuple[str, str]] | None = None
) -> list[tuple[Room, Fault]]:
    """Faults drawn from all that can be put into the rooms' files, each as likely as any other.

    `again` are those to keep to, as `_lived_in` gives them: all of them, as far as the source still has their lines.
    """
    possible = [
        (room, fault)
        for room in rooms
        for path in sorted({found for pattern in room.sources for found in (_ROOT / "src/buldan").glob(pattern)})
        for fault in faults_in(path)
    ]
    if again is not None:
        return [(room, fault) for room, fault in possible if _describe(fault) in again]
    return random.Random(seed).sample(possible, min(count, len(possible)))


def _describe(fault: Fault) -> tuple[str, str]:
    """A fault as reports tell it: its file, and its line before and after."""
    return str(fault.path.relative_to(_ROOT / "src/buldan")), fault.shown(fault.path.read_text("utf-8"))


def _lived_in(report: Path | None) -> Set[tuple[str, str]] | None:
    """File and line of every fault that lived in an earlier report, whatever the number of the line; None without."""
    if report is None:
        return None
    lines = re.findall(r"^ *\d+ LIVED +(\S+):\d+  (.*)$", report.read_text("utf-8"), re.MULTILINE)
    return {(where, shown) for where, shown in lines}


def _copied(folder: Path) -> Path:
    """The project in a folder where faults hurt nobody, with a cache of its own."""
    for name in _COPIED:
        source = _ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "images"))
        else:
            shutil.copy(source, folder / name)
    compileall.compile_dir(folder / "src", quiet=1)  # where a fault is put in, the file is newer than its bytecode
    command = [sys.executable, "-c", "import buldan; buldan.load().geoparse('Homs')"]
    subprocess.run(command, check=True, cwd=folder, env=environment_of(folder))
    shutil.copytree(folder / "cache", folder / "cache-whole")
    return folder


def is_noticed(copy: Path, runner: Runner, room: Room, fault: Fault, *, seconds: float) -> bool:
    """Whether a test of the room fails, or the tests take longer than so many seconds, with the fault in the source."""
    path = copy / fault.path.relative_to(_ROOT)
    whole = path.read_text("utf-8")
    compiled = {module: module.read_bytes() for module in path.parent.glob(f"{path.stem}.*.so")}
    try:
        for module in compiled:  # the source itself is to run
            module.unlink()
        path.write_text(fault.applied(whole), "utf-8")
        return not runner.passes(room.tests, seconds=seconds)
    finally:
        path.write_text(whole, "utf-8")
        for module, content in compiled.items():
            module.write_bytes(content)
        shutil.rmtree(copy / "cache")  # what faulty code has kept there
        shutil.copytree(copy / "cache-whole", copy / "cache", copy_function=os.link)


if __name__ == "__main__":
    main()
