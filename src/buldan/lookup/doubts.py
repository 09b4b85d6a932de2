"""What keeps an answer from being sure, however well its letters agree: a rule that fired takes from the score.

The score says how likely the letters and the surroundings make a place. What `doubts.tsv` lists is known of an answer
as a whole; how often such answers are right was counted over lists of strangers, and the shares follow the counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from buldan.kinds import WIDE_GROUPS, get_kind
from buldan.lookup.results import Reason
from buldan.model import Place
from buldan.rules import read_table

__all__ = ["LEAST_COARSE_KM", "doubt", "is_coarse"]

_COARSE_KM, _COARSE_SITE_KM = 10.0, 5.0
"""A point that may be off by more than this is none to act on: the seat of a district, not the place in it. Of a site
nothing but its point is asked for.
"""

LEAST_COARSE_KM = min(_COARSE_KM, _COARSE_SITE_KM)
"""Radius up to which no point is coarse."""

_RECKONED = frozenset({"settlement", "estimated"})
"""Positions that tell what a site is near, and not where it is."""


def doubt(reasons: Iterable[Reason], score: float) -> tuple[float, float]:
    """What is left of the score of an answer for its reasons, 0..1, the gravest one counts; and the least share left.

    A doubt takes a share, and no more than leaves the answer as likely as such answers are right. Which of two answers
    is likelier is told by the shares alone.
    """
    left, least = score, 1.0
    for rule, detail in reasons:
        for details, least_number, share, floor in _read_doubts().get(rule, ()):
            if (not details or detail in details) and _read_number(detail) >= least_number:
                left, least = min(left, max(score * share, min(score, floor))), min(least, share)
    return left, least


def _read_number(detail: str) -> float:
    """The kilometres that a detail ends with (`Idleb: 46 km`), or how many places it tells of; 0 for other details."""
    before, _, unit = detail.rpartition(" ")
    number = before.rpartition(" ")[2] if unit in {"km", "places"} else detail
    return float(number) if number.replace(".", "", 1).isdecimal() else 0.0


def is_coarse(place: Place) -> bool:
    """Whether a place that is a spot on the ground is known by a point far off alone; a desert is none."""
    group = get_kind(place.kind).group
    if group == "site" and place.position in _RECKONED:
        return place.radius_km > _COARSE_SITE_KM
    return group not in WIDE_GROUPS and place.position == "settlement" and place.radius_km > _COARSE_KM


@cache
def _read_doubts() -> Mapping[str, list[tuple[frozenset[str], float, float, float]]]:
    """By rule: the details that it must have, none where any will do; from what distance or number on; the share left;
    and what is left at least.
    """
    doubts: dict[str, list[tuple[frozenset[str], float, float, float]]] = {}
    for rule, detail, share, floor, _ in read_table("lookup/doubts"):
        least_number = 0.0 if detail.isdecimal() else _read_number(detail)
        details = frozenset(() if detail == "any" or least_number else detail.split())
        doubts.setdefault(rule, []).append((details, least_number, float(share), float(floor)))
    return doubts
