"""`/geoparse`: text in, mentions out; for several texts, one collection each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError
from starlette.responses import Response

from buldan.formats import geojson
from buldan.formats.forms import FORMS
from buldan.formats.html import STYLE_SHA256, write_mentions_page
from buldan.formats.offsets import count_in_utf16
from buldan.formats.readings import Head, write_reading
from buldan.geoparse import Mention
from buldan.http.bodies import get_media_type, read_json, read_text
from buldan.http.deadline import check_time
from buldan.http.deps import Service, check_batch, find_base_url, get_service
from buldan.http.responses import GEOJSON, GeoJSONResponse, HTMLResponse, JSONResponse, to_json
from buldan.http.schema import models
from buldan.http.schema.languages import choose_language
from buldan.http.schema.openapi import describe_body, describe_responses
from buldan.http.schema.params import Lang
from buldan.http.schema.problems import BadRequest, FieldFault, UnsupportedBody
from buldan.http.schema.query import Query, list_faults
from buldan.http.scope import get_header
from buldan.http.text_batches import SHORT_TEXT

router = APIRouter(tags=["native"])

Format = Literal["geojson", "html", "jsonl", "csv", "tei", "web-annotation", "label-studio", "kml", "iob"]
"""The formats of `FORMS`, and two more."""

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
"""Formats by media type in Accept; a format without its own media type can only be chosen by name."""

_POLICY = f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{STYLE_SHA256}'"
"""The page contains its only style sheet, and nothing else is allowed."""

_ADVICE = "more mentions than are listed one by one: use by=place, or send the text in parts"


class GeoparseQuery(Query):
    """How to answer."""

    format: Format | None = Field(
        None,
        description="Format of the answer; if not given, Accept decides, else geojson. html shows the text and a map",
    )
    by: Literal["mention", "place"] = Field(
        "mention", description="One feature for each mention, or for each place with its mentions"
    )
    offsets: Literal["codepoint", "utf16"] = Field(
        "codepoint", description="Unit of `start` and `end` in geojson, jsonl and csv; other formats count code points"
    )
    foreign: bool = Field(False, description="Include places outside Syria")
    lang: Lang | None = Field(None, description="Language of `name`; if not given, Accept-Language decides")


class GeoparseBody(BaseModel):
    """A text, with options. Each member means the same as the parameter of its name, and overrides it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(description="Arabic, English or both", examples=["خرج المقاتلون من يلدا وببيلا"])
    format: Format | None = None
    by: Literal["mention", "place"] | None = None
    offsets: Literal["codepoint", "utf16"] | None = None
    foreign: StrictBool | None = None
    lang: Lang | None = None


