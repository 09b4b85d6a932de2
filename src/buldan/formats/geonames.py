"""Answers in the format of GeoNames' JSON services: flat records, with more members in the longer styles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from buldan.describe import COUNTRY_CODE, Languages, country_name, extent, iso_code, name_in
from buldan.model import Place, identifier_pairs
from buldan.rules import read_table
from buldan.store import Manifest
from buldan.text import fold

__all__ = ["FEATURE_CLASSES", "Feature", "Found", "Style", "get_feature", "make_document", "record_of", "time_zone_of"]

Style = Literal["SHORT", "MEDIUM", "LONG", "FULL"]

FEATURE_CLASSES: Mapping[str, str] = {
    "A": "country, state, region,...",
    "H": "stream, lake, ...",
    "L": "parks,area, ...",
    "P": "city, village,...",
    "R": "road, railroad ",
    "S": "spot, building, farm",
    "T": "mountain,hill,rock,... ",
    "U": "undersea",
    "V": "forest,heath,...",
}
"""GeoNames' classes of features, with GeoNames' names for them."""

_ZONE, _HOURS = "Asia/Damascus", 3
"""Syria's time zone and its hours ahead of UTC, the same in summer and winter since 2022."""


class Feature(NamedTuple):
    """A feature class and a feature code of GeoNames, and the meaning of the code."""

    fclass: str
    fcode: str
    label: str


class Found(NamedTuple):
    """A place with the facts of one answer: its score, or its distance from the point."""

    place: Place
    score: float | None = None
    distance_km: float | None = None


@cache
def _read_features() -> Mapping[str, Feature]:
    rows = read_table("formats/geonames_features")
    return {kind: Feature(feature[0], feature[2:], label) for kind, feature, label in rows}


def get_feature(kind: str) -> Feature:
    """The GeoNames feature of a kind of Buldan."""
    return _read_features()[kind]


def make_document(
    found: Iterable[Found], manifest: Manifest, *, lang: Languages, style: Style, total: int | None = None
) -> dict[str, Any]:
    """Records in the order given; `total` is the number of all results if these are one page of them."""
    count = {} if total is None else {"totalResultsCount": total}
    return {**count, "geonames": [record_of(each, lang=lang, style=style) for each in found], **_make_head(manifest)}


def record_of(found: Found, *, lang: Languages, style: Style) -> dict[str, Any]:
    """The record of a place: always with Buldan's `id`, and with `geonameId` if GeoNames has the place."""
    place, feature = found.place, get_feature(found.place.kind)
    record: dict[str, Any] = {
        **({"distance": f"{found.distance_km:.5f}"} if found.distance_km is not None else {}),
        "id": place.id,
        **_get_geoname_id(place),
        "toponymName": place.name("en"),
        "name": name_in(place, lang),
        "lat": f"{place.lat:.5f}",
        "lng": f"{place.lon:.5f}",
        "fcl": feature.fclass,
        "fcode": feature.fcode,
        "countryCode": COUNTRY_CODE.upper(),
    }
    if style != "SHORT":
        record |= {
            "fclName": FEATURE_CLASSES[feature.fclass],
            "fcodeName": feature.label,
            "countryName": country_name(lang),
            "population": place.population or 0,
            **_list_units(place, lang, levels=1),
        }
        if code := iso_code(place):
            record["adminCodes1"] = {"ISO3166_2": code.removeprefix("SY-")}
    if style in {"LONG", "FULL"}:
        record["alternateNames"] = [{"name": name.text, "lang": name.lang} for name in place.names]
    if style == "FULL":
        west, south, east, north = extent(place)
        record |= {
            **_list_units(place, lang, levels=3),
            "asciiName": fold(place.name("en")).title(),
            "continentCode": "AS",
            "timezone": {"timeZoneId": _ZONE, "gmtOffset": _HOURS, "dstOffset": _HOURS},
            "bbox": {"west": west, "south": south, "east": east, "north": north, "accuracyLevel": 0},
            "identifiers": [{"scheme": scheme, "id": value} for scheme, value in identifier_pairs(place.identifiers)],
            **({"score": round(found.score, 4)} if found.score is not None else {}),
        }
    return record


def time_zone_of(*, lat: float, lng: float, lang: Languages) -> dict[str, Any]:
    """The time zone of a point in Syria, with its hours ahead of UTC."""
    return {
        "lat": lat,
        "lng": lng,
        "countryCode": COUNTRY_CODE.upper(),
        "countryName": country_name(lang),
        "timezoneId": _ZONE,
        **dict.fromkeys(("rawOffset", "gmtOffset", "dstOffset"), _HOURS),
    }


def _list_units(place: Place, lang: Languages, *, levels: int) -> dict[str, str]:
    """OCHA's codes and the names of the units that contain the place; a unit includes itself, as in GeoNames."""
    units: dict[str, str] = {}
    in_arabic = name_in(place, lang) == place.name_ar
    for unit in place.admin[:levels]:
        units[f"adminCode{unit.level}"] = unit.pcode
        units[f"adminName{unit.level}"] = (unit.name_ar if in_arabic else unit.name_en) or unit.name_en or unit.name_ar
    return units


def _get_geoname_id(place: Place) -> dict[str, int]:
    number = place.identifiers.get("geonames", "").partition(",")[0]
    return {"geonameId": int(number)} if number.isdigit() else {}


def _make_head(manifest: Manifest) -> dict[str, str]:
    return {"version": manifest.version, "attribution": manifest.attribution, "licence": manifest.licence}
