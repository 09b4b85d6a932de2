"""Choose the match that a row of a table means: one inside its units, and one of two with the same name."""

from __future__ import annotations

from collections.abc import Sequence

from buldan.geometry import distance_km
from buldan.kinds import SETTLEMENT_KINDS, get_kind
from buldan.lookup import Match
from buldan.model import Place
from buldan.tables.answers import Candidate
from buldan.tables.units import Units
from buldan.text import fold, similarity

__all__ = [
    "choose",
    "count_several",
    "find_outside",
    "find_twin",
    "is_named",
    "name_outside",
    "put_town_first",
    "say_outside",
]

_NAMED_ALIKE = 0.7
"""Minimum similarity in sound of a name to a name of a place, 0..1; spellings of the same name reach .8."""

_NEARLY = 0.7
"""Share of the best score from which the kind of a place decides between two."""

_TWIN_SHARE = 0.9
"""Share of the best score from which another settlement of the same name may also be meant."""

_TWIN_KM = 0.5
"""Two settlements nearer than this are the same one, listed twice by the sources."""


def is_named(place: Place, name: str) -> bool:
    """Whether a text is a name of the place, or the cell has one of its names beside others."""
    # With blanks around, so that only whole words are found in it.
    words = f" {fold(name)} "
    return any(similarity(name, own.text) >= _NAMED_ALIKE or f" {fold(own.text)} " in words for own in place.names)


def count_several(matches: Sequence[Match]) -> int:
    """The number of places that the cell names; 0 if it names only one."""
    counts = (reason.detail for match in matches for reason in match.reasons if reason.rule == "several_places")
    return int(next(counts, 0))


def find_outside(match: Match, units: Units) -> tuple[str, ...]:
    """The units of the row that do not contain a match. A match found by its identifier has no reason that says so."""
    if any(reason.rule in {"within_inside", "within_outside"} for reason in match.reasons):
        return tuple(unit for unit in name_outside(match) if unit in units.chain)
    return units.find_outside(match.place)


def name_outside(match: Match) -> list[str]:
    """The units that do not contain a match, including units named in the cell."""
    return [reason.detail.rpartition(": ")[0] for reason in match.reasons if reason.rule == "within_outside"]


def say_outside(units: Sequence[str]) -> str:
    """The doubt that a place lies outside these units, each listed once; empty if there are none."""
    return f"outside {', '.join(dict.fromkeys(units))}" if units else ""


def choose(candidates: Sequence[Candidate], names: Sequence[str], units: Units) -> Candidate | None:
    """The likeliest place inside the units, if its name fits; None if there is none."""
    first = candidates[0]
    if not first.against:
        return _prefer_settlement(candidates, units)
    return next((each for each in candidates if not each.against and _fits(each.match, names)), None)


def _prefer_settlement(candidates: Sequence[Candidate], units: Units) -> Candidate:
    """The first, or a settlement that is nearly as likely: rows with a sub-district mostly list communities."""
    first = candidates[0]
    if not units.strict or units.narrowest is None or units.narrowest.kind != "sub-district":
        return first
    if first.match.place.kind in SETTLEMENT_KINDS or not first.match.ambiguous:
        return first
    # Rows with a sub-district list communities; the settlement is preferred only if its score is nearly as good.
    likely = (each for each in candidates if not each.against and each.match.score >= _NEARLY * first.match.score)
    return next((each for each in likely if each.match.place.kind in SETTLEMENT_KINDS), first)


def _fits(match: Match, names: Sequence[str]) -> bool:
    """Whether the name that matched is the one asked for, perhaps in another spelling."""
    return any(similarity(name, match.name.text) >= _NAMED_ALIKE for name in names)


def find_twin(best: Match, others: Sequence[Candidate]) -> Match | None:
    """Another settlement of the same name nearly as likely, but not on the same point; None if there is none."""
    if best.place.kind not in SETTLEMENT_KINDS:
        return None
    for other in (candidate.match for candidate in others if not candidate.against):
        alike = other.place.kind in SETTLEMENT_KINDS and other.score >= _TWIN_SHARE * best.score
        if alike and fold(other.name.text) == fold(best.name.text) and _are_apart(best.place, other.place):
            return other
    return None


def put_town_first(matches: list[Match]) -> list[Match]:
    """The matches; of a town and ruins of the same name and score, the town is first.

    A row with its district is an address, and ruins have no P-code.
    """
    if len(matches) > 1 and matches[0].score == matches[1].score:
        ruins, town = matches[:2]
        if get_kind(ruins.place.kind).group == "site" and get_kind(town.place.kind).group == "settlement":
            return [town, ruins, *matches[2:]]
    return matches


def _are_apart(one: Place, other: Place) -> bool:
    return distance_km((one.lon, one.lat), (other.lon, other.lat)) > _TWIN_KM
