"""Which of several places a name or an identifier belongs to that sources give to more than one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from buldan.compile.merge import Entry
from buldan.compile.nearness import DOUBLE_KM
from buldan.compile.record import owns
from buldan.geometry import distance_km
from buldan.kinds import get_kind
from buldan.model import MAIN_NAMES, Name, identifier_pairs, identifier_values
from buldan.text import fold

__all__ = ["settle_identifiers", "settle_names"]


def settle_names(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without names that belong to a neighbour or to their whole.

    Where a place bears as a variant what another of its kind a stone's throw away is officially called, a
    source has mistaken one for the other. Where a citadel or a ruin bears the bare name of the town that it is a part
    of, a source has written of the town; unless we ourselves give it that name.
    """
    main: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    wholes = {f"{scheme}:{value}": whole for whole in entries for scheme, value in identifier_pairs(whole.identifiers)}
    for entry in entries:
        for name in entry.names:
            if name.kind in MAIN_NAMES:
                main[entry.kind, fold(name.text)].append(entry)

    def is_neighbours(entry: Entry, name: Name) -> bool:
        others = main[entry.kind, fold(name.text)] if name.kind == "variant" else []
        return any(
            other is not entry and distance_km((entry.lon, entry.lat), (other.lon, other.lat)) <= DOUBLE_KM
            for other in others
        )

    def settled(entry: Entry) -> Entry:
        whole = wholes.get(entry.part_of)
        taken = {fold(name.text) for name in whole.names} if whole else set()
        kept = tuple(
            name
            for name in entry.names
            if not is_neighbours(entry, name) and ("curated" in name.sources or fold(name.text) not in taken)
        )
        return replace(entry, names=kept) if kept else entry

    return [settled(entry) for entry in entries]


def settle_identifiers(entries: Sequence[Entry]) -> list[Entry]:
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
        owner = min(positions, key=lambda position: _claim(entries[position], scheme, value))
        for position in positions:
            if position != owner:
                lost[position].add((scheme, value))
    return [replace(entry, identifiers=_without(entry, lost[position])) for position, entry in enumerate(entries)]


def _claim(entry: Entry, scheme: str, value: str) -> tuple[bool, bool, int]:
    """How good the claim to an identifier is; the least is the best."""
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
