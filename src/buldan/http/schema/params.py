"""Parameters: one model a question, read strictly, and described in OpenAPI from the same model.

Models read the query themselves (`Model.of(request)`), because FastAPI's own binding of a model adds about half of
what a bare request costs (`python -m benchmarks.load` measures both); `Model.parameters()` gives OpenAPI what the
binding would have given.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, NamedTuple, Self
from urllib.parse import parse_qsl, unquote_to_bytes

from fastapi import Request
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema

from buldan.errors import QueryError
from buldan.formats.geojson import PROPERTIES
from buldan.geometry import Bounds
from buldan.http.schema.problems import BadRequest, FieldFault
from buldan.http.scope import header_of
from buldan.kinds import kinds, kinds_named
from buldan.lookup import MOST_MATCHES
from buldan.lookup.checks import check_question

__all__ = [
    "BLANK",
    "BoundingBox",
    "Corners",
    "Fields",
    "Kinds",
    "Lang",
    "Limit",
    "LonLat",
    "Query",
    "Text",
    "Together",
    "accepted_languages",
    "faults_of",
    "language",
    "preferred_language",
    "preferred_languages",
]


_EXPLODED = {"style": "form", "explode": True}


class Together(NamedTuple):
    """Parameters of which one needs or excludes another, and the rule as JSON Schema says it of an object."""

    names: tuple[str, ...]
    rule: Mapping[str, Any]
    description: str
    required: bool = False


class Query(BaseModel):
    """A question in a query string. Unknown and repeated parameters are refused, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    repeatable: ClassVar[frozenset[str]] = frozenset()
    lenient: ClassVar[bool] = False
    """Whether unknown parameters are ignored, as clients of a façade expect."""
    together: ClassVar[Mapping[str, Together]] = {}
    """Parameters that hang together, by what they are as a whole; each stands in one of them at most."""

    @classmethod
    def of(cls, request: Request) -> Self:
        """The question that a request asks.

        Raises:
            BadRequest: names every parameter at fault.
        """
        raw: bytes = request.scope["query_string"]
        return cls.read(parse_qsl(raw.decode("latin-1"), keep_blank_values=True), raw)

    @classmethod
    def read(cls, pairs: list[tuple[str, str]], raw: bytes = b"") -> Self:
        """The question that some pairs of names and values ask; `raw` is where they were decoded from."""
        known, values, replaced = cls._names(), dict[str, Any](), False
        for name, value in pairs:
            replaced = replaced or "\ufffd" in value
            if name in cls.repeatable:
                values.setdefault(name, []).append(value)
            elif name in values and not cls.lenient:
                raise BadRequest([FieldFault(name, "given more than once")])
            elif not cls.lenient or name in known:
                values[name] = value
        if replaced:
            _check_utf8(raw)
        if not values.keys() <= known:
            listed = ", ".join(sorted(known)) or "none"
            unknown = [name for name in values if name not in known]
            raise BadRequest([FieldFault(name, f"unknown parameter; known: {listed}") for name in unknown])
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise BadRequest(faults_of(error)) from None

    @classmethod
    @cache
    def _names(cls) -> frozenset[str]:
        return frozenset(field.alias or name for name, field in cls.model_fields.items())

    @classmethod
    def parameters(cls) -> dict[str, Any]:
        """What OpenAPI says of this question, for `openapi_extra`.

        Those that hang together are the members of one object, each still written as a parameter of its own (`form`,
        `explode`), because OpenAPI has no other word for "both or neither".
        """
        schema = cls.model_json_schema(ref_template="#/components/schemas/{model}")
        required, members = schema.get("required", ()), schema["properties"]
        grouped = {name for group in cls.together.values() for name in group.names}
        alone = [
            {
                "name": name,
                "in": "query",
                "required": name in required,
                "description": member.pop("description", ""),
                "schema": _as_written(member),
                **(_EXPLODED if name in cls.repeatable else {}),
            }
            for name, member in members.items()
            if name not in grouped
        ]
        objects = [
            {
                "name": name,
                "in": "query",
                "required": group.required,
                "description": group.description,
                "schema": {
                    "type": "object",
                    "properties": {each: _as_written(members[each]) for each in group.names},
                    "additionalProperties": cls.lenient,
                    **group.rule,
                },
                **_EXPLODED,
            }
            for name, group in cls.together.items()
        ]
        return {"parameters": [*alone, *objects]}


