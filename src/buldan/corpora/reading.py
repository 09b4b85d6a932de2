"""Read one part of a corpus into an Arrow table of mentions."""

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
"""One row for each mention: the name of its document, then `buldan.frames.MENTION_COLUMNS`."""


@dataclass(frozen=True, slots=True)
class Task:
    """Options for reading documents.

    Attributes:
        text_field: member or column with the text.
        id_field: member or column with the id of the document; None if there is none.
        foreign: whether mentions of places outside Syria are included.
    """

    text_field: str = "text"
    id_field: str | None = None
    foreign: bool = False


class PartReading(NamedTuple):
    """The result of reading one part.

    Attributes:
        mentions: under `MENTION_SCHEMA`, in the order of the documents.
        bad: documents that cannot be read.
        documents: number of documents read, without the bad ones.
        characters: number of code points read.
    """

    mentions: pa.Table
    bad: Sequence[BadDocument]
    documents: int
    characters: int


Reader: TypeAlias = Callable[[Part], PartReading]


def read_part(gazetteer: Gazetteer, part: Part, task: Task, *, root: Path = _HERE) -> PartReading:
    """Read the documents of a part, whose paths are relative to `root`.

    The same part gives the same table on every machine.

    Raises:
        SourceError: the file of the part is missing or damaged.
    """
    rows: list[tuple[Any, ...]] = []
    bad: list[BadDocument] = []
    documents = characters = 0
    found = iter_documents(part, text_field=task.text_field, id_field=task.id_field, root=root)
    # Some documents are taken in advance, since many short ones are read together.
    ahead, asked = tee(_iter_good(found, bad))
    readings = gazetteer.geoparse_many((document.text for document in ahead), foreign=task.foreign)
    for document, reading in zip(asked, readings, strict=True):
        rows.extend((document.id, *make_mention_row(mention)) for mention in reading)
        documents += 1
        characters += len(document.text)
    return PartReading(make_table(rows), bad, documents, characters)


def _iter_good(found: Iterable[Document | BadDocument], bad: list[BadDocument]) -> Iterator[Document]:
    """The documents that can be read; the others are appended to `bad`."""
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
