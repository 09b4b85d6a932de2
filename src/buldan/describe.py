"""Where a place lies, as people and other services say it: address lines, one line of words, a box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import cos, radians
from typing import TypeAlias
from urllib.parse import quote

from buldan.geometry import KM_PER_DEGREE, Bounds, iter_positions
from buldan.kinds import Kind, get_kind
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
"""A language to show names in (BCP 47 primary tag), or several, the best liked first."""

COUNTRY_CODE = "sy"

POSITION_PHRASES: Mapping[Position, tuple[str, str]] = {
    "surveyed": ("a published point of the place itself", "نقطة منشورة للمكان نفسه"),
    "outline": ("a point inside its published outline", "نقطة داخل حدوده المنشورة"),
    "settlement": ("only the point of its town is known", "لا تُعرف إلا نقطة بلدته"),
    "described": ("from a stated distance or direction", "من مسافة أو اتجاه مذكورين"),
    "estimated": ("estimated from general knowledge", "تقدير من المعرفة العامة"),
}
"""How a point is known, in English and in Arabic."""

IDENTIFIER_PAGES: Mapping[str, str] = {
    "geonames": "https://www.geonames.org/{}",
    "wikidata": "https://www.wikidata.org/wiki/{}",
    "pleiades": "https://pleiades.stoa.org/places/{}",
    "syriaca": "https://syriaca.org/place/{}",
    "whosonfirst": "https://spelunker.whosonfirst.org/id/{}",
}
"""The public page of an identifier by its scheme; `{}` stands for the identifier."""

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
"""Address parts as Nominatim names them; any other kind goes by its OpenStreetMap class."""

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
"""ISO 3166-2 of each governorate's P-code."""


def place_uri(id: str, public_url: str = "") -> str:
    """What a place is called on the web: its page at a service of ours, or a URN where none is named.

    >>> place_uri("bdabc", "https://maps.example/buldan/")
    'https://maps.example/buldan/places/bdabc'
    >>> place_uri("bdabc")
    'urn:buldan:bdabc'
    """
    return f"{public_url.rstrip('/')}/places/{quote(id, safe='')}" if public_url else f"urn:buldan:{quote(id, safe='')}"


def name_in(place: Place, lang: Languages) -> str:
    """The place's name in the first of the languages that it has one in, else its English name, else any."""
    known = (name for each in _each(lang) if (name := _name(place, each)))
    return next(known, "") or place.name("en")


def country_name(lang: Languages) -> str:
    """Syria, in the first of the languages that we know it in, else in English."""
    return next((_COUNTRY[each] for each in _each(lang) if each in _COUNTRY), _COUNTRY["en"])


def iso_code(place: Place) -> str | None:
    """ISO 3166-2 code of the governorate that holds the place."""
    return _ISO.get(place.admin[0].pcode) if place.admin else None


def address_part(place: Place) -> str:
    """The part of an address that the place itself is (`village`, `state`, `aeroway` …)."""
    return _PARTS_BY_KIND.get(place.kind) or get_kind(place.kind).osm_class


_THINGS = frozenset({"transport", "military", "facility", "site"})


def address_rank_name(kind: Kind) -> str | None:
    """What geocoders call a thing that stands at an address: `house`, and a road `street`; None for other kinds."""
    if kind.group not in _THINGS:
        return None
    return "street" if kind.id == "road" else "house"


def address_lines(place: Place, lang: Languages = "en", *, wholes: Iterable[Place] = ()) -> dict[str, str]:
    """Names by part of the address, the place first and the country last; `wholes` is what it is part of."""
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
    """The address in one line, a name that repeats said once; of a unit with its kind, for its seat bears its name."""
    lines = address_lines(place, lang, wholes=wholes)
    comma = "، " if lines["country"] == _COUNTRY["ar"] else ", "
    name, *others = lines.values()
    return comma.join(dict.fromkeys((_name_with_level(place, name, lines["country"]), *others)))


def _name_with_level(place: Place, name: str, country: str) -> str:
    """The name of a unit with the word for its level, in English and Arabic; any other name as it is."""
    kind = get_kind(place.kind)
    if kind.group != "admin" or kind.id == "country":
        return name
    if country == _COUNTRY["ar"]:
        return f"{kind.label_ar} {name}"
    return f"{name} {kind.label_en}" if country == _COUNTRY["en"] else name


def extent(place: Place) -> Bounds:
    """The box of the place's outline, or of the circle of its radius around its point."""
    area = place.area
    if area is not None:
        return Bounds.around(iter_positions(area["coordinates"]))
    north = place.radius_km / KM_PER_DEGREE
    east = north / cos(radians(place.lat))
    return Bounds(*(round(v, 5) for v in (place.lon - east, place.lat - north, place.lon + east, place.lat + north)))


def lies_in(place: Place, bounds: Bounds) -> bool:
    """Whether the place's point is in a box; one whose west lies east of its east spans the antimeridian."""
    west, south, east, north = bounds
    across = west <= place.lon <= east if west <= east else place.lon >= west or place.lon <= east
    return across and south <= place.lat <= north


def _each(lang: Languages) -> Iterator[str]:
    yield from (lang,) if isinstance(lang, str) else lang


def _name(place: Place, lang: str) -> str:
    shown = {"ar": place.name_ar, "en": place.name_en}.get(lang, "")
    return shown or next((name.text for name in place.names if name.lang == lang), "")
