"""Answers as bytes: JSON, GeoJSON, and the choice of properties."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import orjson
from starlette.responses import JSONResponse as StarletteJSONResponse
from starlette.responses import Response

__all__ = ["GEOJSON", "SAFE_HEADERS", "GeoJSONResponse", "HTMLResponse", "JSONResponse", "keep_fields", "to_json"]

GEOJSON = "application/geo+json"

SAFE_HEADERS = {
    # A posted text that comes back must never be taken for a page or a script.
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    # Opened by itself, JSON needs nothing; framed, it would only deceive.
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}
"""What every answer carries that does not say otherwise: it is data, and no page."""


def to_json(content: Any) -> bytes:
    """UTF-8 JSON."""
    return orjson.dumps(content)


class JSONResponse(StarletteJSONResponse):
    """JSON, written by orjson."""

    def render(self, content: Any) -> bytes:
        """The body."""
        return orjson.dumps(content)


class GeoJSONResponse(JSONResponse):
    """GeoJSON (RFC 7946)."""

    media_type = GEOJSON


class HTMLResponse(Response):
    """A page that loads nothing from elsewhere; whoever writes one escapes every name in it."""

    media_type = "text/html"

    def __init__(self, content: str, *, frame_ancestors: str = "'none'", policy: str = "") -> None:
        # No `script-src` at all: pages work without scripts unless their own policy says so.
        base = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'self'"
        super().__init__(
            content,
            headers={"Content-Security-Policy": f"{policy or base}; frame-ancestors {frame_ancestors}"},
        )


def keep_fields(collection: Any, fields: Collection[str]) -> Any:
    """The collection with only these properties in its features; all of them where `fields` is empty."""
    if not fields:
        return collection
    for feature in collection["features"]:
        properties = feature["properties"]
        feature["properties"] = {name: value for name, value in properties.items() if name in fields}
    return collection
