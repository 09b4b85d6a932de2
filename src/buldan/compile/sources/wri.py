"""World Resources Institute: the power plants of the Global Power Plant Database.

The database of the world is read, or an extract of Syria. Neither has permanent numbers; the identifier of a plant is
its published name, with `_` for spaces and commas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from buldan.compile.names import clean, make_name
from buldan.compile.reading import Row, iter_rows, number
from buldan.compile.record import SourceRecord
from buldan.compile.tables import read_source_words

__all__ = ["read_power_plants"]

_CUT, _WHOLE = Path("wri", "wri_global_power_plants_syria.csv"), Path("wri", "global_power_plant_database.csv")
_COLUMNS = ("name", "lat", "lon", "primary_fuel")
_WHOLE_COLUMNS = ("country", "name", "latitude", "longitude", "primary_fuel")
_LEAST_ROWS = 18
"""Rows that the file has at least; with fewer it is cut."""

_ANYWHERE, _LAST = ("|".join(map(re.escape, read_source_words("wri", "left out", where))) for where in ("any", "last"))
_LEFT_OUT = re.compile(rf"\b(?:{_ANYWHERE})\b|\b(?:{_LAST})$")
"""Words that are removed from the names: the type of the plant, and the country, which is in every name."""

_BRACKETED = re.compile(r"^(?P<one>[^(]+?)\s*\(\s*(?P<other>[^)]+?)\s*\)\s*(?P<rest>.*)$")


def read_power_plants(sources: Path) -> Iterator[SourceRecord]:
    """Every plant with its surveyed point.

    Raises:
        SourceError: the file is missing, damaged or of another layout.
    """
    for row, lon, lat in _iter_plants(sources):
        names = (make_name(text, "en", sources=["wri"]) for text in _iter_spellings(row["name"]))
        yield SourceRecord(
            source="wri",
            source_id=row["name"],
            kind="power-station",
            names=tuple(filter(None, names)),
            lon=number(row, lon),
            lat=number(row, lat),
            identifiers={"wri": re.sub(r"[\s,]+", "_", row["name"].strip())},
        )


def _iter_plants(sources: Path) -> Iterator[tuple[Row, str, str]]:
    """Each row of Syria, with the columns of its longitude and latitude."""
    if (sources / _WHOLE).exists():
        rows = iter_rows(sources / _WHOLE, _WHOLE_COLUMNS, least=_LEAST_ROWS)
        yield from ((row, "longitude", "latitude") for row in rows if row["country"] == "SYR")
    else:
        yield from ((row, "lon", "lat") for row in iter_rows(sources / _CUT, _COLUMNS, least=_LEAST_ROWS))


def _iter_spellings(name: str) -> Iterator[str]:
    """Both names of "Banias (Baniyas) Thermal Power Plant Syria", each with the generic words."""
    bracketed = _BRACKETED.match(name)
    forms = [f"{bracketed[part]} {bracketed['rest']}" for part in ("one", "other")] if bracketed else [name]
    yield from (clean(_LEFT_OUT.sub("", form)) for form in forms)
