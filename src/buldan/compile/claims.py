"""Choose one place for a name or an identifier that sources give to several places."""

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
"""GeoNames gives some villages names of others up to this distance: Menagh's to Maarin, 11 km east of it."""

_UNLIKE = 0.6
"""Likeness below which a name is not a spelling of another."""

_HEARD = frozenset({"geonames", "whosonfirst"})
"""Sources whose further names were not checked: GeoNames, and Who's On First, which copied them from GeoNames."""

_LISTING = "ocha"
"""The source that lists every village of the country once, with its official name."""


def drop_names_of_others(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without names that belong to a neighbour or to the place that they are a part of.

    A variant name is removed in three cases:

    - another place of the same kind very near has it as official name: a source has confused the two;
    - OCHA lists a village of that name farther away, and the variant sounds unlike every main name and every name of
      ours;
    - a citadel or a ruin has only the name of the town that it is a part of, unless our own tables give that name.
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
        # A place keeps wrong names if it has no others: without a name it cannot be found.
        return replace(entry, names=kept) if kept else entry

    return [keep_own(entry) for entry in entries]


def _is_heard(name: Name) -> bool:
    """Whether a name is a further name of GeoNames that no other source has."""
    return name.kind == "variant" and {*name.sources} <= _HEARD


def _find_borrowed(entry: Entry, others: Sequence[Name]) -> frozenset[Name]:
    """The names to remove: listed names of other villages unlike the place's own, and names that sound like them."""
    if not others or get_kind(entry.kind).group != "settlement":
        return frozenset()
    own = take_spellings(name for name in entry.names if name.kind in MAIN_NAMES or not {*name.sources} <= _HEARD)
    strange = [name for name in others if compare(take_spellings([name]), own, one_spot=True).score < _UNLIKE]
    wrong = take_spellings(strange)
    return frozenset(strange) | {
        name
        for name in entry.names
        # A romanisation that sounds like the wrong Arabic name and unlike the place's own is removed with it.
        if _is_heard(name)
        and compare(take_spellings([name]), own, one_spot=True).score
        < _UNLIKE
        <= compare(take_spellings([name]), wrong, one_spot=True).score
    }


def give_identifiers_to_one(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, each identifier at only one place.

    If two places have the same identifier (a source links to the other's), it belongs to the one that the
    identifier's own source describes, else to the smaller place: the Wikidata item of a town is often also linked from
    its sub-district.
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
    """The quality of a place's claim to an identifier, as a key to sort by; the smallest key is the best claim.

    Our own tables come first, then the source that issues the identifier, then the smaller place.
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
