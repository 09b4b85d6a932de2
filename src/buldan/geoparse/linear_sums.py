"""Sums of weighted features, hit by hit: compiled where they can be, see `hatch_build.py`."""

from __future__ import annotations

from typing import Any

__all__ = ["SumViews"]


class SumViews:
    """Views of weights, taken once.

    Args:
        begins: by kind of code, where its weights begin in `sums`.
        sums: the weights of all codes.
        weights: of the features that have no code.
    """

    def __init__(self, begins: Any, sums: Any, weights: Any) -> None:
        self.begins, self.sums, self.weights = begins, sums, weights

    def fill(self, codes: Any, first_code: int, values: Any, first_value: int, out: Any) -> None:
        """Fill in by hit, in the first row of `out`, what its codes and its features weigh.

        Codes are rows of `codes`, from `first_code` on; features are columns of `values`, from `first_value` on.
        """
        for hit in range(out.shape[1]):
            # First the codes and then the values: the order of a sum is part of its last bit.
            coded, total = 0.0, 0.0
            for kind in range(len(self.begins)):
                coded += self.sums[self.begins[kind] + codes[first_code + kind, hit]]
            for feature in range(len(self.weights)):
                # Most features of a hit are zero; nothing is added for them, not even the zero of an infinite value.
                if values[hit, first_value + feature]:
                    total += self.weights[feature] * values[hit, first_value + feature]
            out[0, hit] = coded + total

    def sum_row(self, codes: Any, values: Any) -> float:
        """What one hit weighs by its codes and its features, summed in the order of `fill`."""
        coded, total = 0.0, 0.0
        for kind in range(len(self.begins)):
            coded += self.sums[self.begins[kind] + codes[kind]]
        for feature in range(len(self.weights)):
            if values[feature]:
                total += self.weights[feature] * values[feature]
        return coded + total
