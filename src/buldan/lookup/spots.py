"""Candidates at one spot are one answer to whoever wants a point: a town, its sub-district, its citadel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from buldan.geometry import distance_km
from buldan.index import Index
from buldan.lookup.weighing import Ranking

__all__ = ["Spot", "find_spots"]

_SAME_SPOT_KM = 3.0
_MOST_HERE = 2
"""Candidates of one spot that an answer shows; the rest differ in kind alone and can be asked for by kind."""

_MOST_CANDIDATES = 60

_LEAST_SCORE = 1e-5
"""A candidate less likely than this adds nothing to a spot."""


@dataclass(slots=True)
class Spot:
    """Candidates near each other: their positions in the ranking, best first, and their probability together."""

    lon: float
    lat: float
    positions: list[int]
    score: float


def find_spots(index: Index, ranking: Ranking) -> list[Spot]:
    """The spots of a ranking, the likeliest first; each gathers around its best candidate."""
    spots: list[Spot] = []
    likely = [score for score in ranking.scores[:_MOST_CANDIDATES] if score >= _LEAST_SCORE] or ranking.scores[:1]
    for position, score in enumerate(likely):
        row = ranking.rows[position]
        lon, lat = float(index.lon[row]), float(index.lat[row])
        home = _spot_at(spots, lon, lat)
        if home is None:
            spots.append(Spot(lon, lat, [position], score))
        else:
            home.score += score
            if len(home.positions) < _MOST_HERE:
                home.positions.append(position)
    return sorted(spots, key=lambda spot: -spot.score)


def _spot_at(spots: Iterable[Spot], lon: float, lat: float) -> Spot | None:
    """The first spot near enough, by a box before the distance."""
    for spot in spots:
        near = abs(spot.lat - lat) < 0.03 and abs(spot.lon - lon) < 0.04
        if near and distance_km((spot.lon, spot.lat), (lon, lat)) <= _SAME_SPOT_KM:
            return spot
    return None
