"""The sources in the order of their authority: who is read first anchors the place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from buldan.compile.record import SourceRecord
from buldan.compile.sources.ocha_admin import read_units
from buldan.compile.sources.ocha_places import read_communities, read_neighbourhoods
from buldan.compile.sources.whosonfirst import read_localities

__all__ = ["read_batches"]

Reader: TypeAlias = Callable[[Path], Iterable[SourceRecord]]

_ORDER: tuple[tuple[Reader, ...], ...] = (
    (read_units,),
    (read_communities, read_neighbourhoods),
    (read_localities,),
)


def read_batches(sources: Path, curated: Path) -> list[list[SourceRecord]]:
    """Every record of every source: first the admin units, then batch by batch in the order of authority."""
    return [list(chain.from_iterable(read(sources) for read in readers)) for readers in _ORDER]
