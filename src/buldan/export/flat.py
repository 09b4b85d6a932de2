"""Places as rows: CSV, TSV, Excel, GeoParquet and FlatGeobuf."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from buldan.files import Wishes, open_staging, write_table
from buldan.frames import PLACE_COLUMNS, place_row
from buldan.model import Place
from buldan.store import Manifest

__all__ = ["BETWEEN_NAMES", "PLACE_SCHEMA", "place_batches", "place_schema", "write_flat"]

BETWEEN_NAMES = " | "
"""The separator between several names in a cell."""

_BATCH_ROWS = 5_000  # rows in memory at once
_NUMBERS = frozenset({"lon", "lat", "radius_km"})
_NAME = pa.struct([(member, pa.string()) for member in ("name", "lang", "script", "kind", "sources", "from", "to")])

PLACE_SCHEMA = pa.schema(
    [
        *(
            pa.field("id" if column == "buldan_id" else column, pa.float64(), nullable=False)
            if column in _NUMBERS
            else pa.field("id" if column == "buldan_id" else column, pa.string())
            for column in PLACE_COLUMNS
        ),
        ("admin", pa.string()),
        ("part_of", pa.string()),
        ("population", pa.int64()),
        ("identifiers", pa.string()),
        ("sources", pa.string()),
        ("names", pa.string()),
    ]
)
"""Columns of an export: `buldan.frames.PLACE_COLUMNS` (the first called `id`), P-code of the smallest unit, id of
the place that it is a part of, inhabitants, identifiers (`scheme:value`) and sources, each with blanks between them,
and all names with ` | ` between them, the names for display first."""


def write_flat(path: Path, places: Sequence[Place], manifest: Manifest, *, bom: bool = False) -> None:
    """Write one row per place; in Parquet the names keep language, script, kind, sources and dates.

    A text table cannot contain its licence, so it gets a file `NAME.csv-metadata.json`, as in CSV on the Web.
    """
    nested = path.suffix.lower() in {".parquet", ".geoparquet"}
    schema = place_schema(nested=nested).with_metadata(manifest.about if nested else None)
    write_table(path, schema, place_batches(places, schema), wishes=Wishes(bom=bom, about=manifest.about))
    if path.suffix.lower() in {".csv", ".tsv"}:
        _describe_text(path, manifest.about)


def _describe_text(path: Path, about: Mapping[str, str]) -> None:
    """Write the metadata file of a text table (W3C, Metadata Vocabulary for Tabular Data)."""
    metadata = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": path.name,
        "dc:title": "Buldan: gazetteer of Syria",
        "dc:hasVersion": about["version"],
        "dc:license": about["licence"],
        "dc:rights": about["attribution"],
    }
    with open_staging(path.with_name(f"{path.name}-metadata.json")) as staging:
        staging.write_text(json.dumps(metadata, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def place_schema(*, nested: bool) -> pa.Schema:
    """`PLACE_SCHEMA`; with `nested`, names are a list of structures, for formats that support it."""
    names = pa.field("names", pa.list_(_NAME) if nested else pa.string())
    return PLACE_SCHEMA.set(len(PLACE_SCHEMA) - 1, names)


def place_batches(places: Sequence[Place], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Places as rows under `schema`."""
    nested = pa.types.is_list(schema.field("names").type)
    for start in range(0, len(places), _BATCH_ROWS):
        rows = [_make_row(places[at], nested) for at in range(start, min(start + _BATCH_ROWS, len(places)))]
        arrays = [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)]
        yield pa.record_batch(arrays, schema=schema)


def _make_row(place: Place, nested: bool) -> tuple[Any, ...]:
    names: Any = BETWEEN_NAMES.join(dict.fromkeys(name.text for name in place.names))
    if nested:
        names = [
            (name.text, name.lang, name.script, name.kind, " ".join(name.sources), name.start, name.end)
            for name in place.names
        ]
    return (
        *place_row(place),
        place.admin_pcode,
        place.part_of or None,
        place.population,
        " ".join(f"{scheme}:{value}" for scheme, value in sorted(place.identifiers.items())),
        " ".join(place.sources),
        names,
    )
