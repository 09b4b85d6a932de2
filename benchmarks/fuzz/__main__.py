"""The command: feed every target, by seed or guided by coverage (atheris), and keep what broke a promise."""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import traceback
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter

from benchmarks.fuzz.changes import iter_inputs

__all__ = ["main"]

_NAMES = ("lookup", "cells", "geoparse", "overlay", "files", "http")


def main(arguments: Sequence[str] | None = None) -> None:
    """Feed the targets and say how often, and what broke; exit code 1 where anything did."""
    options = _options().parse_args(arguments)
    if options.guided:
        _feed_guided(options)
        return
    from benchmarks.fuzz.targets import TARGETS  # noqa: PLC0415 - atheris has to come before them

    names = options.target or _NAMES
    each = options.inputs // len(names)
    broken = 0
    for name in names:
        target, begun, fed, found = TARGETS[name], perf_counter(), 0, dict[str, bytes]()
        for data in islice(iter_inputs(target.seeds, seed=options.seed), each):
            if options.minutes and perf_counter() - begun > 60 * options.minutes / len(names):
                break
            fed += 1
            try:
                target.run(data)
            except Exception as error:
                where = traceback.extract_tb(error.__traceback__)[-1]
                if (key := f"{type(error).__name__} {where.filename}:{where.lineno}") not in found:
                    found[key] = data
                    _keep(options.keep, name, data)
                    print(f"{name}: {key}: {str(error)[:300]}\n  {data[:400]!r}", flush=True)
        broken += len(found)
        print(f"{name}: {fed:,} inputs, {len(found)} findings, {perf_counter() - begun:.0f} s", flush=True)
    sys.exit(broken > 0)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000, help="how many, all targets together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", action="append", choices=_NAMES, help="this one; repeatable")
    parser.add_argument("--minutes", type=float, default=0, help="stop after so long, all together; 0 for no end")
    parser.add_argument("--guided", action="store_true", help="one target by coverage, with atheris")
    parser.add_argument("--keep", type=Path, help="folder for inputs that broke something")
    return parser


def _feed_guided(options: argparse.Namespace) -> None:
    """Let libFuzzer choose the inputs by the lines that they reach; the first finding ends it."""
    import atheris  # noqa: PLC0415 - only here

    with atheris.instrument_imports(include=["buldan"]):
        from benchmarks.fuzz.targets import TARGETS  # noqa: PLC0415
    (name,) = options.target or ["http"]
    corpus = Path(tempfile.mkdtemp(prefix="buldan-corpus-"))
    for number, seed in enumerate(TARGETS[name].seeds):
        (corpus / str(number)).write_bytes(seed)
    keep = [f"-artifact_prefix={options.keep}/"] if options.keep else []
    end = [f"-max_total_time={int(60 * options.minutes)}"] if options.minutes else []
    flags = [f"-runs={options.inputs}", f"-seed={options.seed}", "-max_len=4000", *keep, *end]
    atheris.Setup([sys.argv[0], str(corpus), *flags], TARGETS[name].run)
    atheris.Fuzz()


def _keep(folder: Path | None, name: str, data: bytes) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data)


if __name__ == "__main__":
    main()
