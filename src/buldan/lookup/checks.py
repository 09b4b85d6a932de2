"""What can be asked: a text that can hold a name, a limit, a position."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from math import inf

from buldan.errors import QueryError
from buldan.geometry import SYRIA, WORLD
from buldan.model import LONGEST_NAME

__all__ = [
    "LONGEST_QUESTION",
    "MOST_MATCHES",
    "check_limit",
    "check_near",
    "check_question",
    "check_radius",
    "check_within",
    "is_missing",
    "quote",
]

MOST_MATCHES = 100
"""The largest `limit`."""

LONGEST_QUESTION = LONGEST_NAME
"""Characters of a question; a longer text is for the geoparser."""

_MANY = (list, tuple, dict, set, frozenset, bytes)
"""What can be no unit within a sequence of them."""

_MISSING = frozenset({"nan", "<na>", "nat", "null", "none", "#n/a"})
"""How the missing values of numpy, pandas, databases and Python print: none of them is a name."""


def check_question(text: str) -> None:
    """Refuse what cannot be a name.

    Raises:
        QueryError: says why.
    """
    if not isinstance(text, str):
        raise QueryError(f"the text must be a string, not {type(text).__name__}")
    if not text.strip():
        raise QueryError("the text is empty; give a place name")
    if len(text) > LONGEST_QUESTION:
        raise QueryError(
            f"the text has {len(text)} characters, more than a name can have ({LONGEST_QUESTION}); geoparse reads texts"
        )
    if text.isprintable():
        return  # what is sought below is never printable, and hardly any question is not
    for character in text:
        category = unicodedata.category(character)
        # Bytes 80 to 9F are no letters, but stand in Arabic that was read by the wrong encoding.
        if category in {"Cc", "Cs"} and character not in "\t\n\r" and not "\x80" <= character <= "\x9f":
            raise QueryError(f"the text holds a character that no name has (U+{ord(character):04X})")


def is_missing(value: object) -> bool:
    """Whether a value is what files and tables hold where there is nothing (None, NaN, NA, NaT, NULL), or its print."""
    return value is None or str(value).strip().casefold() in _MISSING


def quote(text: str) -> str:
    """The beginning of a question, to be quoted in an error."""
    return repr(text if len(text) <= 40 else f"{text[:40]}…")


def check_limit(limit: int) -> None:
    """Refuse a limit that is no whole number of matches.

    Raises:
        QueryError: says what it may be.
    """
    if not isinstance(limit, int) or not 1 <= limit <= MOST_MATCHES:
        raise QueryError(f"limit must be a whole number from 1 to {MOST_MATCHES}, not {limit!r}", field="limit")


def check_radius(radius_km: float | None) -> None:
    """Refuse a radius that is no distance.

    Raises:
        QueryError: says what it may be.
    """
    if radius_km is not None and not 0 < radius_km < inf:
        raise QueryError(f"radius_km must be kilometres above 0, not {radius_km}", field="radius_km")


def check_within(within: str | Sequence[object] | None) -> None:
    """Refuse what is neither a unit nor a sequence of units; an entry of a sequence may be blank, as a cell of a table.

    Raises:
        QueryError: says what it may be.
    """
    if within is None:
        return
    if isinstance(within, str):
        if not within.strip():
            # A variable that was never set, mostly: an answer from anywhere would pass for one from the unit.
            raise QueryError("within is empty; give a unit's name or code, or leave it out", field="within")
        return
    # Units without an order (a set, a mapping, a table) would be read as something else, and bytes as numbers.
    is_chain = isinstance(within, Sequence) and not isinstance(within, bytes)
    wrong = within if not is_chain else next((part for part in within if isinstance(part, _MANY)), None)
    if wrong is not None:
        called = type(wrong).__name__
        raise QueryError(
            f"within must be a unit's name or code, or a sequence of these from wide to narrow, not {called}",
            field="within",
        )


def looks_swapped(near: tuple[float, float]) -> bool:
    """Whether a position (lon, lat) lies outside Syria, and would lie inside the other way round."""
    lon, lat = near
    return not SYRIA.holds(near) and SYRIA.holds((lat, lon))


def check_near(near: tuple[float, float] | None) -> None:
    """Refuse a position outside the world, or with its numbers swapped.

    Raises:
        QueryError: says which.
    """
    if near is None:
        return
    lon, lat = near
    if not WORLD.holds(near):
        raise QueryError(f"a point is lon, lat in degrees; {lon}, {lat} is outside the world", field="near")
    if looks_swapped(near):
        raise QueryError(f"a point is lon, lat in that order; {lon}, {lat} looks swapped", field="near")
