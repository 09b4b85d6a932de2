"""What the benchmark changes around itself while it runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.matchers.material import Material
from buldan.learn.costs import fit_all_costs
from buldan.text import distance

__all__ = ["cache_in", "costs_without_held_out"]

_CACHE = "XDG_CACHE_HOME"


@contextmanager
def cache_in(folder: Path) -> Iterator[None]:
    """Buldan keeps its index in `folder` meanwhile, not among those of the user."""
    before = os.environ.get(_CACHE)
    os.environ[_CACHE] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[_CACHE]
        else:
            os.environ[_CACHE] = before


@contextmanager
def costs_without_held_out(material: Material, *, most_pairs: int) -> Iterator[None]:
    """Meanwhile Buldan's edit costs are those learned from `material` alone, so that no held-out spelling taught it.

    They are learned from at most `most_pairs` pairs of names for each pair of scripts.
    """
    learned = fit_all_costs(material.names, most_pairs=most_pairs)
    rows = [
        (scripts, name, asked, str(cost)) for scripts, costs in learned.items() for (name, asked), cost in costs.items()
    ]
    shipped = distance.read_cost_rows
    distance.read_cost_rows = lambda: rows
    distance.load_aligner.cache_clear()
    try:
        yield
    finally:
        distance.read_cost_rows = shipped
        distance.load_aligner.cache_clear()
