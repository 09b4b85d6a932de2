"""How likely the place of each hit is what is meant, and which places are next: the loop over hits and candidates.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp, inf, log
from typing import Any

from buldan.geoparse.resolution.choices import BEST, FIRST_PAIR, ROW, SHARE, Choices
from buldan.geoparse.resolution.place_views import PlaceViews
from buldan.model import Place

__all__ = ["rank_places"]

_MOST = 3
"""Alternatives of a hit."""

_STEPS, _TO_WHOLE = 10_000, 6755399441055744.0
"""Into how many steps a probability is rounded; and what leaves no digit behind the point when it is added: three
halves of 2 to the 52nd."""

_FIRST, _BEST, _ROW, _SHARE = FIRST_PAIR, BEST, ROW, SHARE
"""Rows of the table by hit, of that of pairs, and of their scores (`buldan.geoparse.resolution.choices`)."""

_LEAST_SHARE = 0.001
"""An alternative less likely than this is left out; a slight one is still what a reader may choose."""

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
    index_places: Sequence[Place],
    make_alternative: Callable[[tuple[Place, float]], Any],
) -> tuple[list[float], list[tuple[Any, ...]]]:
    """The confidence of each hit, and its next places, the likeliest first, as `make_alternative` makes them.

    Args:
        which: the hits that are ranked, each of which has a place.
        choices: the candidates of all hits, and which of them was chosen.
        places: all there are.
        log_odds: of the hits that are ranked, that they are mentions.
        calibration: slope and intercept, learned on texts held out (Platt 1999): as often right as it says.
        index_places: the places by row.
        make_alternative: makes of a place and its chance what stands for it; called once for the same.
    """
    by_hit, pairs, scores = choices.by_hit, choices.pairs, choices.scores
    lon, lat = places.lon, places.lat
    slope, intercept = calibration
    confidence: list[float] = []
    alternatives: list[tuple[Any, ...]] = []
    made: dict[tuple[int, float], Any] = {}
    for at in range(len(which)):
        hit = which[at]
        likeliest, start, stop = by_hit[_BEST, hit], by_hit[_FIRST, hit], by_hit[_FIRST, hit + 1]
        # Both must be right, that it is a mention and which place: the chances are multiplied.
        chance, most = 1.0 / (1.0 + exp(-log_odds[at])), scores[_SHARE, likeliest]
        raw = chance * (
            most if most >= _CERTAIN else _sum_shares_nearby(start, stop, likeliest, pairs, scores, lon, lat)
        )
        # The logit below is infinite at 0 and 1.
        inside = min(max(raw, _MOST_CERTAIN), 1.0 - _MOST_CERTAIN)
        sure = 1.0 / (1.0 + exp(-(slope * log(inside / (1.0 - inside)) + intercept)))
        confidence.append(_round(sure))
        # Where the first is certain, there are no others to make_alternative.
        if most >= 1.0 - _LEAST_SHARE:
            alternatives.append(())
            continue
        # What the calibration takes from the first is shared among the others as they shared the rest before.
        left = chance * (1.0 - sure) / max(1.0 - raw, _MOST_CERTAIN)
        following: list[Any] = []
        before, bound = stop, inf
        for _ in range(_MOST):
            pair = _find_next(start, before, stop, likeliest, left, bound, scores)
            if pair < 0:
                break
            before, bound = pair, left * scores[_SHARE, pair]
            # Many are alike, for names come again and again: each is made once.
            one = (pairs[_ROW, pair], _round(bound))
            if one not in made:
                made[one] = make_alternative((index_places[one[0]], one[1]))
            following.append(made[one])
        alternatives.append(tuple(following))
    return confidence, alternatives


def _round(chance: float) -> float:
    """A chance in whole steps, the even one of two that are as near."""
    return (chance * _STEPS + _TO_WHOLE - _TO_WHOLE) / _STEPS


def _sum_shares_nearby(start: int, stop: int, likeliest: int, pairs: Any, scores: Any, lon: Any, lat: Any) -> float:
    """The shares of the likeliest place and of all that lie within `_SPOT_DEG` of it, together."""
    # A square of degrees in place of a circle: what is at one spot is far nearer than the edge.
    here_lon, here_lat, total = lon[pairs[_ROW, likeliest]], lat[pairs[_ROW, likeliest]], 0.0
    for pair in range(start, stop):
        east, north = lon[pairs[_ROW, pair]] - here_lon, lat[pairs[_ROW, pair]] - here_lat
        if -_SPOT_DEG < east < _SPOT_DEG and -_SPOT_DEG < north < _SPOT_DEG:
            total += scores[_SHARE, pair]
    return min(total, 1.0)


def _find_next(start: int, before: int, stop: int, likeliest: int, left: float, bound: float, scores: Any) -> int:
    """The likeliest candidate behind the one at `before`, whose chance is `bound`; of like ones the later comes first.

    -1 where none is left that is likely enough. `left` is what a share is multiplied by.
    """
    # Sought again for each of the few that are kept, because to sort all of them would cost more.
    found, most = -1, 0.0
    for pair in range(start, stop):
        chance = left * scores[_SHARE, pair]
        if pair == likeliest or scores[_SHARE, pair] < _LEAST_SHARE:
            continue
        if (chance < bound or (chance == bound and pair < before)) and (found < 0 or chance >= most):
            found, most = pair, chance
    return found
