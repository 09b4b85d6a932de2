"""`/`: the map page, its files, and the data that only the page needs."""

from __future__ import annotations

import mimetypes
from functools import cache
from hashlib import blake2b
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from buldan.http.bodies import read_json
from buldan.http.deps import find_base_url, get_service
from buldan.http.page import basemap
from buldan.http.page.census import write_census
from buldan.http.page.facts import collect_facts
from buldan.http.page.files import read_page_files, write_policy
from buldan.http.page.geopackage import MentionsBody, to_geopackage
from buldan.http.responses import GeoJSONResponse, HTMLResponse, JSONResponse
from buldan.http.routes.geocode import has_tables
from buldan.http.schema.problems import BadRequest, UnsupportedBody
from buldan.http.schema.query import list_faults
from buldan.settings import Settings

router = APIRouter(include_in_schema=False)

_TYPES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml"}


class _Asset(NamedTuple):
    body: bytes
    media_type: str
    etag: str

    @property
    def headers(self) -> dict[str, str]:
        # With `no-cache` the browser asks each time and gets 304: a script cached for an hour could get newer data.
        return {"ETag": self.etag, "Cache-Control": "no-cache"}


@router.get("/")
async def page(request: Request) -> Response:
    """The page."""
    attribution = escape(get_service(request).gaz.manifest.attribution)
    html = _read_assets()["index.html"].body.decode().replace("{attribution}", attribution)
    made = _make_asset("index.html", html.encode())
    answer = _answer_not_modified(request, made) or HTMLResponse(
        html, policy=write_policy(get_service(request).settings.tiles_url)
    )
    answer.headers.update(made.headers)
    return answer


@router.get("")
async def page_of_prefix(request: Request) -> Response:
    """A proxy's prefix without the slash that the page's relative links need."""
    # 308 keeps the method, and is kept by caches.
    return RedirectResponse(f"{find_base_url(request)}/", 308)


@router.get("/static/{path:path}")
async def static(request: Request, path: str) -> Response:
    """A file of the page, out of those found when the first was asked for; a path reaches no others."""
    asset = _read_assets().get(path)
    if asset is None:
        raise HTTPException(404)
    return _answer_not_modified(request, asset) or Response(
        asset.body, media_type=asset.media_type, headers=asset.headers
    )


def _answer_not_modified(request: Request, asset: _Asset) -> Response | None:
    """304 if the browser has the file already; it asks each time, which keeps page and scripts of one version."""
    # The header may list several, each in its quotes.
    known = asset.etag in request.headers.get("if-none-match", "")
    return Response(status_code=304, headers=asset.headers) if known else None


@router.get("/page.json")
async def facts(request: Request) -> Response:
    """What the page needs to know: limits, labels of kinds, phrases of reasons, what can be exported."""
    service = get_service(request)
    limits = {
        "max_body_bytes": service.settings.max_body_bytes,
        "public_url": f"{public.rstrip('/')}/" if (public := service.settings.public_url) else None,
        "geopackage": _has_geopackage(),
        "tables": _list_table_limits(service.settings) if has_tables() else None,
        "tiles": _describe_tiles(service.settings),
    }
    return JSONResponse(collect_facts(service.gaz) | limits)


@router.get("/census.ndjson")
async def every_place(request: Request) -> Response:
    """Every place in one compact file, for Browse."""
    service = get_service(request)
    # Seconds of work the first time: not in the event loop.
    content = await service.executor.run(write_census, service.gaz)
    return Response(content, media_type="application/x-ndjson")


def _list_table_limits(settings: Settings) -> dict[str, int]:
    return {"max_bytes": settings.max_table_bytes, "max_rows": settings.max_table_rows}


def _describe_tiles(settings: Settings) -> dict[str, str] | None:
    if not settings.tiles_url:
        return None
    # Escaped here, because the page puts it into the map as HTML, with its links.
    return {"url": settings.tiles_url, "attribution": escape(settings.tiles_attribution)}


@router.get("/basemap/{name}.geojson")
async def basemap_layer(request: Request, name: str) -> Response:
    """A layer of the base map."""
    return GeoJSONResponse(basemap.draw_layer(get_service(request).gaz, name))


@router.get("/units.json")
async def units(request: Request) -> Response:
    """The admin units with how many places they hold."""
    service = get_service(request)
    return JSONResponse({**service.head, "units": await service.executor.run(basemap.list_units, service.gaz)})


@router.post("/mentions.gpkg")
async def geopackage(request: Request) -> Response:
    """The mentions that a person has read and corrected, as a GeoPackage."""
    if not _has_geopackage():
        raise UnsupportedBody("GeoPackage needs the extra `geo`, which this service does not have")
    try:
        body = MentionsBody.model_validate(await read_json(request))
    except ValidationError as error:
        raise BadRequest(list_faults(error)) from None
    service = get_service(request)
    content = await service.executor.run(to_geopackage, service.gaz, body)
    headers = {"Content-Disposition": 'attachment; filename="mentions.gpkg"'}
    return Response(content, media_type="application/geopackage+sqlite3", headers=headers)


@cache
def _has_geopackage() -> bool:
    return all(find_spec(name) for name in ("geopandas", "pyogrio"))


@cache
def _read_assets() -> dict[str, _Asset]:
    """All files of the page by their paths under /static."""
    return {name: _make_asset(name, body) for name, body in read_page_files().items()}


def _make_asset(name: str, body: bytes) -> _Asset:
    suffix = Path(name).suffix
    media_type = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    # Made of the content: equal for all workers, and after another version is installed.
    return _Asset(body, media_type, f'"{blake2b(body, digest_size=12).hexdigest()}"')
