"""The sources in the order of their authority: who is read first anchors the place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from buldan.compile.record import SourceRecord
from buldan.compile.sources.airports import read_airports
from buldan.compile.sources.curated import read_curated
from buldan.compile.sources.natural_earth import read_waters
from buldan.compile.sources.ocha_admin import read_units
from buldan.compile.sources.ocha_places import read_communities, read_neighbourhoods, read_new_communities
from buldan.compile.sources.opensyria import read_transport, read_unit_names
from buldan.compile.sources.pleiades import read_sites
from buldan.compile.sources.syriaca import read_places
from buldan.compile.sources.ucdp import read_features
from buldan.compile.sources.whosonfirst import read_localities

__all__ = ["Records", "read_all"]

Reader: TypeAlias = Callable[[Path], Iterable[SourceRecord]]

_ORDER: tuple[tuple[Reader, ...], ...] = (
    (read_communities, read_new_communities, read_neighbourhoods),
    (read_unit_names,),
    (read_localities,),
    (read_transport,),
    (read_airports,),
    (read_waters,),
    (read_sites,),
    (read_places,),
    (read_features,),
)


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that was read.

    Attributes:
        units: the admin units, which all else is placed in.
        batches: the other sources' records, a list a source, the most authoritative first.
        curated: our own facts.
    """

    units: list[SourceRecord]
    batches: list[list[SourceRecord]]
    curated: list[SourceRecord]


def read_all(sources: Path, curated: Path) -> Records:
    """Every record of every source. Raises SourceError for the first file that cannot be used."""
    return Records(
        list(read_units(sources)),
        [list(chain.from_iterable(read(sources) for read in readers)) for readers in _ORDER],
        list(read_curated(curated)),
    )
