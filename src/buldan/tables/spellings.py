"""One place under several names: what its columns in two languages say together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from buldan.lookup import Match
from buldan.text import fold

__all__ = ["merge_matches"]

_WEIGHT_OF_A_SECOND = 0.5
"""How much of what is still unsure about a place a second name takes away: two names of a row are no independent
witnesses, since namesakes share both, and a translation is often made from the other."""


def merge_matches(found: Sequence[Sequence[Match]]) -> list[Match]:
    """The matches of each name together, best first; a place that several names lead to gains.

    Where the names lead to different places first, the answer is ambiguous.
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
    """The likelier of two matches of one place, likelier still."""
    better, other = (first, second) if first.score >= second.score else (second, first)
    score = better.score + (1 - better.score) * _WEIGHT_OF_A_SECOND * other.score
    return replace(better, score=round(score, 4))


def _have_one_point(matches: Sequence[Match]) -> bool:
    """Whether matches stand for one spot: a town and the unit that bears its name."""
    names = ({fold(name.text) for name in match.place.names} for match in matches)
    # Near each other alone is not enough: Douma and Harasta are neighbours, and a row that names both is in doubt.
    near = len({(round(match.place.lon, 1), round(match.place.lat, 1)) for match in matches}) == 1
    return near and bool(set.intersection(*names))
