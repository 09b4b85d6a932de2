"""What keeps an answer from being sure, however well its letters agree: a rule that fired takes a share of the score.

The score says how likely the letters and the surroundings make a place. What `doubts.tsv` lists is known of an answer
as a whole; how often such answers are right was counted over lists of strangers, and the shares follow the counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from buldan.lookup.results import Reason
from buldan.model import Place
from buldan.rules import read_table

__all__ = ["is_coarse", "share_left_by"]

_COARSE_KM = 10.0
"""A point that may be off by more than this is none to act on: the seat of a district, not the place in it."""


def share_left_by(reasons: Iterable[Reason]) -> float:
    """By what the score of an answer is multiplied for its reasons, 0..1: the gravest one counts."""
    left = 1.0
    for rule, detail in reasons:
        for details, least_km, share in _doubts().get(rule, ()):
            if (not details or detail in details) and _read_km(detail) >= least_km:
                left = min(left, share)
    return left


def _read_km(detail: str) -> float:
    """The kilometres that a detail ends with (`Idleb: 46 km`), 0 where it ends with none."""
    return float(detail.split()[-2]) if detail.endswith(" km") else 0.0


def is_coarse(place: Place) -> bool:
    """Whether a place that is a spot on the ground is known by the point of a wide unit alone."""
    return place.position == "settlement" and place.radius_km > _COARSE_KM


@cache
def _doubts() -> Mapping[str, list[tuple[frozenset[str], float, float]]]:
    """By rule: the details that it must have, none where any will do, from what distance on, and the share left."""
    doubts: dict[str, list[tuple[frozenset[str], float, float]]] = {}
    for rule, detail, share, _ in read_table("lookup/doubts"):
        least_km = _read_km(detail)
        details = frozenset(() if detail == "any" or least_km else detail.split())
        doubts.setdefault(rule, []).append((details, least_km, float(share)))
    return doubts
