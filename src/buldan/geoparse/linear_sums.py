"""Sums of weighted features, hit by hit: compiled where they can be, see `hatch_build.py`."""

from __future__ import annotations

from typing import Any

__all__ = ["add_coded", "add_weighted"]


def add_coded(codes: Any, begins: Any, sums: Any, out: Any) -> None:
    """Add to each hit what its codes weigh.

    Args:
        codes: by kind of code, a row with the code of each hit.
        begins: by kind of code, where its weights begin in `sums`.
        sums: the weights of all codes.
        out: by hit, what is added to.
    """
    for hit in range(len(out)):
        for kind in range(len(begins)):
            out[hit] += sums[begins[kind] + codes[kind, hit]]


def add_weighted(values: Any, weights: Any, out: Any) -> None:
    """Add to each hit its features, a row of `values`, by their weights."""
    for hit in range(len(out)):
        total = 0.0
        for feature in range(len(weights)):
            # Most features of a hit are zero; nothing is added for them, not even the zero of an infinite value.
            if values[hit, feature]:
                total += weights[feature] * values[hit, feature]
        out[hit] += total
