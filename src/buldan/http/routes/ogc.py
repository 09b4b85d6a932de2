"""`/ogc`: OGC API – Features, for QGIS, GDAL and OWSLib. Unknown parameters are refused, as the standard requires."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BeforeValidator, Field, WithJsonSchema
from starlette.exceptions import HTTPException
from starlette.responses import Response

from buldan.describe import lies_in
from buldan.errors import PlaceNotFound
from buldan.formats import ogc as wire
from buldan.gazetteer import Gazetteer
from buldan.http.deps import find_base_url, get_service
from buldan.http.responses import GEOJSON, GeoJSONResponse, HTMLResponse, JSONResponse
from buldan.http.schema.openapi import describe_facade_responses
from buldan.http.schema.params import BoundingBox, Text
from buldan.http.schema.query import Query
from buldan.kinds import get_kind
from buldan.lookup import MOST_MATCHES
from buldan.model import Place

router = APIRouter(prefix="/ogc", tags=["ogc"])

# A longer page is written in a thread: in the event loop it would delay all requests.
_SHORT_PAGE = 100
_SCHEMA_JSON = "application/schema+json"


def _parse_datetime(value: Any) -> Any:
    """An instant, or an interval with at most one open end."""
    ends = value.split("/")
    known = [end for end in ends if end not in {"", ".."}]
    try:
        read = [datetime.fromisoformat(end) for end in known]
        # A date without time is an instant here; times without a zone cannot be compared with times that have one.
        instants = [instant if instant.tzinfo else instant.replace(tzinfo=UTC) for instant in read]
    except ValueError:
        instants = []
    if len(ends) > 2 or len(instants) < len(known) or not instants or (len(ends) == 1 and not known):
        raise ValueError("must be an instant or an interval as RFC 3339 writes them: 2018-02-12, 2018-02-12/..")
    if instants != sorted(instants):
        raise ValueError("ends before it begins; write the earlier instant first")
    return value


def _parse_pcode(value: Any) -> Any:
    if not re.fullmatch(r"SY(\d{2}){1,3}", value):
        raise ValueError("must be the P-code of a unit: SY03, SY0301, SY030100")
    return value


Instants = Annotated[
    str,
    BeforeValidator(_parse_datetime),
    WithJsonSchema({"type": "string", "format": "interval", "examples": ["2024-01-01/.."]}),
]
"""An instant, or `start/end`, of which one may be `..`; RFC 3339."""

UnitCode = Annotated[
    str, BeforeValidator(_parse_pcode), WithJsonSchema({"type": "string", "pattern": r"^SY(\d{2}){1,3}$"})
]


class FormQuery(Query):
    """The form of the answer; there is one."""

    f: Literal["json"] = Field("json", description="Form of the answer")


class ItemsQuery(FormQuery):
    """Which features."""

    # Without a maximum: a request for more than the largest page gets the largest page, and a link to the next.
    limit: int = Field(wire.USUAL_PAGE, ge=1, description="Maximum number of features per page, 10,000 or less")
    offset: int = Field(0, ge=0, le=10_000_000, description="Number of places to skip")
    bbox: BoundingBox | None = Field(None, description="Only features that intersect this box, CRS84")
    datetime: Instants | None = Field(None, description="Instant or interval; places have no dates, so all match")
    q: Text | None = Field(None, description="A name in any spelling; the best matches first")
    kind: Text | None = Field(None, description="Kind of place")
    pcode: Text | None = Field(None, description="OCHA's P-code of the place")
    governorate: UnitCode | None = Field(None, description="P-code of the governorate")
    district: UnitCode | None = Field(None, description="P-code of the district")
    sub_district: UnitCode | None = Field(None, description="P-code of the sub-district")


_ANSWER = describe_facade_responses("application/json", _SCHEMA_JSON, schema={"type": "object"})
_FEATURES = describe_facade_responses(GEOJSON, schema={"type": "object"})


@router.get("/", response_class=JSONResponse, openapi_extra=FormQuery.parameters(), responses=_ANSWER)
@router.get("", include_in_schema=False)
async def landing(request: Request) -> Response:
    """What the service is, with links to its parts."""
    FormQuery.of(request)
    return JSONResponse(wire.make_landing(_get_url(request), get_service(request).gaz.manifest))


@router.get("/api", include_in_schema=False)
async def api(request: Request) -> Response:
    """The API, as OpenAPI 3.0."""
    FormQuery.of(request)
    # 3.0 and not the 3.1 of /openapi.json: OWSLib compares the media type with its version.
    document = wire.describe_api(_get_url(request), request.app.version, _get_collections(request))
    return JSONResponse(document, media_type=wire.OPENAPI_TYPE)


@router.get("/api.html", include_in_schema=False)
async def api_page(request: Request) -> Response:
    """The API, to read."""
    paths = wire.describe_api(_get_url(request), request.app.version, _get_collections(request))["paths"]
    rows = "".join(
        f"<dt><code>GET {escape(path)}</code></dt><dd>{escape(item['get']['summary'])}</dd>"
        for path, item in paths.items()
    )
    return HTMLResponse(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Buldan · OGC API – Features</title>'
        f"<h1>OGC API – Features</h1><dl>{rows}</dl></html>"
    )


@router.get("/conformance", response_class=JSONResponse, openapi_extra=FormQuery.parameters(), responses=_ANSWER)
async def conformance(request: Request) -> Response:
    """The classes that the service conforms to."""
    FormQuery.of(request)
    return JSONResponse(wire.make_conformance())


@router.get("/collections", response_class=JSONResponse, openapi_extra=FormQuery.parameters(), responses=_ANSWER)
async def collections(request: Request) -> Response:
    """All places, and a collection for each kind."""
    FormQuery.of(request)
    return JSONResponse(wire.make_collections(_get_url(request), _get_collections(request).values()))


@router.get(
    "/collections/{collection_id}",
    response_class=JSONResponse,
    openapi_extra=FormQuery.parameters(),
    responses=_ANSWER,
)
async def collection(request: Request, collection_id: str) -> Response:
    """One collection."""
    FormQuery.of(request)
    return JSONResponse(wire.make_collection(_get_url(request), _get_collection(request, collection_id)))


@router.get("/collections/{collection_id}/queryables", openapi_extra=FormQuery.parameters(), responses=_ANSWER)
async def queryables(request: Request, collection_id: str) -> JSONResponse:
    """The properties by which items can be filtered."""
    FormQuery.of(request)
    found = _get_collection(request, collection_id)
    here = f"{_get_url(request)}/collections/{found.id}/queryables"
    return JSONResponse(wire.describe_queryables(here, found.title), media_type=_SCHEMA_JSON)


@router.get("/collections/{collection_id}/schema", openapi_extra=FormQuery.parameters(), responses=_ANSWER)
async def schema(request: Request, collection_id: str) -> JSONResponse:
    """The features' properties."""
    FormQuery.of(request)
    found = _get_collection(request, collection_id)
    here = f"{_get_url(request)}/collections/{found.id}/schema"
    return JSONResponse(wire.describe_columns(here, found.title), media_type=_SCHEMA_JSON)


