"""`/lookup` and `/suggest`: names in, places out."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Request
from orjson import Fragment
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from starlette.responses import Response

from buldan.errors import QueryError
from buldan.formats import geojson
from buldan.gazetteer import Matches
from buldan.http.bodies import read_json
from buldan.http.deadline import check_time
from buldan.http.deps import Service, check_batch, get_service
from buldan.http.responses import GEOJSON, GeoJSONResponse, JSONResponse, keep_fields, to_json
from buldan.http.schema import models
from buldan.http.schema.languages import choose_language
from buldan.http.schema.openapi import describe_body, describe_responses
from buldan.http.schema.params import Fields, Kinds, Lang, Limit, LonLat, Text
from buldan.http.schema.problems import BadRequest, FieldFault
from buldan.http.schema.query import Query, list_faults

router = APIRouter(tags=["native"])

_MOST_UNITS = 8
"""Maximum number of containing units in a query."""


# A single unit must be known, and no pattern can list all units: the description names a format.
_UNIT_FORMAT = {"format": "unit"}

Unit = Annotated[Text, Field(json_schema_extra=_UNIT_FORMAT)]
Units = Annotated[
    list[Annotated[str, Field(max_length=300, json_schema_extra=_UNIT_FORMAT)]], Field(max_length=_MOST_UNITS)
]
"""Containing units from wide to narrow."""


class LookupQuery(Query):
    """A name and what narrows it."""

    repeatable: ClassVar[frozenset[str]] = frozenset({"kind", "fields", "within"})

    q: Text = Field(description="A name in any spelling of Arabic or Latin script", examples=["al-Hajar al-Aswad"])
    within: Units | None = Field(
        None,
        description="The unit that contains the place: name, id or P-code; repeat it from wide to narrow",
        examples=[["Rif Dimashq"]],
    )
    near: LonLat | None = Field(
        None, description="lon,lat in degrees; of places with the same name, the nearest comes first"
    )
    kind: Kinds | None = Field(
        None,
        description="Kinds or groups of kinds; repeat it or separate with commas. Others of a group come after these",
    )
    limit: Limit = Field(5, description="Maximum number of matches")
    lang: Lang | None = Field(
        None, description="Language of `name`; if not given, Accept-Language decides", examples=["ar"]
    )
    fields: Fields = Field(
        frozenset(), description="Properties to return; repeat it or separate with commas; all if not given"
    )
    geometry: geojson.Shape = Field("point", description="`area` adds outlines, for places that have one")


class SuggestQuery(Query):
    """What was typed so far."""

    q: Text = Field(description="The beginning of a name, in either script", examples=["يلد"])
    near: LonLat | None = Field(None, description="lon,lat in degrees; nearer places come first")
    limit: Limit = Field(10, description="Maximum number of places")


class BatchName(BaseModel):
    """One name of a batch."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: Text
    within: Unit | Units | None = None


