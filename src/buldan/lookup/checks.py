"""Checks of the arguments of a lookup: text, limit, position, units."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from math import inf
from numbers import Real

from buldan.errors import QueryError
from buldan.geometry import SYRIA, WORLD
from buldan.model import LONGEST_NAME
from buldan.rules import read_table
from buldan.text import fold

__all__ = [
    "LONGEST_QUESTION",
    "MOST_MATCHES",
    "check_limit",
    "check_near",
    "check_question",
    "check_radius",
    "check_string",
    "check_within",
    "is_missing",
    "looks_swapped",
    "quote",
    "read_words_for_nothing",
]

MOST_MATCHES = 100
"""The largest `limit`."""

LONGEST_QUESTION = LONGEST_NAME
"""Maximum characters of a question; longer texts are for the geoparser."""

_MANY = (list, tuple, dict, set, frozenset, bytes)
"""Types that cannot be a unit in a sequence of units."""

_MISSING = frozenset({"nan", "<na>", "nat", "null", "none", "#n/a"})
"""Missing values of numpy, pandas, databases and Python as text, in lower case; no name is spelled so."""

_QUOTED = 40
"""Characters of a question that an error message quotes: enough to know it by."""

_LONGEST_NOTHING = 30
"""Maximum characters of a text that may be a word of `nothing.tsv`."""


def check_string(value: object, called: str, *, field: str = "text", advice: str = "") -> None:
    """Check that an argument is a string; `called` names it in the error, and `advice` may end it.

    Raises:
        QueryError: it is of another type.
    """
    if not isinstance(value, str):
        raise QueryError(f"{called} must be a string, not {type(value).__name__}{advice}", field=field)


def check_question(text: str) -> None:
    """Check that a text can be a name.

    Raises:
        QueryError: says why.
    """
    check_string(text, "the text")
    if not text.strip():
        raise QueryError("the text is empty; give a place name")
    if len(text) > LONGEST_QUESTION:
        raise QueryError(
            f"the text has {len(text)} characters, more than a name can have ({LONGEST_QUESTION}); geoparse reads texts"
        )
    if text.isprintable():
        return  # true of nearly every question; the characters refused below are not printable
    for character in text:
        category = unicodedata.category(character)
        # U+0080 to U+009F are control characters that occur in Arabic read with a wrong encoding.
        if category in {"Cc", "Cs"} and character not in "\t\n\r" and not "\x80" <= character <= "\x9f":
            raise QueryError(f"the text has a character that no name has (U+{ord(character):04X})")


def is_missing(value: object) -> bool:
    """Whether a value is missing (None, NaN, NA, NaT, NULL), as a value or as text, or a word for none ("Other")."""
    if value is None:
        return True
    text = str(value).strip()
    # Folding takes longer than the rest, and few words for nothing are long.
    return text.casefold() in _MISSING or (len(text) <= _LONGEST_NOTHING and fold(text) in read_words_for_nothing())


@cache
def read_words_for_nothing() -> dict[str, str]:
    """The meaning of each word of `nothing.tsv`, by its folded form: "nothing", or "sum" for a total."""
    return {fold(form): says for form, says, _ in read_table("lookup/nothing")}


def quote(text: str) -> str:
    """The beginning of a question, quoted for an error message."""
    return repr(text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…")


def check_limit(limit: int) -> None:
    """Check that `limit` is a whole number in range.

    Raises:
        QueryError: says what it may be.
    """
    if not isinstance(limit, int) or not 1 <= limit <= MOST_MATCHES:
        raise QueryError(f"limit must be a whole number from 1 to {MOST_MATCHES}, not {limit!r}", field="limit")


def check_radius(radius_km: float | None) -> None:
    """Check that a radius is a positive distance.

    Raises:
        QueryError: says what it may be.
    """
    if radius_km is not None and not (isinstance(radius_km, Real) and 0 < radius_km < inf):
        raise QueryError(f"radius_km must be kilometres above 0, not {radius_km!r}", field="radius_km")


def check_within(within: str | Sequence[object] | None) -> None:
    """Check that `within` is a unit or a sequence of units. Entries of a sequence may be blank, like cells of a table.

    Raises:
        QueryError: says what it may be.
    """
    if within is None:
        return
    if isinstance(within, str):
        if not within.strip():
            # Probably a variable that was never set: an answer from anywhere would look like one from the unit.
            raise QueryError("within is empty; give a unit's name or code, or leave it out", field="within")
        return
    # A set or mapping has no order, and bytes would be read as numbers.
    is_chain = isinstance(within, Sequence) and not isinstance(within, bytes)
    wrong = within if not is_chain else next((part for part in within if isinstance(part, _MANY)), None)
    if wrong is not None:
        called = type(wrong).__name__
        raise QueryError(
            f"within must be a unit's name or code, or a sequence of these from wide to narrow, not {called}",
            field="within",
        )


def looks_swapped(near: tuple[float, float]) -> bool:
    """Whether a position (lon, lat) lies outside Syria but inside with its numbers swapped."""
    lon, lat = near
    return not SYRIA.holds(near) and SYRIA.holds((lat, lon))


def check_near(near: tuple[float, float] | None, *, field: str = "near") -> None:
    """Check that a position is in the world and its numbers are not swapped; `field` is what the caller calls it.

    Raises:
        QueryError: says which.
    """
    if near is None:
        return
    try:
        lon, lat = near
        is_outside = not WORLD.holds((lon, lat))
    except (TypeError, ValueError):
        raise QueryError(f"a point is two numbers, lon, lat in degrees, not {near!r}", field=field) from None
    if is_outside:
        raise QueryError(f"a point is lon, lat in degrees; {lon}, {lat} is not on the globe", field=field)
    if looks_swapped(near):
        raise QueryError(f"a point is lon, lat in that order; {lon}, {lat} looks swapped", field=field)
