"""Small linear models whose weights are tables: columns by name in, log-odds out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.tables import read_table

__all__ = [
    "EACH",
    "FeatureGroup",
    "Weights",
    "by_name",
    "calibrated",
    "compute_log_odds",
    "probability",
    "read_weights",
]


class Weights(dict[str, float]):
    """The weights of one model by feature, not changed once they are made; a feature without weight counts nothing."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__(weights)
        self._vectors: dict[tuple[str, ...], NDArray[np.float64]] = {}

    def vector(self, features: tuple[str, ...]) -> NDArray[np.float64]:
        """The weights of some features in their order."""
        if features not in self._vectors:
            self._vectors[features] = np.array([self.get(feature, 0.0) for feature in features])
        return self._vectors[features]


@cache
def read_weights(model: str) -> Weights:
    """The weights of one model (`name`, `mention`, `place`) by column."""
    return Weights({column: float(weight) for of, column, weight, _ in read_table("weights") if of == model})


class FeatureGroup(NamedTuple):
    """Columns of a model by name. Many say the same of all hits of one code: they are kept as a small table.

    Attributes:
        code: by hit, its row of the table; all rows in their order, where the table has one for each hit.
        table: the columns by name.
    """

    code: NDArray[np.integer] | slice
    table: Mapping[str, NDArray[Any]]


EACH = slice(None)
"""The code of a table with a row for each hit."""


def compute_log_odds(groups: Sequence[FeatureGroup], weights: Weights) -> NDArray[np.float64]:
    """The weighted sum of the columns; a column without weight counts nothing."""
    total: NDArray[np.float64] | float = 0.0
    for code, table in groups:
        part = np.zeros(len(next(iter(table.values()))))
        for name, column in table.items():
            weight = weights.get(name)
            if weight:
                part += weight * column
        total = total + part[code]
    return np.asarray(total)


def by_name(groups: Sequence[FeatureGroup]) -> dict[str, NDArray[Any]]:
    """Every column, with a value for each hit."""
    return {name: column[code] for code, table in groups for name, column in table.items()}


def calibrated(confidence: NDArray[np.float64], weights: Weights) -> NDArray[np.float64]:
    """The confidence as often right as it says, by the slope and intercept learned on texts held out (Platt 1999)."""
    inside = confidence.clip(1e-4, 1 - 1e-4)
    log_odds = np.log(inside / (1 - inside))
    return probability(weights.get("slope", 1.0) * log_odds + weights.get("intercept", 0.0))


def probability(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logistic function."""
    out: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-log_odds))
    return out
