"""`/reconcile`: the Reconciliation API 0.2, for OpenRefine and its kin."""

from __future__ import annotations

from typing import Any, ClassVar

import orjson
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from starlette.responses import Response

from buldan.errors import PlaceNotFound
from buldan.formats import reconciliation as wire
from buldan.gazetteer import Gazetteer
from buldan.http.deps import Service, base_url, service_of
from buldan.http.reconciling import OneQuery, find_candidates
from buldan.http.responses import HTMLResponse, JSONResponse
from buldan.http.schema.openapi import describe_facade_responses
from buldan.http.schema.params import Lang, Query, Text, faults_of, language
from buldan.http.schema.problems import BadRequest, FieldFault, TooLarge
from buldan.lookup import MOST_MATCHES
from buldan.model import Place

router = APIRouter(prefix="/reconcile", tags=["reconcile"])

_MOST_IDS = 1_000


class ExtendProperty(BaseModel):
    """A property to fetch."""

    model_config = ConfigDict(frozen=True)

    id: str


class ExtendQuery(BaseModel):
    """Places, and what to fetch of them."""

    model_config = ConfigDict(frozen=True)

    ids: list[str] = Field(max_length=_MOST_IDS)
    properties: list[ExtendProperty]


class SuggestQuery(Query):
    """What was typed so far."""

    lenient: ClassVar[bool] = True

    prefix: str = Field("", max_length=300)
    cursor: int = Field(0, ge=0, le=1_000)
    lang: Lang | None = None


class PropertiesQuery(Query):
    """Of which type to propose properties."""

    lenient: ClassVar[bool] = True

    type: str | None = None
    limit: int | None = Field(None, ge=1)


class PreviewQuery(Query):
    """Which place to preview."""

    lenient: ClassVar[bool] = True

    id: Text
    lang: Lang | None = None


_BATCH = TypeAdapter(dict[str, OneQuery])
_FORM = {
    "type": "object",
    "properties": {"queries": {"type": "string"}, "extend": {"type": "string"}},
}
_ANSWER = describe_facade_responses("application/json", schema={"type": "object"})


@router.get("", response_class=JSONResponse, responses=_ANSWER)
@router.get("/", include_in_schema=False)
async def describe(request: Request) -> Response:
    """The service manifest; with `queries` or `extend`, the answer to them."""
    return await _serve(request, dict(request.query_params))


@router.post(
    "",
    response_class=JSONResponse,
    responses=_ANSWER,
    openapi_extra={"requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": _FORM}}}},
)
@router.post("/", include_in_schema=False)
async def reconcile(request: Request) -> Response:
    """Candidates for a batch of queries, or property values of places."""
    async with request.form(max_files=0) as form:
        return await _serve(request, {name: value for name, value in form.items() if isinstance(value, str)})


@router.get("/suggest/entity", response_class=JSONResponse, openapi_extra=SuggestQuery.parameters(), responses=_ANSWER)
async def suggest_entity(request: Request) -> Response:
    """Places that complete what was typed."""
    asked = SuggestQuery.of(request)
    prefix, gaz = asked.prefix.strip(), service_of(request).gaz
    named = _find_place(gaz, prefix) if prefix and not asked.cursor else None
    limit = min(asked.cursor + 10, MOST_MATCHES)
    found = gaz.suggest(prefix, limit=limit)[asked.cursor :] if prefix and named is None else []
    return JSONResponse(wire.suggested_entities(found, named, lang=language(request, asked.lang)))


@router.get("/suggest/type", response_class=JSONResponse, openapi_extra=SuggestQuery.parameters(), responses=_ANSWER)
async def suggest_type(request: Request) -> Response:
    """Kinds of place."""
    return JSONResponse(wire.suggested_types(SuggestQuery.of(request).prefix))


@router.get(
    "/suggest/property",
    response_class=JSONResponse,
    openapi_extra=SuggestQuery.parameters(),
    responses=_ANSWER,
)
async def suggest_property(request: Request) -> Response:
    """Properties to say or to fetch."""
    return JSONResponse(wire.suggested_properties(SuggestQuery.of(request).prefix))


@router.get("/properties", response_class=JSONResponse, openapi_extra=PropertiesQuery.parameters(), responses=_ANSWER)
async def properties(request: Request) -> Response:
    """Properties that can be fetched."""
    asked = PropertiesQuery.of(request)
    return JSONResponse(wire.proposed_properties(asked.type, asked.limit))


@router.get("/preview", include_in_schema=False)
async def preview(request: Request) -> Response:
    """A small page about a place, for a frame in the client."""
    asked = PreviewQuery.of(request)
    page = wire.preview_page(service_of(request).gaz.place(asked.id), lang=language(request, asked.lang))
    return HTMLResponse(page, frame_ancestors="*")


async def _serve(request: Request, form: dict[str, str]) -> Response:
    service = service_of(request)
    if "queries" in form:
        batch = _read(form["queries"], "queries", _BATCH)
        if len(batch) > service.settings.max_batch:
            raise TooLarge(f"{len(batch)} queries; at most {service.settings.max_batch} at once")
        return JSONResponse(await service.executor.run(_reconcile, service, batch, language(request)))
    if "extend" in form:
        return JSONResponse(_extend(service.gaz, _read(form["extend"], "extend", TypeAdapter(ExtendQuery))))
    if form:
        raise BadRequest([FieldFault(next(iter(form)), "unknown; send `queries` or `extend`")])
    settings = service.settings
    return JSONResponse(
        wire.manifest_of(
            service.gaz.manifest,
            url=base_url(request),
            batch_size=settings.max_batch,
            key_header="X-API-Key" if settings.api_keys else None,
        )
    )


def _read(text: str, field: str, model: TypeAdapter[Any]) -> Any:
    try:
        return model.validate_python(orjson.loads(text))
    except orjson.JSONDecodeError as error:
        raise BadRequest([FieldFault(field, f"not JSON: {error.msg}")]) from None
    except ValidationError as error:
        raise BadRequest([fault._replace(field=f"{field}.{fault.field}") for fault in faults_of(error)]) from None


def _reconcile(service: Service, batch: dict[str, OneQuery], lang: str) -> dict[str, Any]:
    return {name: wire.candidates(find_candidates(service.gaz, query), lang=lang) for name, query in batch.items()}


def _extend(gaz: Gazetteer, asked: ExtendQuery) -> dict[str, Any]:
    unknown = [each.id for each in asked.properties if each.id not in wire.PROPERTIES]
    if unknown:
        raise BadRequest([FieldFault("extend.properties", f"unknown property {each!r}") for each in unknown])
    places = {identifier: _find_place(gaz, identifier) for identifier in asked.ids}
    return wire.extension(places, [wire.PROPERTIES[each.id] for each in asked.properties])


def _find_place(gaz: Gazetteer, identifier: str) -> Place | None:
    try:
        return gaz.place(identifier)
    except PlaceNotFound:
        return None
