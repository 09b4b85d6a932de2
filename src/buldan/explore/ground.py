"""The land under a map, out of the gazetteer: no map service is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from buldan.model import Place

__all__ = ["GROUND_KINDS", "Ground", "ground_of", "shade"]

GROUND_KINDS = ("country", "governorate", "river", "lake", "city")

SEA, LAND, EDGE, BORDER, WATER, INK = "#ebe5d9", "#faf6ec", "#b3a68c", "#cabfa6", "#9cc7d9", "#3d3a33"

_LIGHT, _DARK = (223, 238, 233), (11, 101, 95)
_LARGE_CITY = 120_000


@dataclass(frozen=True, slots=True)
class Ground:
    """Land, borders and waters as places with outlines; large cities as points."""

    land: tuple[Place, ...]
    borders: tuple[Place, ...]
    waters: tuple[Place, ...]
    cities: tuple[Place, ...]


def ground_of(places: Sequence[Place]) -> Ground:
    """Sort places of `GROUND_KINDS` into layers."""

    def outlined(*kinds: str) -> tuple[Place, ...]:
        return tuple(place for place in places if place.kind in kinds and place.area)

    cities = (place for place in places if place.kind == "city" and (place.population or 0) >= _LARGE_CITY)
    largest = sorted(cities, key=lambda place: -(place.population or 0))
    return Ground(outlined("country"), outlined("governorate"), outlined("river", "lake"), tuple(largest))


def shade(value: float | None, most: float) -> str:
    """The colour of an amount, from pale (little) to deep (`most`); by its root, so that small ones are told apart."""
    if not value or most <= 0:
        return "#f3eee4"
    weight = (max(0.0, value) / most) ** 0.5
    return "#" + "".join(f"{round(low + (high - low) * weight):02x}" for low, high in zip(_LIGHT, _DARK, strict=True))
