"""`/nominatim`: the API of Nominatim 4, for clients such as geopy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from fastapi import APIRouter, Request
from pydantic import BeforeValidator, Field, WithJsonSchema
from starlette.responses import Response

from buldan.describe import COUNTRY_CODE, lies_in
from buldan.errors import PlaceNotFound, QueryError
from buldan.formats import nominatim as wire
from buldan.gazetteer import Gazetteer
from buldan.geometry import Bounds
from buldan.http.deps import service_of
from buldan.http.responses import GEOJSON, JSONResponse, to_json
from buldan.http.schema.openapi import describe_facade_responses
from buldan.http.schema.params import Corners, Query, Text, language, preferred_language
from buldan.http.schema.problems import BadRequest, FieldFault
from buldan.kinds import get_kind, kinds
from buldan.lookup import MOST_MATCHES, Match
from buldan.model import Place

router = APIRouter(prefix="/nominatim", tags=["nominatim"])

_MOST, _USUAL = 40, 10
_MOST_IDS = 50
_STRUCTURE = ("amenity", "street", "city", "county", "state", "country", "postalcode")
_COUNTRY_WORDS = frozenset({"syria", "syrian arab republic", "sy", "سوريا", "سورية", "syrie", "suriye", "syrien"})

_LAYERS = {
    "address": frozenset({"admin", "settlement", "quarter", "camp", "region"}),
    "poi": frozenset({"transport", "military", "facility", "site"}),
    "natural": frozenset({"water", "natural"}),
    "railway": frozenset({"transport"}),
    "manmade": frozenset({"facility", "transport"}),
}
_FEATURE_TYPES = {
    "country": (4, 4),
    "state": (5, 8),
    "city": (13, 19),
    "settlement": (8, 20),
}
"""Ranks that each `featureType` of Nominatim spans."""

_ZOOM_RANKS = (4, 4, 4, 4, 4, 8, 8, 8, 10, 10, 12, 12, 17, 19, 22, 26, 26, 26, 26)
"""The finest rank that a reverse query of each zoom (0–18) looks for."""

_NAME = r"^[A-Za-z_$][A-Za-z0-9_$]{0,99}(\.[A-Za-z_$][A-Za-z0-9_$]{0,99}){0,9}$"
_CALLBACK = re.compile(_NAME)
_ADMIN_KINDS = ("sub-district", "district", "governorate", "country")


def _parse_flag(value: Any) -> bool:
    """Only "0" is false, as in Nominatim itself."""
    return bool(value != "0") if isinstance(value, str) else bool(value)


def _parse_layers(value: Any) -> Any:
    layers = [layer.strip() for layer in value.split(",") if layer.strip()]
    if unknown := [layer for layer in layers if layer not in _LAYERS]:
        raise ValueError(f"unknown: {', '.join(unknown)}; known: {', '.join(_LAYERS)}")
    return frozenset(layers)


def _parse_callback(value: Any) -> Any:
    if not _CALLBACK.fullmatch(value):
        raise ValueError("must be the name of a JavaScript function")
    return value


Flag = Annotated[bool, BeforeValidator(_parse_flag), WithJsonSchema({"type": "string", "examples": ["1"]})]

Layers = Annotated[
    frozenset[str],
    BeforeValidator(_parse_layers),
    WithJsonSchema({"type": "string", "pattern": "^(({0})(,({0}))*)?$".format("|".join(_LAYERS))}),
]
Callback = Annotated[str, BeforeValidator(_parse_callback), WithJsonSchema({"type": "string", "pattern": _NAME})]


class _Shown(Query):
    """How a client wants its answer."""

    lenient: ClassVar[bool] = True

    format: wire.Format | Literal["xml"] = Field("jsonv2", description="Form of the answer")
    json_callback: Callback | None = Field(None, description="Function that the JSON is to be given to (JSONP)")
    addressdetails: Flag = Field(False, description="Give the address in parts")
    extratags: Flag = Field(False, description="Give identifiers and population")
    namedetails: Flag = Field(False, description="Give all names")
    polygon_geojson: Flag = Field(False, description="Give outlines where there are any")
    accept_language: str | None = Field(None, alias="accept-language", description="Languages, the best first")


class SearchQuery(_Shown):
    """Nominatim's search."""

    q: Text | None = Field(None, description="What to look for", examples=["al-Hajar al-Aswad"])
    amenity: Text | None = None
    street: Text | None = None
    city: Text | None = None
    county: Text | None = None
    state: Text | None = None
    country: Text | None = None
    postalcode: Text | None = None
    limit: int = Field(_USUAL, ge=1, description="At most so many, no more than 40")
    countrycodes: str = Field("", description="ISO codes after commas; without `sy` nothing is found")
    layer: Layers = Field(frozenset(), description="Layers to keep, after commas")
    featureType: Literal["country", "state", "city", "settlement"] | None = None  # noqa: N815 - Nominatim's spelling
    exclude_place_ids: str = Field("", description="Numbers of places to leave out, after commas")
    viewbox: Corners = Field(None, description="x1,y1,x2,y2 in degrees; places inside come first")
    bounded: Flag = Field(False, description="Only places inside the viewbox")


