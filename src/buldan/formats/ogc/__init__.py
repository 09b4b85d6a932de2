"""OGC API – Features (OGC 17-069r4 and 19-079r2) as documents: collections, items, queryables, API."""

from buldan.formats.ogc.columns import QUERYABLES, columns_schema, queryables_schema
from buldan.formats.ogc.documents import (
    ALL_PLACES,
    CONFORMANCE,
    OUTLINED,
    Collection,
    Paging,
    collection_document,
    collections_document,
    collections_of,
    conformance_document,
    feature_document,
    items_document,
    landing_document,
)
from buldan.formats.ogc.openapi import LARGEST_PAGE, OPENAPI_TYPE, USUAL_PAGE, openapi_document

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
    "collection_document",
    "collections_document",
    "collections_of",
    "columns_schema",
    "conformance_document",
    "feature_document",
    "items_document",
    "landing_document",
    "openapi_document",
    "queryables_schema",
]
