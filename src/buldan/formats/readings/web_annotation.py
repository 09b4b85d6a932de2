"""W3C Web Annotation Data Model: a page of annotations, one per mention, for a text at any address.

The text is identified by its digest (RFC 6920), because its address is not known. Each mention has both its position
and a quotation, by which it can be found again after the text has changed.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from buldan.formats.geojson.features import point, round_geometry
from buldan.formats.readings.head import Head

if TYPE_CHECKING:
    from buldan.geoparse import Mention
    from buldan.model import Place

__all__ = ["write_web_annotation"]

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
"""Number of characters of the text before and after a quotation."""


def write_web_annotation(text: str, mentions: Sequence[Mention], head: Head) -> str:
    """An AnnotationPage. Bodies of an annotation: the place (`identifying`, its address on the web), its name
    (`tagging`), and a GeoJSON feature as text (`describing`) with point or derived area, kind, P-code, confidence.
    """
    source = _hash_text(text)
    page = {
        "@context": _CONTEXT,
        "id": _make_urn(source, "page"),
        "type": "AnnotationPage",
        "items": [_make_annotation(text, source, mention, head) for mention in mentions],
    }
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def _make_annotation(text: str, source: str, mention: Mention, head: Head) -> dict[str, Any]:
    start, end = mention.start, mention.end
    quote = {"type": "TextQuoteSelector", "exact": mention.text}
    if before := text[max(0, start - _AROUND) : start]:
        quote["prefix"] = before
    if behind := text[end : end + _AROUND]:
        quote["suffix"] = behind
    return {
        "id": _make_urn(source, f"{start}-{end}"),
        "type": "Annotation",
        "motivation": "identifying" if mention.place else "tagging",
        "generator": {"id": "urn:buldan", "type": "Software", "name": f"Buldan, gazetteer {head.manifest.version}"},
        "rights": head.manifest.licence,
        "body": _list_bodies(mention, head),
        "target": {
            "source": source,
            "selector": [{"type": "TextPositionSelector", "start": start, "end": end}, quote],
        },
    }


def _list_bodies(mention: Mention, head: Head) -> list[dict[str, Any]]:
    place = mention.place
    if place is None:
        return [{"type": "TextualBody", "purpose": "tagging", "value": "foreign place"}]
    return [
        {"type": "SpecificResource", "purpose": "identifying", "source": head.uri(place)},
        {
            "type": "TextualBody",
            "purpose": "tagging",
            "value": place.name(head.lang),
        },
        {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "application/geo+json",
            "value": json.dumps(_make_feature(mention, place, head), ensure_ascii=False),
        },
    ]


def _make_feature(mention: Mention, place: Place, head: Head) -> dict[str, Any]:
    relation = mention.relation
    properties: dict[str, Any] = {
        "name_en": place.name_en,
        "name_ar": place.name_ar,
        "kind": place.kind,
        "pcode": place.pcode,
        "radius_km": relation.radius_km if relation else place.radius_km,
        "confidence": round(mention.confidence, 4),
        "attribution": head.manifest.attribution,
    }
    if relation:
        properties |= {"relation": relation.kind, "relation_words": relation.words}
    geometry = round_geometry(relation.area) if relation else point(place.lon, place.lat)
    return {"type": "Feature", "id": place.id, "geometry": geometry, "properties": properties}


def _hash_text(text: str) -> str:
    """The URI of the text by its content: `ni:///sha-256;…` (RFC 6920)."""
    digest = sha256(text.encode("utf-8", "replace")).digest()
    return f"ni:///sha-256;{urlsafe_b64encode(digest).decode().rstrip('=')}"


def _make_urn(source: str, part: str) -> str:
    """An id that is always the same for the same text."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{source}#{part}')}"
