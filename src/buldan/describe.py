"""The location of a place for people and other services: address lines, one line of text, a box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import cos, radians
from typing import TypeAlias
from urllib.parse import quote

from buldan.geometry import KM_PER_DEGREE, Bounds, iter_positions
from buldan.kinds import BUILT_GROUPS, Kind, get_kind
from buldan.model import Place, Position

__all__ = [
    "COUNTRY_CODE",
    "IDENTIFIER_PAGES",
    "POSITION_PHRASES",
    "Languages",
    "address_lines",
    "address_part",
    "address_rank_name",
    "country_name",
    "display_name",
    "extent",
    "iso_code",
    "lies_in",
    "name_in",
    "place_uri",
]

Languages: TypeAlias = str | Sequence[str]
"""A language to show names in (BCP 47 primary tag), or several, the preferred one first."""

COUNTRY_CODE = "sy"

POSITION_PHRASES: Mapping[Position, tuple[str, str]] = {
    "surveyed": ("a published point of the place itself", "نقطة منشورة للمكان نفسه"),
    "outline": ("a point inside its published outline", "نقطة داخل حدوده المنشورة"),
    "settlement": ("only the point of its town is known", "لا تُعرف إلا نقطة بلدته"),
    "described": ("from a stated distance or direction", "من مسافة أو اتجاه مذكورين"),
    "estimated": ("estimated from general knowledge", "تقدير من المعرفة العامة"),
}
"""Phrases that say how a point is known, in English and in Arabic."""

IDENTIFIER_PAGES: Mapping[str, str] = {
    "geonames": "https://www.geonames.org/{}",
    "wikidata": "https://www.wikidata.org/wiki/{}",
    "pleiades": "https://pleiades.stoa.org/places/{}",
    "syriaca": "https://syriaca.org/place/{}",
    "whosonfirst": "https://spelunker.whosonfirst.org/id/{}",
}
"""The public page of an identifier by its scheme; `{}` is replaced by the identifier."""

_COUNTRY = {"en": "Syria", "ar": "سوريا", "fr": "Syrie", "de": "Syrien", "tr": "Suriye", "ku": "Sûriye"}

_PARTS_BY_KIND = {
    "country": "country",
    "governorate": "state",
    "district": "county",
    "sub-district": "municipality",
    "city": "city",
    "town": "town",
    "village": "village",
    "neighbourhood": "suburb",
    "camp": "neighbourhood",
    "region": "region",
}
"""Address parts as Nominatim names them; other kinds use their OpenStreetMap class."""

_PARTS_BY_LEVEL = {1: "state", 2: "county", 3: "municipality"}

_ISO = {
    "SY01": "SY-DI",
    "SY02": "SY-HL",
    "SY03": "SY-RD",
    "SY04": "SY-HI",
    "SY05": "SY-HM",
    "SY06": "SY-LA",
    "SY07": "SY-ID",
    "SY08": "SY-HA",
    "SY09": "SY-DY",
    "SY10": "SY-TA",
    "SY11": "SY-RA",
    "SY12": "SY-DR",
    "SY13": "SY-SU",
    "SY14": "SY-QU",
}
"""ISO 3166-2 code of each governorate, by P-code."""


def place_uri(id: str, public_url: str = "") -> str:
    """The URI of a place: its page at the Buldan service at `public_url`, or a URN if that is empty.

    >>> place_uri("bdabc", "https://maps.example/buldan/")
    'https://maps.example/buldan/places/bdabc'
    >>> place_uri("bdabc")
    'urn:buldan:bdabc'
    """
    return f"{public_url.rstrip('/')}/places/{quote(id, safe='')}" if public_url else f"urn:buldan:{quote(id, safe='')}"


def name_in(place: Place, lang: Languages) -> str:
    """The name of a place in the first of the languages for which it has one, else in English, else any name."""
    known = (name for each in _each(lang) if (name := _name(place, each)))
    return next(known, "") or place.name("en")


def country_name(lang: Languages) -> str:
    """The name of Syria in the first of the languages for which it is known, else in English."""
    return next((_COUNTRY[each] for each in _each(lang) if each in _COUNTRY), _COUNTRY["en"])


def iso_code(place: Place) -> str | None:
    """ISO 3166-2 code of the governorate that contains the place; None without a governorate."""
    return _ISO.get(place.admin[0].pcode) if place.admin else None


def address_part(place: Place) -> str:
    """The part of an address for the place itself (`village`, `state`, `aeroway` …)."""
    return _PARTS_BY_KIND.get(place.kind) or get_kind(place.kind).osm_class


def address_rank_name(kind: Kind) -> str | None:
    """The word of Nominatim and Photon for a facility or site (`house`) or a road (`street`); None for other kinds."""
    if kind.group not in BUILT_GROUPS:
        return None
    return "street" if kind.id == "road" else "house"


def address_lines(place: Place, lang: Languages = "en", *, wholes: Iterable[Place] = ()) -> dict[str, str]:
    """Names by part of the address, the place first, the country last; `wholes` are places it is a part of."""
    lines = {address_part(place): name_in(place, lang)}
    for whole in wholes:
        lines.setdefault(address_part(whole), name_in(whole, lang))
    in_arabic = next((each == "ar" for each in _each(lang) if each in {"ar", "en"}), False)
    for unit in reversed(place.admin):
        name = (unit.name_ar if in_arabic else unit.name_en) or unit.name_en or unit.name_ar
        lines.setdefault(_PARTS_BY_LEVEL.get(unit.level, "region"), name)
    lines.setdefault("country", country_name(lang))
    return lines


def display_name(place: Place, lang: Languages = "en", *, wholes: Iterable[Place] = ()) -> str:
    """The address in one line, each name once. A unit is written with its kind, since its seat has the same name."""
    lines = address_lines(place, lang, wholes=wholes)
    comma = "، " if lines["country"] == _COUNTRY["ar"] else ", "
    name, *others = lines.values()
    return comma.join(dict.fromkeys((_name_with_level(place, name, lines["country"]), *others)))


def _name_with_level(place: Place, name: str, country: str) -> str:
    """The name of a unit with the word for its level, in English and Arabic; other names are unchanged."""
    kind = get_kind(place.kind)
    if kind.group != "admin" or kind.id == "country":
        return name
    if country == _COUNTRY["ar"]:
        return f"{kind.label_ar} {name}"
    return f"{name} {kind.label_en}" if country == _COUNTRY["en"] else name


def extent(place: Place) -> Bounds:
    """The box around the outline of a place, or around the circle of its radius; degrees."""
    area = place.area
    if area is not None:
        return Bounds.around(iter_positions(area["coordinates"]))
    north = place.radius_km / KM_PER_DEGREE
    east = north / cos(radians(place.lat))
    return Bounds(*(round(v, 5) for v in (place.lon - east, place.lat - north, place.lon + east, place.lat + north)))


def lies_in(place: Place, bounds: Bounds) -> bool:
    """Whether the point of a place is in a box. If `west` is greater than `east`, the box crosses the antimeridian."""
    west, south, east, north = bounds
    across = west <= place.lon <= east if west <= east else place.lon >= west or place.lon <= east
    return across and south <= place.lat <= north


def _each(lang: Languages) -> Iterator[str]:
    yield from (lang,) if isinstance(lang, str) else lang


def _name(place: Place, lang: str) -> str:
    shown = {"ar": place.name_ar, "en": place.name_en}.get(lang, "")
    return shown or next((name.text for name in place.names if name.lang == lang), "")
