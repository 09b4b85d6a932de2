"""What speaks for each candidate: one table of evidence and weights, which is the whole of the score.

The utility of a candidate is the sum of evidence times weight (`weights.tsv`, learned by `buldan learn score`);
its probability is the share of its exponential among all candidates and the answer "none of these": a
conditional logit (McFadden 1974), which is calibrated by the way it is fitted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from buldan.rules import read_table

__all__ = ["CALIBRATION", "CONTEXTS", "EVIDENCE", "OTHER_ROWS", "Calibration", "Weights", "read_weights"]

EVIDENCE = (
    "same_fold",
    "one_letter",
    "articles_differ",
    "variant",
    "anothers",
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
    "other_kind",
)
"""The columns of the evidence, in order."""

CONTEXTS = ("alone", "within")
CALIBRATION = ("low", "high", "shift")
OTHER_ROWS = ("nothing", *(f"{part}_{context}" for context in CONTEXTS for part in CALIBRATION))
"""Rows of the table that are not evidence."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the sum of a spot's probabilities becomes a score: beta calibration (Kull, Silva Filho and Flach 2017).

    `low` says how fast the score rises where shares are small, `high` where they are large.
    """

    low: float = 1.0
    high: float = 1.0
    shift: float = 0.0

    def of(self, share: float) -> float:
        """The score of a share, 0..1, in the same order."""
        share = min(max(share, 1e-6), 1 - 1e-6)
        return round(1 / (1 + exp(-(self.low * log(share) - self.high * log(1 - share) + self.shift))), 4)


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
