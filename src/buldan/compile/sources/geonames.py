"""GeoNames: the larger places (`cities500`, of the world or of Syria), and the complete dump if it was downloaded.

All have the layout of the dump: nineteen columns, of which the fourth contains other names separated by commas, without
their languages. Those in Arabic letters are read. Half of the Latin ones are consonants of Arabic names in ASCII
("alkramt"), which nobody writes; the others are in Who's On First and in `alternateNamesV2` with their language. In the
dump `SY.txt` has every class of feature, and `alternateNamesV2.txt` has the names with their languages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from buldan.compile.names import is_machine_made, make_name
from buldan.compile.reading import Row, iter_lines, iter_rows, number
from buldan.compile.record import SourceRecord
from buldan.compile.tables import read_table
from buldan.model import Name, NameKind
from buldan.text import script_of

__all__ = ["read_cities", "read_dump", "read_world_cities"]

_CITIES = Path("geonames-cities500", "geonames_cities500_SY.tsv")
_CITIES_OF_THE_WORLD = Path("geonames-cities500", "cities500.txt")
_CITY_COLUMNS = ("geonameid", "name", "alternatenames", "lat", "lon", "fclass", "fcode", "population")
_LEAST_CITIES = 280
"""Rows that the file has at least; with fewer it is cut."""

_DUMP, _ALTERNATES = Path("geonames-dump", "SY.txt"), Path("geonames-dump", "alternateNamesV2.txt")
_DUMP_COLUMNS = (
    *("geonameid", "name", "asciiname", "alternatenames", "lat", "lon", "fclass", "fcode", "cc", "cc2"),
    *("adm1", "adm2", "adm3", "adm4", "population", "elevation", "dem", "tz", "modified"),
)
_ALTERNATE_COLUMNS = (
    *("id", "geonameid", "lang", "text", "preferred", "short", "colloquial", "historic", "from", "to"),
)
_GONE = ("PPLQ", "PPLH", "PPLW")
"""Codes of abandoned places, even if they still have a number of inhabitants."""

_LEAST_TOWN = 5_000
"""Minimum number of inhabitants of a town. Cities are decided by OCHA."""


@dataclass(slots=True)
class _Alternates:
    """The facts of `alternateNamesV2` on one place."""

    names: list[Name] = field(default_factory=list)
    wikidata: str = ""


def read_cities(sources: Path) -> Iterator[SourceRecord]:
    """Places of 500 inhabitants or more and seats of units, with their population.

    Raises:
        SourceError: the file is missing, damaged or of another layout.
    """
    rows = [row for row in read_world_cities(sources) if row["cc"] == "SY"]
    for row in rows or iter_rows(sources / _CITIES, _CITY_COLUMNS, delimiter="\t", least=_LEAST_CITIES):
        yield from _iter_records(row, _Alternates())


def read_world_cities(sources: Path) -> Sequence[Row]:
    """The rows of GeoNames' `cities500.txt`; empty if there are only extracts of it."""
    path = sources / _CITIES_OF_THE_WORLD
    return list(iter_lines(path, _DUMP_COLUMNS)) if path.exists() else []


def read_dump(sources: Path) -> Iterator[SourceRecord]:
    """Every feature of the dump that has a kind of the gazetteer; nothing if the dump was not downloaded.

    Raises:
        SourceError: a file is damaged or of another layout.
    """
    if not (sources / _DUMP).exists():
        return
    rows = list(iter_lines(sources / _DUMP, _DUMP_COLUMNS))
    alternates = _read_alternates(sources / _ALTERNATES, {row["geonameid"] for row in rows})
    for row in rows:
        yield from _iter_records(row, alternates.get(row["geonameid"], _Alternates()))


def _iter_records(row: Row, alternates: _Alternates) -> Iterator[SourceRecord]:
    """The record of a row; nothing if its feature has no kind of the gazetteer."""
    kind = _find_kind(row)
    names = (*_names(row), *alternates.names)
    if kind is None or not names:
        return
    identifiers = {"geonames": row["geonameid"]} | ({"wikidata": alternates.wikidata} if alternates.wikidata else {})
    yield SourceRecord(
        source="geonames",
        source_id=row["geonameid"],
        kind=kind,
        names=tuple(names),
        lon=number(row, "lon"),
        lat=number(row, "lat"),
        population=int(number(row, "population")) or None if row["population"] else None,
        identifiers=identifiers,
    )


def _find_kind(row: Row) -> str | None:
    """The kind of a feature by its code, else by its class; a village with enough inhabitants is a town."""
    kinds = _read_kinds()
    kind = kinds.get(f"{row['fclass']}.{row['fcode']}", kinds.get(row["fclass"], ""))
    if (
        kind == "village"
        and row["fcode"] not in _GONE
        and row["population"]
        and number(row, "population") >= _LEAST_TOWN
    ):
        return "town"
    return kind or None


def _read_kinds() -> Mapping[str, str]:
    return {code: kind for code, kind, _ in read_table("geonames_features")}


def _names(row: Row) -> Iterator[Name]:
    """GeoNames' own name, then those in Arabic letters."""
    own = make_name(row["name"], "und", sources=["geonames"])
    arabic = (text for text in row["alternatenames"].split(",") if script_of(text.strip()) == "Arab")
    yield from filter(None, [own, *(make_name(text, "ar", sources=["geonames"]) for text in arabic)])


def _read_alternates(path: Path, wanted: set[str]) -> dict[str, _Alternates]:
    """Alternate names by GeoNames id, only of the ids in `wanted`; empty if the file was not downloaded."""
    found: defaultdict[str, _Alternates] = defaultdict(_Alternates)
    if path.exists():
        for row in iter_lines(path, _ALTERNATE_COLUMNS):
            if row["geonameid"] in wanted:
                _add(found[row["geonameid"]], row)
    return found


_PSEUDO = {"link", "post", "iata", "icao", "faac", "unlc", "abbr", "phon", "piny", "tcid"}
"""Values in the column of languages that are not languages."""

_SPOKEN_HERE: Sequence[str] = ("ar", "en", "ku", "ckb", "")


def _add(alternates: _Alternates, row: Row) -> None:
    lang = row["lang"]
    if lang == "wkdt":
        alternates.wikidata = row["text"]
    elif lang not in _PSEUDO and not is_machine_made(row["text"]):
        kind: NameKind = "historical" if row["historic"] == "1" else "variant" if lang in _SPOKEN_HERE else "exonym"
        name = make_name(row["text"], lang or "und", kind=kind, sources=["geonames"])
        if name is not None and name.script in ("Arab", "Latn", "Armn", "Syrc"):
            alternates.names.append(name)
