"""The gazetteer on disk: text files that a person can read, review and correct.

places.tsv     one place per line, sorted by id
names.tsv      one name per line, sorted by place; the names to show come first
areas.jsonl    one outline per line: {"id": …, "geometry": …}, sorted by id
retired.tsv    ids that were merged into others
manifest.json  schema, version, licence, sources, and size and digest of each file
"""

from buldan.store.manifest import Manifest, read_manifest, read_whole_files
from buldan.store.records import NameRecord, PlaceRecord, read_areas, read_names, read_places, read_retired
from buldan.store.schema import SCHEMA
from buldan.store.write import write_gazetteer

__all__ = [
    "SCHEMA",
    "Manifest",
    "NameRecord",
    "PlaceRecord",
    "read_areas",
    "read_manifest",
    "read_names",
    "read_places",
    "read_retired",
    "read_whole_files",
    "write_gazetteer",
]
