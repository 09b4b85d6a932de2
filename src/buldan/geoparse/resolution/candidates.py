"""The places that each hit could name, what speaks for each by itself, and the choice among them."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.linear_model import FeatureTable, Weights, make_feature_columns
from buldan.geoparse.names.cues import encode_kinds
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.resolution.candidate_features import count_candidates, fill_candidates
from buldan.geoparse.resolution.choices import (
    BEST,
    FIRST_CODE,
    FIRST_OWN,
    HIT,
    HIT_ROWS,
    JOINT_FEATURES,
    PAIR_ROWS,
    ROW,
    VALUE_COLUMNS,
    Choices,
)
from buldan.geoparse.resolution.place_arrays import PlaceArrays
from buldan.kinds import kinds

__all__ = ["OWN_FEATURES", "Candidates", "make_own_tables"]


class Candidates:
    """Pairs of hit and place, those of one hit together, in tables that the choice among them fills in.

    Attributes:
        pairs: by pair, its hit, its row in the index, and its code by table of `make_own_tables`.
        values: by pair, a row of its features (`buldan.geoparse.resolution.choices.JOINT_FEATURES`, `OWN_FEATURES`).
        scores: by pair, what it weighs by itself, and its share of the probability among the pairs of its hit.
        by_hit: by hit, where its pairs begin (one more, the end), the pair with the greatest share, and what the choice
            notes of it (`buldan.geoparse.resolution.choices`).
        choices: views of these tables, for compiled loops.
        governorates_asked: how many hits are asked for a governorate.
    """

    __slots__ = ("by_hit", "choices", "governorates_asked", "pairs", "scores", "values")

    def __init__(
        self,
        hits: Hits,
        name_table: NameTable,
        place_arrays: PlaceArrays,
        asked: NDArray[np.int64],
        weights: Weights,
    ) -> None:
        # One table for all that is of one length and type: to make an array and a view of it costs more than the loop.
        names = name_table.views
        # As wide as there are governorates at least, for one row counts by these.
        self.by_hit = np.empty((HIT_ROWS, max(hits.count + 1, place_arrays.governorates)), np.int64)
        self.choices = choices = Choices(self.by_hit.data, place_arrays.views)
        count = count_candidates(hits.views, names, choices)
        self.pairs, self.values = np.empty((PAIR_ROWS, count), np.int64), np.zeros((count, VALUE_COLUMNS))
        self.scores = np.empty((2, count))
        choices.set_pairs(self.pairs.data, self.values.data, self.scores.data)
        self.governorates_asked = fill_candidates(
            hits.views,
            hits.words.views,
            names,
            asked.data,
            place_arrays.views,
            weights.get_views(OWN_FEATURES, make_own_tables()),
            len(kinds()),
            choices,
        )

    def __len__(self) -> int:
        return self.pairs.shape[1]

    @property
    def hit(self) -> NDArray[np.int64]:
        """By pair, its hit."""
        column: NDArray[np.int64] = self.pairs[HIT]
        return column

    @property
    def row(self) -> NDArray[np.int64]:
        """By pair, its row in the index."""
        column: NDArray[np.int64] = self.pairs[ROW]
        return column

    def get_best_rows(self, which: NDArray[np.int64]) -> NDArray[np.int64]:
        """The row of the best place of hits that have one."""
        rows: NDArray[np.int64] = self.pairs[ROW].take(self.by_hit[BEST].take(which))
        return rows

    def make_feature_columns(self) -> dict[str, NDArray[Any]]:
        """Every feature in the last round, for those who learn."""
        own, joint = self.values[:, FIRST_OWN:], self.values[:, :FIRST_OWN]
        return make_feature_columns(
            OWN_FEATURES, own, make_own_tables(), self.pairs[FIRST_CODE:]
        ) | make_feature_columns(JOINT_FEATURES, joint)


OWN_FEATURES = ("salience", "likeness")
"""What speaks for a candidate by itself, besides what `make_own_tables` say of its codes."""


@cache
def make_own_tables() -> tuple[FeatureTable, ...]:
    """Features by the codes of a candidate: how a name led to it, whether its kind is asked for, its kind."""
    # A table has a row for each code, so that a candidate's weight is one look-up a table and no product.
    forms, asked = np.arange(len(Form)), np.arange(3)
    return (
        FeatureTable({f"form: {form.name.lower()}": forms == form for form in Form if form}),
        FeatureTable({"asked kind": asked == 1, "asked other kind": asked == 2}),
        FeatureTable(_make_kind_columns()),
    )


def _make_kind_columns() -> dict[str, NDArray[np.bool_]]:
    """By kind where none is asked for, then by kind where any is: columns of the groups of kinds."""
    bits = np.uint64(1) << np.arange(len(kinds()), dtype=np.uint64)
    columns = {}
    for group in _GROUPS:
        of_group, none = (bits & np.uint64(encode_kinds(group))) > 0, np.zeros(len(bits), np.bool_)
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
