"""Candidates at one spot are one answer to whoever wants a point: a town, the units that it heads, its citadel."""

from __future__ import annotations

from typing import Any

from buldan.geometry import distance_km
from buldan.index import Index
from buldan.lookup.ranking import Ranking

__all__ = ["CoLocated", "group_co_located"]

_SAME_SPOT_KM, _BOX = 3.0, 0.04
"""How far apart candidates of one spot may lie, and degrees beyond which they lie farther apart for certain."""

_MOST_HERE = 2
"""Candidates of one spot that an answer shows; the rest differ in kind alone and can be asked for by kind."""

_LEAST_SHARE = 0.1
"""A second candidate of a spot is shown from this share of the first one's probability: a town's sub-district is, a
market that bears the town's name only in part is not. Its probability counts for the spot all the same."""

_MOST_CANDIDATES = 60
"""Candidates that are gathered into spots, the best first: a later one is likely by a sixtieth at the most."""

_LEAST_SCORE = 1e-5
"""A candidate less likely than this adds nothing to a spot."""


class CoLocated:
    """Candidates near each other: their positions in the ranking, best first, and their probability together."""

    def __init__(self, row: int, lon: float, lat: float, position: int, score: float) -> None:
        self.row, self.lon, self.lat = row, lon, lat
        self.positions = [position]
        self.score = score

    def shift(self, by: int, factor: float) -> CoLocated:
        """The same spot in a ranking with `by` candidates more before it, its probability times `factor`."""
        shifted = CoLocated(self.row, self.lon, self.lat, self.positions[0] + by, self.score * factor)
        shifted.positions.extend(position + by for position in self.positions[1:])
        return shifted


def group_co_located(index: Index, ranking: Ranking) -> list[CoLocated]:
    """The spots of a ranking, the likeliest first; each gathers around its best candidate."""
    spots: list[CoLocated] = []
    lons, lats, headed, of_seat = index.lon.data, index.lat.data, index.headed.data, index.of_seat.data
    for position in range(min(_MOST_CANDIDATES, len(ranking.rows))):
        score = ranking.scores[position]
        if score < _LEAST_SCORE and position:
            break
        row = ranking.rows[position]
        # By the ground first, then by name: a governorate is 50 km from the point of its seat, and still the same
        # answer.
        home = _find_spot(spots, lons[row], lats[row])
        if home is None and of_seat[row]:
            home = _find_spot_of_unit(spots, row, headed)
        if home is None:
            spots.append(CoLocated(row, lons[row], lats[row], position, score))
        else:
            # The sum, since whoever means any of them gets the spot.
            home.score += score
            if len(home.positions) < _MOST_HERE and score >= _LEAST_SHARE * ranking.scores[home.positions[0]]:
                home.positions.append(position)
    return sorted(spots, key=lambda spot: -spot.score)


def _find_spot(spots: list[CoLocated], lon: float, lat: float) -> CoLocated | None:
    """The first spot near enough, by a box before the distance."""
    for spot in spots:
        if (
            -_BOX < spot.lat - lat < _BOX
            and -_BOX < spot.lon - lon < _BOX
            and distance_km((spot.lon, spot.lat), (lon, lat)) <= _SAME_SPOT_KM
        ):
            return spot
    return None


def _find_spot_of_unit(spots: list[CoLocated], row: int, headed: Any) -> CoLocated | None:
    """The spot of the town that heads a unit, or of the unit that a town heads: who names one may mean the other."""
    for spot in spots:
        for level in range(3):
            if headed[spot.row, level] == row or headed[row, level] == spot.row:
                return spot
    return None
