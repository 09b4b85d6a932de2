"""What speaks for each candidate: one table of evidence and weights, which is the whole of the score.

The utility of a candidate is the sum of evidence times weight (`weights.tsv`, learned by `buldan learn score`);
its probability is the share of its exponential among all candidates and the answer "none of these": a
conditional logit (McFadden 1974), which is calibrated by the way it is fitted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

__all__ = ["EVIDENCE", "Weights", "read_weights"]

EVIDENCE = (
    "same_fold",
    "articles_differ",
    "variant",
    "uncoded",
    "generic_kept",
    "cost",
    "cost_per_sound",
    "length",
    "rule_kind",
    "rule_part",
    "rule_side",
    "left_out",
    "clitic",
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
    "group_other",
    "within_inside",
    "within_outside",
    "context_inside",
    "context_outside",
    "near",
    "other_kind",
)
"""The columns of the evidence, in order."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weight of each column of `EVIDENCE`, and the utility of "none of these"."""

    values: NDArray[np.float64]
    nothing: float


@cache
def read_weights() -> Weights:
    """The learned weights.

    Raises:
        ValueError: the table lacks a column of evidence.
    """
    lines = files("buldan.lookup").joinpath("weights.tsv").read_text("utf-8").splitlines()[1:]
    table = {evidence: float(weight) for evidence, weight, *_ in (line.split("\t") for line in lines)}
    missing = [evidence for evidence in (*EVIDENCE, "nothing") if evidence not in table]
    if missing:
        raise ValueError(f"weights.tsv lacks {', '.join(missing)}")
    return Weights(np.array([table[evidence] for evidence in EVIDENCE]), table["nothing"])
