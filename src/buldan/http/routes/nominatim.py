"""`/nominatim`: the API of Nominatim 4, for clients such as geopy."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from buldan.describe import Languages
from buldan.formats import nominatim as wire
from buldan.http.deps import find_base_url, get_service
from buldan.http.facades.nominatim import (
    LookupQuery,
    ReverseQuery,
    SearchQuery,
    ShownQuery,
    StatusQuery,
    find_by_ids,
    place_at,
    search_places,
)
from buldan.http.facades.parts import find_wholes
from buldan.http.responses import JSONResponse, to_json
from buldan.http.schema.languages import list_preferred_languages
from buldan.http.schema.openapi import describe_facade_responses
from buldan.http.scope import get_header

router = APIRouter(prefix="/nominatim", tags=["nominatim"])

_JSON = "application/json; charset=utf-8"
"""Nominatim's media type of every JSON format; some clients compare it."""

_ANSWER = describe_facade_responses(
    "application/json", "text/plain", "text/xml", "text/javascript", problems=("application/json", "text/xml")
)


@router.get("/search", response_class=JSONResponse, openapi_extra=SearchQuery.parameters(), responses=_ANSWER)
# The addresses with .php are those of Nominatim 3, which clients still use.
@router.get("/search.php", include_in_schema=False)
async def search(request: Request) -> Response:
    """Places by name, as Nominatim gives them."""
    asked = SearchQuery.of(request)
    service = get_service(request)
    options = asked.options(_choose_languages(request, asked))
    work = search_places, service.gaz, asked
    found = await service.run_short_inline(asked.text, *work, least_score=service.settings.least_score)
    return _answer_several(
        request, asked, options, found, query=asked.text, about=_describe_question(request, asked, found)
    )


@router.get("/reverse", response_class=JSONResponse, openapi_extra=ReverseQuery.parameters(), responses=_ANSWER)
@router.get("/reverse.php", include_in_schema=False)
async def reverse(request: Request) -> Response:
    """The place at a point, as Nominatim gives it."""
    asked = ReverseQuery.of(request)
    gaz = get_service(request).gaz
    options = asked.options(_choose_languages(request, asked))
    place = place_at(gaz, asked)
    found = wire.Found(place, wire.guess_importance(place), find_wholes(gaz, place)) if place else None
    if asked.format == "xml":
        # Returned as the client wrote it, which lets a client recognise its own query.
        given = {name: request.query_params[name] for name in ("lat", "lon", "zoom") if name in request.query_params}
        about = {"querystring": urlencode({**given, "format": "xml"})}
        return _answer_xml(wire.render_one_xml(found, options, gaz.manifest, about=about, now=datetime.now(UTC)))
    return _json(asked, wire.render_one(found, asked.format, options, gaz.manifest, query=f"{asked.lat},{asked.lon}"))


@router.get("/lookup", response_class=JSONResponse, openapi_extra=LookupQuery.parameters(), responses=_ANSWER)
@router.get("/lookup.php", include_in_schema=False)
async def lookup(request: Request) -> Response:
    """Places by OpenStreetMap id, or by one of ours."""
    asked = LookupQuery.of(request)
    found = find_by_ids(get_service(request).gaz, asked.ids)
    options = asked.options(_choose_languages(request, asked))
    about = {"querystring": asked.osm_ids}
    return _answer_several(request, asked, options, found, query=asked.osm_ids, about=about)


@router.get("/status", response_class=JSONResponse, openapi_extra=StatusQuery.parameters(), responses=_ANSWER)
@router.get("/status.php", include_in_schema=False)
async def status(request: Request) -> Response:
    """Whether the service works."""
    if StatusQuery.of(request).format == "text":
        return Response("OK", media_type="text/plain")
    service = get_service(request)
    return _answer_json(
        {
            "status": 0,  # Nominatim's codes: 700 and more are faults of the database
            "message": "OK",
            "data_updated": service.data_updated,
            "software_version": request.app.version,
            "database_version": service.gaz.version,
        }
    )


def _choose_languages(request: Request, asked: ShownQuery) -> Languages:
    """The languages of names in the answer: the parameter has priority over the header."""
    header = get_header(request.scope, b"accept-language").decode("latin-1")
    return list_preferred_languages(header if asked.accept_language is None else asked.accept_language)


def _describe_question(request: Request, asked: SearchQuery, found: list[wire.Found]) -> dict[str, str]:
    """Attributes of the query in XML, with the address of further results."""
    excluded = ",".join(asked.excluded)
    view = ",".join(f"{degrees:g}" for degrees in asked.view) if asked.view else ""
    question = {"q": asked.q} if asked.q is not None else asked.parts
    shown = (
        "polygon_geojson",
        "polygon_text",
        "polygon_svg",
        "polygon_kml",
        "addressdetails",
        "extratags",
        "namedetails",
    )
    more = {
        **question,
        **{name: "1" for name in shown if getattr(asked, name)},
        "polygon_threshold": f"{asked.polygon_threshold:g}" if asked.polygon_threshold > 0 else "",
        "limit": str(asked.most) if "limit" in request.query_params else "",
        "countrycodes": ",".join(asked.codes),
        "exclude_place_ids": ",".join([*(str(wire.place_number(each.place.id)) for each in found), *asked.excluded]),
        "viewbox": view,
        "bounded": "1" if asked.bounded else "",
        "dedupe": "" if asked.dedupe else "0",
        "featureType": asked.featureType,
        "format": "xml",
    }
    more_url = (
        f"{find_base_url(request)}/nominatim/search?{urlencode({name: value for name, value in more.items() if value})}"
    )
    facts = {"querystring": asked.text, "exclude_place_ids": excluded, "more_url": more_url, "viewbox": view}
    return {name: value for name, value in facts.items() if value or name == "querystring"}


def _answer_several(
    request: Request,
    asked: ShownQuery,
    options: wire.Options,
    found: list[wire.Found],
    *,
    query: str,
    about: dict[str, str],
) -> Response:
    manifest = get_service(request).gaz.manifest
    if asked.format == "xml":
        return _answer_xml(wire.render_xml(found, options, manifest, about=about, now=datetime.now(UTC)))
    return _json(asked, wire.render(found, asked.format, options, manifest, query=query))


def _answer_xml(document: str) -> Response:
    return Response(document, media_type="text/xml")


def _json(asked: ShownQuery, content: Any) -> Response:
    callback = asked.callback
    if callback:  # with the comment the name is not in the first bytes, by which some programs detect a file's type
        return Response(b"/**/%s(%s);" % (callback.encode(), to_json(content)), media_type="text/javascript")
    return _answer_json(content)


def _answer_json(content: Any) -> Response:
    return Response(to_json(content), media_type=_JSON)
