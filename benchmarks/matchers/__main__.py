"""The command."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from time import perf_counter
from types import MappingProxyType

from benchmarks.matchers.cells import draw_cells, draw_negatives
from benchmarks.matchers.engines import ENGINES, Engine
from benchmarks.matchers.footprint import measure_cold, measure_memory
from benchmarks.matchers.material import Group, Material, draw_groups, read_eval_groups, read_material, write_material
from benchmarks.matchers.race import prepare, provoke, race
from benchmarks.matchers.report import Outcome, Standing, page
from benchmarks.matchers.scale import measure_sizes
from benchmarks.matchers.settings import costs_without_held_out
from benchmarks.pages import deliver
from buldan.index import find_packaged_gazetteer
from buldan.kinds import ADMIN_KINDS
from buldan.store import read_manifest

__all__ = ["main"]

_EVAL = Path(__file__).parents[3] / "shared" / "eval"
_PLAIN_WHEELS = ("buldan", "ratio", "wratio", "symspell", "sqlite", "tantivy", "hdx")
_START = perf_counter()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and write its page."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = _options().parse_args(given)
    chosen = options.engines.split(",") if options.engines else _PLAIN_WHEELS if options.smoke else list(ENGINES)
    engines = {key: ENGINES[key] for key in ENGINES if key in chosen}
    with tempfile.TemporaryDirectory(prefix="matchers-") as folder:
        Path(folder).chmod(0o755)
        outcome = _run(engines, Path(folder), options)
        outcome.command = " ".join(["python -m benchmarks.matchers", *given])
        text = page(outcome)
    deliver(text + "\n", options.out)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matchers", description="Buldan beside other matchers.")
    parser.add_argument("--out", type=Path, help="the page to write (default: standard output)")
    parser.add_argument("--smoke", action="store_true", help="small and quick, only engines that are plain wheels")
    parser.add_argument("--engines", help=f"some of {','.join(ENGINES)}")
    parser.add_argument("--eval", type=Path, default=_EVAL, help="folder of evaluation tables (left out where absent)")
    parser.add_argument("--most", type=int, default=400, help="questions of a group (default 400)")
    parser.add_argument("--factors", default="1,10,50", help="sizes of the growing gazetteer (default 1,10,50)")
    return parser


def _say(line: str) -> None:
    print(f"[{perf_counter() - _START:6.0f} s] {line}", file=sys.stderr, flush=True)


def _run(engines: Mapping[str, type[Engine]], folder: Path, options: argparse.Namespace) -> Outcome:
    packaged = find_packaged_gazetteer()
    most, factors = (20, [1, 2]) if options.smoke else (options.most, [int(f) for f in options.factors.split(",")])
    material = read_material(packaged)
    if options.smoke:
        material = _tenth(material, folder / "tenth")
    outcome = Outcome(read_manifest(packaged).version, len(material.names), len(material.places), smoke=options.smoke)
    real = [*read_eval_groups(options.eval, most=most), *draw_cells(material, most=most)]
    negatives = draw_negatives(material, options.eval, most=most)
    held_out, groups = draw_groups(material, folder / "gazetteer", most=most)
    outcome.real, outcome.held_out = [group.title for group in real], [group.title for group in groups]
    outcome.indexed = dict.fromkeys(outcome.held_out, held_out)
    _compete(engines, material, real, folder / "whole", outcome, negatives=negatives)
    most_pairs = 200 if options.smoke else 8000
    with costs_without_held_out(held_out, most_pairs=most_pairs) if "buldan" in engines else nullcontext():
        _compete(engines, held_out, groups, folder / "held-out", outcome)
    questions = [question for group in (*real, *groups) for question in group.questions]
    outcome.sizes = measure_sizes(material.folder, folder / "sizes", questions[::3], factors, say=_say)
    # The packaged gazetteer's index is in the whole run's cache already; a smoke run makes one there.
    cache = folder / "whole" / "buldan"
    outcome.cold = measure_cold(cache, ["Palmyra", "معرة النعمان", "Khan Shaykhun"], rounds=2 if options.smoke else 21)
    outcome.memory = measure_memory(cache, questions)
    outcome.loads.append(os.getloadavg()[0])
    return outcome


def _tenth(material: Material, folder: Path) -> Material:
    """Every unit, since a cell names three of them, and every tenth other place, with their names."""
    units = [place for place in material.places if place.kind in ADMIN_KINDS]
    places = units + [place for place in material.places if place.kind not in ADMIN_KINDS][::10]
    ids = {place.id for place in places}
    names = [name for name in material.names if name.place in ids]
    write_material(material, folder, places=places, names=names, version="tenth")
    return read_material(folder)


def _compete(
    engines: Mapping[str, type[Engine]],
    material: Material,
    groups: Sequence[Group],
    folder: Path,
    outcome: Outcome,
    *,
    negatives: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> None:
    """One race, its tallies added to the standings; building and size are those of the first."""
    if not groups:
        return
    runners, missing = prepare(engines, material, folder, say=_say)
    try:
        race(runners, material, groups, say=_say)
        provoke(runners, negatives)
    finally:
        for runner in runners:
            runner.engine.close()
    outcome.missing |= missing
    outcome.labels.update((row, place.name_en or place.name_ar) for row, place in enumerate(material.places))
    outcome.loads.append(os.getloadavg()[0])
    for runner in runners:
        standing = outcome.standing(runner.key)
        if standing is None:
            outcome.standings.append(Standing.of(runner))
        else:
            standing.tallies |= runner.tallies


if __name__ == "__main__":
    main()
