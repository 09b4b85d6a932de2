"""The shapes of answers, for OpenAPI: what `buldan.formats.geojson` writes, member by member."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from buldan.model import NameKind, Position

__all__ = [
    "BatchAnswer",
    "Collection",
    "Health",
    "Info",
    "MentionCollection",
    "MentionsBatchAnswer",
    "PlaceFeature",
    "PlacesPage",
    "Problem",
    "Suggestions",
    "TableAnswer",
]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NameShape(_Shape):
    """One written form of a place's name."""

    text: str
    lang: str = Field(description="BCP 47 primary tag")
    script: str = Field(description="ISO 15924 code")
    kind: NameKind
    sources: list[str]
    from_: str | None = Field(None, alias="from", description="Year or date from which it is borne, where known")
    to: str | None = Field(None, description="Year or date until which it is borne, where known")


class UnitShape(_Shape):
    """One step of the admin chain."""

    level: int
    pcode: str
    name_en: str
    name_ar: str


class ReasonShape(_Shape):
    """A rule that fired."""

    rule: str
    detail: str


class Properties(_Shape):
    """Of a place, a match or a place nearby; `fields` chooses among them."""

    id: str | None = None
    kind: str | None = None
    name: str | None = None
    name_ar: str | None = None
    name_en: str | None = None
    names: list[NameShape] | None = None
    pcode: str | None = None
    admin: list[UnitShape] | None = None
    admin_pcode: str | None = None
    part_of: str | None = None
    lon: float | None = None
    lat: float | None = None
    radius_km: float | None = Field(None, description="Size of the place or uncertainty of its point")
    position: Position | None = Field(None, description="How the point is known")
    population: int | None = None
    identifiers: dict[str, str] | None = None
    sources: list[str] | None = None
    matched_name: NameShape | None = None
    score: float | None = Field(None, ge=0, le=1, description="Probability that this place is meant")
    reasons: list[ReasonShape] | None = None
    ambiguous: bool | None = None
    distance_km: float | None = None


class GeometryShape(BaseModel):
    """A GeoJSON geometry."""

    type: Literal["Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"]
    coordinates: list[Any]


class FeatureShape(_Shape):
    """A place as a feature."""

    type: Literal["Feature"]
    id: str
    bbox: list[float] | None = Field(None, min_length=4, max_length=4)
    geometry: GeometryShape
    properties: Properties


class _Head(_Shape):
    version: str = Field(description="Version of the gazetteer")
    attribution: str
    licence: str


class PlaceFeature(FeatureShape, _Head):
    """One place."""


class Collection(_Head):
    """Features, best or nearest first."""

    type: Literal["FeatureCollection"]
    bbox: list[float] | None = Field(None, min_length=4, max_length=4)
    query: str | None = None
    features: list[FeatureShape]


class LinkShape(_Shape):
    """A link to another page."""

    rel: Literal["self", "next", "prev"]
    href: str
    type: str


class PlacesPage(Collection):
    """A page of places."""

    number_matched: int
    number_returned: int
    links: list[LinkShape]


class RowError(_Shape):
    """Why a row of a batch (counted from 1) has no answer."""

    row: int
    errors: list[Fault]


class BatchCollection(Collection):
    """The answer to a row of a batch; empty and with an error where the row cannot be read."""

    error: RowError | None = None


class BatchAnswer(_Head):
    """A collection a name, in the order of the names."""

    results: list[BatchCollection]


class SuggestionShape(_Shape):
    """A completion."""

    text: str
    id: str
    kind: str
    name_en: str
    name_ar: str
    governorate_en: str
    governorate_ar: str
    lon: float
    lat: float
    weight: float = Field(description="Higher first; comparable within one answer only")


class Suggestions(_Head):
    """Completions, most prominent first."""

    suggestions: list[SuggestionShape]


class AlternativeShape(_Shape):
    """Another place that a mention could name."""

    id: str
    kind: str
    name: str
    pcode: str | None
    admin_pcode: str
    lon: float
    lat: float
    confidence: float


class RelationShape(_Shape):
    """A place described relative to others."""

    kind: str
    words: str
    start: int
    end: int
    anchors: list[dict[str, str]]
    lon: float
    lat: float
    radius_km: float
    area: GeometryShape
    derived: Literal[True]


