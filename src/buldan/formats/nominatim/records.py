"""Answers as JSON: json, jsonv2, geojson, geocodejson."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from buldan.describe import COUNTRY_CODE, address_lines, address_part, display_name, extent, iso_code
from buldan.kinds import get_kind
from buldan.model import Place
from buldan.store import Manifest

__all__ = [
    "UNABLE",
    "Format",
    "Found",
    "Options",
    "item_of",
    "place_number",
    "place_of_number",
    "render",
    "render_one",
]

Format = Literal["json", "jsonv2", "geojson", "geocodejson"]

UNABLE = {"error": "Unable to geocode"}
"""What Nominatim says where there is nothing at a point."""

_PREFIX = "bd"
_RANK_TYPES = ((4, "country"), (9, "state"), (12, "county"), (16, "city"), (21, "district"), (30, "locality"))
_SETTLEMENTS = ("city", "town", "village")
_LEVELS = {"state": "level4", "county": "level6", "municipality": "level7"}


class Found(NamedTuple):
    """A place, how important it is here (0..1), and the place that it is a part of."""

    place: Place
    importance: float
    parent: Place | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """What a client wants to see of each place."""

    lang: str = "en"
    address: bool = False
    extra: bool = False
    names: bool = False
    outline: bool = False


def place_number(place_id: str) -> int:
    """Our id as the whole number that Nominatim's clients expect."""
    return int(place_id.removeprefix(_PREFIX), 36)


def place_of_number(number: int) -> str:
    """The id that `place_number` made a number of.

    >>> place_of_number(place_number("bd00310c0c"))
    'bd00310c0c'
    """
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return _PREFIX + digits.rjust(8, "0")


def render(found: Sequence[Found], format: Format, options: Options, manifest: Manifest, *, query: str) -> Any:
    """Search results in one of the forms of `Format`."""
    if format == "geojson":
        return _collection([_feature(one, options) for one in found], manifest)
    if format == "geocodejson":
        return _geocoding([_geocode_feature(one, options) for one in found], manifest, query)
    return [item_of(one, options, manifest, v2=format == "jsonv2") for one in found]


def render_one(found: Found | None, format: Format, options: Options, manifest: Manifest, *, query: str) -> Any:
    """The result of a reverse query in one of the forms of `Format`."""
    if found is None:
        return UNABLE
    if format in {"geojson", "geocodejson"}:
        return render([found], format, options, manifest, query=query)
    return item_of(found, options, manifest, v2=format == "jsonv2")


def item_of(found: Found, options: Options, manifest: Manifest, *, v2: bool) -> dict[str, Any]:
    """A place as json (`class`) or jsonv2 (`category`) gives it."""
    place, kind = found.place, get_kind(found.place.kind)
    west, south, east, north = extent(place)
    item = {
        "place_id": place_number(place.id),
        "licence": _licence(manifest),
        **_osm(place),
        "lat": f"{place.lat:.5f}",
        "lon": f"{place.lon:.5f}",
        "category" if v2 else "class": kind.osm_class,
        "type": kind.osm_type,
        "place_rank": kind.rank,
        "importance": round(found.importance, 4),
        "addresstype": address_part(place),
        "name": place.name(options.lang),
        "display_name": display_name(place, options.lang, parent=found.parent),
        **_chosen(found, options),
        "boundingbox": [f"{degrees:.5f}" for degrees in (south, north, west, east)],
    }
    if options.outline:
        item["geojson"] = _geometry(place, options)
    return item


def _feature(found: Found, options: Options) -> dict[str, Any]:
    place, kind = found.place, get_kind(found.place.kind)
    return {
        "type": "Feature",
        "properties": {
            "place_id": place_number(place.id),
            **_osm(place),
            "place_rank": kind.rank,
            "category": kind.osm_class,
            "type": kind.osm_type,
            "importance": round(found.importance, 4),
            "addresstype": address_part(place),
            "name": place.name(options.lang),
            "display_name": display_name(place, options.lang, parent=found.parent),
            **_chosen(found, options),
        },
        "bbox": list(extent(place)),
        "geometry": _geometry(place, options),
    }


