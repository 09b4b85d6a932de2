"""The types of all GeoJSON output, member by member; they are declared only here.

The modules of this package return these types, which lets the type checker verify their members. `fields` of the
service chooses among the members of `PlaceProperties`. The OpenAPI document is made of these types, with the string
below a member as its description.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, NotRequired

from typing_extensions import TypedDict  # pydantic reads the standard one only from Python 3.12 on

from buldan.model import NameKind, Position

__all__ = [
    "AlternativeItem",
    "Box",
    "Collection",
    "Feature",
    "GeometryItem",
    "Head",
    "MentionCollection",
    "MentionFeature",
    "MentionItem",
    "MentionProperties",
    "MentionedPlaceProperties",
    "NameItem",
    "PlaceProperties",
    "ReasonItem",
    "RelationItem",
    "SuggestionItem",
    "UnitItem",
]


@dataclass(frozen=True)
class _Limits:
    """Keywords of JSON Schema for a member in addition to its type; pydantic calls its only method."""

    keywords: tuple[tuple[str, Any], ...]

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return {**handler(schema), **dict(self.keywords)}


Share = Annotated[float, _Limits((("minimum", 0), ("maximum", 1)))]
Offset = Annotated[int, _Limits((("minimum", 0),))]
Box = Annotated[list[float], _Limits((("minItems", 4), ("maxItems", 4)))]
"""[west, south, east, north], degrees."""


class GeometryItem(TypedDict):
    """A GeoJSON geometry. `schematic_km`: a line from town to town, which may be this far from the real one."""

    type: Literal["Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"]
    coordinates: list[Any]
    schematic_km: NotRequired[float]


# In this form because `from` is a keyword of Python.
_Dates = TypedDict("_Dates", {"from": NotRequired[str], "to": NotRequired[str]})


class NameItem(_Dates):
    """A written form of a name; `from` and `to`, if known, say when its use began and ended (year or date)."""

    text: str
    lang: str
    """BCP 47 primary tag"""
    script: str
    """ISO 15924 code"""
    kind: NameKind
    sources: list[str]


class UnitItem(TypedDict):
    """One step of the admin chain."""

    level: int
    pcode: str
    name_en: str
    name_ar: str


class ReasonItem(TypedDict):
    """A reason of a match."""

    rule: str
    detail: str


class PlaceProperties(TypedDict, total=False):
    """Properties of a place, a match or a place nearby; `fields` selects some of them."""

    id: str
    kind: str
    name: str
    """In the language of the request"""
    name_ar: str
    name_en: str
    names: list[NameItem]
    pcode: str | None
    admin: list[UnitItem]
    admin_pcode: str
    part_of: str | None
    lon: float
    lat: float
    radius_km: float
    """Size of the place or uncertainty of its point"""
    position: Position
    """How the point is known"""
    population: int | None
    identifiers: dict[str, str]
    sources: list[str]
    matched_name: NameItem
    score: Share
    """Probability that this place is meant"""
    reasons: list[ReasonItem]
    ambiguous: bool
    distance_km: float


class Feature(TypedDict):
    """A place as a feature."""

    type: Literal["Feature"]
    id: str
    bbox: NotRequired[Box]
    geometry: GeometryItem
    properties: PlaceProperties


class Head(TypedDict):
    """What travels with the data."""

    version: str
    """Version of the gazetteer"""
    attribution: str
    licence: str


class Collection(Head):
    """Features, best or nearest first."""

    type: Literal["FeatureCollection"]
    bbox: NotRequired[Box]
    query: NotRequired[str]
    reasons: NotRequired[list[ReasonItem]]
    """Of a question as a whole: why it has no answer, how it was read"""
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
    """Higher first; comparable within one answer only"""


class AlternativeItem(TypedDict):
    """Another place that a mention could name."""

    id: str
    kind: str
    name: str
    pcode: str | None
    admin_pcode: str
    lon: float
    lat: float
    confidence: Share


class AnchorItem(TypedDict):
    """A place that a relation starts from."""

    id: str
    name: str


class RelationItem(TypedDict):
    """A place described relative to others."""

    kind: str
    words: str
    start: Offset
    end: Offset
    anchors: list[AnchorItem]
    lon: float
    lat: float
    radius_km: float
    area: GeometryItem
    derived: Literal[True]


class MentionItem(TypedDict):
    """A stretch of text that names a place."""

    start: Offset
    end: Offset
    text: str
    confidence: Share
    foreign: bool
    alternatives: list[AlternativeItem]
    relation: RelationItem | None


class MentionProperties(PlaceProperties, MentionItem):
    """Properties of a mention and its place. A mention of a place abroad has only what the text says."""


class MentionedPlaceProperties(PlaceProperties):
    """Properties of a place with its mentions (`by=place`). A place abroad has only its name."""

    foreign: bool
    confidence: Share
    """The highest confidence of its mentions"""
    mention_count: int
    """Number of its mentions in the text, also if fewer are listed"""
    mentions: list[MentionItem]


class MentionFeature(TypedDict):
    """A mention, or a place with its mentions; its geometry is null if the place is abroad."""

    type: Literal["Feature"]
    id: str
    geometry: GeometryItem | None
    properties: MentionProperties | MentionedPlaceProperties


class Truncated(TypedDict):
    """Present if there are more mentions than are listed."""

    mentions: int
    """Number of mentions that are listed"""
    advice: str


class MentionCollection(Head):
    """Mentions in the order of the text."""

    type: Literal["FeatureCollection"]
    truncated: NotRequired[Truncated]
    bbox: NotRequired[Box]
    features: list[MentionFeature]