def _as_written(member: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter, its default as a client would write it, not as we hold it once it is read."""
    schema = {key: value for key, value in member.items() if key not in {"title", "anyOf"}}
    choices = [each for each in member.get("anyOf", ()) if each != {"type": "null"}]  # what is not written is absent
    schema |= choices[0] if len(choices) == 1 else {"anyOf": choices} if choices else {}
    default = schema.get("default")
    if default is None:
        schema.pop("default", None)
    if schema.get("type") == "string" and not isinstance(default, str | None):
        del schema["default"]
        if isinstance(default, bool):
            schema["default"] = str(int(default))
    return schema


def faults_of(error: ValidationError) -> list[FieldFault]:
    """Pydantic's errors as ours: where and what, without the values that were sent."""
    return [
        FieldFault(".".join(map(str, fault["loc"])) or "body", fault["msg"].removeprefix("Value error, "))
        for fault in error.errors(include_url=False, include_input=False)
    ]


def _check_utf8(raw: bytes) -> None:
    try:
        unquote_to_bytes(raw.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest([FieldFault("query", "not UTF-8; percent-encode the query as UTF-8")]) from None


def _parse_numbers(value: str, *, count: tuple[int, ...], form: str) -> list[float]:
    try:
        numbers = [float(part) for part in value.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) not in count or not all(-1e9 < number < 1e9 for number in numbers):
        raise ValueError(f"must be {form} in degrees")
    return numbers


def _parse_lon_lat(value: Any) -> Any:
    return tuple(_parse_numbers(value, count=(2,), form="lon,lat")) if isinstance(value, str) else value


def _parse_bbox(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    numbers = _parse_numbers(value, count=(4, 6), form="west,south,east,north")
    west, south, east, north = numbers if len(numbers) == 4 else (*numbers[:2], *numbers[3:5])
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("must be west,south,east,north in degrees, south not above north")
    return Bounds(west, south, east, north)


def _words(value: Any) -> list[str]:
    """Words of several texts, each one or more separated by commas."""
    if not isinstance(value, list | frozenset) or not all(isinstance(part, str) for part in value):
        raise ValueError("must be a list of words")
    return [word.strip() for part in value for word in part.split(",") if word.strip()]


def _parse_kinds(value: Any) -> Any:
    wanted = _words(value)
    for kind in wanted:
        try:
            kinds_named(kind)
        except QueryError as error:
            raise ValueError(str(error)) from None
    return frozenset(wanted)


def _parse_fields(value: Any) -> Any:
    wanted = frozenset(_words(value))
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
"""A box written by two opposite corners, in any order; nothing is no box."""

Kinds = Annotated[
    frozenset[str],
    BeforeValidator(_parse_kinds),
    WithJsonSchema({"type": "array", "items": {"type": "string", "enum": _KIND_NAMES}}),
]
"""Kinds or groups of kinds, repeated or separated by commas."""

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
"""Signs that say nothing, for the class of a pattern."""

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
"""What may be a name: some sign that is no space, and no control character."""

Limit = Annotated[int, Field(ge=1, le=MOST_MATCHES)]
Lang = Annotated[str, Field(pattern="^[a-z]{2,3}$")]


def language(request: Request, asked: str | None = None) -> str:
    """The language to show names in: the one asked for, else the first of Accept-Language, else English."""
    return asked or preferred_language(header_of(request.scope, b"accept-language").decode("latin-1"))


def preferred_language(accepted: str) -> str:
    """The language that a list such as `ar-SY,en;q=0.5` puts first; English where it says none.

    >>> preferred_language("fr;q=0.3, ar-SY")
    'ar'
    """
    return preferred_languages(accepted)[0]


def preferred_languages(accepted: str) -> tuple[str, ...]:
    """The languages of such a list, the best liked first; English alone where it says none."""
    return accepted_languages(accepted) or ("en",)


def accepted_languages(accepted: str) -> tuple[str, ...]:
    """The languages of such a list, the best liked first; none where it says none.

    >>> accepted_languages("fr;q=0.3, ar-SY,ar;q=0.9")
    ('ar', 'fr')
    """
    weighted = [pair for part in accepted.split(",")[:_MOST_LANGUAGES] if (pair := _weighted(part))[0]]
    return tuple(dict.fromkeys(tag for tag, _ in sorted(weighted, key=lambda pair: -pair[1])))


_MOST_LANGUAGES = 10


def _weighted(part: str) -> tuple[str, float]:
    """`ar-SY;q=0.8` → ("ar", 0.8); what cannot be read weighs nothing."""
    tag, _, weight = part.partition(";")
    primary = tag.strip().split("-")[0].lower()
    try:
        return (primary if primary.isalpha() else "", float(weight.strip().removeprefix("q=") or 1))
    except ValueError:
        return "", 0.0
