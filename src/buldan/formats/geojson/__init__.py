"""Places, matches and mentions as GeoJSON (RFC 7946), the format with the most information.

Coordinates are WGS 84, longitude before latitude, to five decimals (about a metre). Every collection has
`version`, `attribution` and `licence` as foreign members, which keeps them with the data.
"""

from buldan.formats.geojson.features import Shape
from buldan.formats.geojson.mentions import collect_mentions, get_mention_key, list_members, make_alternative
from buldan.formats.geojson.places import (
    PROPERTIES,
    collect_nearby,
    collect_places,
    list_nearby_members,
    list_reasons,
    list_suggestions,
    match_feature,
    match_members,
    matches_collection,
    place_feature,
    place_properties,
)
from buldan.formats.geojson.shapes import (
    Collection,
    Feature,
    MentionCollection,
    MentionFeature,
    PlaceProperties,
    SuggestionItem,
)

__all__ = [
    "PROPERTIES",
    "Collection",
    "Feature",
    "MentionCollection",
    "MentionFeature",
    "PlaceProperties",
    "Shape",
    "SuggestionItem",
    "collect_mentions",
    "collect_nearby",
    "collect_places",
    "get_mention_key",
    "list_members",
    "list_nearby_members",
    "list_reasons",
    "list_suggestions",
    "make_alternative",
    "match_feature",
    "match_members",
    "matches_collection",
    "place_feature",
    "place_properties",
]
