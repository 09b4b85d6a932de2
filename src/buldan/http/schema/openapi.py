"""Answers and bodies in OpenAPI: schemas, problems, and examples made with the gazetteer itself."""

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
    401: "A key is needed",
    404: "No place has this id",
    408: "The body did not arrive in time",
    413: "The body or the batch is too large",
    414: "The address is too long",
    415: "The media type of the body is not supported",
    422: "Parameters or a body that cannot be read; lists each fault",
    429: "More requests than the rate limit allows; try again after Retry-After seconds",
    503: "Overloaded or not ready; try again after Retry-After seconds",
}

_MODELS: dict[str, Any] = {}
"""Models that descriptions refer to, by name.

Their schemas are made with the document, which is rarely requested: made with the routes, they took a sixth of the
start of a worker.
"""


def describe_responses(
    model: Any,
    *problems: int,
    media_type: str = GEOJSON,
    others: Iterable[str] = (),
    many: Any = None,
) -> dict[int | str, Any]:
    """The `responses` of a native route: the schema of its answer, and the problems that it may have.

    Problems of any request (key, length of address, load) need not be named. `others` are further media types of the
    answer: text, or JSON in the form of a standard. `many` is the schema in `application/json` for several queries at
    once; other media types of JSON are then lists.
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
    """The `responses` of a façade, whose form its standard defines; `problems` are the media types of problems."""
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
    """Let `app` describe itself with the shared schemas and with real answers as examples.

    `languages` are the values of `lang` by address, for addresses at which they depend on the gazetteer.
    """

    def openapi() -> dict[str, Any]:
        # Made for the first request and kept: most services never get one.
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
        # Real answers: an example never contradicts the gazetteer.
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
"""Answers have only the declared members, and the string below a member is its description."""


def _refer_to_schema(model: Any) -> dict[str, str]:
    """A reference to the schema of a model or a typed dictionary, which is added to the shared schemas."""
    _MODELS[model.__name__] = model
    return {"$ref": _COMPONENTS.format(model=model.__name__)}


def _list_shared_schemas() -> dict[str, Any]:
    """The schemas of all models that descriptions refer to, and of the models in them."""
    shared: dict[str, Any] = {}
    for model in _MODELS.values():
        shared |= _list_schemas(model)
    return shared


def _list_schemas(model: Any) -> dict[str, Any]:
    # Of a list, because pydantic takes the configuration of a typed dictionary only from the type around it.
    schemas: dict[str, Any] = TypeAdapter(list[model], config=_SHAPES).json_schema(ref_template=_COMPONENTS)["$defs"]
    return schemas


def _describe_problem(status: int, *media_types: str) -> dict[str, Any]:
    content = {
        media_type: {"schema": {"$ref": _COMPONENTS.format(model="Problem")} if media_type == _PROBLEM_JSON else {}}
        for media_type in media_types
    }
    return {"description": _PROBLEMS[status], "content": content}
