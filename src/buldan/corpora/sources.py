"""Find the files of a corpus, and cut them into parts.

A part is a range of lines of a JSONL file, a range of rows of a Parquet file, or a list of whole files. It has only
their location and not their content, so that it is read in the same way here and on a cluster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from buldan.errors import QueryError, SourceError

__all__ = ["LEDGER", "LINES", "PAGES", "ROWS", "Part", "cut", "find_left_out", "find_sources"]

LINES, ROWS, PAGES = (".jsonl", ".ndjson"), (".parquet",), (".txt", ".html", ".htm")

LEDGER = "_ledger.jsonl"
"""A file that is in every folder of mentions; what lies beside it is an answer, and no document."""


class Part(NamedTuple):
    """The location of a few hundred documents.

    Attributes:
        number: its number in the order of the corpus, from 0.
        paths: the file, or all files if each is one document.
        start, stop: the range in bytes of a JSONL file or rows of a Parquet file, without `stop`.
        line: the line of the first document in a JSONL file, from 1.
    """

    number: int
    paths: tuple[str, ...]
    start: int = 0
    stop: int = 0
    line: int = 1


def find_sources(inputs: Iterable[str]) -> list[Path]:
    """The corpus files of paths, folders and patterns (`corpus/*.jsonl`, `**`), sorted by path.

    Raises:
        QueryError: an input has no corpus files, or is a file of an unknown kind.
    """
    found: set[Path] = set()
    for given in inputs:
        paths = [Path(path) for path in glob(given, recursive=True)] if has_magic(given) else [Path(given)]  # noqa: PTH207 - `**` and absolute patterns
        listed = [file for path in paths for file in _list_files(path, chosen=not has_magic(given))]
        files = [file for file in listed if not _is_answer(file)]
        if not files:
            raise QueryError(f"{given}: no corpus files there ({_KNOWN})", field="input")
        found.update(files)
    return sorted(found)


def find_left_out(inputs: Iterable[str]) -> list[Path]:
    """The files in folders of `inputs` that are of other kinds (.docx, .pdf), so that nobody thinks they were read."""
    folders = [Path(given) for given in inputs if Path(given).is_dir()]
    files = {file for folder in folders for file in folder.rglob("[!._]*") if file.is_file()}
    return sorted(file for file in files if not _is_corpus_file(file) and not _is_answer(file))


_KNOWN = " ".join((*LINES, *ROWS, *PAGES))


def _is_corpus_file(path: Path) -> bool:
    return path.suffix.lower() in (*LINES, *ROWS, *PAGES)


def _is_answer(path: Path) -> bool:
    """Whether an earlier run wrote this file: its mentions have a text, too, and would be read as documents."""
    return (path.parent / LEDGER).exists()


def _list_files(path: Path, *, chosen: bool) -> list[Path]:
    """The file itself, or every corpus file below the folder; empty if there are none.

    Raises:
        QueryError: the file was named by the caller (`chosen`) and is of an unknown kind.
    """
    if path.is_dir():
        return [file for file in path.rglob("*") if _is_corpus_file(file)]
    if not path.exists():
        return []
    if _is_corpus_file(path):
        return [path]
    if chosen:
        raise QueryError(f"{path}: not a corpus file ({_KNOWN}); buldan geocode reads tables", field="input")
    return []


def cut(sources: Sequence[Path], done: Sequence[Part], *, documents: int) -> Iterator[Part]:
    """The parts of `sources` that follow those of `done`, each with at most `documents` documents.

    Of a file that has grown since, only the new lines or rows are cut, and new parts get higher numbers, so that a part
    always keeps its number and its documents.

    Raises:
        SourceError: a file has become shorter since it was cut, or cannot be read.
    """
    ends = {part.paths[0]: part for part in done}
    seen = {path for part in done for path in part.paths}
    number = len(done)
    pages = [path for path in sources if path.suffix.lower() in PAGES and str(path) not in seen]
    for path in sources:
        suffix = path.suffix.lower()
        if suffix in PAGES:
            continue
        parts = _cut_lines if suffix in LINES else _cut_rows
        for part in parts(path, ends.get(str(path)), documents):
            yield part._replace(number=number)
            number += 1
    for group in _group_pages(pages, documents):
        yield Part(number, group)
        number += 1


def _group_pages(pages: Sequence[Path], documents: int) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(pages), documents):
        yield tuple(map(str, pages[start : start + documents]))


def _cut_lines(path: Path, last: Part | None, documents: int) -> Iterator[Part]:
    """Parts of at most `documents` lines, found by reading the bytes once."""
    start, line = (last.stop, last.line + _count_lines(path, last)) if last else (0, 1)
    _check_length(path, path.stat().st_size, start)
    with path.open("rb") as file:
        file.seek(start)
        stop, taken = start, 0
        for content in file:
            stop += len(content)
            taken += 1
            if taken == documents:
                yield Part(0, (str(path),), start, stop, line)
                start, line, taken = stop, line + taken, 0
        if taken:
            yield Part(0, (str(path),), start, stop, line)


def _count_lines(path: Path, part: Part) -> int:
    with path.open("rb") as file:
        file.seek(part.start)
        return file.read(part.stop - part.start).count(b"\n")


def _cut_rows(path: Path, last: Part | None, documents: int) -> Iterator[Part]:
    try:
        rows = pq.ParquetFile(path).metadata.num_rows
    except (OSError, ValueError) as error:
        raise SourceError(f"cannot be read as Parquet ({error}); it may be damaged or incomplete", path=path) from error
    begin = last.stop if last else 0
    _check_length(path, rows, begin)
    for start in range(begin, rows, documents):
        yield Part(0, (str(path),), start, min(start + documents, rows))


def _check_length(path: Path, length: int, begin: int) -> None:
    if length < begin:
        raise SourceError("the file is shorter than when this run began; use another output folder", path=path)
