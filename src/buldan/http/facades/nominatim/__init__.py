"""Nominatim's queries: their parameters, and the places that answer them."""

from buldan.http.facades.nominatim.parameters import (
    LookupQuery,
    ReverseQuery,
    SearchQuery,
    ShownQuery,
    StatusQuery,
)
from buldan.http.facades.nominatim.reverse import place_at
from buldan.http.facades.nominatim.search import find_by_ids, search_places

__all__ = [
    "LookupQuery",
    "ReverseQuery",
    "SearchQuery",
    "ShownQuery",
    "StatusQuery",
    "find_by_ids",
    "place_at",
    "search_places",
]
