"""Landing page, conformance, collections and items. `url` is the façade's address for clients, without final slash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from buldan.formats.ogc.columns import list_properties
from buldan.formats.ogc.openapi import OPENAPI_TYPE
from buldan.geometry import Bounds
from buldan.kinds import ADMIN_KINDS, kinds
from buldan.model import Place
from buldan.store import Manifest

__all__ = [
    "ALL_PLACES",
    "CONFORMANCE",
    "OUTLINED",
    "Collection",
    "Paging",
    "list_collections",
    "make_collection",
    "make_collections",
    "make_conformance",
    "make_feature",
    "make_items",
    "make_landing",
]

CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
)
"""The conformance classes; each is tested in tests/http/test_ogc.py."""

_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
_SCHEMA = "http://www.opengis.net/def/rel/ogc/1.0/schema"
_JSON, _GEOJSON, _SCHEMA_JSON = "application/json", "application/geo+json", "application/schema+json"
OUTLINED = frozenset(ADMIN_KINDS)
"""Kinds whose features have outlines as geometry."""

ALL_PLACES = "places"
"""The collection of every place."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A set of features: its kinds (None for all), whether its geometries are outlines, and the box around them."""

    id: str
    title: str
    description: str
    kinds: frozenset[str] | None
    outlined: bool
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Paging:
    """A page of results: parameters of the query, number of matches, offset of the page, and maximum page size."""

    parameters: Mapping[str, str]
    matched: int
    offset: int
    limit: int


def list_collections(counts: Mapping[str, int], boxes: Mapping[str, Bounds]) -> dict[str, Collection]:
    """All places, then one collection for each kind that has places; admin units have outlines.

    Args:
        counts: number of places by kind.
        boxes: the box of each collection's features, by its id.
    """
    made = {ALL_PLACES: Collection(ALL_PLACES, "Places", "Every place, as a point", None, False, boxes[ALL_PLACES])}
    for kind in kinds().values():
        if kind.id in counts:
            outlined = kind.id in OUTLINED
            title = f"{kind.label_en.capitalize()} · {kind.label_ar}"
            geometry = "outlines" if outlined else "points"
            description = f"{counts[kind.id]:,} places of the kind {kind.label_en}, as {geometry}"
            made[kind.id] = Collection(kind.id, title, description, frozenset({kind.id}), outlined, boxes[kind.id])
    return made


def make_landing(url: str, manifest: Manifest) -> dict[str, Any]:
    """The landing page: title, description and links of the service."""
    return {
        "title": "Buldan, places of Syria",
        "description": f"Gazetteer {manifest.version}. {manifest.attribution}.",
        "attribution": manifest.attribution,
        "links": [
            _link(url, "/", "self", _JSON, "This document"),
            _link(url, "/api", "service-desc", OPENAPI_TYPE, "The API, as OpenAPI 3.0"),
            _link(url, "/api.html", "service-doc", "text/html", "The API, to read"),
            _link(url, "/conformance", "conformance", _JSON, "Conformance classes"),
            _link(url, "/collections", "data", _JSON, "The collections"),
        ],
    }


def make_conformance() -> dict[str, Any]:
    """The classes that the service conforms to."""
    return {"conformsTo": list(CONFORMANCE)}


def make_collections(url: str, collections: Iterable[Collection]) -> dict[str, Any]:
    """Every collection."""
    return {
        "links": [_link(url, "/collections", "self", _JSON, "This document")],
        "collections": [make_collection(url, collection) for collection in collections],
    }


def make_collection(url: str, collection: Collection) -> dict[str, Any]:
    """One collection."""
    path = f"/collections/{collection.id}"
    return {
        "id": collection.id,
        "title": collection.title,
        "description": collection.description,
        "itemType": "feature",
        "extent": {"spatial": {"bbox": [list(collection.bounds)], "crs": _CRS84}},
        "crs": [_CRS84],
        "links": [
            _link(url, path, "self", _JSON, "This document"),
            _link(url, f"{path}/items", "items", _GEOJSON, "The features"),
            _link(url, f"{path}/queryables", _QUERYABLES, _SCHEMA_JSON, "What items can be chosen by"),
            _link(url, f"{path}/schema", _SCHEMA, _SCHEMA_JSON, "The features' properties"),
            _link(url, f"{path}/schema", "describedby", _SCHEMA_JSON, "The features' properties"),
        ],
    }


def make_items(
    url: str,
    collection: Collection,
    places: Iterable[Place],
    paging: Paging,
    manifest: Manifest,
    *,
    now: datetime,
) -> dict[str, Any]:
    """A page of features with a link to the next."""
    features = [_make_feature(place, collection) for place in places]
    path = f"/collections/{collection.id}/items"
    links = [_link(url, path + _query(paging, paging.offset), "self", _GEOJSON, "This page")]
    if paging.offset + paging.limit < paging.matched:
        links.append(_link(url, path + _query(paging, paging.offset + paging.limit), "next", _GEOJSON, "The next page"))
    if paging.offset:
        before = max(0, paging.offset - paging.limit)
        links.append(_link(url, path + _query(paging, before), "prev", _GEOJSON, "The page before"))
    return {
        "type": "FeatureCollection",
        "timeStamp": now.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "numberMatched": paging.matched,
        "numberReturned": len(features),
        "version": manifest.version,
        "attribution": manifest.attribution,
        "licence": manifest.licence,
        "links": links,
        "features": features,
    }


def make_feature(url: str, collection: Collection, place: Place) -> dict[str, Any]:
    """One feature with its links."""
    path = f"/collections/{collection.id}"
    return {
        **_make_feature(place, collection),
        "links": [
            _link(url, f"{path}/items/{place.id}", "self", _GEOJSON, "This feature"),
            _link(url, path, "collection", _JSON, "Its collection"),
        ],
    }


def _make_feature(place: Place, collection: Collection) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [round(place.lon, 5), round(place.lat, 5)]}
    return {
        "type": "Feature",
        "id": place.id,
        "geometry": (place.area if collection.outlined else None) or point,
        "properties": list_properties(place),
    }


def _query(paging: Paging, offset: int) -> str:
    parameters = {**paging.parameters, "limit": str(paging.limit)}
    parameters.pop("offset", None)
    if offset:
        parameters["offset"] = str(offset)
    return f"?{urlencode(parameters)}"


def _link(url: str, path: str, rel: str, media_type: str, title: str) -> dict[str, str]:
    return {"href": url + path, "rel": rel, "type": media_type, "title": title}
