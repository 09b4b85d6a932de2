"""What is fed: each target takes bytes, makes a question of them, and raises where the answer breaks a promise."""

# ruff: noqa: E501 - an input stays on one line

from __future__ import annotations

import asyncio
import json
import math
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import buldan
from buldan.errors import BuldanError
from buldan.files import open_table
from buldan.http import create_app
from buldan.settings import Settings
from buldan.store.overlay import read_overlay

__all__ = ["TARGETS", "Target"]

_FOLDER = Path(tempfile.mkdtemp(prefix="buldan-fuzz-"))
_SYRIA_NAMES = (
    "يلدا",
    "Yalda",
    "الحجر الأسود",
    "al-Hajar al-Aswad",
    "Deir ez-Zor",
    "معرة النعمان",
    "Homs",
    "كفر تخاريم",
)


@dataclass(frozen=True, slots=True)
class Target:
    """A way in.

    Attributes:
        run: takes an input; what it raises is a finding.
        seeds: inputs that make sense, to be changed.
    """

    run: Callable[[bytes], object]
    seeds: Sequence[bytes]


@cache
def _gazetteer() -> buldan.Gazetteer:
    return buldan.load()


def _ask_name(data: bytes) -> None:
    """A question: the name, its unit, a point and kinds, a line each."""
    text, within, near, kinds, *_ = [*_text(data).split("\n"), "", "", ""]
    try:
        place = tuple(map(float, near.split(","))) if near else None
    except ValueError:
        return  # Python's refusal, not ours.
    try:
        matches = _gazetteer().lookup(
            text, within=within or None, near=place if place and len(place) == 2 else None, kinds=kinds.split() or None
        )
    except BuldanError as error:
        _check_refusal(error)
        return
    scores = [match.score for match in matches]
    several = any(reason.rule == "several_places" for match in matches for reason in match.reasons)
    assert several or scores == sorted(scores, reverse=True), scores
    assert all(0 <= score <= 1 for score in scores), scores
    json.dumps(matches.to_geojson(), allow_nan=False)


def _ask_cell(data: bytes) -> None:
    """A cell of a table with its units, a line each; and what was typed so far."""
    cell, *units = _text(data).split("\n")
    try:
        matches = _gazetteer().lookup(cell, within=units[:8], limit=3)
        for suggestion in _gazetteer().suggest(cell[:40]):
            assert suggestion.text
        assert all(math.isfinite(match.place.lon) for match in matches)
    except BuldanError as error:
        _check_refusal(error)


def _read_text(data: bytes) -> None:
    text = _text(data)
    reading = _gazetteer().geoparse(text, foreign=True)
    end = 0
    for mention in reading:
        assert text[mention.start : mention.end] == mention.text and mention.start >= end, mention
        assert 0 <= mention.confidence <= 1
        end = mention.end
    json.dumps(reading.to_geojson(), allow_nan=False)


def _read_overlay(data: bytes) -> None:
    path = _FOLDER / ("own.geojson" if data.lstrip()[:1] == b"{" else "own.csv")
    path.write_bytes(data)
    try:
        read_overlay(path, taken={})
    except BuldanError as error:
        _check_refusal(error)


def _read_file(data: bytes) -> None:
    """A table: the first line is its suffix."""
    suffix, _, content = data.partition(b"\n")
    kind = suffix.decode("ascii", "ignore").strip()
    path = _FOLDER / f"table.{kind if kind.isalpha() and len(kind) < 8 else 'csv'}"
    path.write_bytes(content)
    try:
        table = open_table(path)
        for batch in table.batches():
            batch.validate(full=True)
    except BuldanError as error:
        _check_refusal(error)


def _ask_http(data: bytes) -> None:
    """A request: method, address and media type in a line, then the body."""
    line, _, body = data.partition(b"\n")
    method, address, media_type = ([*line.split(b" ", 2), b"", b""])[:3]
    verb = method.decode("ascii", "ignore").upper()
    status, answer = _LOOP.run_until_complete(
        _answered(verb if verb in {"GET", "POST", "HEAD", "OPTIONS"} else "GET", address or b"/", media_type, body)
    )
    assert status < 500, (status, answer[:300])


