"""Distances as texts give them: "2.5 km", "seven miles", عشرة كيلومترات, كيلومترين, ثلاثة فراسخ.

Units and number words are tables; figures are read from the text as written, for a flat text keeps no decimal point.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from buldan.geoparse.document.flat import Flat, Gap
from buldan.geoparse.tables import read_table
from buldan.text import ONE_LETTER_CLITICS, fold

__all__ = ["Distance", "find_distance_after", "find_distance_before", "is_distance", "list_unit_words"]

_HYPHEN = int(Gap.HYPHEN)
_FIGURES = re.compile(r"(\d+(?:[.,٫]\d+)?)(?:\s*[-–]\s*(\d+(?:[.,٫]\d+)?))?[\s-]*$")
_GLUED = re.compile(r"(\d+)([a-z]+)")
_MOST_KM = 500.0
"""Maximum: nobody describes a place of Syria by a longer distance; such a number counts something else."""

_REACH = 24
"""Characters before a unit in which its figures are sought."""

_MOST_NUMBER_WORDS = 5
"""Words of a number that is written out, at most; more are a sentence."""


class Distance(NamedTuple):
    """Kilometres, and the words that say them (`last` outside)."""

    km: float
    first: int
    last: int


@cache
def _load_units() -> Mapping[str, tuple[float, float]]:
    """By folded unit, its kilometres, and how many it says itself (كيلومترين: 2; 0 where a number must say)."""
    return {fold(form): (float(km), float(times or 0)) for form, _, km, times, _ in read_table("units")}


def list_unit_words() -> frozenset[str]:
    """Every folded word for a unit of length, also behind ب."""
    return frozenset(_load_units()) | {"ب" + form for form in _load_units()}


@cache
def _load_number_words() -> Mapping[str, float]:
    return {fold(form): float(value) for form, _, value, _ in read_table("numbers")}


def is_distance(word: str) -> bool:
    """Whether a folded word is a distance by itself: 5km."""
    glued = _GLUED.fullmatch(word)
    return glued is not None and glued[2] in _load_units()


def find_distance_before(flat: Flat, first: int, reach: int) -> Distance | None:
    """The distance whose unit ends within so many words before a word."""
    for unit in range(first - 1, max(first - 1 - reach, -1), -1):
        if flat.gap_list[unit + 1] > Gap.QUOTE:
            return None
        found = _parse_distance(flat, unit)
        if found:
            return found
    return None


def find_distance_after(flat: Flat, last: int, reach: int) -> Distance | None:
    """The distance whose unit stands within so many words from a word on."""
    for unit in range(last, min(last + reach, len(flat.words))):
        if flat.gap_list[unit] > Gap.QUOTE:
            return None
        found = _parse_distance(flat, unit)
        if found:
            return found if found.first >= last else None
    return None


def _parse_distance(flat: Flat, unit: int) -> Distance | None:
    """The distance whose unit is the word `unit`; None where that word is no unit, or no number stands before it."""
    word = flat.words[unit]
    glued = _GLUED.fullmatch(word)
    if glued and glued[2] in _load_units():
        return _make_distance(float(glued[1]) * _load_units()[glued[2]][0], unit, unit + 1)
    # Behind a clitic: بكيلومترين.
    known = _load_units().get(word) or (_load_units().get(word[1:]) if word[:1] in ONE_LETTER_CLITICS else None)
    if known is None:
        return None
    scale, itself = known
    # The number stands before its unit in Arabic and in English alike.
    number, first = _find_number_before(flat, unit)
    if number is None:
        return _make_distance(itself * scale, unit, unit + 1) if itself else None
    return _make_distance(number * scale, first, unit + 1)


def _find_number_before(flat: Flat, unit: int) -> tuple[float | None, int]:
    """The number before a unit, and the word where it begins."""
    at = int(flat.offsets[flat.starts[unit]])
    start = max(at - _REACH, 0)
    # In the original: the fold takes the point out of "2.5".
    figures = _FIGURES.search(flat.original[start:at])
    if figures:
        values = [float(value.replace(",", ".").replace("٫", ".")) for value in figures.groups() if value]
        begins, first = start + figures.start(), unit
        while first > 0 and int(flat.offsets[flat.starts[first - 1]]) >= begins:
            first -= 1
        return sum(values) / len(values), first  # the mean of a range: "3-5 km"
    values, first = [], unit
    while first > 0 and unit - first < _MOST_NUMBER_WORDS and flat.gap_list[first] <= _HYPHEN:
        word = flat.words[first - 1]
        value = _load_number_words().get(
            word, _load_number_words().get(word[1:]) if word[:1] in ONE_LETTER_CLITICS else None
        )
        if value is None:
            break
        values.insert(0, value)
        first -= 1
    while values and not values[0]:
        # An "and" before the number joins it to something else.
        values.pop(0)
        first += 1
    return (_combine_numbers(values) or None), first


def _combine_numbers(values: Sequence[float]) -> float:
    """The number that some number words say: what stands before a hundred counts hundreds (three hundred), a part is
    one of what follows (half a mile), all else is added.
    """
    number = 0.0
    for value in values:
        counts = 0 < number < 1 or (value == _HUNDRED and 0 < number < _TEN)
        number = number * value if counts else number + value
    return number


_TEN, _HUNDRED = 10.0, 100.0
"""A hundred multiplies a digit before it; behind tens it is added."""


def _make_distance(km: float, first: int, last: int) -> Distance | None:
    return Distance(km, first, last) if 0 < km < _MOST_KM else None
