"""Read query strings: one model per query, read strictly, and described in OpenAPI by the same model.

Models read the query themselves (`Model.of(request)`), because FastAPI's own binding of a model adds about half the
time of a simple request (`python -m benchmarks.load` measures both); `Model.parameters()` gives the same description to
OpenAPI as the binding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, NamedTuple, Self
from urllib.parse import parse_qsl, unquote_to_bytes

from fastapi import Request
from pydantic import BaseModel, ConfigDict, ValidationError

from buldan.http.schema.problems import BadRequest, FieldFault
from buldan.near_words import find_near_word
from buldan.plain_faults import say_fault

__all__ = ["Query", "Together", "list_faults"]


# A list as `a=1&a=2`, and an object as its members: OpenAPI's default for a list, stated because not every client
# knows it.
_EXPLODED = {"style": "form", "explode": True}


class Together(NamedTuple):
    """Parameters that need or exclude each other, and the rule in JSON Schema for an object of them."""

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
    """Groups of dependent parameters by the name of the group; a parameter is in at most one group."""

    @classmethod
    def of(cls, request: Request) -> Self:
        """The query of a request.

        Raises:
            BadRequest: the query is invalid; the error names every wrong parameter.
        """
        raw: bytes = request.scope["query_string"]
        return cls.read(parse_qsl(raw.decode("latin-1"), keep_blank_values=True), raw)

    @classmethod
    def read(cls, pairs: list[tuple[str, str]], raw: bytes = b"") -> Self:
        """The query of some pairs of names and values; `raw` is the query string from which they were decoded."""
        known, values, replaced = cls._names(), dict[str, Any](), False
        for name, value in pairs:
            # `parse_qsl` writes this sign for bytes that are not UTF-8; one that was really sent is recognised below.
            replaced = replaced or "\ufffd" in value
            if name in cls.repeatable:
                values.setdefault(name, []).append(value)
            # It is unknown which of the two is meant.
            elif name in values and not cls.lenient:
                raise BadRequest([FieldFault(name, "given more than once")])
            elif not cls.lenient or name in known:
                values[name] = value
        if replaced:
            _check_utf8(raw)
        if not values.keys() <= known:
            unknown = [name for name in values if name not in known]
            raise BadRequest([FieldFault(name, f"unknown parameter; {_advise(name, known)}") for name in unknown])
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise BadRequest(list_faults(error, of="query")) from None

    @classmethod
    @cache
    def _names(cls) -> frozenset[str]:
        # In the client's spelling: `accept-language` cannot be a name in Python.
        return frozenset(field.alias or name for name, field in cls.model_fields.items())

    @classmethod
    def parameters(cls) -> dict[str, Any]:
        """The parameters of this query in OpenAPI, for `openapi_extra`.

        Dependent parameters are the members of one object, each still written as a separate parameter (`form`,
        `explode`), because OpenAPI has no other way to express "both or neither".
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


def _advise(name: str, known: Iterable[str]) -> str:
    """Advice for an unknown parameter: all known names, and a similar one if there is one."""
    if not known:
        return "this address has none"
    near = find_near_word(name, known)
    return f"known: {', '.join(sorted(known))}" + (f"; did you mean {near!r}?" if near else "")


def _as_written(member: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter, with its default in the form that clients write, not as the value after reading."""
    schema = {key: value for key, value in member.items() if key not in {"title", "anyOf"}}
    choices = [each for each in member.get("anyOf", ()) if each != {"type": "null"}]  # null means absent
    schema |= choices[0] if len(choices) == 1 else {"anyOf": choices} if choices else {}
    default = schema.get("default")
    if default is None:
        schema.pop("default", None)
    if schema.get("type") == "string" and not isinstance(default, str | None):
        del schema["default"]
        if isinstance(default, bool):
            schema["default"] = str(int(default))
    return schema


def list_faults(error: ValidationError, *, of: str = "body") -> list[FieldFault]:
    """Pydantic's errors as faults with field and message, without the values that were sent.

    `of` is the field of faults that do not belong to a single member.
    """
    faults = error.errors(include_url=False, include_input=False)
    # A value that may be text or a list has faults for both types; those of the wrong type are left out.
    specific = [fault for fault in faults if not (_is_branch(fault["loc"][-1:]) and fault["type"] in _OF_TYPE)]
    fields = {_path_of(fault["loc"][:1]) for fault in specific}
    return [
        FieldFault(_path_of(fault["loc"]) or of, say_fault(fault))
        for fault in faults
        if fault in specific or _path_of(fault["loc"][:1]) not in fields
    ]


_OF_TYPE = frozenset({"string_type", "list_type"})
"""Types of faults for a value of another type."""


def _is_branch(steps: Sequence[int | str]) -> bool:
    """Whether all steps to a fault are names of types that the value may have, such as `list[str]`."""
    return bool(steps) and all(isinstance(step, str) and "[" in step for step in steps)


def _path_of(steps: Sequence[int | str]) -> str:
    """The steps to a fault that are members of the message, as a path: `within.0`."""
    return ".".join(str(step) for step in steps if not _is_branch((step,)))


def _check_utf8(raw: bytes) -> None:
    try:
        unquote_to_bytes(raw.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest([FieldFault("query", "not UTF-8; percent-encode the query as UTF-8")]) from None
