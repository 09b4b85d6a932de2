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
    """Write the mentions of all parts in `folder`, in their order, as the table that the suffix of `output` names.

    Args:
        folder: what `geoparse_corpus` wrote; deleted once the table is there, unless `keep`.
        output: the table; mentions are points in formats that have a geometry.
        manifest: of the gazetteer; its attribution goes where the format has room for it.
        keep: leave the folder, because it says which documents cannot be read.

    Raises:
        SourceError: the table cannot be written; the folder stays.
    """
    write_table(output, MENTION_SCHEMA, _iter_batches(folder), wishes=Wishes(about=manifest.about))
    if not keep:
        shutil.rmtree(folder)


def _iter_batches(folder: Path) -> Iterator[pa.RecordBatch]:
    for path in sorted(folder.glob("part-*.parquet")):
        yield from pq.ParquetFile(path).iter_batches()
