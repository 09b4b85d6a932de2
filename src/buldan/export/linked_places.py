"""Linked Places Format 1.3 (Pelagios Network, World Historical Gazetteer): GeoJSON that is also JSON-LD.

Types refer to Getty's Art & Architecture Thesaurus by `types.tsv`; a kind without an entry there has
only its label and its GeoNames feature class. `fclasses` belongs to the format, but is missing from its published
context; `position`, `radius_km` and `attribution` are additions of Buldan.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from buldan.describe import place_uri
from buldan.files import open_staging
from buldan.kinds import get_kind
from buldan.model import Name, Place, Position, Source, identifier_values
from buldan.rules import read_table
from buldan.store import Manifest

__all__ = ["CONTEXT", "make_linked_places", "write_linked_places"]

CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
"""The published JSON-LD context that defines the members."""

_LINKS = {
    "geonames": "http://www.geonames.org/",
    "wikidata": "http://www.wikidata.org/entity/",
    "pleiades": "https://pleiades.stoa.org/places/",
    "syriaca": "https://syriaca.org/place/",
    "whosonfirst": "https://spelunker.whosonfirst.org/id/",
}

_CERTAINTY: Mapping[Position, str] = {
    "surveyed": "certain",
    "outline": "certain",
    "settlement": "less-certain",
    "described": "less-certain",
    "estimated": "uncertain",
}
"""The format's three words for the certainty of a point."""


def write_linked_places(path: Path, places: Sequence[Place], manifest: Manifest, *, public_url: str = "") -> None:
    """Write one collection; ids are addresses at `public_url`, or URNs if it is empty."""
    with open_staging(path) as staging, staging.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(
            make_linked_places(places, manifest, public_url=public_url),
            file,
            ensure_ascii=False,
            indent=None,
            separators=(",", ":"),
        )
        file.write("\n")


def make_linked_places(places: Sequence[Place], manifest: Manifest, *, public_url: str = "") -> dict[str, Any]:
    """The collection of all places; ids are addresses at `public_url`, or URNs if it is empty."""
    sources = {source.key: source for source in manifest.sources}
    units = {place.pcode: place.id for place in places if place.pcode}
    return {
        "type": "FeatureCollection",
        "@context": CONTEXT,
        "license": manifest.licence,
        "attribution": manifest.about["attribution"],
        "features": [_make_feature(place, sources, units, public_url) for place in places],
    }


def _make_feature(
    place: Place, sources: Mapping[str, Source], units: Mapping[str, str], public_url: str
) -> dict[str, Any]:
    """The feature of a place. `units` has the ids of units by P-code.

    The beginning of a place is not known: `when` only says that it existed at the date of its newest source.
    """
    kind = get_kind(place.kind)
    feature: dict[str, Any] = {
        "@id": place_uri(place.id, public_url),
        "type": "Feature",
        "properties": {
            "title": place.name(),
            "ccodes": ["SY"],
            "fclasses": [kind.feature_class],
            "position": place.position,
            "radius_km": place.radius_km,
        },
        "when": {"timespans": [{"start": {"latest": _find_attested(place, sources)}}]},
        "names": [_name(name, sources) for name in place.names],
        "types": [_make_type(place.kind, kind.label_en)],
        "geometry": {
            "type": "Point",
            "coordinates": [round(place.lon, 5), round(place.lat, 5)],
            "certainty": _CERTAINTY[place.position],
        },
    }
    if links := _list_links(place):
        feature["links"] = links
    if relations := _list_relations(place, units, public_url):
        feature["relations"] = relations
    return feature


def _find_attested(place: Place, sources: Mapping[str, Source]) -> str:
    """The newest date of the place's sources (ISO 8601), else of any source."""
    dated = [sources[key].date for key in place.sources if key in sources and sources[key].date]
    return max(dated or [source.date for source in sources.values() if source.date], default="2026")


def _name(name: Name, sources: Mapping[str, Source]) -> dict[str, Any]:
    cited = [sources[key] for key in name.sources if key in sources]
    attested: dict[str, Any] = {"toponym": name.text, "lang": name.lang}
    limits = {side: {"in": date} for side, date in (("start", name.start), ("end", name.end)) if date}
    if limits:
        attested["when"] = {"timespans": [limits]}
    if cited:
        attested["citations"] = [{"label": source.title, "@id": _find_address(source)} for source in cited]
    return attested


def _find_address(source: Source) -> str:
    """The address of a source; for the gazetteer's own facts, that of the gazetteer."""
    return source.url if "://" in source.url else f"urn:buldan:{source.key}"


def _make_type(kind: str, label: str) -> dict[str, Any]:
    identifier, term = _read_types().get(kind, ("", ""))
    source_labels = [{"label": label, "lang": "en"}]
    if identifier:
        return {"identifier": f"aat:{identifier}", "label": term, "sourceLabels": source_labels}
    return {"label": label, "sourceLabels": source_labels}


@cache
def _read_types() -> dict[str, tuple[str, str]]:
    """The number and the term in the thesaurus, by kind."""
    return {kind: (number, term) for kind, number, term in read_table("export/types")}


def _list_links(place: Place) -> list[dict[str, str]]:
    return [
        {"type": "exactMatch", "identifier": f"{address}{value}"}
        for scheme, address in _LINKS.items()
        for value in identifier_values(place.identifiers, scheme)
    ]


def _list_relations(place: Place, units: Mapping[str, str], public_url: str) -> list[dict[str, str]]:
    """The smallest unit that contains the place (its P-code if it is not exported), and the place it is a part of."""
    containing = [unit for unit in place.admin if unit.pcode != place.pcode][-1:]
    wholes = [(units.get(unit.pcode, unit.pcode), f"part of {unit.name_en or unit.name_ar}") for unit in containing]
    if place.part_of:
        wholes.append((place.part_of, "part of this place"))
    return [
        {"relationType": "gvp:broaderPartitive", "relationTo": place_uri(whole, public_url), "label": label}
        for whole, label in wholes
    ]
