"""Combine the matches of several names of one place, from columns in two languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from buldan.lookup import Match
from buldan.text import fold

__all__ = ["merge_matches"]

_WEIGHT_OF_A_SECOND = 0.5
"""Share of the remaining doubt about a place that a second name may remove. Two names of a row are not independent
evidence, since namesakes share both, and one is often translated from the other."""


def merge_matches(found: Sequence[Sequence[Match]]) -> list[Match]:
    """The matches of all names together, best first; the score of a place that several names match is raised.

    If the first matches of the names are different places, the answer is ambiguous.
    """
    answered = [matches for matches in found if matches]
    merged: dict[str, Match] = {}
    for matches in answered:
        for match in matches:
            before = merged.get(match.place.id)
            merged[match.place.id] = match if before is None else _join(before, match)
    firsts = {matches[0].place.id for matches in answered}
    agreed = len(firsts) == 1 or _have_one_point([matches[0] for matches in answered])
    ranked = sorted(merged.values(), key=lambda match: -match.score)
    ambiguous = not agreed or all(matches[0].ambiguous for matches in answered)
    return [replace(match, ambiguous=ambiguous) for match in ranked]


def _join(first: Match, second: Match) -> Match:
    """The likelier of two matches of one place, with a higher score."""
    better, other = (first, second) if first.score >= second.score else (second, first)
    score = better.score + (1 - better.score) * _WEIGHT_OF_A_SECOND * other.score
    return replace(better, score=round(score, 4))


def _have_one_point(matches: Sequence[Match]) -> bool:
    """Whether matches are one spot: near each other and with a common name, as a town and its unit."""
    names = ({fold(name.text) for name in match.place.names} for match in matches)
    # Being near is not enough: Douma and Harasta are neighbours, and a row that names both is doubtful.
    near = len({(round(match.place.lon, 1), round(match.place.lat, 1)) for match in matches}) == 1
    return near and bool(set.intersection(*names))
