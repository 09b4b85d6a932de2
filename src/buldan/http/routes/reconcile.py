"""`/reconcile`: the Reconciliation API 0.2, for OpenRefine and its kin."""

from __future__ import annotations

from html import escape
from typing import Any, ClassVar, Literal

import orjson
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from starlette.responses import Response

from buldan.describe import display_name
from buldan.errors import PlaceNotFound, QueryError
from buldan.formats import reconciliation as wire
from buldan.gazetteer import Gazetteer
from buldan.http.answers import HTMLResponse, JSONResponse
from buldan.http.deps import Service, base_url, service_of
from buldan.http.describing import facade_answers
from buldan.http.params import Lang, Query, Text, faults_of, language
from buldan.http.problems import BadRequest, FieldFault, TooLarge
from buldan.kinds import get_kind, kinds
from buldan.lookup import MOST_MATCHES, Match
from buldan.model import Name, Place

router = APIRouter(prefix="/reconcile", tags=["reconcile"])

_UNITS = ("sub_district", "district", "governorate")
"""Properties that say where a place lies, the finest first."""

_MOST_IDS = 1_000


class PropertyValue(BaseModel):
    """A property and what it should be: a value, an entity, or several."""

    model_config = ConfigDict(frozen=True)

    pid: str
    v: Any


class OneQuery(BaseModel):
    """One query of a batch."""

    model_config = ConfigDict(frozen=True)

    query: str = Field("", max_length=300)
    type: str | list[str] | None = None
    limit: float | None = None
    properties: list[PropertyValue] = Field(default_factory=list)
    type_strict: Literal["any", "all", "should"] | None = None


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
_ANSWER = facade_answers("application/json", schema={"type": "object"})


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
    limit = min(asked.cursor + 10, MOST_MATCHES)
    found = service_of(request).gaz.suggest(asked.prefix, limit=limit)[asked.cursor :] if asked.prefix.strip() else []
    return JSONResponse(wire.suggested_entities(found, lang=language(request, asked.lang)))


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
    place = service_of(request).gaz.place(asked.id)
    lang = language(request, asked.lang)
    kind = get_kind(place.kind)
    lines = [
        f"<b>{escape(place.name('en'))}</b> · <b lang='ar' dir='rtl'>{escape(place.name('ar'))}</b>",
        escape(f"{kind.label_en} · {kind.label_ar}"),
        escape(display_name(place, lang)),
        escape(f"{place.lat:.5f}, {place.lon:.5f} ± {place.radius_km:g} km · {place.pcode or place.id}"),
    ]
    body = "".join(f"<p>{line}</p>" for line in lines)
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(place.name("en"))}</title>'
    return HTMLResponse(f"{head}{body}</html>", frame_ancestors="*")


async def _serve(request: Request, form: dict[str, str]) -> Response:
    service = service_of(request)
    if "queries" in form:
        batch = _read(form["queries"], "queries", _BATCH)
        if len(batch) > service.settings.max_batch:
            raise TooLarge(f"{len(batch)} queries; at most {service.settings.max_batch} at once")
        return JSONResponse(await service.slots.run(_reconcile, service, batch, language(request)))
    if "extend" in form:
        return JSONResponse(_extend(service.gaz, _read(form["extend"], "extend", TypeAdapter(ExtendQuery))))
    if form:
        raise BadRequest([FieldFault(next(iter(form)), "unknown; send `queries` or `extend`")])
    url = base_url(request)
    batch_size = service.settings.max_batch
    return JSONResponse(wire.manifest_of(service.gaz.manifest, url=url, batch_size=batch_size))


def _read(text: str, field: str, model: TypeAdapter[Any]) -> Any:
    try:
        return model.validate_python(orjson.loads(text))
    except orjson.JSONDecodeError as error:
        raise BadRequest([FieldFault(field, f"not JSON: {error.msg}")]) from None
    except ValidationError as error:
        raise BadRequest([fault._replace(field=f"{field}.{fault.field}") for fault in faults_of(error)]) from None


def _reconcile(service: Service, batch: dict[str, OneQuery], lang: str) -> dict[str, Any]:
    return {name: wire.candidates(_candidates(service.gaz, query), lang=lang) for name, query in batch.items()}


def _candidates(gaz: Gazetteer, query: OneQuery) -> list[Match]:
    """Matches for one query; a query that is an id gives that place, one that says nothing gives nothing."""
    text = query.query.strip()
    if not text:
        return []
    by_id = _by_id(gaz, text)
    if by_id is not None:
        return [by_id]
    limit = 5 if query.limit is None else max(1, min(int(query.limit), MOST_MATCHES))
    wanted = _kinds_of(query.type)
    strict = wanted if query.type_strict != "should" else None
    within = _within(query.properties)
    try:
        matches = gaz.lookup(text, within=within, kinds=strict, limit=MOST_MATCHES)
    except QueryError as error:
        if error.field != "within":
            return []
        matches = gaz.lookup(text, kinds=strict, limit=MOST_MATCHES)
    kept = [match for match in matches if strict is None or match.place.kind in strict]
    return kept[:limit]


def _by_id(gaz: Gazetteer, text: str) -> Match | None:
    try:
        place = gaz.place(text)
    except PlaceNotFound:
        return None
    return Match(place, _main_name(place), 1.0)


def _main_name(place: Place) -> Name:
    return place.names[0] if place.names else Name(place.name("en"), "und", "Zyyy")


def _kinds_of(asked: str | list[str] | None) -> frozenset[str] | None:
    """Our kinds among the types asked for; None where none was, so that an unknown type hides nothing."""
    named = [asked] if isinstance(asked, str) else asked or []
    groups = {kind.group for kind in kinds().values()}
    known = {name for name in named if name in kinds() or name in groups}
    return frozenset(kind.id for kind in kinds().values() if kind.id in known or kind.group in known) or None


def _within(given: list[PropertyValue]) -> str | None:
    """The finest admin unit that the properties name."""
    values = {each.pid: _text_of(each.v) for each in given}
    return next((value for unit in _UNITS if (value := values.get(unit))), None)


def _text_of(value: Any) -> str | None:
    """A property's value as text: the first of several, the id of an entity."""
    if isinstance(value, list):
        return _text_of(value[0]) if value else None
    if isinstance(value, dict):
        return _text_of(value.get("id") or value.get("name"))
    return str(value).strip() or None if isinstance(value, str | int | float) else None


def _extend(gaz: Gazetteer, asked: ExtendQuery) -> dict[str, Any]:
    unknown = [each.id for each in asked.properties if each.id not in wire.PROPERTIES]
    if unknown:
        raise BadRequest([FieldFault("extend.properties", f"unknown property {each!r}") for each in unknown])
    places = {identifier: _place(gaz, identifier) for identifier in asked.ids}
    return wire.extension(places, [wire.PROPERTIES[each.id] for each in asked.properties])


def _place(gaz: Gazetteer, identifier: str) -> Place | None:
    try:
        return gaz.place(identifier)
    except PlaceNotFound:
        return None
