"""The base map and the tree of units from the gazetteer itself, without a map service.

Borders are rounded to a grid of about a hundred metres, which keeps common borders of units identical.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any

from buldan.describe import extent
from buldan.errors import PlaceNotFound
from buldan.gazetteer import Gazetteer
from buldan.index import find_packaged_gazetteer
from buldan.kinds import ADMIN_KINDS, kinds
from buldan.model import Geometry, Place

__all__ = ["LAYERS", "SURROUNDINGS", "draw_layer", "list_other_names", "list_units"]

LAYERS: dict[str, tuple[str, ...]] = {
    "country": ("country",),
    "governorates": ("governorate",),
    "districts": ("district",),
    "subdistricts": ("sub-district",),
    "water": ("river", "lake"),
    "towns": ("city", "town"),
    "roads": ("road",),
    "quarters": ("neighbourhood", "camp"),
}
"""The layers by name, with the kinds of place that each shows."""

# A hundred metres: less than a pixel, except at scales that show streets.
_DECIMALS = 3
# More than any layer has: one answer has all of them.
_MOST = 10_000
_DRAWN = frozenset({"country", "governorates", "districts", "subdistricts", "roads", "quarters"})
"""Layers with only outlines and lines, without points."""

SURROUNDINGS = "surroundings"


# A few gazetteers: the present one, and after a reload the old one while requests still use it.
@lru_cache(maxsize=4 * len(LAYERS))
def draw_layer(gaz: Gazetteer, name: str) -> dict[str, Any]:
    """A FeatureCollection of the outlines (else points) of a layer, with names in both scripts.

    Raises:
        PlaceNotFound: no such layer.
    """
    if name == SURROUNDINGS:
        return _read_surroundings()
    if name not in LAYERS:
        raise PlaceNotFound(f"there is no layer of this name; there are {', '.join((*LAYERS, SURROUNDINGS))}")
    places = gaz.browse(kinds=LAYERS[name], limit=_MOST).places
    # A point instead of a border would look like a town.
    shown = [place for place in places if name not in _DRAWN or place.area]
    manifest = gaz.manifest
    return {
        "type": "FeatureCollection",
        "version": manifest.version,
        "attribution": manifest.attribution,
        "licence": manifest.licence,
        "features": [_make_feature(place) for place in shown],
    }


def _read_surroundings() -> dict[str, Any]:
    """Land, sea and towns around Syria from the compiled file; empty if the package does not have it."""
    path = find_packaged_gazetteer() / "surroundings.geojson"
    if not path.is_file():
        return {"type": "FeatureCollection", "features": []}
    collection: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return collection


@lru_cache(maxsize=4)
def list_units(gaz: Gazetteer) -> list[dict[str, Any]]:
    """All admin units in the order of P-codes: names, box, and number of places in it, without units."""
    # Without units, or each would count itself and all smaller ones.
    held = sorted(kind.id for kind in kinds().values() if kind.level is None)
    places = gaz.browse(kinds=["admin"], limit=_MOST).places
    return [
        {
            "id": place.id,
            "pcode": place.pcode,
            "level": ADMIN_KINDS.index(place.kind),
            "name_ar": place.name("ar"),
            "name_en": place.name("en"),
            "bbox": list(extent(place)),
            # A page of one place: only the total is needed.
            "places": gaz.browse(kinds=held, unit=place.pcode, limit=1).total,
        }
        for place in sorted(places, key=lambda place: place.pcode or "")
        if place.pcode and place.pcode.startswith("SY")
    ]


def _make_feature(place: Place) -> dict[str, Any]:
    area = place.area
    return {
        "type": "Feature",
        "id": place.id,
        "geometry": _snap(area) if area else _point(place),
        "properties": {
            "kind": place.kind,
            "pcode": place.pcode,
            "name_ar": place.name_ar,
            "name_en": place.name_en,
            **list_other_names(place),
            "population": place.population,
            "lon": round(place.lon, _DECIMALS),
            "lat": round(place.lat, _DECIMALS),
        },
    }


def list_other_names(place: Place) -> dict[str, str]:
    """OCHA's spelling and the Kurdish name, if they differ from the common English one."""
    wanted = {
        "name_ocha": next((name.text for name in place.names if name.kind == "official" and name.lang == "en"), None),
        "name_ku": next((name.text for name in place.names if name.lang == "ku"), None),
    }
    return {member: text for member, text in wanted.items() if text and text != place.name_en}


def _point(place: Place) -> Geometry:
    # More exact than borders: people look at towns at larger scales.
    return {"type": "Point", "coordinates": [round(place.lon, 4), round(place.lat, 4)]}


def _snap(geometry: Geometry) -> Geometry:
    return {"type": geometry["type"], "coordinates": _snap_positions(geometry["coordinates"])}


def _snap_positions(value: Any) -> Any:
    """Positions rounded to the grid, without repetitions of the one before; very small rings stay closed."""
    if isinstance(value[0][0], int | float):
        return _without_repeats((round(lon, _DECIMALS), round(lat, _DECIMALS)) for lon, lat, *_ in value)
    return [_snap_positions(part) for part in value]


def _without_repeats(line: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    # Successive positions at the same point of the grid become one.
    positions = [position for position, _ in groupby(line)]
    # A line needs two positions (RFC 7946), even if both are the same after rounding.
    while len(positions) < 2:
        positions.append(positions[-1])
    return positions
