"""`/geoparse`: text in, mentions out."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import Response

from buldan.formats import geojson
from buldan.formats.html import STYLE_SHA256, mentions_page
from buldan.formats.mentions import iter_csv, iter_jsonl
from buldan.formats.offsets import in_utf16
from buldan.geoparse import Mention
from buldan.http.bodies import media_type_of, read_json, read_text
from buldan.http.deadline import check_time
from buldan.http.deps import Service, service_of
from buldan.http.responses import GeoJSONResponse, HTMLResponse
from buldan.http.schema import models
from buldan.http.schema.openapi import body_of, describe_responses
from buldan.http.schema.params import Lang, Query, faults_of, language
from buldan.http.schema.problems import BadRequest, UnsupportedBody

router = APIRouter(tags=["native"])

Format = Literal["geojson", "jsonl", "csv", "html"]

_LINES = {"jsonl": (iter_jsonl, "application/x-ndjson"), "csv": (iter_csv, "text/csv")}
_POLICY = f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{STYLE_SHA256}'"
"""The page holds its one style sheet itself, and nothing else is let in."""

_ADVICE = "more mentions than are told one by one: ask for by=place, or send the text in parts"

_SHORT = 8_000
"""Characters of a text that is read at once, between other requests; a longer one is read in a thread."""


class GeoparseQuery(Query):
    """How to answer."""

    format: Format = Field("geojson", description="Form of the answer; the page shows the text beside a map")
    by: Literal["mention", "place"] = Field("mention", description="A feature a mention, or a place with its mentions")
    offsets: Literal["codepoint", "utf16"] = Field("codepoint", description="What `start` and `end` count")
    foreign: bool = Field(False, description="Give places outside Syria too")
    lang: Lang | None = Field(None, description="Language of `name`; else Accept-Language decides")


class GeoparseBody(BaseModel):
    """A text with how to answer; each member as the parameter of its name, which it overrides."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(description="Arabic, English or both", examples=["خرج المقاتلون من يلدا وببيلا"])
    format: Format | None = None
    by: Literal["mention", "place"] | None = None
    offsets: Literal["codepoint", "utf16"] | None = None
    foreign: bool | None = None
    lang: Lang | None = None


_TEXT_SCHEMA = {"type": "string"}


@router.post(
    "/geoparse",
    response_class=GeoJSONResponse,
    openapi_extra=GeoparseQuery.parameters()
    | body_of(
        ("application/json", GeoparseBody),
        ("text/plain", _TEXT_SCHEMA),
        ("text/html", _TEXT_SCHEMA),
        description="UTF-8, or another charset that Content-Type declares",
    ),
    responses=describe_responses(
        models.MentionCollection, 408, 413, 415, 422, others=("application/x-ndjson", "text/csv", "text/html")
    ),
)
async def geoparse(request: Request) -> Response:
    """Find the places that a text mentions: where in the text, and where on the map."""
    text, asked = await _question(request, GeoparseQuery.of(request))
    service = service_of(request)
    lang = language(request, asked.lang)
    if len(text) <= _SHORT and service.reads_at_once.is_set():
        return _answer(service, text, asked, lang)
    return await service.executor.run(_answer, service, text, asked, lang)


async def _question(request: Request, query: GeoparseQuery) -> tuple[str, GeoparseQuery]:
    """The text and how to answer. HTML stays as it is: the geoparser sees what is markup."""
    media_type, charset = media_type_of(request)
    if media_type in {"text/plain", "text/html"}:
        return await read_text(request, charset), query
    if media_type != "application/json":
        raise UnsupportedBody(f"{media_type or 'no type'}: send text/plain, text/html or application/json")
    try:
        body = GeoparseBody.model_validate(await read_json(request))
    except ValidationError as error:
        raise BadRequest(faults_of(error)) from None
    return body.text, query.model_copy(update=body.model_dump(exclude={"text"}, exclude_none=True))


def _answer(service: Service, text: str, asked: GeoparseQuery, lang: str) -> Response:
    gaz = service.gaz
    found, counts = _read(service, text, asked)
    service.reads_at_once.set()
    is_short = sum(counts.values()) > len(found)
    headers = {"Buldan-Truncated": str(len(found))} if is_short else {}
    if asked.format == "html":  # the page's own offsets are code points
        outline = gaz.place("SY").area
        return HTMLResponse(mentions_page(text, found, gaz.manifest, outline=outline), policy=_POLICY)
    mentions = in_utf16(text, found) if asked.offsets == "utf16" else found
    if asked.format == "geojson":
        collection = geojson.mentions_collection(mentions, gaz.manifest, by=asked.by, lang=lang, counts=counts)
        told = {"truncated": {"mentions": len(found), "advice": _ADVICE}} if is_short else {}
        return GeoJSONResponse({**collection, **told}, headers=headers)
    write, media_type = _LINES[asked.format]
    return Response("".join(f"{line}\n" for line in write(mentions)), media_type=media_type, headers=headers)


def _read(service: Service, text: str, asked: GeoparseQuery) -> tuple[list[Mention], dict[str, int]]:
    """The mentions to tell, and how many there are of each place, counted as far as that was needed to know.

    By mention, reading ends where one more was found than is told. By place the text is read to its end, and of
    places that come late the first mention is told still.
    """
    most = service.settings.max_mentions
    told: list[Mention] = []
    counts: dict[str, int] = {}
    for mention in service.gaz.iter_mentions(text, foreign=asked.foreign):
        check_time()
        key = geojson.mention_key(mention)
        counts[key] = counts.get(key, 0) + 1
        if len(told) < most or (asked.by == "place" and counts[key] == 1):
            told.append(mention)
        elif asked.by == "mention":
            break
    return told, counts
