"""`/places` and `/reverse`: places by id, by page, and around a point."""

from __future__ import annotations

from typing import Any, ClassVar, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from buldan.describe import lies_in
from buldan.errors import PlaceNotFound
from buldan.formats import geojson
from buldan.formats.place_page import STYLE_SHA256, PlaceContext, place_page
from buldan.gazetteer import Gazetteer
from buldan.geometry import Bounds
from buldan.http.deps import find_base_url, get_service
from buldan.http.responses import GEOJSON, GeoJSONResponse, HTMLResponse, keep_fields
from buldan.http.schema import models
from buldan.http.schema.languages import choose_language
from buldan.http.schema.openapi import describe_responses
from buldan.http.schema.params import BoundingBox, Fields, Kinds, Lang, Limit, Text
from buldan.http.schema.query import Query
from buldan.http.scope import prefers_html
from buldan.kinds import SETTLEMENT_KINDS
from buldan.lookup import MOST_MATCHES
from buldan.model import Place

router = APIRouter(tags=["native"])

# A page of a megabyte or two.
_LARGEST_PAGE = 1_000


class PlaceQuery(Query):
    """How to show one place."""

    format: Literal["geojson", "html"] | None = Field(
        None, description="Format of the answer. If not given, the Accept header decides: a browser gets a page"
    )
    lang: Lang | None = Field(None, description="Language of `name`; if not given, Accept-Language decides")
    geometry: geojson.Shape = Field("point", description="`area` adds the outline, if there is one")


class PlacesQuery(Query):
    """Which places to list."""

    repeatable: ClassVar[frozenset[str]] = frozenset({"kind", "fields"})

    q: Text | None = Field(None, description="A name; the best matches first, at most 100")
    kind: Kinds | None = Field(None, description="Kinds or groups of kinds to keep; repeat it or separate with commas")
    within: Text | None = Field(None, description="An admin unit: P-code, id or name", examples=["SY03"])
    bbox: BoundingBox | None = Field(None, description="west,south,east,north in degrees")
    limit: int = Field(100, ge=1, le=_LARGEST_PAGE, description="Maximum number of places per page")
    offset: int = Field(0, ge=0, le=10_000_000, description="Number of places to skip")
    lang: Lang | None = Field(None, description="Language of `name`; if not given, Accept-Language decides")
    fields: Fields = Field(
        frozenset(), description="Properties to return; repeat it or separate with commas; all if not given"
    )
    geometry: geojson.Shape = Field("point", description="`area` adds outlines, for places that have one")


class ReverseQuery(Query):
    """A point and what to look for around it."""

    repeatable: ClassVar[frozenset[str]] = frozenset({"kind", "fields"})

    lon: float = Field(ge=-180, le=180, allow_inf_nan=False, description="Degrees east", examples=[36.32])
    lat: float = Field(ge=-90, le=90, allow_inf_nan=False, description="Degrees north", examples=[33.46])
    kind: Kinds | None = Field(None, description="Kinds or groups of kinds to keep; repeat it or separate with commas")
    radius_km: float | None = Field(
        None, gt=0, le=500, allow_inf_nan=False, description="Radius in kilometres; 25 if not given"
    )
    limit: Limit = Field(5, description="Maximum number of places")
    lang: Lang | None = Field(None, description="Language of `name`; if not given, Accept-Language decides")
    fields: Fields = Field(
        frozenset(), description="Properties to return; repeat it or separate with commas; all if not given"
    )


@router.get(
    "/places/{id:path}",
    response_class=GeoJSONResponse,
    openapi_extra=PlaceQuery.parameters(),
    responses=describe_responses(models.PlaceFeature, 404, 422, others=("text/html",))
    | {308: {"description": "The id was retired; `Location` is the address of the place that replaced it"}},
)
async def place(request: Request, id: str) -> Response:
    """One place by Buldan's id, a P-code (`C2302`), or `scheme:value` (`geonames:170654`)."""
    asked = PlaceQuery.of(request)
    service = get_service(request)
    found = service.gaz.place(id)
    # Only for a retired id of ours: P-codes and Wikidata ids are good addresses, too.
    if id.startswith("bd") and id != found.id:
        query = request.url.query
        heir = f"{find_base_url(request)}/places/{quote(found.id)}" + (f"?{query}" if query else "")
        return RedirectResponse(heir, 308)
    lang = choose_language(request, asked.lang)
    if asked.format == "html" or (asked.format is None and prefers_html(request.scope)):
        return await service.executor.run(
            _answer_page, service.gaz, found, lang, f"{find_base_url(request)}/places/{found.id}"
        )
    if asked.geometry == "area":
        return GeoJSONResponse({**geojson.place_feature(found, lang=lang, outline=True), **service.head})
    return Response(service.feature_cache.place(found, lang=lang, head=service.head), media_type=GEOJSON)


_MOST_NEAR, _MOST_PARTS = 10, 100  # shown on the page of a place
_PARTS: dict[str, tuple[str, ...]] = {
    "country": ("governorate",),
    "governorate": ("district",),
    "district": ("sub-district",),
    "sub-district": SETTLEMENT_KINDS,
}
"""The kinds of the parts of a unit; the parts of other places are those with it as `part_of`."""

_POLICY = f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{STYLE_SHA256}'"


