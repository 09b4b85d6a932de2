"""One part read: its mentions as an Arrow table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import tee
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pyarrow as pa

from buldan.corpora.documents import BadDocument, Document, iter_documents
from buldan.corpora.sources import Part
from buldan.frames import MENTION_COLUMNS, make_mention_row
from buldan.gazetteer import Gazetteer

__all__ = ["MENTION_SCHEMA", "PartReading", "Reader", "Task", "make_table", "read_part"]

_HERE = Path()
_TYPES = {
    "start": pa.int32(),
    "end": pa.int32(),
    "foreign": pa.bool_(),
    **dict.fromkeys(
        ("lon", "lat", "radius_km", "confidence", "relation_lon", "relation_lat", "relation_radius_km"),
        pa.float64(),
    ),
}
MENTION_SCHEMA = pa.schema(
    [("document", pa.string()), *((column, _TYPES.get(column, pa.string())) for column in MENTION_COLUMNS)]
)
"""One row per mention: the document it stands in, then `buldan.frames.MENTION_COLUMNS`."""


@dataclass(frozen=True, slots=True)
class Task:
    """How documents are read.

    Attributes:
        text_field: member or column that holds the text.
        id_field: member or column that holds the document's id, None where it has none.
        foreign: whether places outside Syria are told.
    """

    text_field: str = "text"
    id_field: str | None = None
    foreign: bool = False


class PartReading(NamedTuple):
    """What a part holds.

    Attributes:
        mentions: under `MENTION_SCHEMA`, in the order of the documents.
        bad: documents set aside.
        documents: how many were read, bad ones not among them.
        characters: code points read.
    """

    mentions: pa.Table
    bad: Sequence[BadDocument]
    documents: int
    characters: int


Reader: TypeAlias = Callable[[Part], PartReading]


def read_part(gazetteer: Gazetteer, part: Part, task: Task, *, root: Path = _HERE) -> PartReading:
    """The mentions of a part's documents, whose paths start from `root`.

    The same part gives the same table, wherever it is read.

    Raises:
        SourceError: the part's file is gone or damaged.
    """
    rows: list[tuple[Any, ...]] = []
    bad: list[BadDocument] = []
    documents = characters = 0
    found = iter_documents(part, text_field=task.text_field, id_field=task.id_field, root=root)
    # Documents are taken a little ahead of their readings, since many short ones are read together.
    ahead, asked = tee(_iter_good(found, bad))
    readings = gazetteer.geoparse_many((document.text for document in ahead), foreign=task.foreign)
    for document, reading in zip(asked, readings, strict=True):
        rows.extend((document.id, *make_mention_row(mention)) for mention in reading)
        documents += 1
        characters += len(document.text)
    return PartReading(make_table(rows), bad, documents, characters)


def _iter_good(found: Iterable[Document | BadDocument], bad: list[BadDocument]) -> Iterator[Document]:
    """The documents that can be read; the others go to `bad`."""
    for document in found:
        if isinstance(document, BadDocument):
            bad.append(document)
        else:
            yield document


def make_table(rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    """Rows as a table under `MENTION_SCHEMA`."""
    columns = zip(*rows, strict=True) if rows else [()] * len(MENTION_SCHEMA)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, MENTION_SCHEMA, strict=True)]
    return pa.table(arrays, schema=MENTION_SCHEMA)
