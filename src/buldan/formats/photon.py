"""Answers in Photon's format: a FeatureCollection with flat properties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from buldan.describe import COUNTRY_CODE, Languages, address_lines, address_part, address_rank_name, extent, name_in
from buldan.kinds import get_kind, kinds
from buldan.model import Geometry, Place
from buldan.store import Manifest

__all__ = ["Layer", "find_kinds_of_layer", "make_collection"]

Layer = Literal["house", "street", "locality", "district", "city", "county", "state", "country", "other"]

_BY_PART = {
    "country": "country",
    "state": "state",
    "county": "county",
    "municipality": "county",
    "city": "city",
    "town": "city",
    "village": "city",
    "suburb": "district",
    "neighbourhood": "locality",
}
"""Photon's layer of each part of an address; by rank other kinds are `house` or `street`, and the rest is `other`."""


def find_kinds_of_layer(layer: Layer) -> frozenset[str]:
    """The kinds of Buldan that belong to a layer of Photon."""
    return frozenset(kind for kind in kinds() if _choose_layer_of_kind(kind) == layer)


def make_collection(
    found: Iterable[tuple[Place, Sequence[Place]]], manifest: Manifest, *, lang: Languages, outline: bool = False
) -> Any:
    """A FeatureCollection in the order given, of points or outlines.

    `found` has each place with the places that it is a part of, nearest first.
    """
    return {
        "type": "FeatureCollection",
        "version": manifest.version,
        "attribution": manifest.attribution,
        "licence": manifest.licence,
        "features": [_make_feature(place, wholes, lang, outline=outline) for place, wholes in found],
    }


def _make_feature(place: Place, wholes: Sequence[Place], lang: Languages, *, outline: bool) -> dict[str, Any]:
    kind = get_kind(place.kind)
    lines = address_lines(place, lang, wholes=wholes)
    layer, own = _choose_layer(place), address_part(place)
    west, south, east, north = extent(place)
    inside = {_BY_PART[part]: name for part, name in lines.items() if part in _BY_PART and part != own}
    properties = {
        "name": name_in(place, lang),
        **{part: name for part, name in inside.items() if part != layer},
        "country": lines["country"],
        "countrycode": COUNTRY_CODE.upper(),
        "osm_key": kind.osm_class,
        "osm_value": kind.osm_type,
        "type": layer,
        "extent": [west, north, east, south],
        "extra": {"id": place.id, "position": place.position} | dict(place.identifiers),
    }
    return {
        "type": "Feature",
        "geometry": (place.area if outline else None) or _point(place),
        "properties": properties,
    }


def _point(place: Place) -> Geometry:
    return {"type": "Point", "coordinates": [round(place.lon, 5), round(place.lat, 5)]}


def _choose_layer(place: Place) -> str:
    return _BY_PART.get(address_part(place)) or address_rank_name(get_kind(place.kind)) or "other"


def _choose_layer_of_kind(kind: str) -> str:
    return _choose_layer(Place("", kind, "", "", 0, 0, 0))
