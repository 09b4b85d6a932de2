"""The places that each hit could name, what speaks for each by itself, and the choice among them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.linear_model import EACH, FeatureGroup
from buldan.geoparse.names.cues import kind_mask
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.name_table import NameTable, expand_ranges
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.resolution.place_arrays import PlaceArrays
from buldan.kinds import kinds

__all__ = ["Candidates", "Choice", "find_candidates", "own_features"]

_NESTED = np.uint64(kind_mask("district,sub-district"))
"""Kinds whose people are counted again in their towns, so that their salience says nothing beside a town's."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of hit and place; arrays of one length, the pairs of one hit together.

    Attributes:
        hit: position among the hits.
        row: place in the index.
        number: position in the list of places of the terms.
        first: by hit, where its pairs begin; one more, the end.
    """

    hit: NDArray[np.int64]
    row: NDArray[np.int64]
    number: NDArray[np.int64]
    first: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.hit)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for each hit.

    Attributes:
        share: by pair, its share of the probability among the pairs of its hit.
        best: by hit, the pair with the greatest share, -1 where a hit has none.
    """

    share: NDArray[np.float64]
    best: NDArray[np.int64]

    def of_hits(self, candidates: Candidates, which: NDArray[np.int64]) -> tuple[Candidates, Choice]:
        """The pairs of these hits alone, each of which has a place, and their choice."""
        pairs, first = expand_ranges(candidates.first, which)
        hit = np.repeat(np.arange(len(which)), np.diff(first))
        own = Candidates(hit, candidates.row[pairs], candidates.number[pairs], first)
        return own, Choice(self.share[pairs], self.best[which] - candidates.first[which] + first[:-1])

    def rows(self, candidates: Candidates) -> NDArray[np.int64]:
        """By hit, the row of its best place, -1 where it has none."""
        return np.where(self.best >= 0, np.append(candidates.row, -1)[self.best], -1)


def find_candidates(hits: Hits, name_table: NameTable) -> Candidates:
    """Every place of every hit."""
    number, first = expand_ranges(name_table.first, hits.name_id)
    hit = np.repeat(np.arange(len(hits)), np.diff(first))
    return Candidates(hit, name_table.places[number].astype(np.int64), number, first)


def own_features(
    candidates: Candidates, name_table: NameTable, place_arrays: PlaceArrays, asked: NDArray[np.uint64]
) -> list[FeatureGroup]:
    """Columns of every pair that follow from itself and the kinds that the words around its hit ask for."""
    asked_of, bit = asked[candidates.hit], place_arrays.bit[candidates.row]
    agreed, any_asked = (asked_of & bit) > 0, asked_of > 0
    salience = np.where((place_arrays.bit & _NESTED) > 0, 0.0, place_arrays.salience / 4)[name_table.places]
    made = {f"form: {form.name.lower()}": name_table.form_by_place == form for form in Form if form}
    return [
        FeatureGroup(candidates.number, {"salience": salience, "likeness": name_table.share / 4, **made}),
        FeatureGroup(EACH, {"asked kind": agreed, "asked other kind": any_asked & ~agreed}),
        FeatureGroup(place_arrays.kind[candidates.row] + np.where(any_asked, len(kinds()), 0), _kind_columns()),
    ]


def _kind_columns() -> dict[str, NDArray[np.bool_]]:
    """By kind where none is asked for, then by kind where any is: columns of the groups of kinds."""
    bits = np.uint64(1) << np.arange(len(kinds()), dtype=np.uint64)
    columns = {}
    for group in _GROUPS:
        of_group, none = (bits & np.uint64(kind_mask(group))) > 0, np.zeros(len(bits), np.bool_)
        columns[f"kind: {group}"] = np.concatenate((of_group, none))
        columns[f"kind asked: {group}"] = np.concatenate((none, of_group))
    return columns


_GROUPS = ("country", "governorate", "district", "sub-district", "city", "town", "village", "quarter", "camp,region")
