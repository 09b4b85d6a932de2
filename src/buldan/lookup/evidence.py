"""What speaks for each candidate: one table of evidence and weights, which is the whole of the score.

The utility of a candidate is the sum of evidence times weight (`weights.tsv`, learned by `buldan learn score`);
its probability is the share of its exponential among all candidates and the answer "none of these": a
conditional logit (McFadden 1974), which is calibrated by the way it is fitted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from buldan.rules import read_table

__all__ = [
    "CALIBRATION",
    "CONTEXTS",
    "CURVE",
    "EVIDENCE",
    "LEVELS",
    "OTHER_ROWS",
    "Calibration",
    "Weights",
    "read_weights",
]

EVIDENCE = (
    "same_fold",
    "one_letter",
    "articles_differ",
    "variant",
    "anothers",
    "latin",
    "uncoded",
    "generic_kept",
    "cost",
    "cost_per_sound",
    "length",
    "rule_kind",
    "rule_part",
    "rule_side",
    "rule_type",
    "rule_unit",
    "left_out",
    "clitic",
    "clitic_article",
    "role_comma",
    "role_colon",
    "role_bracket",
    "role_either",
    "role_beside",
    "kind_agrees",
    "kind_differs",
    "salience",
    "group_admin",
    "group_quarter",
    "group_site",
    "group_land",
    "group_other",
    "within_inside",
    "within_outside",
    "context_inside",
    "context_outside",
    "filled",
    "near",
)
"""The columns of the evidence, in order."""

CONTEXTS = ("alone", "within")
CURVE, LEVELS = ("low", "high", "shift", "cost", "left", "short"), ("rise", "top")
CALIBRATION = (*CURVE, *LEVELS)
OTHER_ROWS = ("nothing", *(f"{part}_{context}" for context in CONTEXTS for part in CALIBRATION))
"""Rows of the table that are not evidence."""


_SAME_FOLD, _LEFT_OUT = EVIDENCE.index("same_fold"), EVIDENCE.index("left_out")
_COST_PER_SOUND = EVIDENCE.index("cost_per_sound")
_MOST_COST = 3.0
"""Nats a sound above which a cost says no more of a score."""

_LEAST_OWN_SHARE = 0.1
"""Minimum share of the sounds that counts as the name's own, since the cost is divided by it."""

_UNCERTAIN = -0.04
"""Log-odds below which doubts about its spelling do not lower an answer: .49; less made true names too unlikely."""

_LEAST_SHARE = 1e-6
"""Probabilities are kept so far from 0 and 1, where log-odds are infinite."""

_LONG_NAME = 8
"""Sounds from which on a name is too long to be like another by chance."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the sum of a spot's probabilities becomes a score: beta calibration (Kull, Silva Filho and Flach 2017).

    `low` says how fast the score rises where shares are small, `high` where they are large; from the log-odds goes
    what the first answer leaves to chance: `cost` for each nat a sound that the name is spelled off, `left` for the
    share of the question that it leaves out, `short` for a short name that is not the very one asked for.

    Above one half the score then levels off: `rise` says how fast, `top` what it never passes, for even of the surest
    answers some are wrong. What is likelier wrong than right stays as it is, so that no name of nothing becomes likely.
    """

    low: float = 1.0
    high: float = 1.0
    shift: float = 0.0
    cost: float = 0.0
    left: float = 0.0
    short: float = 0.0
    rise: float = 1.0
    top: float = 1.0

    def of(self, share: float, doubt: float = 0.0) -> float:
        """The score of a share, 0..1, in the same order; `doubt` as `measure_doubt` gives it."""
        return round(self.level_off(_compute_log_odds(share, doubt, self.low, self.high, self.shift)), 4)

    def weigh(self, share: float, doubt: float = 0.0) -> float:
        """The score before it levels off: what answers are compared by, for levels would bring them together."""
        return _compute_share(_compute_log_odds(share, doubt, self.low, self.high, self.shift))

    def rate(self, share: float, doubt: float) -> tuple[float, float]:
        """The score of a share, and that score before it levels off: both numbers from one computation."""
        odds = _compute_log_odds(share, doubt, self.low, self.high, self.shift)
        return round(_level_off(odds, self.rise, self.top), 4), _compute_share(odds)

    def level_off(self, odds: float) -> float:
        """The score of log-odds, in the same order; one half is one half."""
        return _level_off(odds, self.rise, self.top)

    def measure_doubt(self, evidence: Sequence[float], sounds: int, own_share: float = 1.0) -> float:
        """What the evidence of the first answer takes from the log-odds of every score; `own_share` is that of the
        sounds which are the name's, where a unit's name beside it was taken for a part of it.
        """
        # All slips are in the sounds of its own, so that these cost more each.
        cost = min(evidence[_COST_PER_SOUND] / max(own_share, _LEAST_OWN_SHARE), _MOST_COST)
        doubt = self.cost * cost + self.left * evidence[_LEFT_OUT]
        if evidence[_SAME_FOLD]:
            return doubt  # letter by letter the same is no chance, however short; else short names resemble many
        return doubt + self.short * max(0.0, log(_LONG_NAME / max(round(sounds * own_share), 1)))


def _compute_log_odds(share: float, doubt: float, low: float, high: float, shift: float) -> float:
    # The logarithm of zero is infinite; beyond one in a million nothing was ever measured.
    share = min(max(share, _LEAST_SHARE), 1 - _LEAST_SHARE)
    odds = low * log(share) - high * log(1 - share) + shift
    # How far a name is spelled off is in its share already: it leaves an answer uncertain, and not unlikely.
    return max(odds - doubt, min(odds, _UNCERTAIN))


def _level_off(odds: float, rise: float, top: float) -> float:
    """The score of log-odds: their probability up to one half, above that a curve that never passes `top`."""
    return _compute_share(odds) if odds <= 0 else 0.5 + (top - 0.5) * (2 * _compute_share(rise * odds) - 1)


def _compute_share(odds: float) -> float:
    """The logistic function: the probability of log-odds."""
    return 1 / (1 + exp(-odds))


@dataclass(frozen=True, slots=True)
class Weights:
    """Weight of each column of `EVIDENCE`, the utility of "none of these", and how shares become scores."""

    values: NDArray[np.float64]
    nothing: float
    calibration: Mapping[str, Calibration]


@cache
def read_weights() -> Weights:
    """The learned weights.

    Raises:
        ValueError: the table lacks a row.
    """
    table = {evidence: float(weight) for evidence, weight, *_ in read_table("lookup/weights")}
    missing = [row for row in (*EVIDENCE, *OTHER_ROWS) if row not in table]
    if missing:
        raise ValueError(f"weights.tsv lacks {', '.join(missing)}")
    return Weights(
        np.array([table[evidence] for evidence in EVIDENCE]),
        table["nothing"],
        {context: Calibration(*(table[f"{part}_{context}"] for part in CALIBRATION)) for context in CONTEXTS},
    )
