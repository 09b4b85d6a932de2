"""Small linear models whose weights are tables: columns by name in, log-odds out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp, log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.tables import read_table

__all__ = ["Weights", "calibrated", "odds", "probability", "read_weights"]

Weights = Mapping[str, float]


@cache
def read_weights(model: str) -> Weights:
    """The weights of one model (`name`, `mention`, `place`) by column."""
    return {column: float(weight) for of, column, weight, _ in read_table("weights") if of == model}


def odds(columns: Mapping[str, NDArray[Any]], weights: Weights) -> NDArray[np.float64]:
    """The weighted sum of the columns; a column without weight counts nothing."""
    length = len(next(iter(columns.values())))
    total = np.zeros(length)
    for name, weight in weights.items():
        if weight and name in columns:
            total += weight * columns[name]
    return total


def calibrated(confidence: float, weights: Weights) -> float:
    """The confidence as often right as it says, by the slope and intercept learned on texts held out (Platt 1999)."""
    inside = min(max(confidence, 1e-4), 1 - 1e-4)
    log_odds = log(inside / (1 - inside))
    return 1.0 / (1.0 + exp(-(weights.get("slope", 1.0) * log_odds + weights.get("intercept", 0.0))))


def probability(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logistic function."""
    out: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-log_odds))
    return out
