"""How far a question sounds from a name, by learned edit costs.

A weighted edit distance over phonemes (Wagner & Fischer 1974) whose costs come from `costs.tsv`: negative log
probabilities of a stochastic transducer (Ristad & Yianilos 1998), trained by `buldan learn costs` on the
spellings of the gazetteer. What spelling often does (a short vowel written out, q for k) costs little; what it
rarely does (r for l) costs much. Each pair of scripts, the name's and the question's, has a table of its own.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import cache
from math import exp

from buldan.text.alignment import Aligner
from buldan.text.sounds import phonemes
from buldan.text.tables import read_table

__all__ = ["choose_cost_table", "encode_sounds", "load_aligner", "measure_edit_cost", "similarity"]

UNSEEN_SWAP, UNSEEN_GAP = 4.5, 3.5
"""Cost of an edit that training never saw."""

_SCRIPTS = ("arabic-arabic", "arabic-latin", "latin-arabic", "latin-latin")
"""The scripts of the name and of what was asked, by 2 · (the name is vowelled) + (what was asked is)."""

_SHORT_VOWELS = "aeiouēō"
"""Sounds that only Latin writes; a word that has one came from there."""

_SHARPNESS = 1.1
"""How fast similarity falls with the cost per sound."""


@cache
def _number_sounds() -> dict[str, int]:
    """A number for each sound, from 1 on, the short vowels last."""
    sounds = {sound for _, name, asked, _ in read_table("costs") for sound in (name, asked) if sound}
    sounds.update(sound for sound, *_ in read_table("phonemes"))
    sounds.update("0123456789")
    ordered = sorted(sounds - set(_SHORT_VOWELS)) + list(_SHORT_VOWELS)
    return {sound: code for code, sound in enumerate(ordered, start=1)}


@cache
def _map_sounds_to_codes() -> dict[int, int]:
    return {ord(sound): code for sound, code in _number_sounds().items()}


def read_cost_rows() -> Iterable[Sequence[str]]:
    """The learned costs: scripts, the name's sound, the sound asked for (one of them may be empty), nats."""
    return read_table("costs")


@cache
def load_aligner() -> Aligner:
    """The alignment of encoded sounds by the learned costs."""
    codes = {"": 0, **_number_sounds()}
    width = len(codes)
    costs = array("d", [UNSEEN_SWAP]) * (len(_SCRIPTS) * width * width)
    for table in range(len(_SCRIPTS)):
        start = table * width * width
        for code in codes.values():
            costs[start + code] = costs[start + code * width] = UNSEEN_GAP
        for code in codes.values():
            costs[start + code * width + code] = 0.0
    for scripts, name, asked, cost in read_cost_rows():
        costs[(_SCRIPTS.index(scripts) * width + codes[name]) * width + codes[asked]] = float(cost)
    return Aligner(costs, width, codes[_SHORT_VOWELS[0]])


def encode_sounds(sounds: str) -> bytes:
    """Phonemes as the aligner takes them: one byte each."""
    return sounds.translate(_map_sounds_to_codes()).encode("latin-1")


def choose_cost_table(name: str, asked: str) -> str:
    """Which table two phoneme strings are compared by; short vowels tell that a word came from Latin."""
    vowelled = [not set(_SHORT_VOWELS).isdisjoint(sounds) for sounds in (name, asked)]
    return _SCRIPTS[2 * vowelled[0] + vowelled[1]]


def measure_edit_cost(name: str, asked: str) -> float:
    """The least cost in nats at which the phonemes of a name become those asked for; 0 where they are equal.

    Ends that agree stay aligned. Not symmetric: a vowel that Arabic leaves out is no surprise in Latin, but the
    other way round it is lost.
    """
    return load_aligner().measure_costs(encode_sounds(name), [0], [len(name)], encode_sounds(asked))[0]


def similarity(a: str, b: str) -> float:
    """How alike two names of any script sound, 0..1; 1 for spellings of one another that cost nothing.

    >>> similarity("يلدا", "Yalda") > 0.8 > 0.4 > similarity("يلدا", "Homs")
    True
    """
    sounds_a, sounds_b = phonemes(a), phonemes(b)
    if not sounds_a or not sounds_b:
        return 0.0
    cost = (measure_edit_cost(sounds_a, sounds_b) + measure_edit_cost(sounds_b, sounds_a)) / 2
    return exp(-_SHARPNESS * cost / (len(sounds_a) + len(sounds_b)))
