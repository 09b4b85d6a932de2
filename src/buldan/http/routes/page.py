"""`/`: the map page, what it is made of, and what it alone asks for."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from html import escape
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from buldan.describe import IDENTIFIER_PAGES, POSITION_PHRASES
from buldan.http.bodies import read_json
from buldan.http.deps import base_url, service_of
from buldan.http.page import basemap
from buldan.http.page.geopackage import MentionsBody, to_geopackage
from buldan.http.responses import GeoJSONResponse, HTMLResponse, JSONResponse
from buldan.http.routes.geocode import has_tables
from buldan.http.schema.params import faults_of
from buldan.http.schema.problems import BadRequest, UnsupportedBody
from buldan.kinds import kinds
from buldan.lookup import reason_phrases
from buldan.settings import Settings

router = APIRouter(include_in_schema=False)

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; font-src 'self'; "
    "img-src 'self' data:{tiles}; base-uri 'none'; form-action 'none'"
)
"""Nothing from elsewhere but the map tiles that the operator set, asked for only once a person turns them on."""

_VENDOR = "vendor/leaflet/"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml"}


class _Asset(NamedTuple):
    body: bytes
    media_type: str
    etag: str

    @property
    def headers(self) -> dict[str, str]:
        return {"ETag": self.etag, "Cache-Control": "no-cache"}


@router.get("/")
async def page(request: Request) -> Response:
    """The page."""
    attribution = escape(service_of(request).gaz.manifest.attribution)
    html = _assets()["index.html"].body.decode().replace("{attribution}", attribution)
    made = _asset("index.html", html.encode())
    answer = _not_modified(request, made) or HTMLResponse(html, policy=_policy(service_of(request).settings.tiles_url))
    answer.headers.update(made.headers)
    return answer


def _policy(tiles_url: str) -> str:
    """The page's policy, with the host of the tiles (`{s}` in it stands for its subdomains)."""
    host = "/".join(tiles_url.split("/", 3)[:3]).replace("{s}", "*")
    return _POLICY.format(tiles=f" {host}" if host else "")


@router.get("")
async def page_of_prefix(request: Request) -> Response:
    """A proxy's prefix without the slash that the page's relative links need."""
    return RedirectResponse(f"{base_url(request)}/", 308)


@router.get("/static/{path:path}")
async def static(request: Request, path: str) -> Response:
    """A file of the page, out of those found when the first was asked for; a path reaches no others."""
    asset = _assets().get(path)
    if asset is None:
        raise HTTPException(404)
    return _not_modified(request, asset) or Response(asset.body, media_type=asset.media_type, headers=asset.headers)


def _not_modified(request: Request, asset: _Asset) -> Response | None:
    """304 where the browser has it already; it asks each time, so that page and scripts are of one make."""
    known = asset.etag in request.headers.get("if-none-match", "")
    return Response(status_code=304, headers=asset.headers) if known else None


@router.get("/page.json")
async def facts(request: Request) -> Response:
    """What the page needs to know: limits, labels of kinds, phrases of reasons, what can be exported."""
    service = service_of(request)
    return JSONResponse(
        {
            **service.head,
            "max_body_bytes": service.settings.max_body_bytes,
            "geopackage": _has_geopackage(),
            "tables": _table_limits(service.settings) if has_tables() else None,
            "places": len(service.gaz),
            "tiles": _tiles(service.settings),
            "kinds": {
                kind.id: {"group": kind.group, "en": kind.label_en, "ar": kind.label_ar} for kind in kinds().values()
            },
            "sources": {source.key: source.publisher for source in service.gaz.manifest.sources},
            "positions": {
                position: {"en": english, "ar": arabic} for position, (english, arabic) in POSITION_PHRASES.items()
            },
            "identifier_pages": dict(IDENTIFIER_PAGES),
            "reasons": {rule: {"en": english, "ar": arabic} for rule, (english, arabic) in reason_phrases().items()},
        }
    )


def _table_limits(settings: Settings) -> dict[str, int]:
    return {"max_bytes": settings.max_table_bytes, "max_rows": settings.max_table_rows}


def _tiles(settings: Settings) -> dict[str, str] | None:
    if not settings.tiles_url:
        return None
    return {"url": settings.tiles_url, "attribution": escape(settings.tiles_attribution)}


@router.get("/basemap/{name}.geojson")
async def basemap_layer(request: Request, name: str) -> Response:
    """A layer of the base map."""
    return GeoJSONResponse(basemap.layer(service_of(request).gaz, name))


@router.get("/units.json")
async def units(request: Request) -> Response:
    """The admin units with how many places they hold."""
    service = service_of(request)
    return JSONResponse({**service.head, "units": await service.executor.run(basemap.units, service.gaz)})


@router.post("/mentions.gpkg")
async def geopackage(request: Request) -> Response:
    """The mentions that a person has read and corrected, as a GeoPackage."""
    if not _has_geopackage():
        raise UnsupportedBody("GeoPackage needs the extra `geo`, which this service does not have")
    try:
        body = MentionsBody.model_validate(await read_json(request))
    except ValidationError as error:
        raise BadRequest(faults_of(error)) from None
    service = service_of(request)
    content = await service.executor.run(to_geopackage, service.gaz, body)
    headers = {"Content-Disposition": 'attachment; filename="mentions.gpkg"'}
    return Response(content, media_type="application/geopackage+sqlite3", headers=headers)


@cache
def _has_geopackage() -> bool:
    return all(find_spec(name) for name in ("geopandas", "pyogrio"))


@cache
def _assets() -> dict[str, _Asset]:
    """Every file of the page by its path under /static: ours, and Leaflet as its package ships it."""
    from xstatic.pkg import leaflet  # noqa: PLC0415 - untyped, and needed by the page alone

    own = dict(_walk(files("buldan.http").joinpath("static")))
    theirs = {_VENDOR + name: found for name, found in _walk(Path(leaflet.BASE_DIR)) if not name.endswith(".map")}
    return {name: _asset(name, found.read_bytes()) for name, found in (own | theirs).items()}


def _walk(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for found in folder.iterdir():
        name = prefix + found.name
        if found.is_dir():
            yield from _walk(found, name + "/")
        else:
            yield name, found


def _asset(name: str, body: bytes) -> _Asset:
    suffix = Path(name).suffix
    media_type = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return _Asset(body, media_type, f'"{blake2b(body, digest_size=12).hexdigest()}"')
