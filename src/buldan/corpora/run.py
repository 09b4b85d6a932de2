"""Read all parts of a corpus, here or on a cluster, into a folder of Parquet files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias

from buldan.corpora.documents import BadDocument, Document, iter_documents
from buldan.corpora.ledger import Ledger
from buldan.corpora.reading import PartReading, Task, read_part
from buldan.corpora.sources import PAGES, Part, cut, find_sources
from buldan.errors import QueryError
from buldan.gazetteer import Gazetteer

__all__ = ["PART_DOCUMENTS", "Progress", "Runner", "geoparse_corpus"]

PART_DOCUMENTS = 500
"""Documents in a part: some seconds of work, and the most that a killed run loses."""

Runner: TypeAlias = Callable[[Iterable[Part]], Iterator[tuple[Part, PartReading]]]
"""Reads parts and yields each with its result, in any order."""


@dataclass(slots=True)
class Progress:
    """The counts of a run, including those of earlier runs on the same folder.

    Attributes:
        parts: number of parts that are done.
        documents: number of documents read.
        bad: number of documents that cannot be read.
        mentions: number of mentions found.
        characters: number of code points read.
        earlier: number of those documents that earlier runs read.
    """

    parts: int = 0
    documents: int = 0
    bad: int = 0
    mentions: int = 0
    characters: int = 0
    earlier: int = 0

    def add(self, facts: dict[str, int]) -> None:
        """Add the counts of a finished part."""
        self.parts += 1
        for key, value in facts.items():
            setattr(self, key, getattr(self, key) + value)


def geoparse_corpus(
    inputs: Sequence[str],
    output: Path,
    *,
    gazetteer: Gazetteer,
    task: Task | None = None,
    runner: Runner | None = None,
    part_documents: int = PART_DOCUMENTS,
    on_part: Callable[[Progress], object] = lambda _: None,
) -> Progress:
    """Read every document of a corpus and write its mentions to `output`, a folder of `part-*.parquet`.

    If it is started again on the same folder, it continues; files added since are read too.

    Args:
        inputs: files, folders and patterns of JSONL, Parquet, text and HTML (`buldan.corpora.sources`).
        output: the folder; made if it does not exist.
        gazetteer: the gazetteer to read with.
        task: options for reading documents.
        runner: reads parts elsewhere (`buldan.dask.part_runner`); None for this process.
        part_documents: maximum number of documents in a part.
        on_part: called with the progress after each finished part.

    Raises:
        QueryError: there are no such files, no text or id field of this name, or the folder was begun
            with other settings.
        SourceError: a file cannot be read or written; parts that are done are kept.
        KeyboardInterrupt: raised again, with a message that says how many documents are done.
    """
    task = task or Task()
    sources = find_sources(inputs)
    ledger = Ledger(output, {**asdict(task), "documents": part_documents, "gazetteer": gazetteer.version})
    progress = Progress()
    left = []
    try:
        for part in ledger.planned:
            facts = ledger.read_counts(part)
            progress.add(facts) if facts else left.append(part)
        progress.earlier = progress.documents
        on_part(progress)
        fresh = ledger.plan(cut(sources, list(ledger.planned), documents=part_documents))
        todo = _check_parts(chain(left, fresh), task)
        for part, reading in (runner or _read_here(gazetteer, task))(todo):
            progress.add(ledger.write_part(part, reading))
            on_part(progress)
    except KeyboardInterrupt:
        done = f"{progress.documents:,} documents are done in {output}, the same command goes on from there"
        raise KeyboardInterrupt(done) from None
    return progress


def _read_here(gazetteer: Gazetteer, task: Task) -> Runner:
    return lambda parts: ((part, read_part(gazetteer, part, task)) for part in parts)


def _check_parts(parts: Iterator[Part], task: Task) -> Iterator[Part]:
    """The parts, after a check of the first documents.

    Raises:
        QueryError: none of the first documents has the text field, or none the id field.
    """
    for position, part in enumerate(parts):
        if position == 0 and not part.paths[0].endswith(PAGES):
            _check_fields(part, task)
        yield part


def _check_fields(part: Part, task: Task) -> None:
    """Refuse fields that none of the first documents of a part has; the message says what to do."""
    first = _read_first(part, task.text_field, None)
    if first and all(isinstance(document, BadDocument) for document in first):
        name, reason = first[0]
        raise QueryError(f"{name}: {reason}; choose another with --text-field", field="text_field")
    # A document without an id has the name of its file and line, as it has where no ids are asked for.
    if task.id_field is not None and first and first == _read_first(part, task.text_field, task.id_field):
        raise QueryError(
            f"{first[0][0]}: no id in {task.id_field!r}; choose another with --id-field, or leave it out",
            field="id_field",
        )


def _read_first(part: Part, text_field: str, id_field: str | None) -> list[Document | BadDocument]:
    return list(islice(iter_documents(part, text_field=text_field, id_field=id_field), 50))
