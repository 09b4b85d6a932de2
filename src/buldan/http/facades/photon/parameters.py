"""Photon's parameters as in its documentation: read, checked, and described for OpenAPI."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from buldan.formats import photon as wire
from buldan.http.schema.params import BLANK, BoundingBox
from buldan.http.schema.query import Query, Together
from buldan.kinds import Kind, get_kind, kinds
from buldan.lookup.checks import looks_swapped

__all__ = ["CATEGORIES", "MOST", "AskedQuery", "ReverseQuery", "SearchQuery", "StructuredQuery"]

MOST, _USUAL = 50, 15
"""Maximum and default number of places in an answer, as in Photon."""

# Every other value means yes.
_FALSE = frozenset({"0", "false", "no"})

# `!key`, `key:!value`, `:!value`: the position of the mark decides what is excluded (`_excludes`).
_TAG = re.compile(r"(?P<not>!)?(?P<key>[^:!]*)(:(?P<value_not>!)?(?P<value>[^:!]+))?")
CATEGORIES = re.compile(r"[\w-]+(\.[\w-]+)+(,[\w-]+(\.[\w-]+)+)*", re.ASCII)
# Written in full, because \w of a JSON Schema pattern may or may not be Unicode's.
_CATEGORIES_PATTERN = f"^{CATEGORIES.pattern}$".replace(r"\w", "a-zA-Z0-9_")


def _parse_flag(value: Any) -> bool:
    return value.lower() not in _FALSE if isinstance(value, str) else bool(value)


def _check_tag(value: str) -> str:
    found = _TAG.fullmatch(value)
    if not found or not (found["key"] or found["value"]):
        raise ValueError("must be `key`, `key:value` or `:value`, with `!` before what is not wanted")
    return value


def _check_categories(value: str) -> str:
    if not CATEGORIES.fullmatch(value):
        raise ValueError("must be categories such as osm.place.city, separated by commas")
    return value


Flag = Annotated[bool, BeforeValidator(_parse_flag), WithJsonSchema({"type": "string", "examples": ["1"]})]
Tag = Annotated[
    str,
    BeforeValidator(_check_tag),
    WithJsonSchema({"type": "string", "pattern": r"^!?([^:!]+(:!?[^:!]+)?|:!?[^:!]+)$"}),
]
Categories = Annotated[
    str,
    BeforeValidator(_check_categories),
    WithJsonSchema({"type": "string", "pattern": _CATEGORIES_PATTERN}),
]
Degrees = Annotated[float, Field(allow_inf_nan=False)]
Part = Annotated[str, Field(max_length=300)]


class AskedQuery(Query):
    """What all questions share."""

    repeatable: ClassVar[frozenset[str]] = frozenset({"layer", "osm_tag", "countrycode", "include", "exclude"})

    lang: str | None = Field(None, description="Language of names; `default` is the local one, Arabic", examples=["en"])
    limit: int | None = Field(None, description="Maximum number of places, 1 to 50")
    layer: list[wire.Layer] = Field(default_factory=list, description="Layers to keep, repeated")
    osm_tag: list[Tag] = Field(
        default_factory=list, description="`key`, `key:value`, `:value`; `!` before it, or before the value; repeated"
    )
    include: list[Categories] = Field(default_factory=list, description="Categories to keep, such as osm.place.city")
    exclude: list[Categories] = Field(default_factory=list, description="Categories to leave out")
    geometry: Flag = Field(False, description="Add outlines, for places that have one")
    dedupe: Flag = Field(True, description="Return only one of several places that look the same")
    debug: Flag = Field(False, description="Ignored")

    @property
    def kinds(self) -> frozenset[str] | None:
        """The kinds of Buldan for the layers, tags and categories; None for all."""
        if not (self.layer or self.osm_tag or self.include or self.exclude):
            return None
        layered = frozenset().union(*map(wire.find_kinds_of_layer, self.layer)) if self.layer else frozenset(kinds())
        return frozenset(kind for kind in layered if self._lets_through(get_kind(kind)))

    def _lets_through(self, kind: Kind) -> bool:
        """Whether a kind passes the filters: one of several tags, all of several `include`, and none of `exclude`."""
        tags = [_TAG.fullmatch(tag) for tag in self.osm_tag]
        wanted = [_holds(tag, kind) for tag in tags if tag and not _excludes(tag)]
        unwanted = [_holds(tag, kind) for tag in tags if tag and _excludes(tag)]
        return (
            (any(wanted) or not wanted)
            and not any(unwanted)
            and all(any(map(list_categories(kind).__contains__, each.split(","))) for each in self.include)
            and not any(all(map(list_categories(kind).__contains__, each.split(","))) for each in self.exclude)
        )


def list_categories(kind: Kind) -> frozenset[str]:
    """The categories of a kind, each with its parents: its OpenStreetMap tag, and Buldan's group and name.

    >>> sorted(list_categories(get_kind("town")))
    ['buldan.settlement', 'buldan.settlement.town', 'osm.place', 'osm.place.town']
    """
    whole = (("osm", kind.osm_class, kind.osm_type), ("buldan", kind.group, kind.id))
    # From the second part on: every kind would have the category `osm`.
    return frozenset(".".join(category[:end]) for category in whole for end in (2, 3))


def _excludes(tag: re.Match[str]) -> bool:
    """Whether a filter excludes places; `key:!value` does not: it requires the key with another value."""
    return bool(tag["not"] or (tag["value_not"] and not tag["key"]))


def _holds(tag: re.Match[str], kind: Kind) -> bool:
    key = not tag["key"] or tag["key"] == kind.osm_class
    value = not tag["value"] or (tag["value"] == kind.osm_type)
    return key and (value if not tag["value_not"] or _excludes(tag) else not value)


class BiasedQuery(AskedQuery):
    """What both searches share."""

    together: ClassVar[dict[str, Together]] = {
        "position": Together(
            ("lat", "lon"),
            {"dependentRequired": {"lat": ["lon"], "lon": ["lat"]}},
            "Position of the client: both or neither",
        )
    }

    lat: Degrees | None = Field(None, ge=-90, le=90, description="Latitude of the client, in degrees")
    lon: Degrees | None = Field(None, ge=-180, le=180, description="Longitude of the client, in degrees")
    zoom: int | None = Field(None, description="How much nearness counts: the zoom of the client's map")
    location_bias_scale: Degrees | None = Field(
        None, description="Weight of a place's prominence compared with its nearness, 0–1"
    )
    bbox: BoundingBox | None = Field(None, description="minLon,minLat,maxLon,maxLat")
    suggest_addresses: Flag = Field(False, description="Ignored")

    @model_validator(mode="after")
    def _whole_position(self) -> BiasedQuery:
        if (self.lat is None) != (self.lon is None):
            raise ValueError("lat and lon must be given together")
        return self

    @property
    def near(self) -> tuple[float, float] | None:
        """The client's position as (lon, lat); None if it is not given, or is in Turkey (see `find_around`)."""
        near = None if self.lon is None or self.lat is None else (self.lon, self.lat)
        return None if near and looks_swapped(near) else near

    @property
    def most(self) -> int:
        """Maximum number of places."""
        return max(1, min(MOST, _USUAL if self.limit is None else self.limit))


