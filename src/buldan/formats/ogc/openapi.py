"""The façade as OpenAPI 3.0, which its conformance class requires (FastAPI writes 3.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from buldan.formats.ogc.columns import QUERYABLES

__all__ = ["LARGEST_PAGE", "OPENAPI_TYPE", "USUAL_PAGE", "describe_api"]

OPENAPI_TYPE = "application/vnd.oai.openapi+json;version=3.0"
"""This exact text is necessary: OWSLib compares the string."""

USUAL_PAGE, LARGEST_PAGE = 100, 10_000  # items of a page: default and maximum of `limit`

_NUMBERS = {
    "type": "array",
    "items": {"type": "number"},
    "oneOf": [{"minItems": n, "maxItems": n} for n in (4, 6)],
}


def describe_api(url: str, version: str, collections: Iterable[str]) -> dict[str, Any]:
    """The definition of the API."""
    ids = list(collections)
    return {
        "openapi": "3.0.3",
        "info": {"title": "Buldan, places of Syria: OGC API – Features", "version": version},
        "servers": [{"url": url}],
        "paths": {
            "/": _get("landing", "Landing page"),
            "/conformance": _get("conformance", "Conformance classes"),
            "/collections": _get("collections", "The collections"),
            "/collections/{collectionId}": _get("collection", "One collection", ["collectionId"]),
            "/collections/{collectionId}/queryables": _get(
                "queryables", "What items can be chosen by", ["collectionId"], "application/schema+json"
            ),
            "/collections/{collectionId}/schema": _get(
                "schema", "The features' properties", ["collectionId"], "application/schema+json"
            ),
            "/collections/{collectionId}/items": _get(
                "items",
                "Features",
                ["collectionId", "limit", "offset", "bbox", "datetime", "q", *QUERYABLES],
                "application/geo+json",
            ),
            "/collections/{collectionId}/items/{featureId}": _get(
                "item", "One feature", ["collectionId", "featureId"], "application/geo+json"
            ),
        },
        "components": {
            "parameters": _list_parameters(ids),
            "responses": _RESPONSES,
            "schemas": {"problem": _PROBLEM},
        },
    }


def _get(
    name: str, summary: str, parameters: Iterable[str] = (), media_type: str = "application/json"
) -> dict[str, Any]:
    answer = {"description": summary, "content": {media_type: {"schema": {"type": "object"}}}}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": [{"$ref": f"#/components/parameters/{parameter}"} for parameter in (*parameters, "f")],
            "responses": {
                "200": answer,
                "400": {"$ref": "#/components/responses/invalid"},
                "404": {"$ref": "#/components/responses/missing"},
                "500": {"$ref": "#/components/responses/fault"},
            },
        }
    }


def _list_parameters(collections: list[str]) -> dict[str, Any]:
    limit = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": USUAL_PAGE}
    return {
        "collectionId": _make_parameter("collectionId", "Collection", {"type": "string", "enum": collections}, "path"),
        "featureId": _make_parameter("featureId", "Id of the feature", {"type": "string"}, "path"),
        "limit": _make_parameter("limit", "Maximum number of features per page", limit),
        "offset": _make_parameter(
            "offset", "Number of places to skip", {"type": "integer", "minimum": 0, "default": 0}
        ),
        "bbox": {
            **_make_parameter("bbox", "Only features that intersect this box, CRS84", _NUMBERS),
            "style": "form",
            "explode": False,
        },
        "datetime": _make_parameter(
            "datetime", "Instant or interval; places have no dates, so all match", {"type": "string"}
        ),
        "q": _make_parameter("q", "A name in any spelling; the best matches first", {"type": "string"}),
        "f": _make_parameter("f", "Form of the answer", {"type": "string", "enum": ["json"], "default": "json"}),
    } | {
        column.name: _make_parameter(column.name, column.description, {"type": column.type})
        for column in QUERYABLES.values()
    }


def _make_parameter(name: str, description: str, schema: dict[str, Any], where: str = "query") -> dict[str, Any]:
    return {
        "name": name,
        "in": where,
        "required": where == "path",
        "description": description,
        "schema": schema,
    }


_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
    },
}


def _make_problem(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/problem"}
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}


_RESPONSES = {
    "invalid": _make_problem("A parameter that is unknown or cannot be read"),
    "missing": _make_problem("No such collection or feature"),
    "fault": _make_problem("A fault of the service"),
}
