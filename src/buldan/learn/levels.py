"""Learn the upper end of scores: how often answers with more than even odds are right, and their highest score.

Two numbers for each of `CONTEXTS`, fitted by likelihood to names with known coordinates. They are tested on
data that they were not fitted to: one fifth of the places at a time, and one file at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from buldan.errors import QueryError
from buldan.geometry import distance_km
from buldan.index import Index
from buldan.learn.score import NEAR_KM, iter_questions
from buldan.lookup import Lookup
from buldan.lookup.doubts import doubt
from buldan.lookup.evidence import CONTEXTS, LEVELS, Calibration, Weights
from buldan.reliability import Judged, calibration_error

__all__ = ["Scored", "fit_levels", "measure_kept_out", "read_scored"]

_BOUNDS = [(0.2, 5.0), (0.8, 0.999)]
"""Limits of `rise` and `top`: no score becomes 1."""

_START = (1.0, 0.96)
"""First values of the search: unchanged scores up to a nearly sure one."""

_SURE = 0.97
"""A score so high that any doubt lowers it."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The first answer to a question: its log-odds before `rise` and `top`, and whether it is right."""

    context: str
    file: str
    fold: int
    odds: float
    is_right: bool


def read_scored(
    index: Index,
    weights: Weights,
    paths: Iterable[Path],
    *,
    folds: int = 5,
    on_row: Callable[[], object] | None = None,
) -> list[Scored]:
    """The first answers to the names in the files, alone and with their unit; those lowered by a doubt are left out.

    Rows of one point share a fold.
    """
    straight = {context: replace(curve, rise=1.0, top=1.0) for context, curve in weights.calibration.items()}
    lookup = Lookup(index, weights=replace(weights, calibration=straight))
    scored = []
    for path in paths:
        for cells, column, point in iter_questions([path]):
            fold = int(round(point[0] * 200) + round(point[1] * 200)) % folds
            for context, within in zip(CONTEXTS, (None, cells.get("adm1") or None), strict=True):
                if context == CONTEXTS[0] or within:
                    found = _find_first(lookup, cells[column] or "", within, point)
                    if found is not None:
                        scored.append(Scored(context, path.name, fold, *found))
            if on_row:
                on_row()
    return scored


def _find_first(lookup: Lookup, text: str, within: str | None, point: tuple[float, float]) -> tuple[float, bool] | None:
    """Log-odds of the first answer and whether it is right; None without an answer, or if a doubt lowered it."""
    try:
        matches = lookup.find(text, within=within, limit=1).matches
    except QueryError:
        return None
    if not matches or doubt(matches[0].reasons, _SURE)[0] < _SURE or not 0 < matches[0].score < 1:
        return None
    score = matches[0].score
    return log(score / (1 - score)), distance_km(matches[0].place.point, point) <= NEAR_KM


def fit_levels(scored: Sequence[Scored]) -> dict[str, Calibration]:
    """`rise` and `top` with the highest likelihood of the known answers, by context."""
    return {context: _fit([each for each in scored if each.context == context]) for context in CONTEXTS}


def _fit(scored: Sequence[Scored]) -> Calibration:
    """The `rise` and `top` with the highest likelihood, using only answers with more than even odds."""
    likely = [each for each in scored if each.odds > 0]
    odds, right = [each.odds for each in likely], np.array([each.is_right for each in likely])

    def loss(numbers: NDArray[np.float64]) -> float:
        rise, top = numbers
        curve = Calibration(rise=rise, top=top)
        scores = np.array([curve.level_off(each) for each in odds])
        return -float(np.log(np.where(right, scores, 1 - scores)).sum())

    found = minimize(loss, np.array(_START), method="L-BFGS-B", bounds=_BOUNDS)
    return Calibration(**dict(zip(LEVELS, (round(float(number), 3) for number in found.x), strict=True)))


def measure_kept_out(scored: Sequence[Scored], group_of: Callable[[Scored], Hashable]) -> float:
    """The expected calibration error, if each group is scored with levels fitted to the other groups."""
    judged: list[Judged] = []
    for group in sorted({group_of(each) for each in scored}, key=str):
        levels = fit_levels([each for each in scored if group_of(each) != group])
        judged += ((_score(levels, each), each.is_right) for each in scored if group_of(each) == group)
    return calibration_error(judged)


def _score(levels: Mapping[str, Calibration], scored: Scored) -> float:
    return levels[scored.context].level_off(scored.odds)
