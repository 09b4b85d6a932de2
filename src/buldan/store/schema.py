"""The columns of the gazetteer's files and the number of their layout."""

from __future__ import annotations

__all__ = ["AREAS", "EARLIER", "MANIFEST", "NAMES", "NAME_COLUMNS", "PLACES", "PLACE_COLUMNS", "RETIRED", "SCHEMA"]

SCHEMA = 2
"""Raised whenever a column changes its place or meaning."""

PLACES, NAMES, AREAS, RETIRED = "places.tsv", "names.tsv", "areas.jsonl", "retired.tsv"
MANIFEST = "manifest.json"

PLACE_COLUMNS = (
    "id",
    "kind",
    "name_en",
    "name_ar",
    "lon",
    "lat",
    "radius_km",
    "admin",
    "part_of",
    "population",
    "identifiers",
    "sources",
    "position",
)
NAME_COLUMNS = ("place", "name", "lang", "script", "kind", "sources", "from", "to")
EARLIER = {PLACES: 12, NAMES: 6}
"""Columns of the files in the layout before, of which the compiler reads the ids, and `diff` the rest."""

RETIRED_COLUMNS = ("id", "replaced_by")
