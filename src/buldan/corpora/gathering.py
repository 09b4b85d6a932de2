"""The parts of a corpus as one table, for programs that do not read a folder of Parquet files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from buldan.corpora.reading import MENTION_SCHEMA
from buldan.files import Wishes, write_table
from buldan.store import Manifest

__all__ = ["gather_parts"]


def gather_parts(folder: Path, output: Path, manifest: Manifest, *, keep: bool = False) -> None:
    """Write the mentions of all parts in `folder`, in their order, as one table in the format that `output` names.

    Args:
        folder: the output folder of `geoparse_corpus`; deleted when the table is complete, unless `keep`.
        output: the table; mentions are points in formats that have a geometry.
        manifest: manifest of the gazetteer; its attribution is written in formats that have room for it.
        keep: keep the folder, because it lists the documents that cannot be read.

    Raises:
        SourceError: the table cannot be written; the folder is kept.
    """
    write_table(output, MENTION_SCHEMA, _iter_batches(folder), wishes=Wishes(about=manifest.about))
    if not keep:
        shutil.rmtree(folder)


def _iter_batches(folder: Path) -> Iterator[pa.RecordBatch]:
    for path in sorted(folder.glob("part-*.parquet")):
        yield from pq.ParquetFile(path).iter_batches()
