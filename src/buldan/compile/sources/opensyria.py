"""Open Syria: other names and ids of the admin units; border crossings, stations, ports and airports.

The points of UN/LOCODE are those of towns, exact to a minute of arc. A port or station that only UN/LOCODE has, and
only under the town's name, is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from buldan.compile.names import make_name
from buldan.compile.reading import need, read_json
from buldan.compile.record import SourceRecord
from buldan.compile.tables import read_source_words
from buldan.errors import SourceError
from buldan.model import Name

__all__ = ["read_transport", "read_unit_names"]

_FOLDER = "opensyria"
_UNIT_FILES = (
    ("governorates", "governorate", 14),
    ("districts", "district", 62),
    ("subdistricts", "sub-district", 272),
)
_TRANSPORT_KINDS = (
    ("border_crossing", "crossing"),
    ("airport", "airport"),
    ("seaport", "port"),
    ("terminal", "port"),
    ("rail_terminal", "station"),
    ("road_terminal", "station"),
)
_SCHEMES = {
    "wikidata": "wikidata",
    "geonames": "geonames",
    "ochaPcode": "pcode",
    "icao": "icao",
    "iata": "iata",
}
_LOCODE, _WITH_LOCODE = "datahub-un-locode", {"datahub-un-locode", "opensyria-data-geography", "wikidata"}
_OWN_WORDS = frozenset(read_source_words("opensyria", "own name"))


def read_unit_names(sources: Path) -> Iterator[SourceRecord]:
    """Every admin unit with Open Syria's names, its P-code, Wikidata and GeoNames ids, and population.

    Raises:
        SourceError: a file is missing, damaged, of another layout, or has another number of units.
    """
    for stem, kind, count in _UNIT_FILES:
        path = sources / _FOLDER / f"{stem}.json"
        units = _list(path)
        if len(units) != count:
            raise SourceError(f"{len(units)} units instead of {count}", path=path)
        for unit in units:
            yield _record(unit, kind, _names(unit, path), centre="centroid", path=path)


def read_transport(sources: Path) -> Iterator[SourceRecord]:
    """Crossings, stations, ports and airports.

    Raises:
        SourceError: the file is missing, damaged or of another layout.
    """
    path = sources / _FOLDER / "transport_locations.json"
    for location in _list(path):
        types = need(location, "locationTypes", path=path, where="a location")
        kind = next((kind for word, kind in _TRANSPORT_KINDS if word in types), None)
        if kind is None:
            raise SourceError(f"{location.get('id')}: unknown location types {types}", path=path)
        names = tuple(_names(location, path))
        rests_on = set(need(location, "sourceIds", path=path, where="a location"))
        if kind == "airport" or _LOCODE not in rests_on or rests_on - _WITH_LOCODE or any(map(_is_own, names)):
            yield _record(location, kind, _as_port(names) if kind == "port" else names, centre="coordinates", path=path)


def _list(path: Path) -> list[dict[str, Any]]:
    document = read_json(path)
    if not isinstance(document, list) or not document:
        raise SourceError("not a list of units", path=path)
    return document


def _record(unit: Mapping[str, Any], kind: str, names: Iterable[Name], *, centre: str, path: Path) -> SourceRecord:
    id_ = str(need(unit, "id", path=path, where="a unit"))
    point = need(unit, centre, path=path, where=id_)
    known = need(unit, "externalIds", path=path, where=id_)
    identifiers = {scheme: str(known[key]) for key, scheme in _SCHEMES.items() if known.get(key)}
    population = (unit.get("population") or {}).get("value")
    return SourceRecord(
        source="opensyria",
        source_id=id_,
        kind=kind,
        names=tuple(names),
        lon=float(need(point, "longitude", path=path, where=id_)),
        lat=float(need(point, "latitude", path=path, where=id_)),
        within=identifiers.get("pcode", ""),
        population=int(population) if population else None,
        identifiers=identifiers if "pcode" in identifiers else {"opensyria": id_, **identifiers},
    )


def _names(unit: Mapping[str, Any], path: Path) -> Iterator[Name]:
    given = need(unit, "name", path=path, where="a unit")
    forms = [(given.get(lang, ""), lang) for lang in ("ar", "en")]
    forms += [(alias["value"], alias["language"]) for alias in need(unit, "aliases", path=path, where="a unit")]
    for text, lang in forms:
        name = make_name(text, lang, sources=["opensyria"])
        if name is not None:
            yield name


def _as_port(names: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names, if one of them has a word for a port; else none: then they are a town's, and our own facts name it."""
    return names if any(map(_is_own, names)) else ()


def _is_own(name: Name) -> bool:
    """Whether a name has a word for a port or station, and is not only the town's."""
    return not _OWN_WORDS.isdisjoint(name.text.split())