class SearchQuery(BiasedQuery):
    """Photon's search."""

    together: ClassVar[dict[str, Together]] = BiasedQuery.together | {
        "wanted": Together(("q",), {"required": ["q"]}, "Needed if no categories are given", required=True)
    }

    q: Annotated[str, Field(min_length=1, max_length=300)] | None = Field(
        None, description="What was typed so far", examples=["yalda"]
    )
    countrycode: list[str] = Field(default_factory=list, description="ISO codes; without SY nothing is found")

    @model_validator(mode="after")
    def _says_something(self) -> SearchQuery:
        if not (self.q or self.include or self.exclude):
            raise ValueError("q is missing")
        return self


_PARTS = ("state", "county", "city", "district", "street", "housenumber", "postcode")


class StructuredQuery(BiasedQuery):
    """Photon's search for an address in parts."""

    together: ClassVar[dict[str, Together]] = BiasedQuery.together | {
        "address": Together(
            _PARTS,
            {"anyOf": [{"required": [name], "properties": {name: {"pattern": f"[^{BLANK}]"}}} for name in _PARTS]},
            "At least one part of an address",
            required=True,
        )
    }

    countrycode: list[str] = Field(default_factory=list, description="ISO code; only SY finds places")
    state: Part = Field("", description="Name of a governorate")
    county: Part = Field("", description="Name of a district or sub-district")
    city: Part = Field("", description="Name of a city, town, village or camp")
    district: Part = Field("", description="Name of a quarter or camp")
    street: Part = Field("", description="Name of a road or quarter")
    housenumber: Part = Field("", description="Ignored: the gazetteer has no house numbers")
    postcode: Part = Field("", description="Ignored: the gazetteer has no postal codes")

    @property
    def parts(self) -> dict[str, str]:
        """The parts of the address that are given."""
        names = ("housenumber", "street", "district", "city", "county", "state", "postcode")
        return {name: part for name in names if (part := getattr(self, name).strip())}

    @model_validator(mode="after")
    def _says_something(self) -> StructuredQuery:
        if not (self.parts or self.countrycode):
            raise ValueError(f"one of countrycode, {', '.join(_PARTS)} is needed")
        return self


class ReverseQuery(AskedQuery):
    """Photon's reverse."""

    lon: Degrees = Field(ge=-180, le=180, description="Degrees east")
    lat: Degrees = Field(ge=-90, le=90, description="Degrees north")
    radius: Degrees | None = Field(None, gt=0, le=5_000, description="km; 25 unless given")

    @property
    def most(self) -> int:
        """Maximum number of places."""
        return max(1, min(MOST, 1 if self.limit is None else self.limit))
