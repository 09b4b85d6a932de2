"""Answers as XML: what json holds, as attributes of an element, with the parts asked for as elements within it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from buldan.formats.nominatim.records import UNABLE, Found, Options, item_of
from buldan.store import Manifest

__all__ = ["render_one_xml", "render_xml"]

_ATTRIBUTES = (
    "place_id",
    "osm_type",
    "osm_id",
    "lat",
    "lon",
    "boundingbox",
    "place_rank",
    "display_name",
    "class",
    "type",
    "importance",
    "geojson",
)
_NOT_OF_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_xml(found: Sequence[Found], options: Options, manifest: Manifest, *, query: str) -> str:
    """Search results as a document of places."""
    root = _root("searchresults", manifest, query)
    for one in found:
        item = item_of(one, options, manifest, v2=False)
        place = SubElement(root, "place", _attributes(item))
        _add_details(place, item)
        _add_parts(place, item.get("address", {}))
    return _document(root)


def render_one_xml(found: Found | None, options: Options, manifest: Manifest, *, query: str) -> str:
    """The result of a reverse query as a document, or what Nominatim says where there is nothing."""
    root = _root("reversegeocode", manifest, query)
    if found is None:
        SubElement(root, "error").text = UNABLE["error"]
        return _document(root)
    item = item_of(found, options, manifest, v2=False)
    attributes = _attributes(item)
    SubElement(root, "result", attributes).text = attributes.pop("display_name")
    if "address" in item:
        _add_parts(SubElement(root, "addressparts"), item["address"])
    _add_details(root, item)
    return _document(root)


def _root(name: str, manifest: Manifest, query: str) -> Element:
    attribution = f"{manifest.attribution}; {manifest.licence}"
    return Element(name, {"attribution": attribution, "querystring": _NOT_OF_XML.sub("", query)})


def _attributes(item: Mapping[str, Any]) -> dict[str, str]:
    return {name: _text(item[name], comma=name == "boundingbox") for name in _ATTRIBUTES if name in item}


def _text(value: Any, *, comma: bool) -> str:
    if comma:
        return ",".join(value)
    return json.dumps(value) if isinstance(value, dict) else str(value)


def _add_details(parent: Element, item: Mapping[str, Any]) -> None:
    """Names and tags, where they were asked for."""
    if "extratags" in item:
        tags = SubElement(parent, "extratags")
        for key, value in item["extratags"].items():
            SubElement(tags, "tag", {"key": key, "value": value})
    if "namedetails" in item:
        names = SubElement(parent, "namedetails")
        for key, value in item["namedetails"].items():
            SubElement(names, "name", {"desc": key}).text = value


def _add_parts(parent: Element, address: Mapping[str, str]) -> None:
    for part, name in address.items():
        SubElement(parent, part).text = name


def _document(root: Element) -> str:
    return '<?xml version="1.0" encoding="UTF-8" ?>\n' + tostring(root, encoding="unicode")
