"""Types of parameters: how each is written, read, checked, and described in OpenAPI."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from buldan.errors import QueryError
from buldan.formats.geojson import PROPERTIES
from buldan.geometry import Bounds
from buldan.kinds import kinds, kinds_named
from buldan.lookup import MOST_MATCHES
from buldan.lookup.checks import check_question

__all__ = ["BLANK", "BoundingBox", "Corners", "Fields", "Kinds", "Lang", "Limit", "LonLat", "Text"]


def _parse_numbers(value: str, *, count: tuple[int, ...], form: str) -> list[float]:
    try:
        numbers = [float(part) for part in value.split(",")]
    except ValueError:
        numbers = []
    # The limits exclude infinity and NaN, which `float` accepts.
    if len(numbers) not in count or not all(-1e9 < number < 1e9 for number in numbers):
        raise ValueError(f"must be {form} in degrees")
    return numbers


def _parse_lon_lat(value: Any) -> Any:
    return tuple(_parse_numbers(value, count=(2,), form="lon,lat")) if isinstance(value, str) else value


def _parse_bbox(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    numbers = _parse_numbers(value, count=(4, 6), form="west,south,east,north")
    # With heights, each corner is the first two of three numbers (RFC 7946, 5).
    west, south, east, north = numbers if len(numbers) == 4 else (*numbers[:2], *numbers[3:5])
    # West may be greater than east: such a box crosses the 180th meridian, and contains no place of the gazetteer.
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("must be west,south,east,north in degrees, south not above north")
    return Bounds(west, south, east, north)


def _split_words(value: Any) -> list[str]:
    """Words of several texts, each one or more separated by commas."""
    if not isinstance(value, list | frozenset) or not all(isinstance(part, str) for part in value):
        raise ValueError("must be a list of words")
    # Several values can be written in both ways, because clients' libraries differ.
    return [word.strip() for part in value for word in part.split(",") if word.strip()]


def _parse_kinds(value: Any) -> Any:
    wanted = _split_words(value)
    if not wanted:
        raise ValueError("is empty; name a kind, or leave it out")
    for kind in wanted:
        try:
            kinds_named(kind)
        except QueryError as error:
            raise ValueError(str(error)) from None
    return frozenset(wanted)


def _parse_fields(value: Any) -> Any:
    wanted = frozenset(_split_words(value))
    unknown = sorted(wanted - PROPERTIES)
    if unknown:
        raise ValueError(f"unknown: {', '.join(unknown)}; known: {', '.join(sorted(PROPERTIES))}")
    return wanted


def _parse_corners(value: Any) -> Any:
    if not isinstance(value, str) or not value:
        return value or None
    x1, y1, x2, y2 = _parse_numbers(value, count=(4,), form="x1,y1,x2,y2")
    return _parse_bbox(f"{min(x1, x2)},{min(y1, y2)},{max(x1, x2)},{max(y1, y2)}")


_GROUPS = {kind.group for kind in kinds().values()}
_KIND_NAMES = sorted({*kinds(), *_GROUPS, *(f"group:{group}" for group in _GROUPS)})
# Patterns for clients made from the description; they allow a little less than is read.
_NUMBER = r"-?\d+(\.\d+)?"
_LON = r"-?(180(\.0+)?|(1[0-7][0-9]|[1-9]?[0-9])(\.[0-9]+)?)"
_LAT = r"-?(90(\.0+)?|[1-8]?[0-9](\.[0-9]+)?)"

LonLat = Annotated[
    tuple[float, float],
    BeforeValidator(_parse_lon_lat),
    WithJsonSchema({"type": "string", "pattern": f"^{_LON},{_LAT}$", "examples": ["36.32,33.46"]}),
]
"""A position written `lon,lat`."""

BoundingBox = Annotated[
    Bounds,
    BeforeValidator(_parse_bbox),
    WithJsonSchema(
        {
            "type": "string",
            "format": "bbox",
            "pattern": f"^{_LON},{_LAT},{_LON},{_LAT}$",
            "examples": ["36,33,37,34"],
        }
    ),
]
"""A box written `west,south,east,north`, south not above north; with heights (six numbers) they are ignored."""

Corners = Annotated[
    Bounds | None,
    BeforeValidator(_parse_corners),
    WithJsonSchema({"type": "string", "pattern": f"^({_NUMBER}(,{_NUMBER}){{3}})?$", "examples": ["36,34,37,33"]}),
]
"""A box written by two opposite corners, in any order; an empty value means no box."""

Kinds = Annotated[
    frozenset[str],
    BeforeValidator(_parse_kinds),
    WithJsonSchema({"type": "array", "minItems": 1, "items": {"type": "string", "enum": _KIND_NAMES}}),
]
"""Kinds or groups of kinds, repeated or separated by commas; one at least, or nothing would pass."""

Fields = Annotated[
    frozenset[str],
    BeforeValidator(_parse_fields),
    WithJsonSchema({"type": "array", "items": {"type": "string", "enum": sorted(PROPERTIES)}}),
]
"""Names of properties, repeated or separated by commas."""


def _check_text(value: str) -> str:
    try:
        check_question(value)
    except QueryError as error:
        raise ValueError(str(error)) from None
    return value


# Python strips five more signs than a pattern's `\s` knows: the separators of files and records, and the next line.
BLANK = r"\s\x1c-\x1f\x85"
"""Blank signs, for a character class of a pattern."""

_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
Text = Annotated[
    str,
    AfterValidator(_check_text),
    Field(
        min_length=1,
        max_length=300,
        json_schema_extra={"pattern": rf"^[^{_CONTROL}]*[^{BLANK}{_CONTROL}][^{_CONTROL}]*$"},
    ),
]
"""A text that may be a name: not blank, and without control characters."""

Limit = Annotated[int, Field(ge=1, le=MOST_MATCHES)]
Lang = Annotated[str, Field(pattern="^[a-z]{2,3}$")]