async def _answered(method: str, address: bytes, media_type: bytes, body: bytes) -> tuple[int, bytes]:
    raw_path, _, query = address.partition(b"?")
    raw_path = raw_path if raw_path.startswith(b"/") else b"/" + raw_path
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(raw_path.decode("ascii", "ignore")),
        "raw_path": raw_path,
        "query_string": query,
        "headers": [(b"host", b"x"), (b"content-type", media_type.strip())],
        "client": ("127.0.0.1", 1),
        "server": ("x", 80),
    }
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await _app()(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)


@cache
def _app() -> Any:
    app = create_app(Settings(preload=False, access_log=False, metrics=False, kept_answers_mb=1), _gazetteer())
    app.state.service.prepare()
    return app


_LOOP = asyncio.new_event_loop()


def _text(data: bytes) -> str:
    """Text as Python may have it, lone surrogates among it (of bytes that are not UTF-8)."""
    return data.decode("utf-8", "surrogateescape" if data[:1] > b"\xed" else "replace")


def _check_refusal(error: Exception) -> None:
    """A refusal is one line that people can read."""
    assert str(error).strip() and len(str(error)) < 2_000, repr(error)[:300]


_CELLS = [
    "Homs - Rastan\nHoms", "حلب / منبج", "بلدة سراقب في ريف إدلب\nإدلب\nسراقب", "Idlib, Ariha; Jisr", "C2302", "36.3,33.4",
    "مخيم اليرموك، دمشق", "Aleppo Governorate > Menbij", "ريف دمشق (دوما)", "36S YC 12 34", "8G4XG8G8+RR",
]  # fmt: skip
_TEXTS = [
    "سقطت قذيفة على بعد 12 كم شمال حماة، ثم قصف على مدينتي دوما وحرستا بريف دمشق.",
    "Shelling hit Nawa in Daraa governorate, 5 km east of Saraqib, and the road between Homs and Hama.",
    "<p>قال <b>مراسلنا</b> في كفرنبل &amp; معرة النعمان: وصل الوفد إلى حلب.</p>",
    "وسط وشمال وجنوب وغرب سوريا؛ الحسكة (القامشلي)، #ديرالزور @homs_news https://example.org/idlib",
]
_OVERLAYS = [
    b"name,lat,lon,kind,names,radius_km,id,part_of,wikidata\nZebra,33.4,36.3,hospital,A|B,0.2,z,,Q7\nB,33,36,,,,,z,\n",
    "name_ar;lon;lat\nحاجز زيبرا;36.3;33.4\n".encode(),
    json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "id": 7,
                    "geometry": {"type": "Polygon", "coordinates": [[[36, 33], [36.2, 33], [36.2, 33.2], [36, 33]]]},
                    "properties": {"name": "Plain", "names": ["B"], "kind": "plain", "population": 5},
                }
            ],
        }
    ).encode(),
]
_FILES = [
    b"csv\nname,gov\nYalda,Rif Dimashq\n\"a\nb\",Homs\n",
    "tsv\n#adm1+name\t#loc\nحلب\tمنبج\n".encode("utf-16"),
    "csv\nالاسم;المحافظة\nحلب;حلب\n".encode("cp1256"),
    b'geojson\n{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[36,33]},"properties":{"name":"A"}}]}',
    b'geojsonl\n{"type":"Feature","geometry":null,"properties":{"a":1}}\n',
    b"kml\n<kml><Document><Placemark><name>A</name><Point><coordinates>36,33</coordinates></Point></Placemark></Document></kml>",
]  # fmt: skip
_REQUESTS = [
    *(
        f"GET {path} \n".encode()
        for path in (
            "/lookup?q=Yalda&within=Rif%20Dimashq&near=36.3,33.4&kind=town&limit=3&lang=ar&fields=name&geometry=area",
            "/suggest?q=%D9%8A%D9%84&near=36,33&limit=5",
            "/reverse?lon=36.3&lat=33.4&kind=town&radius_km=5&limit=3",
            "/places?kind=town&unit=SY01&bbox=36,33,37,34&q=a&limit=5&offset=2",
            "/places/C2302",
            "/places/wikidata:Q41183",
            "/nominatim/search?q=Homs&format=jsonv2&limit=3&viewbox=36,33,37,34&bounded=1&addressdetails=1&countrycodes=sy",
            "/nominatim/search?city=Homs&county=Homs&format=geocodejson&layer=address&featureType=city&exclude_place_ids=1,2",
            "/nominatim/reverse?lat=33.4&lon=36.3&zoom=10&format=xml&polygon_geojson=1&accept-language=ar",
            "/nominatim/lookup?osm_ids=N1,W2,R3&format=json",
            "/photon/api?q=Homs&lat=33&lon=36&limit=3&lang=ar&bbox=36,33,37,34&layer=city&osm_tag=place:city&zoom=9",
            "/photon/reverse?lat=33.4&lon=36.3&radius=5&limit=2&distance_sort=true",
            "/photon/structured?city=Homs&state=Homs&countrycode=SY",
            "/ogc/collections/town/items?limit=3&bbox=36,33,37,34&offset=2&f=json&name_en=Yalda&q=a&datetime=../2020-01-01",
            "/ogc/collections/places/items/bd02q9w4wf?f=html",
            "/reconcile?queries=%7B%22a%22:%7B%22query%22:%22Homs%22,%22type%22:%22town%22,%22limit%22:2%7D%7D",
            "/reconcile?extend=%7B%22ids%22:%5B%22C2302%22%5D,%22properties%22:%5B%7B%22id%22:%22lat%22%7D%5D%7D",
            "/reconcile/suggest/entity?prefix=Hom&cursor=1&callback=f",
            "/reconcile/preview?id=C2302",
            "/basemap/land.geojson",
            "/units.json?unit=SY01",
            "/static/js/main.js",
        )
    ),
    b'POST /lookup application/json\n{"names": ["Homs", {"q": "Nawa", "within": ["Daraa"]}], "kinds": "town", "limit": 2}',
    'POST /geoparse application/json\n{"text": "قصف على حلب ودوما", "by": "place", "offsets": "utf16", "foreign": true}'.encode(),
    "POST /geoparse?format=csv&lang=ar text/plain; charset=utf-8\nقصف على بعد 5 كم شمال حماة".encode(),
    b"POST /geoparse?format=html text/html\n<p>Homs</p>",
    b"POST /reconcile application/x-www-form-urlencoded\nqueries=%7B%22a%22:%7B%22query%22:%22Homs%22,%22properties%22:%5B%7B%22pid%22:%22within%22,%22v%22:%22Homs%22%7D%5D%7D%7D",
    b'POST /reconcile/1.0/match application/json\n{"queries": [{"conditions": [{"matchType": "name", "propertyValue": "Homs"}], "type": "town", "limit": 2}]}',
    b'POST /reconcile/1.0/extend application/json\n{"ids": ["C2302"], "properties": [{"id": "lat"}]}',
    'POST /mentions.gpkg application/json\n{"text": "حلب", "mentions": []}'.encode(),
]

TARGETS = {
    "lookup": Target(
        _ask_name, [f"{name}\n{within}\n36.3,33.4\ntown".encode() for name in _SYRIA_NAMES for within in ("", "Homs")]
    ),
    "cells": Target(_ask_cell, [cell.encode() for cell in (*_CELLS, *_SYRIA_NAMES)]),
    "geoparse": Target(_read_text, [text.encode() for text in _TEXTS]),
    "overlay": Target(_read_overlay, _OVERLAYS),
    "files": Target(_read_file, _FILES),
    "http": Target(_ask_http, _REQUESTS),
}
"""Every way in, by its name."""
