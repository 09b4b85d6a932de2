"""Learn the curves that turn the share of a first answer into the chance that it is right.

They are learned for each context (a name alone, a name with a governorate) from names with known coordinates, and from
names of no place, which should find nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from buldan.errors import QueryError
from buldan.index import Index, measure_distances_km
from buldan.learn.mistakes import draw_made_up
from buldan.learn.score import MADE_UP, NEAR_KM, NOWHERE, iter_questions
from buldan.lookup import Lookup
from buldan.lookup.co_located import group_co_located
from buldan.lookup.evidence import CONTEXTS, CURVE, EVIDENCE, Calibration, Weights

__all__ = ["fit_calibration"]

_SAME_FOLD, _LEFT_OUT = EVIDENCE.index("same_fold"), EVIDENCE.index("left_out")
_DOUBTS = ("cost", "left", "short")
"""Parameters of the calibration that lower a score."""


@dataclass(frozen=True, slots=True)
class _First:
    """The first spot of a question: its share, the evidence for its score, and whether it is right."""

    share: float
    evidence: Sequence[float]
    sounds: int
    is_right: bool


def fit_calibration(
    index: Index,
    weights: Weights,
    paths: Iterable[Path],
    *,
    abroad: Iterable[str] = (),
    on_row: Callable[[], object] | None = None,
) -> Weights:
    """The weights with the curves that turn the share of the first spot into the chance that it is right.

    The upper end of the curves is learned by `buldan.learn.levels`.

    Args:
        index: index of the gazetteer.
        weights: weights that rank the candidates.
        paths: files of names with known coordinates.
        abroad: names of places abroad, which should find nothing; names that a place of Syria has are ignored.
        on_row: called after each row of the files.
    """
    lookup = Lookup(index, weights=weights)
    seen: dict[str, list[_First]] = {context: [] for context in CONTEXTS}
    for cells, column, point in iter_questions(paths):
        for context, within in (("alone", None), ("within", cells.get("adm1") or None)):
            if context == "alone" or within:
                first = _find_first(index, lookup, cells[column] or "", within, point)
                if first is not None:
                    seen[context].append(first)
        if on_row:
            on_row()
    for text in (*abroad, *draw_made_up(index, each=MADE_UP)):
        first = _find_first(index, lookup, text, None, NOWHERE)
        if first is not None and not (first.evidence[_SAME_FOLD] and not first.evidence[_LEFT_OUT]):
            seen["alone"].append(first)
    return replace(weights, calibration={context: _fit_curve(firsts) for context, firsts in seen.items()})


def _find_first(
    index: Index, lookup: Lookup, text: str, within: str | None, point: tuple[float, float]
) -> _First | None:
    try:
        ranking = lookup.rank(text, within=within)
    except QueryError:
        return None
    if not ranking.rows:
        return None
    first = group_co_located(index, ranking)[0]
    at = first.positions[0]
    row = ranking.rows[at : at + 1]
    is_right = bool(measure_distances_km(index.lon[row], index.lat[row], point=point)[0] <= NEAR_KM)
    return _First(first.score, list(ranking.get_evidence(at)), len(ranking.get_hit(at).reading.sounds), is_right)


def _fit_curve(firsts: Sequence[_First]) -> Calibration:
    """The calibration with the highest likelihood of the known answers; it never falls if the share rises."""
    shares = np.clip(np.array([first.share for first in firsts]), 1e-6, 1 - 1e-6)
    right = np.array([first.is_right for first in firsts])
    # The factor of each parameter of the calibration: doubt lowers the score.
    alone = [Calibration(**{part: 1.0}) for part in _DOUBTS]
    doubts = [[-curve.measure_doubt(first.evidence, first.sounds) for curve in alone] for first in firsts]
    columns = np.column_stack([np.log(shares), -np.log(1 - shares), np.ones(len(shares)), np.array(doubts)])

    def loss(numbers: NDArray[np.float64]) -> float:
        odds = columns @ numbers
        return float(np.logaddexp(0.0, np.where(right, -odds, odds)).sum())

    bounds = [(0, None) if part != "shift" else (None, None) for part in CURVE]
    start = np.array([1.0, 1.0, *([0.0] * (len(CURVE) - 2))])
    found = minimize(loss, start, method="L-BFGS-B", bounds=bounds)
    return Calibration(*(round(float(number), 3) for number in found.x))
