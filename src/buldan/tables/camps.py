"""Camps, which have their own name, that of the village they are at, or that of the one their people came from.

"Talmenes Camp" lies far from Talmenes, whose people live there. If the gazetteer has no
camp of a name, the village of that name is given; if no camp is known near that village, it may be the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from buldan.gazetteer import Gazetteer
from buldan.geometry import distance_km
from buldan.kinds import SETTLEMENT_KINDS
from buldan.lookup import Match
from buldan.lookup.cells import cut_cell
from buldan.text import fold, load_generic_terms, similarity

__all__ = ["doubt_camp", "find_host", "find_together"]

_NEARBY_KM = 7.5
"""Distance within which camps are neighbours: two in three camps of the gazetteer have another one so near."""

_WORDS = re.compile(r"(\w+)")
_SIGNS = re.compile(r"[-–/(),،]")
_SAME_NAME = frozenset({"exact", "same_sounds"})
"""Rules of a match with exactly the name asked for. Similar names are common among the villages of a governorate."""

_LIKELY = 0.25
"""Share of the best score from which another place may be the one meant."""

_NAMED_ALIKE = 0.7
"""Minimum similarity in sound of two names of camps, compared without the word for camp, 0..1."""


def find_host(
    gazetteer: Gazetteer, name: str, within: Sequence[str], matches: Sequence[Match], limit: int
) -> list[Match]:
    """Settlements with the name of a camp, if no camp of that name was matched; empty if the name is not a camp's."""
    own = _without_camp_words(name)
    if own == name or not fold(own) or any(_is_named_camp(match, own) for match in matches[:1]):
        return []
    asked = [own, _strip_camp_words(name)]
    found = [
        list(gazetteer.lookup(text, within=tuple(within) or None, kinds=["settlement"], limit=limit))
        for text in filter(fold, asked)
    ]
    return max(found, key=lambda hosts: hosts[0].score if hosts else 0.0)


def _strip_camp_words(name: str) -> str:
    """The parts of a cell without a word for a camp, if others have one: Salqin in "Salqin (al-Jameia camp)"."""
    parts = [part.text for part in cut_cell(name)]
    others = [part for part in parts if _without_camp_words(part) == part]
    return ", ".join(others) if len(others) < len(parts) else ""


def doubt_camp(gazetteer: Gazetteer, names: Sequence[str], match: Match) -> str:
    """Why a camp may not be at this place; empty if there is no doubt, or the names are not of a camp."""
    asked = [own for name in names if (own := _without_camp_words(name)) != name]
    if not asked or any(_is_named_camp(match, own) for own in asked):
        return ""
    place = match.place
    if place.kind not in SETTLEMENT_KINDS:
        return f"the row asks for a camp, this is a {place.kind} with another name"
    if not {reason.rule for reason in match.reasons} & _SAME_NAME:
        return "the row asks for a camp, this is a place with a similar name"
    if gazetteer.reverse(lon=place.lon, lat=place.lat, kinds=["camp"], radius_km=_NEARBY_KM, limit=1):
        return ""
    return "no camp is known near here; it may be named after the place that its people came from"


def find_together(
    gazetteer: Gazetteer, names: Sequence[str], within: Sequence[str], matches: Sequence[Match]
) -> list[Match]:
    """The matches of a cell with a camp and the place it is at ("Bazagha - Al Makatea camp"), with the score that each
    has from its own part of the cell; empty if no camp is named, or the places are not near each other.
    """
    if all(_without_camp_words(name) == name for name in names):
        return []
    likely = [match for match in matches if match.score >= _LIKELY * matches[0].score]
    here = (likely[0].place.lon, likely[0].place.lat)
    # Parts far from each other are two places, or a camp and the village that its people came from.
    if any(distance_km(here, (other.place.lon, other.place.lat)) > _NEARBY_KM for other in likely[1:]):
        return []
    parts = [part.text for name in names for part in cut_cell(name)]
    alone = [match for part in parts if fold(part) for match in gazetteer.lookup(part, within=tuple(within) or None)]
    scores = {match.place.id: match.score for match in sorted(alone, key=lambda match: match.score)}
    return [replace(match, score=scores.get(match.place.id, match.score), ambiguous=False) for match in matches]


def _is_named_camp(match: Match, own: str) -> bool:
    """Whether a match is a camp of which a name, without words for a camp, is a part of the name asked for."""
    if match.place.kind != "camp":
        return False
    # The name that matched may be of the other script.
    names = {_without_camp_words(text) for text in (match.name.text, *(name.text for name in match.place.names))}
    parts, words = (own, *_SIGNS.split(own)), set(fold(own).split())
    return any(
        set(fold(called).split()) <= words
        or any(similarity(part, called) >= _NAMED_ALIKE for part in parts if fold(part))
        for called in names
        if fold(called)
    )


def _without_camp_words(name: str) -> str:
    """A name without the words for a camp; unchanged if it has none."""
    pieces = _WORDS.split(name)
    kept = [piece for piece in pieces if fold(piece) not in _read_camp_words()]
    return name if len(kept) == len(pieces) else "".join(kept).strip()


@cache
def _read_camp_words() -> frozenset[str]:
    return frozenset(fold(word) for word, term in load_generic_terms().items() if "camp" in term.kinds)