class MentionShape(_Shape):
    """A stretch of text that names a place."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    confidence: float = Field(ge=0, le=1)
    foreign: bool
    alternatives: list[AlternativeShape]
    relation: RelationShape | None


class MentionProperties(BaseModel):
    """Of a mention and its place, or (`by=place`) of a place with its mentions."""

    start: int | None = None
    end: int | None = None
    text: str | None = None
    confidence: float = Field(ge=0, le=1)
    mentions: list[MentionShape] | None = None


class MentionFeature(_Shape):
    """A mention; its geometry is null where the place is abroad."""

    type: Literal["Feature"]
    id: str
    geometry: GeometryShape | None
    properties: MentionProperties


class Truncated(_Shape):
    """That there are more mentions than are told one by one."""

    mentions: int = Field(description="How many are told")
    advice: str


class MentionCollection(_Head):
    """Mentions in the order of the text."""

    type: Literal["FeatureCollection"]
    truncated: Truncated | None = None
    bbox: list[float] | None = Field(None, min_length=4, max_length=4)
    features: list[MentionFeature]


class MentionsOfOne(MentionCollection):
    """The mentions of one of several texts; none and an error where it is no text."""

    error: RowError | None = None


class MentionsBatchAnswer(_Head):
    """A collection for each text, in the order of the texts."""

    results: list[MentionsOfOne]


class TableColumn(_Shape):
    """A column as it was found."""

    name: str
    letter: str = Field(description="What a spreadsheet calls it; empty in a text table")
    tag: str = Field(description="Its HXL tag, or empty")
    role: str = Field(description="What its label says it holds: name, adm1, adm2, adm3, pcode; else empty")
    sample: list[str] = Field(description="Its cells in the first rows")


class TableUnderstood(_Shape):
    """What a table was taken for."""

    file: str
    manner: str = Field(description="Encoding and delimiter, or sheet; where the header is")
    notes: list[str] = Field(description="What was done to it that people should know")
    sheet: str = Field(description="Of a workbook, the one that is read; else empty")
    other_sheets: list[str]
    rows: int | None
    columns: list[TableColumn]
    names: list[str] = Field(description="Columns of place names; empty where none is labelled so")
    within: list[str] = Field(description="Columns of units, from wide to narrow")
    pcode: str | None


class TableCandidate(_Shape):
    """A place that a doubtful name may mean."""

    id: str
    name_en: str
    name_ar: str
    kind: str
    pcode: str | None
    admin_pcode: str
    lon: float
    lat: float
    score: float | None


class TableReview(_Shape):
    """A doubtful name; as the review sheet of `buldan geocode` has it."""

    name: str
    within: str = Field(description="Units ` > `, several chains ` | `")
    decision: None
    rows: int
    guess: str | None
    guess_name: str | None
    guess_name_ar: str | None
    guess_kind: str | None
    guess_adm1: str | None
    guess_adm3: str | None
    lon: float | None
    lat: float | None
    score: float | None
    status: str
    reason: str | None
    map: str | None
    candidates: list[TableCandidate]


class TableAnswer(_Head):
    """A table with its places, or (`format=understood`) only what it was taken for."""

    understood: TableUnderstood
    counts: dict[str, int] | None = Field(None, description="Rows by status")
    decided: int | None = Field(None, description="Decisions that were read")
    columns: list[str] | None = Field(None, description="Of `rows`: the table's own, then ours")
    answer_columns: dict[str, str] | None = Field(None, description="What each of our columns is called there")
    rows: list[list[str | float | bool | None]] | None = None
    review: list[TableReview] | None = Field(None, description="Names to look at, the most doubtful first")


class Health(_Shape):
    """Whether the process answers."""

    status: Literal["ok", "ready"]
    version: str


class SourceShape(_Shape):
    """Where facts come from, on what terms, and how much rests on it."""

    key: str
    title: str
    publisher: str
    licence: str
    licence_url: str
    url: str
    date: str
    attribution: str
    places: int
    names: int


class Info(_Head):
    """What this gazetteer is."""

    software: str
    places: int
    names: int
    kinds: dict[str, int]
    sources: list[SourceShape]


class Fault(_Shape):
    """What is wrong with one parameter or member."""

    field: str
    message: str


class Problem(_Shape):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[Fault] | None = None
