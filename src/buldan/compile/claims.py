"""Which of several places a name or an identifier belongs to that sources give to more than one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from buldan.compile.likeness import compare, take_spellings
from buldan.compile.merge import Entry
from buldan.compile.nearness import DOUBLE_KM
from buldan.compile.record import owns
from buldan.geometry import distance_km
from buldan.kinds import get_kind
from buldan.model import MAIN_NAMES, Name, identifier_pairs, identifier_values
from buldan.text import fold

__all__ = ["drop_names_of_others", "give_identifiers_to_one"]


_BORROWED_KM = 12.0
"""GeoNames gives villages of the names of others that lie so far: Menagh's to Maarin, 11 km east of it."""

_UNLIKE = 0.6
"""Likeness below which a name is no spelling of another."""

_HEARD = frozenset({"geonames", "whosonfirst"})
"""Sources whose further names nobody checked: GeoNames, and Who's On First, which took over GeoNames'."""

_LISTING = "ocha"
"""The source that lists the villages of the country, each once, with the names that officials use."""


def drop_names_of_others(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without names that belong to a neighbour or to their whole.

    Where a place bears as a variant what another of its kind a stone's throw away is officially called, a
    source has mistaken one for the other. So it has where, farther off, OCHA lists the village of that name, and the
    variant sounds like no main name and no name of ours. Where a citadel or a ruin bears the bare name of the town
    that it is a part of, a source has written of the town; unless we ourselves give it that name.
    """
    main: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    wholes = {f"{scheme}:{value}": whole for whole in entries for scheme, value in identifier_pairs(whole.identifiers)}
    listed: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for name in entry.names:
            if name.kind in MAIN_NAMES:
                main[entry.kind, fold(name.text)].append(entry)
            if get_kind(entry.kind).group == "settlement" and _LISTING in name.sources and name.script == "Arab":
                listed[fold(name.text)].append(entry)

    def is_neighbours(entry: Entry, name: Name) -> bool:
        others = main[entry.kind, fold(name.text)] if name.kind == "variant" else []
        return any(
            other is not entry and distance_km((entry.lon, entry.lat), (other.lon, other.lat)) <= DOUBLE_KM
            for other in others
        )

    def is_listed_afar(entry: Entry, name: Name) -> bool:
        if name.script != "Arab" or not _is_heard(name):
            return False
        point = entry.lon, entry.lat
        return any(
            other is not entry and distance_km(point, (other.lon, other.lat)) <= _BORROWED_KM
            for other in listed[fold(name.text)]
        )

    def keep_own(entry: Entry) -> Entry:
        whole = wholes.get(entry.part_of)
        taken = {fold(name.text) for name in whole.names} if whole else set()
        borrowed = _find_borrowed(entry, [name for name in entry.names if is_listed_afar(entry, name)])
        kept = tuple(
            name
            for name in entry.names
            if not is_neighbours(entry, name)
            and name not in borrowed
            and ("curated" in name.sources or fold(name.text) not in taken)
        )
        # A place keeps wrong names rather than none: it has to be found by something.
        return replace(entry, names=kept) if kept else entry

    return [keep_own(entry) for entry in entries]


def _is_heard(name: Name) -> bool:
    """Whether a name is one of GeoNames' further ones that nobody else gives."""
    return name.kind == "variant" and {*name.sources} <= _HEARD


def _find_borrowed(entry: Entry, others: Sequence[Name]) -> frozenset[Name]:
    """Of the names that other villages are listed under, those unlike the place's own, and what sounds like them."""
    if not others or get_kind(entry.kind).group != "settlement":
        return frozenset()
    own = take_spellings(name for name in entry.names if name.kind in MAIN_NAMES or not {*name.sources} <= _HEARD)
    strange = [name for name in others if compare(take_spellings([name]), own, one_spot=True).score < _UNLIKE]
    wrong = take_spellings(strange)
    return frozenset(strange) | {
        name
        for name in entry.names
        # A romanisation sounds like the wrong Arabic name and unlike the place's own: it goes with the wrong one.
        if _is_heard(name)
        and compare(take_spellings([name]), own, one_spot=True).score
        < _UNLIKE
        <= compare(take_spellings([name]), wrong, one_spot=True).score
    }


def give_identifiers_to_one(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with every identifier at one place only.

    Where two places bear one (a source links to the other's), it belongs to the one that the identifier's own
    source describes, else to the smaller thing: Wikidata's Q of a town, put to its sub-district too.
    """
    bearers: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for position, entry in enumerate(entries):
        for pair in identifier_pairs(entry.identifiers):
            bearers[pair].append(position)
    lost: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for (scheme, value), positions in bearers.items():
        owner = min(positions, key=lambda position: _rank_claim(entries[position], scheme, value))
        for position in positions:
            if position != owner:
                lost[position].add((scheme, value))
    return [replace(entry, identifiers=_without(entry, lost[position])) for position, entry in enumerate(entries)]


def _rank_claim(entry: Entry, scheme: str, value: str) -> tuple[bool, bool, int]:
    """How good the claim to an identifier is, to sort by; the least is the best.

    Our own tables come first, then the source that gives the identifier out; `rank` is higher for what is smaller.
    """
    own = any(
        owns(record, scheme) for record in entry.records if value in identifier_values(record.identifiers, scheme)
    )
    curated = any(
        record.source == "curated" and value in identifier_values(record.identifiers, scheme)
        for record in entry.records
    )
    return not curated, not own, -get_kind(entry.kind).rank


def _without(entry: Entry, lost: set[tuple[str, str]]) -> dict[str, str]:
    kept = {
        scheme: ",".join(v for v in identifier_values(entry.identifiers, scheme) if (scheme, v) not in lost)
        for scheme in entry.identifiers
    }
    return {scheme: values for scheme, values in kept.items() if values}
