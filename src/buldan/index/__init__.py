"""The gazetteer in memory: immutable arrays derived from its text, cached for the user, never required on disk."""

from buldan.index.form_columns import list_skeleton_grams
from buldan.index.forms import Rule
from buldan.index.index import Index, Prefixes
from buldan.index.keeping import KeptFile, clear_kept, digest_tables, keep_only_in, list_kept
from buldan.index.opening import find_packaged_gazetteer, open_index
from buldan.index.postings import Postings, list_deletions
from buldan.index.spatial import find_rows_around, measure_distances_km
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
    "digest_tables",
    "find_packaged_gazetteer",
    "find_rows_around",
    "keep_only_in",
    "list_deletions",
    "list_kept",
    "list_skeleton_grams",
    "measure_distances_km",
    "open_index",
]
