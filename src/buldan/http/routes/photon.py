"""`/photon`: the API of Photon, for search boxes and geopy."""

from __future__ import annotations

from typing import ClassVar, Literal

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.responses import Response

from buldan.describe import COUNTRY_CODE, lies_in
from buldan.formats import photon as wire
from buldan.gazetteer import Gazetteer
from buldan.http.deps import service_of
from buldan.http.responses import JSONResponse
from buldan.http.schema.openapi import describe_facade_responses
from buldan.http.schema.params import BoundingBox, Lang, Query, Text, language
from buldan.kinds import Kind, get_kind, kinds
from buldan.model import Place

router = APIRouter(prefix="/photon", tags=["photon"])

_MOST, _USUAL = 50, 15


class _Asked(Query):
    """What both questions share."""

    lenient: ClassVar[bool] = True
    repeatable: ClassVar[frozenset[str]] = frozenset({"layer", "osm_tag", "countrycode"})

    lang: Lang | Literal["default"] | None = Field(None, description="Language of names; `default` is Arabic")
    layer: list[wire.Layer] = Field(default_factory=list, description="Layers to keep, repeated")
    osm_tag: list[str] = Field(default_factory=list, description="`key`, `key:value`, `:value` or with `!` before it")


class SearchQuery(_Asked):
    """Photon's search."""

    q: Text = Field(description="What was typed so far", examples=["yalda"])
    lat: float | None = Field(None, ge=-90, le=90, allow_inf_nan=False)
    lon: float | None = Field(None, ge=-180, le=180, allow_inf_nan=False)
    limit: int = Field(_USUAL, ge=1, description="At most so many, no more than 50")
    bbox: BoundingBox | None = Field(None, description="minLon,minLat,maxLon,maxLat")
    countrycode: list[str] = Field(default_factory=list, description="ISO codes; without SY nothing is found")


class ReverseQuery(_Asked):
    """Photon's reverse."""

    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)
    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    radius: float | None = Field(None, gt=0, le=500, allow_inf_nan=False, description="km")
    limit: int = Field(1, ge=1, description="At most so many, no more than 50")


_ANSWER = describe_facade_responses("application/json", schema={"type": "object"}, problems=("application/json",))


@router.get("/api", response_class=JSONResponse, openapi_extra=SearchQuery.parameters(), responses=_ANSWER)
@router.get("/api/", include_in_schema=False)
async def search(request: Request) -> Response:
    """Places by name or its beginning, as Photon gives them."""
    asked = SearchQuery.of(request)
    service = service_of(request)
    places = await service.run_short_inline(asked.q, _search, service.gaz, asked)
    return _respond(request, service.gaz, asked, places[: min(asked.limit, _MOST)])


@router.get("/reverse", response_class=JSONResponse, openapi_extra=ReverseQuery.parameters(), responses=_ANSWER)
async def reverse(request: Request) -> Response:
    """Places around a point, as Photon gives them."""
    asked = ReverseQuery.of(request)
    gaz = service_of(request).gaz
    nearby = gaz.reverse(lon=asked.lon, lat=asked.lat, radius_km=asked.radius, kinds=_kinds_of(asked), limit=_MOST)
    return _respond(request, gaz, asked, [found.place for found in nearby][: asked.limit])


@router.get("/status", response_class=JSONResponse, responses=_ANSWER)
async def status(request: Request) -> Response:
    """Whether the service works."""
    return JSONResponse({"status": "Ok", "import_date": service_of(request).gaz.version})


def _search(gaz: Gazetteer, asked: SearchQuery) -> list[Place]:
    """What a name means, then what it may be the beginning of; nothing for another country."""
    if asked.countrycode and COUNTRY_CODE not in {code.lower() for code in asked.countrycode}:
        return []
    near = None if asked.lon is None or asked.lat is None else (asked.lon, asked.lat)
    wanted = _kinds_of(asked)
    if wanted is not None and not wanted:
        return []
    matched = [match.place for match in gaz.lookup(asked.q, near=near, kinds=wanted, limit=_MOST)]
    completed = [suggestion.place for suggestion in gaz.suggest(asked.q, near=near, limit=_MOST)]
    places = {place.id: place for place in (*matched, *completed)}
    return [
        place
        for place in places.values()
        if (wanted is None or place.kind in wanted) and (asked.bbox is None or lies_in(place, asked.bbox))
    ]


def _kinds_of(asked: _Asked) -> frozenset[str] | None:
    """Our kinds that the layers and the tags let through; None for all."""
    if not asked.layer and not asked.osm_tag:
        return None
    layered = frozenset().union(*map(wire.kinds_of_layer, asked.layer)) if asked.layer else frozenset(kinds())
    return frozenset(kind for kind in layered if _has_tags(get_kind(kind), asked.osm_tag))


def _has_tags(kind: Kind, filters: list[str]) -> bool:
    """Photon's tag filters: `key`, `key:value`, `:value`, each turned round by `!`; all must hold."""
    for given in filters:
        bare = given.replace("!", "")
        key, _, value = bare.partition(":")
        holds = (not key or key == kind.osm_class) and (not value or value == kind.osm_type)
        if holds == ("!" in given):
            return False
    return True


def _respond(request: Request, gaz: Gazetteer, asked: _Asked, places: list[Place]) -> Response:
    found = [(place, gaz.place(place.part_of) if place.part_of else None) for place in places]
    lang = "ar" if asked.lang == "default" else language(request, asked.lang)
    return JSONResponse(wire.places_collection(found, gaz.manifest, lang=lang))
