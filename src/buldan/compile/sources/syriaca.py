"""The Syriac Gazetteer: historical places with English, Arabic and Syriac names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from buldan.compile.names import make_name
from buldan.compile.reading import iter_rows, number
from buldan.compile.record import SourceRecord

__all__ = ["read_places"]

_COLUMNS = ("syriaca_id", "type", "names_en", "names_ar", "names_syr", "lon", "lat", "links")
_LEAST_ROWS = 110
_KINDS = {
    "settlement": "site",
    "unknown": "site",
    "fortification": "landmark",
    "monastery": "church",
    "mountain": "mountain",
    "river": "river",
    "region": "region",
}
_POINT_KM = 3.0
"""Its points are given to a minute of arc or two."""

_PLEIADES = re.compile(r"pleiades\.stoa\.org/places/(\d+)")


def read_places(sources: Path) -> Iterator[SourceRecord]:
    """The places with a point; dioceses, which have no place of their own, are left out.

    Raises:
        SourceError: the file is missing, damaged or of another layout.
    """
    for row in iter_rows(sources / "syriaca" / "syriaca_places_syria_bbox.csv", _COLUMNS, least=_LEAST_ROWS):
        kind = _KINDS.get(row["type"])
        if kind is None:
            continue
        given = [(text, lang) for column, lang in _LANGUAGES for text in row[column].split("|") if text]
        pleiades = _PLEIADES.search(row["links"])
        yield SourceRecord(
            source="syriaca",
            source_id=row["syriaca_id"],
            kind=kind,
            names=tuple(filter(None, (make_name(text, lang, sources=["syriaca"]) for text, lang in given))),
            lon=number(row, "lon"),
            lat=number(row, "lat"),
            radius_km=_POINT_KM if kind in ("site", "landmark", "church") else None,
            identifiers={"syriaca": row["syriaca_id"]} | ({"pleiades": pleiades[1]} if pleiades else {}),
        )


_LANGUAGES = (("names_en", "en"), ("names_ar", "ar"), ("names_syr", "syc"))
