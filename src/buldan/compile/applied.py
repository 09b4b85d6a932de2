"""Which rows of the curated tables the compiled gazetteer holds, by digest, so that a changed row is known as such."""

from __future__ import annotations

import hashlib
from pathlib import Path

from buldan.errors import SourceError
from buldan.files.staging import open_staging

__all__ = ["digest_rows", "read_applied", "write_applied"]

_FILE = "applied.txt"
_LETTERS = 10
"""Forty bits: two of ten thousand rows share a digest once in twenty thousand gazetteers."""


def digest_rows(curated: Path) -> dict[tuple[str, int], str]:
    """(path, line) of every row of every table → the digest of the table's name and the row."""
    tables = [*sorted(curated.glob("places-*.tsv")), *sorted(curated.glob("names-*.tsv")), curated / "same.tsv"]
    return {
        (str(path), number): hashlib.sha256(f"{path.name}\t{line}".encode()).hexdigest()[:_LETTERS]
        for path in tables
        if path.exists()
        for number, line in enumerate(path.read_text("utf-8-sig").split("\n"), 1)
        if number > 1 and line
    }


def write_applied(folder: Path, digests: dict[tuple[str, int], str]) -> None:
    """Write `applied.txt` into the gazetteer's folder, sorted, a digest a line."""
    with open_staging(folder / _FILE) as path:
        path.write_text("".join(f"{digest}\n" for digest in sorted(digests.values())), encoding="utf-8", newline="\n")


def read_applied(folder: Path) -> frozenset[str]:
    """The digests of the rows that the gazetteer in `folder` holds. Raises SourceError where that is not known."""
    try:
        return frozenset((folder / _FILE).read_text("utf-8").split())
    except OSError as error:
        raise SourceError(
            f"cannot be read ({error.strerror}); compile from the sources once", path=folder / _FILE
        ) from error
