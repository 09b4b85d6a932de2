"""Answers as JSON: json, jsonv2, geojson, geocodejson."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple
from xml.etree.ElementTree import tostring

from buldan.describe import (
    COUNTRY_CODE,
    Languages,
    address_lines,
    address_part,
    address_rank_name,
    display_name,
    extent,
    iso_code,
    name_in,
)
from buldan.formats.geometries import simplify, to_kml, to_svg, to_wkt
from buldan.kinds import Kind, get_kind
from buldan.model import PAST_NAMES, Geometry, Place
from buldan.store import Manifest

__all__ = [
    "UNABLE",
    "Format",
    "Found",
    "Options",
    "Outline",
    "choose_outline",
    "guess_importance",
    "make_item",
    "place_number",
    "render",
    "render_one",
]

Format = Literal["json", "jsonv2", "geojson", "geocodejson"]

UNABLE = {"error": "Unable to geocode"}
"""Nominatim's answer if there is nothing at a point."""

_PREFIX = "bd"
_RANK_TYPES = ((4, "country"), (9, "state"), (12, "county"), (16, "city"), (21, "district"), (30, "locality"))
_SETTLEMENTS = ("city", "town", "village")
_LEVELS = {"country": 2, "state": 4, "county": 6, "municipality": 7}
"""OpenStreetMap's `admin_level` of each part of an address that is an admin unit."""

_LOWEST_RANK = 30  # Nominatim's rank of a house

Outline = Literal["geojson", "text", "svg", "kml"]


class Found(NamedTuple):
    """A place, its importance in this answer (0 to 1), and the places that it is a part of, nearest first."""

    place: Place
    importance: float
    wholes: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """The members that a client wants of each place; outlines are simplified with `tolerance`, degrees."""

    lang: Languages = "en"
    address: bool = False
    extra: bool = False
    names: bool = False
    outline: Outline | None = None
    tolerance: float = 0.0


def place_number(place_id: str) -> int:
    """Buldan's id as the integer that Nominatim's clients expect."""
    return int(place_id.removeprefix(_PREFIX), 36)


def guess_importance(place: Place) -> float:
    """The importance of a place that was not searched by name: 0 to 1, higher for larger kinds."""
    return (_LOWEST_RANK - get_kind(place.kind).rank) / _LOWEST_RANK


def render(found: Sequence[Found], format: Format, options: Options, manifest: Manifest, *, query: str) -> Any:
    """Search results in one of the formats of `Format`."""
    if format == "geojson":
        return _make_collection([_make_feature(one, options) for one in found], manifest)
    if format == "geocodejson":
        return _make_geocoding([_geocode_feature(one, options) for one in found], manifest, query)
    return [make_item(one, options, manifest, v2=format == "jsonv2") for one in found]


def render_one(found: Found | None, format: Format, options: Options, manifest: Manifest, *, query: str) -> Any:
    """The result of a reverse query in one of the formats of `Format`."""
    if found is None:
        return UNABLE
    if format in {"geojson", "geocodejson"}:
        return render([found], format, options, manifest, query=query)
    return make_item(found, options, manifest, v2=format == "jsonv2")


def make_item(found: Found, options: Options, manifest: Manifest, *, v2: bool) -> dict[str, Any]:
    """A place in the format json (with `class`) or jsonv2 (with `category`)."""
    place, kind = found.place, get_kind(found.place.kind)
    west, south, east, north = extent(place)
    item = {
        "place_id": place_number(place.id),
        "licence": _name_licence(manifest),
        **_parse_osm(place),
        "lat": f"{place.lat:.5f}",
        "lon": f"{place.lon:.5f}",
        "category" if v2 else "class": kind.osm_class,
        "type": kind.osm_type,
        "place_rank": kind.rank,
        "importance": round(found.importance, 4),
        "addresstype": address_part(place),
        "name": name_in(place, options.lang),
        "display_name": display_name(place, options.lang, wholes=found.wholes),
        **_choose_members(found, options),
        "boundingbox": [f"{degrees:.5f}" for degrees in (south, north, west, east)],
    }
    return item | _make_outline_member(place, options)


def _make_feature(found: Found, options: Options) -> dict[str, Any]:
    place, kind = found.place, get_kind(found.place.kind)
    return {
        "type": "Feature",
        "properties": {
            "place_id": place_number(place.id),
            **_parse_osm(place),
            "place_rank": kind.rank,
            "category": kind.osm_class,
            "type": kind.osm_type,
            "importance": round(found.importance, 4),
            "addresstype": address_part(place),
            "name": name_in(place, options.lang),
            "display_name": display_name(place, options.lang, wholes=found.wholes),
            **_choose_members(found, options),
        },
        "bbox": list(extent(place)),
        "geometry": _choose_geometry(place, options),
    }


