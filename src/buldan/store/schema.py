"""The columns of the gazetteer's files and the number of their layout."""

from __future__ import annotations

__all__ = ["AREAS", "EARLIER", "MANIFEST", "NAMES", "NAME_COLUMNS", "PLACES", "PLACE_COLUMNS", "RETIRED", "SCHEMA"]

SCHEMA = 2
"""Number of the layout of the files; it increases whenever a column changes its position or meaning."""

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
"""Number of columns in the earlier layout, which the compiler still reads for its ids, and `diff` for all columns."""

RETIRED_COLUMNS = ("id", "replaced_by")
