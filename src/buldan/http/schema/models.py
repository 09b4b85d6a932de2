"""The shapes of the service's own answers, for OpenAPI; those of features are `buldan.formats.geojson.shapes`."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict  # pydantic reads the standard one only from Python 3.12 on

from buldan.formats.geojson.shapes import Collection, Feature, Head, MentionCollection, SuggestionItem
from buldan.http.schema.problems import Fault, Problem

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


class PlaceFeature(Feature, Head):
    """One place."""


class LinkShape(TypedDict):
    """A link to another page."""

    rel: Literal["self", "next", "prev"]
    href: str
    type: str


class PlacesPage(Collection):
    """A page of places."""

    number_matched: int
    number_returned: int
    links: list[LinkShape]


class RowError(TypedDict):
    """Why a row of a batch (counted from 1) has no answer."""

    row: int
    errors: list[Fault]


class BatchCollection(Collection):
    """The answer to a row of a batch; empty and with an error if the row cannot be read."""

    error: NotRequired[RowError]


class BatchAnswer(Head):
    """A collection for each name, in the order of the names."""

    results: list[BatchCollection]


class Suggestions(Head):
    """Completions, most prominent first."""

    suggestions: list[SuggestionItem]


class MentionsOfOne(MentionCollection):
    """The mentions of one of several texts; empty and with an error if it is not a text."""

    error: NotRequired[RowError]


class MentionsBatchAnswer(Head):
    """A collection for each text, in the order of the texts; a string for a format other than `geojson`."""

    results: list[MentionsOfOne | str]


class TableColumn(TypedDict):
    """A column as it was found."""

    name: str
    letter: str
    """Its letter in a spreadsheet; empty for a text table"""
    tag: str
    """Its HXL tag, or empty"""
    role: str
    """Content according to its label: name, adm1, adm2, adm3, pcode; else empty"""
    sample: list[str]
    """Its cells in the first rows"""


class TableUnderstood(TypedDict):
    """How a table was read."""

    file: str
    manner: str
    """Encoding and delimiter, or sheet; where the header is"""
    notes: list[str]
    """Changes made while reading that a person should know"""
    sheet: str
    """The sheet of a workbook that is read; else empty"""
    other_sheets: list[str]
    rows: int | None
    columns: list[TableColumn]
    names: list[str]
    """Columns of place names; empty if no label says so"""
    within: list[str]
    """Columns of units, from wide to narrow"""
    pcode: str | None


class TableCandidate(TypedDict):
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


class TableReview(TypedDict):
    """A doubtful name, as in the review sheet of `buldan geocode`."""

    name: str
    within: str
    """Units, joined by ` > ` from wide to narrow; several chains are joined by ` | `"""
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


class TableAnswer(Head):
    """A table with its places, or (`format=understood`) only how it was read."""

    understood: TableUnderstood
    counts: NotRequired[dict[str, int]]
    """Rows by status"""
    decided: NotRequired[int]
    """Decisions that were read"""
    columns: NotRequired[list[str]]
    """Columns of `rows`: the table's own, then ours"""
    answer_columns: NotRequired[dict[str, str]]
    """Name of each of our columns in `columns`"""
    rows: NotRequired[list[list[str | float | bool | None]]]
    review: NotRequired[list[TableReview]]
    """Names that a person should check, the most doubtful first"""


class Health(TypedDict):
    """Whether the process answers."""

    status: Literal["ok", "ready"]
    version: str


class SourceShape(TypedDict):
    """A source, with its licence, and how many places and names come from it."""

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


class Info(Head):
    """What this gazetteer is."""

    software: str
    places: int
    names: int
    kinds: dict[str, int]
    sources: list[SourceShape]
