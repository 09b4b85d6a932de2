"""The application: the routes over `buldan.Gazetteer`, and the middleware that every request passes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp
from starlette_compress import CompressMiddleware, add_compress_type

from buldan.gazetteer import Gazetteer, load
from buldan.http.deps import Service
from buldan.http.executor import BoundedExecutor
from buldan.http.facades.photon import list_languages
from buldan.http.feature_cache import FeatureCache
from buldan.http.mention_writer import MentionWriter
from buldan.http.middleware.access_log import AccessLog
from buldan.http.middleware.caching import Caching
from buldan.http.middleware.keys import ApiKeys, RateLimit
from buldan.http.middleware.layers import HeadMiddleware, IfHeader
from buldan.http.middleware.limits import RequestLimits
from buldan.http.routes import (
    geocode,
    geonames,
    geoparse,
    lookup,
    nominatim,
    ogc,
    page,
    photon,
    places,
    reconcile,
    sign_in,
)
from buldan.http.routes import service as state
from buldan.http.routing import Application, Handler
from buldan.http.schema.openapi import install_openapi
from buldan.http.text_batches import TextBatches
from buldan.settings import Settings, read_settings

__all__ = ["create_app"]

add_compress_type("application/x-ndjson")  # the places of Browse: the compressed file has a third of their bytes

_ROUTES = (lookup, places, geoparse, geocode, state, nominatim, photon, geonames, ogc, reconcile, sign_in, page)

_ABOUT = """Places of Syria: from any spelling, in Arabic or Latin script, to a point on the map.

Answers are GeoJSON (RFC 7946) with the gazetteer's version and attribution; problems are RFC 9457. The same
lookups are behind `/nominatim`, `/photon`, `/geonames`, `/ogc` and `/reconcile`, for clients that speak those."""


def create_app(settings: Settings | None = None, gazetteer: Gazetteer | None = None) -> FastAPI:
    """The application, for uvicorn or any ASGI server; loads the gazetteer that the settings name.

    Raises:
        GazetteerError: the gazetteer is missing or damaged.
        SourceError: the overlay cannot be used.
    """
    settings = settings or read_settings()
    gaz = gazetteer or load(settings.gazetteer, overlay=settings.overlay)
    executor = BoundedExecutor(
        running=settings.max_running, waiting=settings.max_waiting, time_limit_s=settings.time_limit_s
    )

    service = Service(
        gaz, settings, executor, FeatureCache(gaz.manifest), MentionWriter(gaz.manifest), TextBatches(gaz)
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[dict[str, Any]]:
        if settings.preload:
            Thread(target=service.prepare, daemon=True).start()
        yield {"settings": settings}  # for the protocol, which handles requests before the application
        executor.close()

    app = Application(
        routes=_iter_routes(),
        middleware=lambda handler: _wrap(handler, settings, gaz.version),
        title="Buldan",
        summary="Places of Syria, from any spelling to a point on the map",
        description=_ABOUT,
        version=version("buldan"),
        docs_url=None,
        redoc_url=None,
        servers=[{"url": seen}] if (seen := settings.public_url or settings.root_path) else None,
        root_path_in_servers=False,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.root_path = settings.root_path or urlsplit(settings.public_url).path  # paths are found with and without it
    app.state.service = service
    install_openapi(app, gaz, languages={"/photon/": ["default", *list_languages(gaz)]})
    return app


def _iter_routes() -> Iterator[BaseRoute]:
    """The routes of all façades, one after the other."""
    for module in _ROUTES:
        for route in module.router.routes:
            if isinstance(route, APIRoute):
                route.operation_id = _name_operation(route)
            yield route


def _wrap(handler: Handler, settings: Settings, gazetteer_version: str) -> ASGIApp:
    """The handler with the middleware that every request passes, added from the inside out."""
    app: ASGIApp = Caching(
        handler,
        version=f"{version('buldan')}/{gazetteer_version}",
        max_age_s=settings.cache_s,
        private=bool(settings.api_keys),
        kept_bytes=settings.kept_answers_mb * 1_000_000,
        layers=["Accept-Encoding", "Origin"] if settings.cors_origins else ["Accept-Encoding"],
    )
    app = HeadMiddleware(IfHeader(b"accept-encoding", CompressMiddleware(app, minimum_size=1_000), app))
    if settings.rate_limit:
        app = RateLimit(app, settings)
    if settings.api_keys:
        app = ApiKeys(app, settings)
    app = RequestLimits(app, settings)
    if settings.cors_origins:  # outside the layers that refuse requests: other sites can read the reason
        sharing = CORSMiddleware(
            app,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=["*"],
            expose_headers=["ETag", "Link", "Retry-After", "X-Request-ID", "Buldan-Truncated"],
            max_age=86_400,
        )
        app = IfHeader(b"origin", sharing, app)
    return AccessLog(app, settings)


def _name_operation(route: APIRoute) -> str:
    """The operation's id: the endpoint's name, with the façade's name before it if it is not native."""
    facade = str(route.tags[0]) if route.tags else "page"
    return route.name if facade in {"native", "service", "page"} else f"{facade}_{route.name}"
