"""Places, matches and mentions as GeoJSON (RFC 7946), the richest of our formats.

Coordinates are WGS 84, longitude before latitude, to five decimals (about a metre). Every collection carries
`version`, `attribution` and `licence` as foreign members, so that they travel with the data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypedDict

from buldan.errors import QueryError
from buldan.lookup import Match, Nearby, Suggestion
from buldan.model import Geometry, Name, Place
from buldan.store import Manifest

if TYPE_CHECKING:  # the geoparser is opened only when a text is read
    from buldan.geoparse import Alternative, Mention, Relation

__all__ = [
    "PROPERTIES",
    "Collection",
    "Feature",
    "Shape",
    "SuggestionItem",
    "match_feature",
    "match_members",
    "matches_collection",
    "mentions_collection",
    "nearby_collection",
    "place_feature",
    "places_collection",
    "suggestions",
]

Shape = Literal["point", "area"]
"""What the geometry of a feature is: the point, or the outline where there is one."""

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

_DECIMALS = 5


class Feature(TypedDict):
    """One place, match or mention."""

    type: Literal["Feature"]
    id: str
    bbox: NotRequired[list[float]]
    geometry: Geometry | None
    properties: dict[str, Any]


class Collection(TypedDict):
    """Features, with what must travel with them."""

    type: Literal["FeatureCollection"]
    bbox: NotRequired[list[float]]
    version: str
    attribution: str
    licence: str
    query: NotRequired[str]
    features: list[Feature]


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
    return _collection(features, manifest, query=query)


def places_collection(
    places: Iterable[Place], manifest: Manifest, *, lang: str = "en", outline: bool = False
) -> Collection:
    """A feature a place, in the order given."""
    return _collection([place_feature(place, lang=lang, outline=outline) for place in places], manifest)


def nearby_collection(
    nearby: Iterable[Nearby], manifest: Manifest, *, lang: str = "en", outline: bool = False
) -> Collection:
    """A feature a place, nearest first, with `distance_km` from the point asked for."""
    features = []
    for found in nearby:
        feature = place_feature(found.place, lang=lang, outline=outline)
        feature["properties"]["distance_km"] = round(found.distance_km, 3)
        features.append(feature)
    return _collection(features, manifest)


def mentions_collection(
    mentions: Sequence[Mention], manifest: Manifest, *, by: str = "mention", lang: str = "en"
) -> Collection:
    """A feature a mention in the order of the text, or (`by="place"`) a place with all its mentions.

    A mention's geometry is the place's point, the derived area where the text speaks of somewhere relative to
    it, and null for a place abroad.

    Raises:
        QueryError: `by` is neither `mention` nor `place`.
    """
    if by == "mention":
        return _collection([_mention_feature(mention, lang) for mention in mentions], manifest)
    if by == "place":
        return _collection(list(_features_by_place(mentions, lang)), manifest)
    raise QueryError(f"by={by!r} is unknown; use 'mention' or 'place'", field="by")


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
        "geometry": _rounded(area) if area else _point(place.lon, place.lat),
        "properties": _place_properties(place, lang),
    }
    if area:
        feature["bbox"] = _bbox([feature])
    return feature


def _place_properties(place: Place, lang: str) -> dict[str, Any]:
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
        "lon": round(place.lon, _DECIMALS),
        "lat": round(place.lat, _DECIMALS),
        "radius_km": place.radius_km,
        "population": place.population,
        "identifiers": dict(place.identifiers),
        "sources": list(place.sources),
    }


def _mention_feature(mention: Mention, lang: str) -> Feature:
    place, relation = mention.place, mention.relation
    properties = _mention_members(mention, lang)
    if place:
        properties |= _place_properties(place, lang)
    geometry: Geometry | None = _point(place.lon, place.lat) if place else None
    if relation:
        geometry = _rounded(relation.area)
        properties |= {"lon": relation.lon, "lat": relation.lat, "radius_km": relation.radius_km}
    return {
        "type": "Feature",
        "id": f"{mention.start}-{mention.end}",
        "geometry": geometry,
        "properties": properties,
    }


def _features_by_place(mentions: Sequence[Mention], lang: str) -> Iterator[Feature]:
    """One feature a place in the order of first mention; places abroad are told apart by their words."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.place.id if mention.place else mention.text, []).append(mention)
    for key, group in groups.items():
        place = group[0].place
        properties = _place_properties(place, lang) if place else {"name": key, "foreign": True}
        properties["confidence"] = round(max(mention.confidence for mention in group), 4)
        properties["mentions"] = [_mention_members(mention, lang) for mention in group]
        geometry = _point(place.lon, place.lat) if place else None
        yield {"type": "Feature", "id": key, "geometry": geometry, "properties": properties}


