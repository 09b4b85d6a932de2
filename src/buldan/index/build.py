"""Derive the arrays of the index from the text of a gazetteer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geometry import iter_positions
from buldan.index.form_columns import build_form_columns
from buldan.index.postings import Postings
from buldan.index.salience import measure_salience
from buldan.index.standing import find_standings
from buldan.index.wide_names import iter_wide_names
from buldan.kinds import ADMIN_KINDS, kind_codes
from buldan.model import admin_chain, identifier_pairs
from buldan.outlines import edges_of
from buldan.store.records import NameRecord, PlaceRecord, parse_name, parse_place
from buldan.text import (
    derive_first_skeleton,
    derive_plain_key,
    fold,
    split_plain_words,
)

__all__ = ["INDEX_VERSION", "GazetteerText", "build_columns"]

INDEX_VERSION = 32
"""Raised when the arrays change their names or meaning."""

_USUAL_LANGUAGES = frozenset({"ar", "en"})
"""Languages of most names. A name of another may be spelled as that language writes it: Hələb."""

_UNIT_KINDS = frozenset(ADMIN_KINDS[1:])


@dataclass(frozen=True, slots=True)
class GazetteerText:
    """The bytes of the gazetteer's files."""

    places: bytes
    names: bytes
    areas: bytes


def build_columns(text: GazetteerText) -> dict[str, NDArray[Any]]:
    """All arrays of the index, which answers are made from."""
    place_offsets, name_offsets = (
        _find_line_offsets(text.places, header=True),
        _find_line_offsets(text.names, header=True),
    )
    places = [parse_place(line) for line in _iter_lines(text.places)]
    names = [parse_name(line) for line in _iter_lines(text.names)]
    row_of = {place.id: row for row, place in enumerate(places)}
    name_place = np.fromiter((row_of[name.place] for name in names), np.int32, len(names))
    columns: dict[str, NDArray[Any]] = {
        "place.offsets": place_offsets,
        "name.offsets": name_offsets,
        "name.place": name_place,
        # Names stand in the order of their places: where each place's begin is a bisection, and the last is the end.
        "place.first_name": np.searchsorted(name_place, np.arange(len(places) + 1)).astype(np.int32),
        **_build_place_columns(places),
        **_build_identifier_columns(places),
        **_build_area_columns(text.areas, row_of),
    }
    columns["place.arabic"] = _number_arabic_names(places)
    columns["place.salience"] = measure_salience(places, columns, names)
    columns["place.headed"] = _find_headed_units(places, names, row_of)
    columns |= Postings.build(iter_wide_names(names, columns)).to_columns("wide")
    columns["name.usual"] = np.array([name.lang in _USUAL_LANGUAGES for name in names])
    columns["name.standing"] = find_standings(places, names, name_place.tolist())
    return columns | build_form_columns(names, columns, _collect_unit_skeletons(places, names))


def _iter_lines(content: bytes) -> Iterator[str]:
    return iter(content.decode("utf-8").split("\n")[1:-1])


def _find_line_offsets(content: bytes, *, header: bool) -> NDArray[np.int64]:
    """Where each line begins, and where the last one ends."""
    # Line ends are sought in the bytes, all at once: a line is later cut out of the mapped file without reading
    # others.
    ends = np.flatnonzero(np.frombuffer(content, np.uint8) == ord("\n")) + 1
    return ends.astype(np.int64) if header else np.insert(ends, 0, 0).astype(np.int64)


