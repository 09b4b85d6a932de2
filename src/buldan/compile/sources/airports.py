"""airportsdata: airports and air bases with their ICAO codes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from buldan.compile.names import make_name
from buldan.compile.reading import iter_rows, number
from buldan.compile.record import SourceRecord

__all__ = ["read_airports"]

_COLUMNS = ("icao", "iata", "name", "country", "lat", "lon")
_LEAST_ROWS = 15
"""Rows that the file has at least; with fewer it is cut."""

_COUNTRY = "SY"


def read_airports(sources: Path) -> Iterator[SourceRecord]:
    """The airports of Syria in a file that may contain those of the world; air bases by the words of their names.

    Raises:
        SourceError: the file is missing, damaged or of another layout.
    """
    for row in iter_rows(sources / "airports" / "airports_sy.csv", _COLUMNS, least=_LEAST_ROWS):
        if row["country"] != _COUNTRY:
            continue
        codes = [row[scheme] for scheme in ("icao", "iata") if row[scheme]]
        names = [make_name(row["name"], "en", kind="official", sources=["airportsdata"])]
        names += [make_name(code, "en", kind="abbreviation", sources=["airportsdata"]) for code in codes]
        yield SourceRecord(
            source="airportsdata",
            source_id=row["icao"],
            kind="airbase" if "Air Base" in row["name"] else "airport",
            names=tuple(filter(None, names)),
            lon=number(row, "lon"),
            lat=number(row, "lat"),
            identifiers={scheme: row[scheme] for scheme in ("icao", "iata") if row[scheme]},
        )
