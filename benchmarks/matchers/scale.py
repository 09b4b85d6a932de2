"""How the time of a lookup and of indexing grows with the number of names."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path
from time import perf_counter, thread_time
from typing import NamedTuple

from benchmarks.matchers.material import Question, read_material, write_material
from benchmarks.matchers.race import percentile
from benchmarks.matchers.settings import cache_in
from benchmarks.matchers.synthetic import iter_synthetic
from buldan.errors import QueryError
from buldan.gazetteer import Gazetteer
from buldan.index import open_index

__all__ = ["Size", "measure_sizes"]

_LONGEST_BUILD_S = 600
"""A larger gazetteer than can be indexed in this time is made smaller, and the page says so."""

_BLOCK = 10


class Size(NamedTuple):
    """A gazetteer of so many times the names: seconds to index it, to open it once that is cached, and of lookups.

    Lookups are timed by the processor, as the sizes are to be compared and not the load of the machine.
    """

    factor: int
    names: int
    build_seconds: float
    open_seconds: float
    seconds: list[float]

    @property
    def build_per_100_000(self) -> float:
        """Seconds for 100,000 names."""
        return self.build_seconds / self.names * 100_000

    def at(self, percent: float) -> float:
        """Seconds that so many percent of the lookups do not exceed."""
        return percentile(self.seconds, percent)


def measure_sizes(
    source: Path, folder: Path, questions: Sequence[Question], factors: Sequence[int], *, say: Callable[[str], object]
) -> list[Size]:
    """Gazetteers of each factor in rising order, the same questions put to all in turn."""
    sizes: list[Size] = []
    for wanted in factors:
        factor = wanted
        if sizes:
            factor = min(wanted, int(_LONGEST_BUILD_S / sizes[-1].build_seconds * sizes[-1].factor))
        # In a process of its own, so that the memory of building is given back.
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            names, built, opened = pool.submit(_build, source, folder / f"{wanted}", factor).result()
        say(f"{factor} x the names: {names:,} indexed in {built:.1f} s, opened in {opened:.2f} s")
        sizes.append(Size(factor, names, built, opened, []))
    _look_up([folder / f"{wanted}" for wanted in factors], questions, sizes)
    return sizes


def _build(source: Path, folder: Path, factor: int) -> tuple[int, float, float]:
    """Number of names; seconds from the text of the gazetteer to the index, and again with the index in the cache."""
    real = read_material(source)
    made = list(iter_synthetic(real, (factor - 1) * len(real.names)))
    names = [*real.names, *chain.from_iterable(own for _, own in made)]
    places = [*real.places, *(place for place, _ in made)]
    count = len(names)
    write_material(real, folder, places=places, names=names, version=f"times-{factor}")
    del real, made, names, places
    gc.collect()
    with cache_in(folder / "cache"):
        start = perf_counter()
        open_index(folder)
        built = perf_counter()
        open_index(folder)
        return count, built - start, perf_counter() - built


def _look_up(folders: Sequence[Path], questions: Sequence[Question], sizes: Sequence[Size]) -> None:
    gazetteers = []
    for folder in folders:
        with cache_in(folder / "cache"):
            gazetteers.append(Gazetteer(open_index(folder)))
    for gazetteer in gazetteers:
        _time(gazetteer, questions[:: max(1, len(questions) // 100)])
    for start in range(0, len(questions), _BLOCK):
        for gazetteer, size in zip(gazetteers, sizes, strict=True):
            size.seconds.extend(_time(gazetteer, questions[start : start + _BLOCK]))


def _time(gazetteer: Gazetteer, questions: Sequence[Question]) -> list[float]:
    seconds = []
    for question in questions:
        start = thread_time()
        try:
            gazetteer.lookup(question.text)
        except QueryError:
            continue
        seconds.append(thread_time() - start)
    return seconds
