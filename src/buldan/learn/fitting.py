"""Two convex fits by Newton's method: a logistic regression, and a conditional logit (McFadden 1974)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.linear_model import compute_probability

__all__ = ["fit_choice", "fit_logistic"]

_EXPECTED = {
    "likeness": 4.0,
    "salience": 2.0,
    "form: anothers": -2.0,
    "same name is surer elsewhere": 1.0,
    "minor, in a person's name": -2.0,
    "in a person's name": -1.0,
    "major": 1.0,
    "country": 1.0,
    "slope": 1.0,
    "foreign": -8.0,
    "no support, held abroad": -4.0,
    "support, ours and abroad": 2.0,
    "ours and abroad, near": 2.0,
    "hashtag": 1.5,
    "other sense told": -3.0,
    "held by a state abroad": -6.0,
    "held abroad": -2.0,
    "held: governorate": 2.0,
    "held: district": 1.0,
    "held before: governorate": 1.0,
    "scope: governorate": 2.0,
    "none around, settlement of several words": 1.5,
    "held at home": 0.5,
    "held at home, minor": 2.0,
    "no support, about abroad": -1.0,
    "no support, about abroad, minor": -2.0,
    "near: within 20 km": 1.0,
    "in list before": 1.0,
    "in list after": 1.0,
}
"""Weights expected from knowledge: the similarity of a near miss is already a log-probability (divided by 4);
well-known places, and sure namesakes and neighbours, make a mention likelier; the own name of another place is better
than a variant. The texts are too few to learn these."""


def fit_logistic(
    columns: Mapping[str, NDArray[Any]],
    right: NDArray[np.bool_],
    weight: NDArray[np.float64],
    penalty: float,
    start: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """The weights of a logistic regression with an L2 penalty (none on `always`), by Newton's method.

    `start` are the first weights: with those of nearly the same rows, a few steps are enough.
    """
    names, counted = list(columns), weight > 0
    x = np.column_stack([np.asarray(columns[name], float)[counted] for name in names])
    right, weight = right[counted], weight[counted]
    shrink = np.diag([0.001 if name == "always" else penalty for name in names])
    expected = np.array([_EXPECTED.get(name, 0.0) for name in names])
    beta = expected.copy() if start is None else np.array([start.get(name, 0.0) for name in names])
    for _ in range(60):
        p = compute_probability(np.clip(x @ beta, -30, 30))
        gradient = x.T @ (weight * (right - p)) - shrink @ (beta - expected)
        curvature = (x * (weight * p * (1 - p))[:, None]).T @ x + shrink
        step = np.linalg.solve(curvature, gradient)
        beta += step * min(1.0, 2.0 / max(np.abs(step).max(), 1e-9))
        if np.abs(step).max() < 1e-4:
            break
    return dict(zip(names, beta.tolist(), strict=True))


def fit_choice(
    columns: Mapping[str, NDArray[Any]], group: NDArray[np.int64], good: NDArray[np.float64], penalty: float
) -> dict[str, float]:
    """The weights of a conditional logit; `good` marks the right members of each group (several may be).

    The penalty pulls weights to those of `_EXPECTED`, or to 0 for features that are not in it.
    """
    names = list(columns)
    x = np.column_stack([np.asarray(columns[name], float) for name in names])
    expected = np.array([_EXPECTED.get(name, 0.0) for name in names])
    shrink = np.array([10 * penalty if name in _EXPECTED else penalty for name in names])
    beta = expected.copy()
    starts = np.flatnonzero(np.diff(group, prepend=-1))

    def within(values: NDArray[np.float64]) -> NDArray[np.float64]:
        size = np.diff(np.append(starts, len(group)))
        top = np.repeat(np.maximum.reduceat(values, starts), size)
        share = np.exp(values - top)
        total: NDArray[np.float64] = share / np.repeat(np.add.reduceat(share, starts), size)
        return total

    for _ in range(60):
        score = x @ beta
        p, q = within(score), within(np.where(good > 0, score, -50.0))
        gradient = x.T @ (q - p) - shrink * (beta - expected)
        mean = np.add.reduceat(x * p[:, None], starts)
        curvature = (x * p[:, None]).T @ x - mean.T @ mean + np.diag(shrink)
        step = np.linalg.solve(curvature, gradient)
        beta += step * min(1.0, 2.0 / max(np.abs(step).max(), 1e-9))
        if np.abs(step).max() < 1e-4:
            break
    return dict(zip(names, beta.tolist(), strict=True))
