"""Photon's queries: their parameters, and the places that answer them."""

from buldan.http.facades.photon.parameters import AskedQuery, ReverseQuery, SearchQuery, StructuredQuery
from buldan.http.facades.photon.search import find_around, list_languages, search_parts, search_text

__all__ = [
    "AskedQuery",
    "ReverseQuery",
    "SearchQuery",
    "StructuredQuery",
    "find_around",
    "list_languages",
    "search_parts",
    "search_text",
]
