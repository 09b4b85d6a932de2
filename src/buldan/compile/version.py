"""The version of the gazetteer's data: the edition, and a digest that changes with every change of the data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from buldan.model import Geometry
from buldan.store.records import NameRecord, PlaceRecord, format_name, format_place

__all__ = ["EDITION", "compute_version"]

EDITION = "2026.11"
"""Year and month of the edition, set by hand when one is released."""


def compute_version(places: Iterable[PlaceRecord], names: Iterable[NameRecord], areas: Mapping[str, Geometry]) -> str:
    """`EDITION` and eight hexadecimal digits of a digest over all records, in the order given."""
    digest = hashlib.sha256()
    for line in (*map(format_place, places), *map(format_name, names)):
        digest.update(line.encode() + b"\n")
    for id_ in sorted(areas):
        digest.update(json.dumps([id_, areas[id_]]).encode() + b"\n")
    return f"{EDITION}.{digest.hexdigest()[:8]}"
