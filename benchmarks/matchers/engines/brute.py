"""rapidfuzz over every name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any, ClassVar

import rapidfuzz
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from benchmarks.matchers.engines.base import MOST_NAMES, Engine, places_first
from benchmarks.matchers.material import Material

__all__ = ["Ratio", "WRatio"]

_ALIKE = 90
"""rapidfuzz cuts nowhere by itself; its users often take 90."""


class _Brute(Engine):
    threshold = f"{_ALIKE} of 100 or more"
    _scorer: ClassVar[Callable[..., Any]]

    def __init__(self, material: Material, folder: Path) -> None:
        self.version = rapidfuzz.__version__
        start = perf_counter()
        self._rows = material.rows_by(default_process)
        self._names = list(self._rows)
        self.build_seconds = perf_counter() - start

    def find(self, text: str) -> list[int]:
        found = process.extract(default_process(text), self._names, scorer=type(self)._scorer, limit=MOST_NAMES)
        return places_first(row for name, _, _ in found for row in self._rows[name])

    def claims(self, text: str) -> bool:
        asked, scorer = default_process(text), type(self)._scorer
        return process.extractOne(asked, self._names, scorer=scorer, score_cutoff=_ALIKE) is not None


class Ratio(_Brute):
    """Normalised insertions and deletions."""

    title = "rapidfuzz `ratio`, brute force"
    setup = "`process.extract` over all different names, names and question through `default_process`"
    _scorer = fuzz.ratio


class WRatio(_Brute):
    """The best of several comparisons by tokens and parts."""

    title = "rapidfuzz `WRatio`, brute force"
    setup = "as above, with the default scorer of `process.extract`"
    share = 0.5
    _scorer = fuzz.WRatio
