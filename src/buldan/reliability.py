"""The expected calibration error: how far scores differ from the share of right answers, and its bins.

Guo et al. 2017, "On calibration of modern neural networks". A judged answer is a pair: its score (0..1) and
whether it is right. Scores of lookup are mostly near 1, so its bins have equal numbers of answers; confidences of
mentions are spread, so their bins have equal widths, as in that paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

__all__ = ["Judged", "bin_equally", "calibration_error", "calibration_error_by_width"]

Judged = tuple[float, bool]

_BINS = 10
"""Number of bins, as in the literature, so that figures can be compared."""


def bin_equally(judged: Iterable[Judged]) -> list[tuple[float, float, int]]:
    """Bins with equal numbers of answers, the lowest scores first: (mean score, share right, number) of each.

    No bin is empty.
    """
    # Sorted only by score: among equal scores, right answers must not come last.
    ranked = sorted(judged, key=lambda each: each[0])
    edges = [round(len(ranked) * step / _BINS) for step in range(_BINS + 1)]
    return [_sum_up(ranked[start:end]) for start, end in pairwise(edges) if end > start]


def calibration_error(judged: Iterable[Judged]) -> float:
    """Mean difference between score and share right, 0..1, over bins of equal numbers of answers; 0 without any."""
    return _weigh(bin_equally(judged))


def calibration_error_by_width(judged: Sequence[Judged]) -> float:
    """Mean difference between score and share right, 0..1, over bins of equal width; 0 without answers."""
    bins = [[each for each in judged if min(int(each[0] * _BINS), _BINS - 1) == number] for number in range(_BINS)]
    return _weigh([_sum_up(answers) for answers in bins if answers])


def _sum_up(answers: Sequence[Judged]) -> tuple[float, float, int]:
    number = len(answers)
    return sum(score for score, _ in answers) / number, sum(right for _, right in answers) / number, number


def _weigh(bins: Sequence[tuple[float, float, int]]) -> float:
    """The mean difference over bins, weighted by their numbers of answers."""
    total = sum(number for _, _, number in bins)
    return sum(abs(score - share) * number for score, share, number in bins) / total if total else 0.0
