"""The Syriac Gazetteer: historical places with English, Arabic and Syriac names.

It is published as a table and as TEI records, which have places and spellings that are not in the table. A place in
both becomes one record, with the table's point and the names of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from buldan.compile.names import make_name
from buldan.compile.reading import Row, iter_rows, number
from buldan.compile.record import SourceRecord
from buldan.compile.tables import read_table

__all__ = ["read_places"]

_COLUMNS = ("syriaca_id", "type", "names_en", "names_ar", "names_syr", "lon", "lat", "links")
_TEI_COLUMNS = ("syriaca_id", "type", "lat", "lon", "names")
_LEAST_ROWS, _LEAST_TEI_ROWS = 110, 75
"""Rows that the two files have at least; with fewer one is cut."""

_KINDS = {
    "settlement": "site",
    "unknown": "site",
    "fortification": "landmark",
    "monastery": "church",
    "mountain": "mountain",
    "river": "river",
    "region": "region",
}
_RADIUS_KM = {"site": 3.0, "landmark": 3.0, "church": 3.0, "region": 60.0}
"""Radii of kinds: points are exact to one or two minutes of arc, and a region may extend over a hundred kilometres."""

_PLEIADES = re.compile(r"pleiades\.stoa\.org/places/(\d+)")


def read_places(sources: Path) -> Iterator[SourceRecord]:
    """The places with a point; dioceses, which are not places, are left out.

    Raises:
        SourceError: a file is missing, damaged or of another layout.
    """
    refused = {id_ for id_, _ in read_table("syriaca_refused")}
    found: dict[str, SourceRecord] = {}
    for record in chain(_read_table(sources), _read_tei(sources)):
        known = found.setdefault(record.source_id, record)
        if known is not record:
            found[record.source_id] = replace(known, names=(*known.names, *record.names))
    yield from (record for id_, record in found.items() if id_ not in refused)


def _read_table(sources: Path) -> Iterator[SourceRecord]:
    for row in iter_rows(sources / "syriaca" / "syriaca_places_syria_bbox.csv", _COLUMNS, least=_LEAST_ROWS):
        names = [(text, lang) for column, lang in _LANGUAGES for text in row[column].split("|") if text]
        yield from _iter_records(row, names, _PLEIADES.search(row["links"]))


def _read_tei(sources: Path) -> Iterator[SourceRecord]:
    path = sources / "syriaca" / "places_tei.tsv"
    for row in iter_rows(path, _TEI_COLUMNS, delimiter="\t", least=_LEAST_TEI_ROWS):
        tagged = [part.partition(":") for part in row["names"].split(" | ")]
        names = [(text, _TEI_LANGUAGES[tag]) for tag, _, text in tagged if tag in _TEI_LANGUAGES]
        yield from _iter_records(row, names, None)


def _iter_records(row: Row, given: Iterable[tuple[str, str]], pleiades: re.Match[str] | None) -> Iterator[SourceRecord]:
    """The record of a row; nothing if its type is not a place's."""
    kind = _KINDS.get(row["type"])
    if kind is not None:
        yield SourceRecord(
            source="syriaca",
            source_id=row["syriaca_id"],
            kind=kind,
            names=tuple(filter(None, (make_name(text, lang, sources=["syriaca"]) for text, lang in given))),
            lon=number(row, "lon"),
            lat=number(row, "lat"),
            radius_km=_RADIUS_KM.get(kind),
            identifiers={"syriaca": row["syriaca_id"]} | ({"pleiades": pleiades[1]} if pleiades else {}),
        )


_LANGUAGES = (("names_en", "en"), ("names_ar", "ar"), ("names_syr", "syc"))
_TEI_LANGUAGES = {"en": "en", "ar": "ar", "syr": "syc", "syr-Syrj": "syc"}
"""Languages of the TEI names that are kept. `en-x-srp1` is left out: a spelling for machines that nobody writes."""
