"""`/geonames`: the JSON services of GeoNames, for geopy and others that take their address."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from buldan.errors import PlaceNotFound
from buldan.formats import geonames as wire
from buldan.http.deps import get_service
from buldan.http.facades.geonames import (
    AskedQuery,
    GetQuery,
    NearbyPlaceNameQuery,
    NearbyQuery,
    PointQuery,
    SearchQuery,
    find_around,
    is_in_syria,
    place_of_id,
    search_places,
)
from buldan.http.responses import JSONResponse
from buldan.http.schema.openapi import describe_facade_responses

router = APIRouter(prefix="/geonames", tags=["geonames"])

_ANSWER = describe_facade_responses("application/json", schema={"type": "object"}, problems=("application/json",))


@router.get("/searchJSON", response_class=JSONResponse, openapi_extra=SearchQuery.parameters(), responses=_ANSWER)
async def search(request: Request) -> Response:
    """Places by name, as GeoNames gives them."""
    asked = SearchQuery.of(request)
    service = get_service(request)
    work = search_places, service.gaz, asked
    found = await service.run_short_inline(asked.text, *work, least_score=service.settings.least_score)
    page = found[asked.startRow : asked.startRow + asked.maxRows]
    return _respond(request, asked, page, total=len(found))


@router.get(
    "/findNearbyPlaceNameJSON",
    response_class=JSONResponse,
    openapi_extra=NearbyPlaceNameQuery.parameters(),
    responses=_ANSWER,
)
async def nearby_place_name(request: Request) -> Response:
    """Settlements around a point, as GeoNames gives them."""
    asked = NearbyPlaceNameQuery.of(request)
    return _respond(request, asked, find_around(get_service(request).gaz, asked))


@router.get("/findNearbyJSON", response_class=JSONResponse, openapi_extra=NearbyQuery.parameters(), responses=_ANSWER)
async def nearby(request: Request) -> Response:
    """Places of any kind around a point, as GeoNames gives them."""
    asked = NearbyQuery.of(request)
    return _respond(request, asked, find_around(get_service(request).gaz, asked))


@router.get("/getJSON", response_class=JSONResponse, openapi_extra=GetQuery.parameters(), responses=_ANSWER)
async def get(request: Request) -> Response:
    """One place by its id, as GeoNames gives it."""
    asked = GetQuery.of(request)
    place = place_of_id(get_service(request).gaz, asked.geonameId)
    return JSONResponse(wire.record_of(wire.Found(place), lang=asked.language, style=asked.style))


@router.get("/timezoneJSON", response_class=JSONResponse, openapi_extra=PointQuery.parameters(), responses=_ANSWER)
async def time_zone(request: Request) -> Response:
    """The time zone at a point in Syria, as GeoNames gives it."""
    asked = PointQuery.of(request)
    if not is_in_syria(get_service(request).gaz, asked):
        raise PlaceNotFound(f"{asked.lat:g}, {asked.lng:g} is not in Syria")
    return JSONResponse(wire.time_zone_of(lat=asked.lat, lng=asked.lng, lang=asked.language))


def _respond(request: Request, asked: AskedQuery, found: list[wire.Found], *, total: int | None = None) -> Response:
    manifest = get_service(request).gaz.manifest
    return JSONResponse(wire.make_document(found, manifest, lang=asked.language, style=asked.style, total=total))
