"""All parts of a corpus, here or on a cluster, into a folder of Parquet files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from buldan.corpora.documents import BadDocument, iter_documents
from buldan.corpora.ledger import Ledger
from buldan.corpora.reading import PartReading, Task, read_part
from buldan.corpora.sources import PAGES, Part, cut, find_sources
from buldan.errors import QueryError
from buldan.gazetteer import Gazetteer

__all__ = ["PART_DOCUMENTS", "Progress", "Runner", "geoparse_corpus"]

PART_DOCUMENTS = 500
"""Documents in a part: some seconds of work, and what a killed run may lose."""

Runner: TypeAlias = Callable[[Iterable[Part]], Iterator[tuple[Part, PartReading]]]
"""Reads parts, in any order."""


@dataclass(slots=True)
class Progress:
    """How far a run is; what an earlier run of the same folder did is in it.

    Attributes:
        parts: parts that are done.
        documents: documents read.
        bad: documents set aside.
        mentions: mentions found.
        characters: code points read.
        earlier: documents of these that an earlier run read.
    """

    parts: int = 0
    documents: int = 0
    bad: int = 0
    mentions: int = 0
    characters: int = 0
    earlier: int = 0

    def add(self, facts: dict[str, int]) -> None:
        """Count a part that is done."""
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

    Started again on the same folder, it goes on where it was; files that came since are read too.

    Args:
        inputs: files, folders and patterns of JSONL, Parquet, text and HTML (`buldan.corpora.sources`).
        output: the folder; made where it is not there.
        gazetteer: the places.
        task: how documents are read.
        runner: reads parts elsewhere (`buldan.dask.part_runner`); in this process where None.
        part_documents: documents in a part.
        on_part: told of each part that is done.

    Raises:
        QueryError: no such files, no such text field, or a folder that was begun otherwise.
        SourceError: a file that cannot be read or written; what is done stays done.
        KeyboardInterrupt: as it came, saying what is done.
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
    """The parts, once it is seen that documents of the first one have the text field.

    Raises:
        QueryError: not one of its first documents has; says what they have.
    """
    for position, part in enumerate(parts):
        if position == 0 and not part.paths[0].endswith(PAGES):
            documents = iter_documents(part, text_field=task.text_field, id_field=None)
            first = [document for document, _ in zip(documents, range(50), strict=False)]
            if first and all(isinstance(document, BadDocument) for document in first):
                assert isinstance(first[0], BadDocument)
                raise QueryError(
                    f"{first[0].document}: {first[0].reason}; choose another with --text-field", field="text_field"
                )
        yield part
