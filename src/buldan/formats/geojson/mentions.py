"""Mentions as features: one feature per mention, or one per place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from buldan.errors import QueryError
from buldan.formats.geojson.features import DECIMALS, get_bbox, point, round_geometry
from buldan.formats.geojson.places import place_properties
from buldan.formats.geojson.shapes import (
    AlternativeItem,
    GeometryItem,
    MentionCollection,
    MentionedPlaceProperties,
    MentionFeature,
    MentionItem,
    MentionProperties,
    PlaceProperties,
    RelationItem,
)
from buldan.store import Manifest

if TYPE_CHECKING:  # the geoparser is imported only when a text is read
    from buldan.geoparse import Alternative, Mention, Relation

__all__ = ["collect_mentions", "get_mention_key", "list_members", "make_alternative"]


def collect_mentions(
    mentions: Sequence[Mention],
    manifest: Manifest,
    *,
    by: str = "mention",
    lang: str = "en",
    counts: Mapping[str, int] | None = None,
) -> MentionCollection:
    """One feature per mention in the order of the text, or (`by="place"`) one per place with all its mentions.

    `counts` is the number of mentions of each place by its key (`get_mention_key`), if not all mentions are given.

    The geometry of a mention is the place's point, or the derived area if the text describes an area relative to the
    place, or null for a place abroad.

    Raises:
        QueryError: `by` is neither `mention` nor `place`.
    """
    if by == "mention":
        return _make_collection([_make_feature(mention, lang) for mention in mentions], manifest)
    if by == "place":
        return _make_collection(list(_iter_by_place(mentions, lang, counts or {})), manifest)
    raise QueryError(f"by={by!r} is unknown; use 'mention' or 'place'", field="by")


def _make_feature(mention: Mention, lang: str) -> MentionFeature:
    place, members = mention.place, list_members(mention, lang)
    known: PlaceProperties = place_properties(place, lang) if place else {}
    properties: MentionProperties = {**members, **known}
    geometry = point(place.lon, place.lat) if place else None
    if mention.relation and members["relation"]:
        # The outline of a countryside has hundreds of corners: it is rounded once and used twice.
        geometry = members["relation"]["area"]
        properties["lon"], properties["lat"] = mention.relation.lon, mention.relation.lat
        properties["radius_km"] = mention.relation.radius_km
    return {
        "type": "Feature",
        "id": f"{mention.start}-{mention.end}",
        "geometry": geometry,
        "properties": properties,
    }


def _make_collection(features: list[MentionFeature], manifest: Manifest) -> MentionCollection:
    """A FeatureCollection with version, attribution and licence, and with a box if a feature has a geometry."""
    made: MentionCollection = {
        "type": "FeatureCollection",
        "version": manifest.version,
        "attribution": manifest.attribution,
        "licence": manifest.licence,
        "features": features,
    }
    located = [feature["geometry"] for feature in features if feature["geometry"]]
    if located:
        made["bbox"] = get_bbox(located)
    return made


def get_mention_key(mention: Mention) -> str:
    """The key of a mention's place: its id, or for a place abroad the words of the text."""
    return mention.place.id if mention.place else mention.text


def _iter_by_place(mentions: Sequence[Mention], lang: str, counts: Mapping[str, int]) -> Iterator[MentionFeature]:
    """One feature per place in the order of first mention; places abroad are distinguished by their words."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(get_mention_key(mention), []).append(mention)
    for key, group in groups.items():
        place = group[0].place
        known: PlaceProperties = place_properties(place, lang) if place else {"name": key}
        properties: MentionedPlaceProperties = {
            **known,
            "foreign": place is None,
            "confidence": round(max(mention.confidence for mention in group), 4),
            "mention_count": counts.get(key, len(group)),
            "mentions": [list_members(mention, lang) for mention in group],
        }
        geometry = point(place.lon, place.lat) if place else None
        yield {"type": "Feature", "id": key, "geometry": geometry, "properties": properties}


def make_alternative(alternative: Alternative, lang: str) -> AlternativeItem:
    """Another place that a mention could name."""
    place = alternative.place
    return {
        "id": place.id,
        "kind": place.kind,
        "name": place.name(lang),
        "pcode": place.pcode,
        "admin_pcode": place.admin_pcode,
        "lon": round(place.lon, DECIMALS),
        "lat": round(place.lat, DECIMALS),
        "confidence": round(alternative.confidence, 4),
    }


def list_members(
    mention: Mention,
    lang: str,
    *,
    write_alternative: Callable[[Alternative, str], AlternativeItem] = make_alternative,
    area: GeometryItem | None = None,
) -> MentionItem:
    """The members of a mention, without those of its place.

    Args:
        mention: the mention.
        lang: language of names.
        write_alternative: function that makes an alternative.
        area: the rounded area of its relation, if the caller has it already.
    """
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "confidence": round(mention.confidence, 4),
        "foreign": mention.foreign,
        "alternatives": [write_alternative(alternative, lang) for alternative in mention.alternatives],
        "relation": _make_relation(mention.relation, lang, area) if mention.relation else None,
    }


def _make_relation(relation: Relation, lang: str, area: GeometryItem | None) -> RelationItem:
    return {
        "kind": relation.kind,
        "words": relation.words,
        "start": relation.start,
        "end": relation.end,
        "anchors": [{"id": anchor.id, "name": anchor.name(lang)} for anchor in relation.anchors],
        "lon": round(relation.lon, DECIMALS),
        "lat": round(relation.lat, DECIMALS),
        "radius_km": relation.radius_km,
        "area": area or round_geometry(relation.area),
        "derived": True,
    }
