"""How likely the place of each hit is what is meant, and which places are next: the loop over hits and candidates.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from math import exp, log
from typing import Any

from buldan.geoparse.resolution.place_views import PlaceViews

__all__ = ["MOST_ALTERNATIVES", "rank_places"]

MOST_ALTERNATIVES = _MOST = 3

_LEAST_SHARE = 0.001
"""An alternative less likely than this is not told; a slight one is still what a reader may choose."""

_CERTAIN, _SPOT_DEG = 0.98, 0.05
"""Places so near are one answer: a city and its unit. Where one is certain by itself, nothing is to be added."""

_MOST_CERTAIN = 1e-4
"""No probability is nearer to 0 or 1 than this, so that its log-odds are finite."""


def rank_places(
    which: Any,
    pairs: tuple[Any, ...],
    places: PlaceViews,
    log_odds: Any,
    calibration: tuple[float, float],
    confidence: Any,
    ends: Any,
    next_rows: Any,
    next_chances: Any,
) -> int:
    """Fill in the confidence of each hit and its next places, the likeliest first, and say how many these are in all.

    Args:
        which: the hits that are ranked, each of which has a place.
        pairs: by hit, where its candidates begin, one more, the end; by candidate, its row and its share of the
            probability; by hit, the likeliest candidate.
        places: all there are.
        log_odds: of the hits that are ranked, that they are mentions.
        calibration: slope and intercept, learned on texts held out (Platt 1999): as often right as it says.
        confidence: of the same, to be filled.
        ends: where the next places of each end, to be filled.
        next_rows, next_chances: rows and probabilities of the next places, to be filled.
    """
    first, row, share, best = pairs
    lon, lat = places.lon, places.lat
    slope, intercept = calibration
    count = 0
    for at in range(len(which)):
        hit = which[at]
        likeliest, start, stop = best[hit], first[hit], first[hit + 1]
        # Both must be right, that it is a mention and which place: the chances are multiplied.
        chance, most = 1.0 / (1.0 + exp(-log_odds[at])), share[best[hit]]
        raw = chance * (most if most >= _CERTAIN else _add_spot(start, stop, likeliest, row, share, lon, lat))
        # The logit below is infinite at 0 and 1.
        inside = min(max(raw, _MOST_CERTAIN), 1.0 - _MOST_CERTAIN)
        sure = 1.0 / (1.0 + exp(-(slope * log(inside / (1.0 - inside)) + intercept)))
        confidence[at] = sure
        begun = count
        # Where the first is certain, there are no others to tell.
        if most < 1.0 - _LEAST_SHARE:
            # What the calibration takes from the first is shared among the others as they shared the rest before.
            left = chance * (1.0 - sure) / max(1.0 - raw, _MOST_CERTAIN)
            for pair in range(start, stop):
                if pair != likeliest and share[pair] >= _LEAST_SHARE:
                    count = _insert(begun, count, row[pair], left * share[pair], next_rows, next_chances)
        ends[at] = count
    return count


def _add_spot(start: int, stop: int, likeliest: int, row: Any, share: Any, lon: Any, lat: Any) -> float:
    """The share of the likeliest place and of all that lie at its spot."""
    # A square of degrees in place of a circle: what is at one spot is far nearer than the edge.
    here_lon, here_lat, total = lon[row[likeliest]], lat[row[likeliest]], 0.0
    for pair in range(start, stop):
        east, north = lon[row[pair]] - here_lon, lat[row[pair]] - here_lat
        if -_SPOT_DEG < east < _SPOT_DEG and -_SPOT_DEG < north < _SPOT_DEG:
            total += share[pair]
    return min(total, 1.0)


def _insert(begun: int, count: int, row: int, chance: float, rows: Any, chances: Any) -> int:
    """Put a place among the next ones of its hit, of like ones the later first, and say where these end."""
    # Sorted as they come: three places are kept, for which any sort would cost more.
    to = count
    while to > begun and chances[to - 1] <= chance:
        to -= 1
    if to - begun >= _MOST:
        return count
    end = min(count + 1, begun + _MOST)
    for at in range(end - 1, to, -1):
        rows[at], chances[at] = rows[at - 1], chances[at - 1]
    rows[to], chances[to] = row, chance
    return end