def _mention_members(mention: Mention, lang: str) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "confidence": round(mention.confidence, 4),
        "foreign": mention.foreign,
        "alternatives": [_alternative(alternative, lang) for alternative in mention.alternatives],
        "relation": _relation(mention.relation, lang) if mention.relation else None,
    }


def _relation(relation: Relation, lang: str) -> dict[str, Any]:
    return {
        "kind": relation.kind,
        "words": relation.words,
        "start": relation.start,
        "end": relation.end,
        "anchors": [{"id": anchor.id, "name": anchor.name(lang)} for anchor in relation.anchors],
        "lon": round(relation.lon, _DECIMALS),
        "lat": round(relation.lat, _DECIMALS),
        "radius_km": relation.radius_km,
        "area": _rounded(relation.area),
        "derived": True,
    }


def _alternative(alternative: Alternative, lang: str) -> dict[str, Any]:
    place = alternative.place
    return {
        "id": place.id,
        "kind": place.kind,
        "name": place.name(lang),
        "pcode": place.pcode,
        "admin_pcode": place.admin_pcode,
        "lon": round(place.lon, _DECIMALS),
        "lat": round(place.lat, _DECIMALS),
        "confidence": round(alternative.confidence, 4),
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
        "lon": round(place.lon, _DECIMALS),
        "lat": round(place.lat, _DECIMALS),
        "weight": round(suggestion.score, 4),
    }


def _name(name: Name) -> dict[str, Any]:
    return {
        "text": name.text,
        "lang": name.lang,
        "script": name.script,
        "kind": name.kind,
        "sources": list(name.sources),
    }


def _collection(features: list[Feature], manifest: Manifest, *, query: str | None = None) -> Collection:
    made: Collection = {
        "type": "FeatureCollection",
        "version": manifest.version,
        "attribution": manifest.attribution,
        "licence": manifest.licence,
        "features": features,
    }
    if query is not None:
        made["query"] = query
    if any(feature["geometry"] for feature in features):
        made["bbox"] = _bbox(features)
    return made


def _point(lon: float, lat: float) -> Geometry:
    return {"type": "Point", "coordinates": [round(lon, _DECIMALS), round(lat, _DECIMALS)]}


def _rounded(geometry: Geometry) -> Geometry:
    return {**geometry, "coordinates": _rounded_positions(geometry["coordinates"])}


def _rounded_positions(value: Any) -> Any:
    return (
        round(value, _DECIMALS)
        if isinstance(value, int | float)
        else [_rounded_positions(part) for part in value]
    )


def _bbox(features: Iterable[Mapping[str, Any]]) -> list[float]:
    """[west, south, east, north] of all geometries; there must be one."""
    geometries = (feature["geometry"] for feature in features)
    positions = [
        position for geometry in geometries if geometry for position in _positions(geometry["coordinates"])
    ]
    lons, lats = zip(*positions, strict=True)
    return [min(lons), min(lats), max(lons), max(lats)]


def _positions(value: Any) -> Iterator[tuple[float, float]]:
    if isinstance(value[0], int | float):
        yield value[0], value[1]
    else:
        for part in value:
            yield from _positions(part)
