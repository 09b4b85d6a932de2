"""Answers in the format of the Reconciliation API 0.2 (W3C Entity Reconciliation Community Group)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from buldan.describe import display_name
from buldan.kinds import Kind, get_kind, kinds
from buldan.lookup import Match, Suggestion
from buldan.model import Place, identifier_values
from buldan.store import Manifest

__all__ = [
    "PROPERTIES",
    "Property",
    "candidate",
    "list_candidates",
    "list_values",
    "make_manifest",
    "proposed_properties",
    "suggest_entities",
    "suggest_properties",
    "suggest_types",
    "write_flyout",
    "write_preview",
]

VERSION = "0.2"

_PREVIEW_SIZE = {"width": 400, "height": 200}


@dataclass(frozen=True, slots=True)
class Property:
    """A property of places that clients can fetch and, if it is `asked`, constrain in a query."""

    id: str
    name: str
    description: str
    values: Callable[[Place], list[dict[str, Any]]]
    is_place: bool = False
    asked: bool = True


def _make_text_reader(read: Callable[[Place], str | None]) -> Callable[[Place], list[dict[str, Any]]]:
    return lambda place: [{"str": value}] if (value := read(place)) else []


def _number(read: Callable[[Place], float]) -> Callable[[Place], list[dict[str, Any]]]:
    return lambda place: [{"float": read(place)}]


def _make_unit_reader(level: int) -> Callable[[Place], list[dict[str, Any]]]:
    def values(place: Place) -> list[dict[str, Any]]:
        return [{"id": unit.pcode, "name": unit.name_en or unit.name_ar} for unit in place.admin if unit.level == level]

    return values


def _make_identifier_reader(scheme: str) -> Callable[[Place], list[dict[str, Any]]]:
    def values(place: Place) -> list[dict[str, Any]]:
        return [{"str": value} for value in identifier_values(place.identifiers, scheme)]

    return values


def _read_population(place: Place) -> list[dict[str, Any]]:
    return [] if place.population is None else [{"int": place.population}]


PROPERTIES: Mapping[str, Property] = {
    each.id: each
    for each in (
        Property(
            "governorate", "Governorate", "Governorate (admin 1) that holds the place", _make_unit_reader(1), True
        ),
        Property("district", "District", "District (admin 2) that holds the place", _make_unit_reader(2), True),
        Property(
            "sub_district", "Sub-district", "Sub-district (admin 3) that holds the place", _make_unit_reader(3), True
        ),
        Property("kind", "Kind", "Kind of place", _make_text_reader(lambda place: place.kind)),
        Property("name_en", "English name", "Name shown in English", _make_text_reader(lambda place: place.name_en)),
        Property("name_ar", "Arabic name", "Name shown in Arabic", _make_text_reader(lambda place: place.name_ar)),
        Property("lon", "Longitude", "Degrees, WGS 84", _number(lambda place: round(place.lon, 5))),
        Property("lat", "Latitude", "Degrees, WGS 84", _number(lambda place: round(place.lat, 5))),
        Property("radius_km", "Radius", "Size or uncertainty, km", _number(lambda place: place.radius_km), asked=False),
        Property("population", "Population", "Inhabitants", _read_population, asked=False),
        Property("pcode", "P-code", "OCHA place code", _make_identifier_reader("pcode")),
        Property("geonames", "GeoNames id", "Identifier at GeoNames", _make_identifier_reader("geonames")),
        Property("wikidata", "Wikidata item", "Identifier at Wikidata", _make_identifier_reader("wikidata")),
        Property(
            "whosonfirst", "Who's On First id", "Identifier at Who's On First", _make_identifier_reader("whosonfirst")
        ),
        Property("pleiades", "Pleiades id", "Identifier at Pleiades", _make_identifier_reader("pleiades")),
    )
}


def make_manifest(manifest: Manifest, *, url: str, batch_size: int, key_header: str | None = None) -> dict[str, Any]:
    """The service manifest.

    Args:
        manifest: manifest of the gazetteer.
        url: address of the whole service for clients, without slash at the end.
        batch_size: maximum number of queries in a batch.
        key_header: the header in which clients send their key; None if no key is needed.
    """
    here = f"{url}/reconcile"
    secured = {"authentication": {"type": "apiKey", "name": key_header, "in": "header"}} if key_header else {}
    return {
        "versions": [VERSION],
        "name": f"Buldan, places of Syria ({manifest.version})",
        "identifierSpace": f"{url}/places/",
        "schemaSpace": f"{here}/properties",
        "documentation": f"{url}/openapi.json",
        "serviceVersion": manifest.version,
        "defaultTypes": suggest_types("")["result"],
        "view": {"url": f"{url}/#find?place={{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", **_PREVIEW_SIZE},
        "suggest": {
            what: {
                "service_url": here,
                "service_path": f"/suggest/{what}",
                "flyout_service_url": here,
                "flyout_service_path": f"/flyout/{what}?id=${{id}}",
            }
            for what in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": [],
        },
        "batchSize": batch_size,
        **secured,
    }


def write_preview(place: Place, *, lang: str) -> str:
    """A small HTML page about a place, for a frame in the client; every name in it is escaped."""
    kind = get_kind(place.kind)
    lines = [
        f"<b>{escape(place.name('en'))}</b> · <b lang='ar' dir='rtl'>{escape(place.name('ar'))}</b>",
        escape(f"{kind.label_en} · {kind.label_ar}"),
        escape(display_name(place, lang)),
        escape(f"{place.lat:.5f}, {place.lon:.5f} ± {place.radius_km:g} km · {place.pcode or place.id}"),
    ]
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(place.name("en"))}</title>'
    return f"{head}{''.join(f'<p>{line}</p>' for line in lines)}</html>"


def write_flyout(what: str, id: str, place: Place | None, *, lang: str) -> dict[str, str] | None:
    """A short description of an entity, a property or a type, shown next to a suggestion; None if it does not exist."""
    if what == "entity" and place is not None:
        return {"id": id, "html": f"<p>{escape(display_name(place, lang))}</p>"}
    if what == "property" and id in PROPERTIES:
        return {"id": id, "html": f"<p>{escape(PROPERTIES[id].description)}</p>"}
    if what == "type" and id in kinds():
        kind = get_kind(id)
        return {"id": id, "html": f"<p>{escape(f'{kind.label_en} · {kind.label_ar}')}</p>"}
    return None


def list_candidates(matches: Sequence[Match], *, lang: str, certain: bool) -> dict[str, Any]:
    """The answer to one query of a batch, best first; `certain` means that the first needs no review."""
    return {"result": [candidate(match, lang, sure=certain and match is matches[0]) for match in matches]}


def list_values(places: Mapping[str, Place | None], properties: Sequence[Property]) -> dict[str, Any]:
    """The values of these properties by id of the place; no values for an id without a place."""
    return {
        "meta": [_make_meta(each) for each in properties],
        "rows": {
            asked: {each.id: each.values(place) if place else [] for each in properties}
            for asked, place in places.items()
        },
    }


def proposed_properties(type_id: str | None, limit: int | None) -> dict[str, Any]:
    """Properties that can be fetched of places of a type."""
    proposed = [{"id": each.id, "name": each.name} for each in PROPERTIES.values()][:limit]
    return {"properties": proposed} | {
        name: value for name, value in (("type", type_id), ("limit", limit)) if value is not None
    }


def suggest_entities(found: Iterable[Suggestion], named: Place | None = None, *, lang: str) -> dict[str, Any]:
    """Places whose names complete the text typed; first the place `named`, whose id it is, if any."""
    entities = [_make_suggestion(named, named.name(lang), lang)] if named else []
    return {"result": [*entities, *(_make_suggestion(each.place, each.text, lang) for each in found)]}


def _make_suggestion(place: Place, text: str, lang: str) -> dict[str, Any]:
    notable = [_make_type(get_kind(place.kind))]
    return {"id": place.id, "name": text, "description": display_name(place, lang), "notable": notable}


def suggest_types(prefix: str) -> dict[str, Any]:
    """Kinds whose id or label contains `prefix`."""
    wanted = prefix.casefold()
    found = [
        kind for kind in kinds().values() if any(wanted in text for text in (kind.id, kind.label_en, kind.label_ar))
    ]
    return {"result": [_make_type(kind) for kind in found]}


def suggest_properties(prefix: str) -> dict[str, Any]:
    """Properties for queries whose id or name contains `prefix`."""
    wanted = prefix.casefold()
    return {
        "result": [
            {"id": each.id, "name": each.name, "description": each.description}
            for each in PROPERTIES.values()
            if each.asked and (wanted in each.id or wanted in each.name.casefold())
        ]
    }


def candidate(match: Match, lang: str, *, sure: bool) -> dict[str, Any]:
    """One candidate; `sure` means that it needs no review."""
    place = match.place
    return {
        "id": place.id,
        "name": place.name(lang),
        "description": display_name(place, lang),
        "type": [_make_type(get_kind(place.kind))],
        "score": round(match.score, 4),
        "match": sure,
        "features": [{"id": reason.rule, "value": True} for reason in match.reasons],
    }


def _make_type(kind: Kind) -> dict[str, str]:
    return {"id": kind.id, "name": kind.label_en}


def _make_meta(each: Property) -> dict[str, Any]:
    meta: dict[str, Any] = {"id": each.id, "name": each.name}
    if each.is_place:
        meta["type"] = _make_type(get_kind(each.id.replace("_", "-")))
    return meta
