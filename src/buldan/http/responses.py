"""Responses as bytes: JSON, GeoJSON, HTML; and the choice of properties."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import orjson
from starlette.responses import JSONResponse as StarletteJSONResponse
from starlette.responses import Response

__all__ = ["GEOJSON", "SAFE_HEADERS", "GeoJSONResponse", "HTMLResponse", "JSONResponse", "keep_fields", "to_json"]

GEOJSON = "application/geo+json"

SAFE_HEADERS = {
    # Browsers must never read a posted text in an answer as a page or a script.
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    # JSON that is opened directly loads nothing; in a frame it could only deceive people.
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}
"""Default headers of every answer: it is data and not a page."""


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
    """A page that loads nothing from elsewhere; code that makes one must escape every name in it."""

    media_type = "text/html"

    def __init__(self, content: str, *, frame_ancestors: str = "'none'", policy: str = "") -> None:
        # No `script-src`: pages have no scripts unless their own policy allows them.
        base = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'self'"
        super().__init__(
            content,
            headers={"Content-Security-Policy": f"{policy or base}; frame-ancestors {frame_ancestors}"},
        )


def keep_fields(collection: Any, fields: Collection[str]) -> Any:
    """The collection with only these properties in its features; with all of them if `fields` is empty."""
    if not fields:
        return collection
    for feature in collection["features"]:
        properties = feature["properties"]
        feature["properties"] = {name: value for name, value in properties.items() if name in fields}
    return collection
