"""`/geoparse`: text in, mentions out."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import Response

from buldan.formats import geojson
from buldan.formats.forms import FORMS
from buldan.formats.html import STYLE_SHA256, mentions_page
from buldan.formats.offsets import in_utf16
from buldan.formats.readings import Head, write_reading
from buldan.geoparse import Mention
from buldan.http.bodies import media_type_of, read_json, read_text
from buldan.http.deadline import check_time
from buldan.http.deps import Service, base_url, service_of
from buldan.http.responses import GEOJSON, GeoJSONResponse, HTMLResponse
from buldan.http.schema import models
from buldan.http.schema.openapi import body_of, describe_responses
from buldan.http.schema.params import Lang, Query, faults_of, language
from buldan.http.schema.problems import BadRequest, UnsupportedBody
from buldan.http.scope import header_of

router = APIRouter(tags=["native"])

Format = Literal["geojson", "html", "jsonl", "csv", "tei", "web-annotation", "label-studio", "kml", "iob"]
"""What `FORMS` lists, and two of our own."""

_BY_MEDIA_TYPE: dict[str, Format] = {
    GEOJSON: "geojson",
    "application/json": "geojson",
    "text/html": "html",
    "application/x-ndjson": "jsonl",
    "text/csv": "csv",
    "application/tei+xml": "tei",
    "application/ld+json": "web-annotation",
    "application/vnd.google-earth.kml+xml": "kml",
}
"""What Accept may ask for; forms without a media type of their own are asked for by name alone."""

_POLICY = f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{STYLE_SHA256}'"
"""The page holds its one style sheet itself, and nothing else is let in."""

_ADVICE = "more mentions than are told one by one: ask for by=place, or send the text in parts"

_SHORT = 8_000
"""Characters of a text that is read at once, between other requests; a longer one is read in a thread."""


class GeoparseQuery(Query):
    """How to answer."""

    format: Format | None = Field(
        None, description="Form of the answer; else Accept decides, else it is geojson; html shows the text and a map"
    )
    by: Literal["mention", "place"] = Field("mention", description="A feature a mention, or a place with its mentions")
    offsets: Literal["codepoint", "utf16"] = Field(
        "codepoint", description="What `start` and `end` count in geojson, jsonl and csv; elsewhere code points"
    )
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
        models.MentionCollection,
        408,
        413,
        415,
        422,
        others=("text/html", *(form.media_type for form in FORMS.values())),
    ),
)
async def geoparse(request: Request) -> Response:
    """Find the places that a text mentions: where in the text, and where on the map."""
    text, asked = await _question(request, GeoparseQuery.of(request))
    service = service_of(request)
    form = asked.format or _accepted_form(header_of(request.scope, b"accept").decode("latin-1"))
    asked = asked.model_copy(update={"format": form})
    head = Head(service.gaz.manifest, base_url(request), language(request, asked.lang))
    if len(text) <= _SHORT and service.reads_at_once.is_set():
        return _answer(service, text, asked, head)
    return await service.executor.run(_answer, service, text, asked, head)


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


def _answer(service: Service, text: str, asked: GeoparseQuery, head: Head) -> Response:
    gaz = service.gaz
    found, counts = _read(service, text, asked)
    service.reads_at_once.set()
    is_short = sum(counts.values()) > len(found)
    headers = {"Buldan-Truncated": str(len(found))} if is_short else {}
    if asked.format == "html":  # the page's own offsets are code points
        lang = asked.lang and ("ar" if head.lang == "ar" else "en")
        return HTMLResponse(mentions_page(text, found, gaz.manifest, ground=gaz.ground(), lang=lang), policy=_POLICY)
    form = FORMS.get(asked.format or "")
    counts_units = asked.offsets == "utf16" and (form is None or form.counts)
    mentions = in_utf16(text, found) if counts_units else found
    if asked.format is None or form is None:
        collection = geojson.mentions_collection(mentions, gaz.manifest, by=asked.by, lang=head.lang, counts=counts)
        told = {"truncated": {"mentions": len(found), "advice": _ADVICE}} if is_short else {}
        return GeoJSONResponse({**collection, **told}, headers=headers)
    content = write_reading(asked.format, text, mentions, head)
    return Response(content, media_type=form.media_type, headers=headers)


def _accepted_form(accept: str) -> Format:
    """The form that Accept likes best; GeoJSON where it names none that we know.

    >>> _accepted_form("text/csv;q=0.5, application/tei+xml")
    'tei'
    """
    liked = [(media_type.strip().lower(), weight) for media_type, weight in map(_weighted, accept.split(","))]
    known = [
        (weight, _BY_MEDIA_TYPE[media_type])
        for media_type, weight in liked
        if media_type in _BY_MEDIA_TYPE and weight > 0
    ]
    return max(known, key=lambda each: each[0], default=(1.0, "geojson"))[1]


def _weighted(part: str) -> tuple[str, float]:
    """`text/csv;q=0.5` → ("text/csv", 0.5); what cannot be read weighs nothing."""
    media_type, *parameters = part.split(";")
    weight = next((each.strip()[2:] for each in parameters if each.strip().startswith("q=")), "1")
    try:
        return media_type, float(weight)
    except ValueError:
        return media_type, 0.0


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
