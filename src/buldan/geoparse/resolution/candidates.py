"""The places that each hit could name, what speaks for each by itself, and the choice among them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.linear_model import FeatureTable
from buldan.geoparse.names.cues import kind_mask
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.resolution.candidate_features import count_candidates, fill_candidates
from buldan.geoparse.resolution.place_arrays import PlaceArrays
from buldan.kinds import kinds

__all__ = ["OWN_FEATURES", "Candidates", "Choice", "find_candidates", "own_tables"]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of hit and place; arrays of one length, the pairs of one hit together.

    Attributes:
        hit: position among the hits.
        row: place in the index.
        first: by hit, where its pairs begin; one more, the end.
        values: by pair, the features `OWN_FEATURES`.
        codes: by table of `own_tables`, the code of each pair.
    """

    hit: NDArray[np.int64]
    row: NDArray[np.int64]
    first: NDArray[np.int64]
    values: NDArray[np.float64]
    codes: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.hit)


OWN_FEATURES = ("salience", "likeness")
"""What speaks for a candidate by itself, besides what `own_tables` say of its codes."""


class Choice(NamedTuple):
    """What was chosen for each hit.

    Attributes:
        share: by pair, its share of the probability among the pairs of its hit.
        best: by hit, the pair with the greatest share, -1 where a hit has none.
    """

    share: NDArray[np.float64]
    best: NDArray[np.int64]

    def rows_of(self, candidates: Candidates, which: NDArray[np.int64]) -> NDArray[np.int64]:
        """The row of the best place of hits that have one."""
        rows: NDArray[np.int64] = candidates.row.take(self.best.take(which))
        return rows


def find_candidates(
    hits: Hits, name_table: NameTable, place_arrays: PlaceArrays, asked: NDArray[np.uint64]
) -> Candidates:
    """Every place of every hit; `asked` are the kinds that the words around each ask for."""
    table, names, first = hits.table.data, name_table.views, np.empty(len(hits) + 1, np.int64)
    count = count_candidates(table, names, first.data)
    pairs, codes = np.empty((2, count), np.int64), np.empty((3, count), np.int64)
    values = np.empty((count, len(OWN_FEATURES)))
    places = place_arrays.views
    fill_candidates(table, names, asked.data, places, len(kinds()), pairs.data, codes.data, values.data)
    hit, row = pairs
    return Candidates(hit, row, first, values, codes)


@cache
def own_tables() -> tuple[FeatureTable, ...]:
    """Features by the codes of a candidate: how a name led to it, whether its kind is asked for, its kind."""
    # A table has a row for each code, so that a candidate's weight is one look-up a table and no product.
    forms, asked = np.arange(len(Form)), np.arange(3)
    return (
        FeatureTable({f"form: {form.name.lower()}": forms == form for form in Form if form}),
        FeatureTable({"asked kind": asked == 1, "asked other kind": asked == 2}),
        FeatureTable(_kind_columns()),
    )


def _kind_columns() -> dict[str, NDArray[np.bool_]]:
    """By kind where none is asked for, then by kind where any is: columns of the groups of kinds."""
    bits = np.uint64(1) << np.arange(len(kinds()), dtype=np.uint64)
    columns = {}
    for group in _GROUPS:
        of_group, none = (bits & np.uint64(kind_mask(group))) > 0, np.zeros(len(bits), np.bool_)
        columns[f"kind: {group}"] = np.concatenate((of_group, none))
        columns[f"kind asked: {group}"] = np.concatenate((none, of_group))
    return columns


_GROUPS = (
    "country",
    "governorate",
    "district",
    "sub-district",
    "city",
    "town",
    "village",
    "quarter",
    "camp,region",
    "water,natural",
)
