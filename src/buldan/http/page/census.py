"""All places in one compact file, which a browser draws while it arrives.

Each line is JSON: first the names of the columns, then the places, the best known first. Missing values are null, and
nulls at the end of a line are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import orjson

from buldan.gazetteer import Gazetteer
from buldan.http.page.basemap import list_other_names
from buldan.kinds import kind_codes
from buldan.model import Place

__all__ = ["sort_by_weight", "write_census"]

_COLUMNS = ("id", "kind", "lon", "lat", "name_ar", "name_en", "admin_pcode", "name_ocha", "name_ku")
_ALL = 10_000_000  # more than any gazetteer has: all places
_DECIMALS = 4  # ten metres


@lru_cache(maxsize=4)
def write_census(gaz: Gazetteer) -> bytes:
    """The file, as UTF-8."""
    numbers = kind_codes()
    head = {"version": gaz.version, "columns": _COLUMNS, "kinds": list(numbers)}
    return b"\n".join([orjson.dumps(head), *_iter_rows(gaz, numbers)]) + b"\n"


def sort_by_weight(gaz: Gazetteer) -> tuple[Place, ...]:
    """All places in the order of the file."""
    return tuple(gaz.browse(limit=_ALL, by_weight=True).places)


def _iter_rows(gaz: Gazetteer, numbers: Mapping[str, int]) -> Iterator[bytes]:
    for place in sort_by_weight(gaz):
        others = list_other_names(place)
        row = [
            place.id,
            numbers[place.kind],
            round(place.lon, _DECIMALS),
            round(place.lat, _DECIMALS),
            place.name_ar,
            place.name_en,
            place.admin_pcode,
            others.get("name_ocha"),
            others.get("name_ku"),
        ]
        while not row[-1]:
            row.pop()
        yield orjson.dumps(row)
