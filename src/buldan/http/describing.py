"""What OpenAPI says of answers: their shapes, the problems, and examples that the gazetteer itself gives."""

from __future__ import annotations

from typing import Any

from buldan.http.answers import GEOJSON

__all__ = ["answers", "body_of"]

_PROBLEMS = {
    401: "A key is asked for",
    404: "No such place",
    408: "The body did not arrive in time",
    413: "The body or the batch is too large",
    414: "The address is too long",
    415: "The body is of a type that cannot be read",
    422: "Parameters or a body that cannot be read; lists every fault",
    503: "Overloaded or not ready; try again after Retry-After seconds",
}


def answers(
    model: Any, *problems: int, media_type: str = GEOJSON, example: Any = None
) -> dict[int | str, Any]:
    """The `responses` of a route: the shape of its answer, and which problems it may have.

    Those that any request may have (key, length of address, load) need not be named.
    """
    content = {media_type: {"example": example}} if example is not None else {}
    found: dict[int | str, Any] = {200: {"model": model, "content": content}} if model else {}
    for status in sorted({401, 414, 503, *problems}):
        found[status] = {
            "description": _PROBLEMS[status],
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    return found


def body_of(*media_types: tuple[str, dict[str, Any]], description: str = "") -> dict[str, Any]:
    """The `requestBody` of a route that reads its own body."""
    content = {media_type: {"schema": schema} for media_type, schema in media_types}
    return {"requestBody": {"required": True, "description": description, "content": content}}
