"""From one query of a reconciliation batch to matches: its name, its properties, its types."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import reduce
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from buldan.errors import PlaceNotFound, QueryError
from buldan.gazetteer import Gazetteer
from buldan.kinds import kinds_named
from buldan.lookup import MOST_MATCHES, Match
from buldan.model import Name, Place

__all__ = ["OneQuery", "PropertyValue", "find_candidates"]

_USUAL = 5
_IDENTIFIERS = ("pcode", "wikidata", "geonames", "whosonfirst", "pleiades")
"""Properties that say which place it is."""

_NAMES = ("name_ar", "name_en")
"""Properties that say what a place is called, for a query without a name of its own."""

_UNITS = ("sub_district", "district", "governorate")
"""Properties that say where a place lies, the finest first."""

_OF_OTHER_TYPE = 0.5
"""What the score of a place of another type is worth where the types asked for are only a wish."""


class PropertyValue(BaseModel):
    """A property and what it should be: a value, an entity, or several."""

    model_config = ConfigDict(frozen=True)

    pid: str
    v: Any


class OneQuery(BaseModel):
    """One query of a batch."""

    model_config = ConfigDict(frozen=True)

    query: str = Field("", max_length=300)
    type: str | list[str] | None = None
    limit: float | None = None
    properties: list[PropertyValue] = Field(default_factory=list)
    type_strict: Literal["any", "all", "should"] | None = None


def find_candidates(gaz: Gazetteer, asked: OneQuery) -> list[Match]:
    """Places that a query may mean, best first; none where it says nothing.

    An id, as the query or as a property, is its own answer. Units narrow as `within` does, and one that is unknown
    hides nothing. Types hide the others, unless `type_strict` is `should`.
    """
    values = {each.pid: value for each in asked.properties if (value := _text_of(each.v))}
    text = asked.query.strip() or next((values[name] for name in _NAMES if name in values), "")
    ids = [text, *(f"{scheme}:{values[scheme]}" for scheme in _IDENTIFIERS if scheme in values)]
    named = next((place for each in ids if (place := _find_place(gaz, each))), None)
    if named is not None:
        return [Match(named, _main_name(named), 1.0)]
    if not text:
        return []
    limit = _USUAL if asked.limit is None else max(1, min(int(asked.limit), MOST_MATCHES))
    within = next((values[unit] for unit in _UNITS if unit in values), None)
    return _of_types(gaz, asked, text, within)[:limit]


def _of_types(gaz: Gazetteer, asked: OneQuery, text: str, within: str | None) -> list[Match]:
    types = [asked.type] if isinstance(asked.type, str) else asked.type or []
    if not types:
        return _lookup(gaz, text, within, None)
    sets = [_kinds_of(each) for each in types]
    wanted = reduce(frozenset.intersection if asked.type_strict == "all" else frozenset.union, sets)
    found = _lookup(gaz, text, within, wanted) if wanted else []
    if asked.type_strict != "should":
        return found
    others = [match for match in _lookup(gaz, text, within, None) if match.place.kind not in wanted]
    lowered = [replace(match, score=match.score * _OF_OTHER_TYPE) for match in others]
    return sorted([*found, *lowered], key=lambda match: -match.score)


def _lookup(gaz: Gazetteer, text: str, within: str | None, kinds: Collection[str] | None) -> list[Match]:
    """Matches of these kinds alone: a lookup gives others of their group too."""
    try:
        matches = gaz.lookup(text, within=within, kinds=kinds, limit=MOST_MATCHES)
    except QueryError as error:
        return _lookup(gaz, text, None, kinds) if error.field == "within" else []
    return [match for match in matches if kinds is None or match.place.kind in kinds]


def _kinds_of(type_id: str) -> frozenset[str]:
    try:
        return kinds_named(type_id)
    except QueryError:
        return frozenset()


def _find_place(gaz: Gazetteer, identifier: str) -> Place | None:
    try:
        return gaz.place(identifier) if identifier else None
    except PlaceNotFound:
        return None


def _main_name(place: Place) -> Name:
    return place.names[0] if place.names else Name(place.name("en"), "und", "Zyyy")


def _text_of(value: Any) -> str | None:
    """A property's value as text: the first of several, the id of an entity."""
    if isinstance(value, list):
        return _text_of(value[0]) if value else None
    if isinstance(value, dict):
        return _text_of(value.get("id") or value.get("name"))
    return str(value).strip() or None if isinstance(value, str | int | float) else None
