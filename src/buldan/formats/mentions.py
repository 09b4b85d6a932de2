"""Mentions as flat records: lines of JSON, and rows of a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from buldan.geoparse import Mention

__all__ = ["COLUMNS", "iter_csv", "iter_jsonl", "make_record"]

COLUMNS = (
    "start",
    "end",
    "text",
    "place",
    "kind",
    "name_en",
    "name_ar",
    "pcode",
    "admin_pcode",
    "lon",
    "lat",
    "radius_km",
    "confidence",
    "foreign",
    "relation",
    "relation_words",
)


def make_record(mention: Mention) -> dict[str, Any]:
    """A mention as a flat record with the members of `COLUMNS`.

    If the text describes an area relative to the place, position and radius are those of the derived area.
    """
    place, relation = mention.place, mention.relation
    where = relation or place
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "place": place.id if place else None,
        "kind": place.kind if place else None,
        "name_en": place.name("en") if place else None,
        "name_ar": place.name("ar") if place else None,
        "pcode": place.pcode if place else None,
        "admin_pcode": place.admin_pcode if place else None,
        "lon": where.lon if where else None,
        "lat": where.lat if where else None,
        "radius_km": where.radius_km if where else None,
        "confidence": round(mention.confidence, 4),
        "foreign": mention.foreign,
        "relation": relation.kind if relation else None,
        "relation_words": relation.words if relation else None,
    }


def iter_jsonl(mentions: Iterable[Mention]) -> Iterator[str]:
    """One line of JSON per mention, with its alternatives."""
    for mention in mentions:
        others = [{"place": other.place.id, "confidence": other.confidence} for other in mention.alternatives]
        yield json.dumps(make_record(mention) | {"alternatives": others}, ensure_ascii=False)


def iter_csv(mentions: Iterable[Mention]) -> Iterator[str]:
    """A header, then one row of comma-separated values per mention."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="")
    writer.writeheader()
    yield buffer.getvalue()
    for mention in mentions:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(make_record(mention))
        yield buffer.getvalue()
