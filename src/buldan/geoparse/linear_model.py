"""Small linear models whose weights are tables: columns by name in, log-odds out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.linear_sums import SumViews
from buldan.geoparse.tables import read_table

__all__ = [
    "FeatureTable",
    "Weights",
    "compute_log_odds",
    "compute_probability",
    "make_feature_columns",
    "read_weights",
]


class FeatureTable:
    """Features that all hits of one code share: columns by name, with a row for each code. Never changed."""

    def __init__(self, columns: Mapping[str, NDArray[Any]]) -> None:
        self.columns = columns


class Weights(dict[str, float]):
    """The weights of one model by feature, not changed once they are made; a feature without weight counts nothing."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__(weights)
        self._views: dict[tuple[int, int], tuple[SumViews, object, object]] = {}
        self._sums: dict[Hashable, Any] = {}

    def get_views(self, features: tuple[str, ...], tables: tuple[FeatureTable, ...] = ()) -> SumViews:
        """Views for compiled loops: weights of `features` in their order, and of all rows of `tables`; made once."""
        # Known by the identity of both arguments: to compare dozens of names takes longer than the sum for a short
        # text. Both are kept in the value, so that no later object can have the same identity.
        known = self._views.get((id(features), id(tables)))
        if known is None:
            # One array after the other, so that a loop takes them whole with where each begins.
            sums = [self.sum_columns(table.columns) for table in tables]
            begins = np.cumsum([0, *map(len, sums)])[:-1]
            vector = np.array([self.get(feature, 0.0) for feature in features])
            made = SumViews(begins.data, np.concatenate([*sums, np.empty(0)]).data, vector.data)
            self._views[id(features), id(tables)] = known = (made, features, tables)
        return known[0]

    def sum_columns(self, columns: Mapping[str, NDArray[Any]]) -> NDArray[np.float64]:
        """The weighted sum of columns of one length."""
        total = np.zeros(len(next(iter(columns.values()))))
        for name, column in columns.items():
            weight = self.get(name)
            if weight:
                total += weight * column
        return total

    def sum_cached(self, whose: Hashable, columns: Callable[[], Mapping[str, NDArray[Any]]]) -> NDArray[np.float64]:
        """The weighted sum of many columns that never change, made when it is first asked for."""
        if whose not in self._sums:
            self._sums[whose] = self.sum_columns(columns())
        kept: NDArray[np.float64] = self._sums[whose]
        return kept


@cache
def read_weights(model: str) -> Weights:
    """The weights of one model (`name`, `mention`, `place`) by column."""
    return Weights({column: float(weight) for of, column, weight, _ in read_table("weights") if of == model})


def compute_log_odds(weights: Weights, features: tuple[str, ...], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """By row of `values`, the weighted sum of its features, which are named by `features` in their order."""
    out = np.empty((1, len(values)))
    weights.get_views(features).fill(_NO_CODES.data, 0, values.data, 0, out.data)
    log_odds: NDArray[np.float64] = out[0]
    return log_odds


_NO_CODES = np.empty((0, 0), np.int64)


def make_feature_columns(
    features: tuple[str, ...],
    values: NDArray[np.float64],
    tables: tuple[FeatureTable, ...] = (),
    codes: NDArray[np.int64] | None = None,
) -> dict[str, NDArray[Any]]:
    """Every feature as a column, for those who learn.

    Args:
        features: of the columns of `values`.
        values: by row of what is weighed.
        tables: features by code.
        codes: by table, a row with the code of each.
    """
    columns = dict(zip(features, values.T, strict=True))
    for table, code in zip(tables, () if codes is None else codes, strict=True):
        columns |= {name: column[code] for name, column in table.columns.items()}
    return columns


def compute_probability(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logistic function."""
    out: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-log_odds))
    return out
