"""OGC API – Features (OGC 17-069r4 and 19-079r2) as documents: collections, items, queryables, API."""

from buldan.formats.ogc.columns import QUERYABLES, describe_columns, describe_queryables
from buldan.formats.ogc.documents import (
    ALL_PLACES,
    CONFORMANCE,
    OUTLINED,
    Collection,
    Paging,
    list_collections,
    make_collection,
    make_collections,
    make_conformance,
    make_feature,
    make_items,
    make_landing,
)
from buldan.formats.ogc.openapi import LARGEST_PAGE, OPENAPI_TYPE, USUAL_PAGE, describe_api

__all__ = [
    "ALL_PLACES",
    "CONFORMANCE",
    "LARGEST_PAGE",
    "OPENAPI_TYPE",
    "OUTLINED",
    "QUERYABLES",
    "USUAL_PAGE",
    "Collection",
    "Paging",
    "describe_api",
    "describe_columns",
    "describe_queryables",
    "list_collections",
    "make_collection",
    "make_collections",
    "make_conformance",
    "make_feature",
    "make_items",
    "make_landing",
]
