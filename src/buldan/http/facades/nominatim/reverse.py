"""The place at a point, of the size that Nominatim's zoom requests."""

from __future__ import annotations

from collections.abc import Collection

from buldan.errors import PlaceNotFound
from buldan.gazetteer import Gazetteer
from buldan.geometry import WORLD
from buldan.http.facades.nominatim.kinds import find_kinds_of_layers
from buldan.http.facades.nominatim.parameters import ReverseQuery
from buldan.kinds import get_kind, kinds
from buldan.lookup.checks import looks_swapped
from buldan.model import Place

__all__ = ["place_at"]

# By the table of zooms in Nominatim's manual (3 country, 5 state, 8 county, 10 city …), as ranks of our kinds.
_ZOOM_RANKS = (4, 4, 4, 4, 4, 8, 8, 8, 10, 10, 12, 12, 18, 20, 22, 26, 26, 26, 26)
"""The rank of the smallest places for each zoom (0 to 18)."""

_USUAL_LAYERS = frozenset({"address", "poi"})

_BORDER_KM = 0.5
"""A point within this distance of a place in Syria counts as at it, even if both are outside the drawn border."""

_AT_KM = 0.1
"""A point within this distance of a place counts as at it, even if both are in the outline of a quarter."""

_MOST_NEAR = 20  # number of places among which one of a suitable kind is searched


def place_at(gaz: Gazetteer, asked: ReverseQuery) -> Place | None:
    """The nearest place of a rank for the zoom, or the unit that contains the point; None abroad."""
    point = asked.lon, asked.lat
    # The parameters name lat and lon: a point that looks swapped to a lookup is really in Turkey.
    if not WORLD.holds(point) or looks_swapped(point):
        return None
    units, reach = _find_units(gaz, asked.lon, asked.lat)
    if not units:
        return None
    finest = _ZOOM_RANKS[asked.level]
    allowed = find_kinds_of_layers(asked.layer or _USUAL_LAYERS) or frozenset()
    fine = {kind.id for kind in kinds().values() if kind.rank <= finest and kind.group != "admin"} & allowed
    coarse = [unit for unit in units if get_kind(unit.kind).rank <= finest and unit.kind in allowed]
    nearest = _find_nearest(gaz, asked.lon, asked.lat, fine, reach)
    return nearest or max(coarse, key=lambda unit: get_kind(unit.kind).rank, default=None)


def _find_units(gaz: Gazetteer, lon: float, lat: float) -> tuple[list[Place], float | None]:
    """The admin units that contain a point, and the distance within which places are searched; no units abroad."""
    # At most four levels contain a point; a few more, because near a border the nearest units are included.
    containing = gaz.reverse(lon=lon, lat=lat, kinds=["admin"], limit=10)
    units = [found.place for found in containing if found.distance_km == 0]
    if units:
        return units, None
    nearest = gaz.reverse(lon=lon, lat=lat, radius_km=_BORDER_KM, limit=1)
    if not nearest:
        return [], _BORDER_KM
    pcodes = ["SY", *(unit.pcode for unit in nearest[0].place.admin)]
    return [unit for pcode in pcodes if (unit := _find_unit(gaz, pcode))], _BORDER_KM


def _find_nearest(
    gaz: Gazetteer, lon: float, lat: float, wanted: Collection[str], reach_km: float | None
) -> Place | None:
    if not wanted:
        return None
    nearby = gaz.reverse(lon=lon, lat=lat, kinds=wanted, radius_km=reach_km, limit=_MOST_NEAR)
    places = [found for found in nearby if found.place.kind in wanted]
    # A place with its town's point, because its own is unknown, may be anywhere in the town: it is left out here.
    at = [found for found in places if found.distance_km <= _AT_KM and found.place.position != "settlement"]
    finest = max(at, key=lambda found: get_kind(found.place.kind).rank, default=None)
    return next((found.place for found in (finest, *places) if found), None)


def _find_unit(gaz: Gazetteer, pcode: str) -> Place | None:
    try:
        return gaz.place(pcode)
    except PlaceNotFound:
        return None
