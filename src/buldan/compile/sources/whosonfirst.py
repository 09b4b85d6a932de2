"""Who's On First, which carries GeoNames: localities and neighbourhoods, and ids for governorates and districts.

Records that were superseded or deprecated, and alternative outlines (`-alt-`), are left out. GeoNames'
abandoned places (`PPLQ`, `PPLH`) stay: people still name them.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from buldan.compile.names import bcp47, make_name
from buldan.compile.record import SourceRecord
from buldan.errors import SourceError
from buldan.model import Name, NameKind

__all__ = ["read_localities"]

_ARCHIVE = "whosonfirst/whosonfirst-data-admin-sy.tar.gz"
_LEAST_RECORDS = 10_000
_GONE = ("PPLQ", "PPLH", "PPLW")
_KINDS = {
    "locality": "village",
    "neighbourhood": "neighbourhood",
    "campus": "airport",
    "county": "district",
    "region": "governorate",
    "country": "country",
}
_CITY, _TOWN = 50_000, 5_000
"""Inhabitants from which a locality is a city, a town."""

_SCHEMES = {"wd:id": "wikidata", "gn:id": "geonames", "icao:code": "icao", "iata:code": "iata"}


def read_localities(sources: Path) -> Iterator[SourceRecord]:
    """Every current record, by id.

    Raises:
        SourceError: the archive is missing, cut or of another layout, or one of its records is.
    """
    path = sources / _ARCHIVE
    records = sorted(_iter_current(path), key=lambda record: int(record.source_id))
    if len(records) < _LEAST_RECORDS:
        raise SourceError(f"{len(records)} current records, expected {_LEAST_RECORDS} or more; it is cut", path=path)
    yield from records


def _iter_current(path: Path) -> Iterator[SourceRecord]:
    try:
        with tarfile.open(path) as archive:
            for member in archive:
                if member.name.endswith(".geojson") and "-alt-" not in member.name:
                    file = archive.extractfile(member)
                    assert file is not None
                    yield from _parse(json.load(file), where=f"{path}:{member.name}")
    except FileNotFoundError:
        raise SourceError("the file is missing; get it from its publisher", path=path) from None
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise SourceError(f"not a whole tar.gz of GeoJSON ({error})", path=path) from error


def _parse(document: Mapping[str, Any], *, where: str) -> Iterator[SourceRecord]:
    """The record of one file, none where it is no longer current."""
    try:
        properties = document["properties"]
        kind = _KINDS.get(properties["wof:placetype"])
        names = tuple(_names(properties))
        if kind is None or not names or not _is_current(properties):
            return
        yield _record(properties, kind, names)
    except (KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"no {error} where the layout promises it", path=where) from error


def _is_current(properties: Mapping[str, Any]) -> bool:
    if properties["wof:superseded_by"] or properties.get("edtf:deprecated", "uuuu") not in ("", "uuuu", "-1"):
        return False
    return properties["mz:is_current"] != 0 or properties.get("gn:feature_code") in _GONE


def _record(properties: Mapping[str, Any], kind: str, names: tuple[Name, ...]) -> SourceRecord:
    identifiers = {"whosonfirst": str(properties["wof:id"])}
    for key, scheme in _SCHEMES.items():
        value = properties["wof:concordances"].get(key)
        if value not in (None, "", -1):
            identifiers[scheme] = str(value)
    if "gn:geonameid" in properties:
        identifiers["geonames"] = str(properties["gn:geonameid"])
    population = int(properties.get("gn:population") or properties.get("wof:population") or 0)
    return SourceRecord(
        source="geonames" if "geonames" in identifiers else "whosonfirst",
        source_id=str(properties["wof:id"]),
        kind=_sized(kind, population),
        names=names,
        lon=float(properties["geom:longitude"]),
        lat=float(properties["geom:latitude"]),
        population=population or None,
        identifiers=identifiers,
    )


def _sized(kind: str, population: int) -> str:
    if kind != "village" or population < _TOWN:
        return kind
    return "city" if population >= _CITY else "town"


class _Tag(NamedTuple):
    lang: str
    use: str


def _names(properties: Mapping[str, Any]) -> Iterator[Name]:
    """Every name in a language that the gazetteer keeps, GeoNames' own first."""
    given = [("ara", properties.get("gn:name"), "geonames", "official")]
    given += [("und", properties.get("wof:name"), "whosonfirst", "variant")]
    source = "geonames" if "gn:geonameid" in properties else "whosonfirst"
    for key in sorted(properties, key=lambda key: ("x_preferred" not in key, key)):
        if key.startswith("name:") and (tag := _tag(key)) is not None:
            given += [(tag.lang, text, source, _use(tag, text)) for text in properties[key]]
    for lang, text, key, kind in given:
        name = make_name(text, bcp47(lang) or "und", kind=kind, sources=[key]) if text else None  # type: ignore[arg-type]
        if name is not None:
            yield name


def _tag(key: str) -> _Tag | None:
    """`name:ara_x_preferred` → its language and use; None for languages that are not kept."""
    lang, separator, use = key.removeprefix("name:").partition("_x_")
    if not separator or bcp47(lang) is None or use not in ("preferred", "variant", "colloquial"):
        return None
    return _Tag(lang, use)


def _use(tag: _Tag, text: str) -> NameKind:
    if tag.lang == "ara" and tag.use == "preferred" and not text.isascii() and "\u0600" <= text[0] <= "\u06ff":
        return "official"
    return "variant" if tag.lang in ("ara", "eng", "und", "kur", "ckb") else "exonym"
