"""Candidates for one query of a reconciliation batch, by its name, properties and types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from buldan.errors import PlaceNotFound, QueryError
from buldan.gazetteer import Gazetteer
from buldan.http.facades.asking import lookup_exactly
from buldan.kinds import kinds_named
from buldan.lookup import MOST_MATCHES, Match
from buldan.model import Name, Place
from buldan.text import fold, is_foreign, is_kind_word, split_plain_words, split_words

__all__ = ["Candidates", "OneQuery", "PropertyValue", "find_candidates", "read_text"]

CERTAIN = 0.9
"""Minimum score of a first answer without a rival that needs no review."""

_USUAL = 5  # number of candidates if `limit` is not given
_IDENTIFIERS = ("pcode", "wikidata", "geonames", "whosonfirst", "pleiades")
"""Properties that identify a place."""

_DOUBTS = frozenset({"unit_unknown", "unit_unread", "unit_abroad", "unit_contradicts", "keyboard"})
"""Reasons which mean that a part of the query was not understood, or was read as if typed with another keyboard."""

_NAMES = ("name_ar", "name_en")
"""Properties with a place's name, for a query without one."""

_UNITS = ("sub_district", "district", "governorate")
"""Properties with units that contain a place, the smallest first."""

_OF_OTHER_TYPE = 0.5
"""Factor of the score of a place of another type, if the types of the query are only preferred."""


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
    limit: Annotated[float, Field(strict=True)] | None = None
    properties: list[PropertyValue] = Field(default_factory=list)
    type_strict: Literal["any", "all", "should"] | None = None


class Candidates(NamedTuple):
    """Places that a query may mean, best first, and whether the first needs no review."""

    matches: list[Match]
    certain: bool


def find_candidates(gaz: Gazetteer, asked: OneQuery) -> Candidates:
    """Candidates of a query; none for an empty query.

    An id, as the query or as a property, gives its place. Units are used as `within`; if one is unknown, the next
    larger one is used, and no answer is certain. A position chooses between places of the same name. Places of other
    types are left out, unless `type_strict` is `should`; the property `kind` is a type.
    """
    values = {each.pid: value for each in asked.properties if (value := read_text(each.v))}
    text = asked.query.strip() or next((values[name] for name in _NAMES if name in values), "")
    ids = [text, *(f"{scheme}:{values[scheme]}" for scheme in _IDENTIFIERS if scheme in values)]
    named = next((place for each in ids if (place := _find_place(gaz, each))), None)
    if named is not None:
        return Candidates([Match(named, _get_main_name(named), 1.0)], certain=True)
    if not text:
        return Candidates([], certain=False)
    limit = _USUAL if asked.limit is None else max(1, min(int(asked.limit), MOST_MATCHES))
    within = [values[unit] for unit in _UNITS if unit in values]
    matches = _find_of_types(gaz, asked, text, within, _read_position(values), limit)
    return Candidates(matches[:limit], certain=_is_certain(text, within, matches))


def _is_certain(text: str, within: Sequence[str], matches: Sequence[Match]) -> bool:
    """Whether the first match needs no review.

    It needs one if a unit is unknown, if the name is only found as typed with the wrong keyboard layout, or if the text
    is only a word for a kind of place, or a name from abroad without units.
    """
    if not matches or matches[0].score < CERTAIN or matches[0].ambiguous:
        return False
    if any(reason.rule in _DOUBTS for reason in matches[0].reasons):
        return False
    only_kind = all(map(is_kind_word, split_words(fold(text))))
    return not only_kind and (bool(within) or not is_foreign(split_plain_words(text)))


def _read_position(values: Mapping[str, str]) -> tuple[float, float] | None:
    """(lon, lat) if both are given and valid; else None."""
    try:
        lon, lat = float(values["lon"]), float(values["lat"])
    except (KeyError, ValueError):
        return None
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None


def _find_of_types(
    gaz: Gazetteer, asked: OneQuery, text: str, within: Sequence[str], near: tuple[float, float] | None, limit: int
) -> list[Match]:
    """Matches of the types of the query, at least `limit` if there are as many; if the types are only preferred, others
    follow.
    """
    types = [asked.type] if isinstance(asked.type, str) else asked.type or []
    kinds = [value for each in asked.properties if each.pid == "kind" and (value := read_text(each.v))]
    sets = [_find_kinds(each) for each in (*types, *kinds)]
    if not sets:
        return lookup_exactly(gaz, text, within=within, near=near, limit=limit)
    wanted = reduce(frozenset.intersection if asked.type_strict == "all" else frozenset.union, sets)
    found = lookup_exactly(gaz, text, within=within, near=near, kinds=wanted) if wanted else []
    if asked.type_strict != "should":
        return found
    every = lookup_exactly(gaz, text, within=within, near=near)
    lowered = [replace(match, score=match.score * _OF_OTHER_TYPE) for match in every if match.place.kind not in wanted]
    return sorted([*found, *lowered], key=lambda match: -match.score)


def _find_kinds(type_id: str) -> frozenset[str]:
    try:
        return kinds_named(type_id)
    except QueryError:
        return frozenset()


def _find_place(gaz: Gazetteer, identifier: str) -> Place | None:
    try:
        return gaz.place(identifier) if identifier else None
    except PlaceNotFound:
        return None


def _get_main_name(place: Place) -> Name:
    return place.names[0] if place.names else Name(place.name("en"), "und", "Zyyy")


def read_text(value: Any) -> str | None:
    """A property's value as text: the first of several, the id of an entity."""
    if isinstance(value, list):
        return read_text(value[0]) if value else None
    if isinstance(value, dict):
        return read_text(value.get("id") or value.get("name"))
    return str(value).strip() or None if isinstance(value, str | int | float) else None
