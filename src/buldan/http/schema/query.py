"""A question in a query string: one model a question, read strictly, and described in OpenAPI from the same model.

Models read the query themselves (`Model.of(request)`), because FastAPI's own binding of a model adds about half of
what a bare request costs (`python -m benchmarks.load` measures both); `Model.parameters()` gives OpenAPI what the
binding would have given.
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


# A list as `a=1&a=2`, and an object as its members: OpenAPI's default for a list, said since not every client knows
# it.
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
            # `parse_qsl` puts this sign for bytes that are no UTF-8; one that was sent itself is told apart below.
            replaced = replaced or "\ufffd" in value
            if name in cls.repeatable:
                values.setdefault(name, []).append(value)
            # Which of the two was meant nobody can know.
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
        # As clients write it: `accept-language` has no name in Python.
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


def _advise(name: str, known: Iterable[str]) -> str:
    """What to write in the place of a parameter that is unknown."""
    if not known:
        return "this address has none"
    near = find_near_word(name, known)
    return f"known: {', '.join(sorted(known))}" + (f"; did you mean {near!r}?" if near else "")


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


def list_faults(error: ValidationError, *, of: str = "body") -> list[FieldFault]:
    """Pydantic's errors as ours: where and what, without the values that were sent.

    `of` names what a fault of no single member is a fault of.
    """
    faults = error.errors(include_url=False, include_input=False)
    # A value that may be text or a list has faults as either; of the type that it is not, nothing need be said.
    said = [fault for fault in faults if not (_is_branch(fault["loc"][-1:]) and fault["type"] in _OF_TYPE)]
    fields = {_path_of(fault["loc"][:1]) for fault in said}
    return [
        FieldFault(_path_of(fault["loc"]) or of, say_fault(fault))
        for fault in faults
        if fault in said or _path_of(fault["loc"][:1]) not in fields
    ]


_OF_TYPE = frozenset({"string_type", "list_type"})
"""Faults of a value that is of another type."""


def _is_branch(steps: Sequence[int | str]) -> bool:
    """Whether all of some steps to a fault name a type that the value may have: `list[str]`."""
    return bool(steps) and all(isinstance(step, str) and "[" in step for step in steps)


def _path_of(steps: Sequence[int | str]) -> str:
    """The steps to a fault that are members of what was sent, as a path: `within.0`."""
    return ".".join(str(step) for step in steps if not _is_branch((step,)))


def _check_utf8(raw: bytes) -> None:
    try:
        unquote_to_bytes(raw.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest([FieldFault("query", "not UTF-8; percent-encode the query as UTF-8")]) from None
