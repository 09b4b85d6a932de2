"""Places, matches and mentions as GeoJSON (RFC 7946), the richest of our formats.

Coordinates are WGS 84, longitude before latitude, to five decimals (about a metre). Every collection carries
`version`, `attribution` and `licence` as foreign members, so that they travel with the data.
"""

from buldan.formats.geojson.features import Shape
from buldan.formats.geojson.mentions import alternative_item, mention_key, mention_members, mentions_collection
from buldan.formats.geojson.places import (
    PROPERTIES,
    match_feature,
    match_members,
    matches_collection,
    nearby_collection,
    nearby_members,
    place_feature,
    place_properties,
    places_collection,
    suggestions,
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
    "alternative_item",
    "match_feature",
    "match_members",
    "matches_collection",
    "mention_key",
    "mention_members",
    "mentions_collection",
    "nearby_collection",
    "nearby_members",
    "place_feature",
    "place_properties",
    "places_collection",
    "suggestions",
]