class GeoparseBatch(BaseModel):
    """Several texts, with options. Each text is read alone; no text changes the answer of another."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    texts: Annotated[list[Any], Field(min_length=1)] = Field(
        description="Texts, in Arabic, English or both. An item that is not a text gets an `error`, others an answer",
        examples=[["خرج المقاتلون من يلدا وببيلا", "Fighting in Douma and Harasta."]],
    )
    format: Format | None = Field(None, description="Format of each answer; all but `geojson` are strings")
    by: Literal["mention", "place"] | None = None
    offsets: Literal["codepoint", "utf16"] | None = None
    foreign: StrictBool | None = None
    lang: Lang | None = None


_TEXT_SCHEMA = {"type": "string"}


@router.post(
    "/geoparse",
    response_class=GeoJSONResponse,
    openapi_extra=GeoparseQuery.parameters()
    | describe_body(
        ("application/json", (GeoparseBody, GeoparseBatch)),
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
        many=models.MentionsBatchAnswer,
    ),
)
async def geoparse(request: Request) -> Response:
    """Find the places that a text mentions: where in the text, and where on the map.

    Several texts (`{"texts": [...]}`) are answered in `application/json`: `results`, a collection for each (or, in
    another `format`, a string), in their order and equal to what it gets alone, beside `version`, `attribution` and
    `licence`.
    """
    body, asked = await _read_question(request, GeoparseQuery.of(request))
    service = get_service(request)
    head = Head(service.gaz.manifest, find_base_url(request), choose_language(request, asked.lang))
    if isinstance(body, GeoparseBatch):
        check_batch(service, [text if isinstance(text, str) else "" for text in body.texts], what="texts")
        return JSONResponse(await service.executor.run(_answer_batch, service, body.texts, asked, head))
    text = body
    form = asked.format or _choose_form(get_header(request.scope, b"accept").decode("latin-1"))
    asked = asked.model_copy(update={"format": form})
    if len(text) <= SHORT_TEXT and service.reads_at_once.is_set():
        return _answer(service, text, await service.text_batches.read(text, foreign=asked.foreign), asked, head)
    return await service.executor.run(_read_and_answer, service, text, asked, head)


async def _read_question(request: Request, query: GeoparseQuery) -> tuple[str | GeoparseBatch, GeoparseQuery]:
    """The text or texts, and how to answer. HTML is not changed: the geoparser recognises markup."""
    media_type, charset = get_media_type(request)
    # Only the declared type decides: a text may begin with `{`.
    if media_type in {"text/plain", "text/html"}:
        return await read_text(request, charset), query
    if media_type != "application/json":
        raise UnsupportedBody(f"{media_type or 'no type'}: send text/plain, text/html or application/json")
    sent = await read_json(request)
    if isinstance(sent, dict) and {"text", "texts"} <= sent.keys():
        raise BadRequest([FieldFault("text", "send either `text` or `texts`, not both")])
    # The member decides: then the faults are those of one model and not of two.
    model = GeoparseBatch if isinstance(sent, dict) and "texts" in sent else GeoparseBody
    try:
        body = model.model_validate(sent)
    except ValidationError as error:
        raise BadRequest(list_faults(error)) from None
    asked = query.model_copy(update=body.model_dump(exclude={"text", "texts"}, exclude_none=True))
    return body if isinstance(body, GeoparseBatch) else body.text, asked


def _read_and_answer(service: Service, text: str, asked: GeoparseQuery, head: Head) -> Response:
    """Read a text and make its answer, in a thread: a long text, or any text until the geoparser is loaded."""
    response = _answer(service, text, service.gaz.iter_mentions(text, foreign=asked.foreign), asked, head)
    service.reads_at_once.set()
    return response


def _answer(service: Service, text: str, mentions: Iterable[Mention], asked: GeoparseQuery, head: Head) -> Response:
    found, counts = _choose_listed(service, mentions, asked)
    is_short = sum(counts.values()) > len(found)
    headers = {"Buldan-Truncated": str(len(found))} if is_short else {}
    if asked.format == "html":
        return HTMLResponse(_write_mentions(service, text, found, asked, head), policy=_POLICY)
    if form := FORMS.get(asked.format or ""):
        return Response(_write_mentions(service, text, found, asked, head), media_type=form.media_type, headers=headers)
    return Response(
        _write_collection(service, text, found, counts, asked, head.lang), media_type=GEOJSON, headers=headers
    )


def _answer_batch(service: Service, texts: list[Any], asked: GeoparseQuery, head: Head) -> dict[str, Any]:
    """The answers to several texts, each the same as alone; rows are counted from 1. Together they are read faster."""
    readings = service.gaz.geoparse_many((text for text in texts if isinstance(text, str)), foreign=asked.foreign)
    results: list[Any] = []
    for row, text in enumerate(texts, start=1):
        check_time()
        if not isinstance(text, str):
            fault = {"field": "texts", "message": "not a text; send a string"}
            # A complete answer without mentions: a client's loop needs no special case.
            empty = geojson.collect_mentions((), service.gaz.manifest)
            results.append({**empty, "error": {"row": row, "errors": [fault]}})
            continue
        found, counts = _choose_listed(service, next(readings), asked)
        if asked.format in {None, "geojson"}:
            results.append(orjson.Fragment(_write_collection(service, text, found, counts, asked, head.lang)))
        else:
            results.append(_write_mentions(service, text, found, asked, head))
    return {**service.head, "results": results}


def _write_mentions(service: Service, text: str, found: Sequence[Mention], asked: GeoparseQuery, head: Head) -> str:
    """The text with its mentions in a format other than GeoJSON."""
    gaz = service.gaz
    if asked.format == "html":  # the page's own offsets are code points
        # The page has two languages, and uses that of the text if none is requested.
        lang = asked.lang and ("ar" if head.lang == "ar" else "en")
        return write_mentions_page(text, found, gaz.manifest, ground=gaz.ground(), lang=lang)
    mentions = count_in_utf16(text, found) if asked.offsets == "utf16" and FORMS[asked.format or ""].counts else found
    return write_reading(asked.format or "", text, mentions, head)


def _write_collection(
    service: Service,
    text: str,
    found: Sequence[Mention],
    counts: Mapping[str, int],
    asked: GeoparseQuery,
    lang: str,
) -> bytes:
    """The mentions as GeoJSON, with the member `truncated` if there are more in the text."""
    mentions = count_in_utf16(text, found) if asked.offsets == "utf16" else found
    is_short = sum(counts.values()) > len(found)
    more = {"truncated": {"mentions": len(found), "advice": _ADVICE}} if is_short else {}
    if asked.by == "mention":
        return service.mention_writer.write(mentions, lang=lang, **more)
    collection = geojson.collect_mentions(mentions, service.gaz.manifest, by=asked.by, lang=lang, counts=counts)
    return to_json({**collection, **more})


def _choose_form(accept: str) -> Format:
    """The format that Accept prefers; GeoJSON if it names no known format.

    >>> _choose_form("text/csv;q=0.5, application/tei+xml")
    'tei'
    """
    liked = [(media_type.strip().lower(), weight) for media_type, weight in map(_parse_weight, accept.split(","))]
    known = [
        (weight, _BY_MEDIA_TYPE[media_type])
        for media_type, weight in liked
        if media_type in _BY_MEDIA_TYPE and weight > 0
    ]
    # `max` takes the first of equal weights, in the client's order.
    return max(known, key=lambda each: each[0], default=(1.0, "geojson"))[1]


def _parse_weight(part: str) -> tuple[str, float]:
    """`text/csv;q=0.5` → ("text/csv", 0.5); a weight that cannot be read is 0."""
    media_type, *parameters = part.split(";")
    weight = next((each.strip()[2:] for each in parameters if each.strip().startswith("q=")), "1")
    try:
        return media_type, float(weight)
    except ValueError:
        return media_type, 0.0


def _choose_listed(
    service: Service, mentions: Iterable[Mention], asked: GeoparseQuery
) -> tuple[list[Mention], dict[str, int]]:
    """The mentions to return, and the number of mentions of each place in the part of the text that was read.

    With `by=mention`, reading ends after one mention more than the maximum. With `by=place`, the whole text is read,
    and the first mention of each place is always returned.
    """
    most = service.settings.max_mentions
    listed: list[Mention] = []
    counts: dict[str, int] = {}
    for mention in mentions:
        check_time()
        key = geojson.get_mention_key(mention)
        counts[key] = counts.get(key, 0) + 1
        # By place, the first mention is always returned: late places must not be missing.
        if len(listed) < most or (asked.by == "place" and counts[key] == 1):
            listed.append(mention)
        elif asked.by == "mention":
            break
    return listed, counts