def _build_place_columns(places: Sequence[PlaceRecord]) -> dict[str, NDArray[Any]]:
    """Point, radius, population, kind and units of every place, by row; see `buldan.index.Index`."""
    codes = kind_codes()
    # The digits of a P-code hold those of the units above it: SY030201 is in SY0302 and in SY03.
    units = np.array([[int(p.admin[2:end] or 0) if len(p.admin) >= end else 0 for end in (4, 6, 8)] for p in places])
    return {
        "place.lon": np.array([p.lon for p in places]),
        "place.lat": np.array([p.lat for p in places]),
        "place.radius_km": np.array([p.radius_km for p in places], np.float32),
        "place.population": np.array([-1 if p.population is None else p.population for p in places], np.int32),
        "place.kind": np.array([codes[p.kind] for p in places], np.uint8),
        "place.unit": units.reshape(-1, 3).astype(np.int32),
        "place.coded": np.array(["pcode" in p.identifiers for p in places]),
        "place.level": np.array([len(p.admin) // 2 - 1 for p in places], np.uint8),
    }


def _number_arabic_names(places: Iterable[PlaceRecord]) -> NDArray[np.int32]:
    """A number for the folded letters of each place's Arabic name; -1 without one."""
    numbers: dict[str, int] = {}
    keys = (derive_plain_key(place.name_ar) for place in places)
    return np.array([numbers.setdefault(key, len(numbers)) if key else -1 for key in keys], np.int32)


def _build_identifier_columns(places: Sequence[PlaceRecord]) -> dict[str, NDArray[Any]]:
    """Postings from ids, P-codes and identifiers with their scheme (`wikidata:Q41183`) to the rows of places."""
    pairs = []
    for row, place in enumerate(places):
        pairs.append((place.id, row))
        for scheme, value in identifier_pairs(place.identifiers):
            pairs.append((f"{scheme}:{value}", row))
            if scheme == "pcode":
                pairs.append((value, row))
    return Postings.build(pairs).to_columns("id")


def _build_area_columns(areas: bytes, row_of: dict[str, int]) -> dict[str, NDArray[Any]]:
    """Where the outline of each place that has one stands in its file, its bounds, and its edges."""
    records = [json.loads(line) for line in areas.decode("utf-8").splitlines()]
    # Edges of all outlines in one array, with where those of each begin: a point is tested against a run of it.
    edges = [edges_of(record["geometry"]) for record in records]
    corners = [np.array(list(iter_positions(record["geometry"]["coordinates"]))) for record in records]
    return {
        "area.offsets": _find_line_offsets(areas, header=False),
        "area.place": np.array([row_of[record["id"]] for record in records], np.int32),
        "area.bounds": np.array([(*each.min(axis=0), *each.max(axis=0)) for each in corners]).reshape(-1, 4),
        "area.edges": np.concatenate([np.zeros((0, 4)), *edges]),
        "area.first_edge": np.array([0, *map(len, edges)]).cumsum(),
    }


def _find_headed_units(
    places: Sequence[PlaceRecord], names: Iterable[NameRecord], row_of: Mapping[str, int]
) -> NDArray[np.int32]:
    """For each place, rows of the governorate, district and sub-district that hold it and share a name with it, or -1.

    A unit shares its names with itself and with the town that heads it.
    """
    unit_row = {place.admin: row_of[place.id] for place in places if place.kind in _UNIT_KINDS}
    chains = [
        [(level, unit_row[code]) for level, code in enumerate(admin_chain(p.admin)) if code in unit_row] for p in places
    ]
    folded = [(row_of[name.place], fold(name.name)) for name in names]
    # Of units alone: that a village is called as another village says nothing.
    named: dict[int, set[str]] = {row: set() for row in unit_row.values()}
    for row, text in folded:
        if row in named:
            named[row].add(text)
    headed = np.full((len(places), 3), -1, np.int32)
    for row, text in folded:
        for level, unit in chains[row]:
            if text in named[unit]:
                headed[row, level] = unit
    return headed


def _collect_unit_skeletons(places: Sequence[PlaceRecord], names: Iterable[NameRecord]) -> list[frozenset[str]]:
    """For each place, the skeletons of the names of the admin units that hold it."""
    units = {place.id: place.admin for place in places if place.kind in _UNIT_KINDS}
    named: dict[str, set[str]] = {}
    for name in names:
        if name.place in units:
            named.setdefault(units[name.place], set()).add(derive_first_skeleton(split_plain_words(name.name)))
    held = {
        admin: frozenset().union(*(named.get(pcode, ()) for pcode in admin_chain(admin))) - {""}
        for admin in {place.admin for place in places}
    }
    return [frozenset() if place.id in units else held[place.admin] for place in places]
