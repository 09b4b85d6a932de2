"""`/`: the landing page."""

from __future__ import annotations

from html import escape

from fastapi import APIRouter, Request
from starlette.responses import Response

from buldan.http.answers import HTMLResponse
from buldan.http.deps import base_url, service_of

router = APIRouter(include_in_schema=False)

_LINKS = (
    ("/lookup?q=%D9%8A%D9%84%D8%AF%D8%A7", "Look up يلدا"),
    ("/info", "What this gazetteer is"),
    ("/openapi.json", "The API, as OpenAPI"),
    ("/ogc/", "OGC API – Features"),
    ("/nominatim/status?format=json", "Nominatim"),
    ("/photon/status", "Photon"),
    ("/reconcile", "Reconciliation"),
)


@router.get("/")
async def landing(request: Request) -> Response:
    """Where everything is."""
    url, manifest = base_url(request), service_of(request).gaz.manifest
    items = "".join(f'<li><a href="{escape(url + path)}">{escape(label)}</a></li>' for path, label in _LINKS)
    return HTMLResponse(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Buldan · بلدان</title>'
        f"<h1>Buldan · بلدان</h1><p>Places of Syria, version {escape(manifest.version)}.</p><ul>{items}</ul>"
        f"<p>{escape(manifest.attribution)}</p></html>"
    )
