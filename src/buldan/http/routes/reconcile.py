"""`/reconcile`: the Reconciliation API 0.2, for OpenRefine and similar clients; `/reconcile/1.0`: the draft of 1.0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from fastapi import APIRouter, Request
from pydantic import TypeAdapter, ValidationError
from starlette.responses import Response

from buldan.errors import PlaceNotFound
from buldan.formats import reconciliation as wire
from buldan.formats import reconciliation_draft as draft
from buldan.gazetteer import Gazetteer
from buldan.http.bodies import get_media_type, read_json
from buldan.http.deadline import check_time
from buldan.http.deps import Service, check_batch, find_base_url, get_service
from buldan.http.facades.reconciliation import Candidates, OneQuery, find_candidates
from buldan.http.facades.reconciliation_messages import (
    FORM,
    DraftBatch,
    ExtendQuery,
    PreviewQuery,
    PropertiesQuery,
    ReconcileBody,
    SuggestQuery,
)
from buldan.http.responses import HTMLResponse, JSONResponse
from buldan.http.schema.languages import choose_language
from buldan.http.schema.openapi import describe_body, describe_facade_responses
from buldan.http.schema.problems import BadRequest, FieldFault, UnsupportedBody
from buldan.http.schema.query import list_faults
from buldan.lookup import MOST_MATCHES
from buldan.model import Place

router = APIRouter(prefix="/reconcile", tags=["reconcile"])

# OpenRefine posts the first; the second is what `curl -F` sends.
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_BATCH = TypeAdapter(dict[str, OneQuery])

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
    openapi_extra=describe_body(("application/x-www-form-urlencoded", FORM), ("application/json", ReconcileBody)),
)
@router.post("/", include_in_schema=False)
async def reconcile(request: Request) -> Response:
    """Candidates for a batch of queries, or property values of places; a form, or the same members as JSON."""
    media_type, _ = get_media_type(request)
    if media_type == "application/json":
        body = await read_json(request)
        if not isinstance(body, dict):
            raise BadRequest([FieldFault("body", "must be a JSON object with `queries` or `extend`")])
        return await _serve(request, _check_known(body))
    if media_type not in _FORMS:
        raise UnsupportedBody(f"{media_type or 'no type'}: send a form or application/json")
    # A batch is sent as fields of a form; a file in it would be written to our disk without use.
    async with request.form(max_files=0) as form:
        return await _serve(
            request, _check_known({name: value for name, value in form.items() if isinstance(value, str)})
        )


@router.get("/suggest/entity", response_class=JSONResponse, openapi_extra=SuggestQuery.parameters(), responses=_ANSWER)
async def suggest_entity(request: Request) -> Response:
    """Places that complete what was typed."""
    asked = SuggestQuery.of(request)
    prefix, gaz = asked.prefix.strip(), get_service(request).gaz
    # A pasted id gives its place, only on the first page.
    named = _find_place(gaz, prefix) if prefix and not asked.cursor else None
    # Pages of ten; results before the cursor are found again and cut off.
    limit = min(asked.cursor + 10, MOST_MATCHES)
    found = gaz.suggest(prefix, limit=limit)[asked.cursor :] if prefix and named is None else []
    return JSONResponse(wire.suggest_entities(found, named, lang=choose_language(request, asked.lang)))


@router.get("/suggest/type", response_class=JSONResponse, openapi_extra=SuggestQuery.parameters(), responses=_ANSWER)
async def suggest_type(request: Request) -> Response:
    """Kinds of place."""
    return JSONResponse(wire.suggest_types(SuggestQuery.of(request).prefix))


@router.get(
    "/suggest/property",
    response_class=JSONResponse,
    openapi_extra=SuggestQuery.parameters(),
    responses=_ANSWER,
)
async def suggest_property(request: Request) -> Response:
    """Properties to match by or to fetch."""
    return JSONResponse(wire.suggest_properties(SuggestQuery.of(request).prefix))


@router.get("/properties", response_class=JSONResponse, openapi_extra=PropertiesQuery.parameters(), responses=_ANSWER)
async def properties(request: Request) -> Response:
    """Properties that can be fetched."""
    asked = PropertiesQuery.of(request)
    return JSONResponse(wire.proposed_properties(asked.type, asked.limit))


@router.get("/preview", include_in_schema=False)
async def preview(request: Request) -> Response:
    """A small page about a place, for a frame in the client."""
    asked = PreviewQuery.of(request)
    page = wire.write_preview(get_service(request).gaz.place(asked.id), lang=choose_language(request, asked.lang))
    # The client shows it in a frame of its own page, at any address.
    return HTMLResponse(page, frame_ancestors="*")


@router.get("/flyout/{what}", include_in_schema=False)
async def flyout(request: Request, what: str) -> Response:
    """A few words about an entity, a property or a type, for the cursor over a suggestion."""
    asked = PreviewQuery.of(request)
    place = _find_place(get_service(request).gaz, asked.id)
    words = wire.write_flyout(what, asked.id, place, lang=choose_language(request, asked.lang))
    if words is None:
        raise PlaceNotFound(f"no {what} has the id {asked.id!r}")
    return JSONResponse(words)


@router.get("/1.0", response_class=JSONResponse, responses=_ANSWER)
@router.get("/1.0/", include_in_schema=False)
async def describe_draft(request: Request) -> Response:
    """The service manifest of the draft of 1.0."""
    service = get_service(request)
    key_header = "X-API-Key" if service.settings.api_keys else None
    return JSONResponse(draft.make_manifest(service.gaz.manifest, url=find_base_url(request), key_header=key_header))


@router.post(
    "/1.0/match",
    response_class=JSONResponse,
    responses=_ANSWER,
    openapi_extra=describe_body(("application/json", DraftBatch)),
)
async def match(request: Request) -> Response:
    """Candidates for a batch of queries, as in the draft of 1.0."""
    service = get_service(request)
    batch = _validate(DraftBatch, await read_json(request))
    queries = [(query.as_queries(), query.lang) for query in batch.queries]
    check_batch(service, [each.query for alternatives, _ in queries for each in alternatives])
    return JSONResponse(await service.executor.run(_match_all, service, queries, choose_language(request)))


@router.post(
    "/1.0/extend",
    response_class=JSONResponse,
    responses=_ANSWER,
    openapi_extra=describe_body(("application/json", ExtendQuery)),
)
async def extend(request: Request) -> Response:
    """Property values of places, as in the draft of 1.0."""
    asked = _validate(ExtendQuery, await read_json(request))
    return JSONResponse(draft.list_values(*_read_values(get_service(request).gaz, asked)))


router.add_api_route("/1.0/extend/propose", properties, include_in_schema=False)
router.add_api_route("/1.0/suggest/entity", suggest_entity, include_in_schema=False)
router.add_api_route("/1.0/suggest/type", suggest_type, include_in_schema=False)
router.add_api_route("/1.0/suggest/property", suggest_property, include_in_schema=False)
router.add_api_route("/1.0/preview", preview, include_in_schema=False)


async def _serve(request: Request, form: Mapping[str, Any]) -> Response:
    service = get_service(request)
    if "queries" in form:
        batch = _read(form["queries"], "queries", _BATCH)
        check_batch(service, [query.query for query in batch.values()])
        return JSONResponse(await service.executor.run(_reconcile, service, batch, choose_language(request)))
    if "extend" in form:
        asked = _read(form["extend"], "extend", TypeAdapter(ExtendQuery))
        return JSONResponse(wire.list_values(*_read_values(service.gaz, asked)))
    _check_known(form)
    settings = service.settings
    return JSONResponse(
        wire.make_manifest(
            service.gaz.manifest,
            url=find_base_url(request),
            batch_size=settings.max_batch,
            key_header="X-API-Key" if settings.api_keys else None,
        )
    )


def _check_known(form: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same members; an error if one of them is unknown."""
    if unknown := [name for name in form if name not in ReconcileBody.model_fields]:
        raise BadRequest([FieldFault(name, "unknown; send `queries` or `extend`") for name in unknown])
    if len(form) > 1:
        raise BadRequest([FieldFault("extend", "send either `queries` or `extend`")])
    return form


