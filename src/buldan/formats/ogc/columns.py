"""The properties of a feature, flat as in tables of GIS programs. One table gives values, schema and queryables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from buldan.kinds import kinds
from buldan.model import Place

__all__ = ["COLUMNS", "QUERYABLES", "describe_columns", "describe_queryables", "list_properties"]

_SCHEMA = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Column:
    """A property: its JSON type, description, function that reads it, and whether items can be filtered by it."""

    name: str
    type: str
    description: str
    read: Callable[[Place], Any]
    queryable: bool = False


def _make_unit_reader(level: int, member: str) -> Callable[[Place], str | None]:
    return lambda place: next((getattr(unit, member) for unit in place.admin if unit.level == level), None)


def _make_identifier_reader(scheme: str) -> Callable[[Place], str | None]:
    return lambda place: place.identifiers.get(scheme)


COLUMNS = (
    Column("id", "string", "Buldan's id, kept for ever", lambda place: place.id),
    Column("kind", "string", "Kind of place", lambda place: place.kind, queryable=True),
    Column("name_en", "string", "Name shown in English", lambda place: place.name_en),
    Column("name_ar", "string", "Name shown in Arabic", lambda place: place.name_ar),
    Column(
        "names",
        "string",
        "Every name, separated by semicolons",
        lambda place: "; ".join(n.text for n in place.names),
    ),
    Column("pcode", "string", "OCHA's P-code of the place", lambda place: place.pcode, queryable=True),
    Column("governorate", "string", "P-code of the governorate", _make_unit_reader(1, "pcode"), queryable=True),
    Column("governorate_en", "string", "English name of the governorate", _make_unit_reader(1, "name_en")),
    Column("governorate_ar", "string", "Arabic name of the governorate", _make_unit_reader(1, "name_ar")),
    Column("district", "string", "P-code of the district", _make_unit_reader(2, "pcode"), queryable=True),
    Column("district_en", "string", "English name of the district", _make_unit_reader(2, "name_en")),
    Column("district_ar", "string", "Arabic name of the district", _make_unit_reader(2, "name_ar")),
    Column("sub_district", "string", "P-code of the sub-district", _make_unit_reader(3, "pcode"), queryable=True),
    Column("sub_district_en", "string", "English name of the sub-district", _make_unit_reader(3, "name_en")),
    Column("sub_district_ar", "string", "Arabic name of the sub-district", _make_unit_reader(3, "name_ar")),
    Column("part_of", "string", "Id of the place that this one is a part of", lambda place: place.part_of or None),
    Column("position", "string", "How the point is known", lambda place: place.position),
    Column("radius_km", "number", "Size, or uncertainty of the point, km", lambda place: place.radius_km),
    Column("population", "integer", "Inhabitants", lambda place: place.population),
    Column("geonames", "string", "GeoNames id", _make_identifier_reader("geonames")),
    Column("wikidata", "string", "Wikidata item", _make_identifier_reader("wikidata")),
    Column("whosonfirst", "string", "Who's On First id", _make_identifier_reader("whosonfirst")),
    Column("pleiades", "string", "Pleiades id", _make_identifier_reader("pleiades")),
    Column("sources", "string", "Keys of the sources, separated by spaces", lambda place: " ".join(place.sources)),
)

QUERYABLES: Mapping[str, Column] = {column.name: column for column in COLUMNS if column.queryable}


def list_properties(place: Place) -> dict[str, Any]:
    """The properties of a place, by name."""
    return {column.name: column.read(place) for column in COLUMNS}


def describe_columns(identifier: str, title: str) -> dict[str, Any]:
    """JSON Schema of a feature's properties."""
    properties = {column.name: _describe_member(column, optional=True) for column in COLUMNS}
    geometry = {"format": "geometry-any", "x-ogc-role": "primary-geometry"}
    return _make_document(identifier, title, {**properties, "geometry": geometry})


def describe_queryables(identifier: str, title: str) -> dict[str, Any]:
    """JSON Schema of the properties by which items can be filtered."""
    properties = {column.name: _describe_member(column, optional=False) for column in QUERYABLES.values()}
    return {**_make_document(identifier, title, properties), "additionalProperties": False}


def _describe_member(column: Column, *, optional: bool) -> dict[str, Any]:
    member: dict[str, Any] = {"title": column.description}
    member["type"] = [column.type, "null"] if optional and column.name not in {"id", "kind"} else column.type
    if column.name == "kind":
        member["enum"] = list(kinds())
    return member


def _make_document(identifier: str, title: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": _SCHEMA, "$id": identifier, "title": title, "type": "object", "properties": properties}