@router.get(
    "/collections/{collection_id}/items",
    response_class=GeoJSONResponse,
    openapi_extra=ItemsQuery.parameters(),
    responses=_FEATURES,
)
async def items(request: Request, collection_id: str) -> Response:
    """Features, page by page."""
    asked = ItemsQuery.of(request)
    found = _get_collection(request, collection_id)
    service = get_service(request)
    if asked.limit > _SHORT_PAGE or found.outlined:
        return GeoJSONResponse(await service.executor.run(_list_items, request, found, asked))
    return GeoJSONResponse(await service.run_short_inline(asked.q or "", _list_items, request, found, asked))


@router.get(
    "/collections/{collection_id}/items/{feature_id}",
    response_class=GeoJSONResponse,
    openapi_extra=FormQuery.parameters(),
    responses=_FEATURES,
)
async def item(request: Request, collection_id: str, feature_id: str) -> Response:
    """One feature."""
    FormQuery.of(request)
    found = _get_collection(request, collection_id)
    place = get_service(request).gaz.place(feature_id)
    if found.kinds is not None and place.kind not in found.kinds:
        raise PlaceNotFound(f"{feature_id!r} is not in the collection {found.id!r}")
    return GeoJSONResponse(wire.make_feature(_get_url(request), found, place))


def _get_url(request: Request) -> str:
    return f"{find_base_url(request)}/ogc"


