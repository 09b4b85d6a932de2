"""How firmly a place bears each of its names: as its own, as another, or as what is rather another place's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from buldan.enumerations import NumberInArrays
from buldan.kinds import get_kind
from buldan.model import MAIN_NAMES
from buldan.store.records import NameRecord, PlaceRecord
from buldan.text import fold

__all__ = ["Standing", "find_standings"]

_TOWNS = frozenset({"city", "town"})
_OUR_OWN = "curated"
_ONE_LIST = {"whosonfirst": "geonames"}
"""Sources that pass on the names of another."""


class Standing(NumberInArrays, IntEnum):
    """How a place stands to one of its names."""

    OWN = 0
    """What it is called today: official, or attested as its main name."""
    OTHER = 1
    """A variant, a former name, an exonym …"""
    ANOTHERS = 2
    """Rather another's own name: باريشا is Barisha before it is Um Rish, and Nour Hospital another before Jableh's."""


def find_standings(
    places: Sequence[PlaceRecord], names: Sequence[NameRecord], name_place: Sequence[int]
) -> NDArray[np.uint8]:
    """The standing of each name, by its row; `name_place` is the row of its place. Names are compared as they fold.

    A variant is another's where a settlement bears it as its main name. So is a main name that GeoNames alone gives to
    a place with an official name, where another bears it officially. Not so where a town or city bears a variant,
    only villages bear it as their own, and it is attested as well as theirs: by us or by two lists, or by one where
    none of the villages is in an official list. Whoever says المزيريب may mean either. Nor so of a place with a P-code
    where no official list has the others: GeoNames' village of that name is often the same one, mapped elsewhere.
    """
    folded = [fold(name.name) for name in names]
    is_settlement = [get_kind(place.kind).group == "settlement" for place in places]
    owners: defaultdict[str, dict[int, str]] = defaultdict(dict)
    listed = {(place, name.script) for name, place in zip(names, name_place, strict=True) if name.kind == "official"}
    for name, text, place in zip(names, folded, name_place, strict=True):
        if is_settlement[place] and name.kind in MAIN_NAMES and owners[text].get(place) != "official":
            owners[text][place] = name.kind
    standings = np.full(len(names), Standing.OTHER, np.uint8)
    for row, (name, text, place) in enumerate(zip(names, folded, name_place, strict=True)):
        if name.kind in MAIN_NAMES:
            standings[row] = Standing.OWN
        if name.kind == "local":
            standings[row] = Standing.ANOTHERS
            continue
        others = [(places[other].kind, use) for other, use in owners.get(text, {}).items() if other != place]
        if name.kind == "attested" and owners[text].get(place) != "official" and (place, name.script) in listed:
            others = [(kind, use) for kind, use in others if use == "official"]
        elif name.kind != "variant" or owners.get(text, {}).get(place):
            others = []
        if others and _is_anothers(name, places[place], others):
            standings[row] = Standing.ANOTHERS
    return standings


def _is_anothers(name: NameRecord, place: PlaceRecord, others: Sequence[tuple[str, str]]) -> bool:
    """Whether a name is rather that of others, of which the kind and the use of the name are given."""
    in_no_list = all(use == "attested" for _, use in others)
    if place.kind not in _TOWNS:
        return get_kind(place.kind).group != "admin" and not (in_no_list and "pcode" in place.identifiers)
    among_villages = all(kind == "village" for kind, _ in others)
    return not (among_villages and (in_no_list or _is_firm(name)))


def _is_firm(name: NameRecord) -> bool:
    lists = {_ONE_LIST.get(source, source) for source in name.sources}
    return _OUR_OWN in lists or len(lists) > 1