class Batch(BaseModel):
    """Many names at once; the other members apply to all of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: Annotated[list[Any], Field(min_length=1)] = Field(
        description="Names (texts), alone or each with its own `within` as `{q, within}`: a unit, or units from wide "
        "to narrow. A name that cannot be read gets an `error`; the others are answered",
        examples=[["يلدا", {"q": "Nawa", "within": "Daraa"}]],
    )
    within: Unit | Units | None = None
    kinds: Kinds | None = None
    limit: Limit = 5
    lang: Lang | None = None
    fields: Fields = frozenset()


@router.get(
    "/lookup",
    response_class=GeoJSONResponse,
    openapi_extra=LookupQuery.parameters(),
    responses=describe_responses(models.Collection, 422),
)
async def lookup(request: Request) -> Response:
    """Find places by name, in any spelling; the best match first, with its score and its reasons."""
    asked = LookupQuery.of(request)
    service = get_service(request)
    matches = await service.run_short_inline(
        # Units take as long as names: a short name with eight long units is not a short query.
        asked.q + "".join(asked.within or ()),
        service.gaz.lookup,
        asked.q,
        within=_unwrap_one(asked.within),
        near=asked.near,
        kinds=asked.kind,
        limit=asked.limit,
    )
    lang, outline = choose_language(request, asked.lang), asked.geometry == "area"
    body = _write_matches(service, matches, query=asked.q, lang=lang, fields=asked.fields, outline=outline)
    return Response(body, media_type=GEOJSON)


@router.post(
    "/lookup",
    response_class=JSONResponse,
    openapi_extra=describe_body(("application/json", Batch)),
    responses=describe_responses(models.BatchAnswer, 408, 413, 415, 422, media_type="application/json"),
)
async def lookup_batch(request: Request) -> Response:
    """Find many places by name at once. Answers are the same as one by one; a name without an answer gets an error."""
    service = get_service(request)
    try:
        batch = _BATCH.validate_python(await read_json(request))
    except ValidationError as error:
        raise BadRequest(list_faults(error)) from None
    check_batch(service, [_cut_name(name) for name in batch.names])
    answer = await service.executor.run(_answer_batch, service, batch, choose_language(request, batch.lang))
    return JSONResponse(answer)


def _unwrap_one(units: list[str] | None) -> str | list[str] | None:
    """Units in the form for a lookup: a single unit must be known; of several, unknown ones are reported."""
    return units[0] if units and len(units) == 1 else units


# Made only once, because an adapter compiles its validator.
_BATCH, _NAME = TypeAdapter(Batch), TypeAdapter(BatchName)


def _answer_batch(service: Service, batch: Batch, lang: str) -> dict[str, Any]:
    results: list[Any] = []
    for row, given in enumerate(batch.names, start=1):
        check_time()
        if not isinstance(given, str | dict):
            results.append(_explain_refusal(service, row, [FieldFault("names", "must be text, or an object with `q`")]))
            continue
        try:
            name = _NAME.validate_python({"q": given} if isinstance(given, str) else given)
            within = name.within or batch.within
            matches = service.gaz.lookup(name.q, within=within, kinds=batch.kinds, limit=batch.limit)
        except ValidationError as error:
            results.append(_explain_refusal(service, row, list_faults(error)))
        except QueryError as error:
            if error.field == "within" and not name.within:
                raise  # the common unit of all rows: reported once
            results.append(_explain_refusal(service, row, [FieldFault(error.field, str(error))]))
        else:
            results.append(Fragment(_write_matches(service, matches, query=name.q, lang=lang, fields=batch.fields)))
    return {**service.head, "results": results}


def _explain_refusal(service: Service, row: int, faults: list[FieldFault]) -> dict[str, Any]:
    """An empty collection with the errors of a row; rows are counted from 1."""
    errors = [{"field": fault.field.removeprefix("body."), "message": fault.message} for fault in faults]
    empty = geojson.matches_collection((), service.gaz.manifest, query="")
    return {**empty, "error": {"row": row, "errors": errors}}


def _cut_name(name: Any) -> str:
    """The name in a row of a batch, or an empty text; the length of a batch is the sum of these."""
    asked = name.get("q") if isinstance(name, dict) else name
    return asked if isinstance(asked, str) else ""


def _write_matches(
    service: Service, matches: Matches, *, query: str, lang: str, fields: Fields, outline: bool = False
) -> bytes:
    """The collection of the matches: from the cache, or made from the beginning for other fields or outlines."""
    reasons = matches.reasons
    if not fields and not outline:
        return service.feature_cache.matches(matches, query=query, reasons=reasons, lang=lang)
    collection = geojson.matches_collection(
        matches, service.gaz.manifest, query=query, reasons=reasons, lang=lang, outline=outline
    )
    return to_json(keep_fields(collection, fields))


@router.get(
    "/suggest",
    response_class=JSONResponse,
    openapi_extra=SuggestQuery.parameters(),
    responses=describe_responses(models.Suggestions, 422, media_type="application/json"),
)
async def suggest(request: Request) -> Response:
    """Complete a name as it is typed, in either script."""
    asked = SuggestQuery.of(request)
    service = get_service(request)
    found = service.gaz.suggest(asked.q, near=asked.near, limit=asked.limit)
    return JSONResponse({**service.head, "suggestions": geojson.list_suggestions(found)})