def _get_collections(request: Request) -> dict[str, wire.Collection]:
    return get_service(request).collections


def _get_collection(request: Request, collection_id: str) -> wire.Collection:
    found = _get_collections(request).get(collection_id)
    if found is None:
        raise HTTPException(404, f"no collection {collection_id!r}; see /ogc/collections")
    return found


def _list_items(request: Request, collection: wire.Collection, asked: ItemsQuery) -> Any:
    gaz = get_service(request).gaz
    limit = min(asked.limit, wire.LARGEST_PAGE)
    matched, places = _choose(gaz, collection, asked, limit)
    # Unchanged: links to further pages must have the same query.
    parameters = dict(request.query_params)
    paging = wire.Paging(parameters, matched, asked.offset, limit)
    return wire.make_items(_get_url(request), collection, places, paging, gaz.manifest, now=datetime.now(UTC))


def _choose(gaz: Gazetteer, collection: wire.Collection, asked: ItemsQuery, limit: int) -> tuple[int, list[Place]]:
    """The number of features that match, and the places of the page."""
    # `browse` counts and pages without reading each place; names and codes give few places, filtered one by one.
    if asked.q is None and asked.pcode is None:
        kept = _choose_kinds(collection, asked)
        unit = _find_finest_unit(asked)
        if unit is None or (kept is not None and not kept):
            return 0, []
        page = gaz.browse(
            kinds=None if kept is None else map(get_kind, kept),
            unit=unit or None,
            bounds=asked.bbox,
            by_area=collection.outlined,
            by_weight=True,  # clients guess the types of columns from the first page, which should have values
            offset=asked.offset,
            limit=limit,
        )
        return page.total, list(page.places)
    places = [place for place in _find_named(gaz, asked) if _is_kept(place, collection, asked)]
    if asked.bbox is not None and collection.outlined:
        meeting = gaz.browse(
            kinds=map(get_kind, collection.kinds or ()), bounds=asked.bbox, by_area=True, limit=len(gaz)
        ).places
        places = [place for place in places if place in meeting]
    return len(places), places[asked.offset : asked.offset + limit]


def _choose_kinds(collection: wire.Collection, asked: ItemsQuery) -> frozenset[str] | None:
    if asked.kind is None:
        return collection.kinds
    wanted = frozenset({asked.kind})
    return wanted if collection.kinds is None else wanted & collection.kinds


def _find_finest_unit(asked: ItemsQuery) -> str | None:
    """The P-code of the smallest unit of the query; empty if there is none, None if the units exclude each other."""
    given = [code for code in (asked.governorate, asked.district, asked.sub_district) if code]
    finest = given[-1] if given else ""
    # OCHA's code of a unit begins with the code of the unit that contains it.
    return finest if all(finest.startswith(code) for code in given) else None


def _find_named(gaz: Gazetteer, asked: ItemsQuery) -> list[Place]:
    """Places that `q` may mean, or the one with the P-code."""
    if asked.q is not None:
        return [match.place for match in gaz.lookup(asked.q, limit=MOST_MATCHES)]
    try:
        return [gaz.place(f"pcode:{asked.pcode}")]
    except PlaceNotFound:
        return []


def _is_kept(place: Place, collection: wire.Collection, asked: ItemsQuery) -> bool:
    kept = _choose_kinds(collection, asked)
    unit = _find_finest_unit(asked)
    return (
        (kept is None or place.kind in kept)
        and (asked.pcode is None or asked.pcode in place.identifiers.get("pcode", "").split(","))
        and unit is not None
        and place.admin_pcode.startswith(unit)
        and (asked.bbox is None or collection.outlined or lies_in(place, asked.bbox))
    )
