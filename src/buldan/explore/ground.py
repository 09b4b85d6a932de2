"""The background of a map, from the gazetteer: no map service is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from buldan.model import Place

__all__ = [
    "BORDER",
    "EDGE",
    "GROUND_KINDS",
    "HALO",
    "INK",
    "LAND",
    "QUARTER",
    "ROAD",
    "SEA",
    "SOFT_INK",
    "WATER",
    "Ground",
    "sort_into_layers",
]

GROUND_KINDS = ("country", "governorate", "river", "lake", "road", "city", "neighbourhood", "camp")

SEA, LAND, EDGE, BORDER, WATER = "#ebe5d9", "#faf6ec", "#b3a68c", "#cabfa6", "#9cc7d9"
ROAD, QUARTER = "#c79a6b", "#b9ab8d"
INK, SOFT_INK, HALO = "#3d3a33", "#857c69", "#fdfaf3"

_LARGE_CITY = 120_000  # minimum inhabitants of a city named on the background


@dataclass(frozen=True, slots=True)
class Ground:
    """Land, borders, waters, roads and quarters as places with outlines; large cities as points, the largest first.

    Roads are schematic lines; quarters (neighbourhoods and camps) are for maps of a city.
    """

    land: tuple[Place, ...]
    borders: tuple[Place, ...]
    waters: tuple[Place, ...]
    roads: tuple[Place, ...]
    quarters: tuple[Place, ...]
    cities: tuple[Place, ...]


def sort_into_layers(places: Sequence[Place]) -> Ground:
    """Places of `GROUND_KINDS`, sorted into the layers of the background."""

    def read_outlined(*kinds: str) -> tuple[Place, ...]:
        return tuple(place for place in places if place.kind in kinds and place.area)

    cities = (place for place in places if place.kind == "city" and (place.population or 0) >= _LARGE_CITY)
    largest = sorted(cities, key=lambda place: -(place.population or 0))
    return Ground(
        read_outlined("country"),
        read_outlined("governorate"),
        read_outlined("river", "lake"),
        read_outlined("road"),
        read_outlined("neighbourhood", "camp"),
        tuple(largest),
    )
