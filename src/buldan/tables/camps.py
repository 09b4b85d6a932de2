"""Camps, which bear names of their own, of the village they stand at, or of the one that their people came from.

"Talmenes Camp" lies far from Talmenes, whose people live there. A camp that the gazetteer does not know by its name is
sought at the village of that name; where no camp is known nearby, that may be the wrong one.
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
"""Camps stand close together: two in three of those that the gazetteer knows have another so near."""

_WORDS = re.compile(r"(\w+)")
_SIGNS = re.compile(r"[-–/(),،]")
_SAME_NAME = frozenset({"exact", "same_sounds"})
"""Rules of a name that is the very one asked for; among a governorate's villages many have a like one."""

_LIKELY = 0.25
"""Share of the best score from which on another place may be the one that is meant."""

_NAMED_ALIKE = 0.7
"""How alike two names must sound without the word for a camp, which all camps share."""


def find_host(
    gazetteer: Gazetteer, name: str, within: Sequence[str], matches: Sequence[Match], limit: int
) -> list[Match]:
    """Settlements that bear the name of a camp, where no camp of that name was matched; none where no camp is meant."""
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
    """The parts of a cell that have no word for a camp, where others have: Salqin in "Salqin (al-Jameia camp)"."""
    parts = [part.text for part in cut_cell(name)]
    others = [part for part in parts if _without_camp_words(part) == part]
    return ", ".join(others) if len(others) < len(parts) else ""


def doubt_camp(gazetteer: Gazetteer, names: Sequence[str], match: Match) -> str:
    """Why a place may not be the one that a camp is at; empty where nothing speaks against it, or no camp is meant."""
    asked = [own for name in names if (own := _without_camp_words(name)) != name]
    if not asked or any(_is_named_camp(match, own) for own in asked):
        return ""
    place = match.place
    if place.kind not in SETTLEMENT_KINDS:
        return f"a camp is asked for, this is a {place.kind} of another name"
    if not {reason.rule for reason in match.reasons} & _SAME_NAME:
        return "a camp is asked for, this is a place of a like name"
    if gazetteer.reverse(lon=place.lon, lat=place.lat, kinds=["camp"], radius_km=_NEARBY_KM, limit=1):
        return ""
    return "no camp is known near here; it may be named after the place that its people came from"


def find_together(
    gazetteer: Gazetteer, names: Sequence[str], within: Sequence[str], matches: Sequence[Match]
) -> list[Match]:
    """The matches of a cell that names a camp and the place it is at ("Bazagha - Al Makatea camp"), each as its own
    part of the cell gives it; none where no camp is meant, or they lie apart.
    """
    if all(_without_camp_words(name) == name for name in names):
        return []
    likely = [match for match in matches if match.score >= _LIKELY * matches[0].score]
    here = (likely[0].place.lon, likely[0].place.lat)
    # Parts that lie apart are two places, or a camp and the village that its people came from.
    if any(distance_km(here, (other.place.lon, other.place.lat)) > _NEARBY_KM for other in likely[1:]):
        return []
    parts = [part.text for name in names for part in cut_cell(name)]
    alone = [match for part in parts if fold(part) for match in gazetteer.lookup(part, within=tuple(within) or None)]
    scores = {match.place.id: match.score for match in sorted(alone, key=lambda match: match.score)}
    return [replace(match, score=scores.get(match.place.id, match.score), ambiguous=False) for match in matches]


def _is_named_camp(match: Match, own: str) -> bool:
    """Whether a match is a camp whose own name is a part of the one asked for."""
    if match.place.kind != "camp":
        return False
    called = _without_camp_words(match.name.text)
    parts = (own, *_SIGNS.split(own))
    return set(fold(called).split()) <= set(fold(own).split()) or any(
        similarity(part, called) >= _NAMED_ALIKE for part in parts if fold(part)
    )


def _without_camp_words(name: str) -> str:
    """A name without the words for a camp; as it was where it has none."""
    pieces = _WORDS.split(name)
    kept = [piece for piece in pieces if fold(piece) not in _read_camp_words()]
    return name if len(kept) == len(pieces) else "".join(kept).strip()


@cache
def _read_camp_words() -> frozenset[str]:
    return frozenset(fold(word) for word, term in load_generic_terms().items() if "camp" in term.kinds)
