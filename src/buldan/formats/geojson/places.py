"""Places and results of lookups as features: matches, places nearby, suggestions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from buldan.formats.geojson.features import DECIMALS, get_bbox, point, round_geometry
from buldan.formats.geojson.shapes import (
    Collection,
    Feature,
    NameItem,
    PlaceProperties,
    ReasonItem,
    SuggestionItem,
    UnitItem,
)
from buldan.lookup import Match, Nearby, Reason, Suggestion
from buldan.model import AdminUnit, Name, Place
from buldan.store import Manifest

__all__ = [
    "PROPERTIES",
    "collect_nearby",
    "collect_places",
    "list_nearby_members",
    "list_reasons",
    "list_suggestions",
    "make_collection",
    "match_feature",
    "match_members",
    "matches_collection",
    "place_feature",
    "place_properties",
]

PROPERTIES = frozenset(PlaceProperties.__annotations__)
"""The properties of features of places, matches and places nearby."""


def matches_collection(
    matches: Iterable[Match],
    manifest: Manifest,
    *,
    query: str,
    reasons: Sequence[Reason] = (),
    lang: str = "en",
    outline: bool = False,
) -> Collection:
    """One feature per match, best first, with score, reasons and the name that matched.

    `reasons` are those of the question as a whole.
    """
    features = [match_feature(match, lang=lang, outline=outline) for match in matches]
    made = make_collection(features, manifest, query=query)
    if reasons:
        made["reasons"] = list_reasons(reasons)
    return made


def collect_places(
    places: Iterable[Place], manifest: Manifest, *, lang: str = "en", outline: bool = False
) -> Collection:
    """One feature per place, in the order given."""
    return make_collection([place_feature(place, lang=lang, outline=outline) for place in places], manifest)


def collect_nearby(
    nearby: Iterable[Nearby], manifest: Manifest, *, lang: str = "en", outline: bool = False
) -> Collection:
    """One feature per place, nearest first, with `distance_km` from the point of the query."""
    features = []
    for found in nearby:
        feature = place_feature(found.place, lang=lang, outline=outline)
        feature["properties"] |= list_nearby_members(found)
        features.append(feature)
    return make_collection(features, manifest)


def list_suggestions(found: Iterable[Suggestion]) -> list[SuggestionItem]:
    """Completions with only the members that a list of choices shows."""
    return [_make_suggestion(suggestion) for suggestion in found]


def match_feature(match: Match, *, lang: str = "en", outline: bool = False) -> Feature:
    """The place of a match, with how well it matched and why."""
    feature = place_feature(match.place, lang=lang, outline=outline)
    feature["properties"] |= match_members(match)
    return feature


def match_members(match: Match) -> PlaceProperties:
    """The properties that a match adds to those of its place."""
    return {
        "matched_name": _name(match.name),
        "score": round(match.score, 4),
        "reasons": list_reasons(match.reasons),
        "ambiguous": match.ambiguous,
    }


def list_reasons(reasons: Iterable[Reason]) -> list[ReasonItem]:
    """Reasons as members of an answer."""
    return [{"rule": reason.rule, "detail": reason.detail} for reason in reasons]


def list_nearby_members(found: Nearby) -> PlaceProperties:
    """The properties that a place nearby has in addition to those of a place."""
    return {"distance_km": round(found.distance_km, 3)}


def place_feature(place: Place, *, lang: str = "en", outline: bool = False) -> Feature:
    """A place as a feature.

    Args:
        place: the place.
        lang: language of `name`.
        outline: if the place has an area, give it as geometry, with its `bbox`, instead of the point.
    """
    area = place.area if outline else None
    feature: Feature = {
        "type": "Feature",
        "id": place.id,
        "geometry": round_geometry(area) if area else point(place.lon, place.lat),
        "properties": place_properties(place, lang),
    }
    if area:
        feature["bbox"] = get_bbox([feature["geometry"]])
    return feature


def place_properties(place: Place, lang: str) -> PlaceProperties:
    """All properties of a place; `name` is in `lang`."""
    return {
        "id": place.id,
        "kind": place.kind,
        "name": place.name(lang),
        "name_ar": place.name_ar,
        "name_en": place.name_en,
        "names": [_name(name) for name in place.names],
        "pcode": place.pcode,
        "admin": [_make_unit(unit) for unit in place.admin],
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


def _make_suggestion(suggestion: Suggestion) -> SuggestionItem:
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


def _make_unit(unit: AdminUnit) -> UnitItem:
    return {"level": unit.level, "pcode": unit.pcode, "name_en": unit.name_en, "name_ar": unit.name_ar}


def _name(name: Name) -> NameItem:
    """A name; with `from` and `to` if they are known."""
    item: NameItem = {
        "text": name.text,
        "lang": name.lang,
        "script": name.script,
        "kind": name.kind,
        "sources": list(name.sources),
    }
    if name.start:
        item["from"] = name.start
    if name.end:
        item["to"] = name.end
    return item


def make_collection(features: list[Feature], manifest: Manifest, *, query: str | None = None) -> Collection:
    """A FeatureCollection with version, attribution and licence, and with a box if it has features."""
    made: Collection = {
        "type": "FeatureCollection",
        "version": manifest.version,
        "attribution": manifest.attribution,
        "licence": manifest.licence,
        "features": features,
    }
    if query is not None:
        made["query"] = query
    if features:
        made["bbox"] = get_bbox(feature["geometry"] for feature in features)
    return made
