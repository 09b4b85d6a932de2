"""How far a question sounds from a name, by learned edit costs.

A weighted edit distance over phonemes (Wagner & Fischer 1974) whose costs come from `costs.tsv`: negative log
probabilities of a stochastic transducer (Ristad & Yianilos 1998), trained by `buldan learn costs` on the
spellings of the gazetteer. What spelling often does (a short vowel written out, q for k) costs little; what it
rarely does (r for l) costs much. Each pair of scripts, the name's and the question's, has a table of its own.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from math import exp

from buldan.text.sounds import phonemes
from buldan.text.tables import read_table

__all__ = ["DISTANCE_VERSION", "edit_cost", "scripts_of", "similarity"]

DISTANCE_VERSION = 1

UNSEEN_SWAP, UNSEEN_GAP = 4.5, 3.5
"""Cost of an edit that training never saw."""

_SCRIPTS = {
    (False, False): "arabic-arabic",
    (False, True): "arabic-latin",
    (True, False): "latin-arabic",
    (True, True): "latin-latin",
}

_SHARPNESS = 1.1
"""How fast similarity falls with the cost per sound."""


class _Row(dict[str, float]):
    """What it costs for one sound of a name to become another (`""` for none), with a price for the unseen."""

    def __init__(self, sound: str) -> None:
        super().__init__({sound: 0.0})

    def __missing__(self, other: str) -> float:
        cost = self[other] = UNSEEN_SWAP if other else UNSEEN_GAP
        return cost


class _Additions(_Row):
    """What it costs for a sound to come from nothing."""

    def __missing__(self, other: str) -> float:
        cost = self[other] = UNSEEN_GAP
        return cost


class _Table(dict[str, _Row]):
    """The row of each sound of a name; that of `""` holds the additions."""

    def __missing__(self, sound: str) -> _Row:
        row = self[sound] = _Row(sound) if sound else _Additions(sound)
        return row


@cache
def _costs() -> dict[str, _Table]:
    tables = {f"{name}-{asked}": _Table() for name in ("arabic", "latin") for asked in ("arabic", "latin")}
    for scripts, name, asked, cost in read_table("costs"):
        tables[scripts][name][asked] = float(cost)
    return tables


_VOWEL = re.compile("[aeiouēō]")


@lru_cache(maxsize=1 << 16)
def _is_vowelled(sounds: str) -> bool:
    return _VOWEL.search(sounds) is not None


def scripts_of(name: str, asked: str) -> str:
    """Which table two phoneme strings are compared by; short vowels tell that a word came from Latin."""
    return _SCRIPTS[_is_vowelled(name), _is_vowelled(asked)]


def edit_cost(name: str, asked: str) -> float:
    """The least cost in nats at which the phonemes of a name become those asked for; 0 where they are equal.

    Ends that agree stay aligned. Not symmetric: a vowel that Arabic leaves out is no surprise in Latin, but the
    other way round it is lost.
    """
    if name == asked:
        return 0.0
    costs = _costs()[scripts_of(name, asked)]
    start, end_name, end_asked = 0, len(name), len(asked)
    while start < end_name and start < end_asked and name[start] == asked[start]:
        start += 1
    while end_name > start and end_asked > start and name[end_name - 1] == asked[end_asked - 1]:
        end_name, end_asked = end_name - 1, end_asked - 1
    sounds = asked[start:end_asked]
    additions = costs[""]
    gaps = [additions[sound] for sound in sounds]
    row = [0.0]
    for gap in gaps:
        row.append(row[-1] + gap)
    for left in name[start:end_name]:
        swaps = costs[left]
        drop = swaps[""]
        diagonal = row[0]
        best = row[0] = diagonal + drop
        for position, right in enumerate(sounds):
            swap = diagonal + swaps[right]
            diagonal = row[position + 1]
            best += gaps[position]
            if diagonal + drop < best:
                best = diagonal + drop
            if swap < best:
                best = swap
            row[position + 1] = best
    return row[-1]


def similarity(a: str, b: str) -> float:
    """How alike two names of any script sound, 0..1; 1 for spellings of one another that cost nothing.

    >>> similarity("يلدا", "Yalda") > 0.8 > 0.4 > similarity("يلدا", "Homs")
    True
    """
    sounds_a, sounds_b = phonemes(a), phonemes(b)
    if not sounds_a or not sounds_b:
        return 0.0
    cost = (edit_cost(sounds_a, sounds_b) + edit_cost(sounds_b, sounds_a)) / 2
    return exp(-_SHARPNESS * cost / (len(sounds_a) + len(sounds_b)))
