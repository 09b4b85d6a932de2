"""Structured queries: an address in parts, of which the smallest is searched within the others."""

from __future__ import annotations

from collections.abc import Mapping

from buldan.describe import COUNTRY_CODE
from buldan.gazetteer import Gazetteer
from buldan.http.facades.asking import find_matches
from buldan.kinds import kinds
from buldan.lookup import Match
from buldan.model import Place

__all__ = ["COUNTRY_ID", "find_by_parts", "find_wholes", "is_ours", "list_kinds"]

COUNTRY_ID = COUNTRY_CODE.upper()
"""Id of the country, which is its P-code."""


def list_kinds(*names: str) -> frozenset[str]:
    """Kinds by group or id."""
    return frozenset(kind.id for kind in kinds().values() if {kind.id, kind.group} & set(names))


_PARTS = {
    "amenity": (list_kinds("facility", "transport", "military", "site"),),
    "housenumber": (),
    "street": (list_kinds("road"), list_kinds("quarter")),
    "district": (list_kinds("quarter", "camp"), list_kinds("settlement")),
    "city": (list_kinds("settlement", "camp"), list_kinds("quarter"), list_kinds("sub-district", "district")),
    "county": (list_kinds("district"), list_kinds("sub-district")),
    "state": (list_kinds("governorate"),),
    "postcode": (),
}
"""Sets of kinds for each part, the smallest part and the most probable kinds first; empty if the gazetteer has none."""

_SOFT = frozenset({"housenumber", "street", "district", "postcode"})
"""Parts of which the gazetteer has few or none: if one is unknown, the place that contains it is the answer."""


def find_by_parts(
    gaz: Gazetteer, parts: Mapping[str, str], *, least_score: float, kinds: frozenset[str] | None = None
) -> list[Match]:
    """Matches for the smallest part that is known, within the others, best first; unknown parts are ignored.

    Args:
        gaz: the gazetteer.
        parts: texts by the name of the part; other names are ignored.
        least_score: see `buldan.http.facades.asking.is_firm`.
        kinds: kinds to keep; None for all.
    """
    names = [name for name in _PARTS if name in parts]
    for position, name in enumerate(names):
        coarser = [parts[other] for other in names[position + 1 :]]
        for likely in _PARTS[name]:
            wanted = likely if kinds is None else likely & kinds
            matches = find_matches(gaz, parts[name], least_score=least_score, within=coarser, kinds=wanted)
            if matches:
                return matches
        if name not in _SOFT:
            return []
    return []


def is_ours(gaz: Gazetteer, country: str) -> bool:
    """Whether a country's name or code is Syria's, in any language and spelling of the gazetteer."""
    if country.casefold() in {COUNTRY_CODE, "syr"}:
        return True
    return bool(find_matches(gaz, country, least_score=0.5, kinds={"country"}))


def find_wholes(gaz: Gazetteer, place: Place) -> tuple[Place, ...]:
    """The places that a place is a part of, nearest first: for a mosque its quarter, then the quarter's city."""
    wholes: list[Place] = []
    while place.part_of:
        place = gaz.place(place.part_of)
        wholes.append(place)
    return tuple(wholes)
