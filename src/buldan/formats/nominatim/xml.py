"""Answers as XML: the members of json as attributes of an element, with optional members as elements in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from buldan.formats.geometries import to_kml
from buldan.formats.nominatim.records import UNABLE, Found, Options, choose_outline, make_item
from buldan.store import Manifest

__all__ = ["render_error_xml", "render_one_xml", "render_xml"]

_ATTRIBUTES: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "place_id": ("place_id", str),
    "osm_type": ("osm_type", str),
    "osm_id": ("osm_id", str),
    "ref": ("name", str),
    "lat": ("lat", str),
    "lon": ("lon", str),
    "boundingbox": ("boundingbox", ",".join),
    "place_rank": ("place_rank", str),
    "address_rank": ("place_rank", str),
    "display_name": ("display_name", str),
    "class": ("class", str),
    "type": ("type", str),
    "importance": ("importance", str),
    "geojson": ("geojson", lambda geometry: json.dumps(geometry, separators=(",", ":"))),
    "geotext": ("geotext", str),
    "geosvg": ("svg", str),
}
"""Attributes of a place, each with its member of json and the function that writes it."""

_OF_SEARCH_ALONE = ("display_name", "class", "type", "importance")
"""Attributes that the result of a reverse query does not have; its display name is the text of the element."""

_NOT_OF_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_xml(
    found: Sequence[Found],
    options: Options,
    manifest: Manifest,
    *,
    about: Mapping[str, str],
    now: datetime,
) -> str:
    """Search results as a document of places.

    Args:
        found: the places, best first.
        options: the members of each place.
        manifest: manifest of the gazetteer.
        about: attributes with the query: `querystring`, `more_url`, `viewbox`, `exclude_place_ids`.
        now: time of the answer.
    """
    root = _make_root("searchresults", manifest, about, now)
    for one in found:
        item = _make_item(one, options, manifest)
        place = SubElement(root, "place", _list_attributes(item))
        _add_outline(place, one, options)
        for part, name in item.get("address", {}).items():
            SubElement(place, part).text = name
        _add_details(place, item)
    return _write_document(root)


def render_one_xml(
    found: Found | None, options: Options, manifest: Manifest, *, about: Mapping[str, str], now: datetime
) -> str:
    """The result of a reverse query as a document, or Nominatim's error if there is nothing."""
    root = _make_root("reversegeocode", manifest, about, now)
    if found is None:
        SubElement(root, "error").text = UNABLE["error"]
        return _write_document(root)
    item = _make_item(found, options, manifest)
    attributes = _list_attributes(item)
    line, *_ = [attributes.pop(name) for name in _OF_SEARCH_ALONE]
    SubElement(root, "result", attributes).text = line
    _add_outline(root, found, options)
    if "address" in item:
        parts = SubElement(root, "addressparts")
        for part, name in item["address"].items():
            SubElement(parts, part).text = name
    _add_details(root, item)
    return _write_document(root)


def render_error_xml(code: int, message: str) -> str:
    """An error as a document."""
    root = Element("error")
    SubElement(root, "code").text = str(code)
    SubElement(root, "message").text = _NOT_OF_XML.sub("", message)
    return _write_document(root)


def _make_root(name: str, manifest: Manifest, about: Mapping[str, str], now: datetime) -> Element:
    facts = {
        "timestamp": now.strftime("%a, %d %b %Y %H:%M:%S +00:00"),
        "attribution": f"{manifest.attribution}; {manifest.licence}",
    }
    return Element(name, facts | {key: _NOT_OF_XML.sub("", value) for key, value in about.items()})


def _make_item(found: Found, options: Options, manifest: Manifest) -> dict[str, Any]:
    """The members of a place as in json, except an outline as KML, which is an element here."""
    shown = replace(options, outline=None) if options.outline == "kml" else options
    return make_item(found, shown, manifest, v2=False)


def _list_attributes(item: Mapping[str, Any]) -> dict[str, str]:
    return {name: write(item[member]) for name, (member, write) in _ATTRIBUTES.items() if member in item}


def _add_outline(parent: Element, found: Found, options: Options) -> None:
    if options.outline == "kml":
        SubElement(parent, "geokml").append(to_kml(choose_outline(found.place, options)))


def _add_details(parent: Element, item: Mapping[str, Any]) -> None:
    """Add names and tags, if the client has chosen them."""
    if "extratags" in item:
        tags = SubElement(parent, "extratags")
        for key, value in item["extratags"].items():
            SubElement(tags, "tag", {"key": key, "value": value})
    if "namedetails" in item:
        names = SubElement(parent, "namedetails")
        for key, value in item["namedetails"].items():
            SubElement(names, "name", {"desc": key}).text = value


def _write_document(root: Element) -> str:
    return '<?xml version="1.0" encoding="UTF-8" ?>\n' + tostring(root, encoding="unicode")
