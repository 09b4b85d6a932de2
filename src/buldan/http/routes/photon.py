"""`/photon`: the API of Photon, for search boxes and geopy."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from buldan.errors import QueryError
from buldan.formats import photon as wire
from buldan.gazetteer import Gazetteer
from buldan.http.deps import get_service
from buldan.http.facades.parts import find_wholes
from buldan.http.facades.photon import (
    AskedQuery,
    ReverseQuery,
    SearchQuery,
    StructuredQuery,
    find_around,
    list_languages,
    search_parts,
    search_text,
)
from buldan.http.responses import JSONResponse
from buldan.http.schema.languages import list_accepted_languages
from buldan.http.schema.openapi import describe_facade_responses
from buldan.http.scope import get_header
from buldan.model import Place

router = APIRouter(prefix="/photon", tags=["photon"])

_LOCAL = "ar"
"""The local language of the places' names."""

_ANSWER = describe_facade_responses("application/json", schema={"type": "object"}, problems=("application/json",))


@router.get("/api", response_class=JSONResponse, openapi_extra=SearchQuery.parameters(), responses=_ANSWER)
@router.get("/api/", include_in_schema=False)
async def search(request: Request) -> Response:
    """Places by name or its beginning, as Photon gives them."""
    asked = SearchQuery.of(request)
    service = get_service(request)
    lang = _choose_language(request, service.gaz, asked)
    work = search_text, service.gaz, asked
    places = await service.run_short_inline(asked.q or "", *work, least_score=service.settings.least_score)
    return _respond(service.gaz, asked, places, lang)


@router.get("/structured", response_class=JSONResponse, openapi_extra=StructuredQuery.parameters(), responses=_ANSWER)
@router.get("/structured/", include_in_schema=False)
async def structured(request: Request) -> Response:
    """Places by an address in parts, as Photon gives them."""
    asked = StructuredQuery.of(request)
    service = get_service(request)
    lang = _choose_language(request, service.gaz, asked)
    work = search_parts, service.gaz, asked
    text = " ".join(asked.parts.values())
    places = await service.run_short_inline(text, *work, least_score=service.settings.least_score)
    return _respond(service.gaz, asked, places, lang)


@router.get("/reverse", response_class=JSONResponse, openapi_extra=ReverseQuery.parameters(), responses=_ANSWER)
@router.get("/reverse/", include_in_schema=False)
async def reverse(request: Request) -> Response:
    """Places around a point, as Photon gives them."""
    asked = ReverseQuery.of(request)
    gaz = get_service(request).gaz
    lang = _choose_language(request, gaz, asked)
    return _respond(gaz, asked, find_around(gaz, asked), lang)


@router.get("/status", response_class=JSONResponse, responses=_ANSWER)
@router.get("/status/", include_in_schema=False)
async def status(request: Request) -> Response:
    """Whether the service works."""
    # Photon gives all three; an installed package does not have its commit.
    facts = {"import_date": get_service(request).data_updated, "version": request.app.version, "git_commit": "unknown"}
    return JSONResponse({"status": "Ok", **facts})


def _choose_language(request: Request, gaz: Gazetteer, asked: AskedQuery) -> str:
    """The requested language, else the first accepted one that the gazetteer has, else the local one.

    Raises:
        QueryError: the gazetteer has no names in the requested language.
    """
    known = list_languages(gaz)
    if asked.lang not in {None, "default", *known}:
        raise QueryError(f"no names in {asked.lang!r}; known: default, {', '.join(known)}", field="lang")
    if asked.lang is not None:
        return _LOCAL if asked.lang == "default" else asked.lang
    accepted = get_header(request.scope, b"accept-language").decode("latin-1")
    # Not English as elsewhere: Photon gives local names if no language is requested.
    return next((lang for lang in list_accepted_languages(accepted) if lang in known), _LOCAL)


def _respond(gaz: Gazetteer, asked: AskedQuery, places: list[Place], lang: str) -> Response:
    found = [(place, find_wholes(gaz, place)) for place in places]
    return JSONResponse(wire.make_collection(found, gaz.manifest, lang=lang, outline=asked.geometry))
