"""Who's On First, which includes GeoNames: localities, neighbourhoods, ids of governorates and districts.

Records that were superseded or deprecated, and alternative outlines (`-alt-`), are left out. GeoNames'
abandoned places (`PPLQ`, `PPLH`) are kept, because people still mention them.
"""

from __future__ import annotations

import gzip
import json
import re
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from buldan.compile.names import find_bcp47, make_name
from buldan.compile.record import SourceRecord
from buldan.errors import SourceError
from buldan.model import Name, NameKind
from buldan.text import script_of, skeletons

__all__ = ["read_localities"]

_ARCHIVE = "whosonfirst/whosonfirst-data-admin-sy.tar.gz"
_LEAST_RECORDS = 10_000
"""Records that the archive has at least; with fewer it is cut."""

_GONE = ("PPLQ", "PPLH", "PPLW")
_KINDS = {
    "locality": "village",
    "neighbourhood": "neighbourhood",
    "campus": "airport",
    "county": "district",
    "region": "governorate",
}
_CITY, _TOWN = 50_000, 5_000
"""Minimum number of inhabitants of a city and of a town."""

_USES = ("preferred", "variant", "colloquial")
_NATIVE = ("ara", "eng", "und", "kur", "ckb")
"""Languages whose names are not foreign names."""

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
        with gzip.open(path) as packed, tarfile.open(fileobj=packed) as archive:
            for member in archive:
                if member.name.endswith(".geojson") and "-alt-" not in member.name:
                    file = archive.extractfile(member)
                    assert file is not None
                    yield from _parse(json.load(file), where=f"{path}:{member.name}")
            packed.read()  # read to the end, where the checksum of the whole file is
    except FileNotFoundError:
        raise SourceError("the file is missing; get it from its publisher", path=path) from None
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise SourceError(f"not a whole tar.gz of GeoJSON ({error})", path=path) from error


def _parse(document: Mapping[str, Any], *, where: str) -> Iterator[SourceRecord]:
    """The record of one file; nothing if it is no longer current."""
    try:
        properties = document["properties"]
        kind = _KINDS.get(properties["wof:placetype"])
        population = int(properties.get("gn:population") or properties.get("wof:population") or 0)
        is_village = kind is not None and _choose_kind(kind, population) == "village"
        names = tuple(_drop_repeats(_names(properties, is_village=is_village)))
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
        if value not in (None, "", -1, 0):
            identifiers[scheme] = str(value)
    if "gn:geonameid" in properties:
        identifiers["geonames"] = str(properties["gn:geonameid"])
    population = int(properties.get("gn:population") or properties.get("wof:population") or 0)
    return SourceRecord(
        source="geonames" if "geonames" in identifiers else "whosonfirst",
        source_id=str(properties["wof:id"]),
        kind=_choose_kind(kind, population),
        names=names,
        lon=float(properties["geom:longitude"]),
        lat=float(properties["geom:latitude"]),
        population=population or None,
        identifiers=identifiers,
        common_english=_get_common_english(properties),
    )


def _choose_kind(kind: str, population: int) -> str:
    if kind != "village" or population < _TOWN:
        return kind
    return "city" if population >= _CITY else "town"


def _names(properties: Mapping[str, Any], *, is_village: bool) -> Iterator[Name]:
    """Every name in a language that the gazetteer keeps, GeoNames' own first, each text only once.

    A foreign name that only repeats the romanisation (often in `name:tur_*`) is left out. So is a village's Turkish
    name that sounds unlike all its other names: it is a word that was linked by mistake, as Günah ("sin") for السين.
    """
    source = "geonames" if "gn:geonameid" in properties else "whosonfirst"
    given = [("ara", properties.get("gn:name"), "geonames"), ("und", properties.get("wof:name"), "whosonfirst")]
    for key in sorted(filter(_is_name, properties), key=_rank_language):
        given += [(_parse_language(key), text, source) for text in properties[key]]
    kept = [(lang, text, key) for lang, text, key in given if text]
    if is_village:
        kept = [one for one in kept if one[0] in _REGIONAL]
        sounds = {skeleton for lang, text, _ in kept if lang in _NATIVE for skeleton in skeletons(text)}
        kept = [one for one in kept if one[0] != "tur" or _is_not_turkish(one[1]) or sounds & set(skeletons(one[1]))]
    for lang, text, key in dict.fromkeys(kept):
        name = _name(lang, text, key)
        if name is not None:
            yield name


def _drop_repeats(names: Iterable[Name]) -> Iterator[Name]:
    """The names with one main name per script, and each text only once, with its first use."""
    seen: set[str] = set()
    main: set[str] = set()
    for name in names:
        if name.text in seen:
            continue
        seen.add(name.text)
        yield replace(name, kind="variant") if name.kind == "attested" and name.script in main else name
        if name.kind == "attested":
            main.add(name.script)


def _is_name(key: str) -> bool:
    return (
        key.startswith("name:") and find_bcp47(_parse_language(key)) is not None and key.rpartition("_x_")[2] in _USES
    )


def _parse_language(key: str) -> str:
    """The ISO 639-3 tag of a key: `name:ara_x_preferred` → `ara`."""
    return key.removeprefix("name:").partition("_x_")[0]


def _rank_language(key: str) -> tuple[bool, bool, str]:
    return _parse_language(key) not in _NATIVE, "x_preferred" not in key, key


_REGIONAL = ("ara", "eng", "und", "kur", "tur", "syr")
"""Languages that have their own names for villages of Syria.

In other languages the name of a village is that of a person, an animal or a city abroad, linked by mistake.
"""

_BGN = re.compile("[āīūēōḩḑţẕĀĪŪḨḐŢẔ‘’]")
"""Letters of the romanisation of the Board on Geographic Names that neither Turkish nor Kurdish has."""


_NOT_TURKISH = re.compile(r"[qwxéèêëô]|[ckgstd]h|dj|ou|aa|\b(?:umm|tall)\b", re.IGNORECASE)
"""Letters and words for Arabic sounds on French and English maps that are not used in Turkish."""


def _is_not_turkish(text: str) -> bool:
    """Whether a name that is marked as Turkish is Arabic in Latin letters."""
    return bool(_BGN.search(text) or _NOT_TURKISH.search(text))


def _name(lang: str, text: str, source: str) -> Name | None:
    """The name; its kind is `attested` if it is the main one in Arabic letters or GeoNames' own."""
    if lang in ("tur", "kur") and _BGN.search(text):
        return make_name(text, "ar", sources=[source])
    if lang == "tur" and source == "geonames" and _NOT_TURKISH.search(text):
        return make_name(text, "und", sources=[source])
    kind: NameKind = "variant" if lang in _NATIVE else "exonym"
    if lang == "ara" and (source == "geonames" or script_of(text) == "Arab"):
        kind = "attested"
    return make_name(text, find_bcp47(lang) or "und", kind=kind, sources=[source])


def _get_common_english(properties: Mapping[str, Any]) -> str:
    """The name under which the place is best known in English, if the record has one; else empty."""
    return next(iter(properties.get("name:eng_x_preferred", ())), "")
