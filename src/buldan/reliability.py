"""How far scores and truth lie apart: the expected calibration error, and the bins that it is drawn from.

Guo et al. 2017, "On calibration of modern neural networks". What is judged is a pair: the score of an answer (0..1)
and whether it is right. Lookup's scores lie mostly near 1, so its bins hold as many answers each; a text's confidences
are spread, and its bins are of one width, as in that paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

__all__ = ["Judged", "bin_equally", "calibration_error", "calibration_error_by_width"]

Judged = tuple[float, bool]

_BINS = 10
"""As many as the literature takes, so that figures compare."""


def bin_equally(judged: Iterable[Judged]) -> list[tuple[float, float, int]]:
    """(mean score, share right, number) of bins of as many answers each, from the lowest scores up; none is empty."""
    # By score alone: among equals the right ones must not come last.
    ranked = sorted(judged, key=lambda each: each[0])
    edges = [round(len(ranked) * step / _BINS) for step in range(_BINS + 1)]
    return [_sum_up(ranked[start:end]) for start, end in pairwise(edges) if end > start]


def calibration_error(judged: Iterable[Judged]) -> float:
    """Mean distance between score and share right, over bins of as many answers each; 0 for no answers."""
    return _weigh(bin_equally(judged))


def calibration_error_by_width(judged: Sequence[Judged]) -> float:
    """Mean distance between score and share right, over bins of one width; 0 for no answers."""
    bins = [[each for each in judged if min(int(each[0] * _BINS), _BINS - 1) == number] for number in range(_BINS)]
    return _weigh([_sum_up(answers) for answers in bins if answers])


def _sum_up(answers: Sequence[Judged]) -> tuple[float, float, int]:
    number = len(answers)
    return sum(score for score, _ in answers) / number, sum(right for _, right in answers) / number, number


def _weigh(bins: Sequence[tuple[float, float, int]]) -> float:
    """The distance within a bin counts by how many answers it holds."""
    total = sum(number for _, _, number in bins)
    return sum(abs(score - share) * number for score, share, number in bins) / total if total else 0.0