def _geocode_feature(found: Found, options: Options) -> dict[str, Any]:
    place, kind = found.place, get_kind(found.place.kind)
    lines = address_lines(place, options.lang, wholes=found.wholes)
    city = next((lines[part] for part in _SETTLEMENTS if part in lines), None)
    own = address_part(place)
    geocoding: dict[str, Any] = {
        "place_id": place_number(place.id),
        **_parse_osm(place),
        "osm_key": kind.osm_class,
        "osm_value": kind.osm_type,
        "type": _choose_geocodejson_type(kind, own),
        "accuracy": round(place.radius_km * 1000),
        "label": display_name(place, options.lang, wholes=found.wholes),
        "name": name_in(place, options.lang),
    }
    address = {
        "district": lines.get("suburb") if own != "suburb" else None,
        "city": city if own not in _SETTLEMENTS else None,
        "county": lines.get("county") if own != "county" else None,
        "state": lines.get("state") if own != "state" else None,
        "country": lines["country"] if own != "country" else None,
        "country_code": COUNTRY_CODE,
        "admin": {f"level{level}": lines[part] for part, level in _LEVELS.items() if part in lines and part != own},
    }
    if options.address:
        geocoding |= {name: value for name, value in address.items() if value is not None}
    if options.extra:
        geocoding["extra"] = _collect_extra(place)
    return {"type": "Feature", "properties": {"geocoding": geocoding}, "geometry": _choose_geometry(place, options)}


def _choose_geocodejson_type(kind: Kind, part: str) -> str:
    if part in _SETTLEMENTS:
        return "city"
    return address_rank_name(kind) or next(name for rank, name in _RANK_TYPES if kind.rank <= rank)


def _make_collection(features: list[dict[str, Any]], manifest: Manifest) -> dict[str, Any]:
    return {"type": "FeatureCollection", "licence": _name_licence(manifest), "features": features}


def _make_geocoding(features: list[dict[str, Any]], manifest: Manifest, query: str) -> dict[str, Any]:
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


def _choose_members(found: Found, options: Options) -> dict[str, Any]:
    """The optional members that a client has chosen."""
    members: dict[str, Any] = {}
    if options.address:
        lines: dict[str, str] = {}
        for part, name in address_lines(found.place, options.lang, wholes=found.wholes).items():
            lines[part] = name
            if part == "state" and (code := iso_code(found.place)):
                lines["ISO3166-2-lvl4"] = code
        members["address"] = {**lines, "country_code": COUNTRY_CODE}
    if options.extra:
        members["extratags"] = _collect_extra(found.place)
    if options.names:
        members["namedetails"] = _names(found.place)
    return members


def _collect_extra(place: Place) -> dict[str, str]:
    tags = {"buldan:id": place.id, "buldan:kind": place.kind, "buldan:radius_km": f"{place.radius_km:g}"}
    tags["buldan:position"] = place.position
    tags |= {f"ref:{scheme}": value for scheme, value in place.identifiers.items() if scheme != "wikidata"}
    if "wikidata" in place.identifiers:
        tags["wikidata"] = place.identifiers["wikidata"]
    if place.population is not None:
        tags["population"] = str(place.population)
    if get_kind(place.kind).group == "admin":
        tags["admin_level"] = str(_LEVELS[address_part(place)])
    return tags


def _names(place: Place) -> dict[str, str]:
    names = {"name": place.name_ar or place.name("en")}
    names |= {f"name:{lang}": text for lang, text in (("ar", place.name_ar), ("en", place.name_en)) if text}
    for name in place.names:
        if name.lang not in {"ar", "en", "und"}:
            names.setdefault(f"name:{name.lang}", name.text)
    shown = set(names.values())
    others = [name.text for name in place.names if name.text not in shown and name.kind not in PAST_NAMES]
    old = [name.text for name in place.names if name.kind in PAST_NAMES]
    return names | _join_texts("alt_name", others) | _join_texts("old_name", old)


def _join_texts(key: str, texts: Iterable[str]) -> dict[str, str]:
    """Several names under one key, separated by semicolons as in OpenStreetMap."""
    text = ";".join(dict.fromkeys(texts))
    return {key: text} if text else {}


def choose_outline(place: Place, options: Options) -> Geometry:
    """The outline simplified with the tolerance of `options`, or the point if the place has no outline."""
    area = place.area
    return simplify(area, tolerance=options.tolerance) if area else _point(place)


def _choose_geometry(place: Place, options: Options) -> Geometry:
    return choose_outline(place, options) if options.outline == "geojson" else _point(place)


def _point(place: Place) -> Geometry:
    return {"type": "Point", "coordinates": [round(place.lon, 5), round(place.lat, 5)]}


def _make_outline_member(place: Place, options: Options) -> dict[str, Any]:
    return _OUTLINES[options.outline](choose_outline(place, options)) if options.outline else {}


_OUTLINES: Mapping[Outline, Callable[[Geometry], dict[str, Any]]] = {
    "geojson": lambda geometry: {"geojson": geometry},
    "text": lambda geometry: {"geotext": to_wkt(geometry)},
    "svg": lambda geometry: {"svg": to_svg(geometry)},
    "kml": lambda geometry: {"geokml": tostring(to_kml(geometry), encoding="unicode")},
}
"""The member of json with an outline in each notation."""


def _parse_osm(place: Place) -> dict[str, Any]:
    """`osm_type` and `osm_id` of an identifier such as `R184840`."""
    value = place.identifiers.get("osm", "")
    kind = {"N": "node", "W": "way", "R": "relation"}.get(value[:1])
    return {"osm_type": kind, "osm_id": int(value[1:])} if kind and value[1:].isdigit() else {}


def _name_licence(manifest: Manifest) -> str:
    return f"{manifest.attribution}; {manifest.licence}"
