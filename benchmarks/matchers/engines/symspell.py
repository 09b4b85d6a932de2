"""SymSpell, whole names as its words."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from benchmarks.matchers.engines.base import MOST_NAMES, Engine, demand, places_first
from benchmarks.matchers.material import Material

__all__ = ["SymSpell"]


class SymSpell(Engine):
    """The deletion neighbourhood of two edits."""

    title = "SymSpell ≤ 2, whole names"
    setup = "`lookup(text.lower(), Verbosity.ALL, 2)`; a name counts once for each place that has it"

    threshold = "≤ 2 edits"

    def __init__(self, material: Material, folder: Path) -> None:
        symspell = demand("symspellpy", package="symspellpy")
        self.version = version("symspellpy")
        self._all = symspell.Verbosity.ALL
        start = perf_counter()
        self._rows = material.rows_by(str.lower)
        self._dictionary = symspell.SymSpell(max_dictionary_edit_distance=2)
        for name, rows in self._rows.items():
            self._dictionary.create_dictionary_entry(name, len(rows))
        self.build_seconds = perf_counter() - start

    def find(self, text: str) -> list[int]:
        found = self._dictionary.lookup(text.lower(), self._all, max_edit_distance=2)[:MOST_NAMES]
        return places_first(row for suggestion in found for row in self._rows[suggestion.term])
