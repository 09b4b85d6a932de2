"""The sources in the order of their authority: the first one that has a place gives its anchor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from buldan.compile.record import SourceRecord
from buldan.compile.sources.airports import read_airports
from buldan.compile.sources.curated import read_curated
from buldan.compile.sources.geonames import read_cities, read_dump
from buldan.compile.sources.gns import read_features_of_gns
from buldan.compile.sources.natural_earth import read_waters
from buldan.compile.sources.ocha_admin import read_units
from buldan.compile.sources.ocha_places import read_communities, read_neighbourhoods, read_new_communities
from buldan.compile.sources.opensyria import read_transport, read_unit_names
from buldan.compile.sources.pleiades import read_sites
from buldan.compile.sources.syriaca import read_places
from buldan.compile.sources.ucdp import read_features
from buldan.compile.sources.universities import read_universities
from buldan.compile.sources.whosonfirst import read_localities
from buldan.compile.sources.wri import read_power_plants
from buldan.errors import SourceError

__all__ = ["Records", "read_all"]

Reader: TypeAlias = Callable[[Path], Iterable[SourceRecord]]

_ORDER: tuple[tuple[Reader, ...], ...] = (
    (read_communities, read_new_communities, read_neighbourhoods),
    (read_unit_names,),
    (read_localities,),
    (read_cities,),
    (read_dump,),
    (read_features_of_gns,),
    (read_transport, read_universities),
    (read_airports,),
    (read_waters,),
    (read_sites,),
    (read_places,),
    (read_features,),
    (read_power_plants,),
)


@dataclass(frozen=True, slots=True)
class Records:
    """All records of all sources.

    Attributes:
        units: the admin units, which contain all other places.
        batches: the other sources' records, one list per source, the most authoritative first.
        curated: our own facts.
    """

    units: list[SourceRecord]
    batches: list[list[SourceRecord]]
    curated: list[SourceRecord]


def read_all(sources: Path, curated: Path) -> Records:
    """Every record of every source. Raises SourceError for the first file that cannot be used."""
    facts = list(read_curated(curated))  # first: they are quick to read, and most errors are in them
    batches = [list(chain.from_iterable(read(sources) for read in readers)) for readers in _ORDER]
    return Records(list(read_units(sources)), _place_at_towns(batches), facts)


def _place_at_towns(batches: list[list[SourceRecord]]) -> list[list[SourceRecord]]:
    """The records; those without a point get the point of the community that they are a part of.

    Raises:
        SourceError: there is no such community.
    """
    towns = {f"pcode:{record.source_id}": record.point for record in batches[0]}

    def located(record: SourceRecord) -> SourceRecord:
        if record.lon is not None:
            return record
        if record.part_of not in towns:
            raise SourceError(
                f"{record.source_id} is in {record.part_of}, which OCHA does not list", path=record.source
            )
        lon, lat = towns[record.part_of]
        return replace(record, lon=lon, lat=lat)

    return [[located(record) for record in batch] for batch in batches]
