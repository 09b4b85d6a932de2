"""What OpenAPI says of answers and bodies: shapes, problems, and examples that the gazetteer itself gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import ConfigDict, TypeAdapter

from buldan.formats import geojson
from buldan.gazetteer import Gazetteer
from buldan.http.responses import GEOJSON
from buldan.http.schema.models import Problem

__all__ = ["describe_body", "describe_facade_responses", "describe_responses", "install_openapi"]

_COMPONENTS = "#/components/schemas/{model}"
_PROBLEM_JSON = "application/problem+json"
# `application/ld+json` is JSON, `application/jsonl` is not.
_JSON = re.compile(r"application/(.+\+)?json\b")

_PROBLEMS = {
    400: "Parameters that cannot be read",
    401: "A key is asked for",
    404: "Nothing has this id",
    408: "The body did not arrive in time",
    413: "The body or the batch is too large",
    414: "The address is too long",
    415: "The body is of a type that cannot be read",
    422: "Parameters or a body that cannot be read; lists every fault",
    429: "More requests than the rate allows; try again after Retry-After seconds",
    503: "Overloaded or not ready; try again after Retry-After seconds",
}

_MODELS: dict[str, Any] = {}
"""Models that descriptions refer to, by name. Their schemas are made with the document, which is seldom asked for: made
while routes are declared, they were a sixth of what the start of a worker takes.
"""


def describe_responses(
    model: Any,
    *problems: int,
    media_type: str = GEOJSON,
    others: Iterable[str] = (),
    many: Any = None,
) -> dict[int | str, Any]:
    """The `responses` of a native route: the shape of its answer, and which problems it may have.

    Those that any request may have (key, length of address, load) need not be named. `others` are further media
    types that it may have: text, or JSON of a standard's own shape. `many` is its shape in `application/json` where
    several things are asked at once; what else is JSON there is a list.
    """
    shaped: dict[str, Any] = {media_type: {"schema": _refer_to_schema(model)}} | {
        other: {"schema": {} if _JSON.match(other) else {"type": "string"}} for other in others
    }
    if many:
        shaped["application/json"] = {"schema": {"anyOf": [_refer_to_schema(many), {"type": "array"}]}}
    found: dict[int | str, Any] = {200: {"content": shaped}}
    return found | {
        status: _describe_problem(status, _PROBLEM_JSON) for status in sorted({401, 414, 429, 503, *problems})
    }


def describe_facade_responses(
    *media_types: str, schema: Mapping[str, Any] | None = None, problems: Sequence[str] = (_PROBLEM_JSON,)
) -> dict[int | str, Any]:
    """The `responses` of a façade, whose shapes its standard lays down; `problems` are their media types."""
    found: dict[int | str, Any] = {200: {"content": {each: {"schema": schema or {}} for each in media_types}}}
    return found | {
        status: _describe_problem(status, *problems) for status in (400, 401, 404, 408, 413, 414, 415, 429, 503)
    }


def describe_body(
    *media_types: tuple[str, Any], description: str = "", parts: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The `requestBody` of a route that reads its own body; each type with a schema, a model, or one of several.

    `parts` are the media types of a form's members.
    """

    def described(schema: Any) -> Any:
        if isinstance(schema, tuple):
            return {"anyOf": [_refer_to_schema(model) for model in schema]}
        return _refer_to_schema(schema) if isinstance(schema, type) else schema

    encoding = {"encoding": {name: {"contentType": media_type} for name, media_type in parts.items()}} if parts else {}
    content = {media_type: {"schema": described(schema), **encoding} for media_type, schema in media_types}
    return {"requestBody": {"required": True, "description": description, "content": content}}


def install_openapi(app: FastAPI, gaz: Gazetteer, *, languages: Mapping[str, Sequence[str]]) -> None:
    """Let `app` describe itself with the shared schemas and with answers that it would give.

    `languages` are what `lang` may be under an address where that hangs on the gazetteer.
    """

    def openapi() -> dict[str, Any]:
        # Made when it is first asked for, and kept: most services are never asked.
        if app.openapi_schema is None:
            document = get_openapi(
                title=app.title,
                summary=app.summary,
                description=app.description,
                version=app.version,
                routes=app.routes,
                servers=app.servers,
            )
            _refer_to_schema(Problem)
            document.setdefault("components", {}).setdefault("schemas", {}).update(_list_shared_schemas())
            _add_examples(document["paths"], gaz)
            _add_languages(document["paths"], languages)
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _add_examples(paths: dict[str, Any], gaz: Gazetteer) -> None:
    manifest = gaz.manifest
    examples = {
        # Real answers, so that an example cannot say what the gazetteer does not.
        "/lookup": geojson.matches_collection(gaz.lookup("Yalda", limit=1), manifest, query="Yalda"),
        "/reverse": geojson.collect_nearby(gaz.reverse(lon=36.32, lat=33.46, limit=1), manifest),
        "/places": geojson.collect_places(gaz.browse(kinds=["governorate"], limit=1).places, manifest),
    }
    for path, example in examples.items():
        paths[path]["get"]["responses"]["200"]["content"][GEOJSON]["example"] = example


def _add_languages(paths: dict[str, Any], languages: Mapping[str, Sequence[str]]) -> None:
    for path, item in paths.items():
        known = next((known for prefix, known in languages.items() if path.startswith(prefix)), None)
        for parameter in item.get("get", {}).get("parameters", ()) if known else ():
            if parameter["name"] == "lang":
                parameter["schema"] = {"type": "string", "enum": known, "examples": parameter["schema"]["examples"]}


_SHAPES = ConfigDict(extra="forbid", use_attribute_docstrings=True)
"""Our answers have no members but those declared, and the string below one describes it."""


def _refer_to_schema(model: Any) -> dict[str, str]:
    """A reference to the schema of a model or a typed dictionary, which will stand among the shared ones."""
    _MODELS[model.__name__] = model
    return {"$ref": _COMPONENTS.format(model=model.__name__)}


def _list_shared_schemas() -> dict[str, Any]:
    """The schemas of all models that descriptions refer to, with all that these refer to."""
    shared: dict[str, Any] = {}
    for model in _MODELS.values():
        shared |= _list_schemas(model)
    return shared


def _list_schemas(model: Any) -> dict[str, Any]:
    # Of a list, because pydantic takes a configuration for a typed dictionary only from what holds it.
    schemas: dict[str, Any] = TypeAdapter(list[model], config=_SHAPES).json_schema(ref_template=_COMPONENTS)["$defs"]
    return schemas


def _describe_problem(status: int, *media_types: str) -> dict[str, Any]:
    content = {
        media_type: {"schema": {"$ref": _COMPONENTS.format(model="Problem")} if media_type == _PROBLEM_JSON else {}}
        for media_type in media_types
    }
    return {"description": _PROBLEMS[status], "content": content}
