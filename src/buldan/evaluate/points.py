"""Check the radii: compare points of the gazetteer with points of the same places in other publications.

There are two kinds of evidence. First, the curated tables have estimates of places whose point a source has published
since: rows of `curated/places-*.tsv` that a published point replaces, and those of `curated/estimates.tsv`, whose own
point was removed when a source had one. Second, names from a table with points are looked up, and an answer with that
name is compared with the point.

The radii were chosen with all that evidence, so the places are divided by id into two halves, whose results must agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import NamedTuple

from buldan.compile.positions import choose_radius
from buldan.compile.reading import iter_rows, number
from buldan.compile.sources.curated import read_curated
from buldan.errors import QueryError
from buldan.evaluate.names import read_columns
from buldan.gazetteer import Gazetteer
from buldan.geometry import distance_km
from buldan.kinds import get_kind
from buldan.model import Place, identifier_values
from buldan.store import PlaceRecord
from buldan.text import fold

__all__ = ["Check", "Coverage", "check_by_names", "check_by_sources", "count_coverage"]

_ESTIMATE_COLUMNS = ("place", "kind", "lon", "lat", "radius_km", "reasoning")
_SURE = 0.9  # minimum score of a match to compare: a wrong place is no evidence
_SAME_PLACE_KM = 15.0
"""Maximum distance, in addition to the radius; a point farther away is of another place with this name."""


class Check(NamedTuple):
    """A point of the gazetteer: how it is known, the distance of the published point, and its stated radius, in km."""

    place: str
    kind: str
    position: str
    away_km: float
    radius_km: float

    @property
    def holds(self) -> bool:
        """Whether the published point lies within the radius."""
        return self.away_km <= self.radius_km

    @property
    def half(self) -> int:
        """The half of the place, 0 or 1, so that all checks of a place are in one half."""
        return sum(self.place.encode()) % 2


@dataclass(frozen=True, slots=True)
class Coverage:
    """For a kind and position: the number of points checked, the number within the radius, and the median radius."""

    kind: str
    position: str
    checked: int
    held: int
    halves: tuple[tuple[int, int], tuple[int, int]]
    median_km: float

    @property
    def share(self) -> float:
        """Share of the published points within the radius, 0..1."""
        return self.held / self.checked


def check_by_sources(places: Iterable[Place | PlaceRecord], curated: Path) -> Iterator[Check]:
    """A check of each estimate in the curated tables whose place has a published point in the gazetteer today.

    Raises:
        SourceError: a table is damaged.
    """
    by_key = {key: place for place in places for key in identifier_values(place.identifiers, "curated")}
    for row in read_curated(curated):
        place = by_key.get(row.source_id)
        if place is not None and row.kind and row.position == "estimated" and row.lon is not None:
            yield from _check(row.source_id, row.kind, row.point, row.radius_km or 0.0, place)
    for line in iter_rows(curated / "estimates.tsv", _ESTIMATE_COLUMNS, delimiter="\t"):
        place = by_key.get(line["place"])
        if place is not None:
            point = number(line, "lon"), number(line, "lat")
            yield from _check(line["place"], line["kind"], point, number(line, "radius_km"), place)


def _check(
    key: str, kind: str, point: tuple[float, float], stated_km: float, place: Place | PlaceRecord
) -> Iterator[Check]:
    if place.position == "surveyed" and get_kind(place.kind).group != "water":
        away = distance_km(point, (place.lon, place.lat))
        yield Check(key, kind, "estimated", away, choose_radius(kind, "estimated", stated_km))


def check_by_names(gazetteer: Gazetteer, path: Path) -> Iterator[Check]:
    """A check of each place without a surveyed point that the names of a table lead to, by its nearest row.

    An answer counts if it is sure, has the name, and is so near that it cannot be a namesake.

    Raises:
        SourceError: not a table of names with `lat` and `lon`.
    """
    nearest: dict[str, Check] = {}
    for rows in read_columns(path).values():
        for row in rows:
            try:
                matches = gazetteer.lookup(row.text, within=row.within or None, limit=1)
            except QueryError:
                continue
            if not matches or matches[0].score < _SURE or matches[0].place.position == "surveyed":
                continue
            place = matches[0].place
            if get_kind(place.kind).group == "admin":
                continue
            away = distance_km((row.lon, row.lat), (place.lon, place.lat))
            check = Check(place.id, place.kind, place.position, away, place.radius_km)
            if _bears(place, row.text) and away <= _SAME_PLACE_KM + place.radius_km:
                nearest[place.id] = min(check, nearest.get(place.id, check), key=lambda one: one.away_km)
    yield from nearest.values()


def _bears(place: Place, text: str) -> bool:
    asked = fold(text)
    return any(fold(name.text) == asked for name in place.names)


def count_coverage(checks: Iterable[Check], radii: Iterable[Place | PlaceRecord]) -> list[Coverage]:
    """The results by kind and position; the medians are of all places in `radii`, checked or not."""
    groups: dict[tuple[str, str], list[Check]] = {}
    for check in checks:
        groups.setdefault((check.kind, check.position), []).append(check)
    all_radii: dict[tuple[str, str], list[float]] = {}
    for place in radii:
        all_radii.setdefault((place.kind, place.position), []).append(place.radius_km)
    return [
        Coverage(
            kind,
            position,
            len(group),
            sum(check.holds for check in group),
            (_count_half(group, 0), _count_half(group, 1)),
            median(all_radii.get((kind, position), [0.0])),
        )
        for (kind, position), group in sorted(groups.items(), key=lambda pair: (pair[0][1], pair[0][0]))
    ]


def _count_half(checks: Iterable[Check], which: int) -> tuple[int, int]:
    """Numbers of points within the radius and of points checked, in one half."""
    mine = [check.holds for check in checks if check.half == which]
    return sum(mine), len(mine)
