"""Places, and what lookups make of them: matches, neighbours, suggestions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypedDict

from buldan.formats.geojson.features import DECIMALS, Collection, Feature, bbox_of, collection_of, point, rounded
from buldan.lookup import Match, Nearby, Suggestion
from buldan.model import Name, Place
from buldan.store import Manifest

__all__ = [
    "PROPERTIES",
    "SuggestionItem",
    "match_feature",
    "match_members",
    "matches_collection",
    "nearby_collection",
    "nearby_members",
    "place_feature",
    "place_properties",
    "places_collection",
    "suggestions",
]

PROPERTIES = frozenset(
    {
        "id",
        "kind",
        "name",
        "name_ar",
        "name_en",
        "names",
        "pcode",
        "admin",
        "admin_pcode",
        "part_of",
        "lon",
        "lat",
        "radius_km",
        "position",
        "population",
        "identifiers",
        "sources",
        "matched_name",
        "score",
        "reasons",
        "ambiguous",
        "distance_km",
    }
)
"""The properties of features of places, matches and places nearby."""


class SuggestionItem(TypedDict):
    """One completion of what was typed."""

    text: str
    id: str
    kind: str
    name_en: str
    name_ar: str
    governorate_en: str
    governorate_ar: str
    lon: float
    lat: float
    weight: float


def matches_collection(
    matches: Iterable[Match], manifest: Manifest, *, query: str, lang: str = "en", outline: bool = False
) -> Collection:
    """A feature a match, best first, with score, reasons and the name that matched."""
    features = [match_feature(match, lang=lang, outline=outline) for match in matches]
    return collection_of(features, manifest, query=query)


def places_collection(
    places: Iterable[Place], manifest: Manifest, *, lang: str = "en", outline: bool = False
) -> Collection:
    """A feature a place, in the order given."""
    return collection_of([place_feature(place, lang=lang, outline=outline) for place in places], manifest)


def nearby_collection(
    nearby: Iterable[Nearby], manifest: Manifest, *, lang: str = "en", outline: bool = False
) -> Collection:
    """A feature a place, nearest first, with `distance_km` from the point asked for."""
    features = []
    for found in nearby:
        feature = place_feature(found.place, lang=lang, outline=outline)
        feature["properties"] |= nearby_members(found)
        features.append(feature)
    return collection_of(features, manifest)


def suggestions(found: Iterable[Suggestion]) -> list[SuggestionItem]:
    """Completions with just what a list of choices shows."""
    return [_suggestion(suggestion) for suggestion in found]


def match_feature(match: Match, *, lang: str = "en", outline: bool = False) -> Feature:
    """The place of a match, with how well it matched and why."""
    feature = place_feature(match.place, lang=lang, outline=outline)
    feature["properties"] |= match_members(match)
    return feature


def match_members(match: Match) -> dict[str, Any]:
    """What a match adds to the properties of its place."""
    return {
        "matched_name": _name(match.name),
        "score": round(match.score, 4),
        "reasons": [{"rule": reason.rule, "detail": reason.detail} for reason in match.reasons],
        "ambiguous": match.ambiguous,
    }


def nearby_members(found: Nearby) -> dict[str, Any]:
    """What being near a point adds to the properties of a place."""
    return {"distance_km": round(found.distance_km, 3)}


def place_feature(place: Place, *, lang: str = "en", outline: bool = False) -> Feature:
    """A place as a feature.

    Args:
        place: the place.
        lang: language of `name`.
        outline: give the area as geometry where there is one, with its `bbox`, instead of the point.
    """
    area = place.area if outline else None
    feature: Feature = {
        "type": "Feature",
        "id": place.id,
        "geometry": rounded(area) if area else point(place.lon, place.lat),
        "properties": place_properties(place, lang),
    }
    if area:
        feature["bbox"] = bbox_of([feature])
    return feature


def place_properties(place: Place, lang: str) -> dict[str, Any]:
    """All that is known of a place; `name` is in `lang`."""
    return {
        "id": place.id,
        "kind": place.kind,
        "name": place.name(lang),
        "name_ar": place.name_ar,
        "name_en": place.name_en,
        "names": [_name(name) for name in place.names],
        "pcode": place.pcode,
        "admin": [unit._asdict() for unit in place.admin],
        "admin_pcode": place.admin_pcode,
        "part_of": place.part_of or None,
        "lon": round(place.lon, DECIMALS),
        "lat": round(place.lat, DECIMALS),
        "radius_km": place.radius_km,
        "position": place.position,
        "population": place.population,
        "identifiers": dict(place.identifiers),
        "sources": list(place.sources),
    }


def _suggestion(suggestion: Suggestion) -> SuggestionItem:
    place = suggestion.place
    governorate = place.admin[0] if place.admin else None
    return {
        "text": suggestion.text,
        "id": place.id,
        "kind": place.kind,
        "name_en": place.name_en,
        "name_ar": place.name_ar,
        "governorate_en": governorate.name_en if governorate else "",
        "governorate_ar": governorate.name_ar if governorate else "",
        "lon": round(place.lon, DECIMALS),
        "lat": round(place.lat, DECIMALS),
        "weight": round(suggestion.score, 4),
    }


def _name(name: Name) -> dict[str, Any]:
    """A name; `from` and `to` where they are known."""
    told = {"text": name.text, "lang": name.lang, "script": name.script, "kind": name.kind}
    dates = {"from": name.start, "to": name.end}
    return {**told, "sources": list(name.sources), **{key: date for key, date in dates.items() if date}}
