"""Write a gazetteer to disk: all of its files or none."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from buldan.model import Geometry, Source
from buldan.store import schema
from buldan.store.manifest import Manifest, read_facts
from buldan.store.records import NameRecord, PlaceRecord, format_name, format_place

__all__ = ["write_gazetteer"]

_PREFIX, _ABANDONED_S = ".compile-", 3_600.0
"""A folder with this prefix that is older than an hour was left by a killed process: writing takes only seconds."""


def write_gazetteer(
    folder: Path,
    *,
    places: Iterable[PlaceRecord],
    names: Sequence[NameRecord],
    areas: Mapping[str, Geometry],
    retired: Mapping[str, str],
    version: str,
    licence: str,
    attribution: str,
    sources: Iterable[Source],
) -> Manifest:
    """Write the files and their manifest into `folder`; other files there (`curated/`, `SOURCES.md`) stay unchanged.

    Places are sorted by id; names by place, and within a place they keep their order. All files are first written to
    a temporary folder in `folder` and moved at the end, the manifest last: a reader never sees an incomplete file.
    """
    order = {record.id: record for record in sorted(places, key=lambda record: record.id)}
    lines = {
        schema.PLACES: ["\t".join(schema.PLACE_COLUMNS), *map(format_place, order.values())],
        schema.NAMES: ["\t".join(schema.NAME_COLUMNS), *map(format_name, sorted(names, key=lambda n: n.place))],
        schema.AREAS: [
            json.dumps({"id": id_, "geometry": areas[id_]}, ensure_ascii=False, separators=(",", ":"))
            for id_ in sorted(areas)
        ],
        schema.RETIRED: ["\t".join(schema.RETIRED_COLUMNS), *("\t".join(pair) for pair in sorted(retired.items()))],
    }
    folder.mkdir(parents=True, exist_ok=True)
    _sweep_leftovers(folder)
    staging = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
    try:
        facts = {}
        for name, content in lines.items():
            path = staging / name
            path.write_text("".join(f"{line}\n" for line in content), encoding="utf-8", newline="\n")
            facts[name] = read_facts(path, rows=len(content) - (name != schema.AREAS))
        manifest = Manifest(
            schema.SCHEMA, version, licence, attribution, tuple(sorted(sources, key=lambda s: s.key)), facts
        )
        (staging / schema.MANIFEST).write_text(manifest.to_json(), encoding="utf-8", newline="\n")
        for name in (*lines, schema.MANIFEST):
            os.replace(staging / name, folder / name)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return manifest


def _sweep_leftovers(folder: Path) -> None:
    """Remove folders that killed processes have left."""
    for path in folder.glob(f"{_PREFIX}*"):
        if time.time() - path.stat().st_mtime > _ABANDONED_S:
            shutil.rmtree(path, ignore_errors=True)
