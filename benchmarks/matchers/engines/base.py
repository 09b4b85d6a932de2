"""What the race asks of an engine."""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter, thread_time
from types import ModuleType
from typing import ClassVar, NamedTuple

from benchmarks.matchers.material import Material

__all__ = ["MOST_NAMES", "Answer", "Engine", "MissingEngineError", "demand", "folder_bytes", "places_first"]

MOST_NAMES = 25
"""Names that an engine of names is asked for, so that they come to five places."""

MOST_PLACES = 5


class MissingEngineError(Exception):
    """An engine that cannot be run here; the message says why."""


class Answer(NamedTuple):
    """Rows of at most five places, best first, and the seconds that it took to find them.

    `seconds` are by the clock, `own_seconds` those that our thread spent on the processor: the same on an idle
    machine, and fewer on a busy one. None where the work is done in another process.
    """

    rows: list[int]
    seconds: float
    own_seconds: float | None = None


class Engine(ABC):
    """An engine that holds the names of the material and answers questions.

    Attributes:
        title: as the tables show it.
        setup: how it is used, one line.
        version: what runs.
        threshold: from where on its answer counts as one, in words.
        share: of the questions of each group, how many it is asked; 1 where it is fast enough for all.
        in_process: whether our own thread does the work.
        build_seconds: to index all names.
        index_bytes: on disk, None where all of it is in memory.
    """

    title: ClassVar[str]
    setup: ClassVar[str]
    threshold: ClassVar[str] = "any answer"
    share: ClassVar[float] = 1.0
    in_process: ClassVar[bool] = True

    version: str = ""
    build_seconds: float = 0.0
    index_bytes: int | None = None

    @abstractmethod
    def __init__(self, material: Material, folder: Path) -> None:
        """Index the material; may write into the empty `folder`. Raises `MissingEngineError`."""

    @abstractmethod
    def find(self, text: str) -> list[int]:
        """Rows of the places that the text may name, best first."""

    def claims(self, text: str) -> bool:
        """Whether it says that the text names a place, by its `threshold`."""
        return bool(self.find(text))

    def ask(self, text: str) -> Answer:
        """`find`, with the time that it took."""
        start, own_start = perf_counter(), thread_time()
        rows = self.find(text)
        own_seconds, seconds = thread_time() - own_start, perf_counter() - start
        return Answer(rows[:MOST_PLACES], seconds, own_seconds if self.in_process else None)

    def close(self) -> None:  # noqa: B027 - most have nothing to end
        """End what was started."""


def demand(module: str, *, package: str) -> ModuleType:
    """The module, or `MissingEngineError` where it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingEngineError(f"{package} is not installed ({error}); pip install '.[benchmarks]'") from None


def places_first(rows: Iterable[int]) -> list[int]:
    """The first five different places."""
    return list(dict.fromkeys(rows))[:MOST_PLACES]


def folder_bytes(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
