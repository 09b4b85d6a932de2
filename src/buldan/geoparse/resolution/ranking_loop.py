"""How likely the place of each hit is what is meant, and which places are next: the loop over hits and candidates.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from math import exp, log
from typing import Any

from buldan.geoparse.resolution.choices import Choices
from buldan.geoparse.resolution.place_views import PlaceViews

__all__ = ["MOST_ALTERNATIVES", "rank_places"]

MOST_ALTERNATIVES = _MOST = 3

_FIRST, _BEST, _ROW, _SHARE = 0, 1, 1, 1
"""Rows of the table by hit, of that of pairs, and of their scores (`buldan.geoparse.resolution.choices`)."""

_LEAST_SHARE = 0.001
"""An alternative less likely than this is not told; a slight one is still what a reader may choose."""

_CERTAIN, _SPOT_DEG = 0.98, 0.05
"""Places so near are one answer: a city and its unit. Where one is certain by itself, nothing is to be added."""

_MOST_CERTAIN = 1e-4
"""No probability is nearer to 0 or 1 than this, so that its log-odds are finite."""


def rank_places(
    which: Any,
    choices: Choices,
    places: PlaceViews,
    log_odds: Any,
    calibration: tuple[float, float],
    chances: Any,
    told: Any,
) -> int:
    """Fill in the confidence of each hit and its next places, the likeliest first, and say how many these are in all.

    Args:
        which: the hits that are ranked, each of which has a place.
        choices: the candidates of all hits, and which of them was chosen.
        places: all there are.
        log_odds: of the hits that are ranked, that they are mentions.
        calibration: slope and intercept, learned on texts held out (Platt 1999): as often right as it says.
        chances: of the same, how sure each is, to be filled; behind these, how likely the next places are.
        told: where the next places of each end, to be filled; behind these, their rows.
    """
    by_hit, pairs, scores = choices.by_hit, choices.pairs, choices.scores
    lon, lat = places.lon, places.lat
    slope, intercept = calibration
    ranked, count = len(which), 0
    for at in range(ranked):
        hit = which[at]
        likeliest, start, stop = by_hit[_BEST, hit], by_hit[_FIRST, hit], by_hit[_FIRST, hit + 1]
        # Both must be right, that it is a mention and which place: the chances are multiplied.
        chance, most = 1.0 / (1.0 + exp(-log_odds[at])), scores[_SHARE, likeliest]
        raw = chance * (most if most >= _CERTAIN else _add_spot(start, stop, likeliest, pairs, scores, lon, lat))
        # The logit below is infinite at 0 and 1.
        inside = min(max(raw, _MOST_CERTAIN), 1.0 - _MOST_CERTAIN)
        sure = 1.0 / (1.0 + exp(-(slope * log(inside / (1.0 - inside)) + intercept)))
        chances[at] = sure
        begun = count
        # Where the first is certain, there are no others to tell.
        if most < 1.0 - _LEAST_SHARE:
            # What the calibration takes from the first is shared among the others as they shared the rest before.
            left = chance * (1.0 - sure) / max(1.0 - raw, _MOST_CERTAIN)
            for pair in range(start, stop):
                if pair != likeliest and scores[_SHARE, pair] >= _LEAST_SHARE:
                    chance_of = left * scores[_SHARE, pair]
                    count = _insert(begun, count, pairs[_ROW, pair], chance_of, ranked, told, chances)
        told[at] = count
    return count


def _add_spot(start: int, stop: int, likeliest: int, pairs: Any, scores: Any, lon: Any, lat: Any) -> float:
    """The share of the likeliest place and of all that lie at its spot."""
    # A square of degrees in place of a circle: what is at one spot is far nearer than the edge.
    here_lon, here_lat, total = lon[pairs[_ROW, likeliest]], lat[pairs[_ROW, likeliest]], 0.0
    for pair in range(start, stop):
        east, north = lon[pairs[_ROW, pair]] - here_lon, lat[pairs[_ROW, pair]] - here_lat
        if -_SPOT_DEG < east < _SPOT_DEG and -_SPOT_DEG < north < _SPOT_DEG:
            total += scores[_SHARE, pair]
    return min(total, 1.0)


def _insert(begun: int, count: int, row: int, chance: float, ranked: int, told: Any, chances: Any) -> int:
    """Put a place among the next ones of its hit, of like ones the later first, and say where these end."""
    # Sorted as they come: three places are kept, for which any sort would cost more.
    to = count
    while to > begun and chances[ranked + to - 1] <= chance:
        to -= 1
    if to - begun >= _MOST:
        return count
    end = min(count + 1, begun + _MOST)
    for at in range(ranked + end - 1, ranked + to, -1):
        told[at], chances[at] = told[at - 1], chances[at - 1]
    told[ranked + to], chances[ranked + to] = row, chance
    return end