def _find_parts(gaz: Gazetteer, place: Place) -> list[Place]:
    """The parts of a place, the most prominent first."""
    kinds = _PARTS.get(place.kind)
    # A river through the whole country has no unit whose places could be listed.
    unit = place.admin_pcode if len(place.admin_pcode) > len("SY") else None
    if kinds:
        return list(gaz.browse(kinds=kinds, unit=unit, by_weight=True, limit=_MOST_PARTS).places)
    inside = gaz.browse(unit=unit, by_weight=True, limit=len(gaz)).places if unit else ()
    return [part for part in inside if part.part_of == place.id][:_MOST_PARTS]


def _answer_page(gaz: Gazetteer, place: Place, lang: str, url: str) -> Response:
    """The place as a page for people, in Arabic or else in English."""
    # One more, because the place itself is the nearest.
    near = gaz.reverse(lon=place.lon, lat=place.lat, limit=_MOST_NEAR + 1)
    context = PlaceContext(
        near=[found for found in near if found.place.id != place.id][:_MOST_NEAR],
        parts=_find_parts(gaz, place),
        part_of=gaz.place(place.part_of) if place.part_of else None,
        url=url,
    )
    return HTMLResponse(place_page(place, gaz.manifest, context, lang="ar" if lang == "ar" else "en"), policy=_POLICY)


@router.get(
    "/places",
    response_class=GeoJSONResponse,
    openapi_extra=PlacesQuery.parameters(),
    responses=describe_responses(models.PlacesPage, 404, 422),
)
async def places(request: Request) -> Response:
    """List the places of the gazetteer by kind, unit, box or name, page by page."""
    asked = PlacesQuery.of(request)
    service = get_service(request)
    return GeoJSONResponse(await service.executor.run(_find_page, service.gaz, asked, request))


def _find_page(gaz: Gazetteer, asked: PlacesQuery, request: Request) -> Any:
    unit = _find_unit(gaz, asked.within) if asked.within else None
    if asked.q is None:
        page = gaz.browse(kinds=asked.kind, unit=unit, bounds=asked.bbox, offset=asked.offset, limit=asked.limit)
        total, found = page.total, list(page.places)
    else:
        matches = gaz.lookup(asked.q, within=unit, kinds=asked.kind, limit=MOST_MATCHES)
        # If the name is not in the unit, a lookup answers with the unit itself, which is not a place in it.
        named = [match.place for match in matches if not match.unit_only]
        # A lookup only prefers places in the unit; a list must not have others.
        kept = [place for place in named if _is_kept(place, unit, asked.bbox)]
        total, found = len(kept), kept[asked.offset : asked.offset + asked.limit]
    collection: dict[str, Any] = {
        **geojson.collect_places(
            found, gaz.manifest, lang=choose_language(request, asked.lang), outline=asked.geometry == "area"
        ),
        "number_matched": total,
        "number_returned": len(found),
        "links": _list_links(request, asked, total),
    }
    return keep_fields(collection, asked.fields)


def _is_kept(place: Any, unit: str | None, bbox: Bounds | None) -> bool:
    return (unit is None or place.admin_pcode.startswith(unit)) and (bbox is None or lies_in(place, bbox))


def _find_unit(gaz: Gazetteer, within: str) -> str:
    """P-code of the admin unit that a P-code, an id or a name means."""
    try:
        unit = gaz.place(within)
    except PlaceNotFound:
        named = gaz.lookup(within, kinds=["admin"], limit=1)
        if not named:
            raise PlaceNotFound(f"within: no admin unit is called {within!r}; give a P-code such as SY03") from None
        unit = named[0].place
    # P-codes of settlements begin with C.
    if unit.pcode is None or not unit.pcode.startswith("SY"):
        raise PlaceNotFound(f"within: {unit.name('en')} is not a unit; give one such as SY03")
    return unit.pcode


def _list_links(request: Request, asked: PlacesQuery, total: int) -> list[dict[str, str]]:
    # Unchanged: a link has the same query in the same words.
    parameters = [pair for pair in request.query_params.multi_items() if pair[0] != "offset"]

    def link(rel: str, offset: int) -> dict[str, str]:
        query = urlencode([*parameters, ("offset", str(offset))])
        return {"rel": rel, "href": f"{find_base_url(request)}/places?{query}", "type": GEOJSON}

    links = [link("self", asked.offset)]
    if asked.offset + asked.limit < total:
        links.append(link("next", asked.offset + asked.limit))
    if asked.offset:
        links.append(link("prev", max(0, asked.offset - asked.limit)))
    return links


@router.get(
    "/reverse",
    response_class=GeoJSONResponse,
    openapi_extra=ReverseQuery.parameters(),
    responses=describe_responses(models.Collection, 422),
)
async def reverse(request: Request) -> Response:
    """List the places at or around a point with their distances, nearest first, then the units that contain it."""
    asked = ReverseQuery.of(request)
    service, lang = get_service(request), choose_language(request, asked.lang)
    nearby = service.gaz.reverse(
        lon=asked.lon, lat=asked.lat, kinds=asked.kind, radius_km=asked.radius_km, limit=asked.limit
    )
    if asked.fields:
        collection = geojson.collect_nearby(nearby, service.gaz.manifest, lang=lang)
        return GeoJSONResponse(keep_fields(collection, asked.fields))
    return Response(service.feature_cache.nearby(nearby, lang=lang), media_type=GEOJSON)
