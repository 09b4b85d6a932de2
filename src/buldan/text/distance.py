"""How far apart two names sound, by learned edit costs.

A weighted edit distance over phonemes (Wagner & Fischer 1974) whose costs come from `costs.tsv`: negative log
probabilities of a memoryless stochastic transducer (Ristad & Yianilos 1998), trained by `buldan learn costs`
on the spellings of the gazetteer, scaled so that what usually becomes of a sound costs nothing. What spellings
often do (a short vowel added, q for k) costs little; what they rarely do (r for l) costs much. Two Arabic names,
two Latin ones, and one of each are compared by tables of their own.
"""

from __future__ import annotations

import re
from functools import cache
from math import exp

from buldan.text.sounds import phonemes
from buldan.text.tables import read_table

__all__ = ["DISTANCE_VERSION", "edit_cost", "scripts_of", "similarity"]

DISTANCE_VERSION = 1

UNSEEN_SWAP, UNSEEN_GAP = 4.5, 3.5
"""Cost of an edit that training never saw."""

_SHARPNESS = 2.4
"""How fast similarity falls with the cost per sound."""


class _Costs(dict[str, float]):
    """Costs of swaps (`"ab"`) and gaps (`"a"`), with a price for what was never seen."""

    def __missing__(self, edit: str) -> float:
        cost = self[edit] = 0.0 if edit == edit[0] * 2 else (UNSEEN_GAP if len(edit) == 1 else UNSEEN_SWAP)
        return cost


@cache
def _costs() -> dict[str, _Costs]:
    tables: dict[str, _Costs] = {"arabic": _Costs(), "cross": _Costs(), "latin": _Costs()}
    for scripts, left, right, cost in read_table("costs"):
        tables[scripts][left + right] = tables[scripts][right + left] = float(cost)
    return tables


_VOWELLED = re.compile("[aeiouēō]").search


def scripts_of(a: str, b: str) -> str:
    """Which table two phoneme strings are compared by; short vowels tell that a word came from Latin."""
    if _VOWELLED(a):
        return "latin" if _VOWELLED(b) else "cross"
    return "cross" if _VOWELLED(b) else "arabic"


def edit_cost(a: str, b: str, *, limit: float = float("inf")) -> float:
    """The least cost of turning phonemes `a` into `b`, in nats; a number above `limit` where it exceeds it.

    Symmetric; 0 for equal strings.
    """
    if a == b:
        return 0.0
    costs = _costs()[scripts_of(a, b)]
    start, end_a, end_b = 0, len(a), len(b)
    while start < end_a and start < end_b and a[start] == b[start]:
        start += 1
    while end_a > start and end_b > start and a[end_a - 1] == b[end_b - 1]:
        end_a, end_b = end_a - 1, end_b - 1
    gaps = [costs[sound] for sound in b[start:end_b]]
    row = [0.0]
    for gap in gaps:
        row.append(row[-1] + gap)
    for left in a[start:end_a]:
        drop = costs[left]
        diagonal, best = row[0], row[0] + drop
        row[0] = cheapest = best
        for position, right in enumerate(b[start:end_b]):
            swap = diagonal + costs[left + right]
            diagonal = row[position + 1]
            best += gaps[position]
            if diagonal + drop < best:
                best = diagonal + drop
            if swap < best:
                best = swap
            row[position + 1] = best
            if best < cheapest:
                cheapest = best
        if cheapest > limit:
            return cheapest
    return row[-1]


def similarity(a: str, b: str) -> float:
    """How alike two names of any script sound, 0..1; 1 for spellings of one another that cost nothing.

    >>> similarity("يلدا", "Yalda") > 0.8 > 0.4 > similarity("يلدا", "Homs")
    True
    """
    sounds_a, sounds_b = phonemes(a), phonemes(b)
    if not sounds_a or not sounds_b:
        return 0.0
    return exp(-_SHARPNESS * edit_cost(sounds_a, sounds_b) / (len(sounds_a) + len(sounds_b)))
