"""The documents of one part, and those that cannot be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from buldan.corpora.sources import LINES, ROWS, Part
from buldan.errors import QueryError, SourceError
from buldan.geoparse.document.decoding import decode

__all__ = ["BadDocument", "Document", "iter_documents"]

_HERE = Path()

_JSON_TYPES = {bool: "true or false", int: "a number", float: "a number", list: "a list", str: "a text"}
"""JSON's words for values, by Python's types; a missing one is named by its type."""


class Document(NamedTuple):
    """A text (of a web page, with its markup) and its name."""

    id: str
    text: str


class BadDocument(NamedTuple):
    """A document that cannot be read: its name and the reason."""

    document: str
    reason: str


def iter_documents(
    part: Part, *, text_field: str, id_field: str | None, root: Path = _HERE
) -> Iterator[Document | BadDocument]:
    """Every document of a part, in order.

    The name of a document is its `id_field`, or else its file with the line (`a.jsonl:17`) or row (`a.parquet:16`), or
    the file alone. Paths are those of the part, relative to the folder `root`.

    Raises:
        SourceError: the file of the part is missing or damaged.
    """
    suffix = Path(part.paths[0]).suffix.lower()
    try:
        if suffix in LINES:
            yield from _iter_lines(part, root, text_field, id_field)
        elif suffix in ROWS:
            yield from _iter_rows(part, root, text_field, id_field)
        else:
            yield from (_read_page(root, path) for path in part.paths)
    except (OSError, pa.ArrowException) as error:
        raise SourceError(f"cannot be read ({error})", path=part.paths[0]) from error


def _iter_lines(part: Part, root: Path, text_field: str, id_field: str | None) -> Iterator[Document | BadDocument]:
    path = part.paths[0]
    with (root / path).open("rb") as file:
        file.seek(part.start)
        content = file.read(part.stop - part.start)
    for line, raw in enumerate(content.split(b"\n"), part.line):
        if raw.strip():
            yield _parse_line(raw, f"{path}:{line}", text_field, id_field)


def _parse_line(raw: bytes, name: str, text_field: str, id_field: str | None) -> Document | BadDocument:
    try:
        record = json.loads(raw)
    except UnicodeDecodeError as error:
        return BadDocument(name, f"not UTF-8 at byte {error.start}")
    except (ValueError, RecursionError) as error:
        return BadDocument(name, f"not JSON: {error}")
    if not isinstance(record, dict):
        return BadDocument(name, f"{_JSON_TYPES.get(type(record), 'null')} instead of a JSON object")
    return _make_document(record, name, text_field, id_field)


def _make_document(record: dict[str, Any], name: str, text_field: str, id_field: str | None) -> Document | BadDocument:
    if id_field is not None and record.get(id_field) is not None:
        name = str(record[id_field])
    text = record.get(text_field)
    if isinstance(text, str):
        return Document(name, text)
    if text_field not in record:
        return BadDocument(name, f"no text in {text_field!r}; it has {', '.join(map(repr, list(record)[:12]))}")
    if text is None:
        return BadDocument(name, f"{text_field!r} is empty")
    return BadDocument(name, f"{text_field!r} is {_JSON_TYPES.get(type(text), 'an object')}, not a text")


def _iter_rows(part: Part, root: Path, text_field: str, id_field: str | None) -> Iterator[Document | BadDocument]:
    path = part.paths[0]
    with pq.ParquetFile(root / path) as file:
        names = file.schema_arrow.names
        columns = [name for name in dict.fromkeys((text_field, id_field)) if name in names]
        if text_field not in names:
            raise SourceError(f"no column {text_field!r}; it has {', '.join(names)}", path=path)
        groups, skipped = _find_groups(file, part)
        row = part.start - skipped
        for batch in file.iter_batches(batch_size=1000, row_groups=groups, columns=columns):
            for record in batch.to_pylist():
                if part.start <= row < part.stop:
                    yield _make_document(record, f"{path}:{row}", text_field, id_field)
                row += 1


def _find_groups(file: pq.ParquetFile, part: Part) -> tuple[list[int], int]:
    """Row groups that contain the part's rows, and the number of rows of the first group before the part."""
    groups: list[int] = []
    skipped = begin = 0
    for number in range(file.metadata.num_row_groups):
        end = begin + file.metadata.row_group(number).num_rows
        if begin < part.stop and end > part.start:
            skipped = skipped if groups else part.start - begin
            groups.append(number)
        begin = end
    return groups, skipped


def _read_page(root: Path, path: str) -> Document | BadDocument:
    try:
        text = decode((root / path).read_bytes(), name=path).text
    except (OSError, QueryError) as error:
        return BadDocument(path, str(error))
    return Document(path, text)
