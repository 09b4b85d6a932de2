"""Spellings of the settlement that a facility is named after, which are spellings of its name, too: Kweires airbase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

from buldan.geometry import distance_km
from buldan.index.forms import Rule, iter_forms
from buldan.kinds import LONE_KINDS, kind_codes, kinds_named
from buldan.store.records import NameRecord
from buldan.text import Words, derive_skeletons, make_plain_key
from buldan.thresholds import BESIDE_KM

__all__ = ["find_spellings_named_after"]

_LACKS_SIDE = {Rule.ATTESTED: False, Rule.KIND_LEFT_OUT: False, Rule.SIDE_LEFT_OUT: True}
"""Whether a form of a settlement's name lacks its side, كويرس of كويرس شرقي; forms by other rules name no facility."""


def find_spellings_named_after(
    names: Sequence[NameRecord], name_place: Sequence[int], columns: dict[str, NDArray[Any]]
) -> dict[int, list[Words]]:
    """By the row of a facility's Arabic name, the Latin spellings of the settlement beside it that bears the rest.

    Only for kinds of which a place has hardly two, and for what it does not bear itself.

    Args:
        names: all names.
        name_place: the row of the place of each.
        columns: the arrays of places.
    """
    kind, lon, lat = columns["place.kind"], columns["place.lon"], columns["place.lat"]
    codes = kind_codes()
    lone = {codes[each] for each in LONE_KINDS}
    settlement_codes = {codes[each] for each in kinds_named("settlement")}
    # A settlement by its whole name and by that without its side are two: each has spellings of its own.
    bearers: defaultdict[Words, set[tuple[int, bool]]] = defaultdict(set)
    spelled: defaultdict[tuple[int, bool], set[Words]] = defaultdict(set)
    own: defaultdict[int, set[str]] = defaultdict(set)
    rest: list[tuple[int, Words]] = []
    for row, (name, place) in enumerate(zip(names, name_place, strict=True)):
        if kind[place] in lone:
            for words, rule in iter_forms(name.name):
                own[place].add(make_plain_key(words))
                if name.script == "Arab" and rule == Rule.TYPE_LEFT_OUT:
                    rest.append((row, words))
        elif kind[place] in settlement_codes and name.script in {"Arab", "Latn"}:
            for words, rule in iter_forms(name.name):
                if rule not in _LACKS_SIDE:
                    continue
                bearer = place, _LACKS_SIDE[rule]
                if name.script == "Arab":
                    bearers[words].add(bearer)
                else:
                    spelled[bearer].add(words)
    _add_short_spellings(bearers, spelled)
    borrowed: dict[int, list[Words]] = {}
    for row, words in rest:
        place = name_place[row]
        point = (lon[place], lat[place])
        beside = [each for each in bearers[words] if distance_km(point, (lon[each[0]], lat[each[0]])) < BESIDE_KM]
        # By how they are found: what is written alike but for marks is one spelling.
        spellings = {make_plain_key(each): each for held in beside for each in sorted(spelled[held])}
        borrowed[row] = [each for key, each in sorted(spellings.items()) if key not in own[place]]
        own[place].update(spellings)
    return borrowed


def _add_short_spellings(
    bearers: Mapping[Words, Iterable[tuple[int, bool]]], spelled: defaultdict[tuple[int, bool], set[Words]]
) -> None:
    """To a settlement's spellings without its side those that a list gives as its whole name: Kwairis of كويرس شرقي."""
    for words, held in bearers.items():
        heard = frozenset(derive_skeletons(words))
        for place, lacks_side in held:
            if lacks_side:
                whole = spelled.get((place, False), set())
                spelled[place, True] |= {each for each in whole if not heard.isdisjoint(derive_skeletons(each))}
