"""What the gazetteer knows of the land and the roads between places: countrysides, parts of units, stretches of roads.

A countryside is the land of the widest unit that is named after its seat, without the seat; a road between two
towns is a stretch of a line that the gazetteer holds. All is drawn when it is first asked for, then kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from buldan.geometry import Point, distance_km
from buldan.geoparse.relations.shapes import cut_hole, cut_side, cut_stretch, find_line_middle
from buldan.index import Index
from buldan.kinds import ADMIN_KINDS
from buldan.model import Geometry, Place
from buldan.outlines import centre_of, reach_km
from buldan.text import fold

__all__ = ["Land", "Stretch", "Terrain"]

_SEATS, _ROADS = frozenset({"city", "town"}), frozenset({"road"})
_BESIDE_KM = 5.0
"""How far a road that is drawn from town to town may stray."""

_ON_ROAD_KM = 6.0
"""How far from a road a town that it is called by may have its point."""


class Land(NamedTuple):
    """A piece of land: its middle, how far its corners lie from there, and its outline."""

    centre: Point
    reach_km: float
    outline: Geometry


class Stretch(NamedTuple):
    """Part of a road: its corners, its middle, and how far it may be from there."""

    points: tuple[Point, ...]
    middle: Point
    reach_km: float

    @classmethod
    def from_points(cls, points: Sequence[Point]) -> Stretch:
        """The stretch through some corners."""
        middle = find_line_middle(points)
        return cls(tuple(points), middle, max(distance_km(middle, point) for point in points) + _BESIDE_KM)


class Terrain:
    """The land and the roads of a gazetteer."""

    def __init__(self, index: Index) -> None:
        self._index = index
        # Kept by instance: a cache on the class would keep a gazetteer after it is closed.
        self.find_countryside = lru_cache(maxsize=512)(self._find_countryside)
        self.find_part = lru_cache(maxsize=512)(self._find_part)
        self.find_road = lru_cache(maxsize=512)(self._find_road)

    def _find_countryside(self, place: Place, bearing: float | None) -> Land | None:
        """The land around a place on one side, or on all; None where no unit is named after it."""
        unit, seat = self._find_unit_and_seat(place)
        area = unit.area if unit else None
        if area is None:
            return None
        if bearing is None:
            return _make_land(cut_hole(area, seat.point, seat.radius_km) if seat else area)
        apex, beyond = (seat.point, seat.radius_km) if seat else (place.point, 0.0)
        return _make_land(cut_side(area, apex, bearing, beyond_km=beyond))

    def _find_part(self, place: Place, bearing: float) -> Land | None:
        """The part of a place with an outline that lies on one side: of its seat, as people say it, or its middle."""
        area = place.area
        if area is None or "Polygon" not in area["type"]:
            return None
        seat = self._seat_of.get(place.pcode or "")
        return _make_land(cut_side(area, seat.point if seat else centre_of(area), bearing))

    def _find_road(self, a: Place, b: Place) -> Stretch:
        """The road between two places: of the lines that pass both the shortest way, or the straight one."""
        # A road to a large city ends at its edge, kilometres from its point.
        there = max(_ON_ROAD_KM, a.radius_km), max(_ON_ROAD_KM, b.radius_km)
        found = [cut_stretch(line, a.point, b.point, off_km=max(there)) for line in self._roads]
        # From point to point, for the text names the places and not where the road leaves them.
        stretches = [Stretch.from_points([a.point, *points[1:-1], b.point]) for points in found if points]
        # The shortest of those that pass both: of two roads the direct one is meant.
        return min(stretches, key=lambda stretch: stretch.reach_km, default=Stretch.from_points([a.point, b.point]))

    def _find_unit_and_seat(self, place: Place) -> tuple[Place | None, Place | None]:
        """The unit whose land is a place's countryside, and the settlement that it is named after."""
        pcode, seat = place.pcode, None
        # A town has the countryside of the widest unit of its name: that of Homs is the governorate.
        if place.kind not in ADMIN_KINDS:
            named = (unit.pcode for unit in place.admin if fold(unit.name_ar) == fold(place.name_ar))
            pcode, seat = (next(named, None), place) if place.kind in _SEATS else (None, None)
        pcode = _COUNTRYSIDES.get(pcode or "", pcode)
        return (self._index.find_id(pcode), seat or self._seat_of.get(pcode)) if pcode else (None, None)

    @cached_property
    def _seat_of(self) -> Mapping[str, Place]:
        """By P-code of a unit, the city or town in it of its name."""
        seats: dict[str, Place] = {}
        for place in self._iter_places_of_kinds(_SEATS):
            for unit in place.admin:
                # In Arabic, where a unit and its seat are spelled alike; in Latin they often are not: Hamah, Hama.
                if fold(unit.name_ar) == fold(place.name_ar):
                    seats.setdefault(unit.pcode, place)
        return seats | {land: seats[city] for city, land in _COUNTRYSIDES.items() if city in seats}

    @cached_property
    def _roads(self) -> Sequence[Sequence[Point]]:
        """The lines of the roads that have any."""
        areas = (place.area for place in self._iter_places_of_kinds(_ROADS))
        lines = (area["coordinates"] for area in areas if area and area["type"] == "LineString")
        return [[Point(*corner[:2]) for corner in line] for line in lines]

    def _iter_places_of_kinds(self, asked: frozenset[str]) -> Iterator[Place]:
        index = self._index
        codes = [code for code, kind in enumerate(index.kind_ids) if kind in asked]
        return (index.places[row] for row in np.flatnonzero(np.isin(index.kind, codes)).tolist())


_COUNTRYSIDES = {"SY01": "SY03"}
"""By governorate that is all city, the one that is the land around it: Damascus, Rural Damascus."""


def _make_land(outline: Geometry | None) -> Land | None:
    """A piece of land by its outline; None for no outline."""
    if outline is None:
        return None
    centre = centre_of(outline)
    return Land(centre, reach_km(outline, centre), outline)