class ReverseQuery(_Shown):
    """Nominatim's reverse."""

    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)
    zoom: int = Field(18, ge=0, le=18, description="How fine to look: 3 country, 5 governorate … 18 anything")
    layer: Layers = Field(frozenset(), description="Layers to keep, after commas")


class LookupQuery(_Shown):
    """Nominatim's lookup."""

    osm_ids: str = Field(min_length=2, description="N, W or R and a number; our ids and P-codes too; after commas")


class StatusQuery(Query):
    """Nominatim's status."""

    lenient: ClassVar[bool] = True

    format: Literal["text", "json"] = "text"


_ANSWER = describe_facade_responses(
    "application/json", GEOJSON, "text/plain", "text/xml", "text/javascript", problems="application/json"
)


@router.get("/search", response_class=JSONResponse, openapi_extra=SearchQuery.parameters(), responses=_ANSWER)
@router.get("/search.php", include_in_schema=False)
async def search(request: Request) -> Response:
    """Places by name, as Nominatim gives them."""
    asked = SearchQuery.of(request)
    service = service_of(request)
    text, within = _question(asked)
    found = await service.run_short_inline(text + (within or ""), _search, service.gaz, asked, text, within)
    return _respond(service.gaz, asked, _options(request, asked), found, text)


@router.get("/reverse", response_class=JSONResponse, openapi_extra=ReverseQuery.parameters(), responses=_ANSWER)
@router.get("/reverse.php", include_in_schema=False)
async def reverse(request: Request) -> Response:
    """The place at a point, as Nominatim gives it."""
    asked = ReverseQuery.of(request)
    gaz = service_of(request).gaz
    options = _options(request, asked)
    place = _place_at(gaz, asked)
    found = _found(gaz, place, (30 - get_kind(place.kind).rank) / 30) if place else None
    query = f"{asked.lat},{asked.lon}"
    if asked.format == "xml":
        return _xml(wire.render_one_xml(found, options, gaz.manifest, query=query))
    return _json(asked, wire.render_one(found, asked.format, options, gaz.manifest, query=query))


@router.get("/lookup", response_class=JSONResponse, openapi_extra=LookupQuery.parameters(), responses=_ANSWER)
async def lookup(request: Request) -> Response:
    """Places by OpenStreetMap id, or by one of ours."""
    asked = LookupQuery.of(request)
    gaz = service_of(request).gaz
    ids = [part.strip() for part in asked.osm_ids.split(",") if part.strip()]
    if len(ids) > _MOST_IDS:
        raise BadRequest([FieldFault("osm_ids", f"at most {_MOST_IDS} ids")])
    places = [place for place in (_by_id(gaz, each) for each in ids) if place]
    found = [_found(gaz, place, (30 - get_kind(place.kind).rank) / 30) for place in places]
    return _respond(gaz, asked, _options(request, asked), found, asked.osm_ids)


@router.get("/status", response_class=JSONResponse, openapi_extra=StatusQuery.parameters(), responses=_ANSWER)
async def status(request: Request) -> Response:
    """Whether the service works."""
    if StatusQuery.of(request).format == "text":
        return Response("OK", media_type="text/plain")
    gaz = service_of(request).gaz
    dates = [source.date for source in gaz.manifest.sources if source.date]
    return JSONResponse(
        {
            "status": 0,
            "message": "OK",
            "data_updated": max(dates, default=""),
            "software_version": request.app.version,
            "database_version": gaz.version,
        }
    )


def _options(request: Request, asked: _Shown) -> wire.Options:
    preferred = asked.accept_language
    return wire.Options(
        lang=language(request) if preferred is None else preferred_language(preferred),
        address=asked.addressdetails,
        extra=asked.extratags,
        names=asked.namedetails,
        outline=asked.polygon_geojson,
    )