def _geocode_feature(found: Found, options: Options) -> dict[str, Any]:
    place, kind = found.place, get_kind(found.place.kind)
    lines = address_lines(place, options.lang, parent=found.parent)
    city = next((lines[part] for part in _SETTLEMENTS if part in lines), None)
    own = address_part(place)
    geocoding = {
        "place_id": place_number(place.id),
        **_osm(place),
        "osm_key": kind.osm_class,
        "osm_value": kind.osm_type,
        "type": "city" if own in _SETTLEMENTS else next(name for rank, name in _RANK_TYPES if kind.rank <= rank),
        "accuracy": round(place.radius_km * 1000),
        "label": display_name(place, options.lang, parent=found.parent),
        "name": place.name(options.lang),
        "district": lines.get("suburb") if own != "suburb" else None,
        "city": city if own not in _SETTLEMENTS else None,
        "county": lines.get("county") if own != "county" else None,
        "state": lines.get("state") if own != "state" else None,
        "country": lines["country"] if own != "country" else None,
        "country_code": COUNTRY_CODE,
        "admin": {level: lines[part] for part, level in _LEVELS.items() if part in lines and part != own},
    }
    kept = {name: value for name, value in geocoding.items() if value is not None}
    if options.extra:
        kept["extra"] = _extra(place)
    return {"type": "Feature", "properties": {"geocoding": kept}, "geometry": _geometry(place, options)}


def _collection(features: list[dict[str, Any]], manifest: Manifest) -> dict[str, Any]:
    return {"type": "FeatureCollection", "licence": _licence(manifest), "features": features}


def _geocoding(features: list[dict[str, Any]], manifest: Manifest, query: str) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "geocoding": {
            "version": "0.1.0",
            "attribution": manifest.attribution,
            "licence": manifest.licence,
            "query": query,
        },
        "features": features,
    }


def _chosen(found: Found, options: Options) -> dict[str, Any]:
    """The members that a client asks for by name."""
    members: dict[str, Any] = {}
    if options.address:
        lines: dict[str, str] = {}
        for part, name in address_lines(found.place, options.lang, parent=found.parent).items():
            lines[part] = name
            if part == "state" and (code := iso_code(found.place)):
                lines["ISO3166-2-lvl4"] = code
        members["address"] = {**lines, "country_code": COUNTRY_CODE}
    if options.extra:
        members["extratags"] = _extra(found.place)
    if options.names:
        members["namedetails"] = _names(found.place)
    return members


def _extra(place: Place) -> dict[str, str]:
    tags = {"buldan:id": place.id, "buldan:kind": place.kind, "buldan:radius_km": f"{place.radius_km:g}"}
    tags |= {f"ref:{scheme}": value for scheme, value in place.identifiers.items() if scheme != "wikidata"}
    if "wikidata" in place.identifiers:
        tags["wikidata"] = place.identifiers["wikidata"]
    if place.population is not None:
        tags["population"] = str(place.population)
    return tags


def _names(place: Place) -> dict[str, str]:
    names = {"name": place.name_ar or place.name("en")}
    names |= {f"name:{lang}": text for lang, text in (("ar", place.name_ar), ("en", place.name_en)) if text}
    for name in place.names:
        if name.lang not in {"ar", "en", "und"}:
            names.setdefault(f"name:{name.lang}", name.text)
    shown = set(names.values())
    others = [name.text for name in place.names if name.text not in shown and name.kind != "historical"]
    old = [name.text for name in place.names if name.kind == "historical"]
    return names | _joined("alt_name", others) | _joined("old_name", old)


def _joined(key: str, texts: Iterable[str]) -> dict[str, str]:
    """Several names under one key, as OpenStreetMap writes them."""
    text = ";".join(dict.fromkeys(texts))
    return {key: text} if text else {}


def _geometry(place: Place, options: Options) -> Any:
    area = place.area if options.outline else None
    return area or {"type": "Point", "coordinates": [round(place.lon, 5), round(place.lat, 5)]}


def _osm(place: Place) -> dict[str, Any]:
    """`osm_type` and `osm_id` of an identifier such as `R184840`."""
    value = place.identifiers.get("osm", "")
    kind = {"N": "node", "W": "way", "R": "relation"}.get(value[:1])
    return {"osm_type": kind, "osm_id": int(value[1:])} if kind and value[1:].isdigit() else {}


def _licence(manifest: Manifest) -> str:
    return f"{manifest.attribution}; {manifest.licence}"
