"""The gazetteer in memory: immutable arrays derived from its text, cached for the user, never required on disk."""

from buldan.index.form_columns import skeleton_grams
from buldan.index.forms import Rule
from buldan.index.index import Index, Prefixes
from buldan.index.keeping import KeptFile, clear_kept, keep_only_in, list_kept, tables_digest
from buldan.index.opening import open_index, packaged_gazetteer
from buldan.index.postings import Postings, deletions
from buldan.index.spatial import distances_km, rows_around
from buldan.index.standing import Standing
from buldan.index.strings import Strings
from buldan.index.wide_names import WIDE_CLASSES

__all__ = [
    "WIDE_CLASSES",
    "Index",
    "KeptFile",
    "Postings",
    "Prefixes",
    "Rule",
    "Standing",
    "Strings",
    "clear_kept",
    "deletions",
    "distances_km",
    "keep_only_in",
    "list_kept",
    "open_index",
    "packaged_gazetteer",
    "rows_around",
    "skeleton_grams",
    "tables_digest",
]
