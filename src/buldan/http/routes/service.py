"""The state of the service: `/health`, `/ready`, `/metrics`, `/info`."""

from __future__ import annotations

from dataclasses import asdict
from importlib.metadata import version

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.exceptions import HTTPException
from starlette.responses import Response

from buldan.errors import GazetteerError
from buldan.http.deps import find_base_url, get_service
from buldan.http.middleware.access_log import write_metrics
from buldan.http.page.api_page import render_api
from buldan.http.responses import HTMLResponse, JSONResponse
from buldan.http.schema import models
from buldan.http.schema.openapi import describe_responses
from buldan.http.schema.query import Query

router = APIRouter(tags=["service"])


@router.get(
    "/health", response_class=JSONResponse, responses=describe_responses(models.Health, media_type="application/json")
)
async def health(request: Request) -> Response:
    """The process is alive."""
    Query.of(request)
    return JSONResponse({"status": "ok", "version": get_service(request).gaz.version})


@router.get(
    "/ready", response_class=JSONResponse, responses=describe_responses(models.Health, media_type="application/json")
)
async def ready(request: Request) -> Response:
    """The gazetteer is loaded and answers; if not, the status is 503."""
    Query.of(request)
    gaz = get_service(request).gaz
    # Reads a record from the mapped files: a lost disk is found here.
    if not gaz.browse(limit=1).places:
        raise GazetteerError("the gazetteer has no places")
    return JSONResponse({"status": "ready", "version": gaz.version})


@router.get(
    "/info", response_class=JSONResponse, responses=describe_responses(models.Info, media_type="application/json")
)
async def info(request: Request) -> Response:
    """Version, counts, sources and licences."""
    Query.of(request)
    service = get_service(request)
    gaz = service.gaz
    facts = gaz.manifest.files
    return JSONResponse(
        {
            **service.head,
            "software": version("buldan"),
            "places": len(gaz),
            # A manifest may be without it.
            "names": facts["names.tsv"].rows if "names.tsv" in facts else 0,
            "kinds": gaz.counts(),
            "sources": [asdict(source) for source in gaz.manifest.sources],
        }
    )


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """Counts and times for Prometheus."""
    if not get_service(request).settings.metrics:
        raise HTTPException(404, "nothing is counted here; BULDAN_METRICS turns it on")
    return Response(write_metrics(), media_type=CONTENT_TYPE_LATEST)


@router.get("/docs", include_in_schema=False)
async def docs(request: Request) -> Response:
    """The API to read and to try, without scripts or anything from elsewhere."""
    html = render_api(request.app.openapi(), home=find_base_url(request))
    # Its forms send requests to this service, without scripts.
    return HTMLResponse(html, policy="default-src 'none'; base-uri 'none'; form-action 'self'; style-src 'self'")