def _question(asked: SearchQuery) -> tuple[str, str | None]:
    """What to look for, and within what: the free query, or the finest part of a structured one."""
    parts = [value for name in _STRUCTURE if (value := getattr(asked, name))]
    if asked.q and parts:
        raise QueryError("structured parameters cannot be used together with q", field="q")
    if asked.q:
        return asked.q, None
    if not parts:
        raise QueryError("nothing to search for: give q, or one of city, county, state, country", field="q")
    abroad = asked.country and asked.country.casefold() not in _COUNTRY_WORDS
    named = [part for part in parts if part not in {asked.country, asked.postalcode}] or [asked.country or ""]
    if abroad or not named[0]:  # we know no post codes
        return "", None
    return named[0], named[1] if len(named) > 1 else None


def _search(gaz: Gazetteer, asked: SearchQuery, text: str, within: str | None) -> list[wire.Found]:
    codes = {code.strip().lower() for code in asked.countrycodes.split(",") if code.strip()}
    if not text or (codes and COUNTRY_CODE not in codes):
        return []
    view = asked.viewbox
    near = ((view.west + view.east) / 2, (view.south + view.north) / 2) if view else None
    wanted = _kinds_of(asked)
    matches: Sequence[Match] = gaz.lookup(text, within=within, near=near, kinds=wanted, limit=MOST_MATCHES)
    if wanted is not None:  # a lookup gives others of their group too
        matches = [match for match in matches if match.place.kind in wanted]
    excluded = {part.strip() for part in asked.exclude_place_ids.split(",")}
    kept = [match for match in matches if _is_kept(match, view if asked.bounded else None, excluded)]
    return [_found(gaz, match.place, match.score) for match in kept[: min(asked.limit, _MOST)]]


def _is_kept(match: Match, view: Bounds | None, excluded: set[str]) -> bool:
    inside = view is None or lies_in(match.place, view)
    return inside and not {match.place.id, str(wire.place_number(match.place.id))} & excluded


def _kinds_of(asked: SearchQuery | ReverseQuery) -> frozenset[str] | None:
    """Our kinds that the layers and the feature type let through; None for all."""
    kept = {kind.id: kind for kind in kinds().values()}
    if asked.layer:
        groups = frozenset().union(*(_LAYERS[layer] for layer in asked.layer))
        kept = {name: kind for name, kind in kept.items() if kind.group in groups}
    if isinstance(asked, SearchQuery) and asked.featureType:
        low, high = _FEATURE_TYPES[asked.featureType]
        kept = {name: kind for name, kind in kept.items() if low <= kind.rank <= high}
    return frozenset(kept) if len(kept) < len(kinds()) else None


def _place_at(gaz: Gazetteer, asked: ReverseQuery) -> Place | None:
    """The nearest place of a rank that the zoom lets through, or the unit that holds it; None abroad."""
    finest = _ZOOM_RANKS[asked.zoom]
    holding = gaz.reverse(lon=asked.lon, lat=asked.lat, kinds=_ADMIN_KINDS, limit=10)
    units = [found.place for found in holding if found.distance_km == 0]
    if not units:
        return None
    allowed = _kinds_of(asked)
    fine = {kind.id for kind in kinds().values() if kind.rank <= finest and kind.group != "admin"}
    wanted = fine if allowed is None else fine & allowed
    nearby = gaz.reverse(lon=asked.lon, lat=asked.lat, kinds=wanted, limit=1) if wanted else []
    if nearby:
        return nearby[0].place
    coarse = [
        unit for unit in units if get_kind(unit.kind).rank <= finest and (allowed is None or unit.kind in allowed)
    ]
    return max(coarse, key=lambda unit: get_kind(unit.kind).rank, default=None)


def _by_id(gaz: Gazetteer, asked: str) -> Place | None:
    identifier = f"osm:{asked}" if asked[:1] in "NWR" and asked[1:].isdigit() else asked
    try:
        return gaz.place(identifier)
    except PlaceNotFound:
        return None


def _found(gaz: Gazetteer, place: Place, importance: float) -> wire.Found:
    return wire.Found(place, importance, gaz.place(place.part_of) if place.part_of else None)


def _respond(gaz: Gazetteer, asked: _Shown, options: wire.Options, found: list[wire.Found], query: str) -> Response:
    if asked.format == "xml":
        return _xml(wire.render_xml(found, options, gaz.manifest, query=query))
    return _json(asked, wire.render(found, asked.format, options, gaz.manifest, query=query))


def _xml(document: str) -> Response:
    return Response(document, media_type="text/xml")


def _json(asked: _Shown, content: Any) -> Response:
    if asked.json_callback:  # the comment keeps the name from being the first bytes, which some readers trust
        return Response(b"/**/%s(%s);" % (asked.json_callback.encode(), to_json(content)), media_type="text/javascript")
    is_collection = asked.format == "geojson" and content is not wire.UNABLE
    return JSONResponse(content, media_type=GEOJSON if is_collection else "application/json")
