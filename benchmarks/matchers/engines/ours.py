"""Buldan."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from benchmarks.matchers.engines.base import Engine, folder_bytes
from benchmarks.matchers.material import Material
from benchmarks.matchers.settings import cache_in
from buldan.errors import QueryError
from buldan.gazetteer import Gazetteer
from buldan.index import open_index
from buldan.store import schema

__all__ = ["Buldan"]

_SURE = 0.5


class Buldan(Engine):
    """Lookups by name alone."""

    title = "**Buldan**"
    setup = "`Gazetteer.lookup(text)`; no answer counts as wrong; the size includes the text of the gazetteer"

    threshold = f"score ≥ {_SURE}"

    def __init__(self, material: Material, folder: Path) -> None:
        self.version = version("buldan")
        with cache_in(folder):
            start = perf_counter()
            index = open_index(material.folder)
            self.build_seconds = perf_counter() - start
        text = sum((material.folder / name).stat().st_size for name in (schema.PLACES, schema.NAMES))
        self.index_bytes = folder_bytes(folder) + text
        self._gazetteer = Gazetteer(index)
        self._row_of = material.row_of

    def find(self, text: str) -> list[int]:
        """Places in the order of their scores; none where the text cannot be a name."""
        try:
            return [self._row_of[match.place.id] for match in self._gazetteer.lookup(text)]
        except QueryError:
            return []

    def claims(self, text: str) -> bool:
        try:
            return any(match.score >= _SURE for match in self._gazetteer.lookup(text))
        except QueryError:
            return False