def _read(given: Any, field: str, model: TypeAdapter[Any]) -> Any:
    """A member of a form, whose text is JSON, or of a JSON body, which is already parsed."""
    try:
        return _validate(model, orjson.loads(given) if isinstance(given, str) else given, field)
    except orjson.JSONDecodeError as error:
        raise BadRequest([FieldFault(field, f"not JSON: {error.msg}")]) from None


def _validate(model: Any, given: Any, field: str = "") -> Any:
    """The message as a model; `field` is the member that holds it, empty if it is the whole body."""
    try:
        return model.validate_python(given) if isinstance(model, TypeAdapter) else model.model_validate(given)
    except ValidationError as error:
        faults = list_faults(error, of="")
        named = [fault._replace(field=f"{field}.{fault.field}".strip(".") or "body") for fault in faults]
        raise BadRequest(named) from None


def _reconcile(service: Service, batch: dict[str, OneQuery], lang: str) -> dict[str, Any]:
    results = {}
    for name, query in batch.items():
        check_time()  # between two queries: a single one is short
        found = find_candidates(service.gaz, query)
        results[name] = wire.list_candidates(found.matches, lang=lang, certain=found.certain)
    return results


def _match_all(service: Service, queries: Sequence[tuple[list[OneQuery], str | None]], lang: str) -> dict[str, Any]:
    """The answers to queries, each in its own language; of alternatives, the one with the highest score."""
    results = []
    for alternatives, own in queries:
        found = Candidates([], certain=False)
        for query in alternatives:
            check_time()
            other = find_candidates(service.gaz, query)
            found = max(found, other, key=lambda each: each.matches[0].score if each.matches else 0.0)
        results.append(draft.make_result(found.matches, lang=own or lang, certain=found.certain))
    return {"results": results}


def _read_values(gaz: Gazetteer, asked: ExtendQuery) -> tuple[dict[str, Place | None], list[wire.Property]]:
    """The places and the properties of the query."""
    unknown = [each.id for each in asked.properties if each.id not in wire.PROPERTIES]
    if unknown:
        raise BadRequest([FieldFault("extend.properties", f"unknown property {each!r}") for each in unknown])
    places = {identifier: _find_place(gaz, identifier) for identifier in asked.ids}
    return places, [wire.PROPERTIES[each.id] for each in asked.properties]


def _find_place(gaz: Gazetteer, identifier: str) -> Place | None:
    try:
        return gaz.place(identifier)
    except PlaceNotFound:
        return None
