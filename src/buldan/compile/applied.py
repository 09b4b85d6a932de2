"""Digests of the rows of the curated tables that the compiled gazetteer contains, to find rows that have changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from buldan.errors import SourceError
from buldan.files.staging import open_staging

__all__ = ["digest_rows", "read_applied", "write_applied"]

_FILE = "applied.txt"
_LETTERS = 10
"""Letters of a digest, 40 bits: two of ten thousand rows have the same digest in one of twenty thousand gazetteers."""


def digest_rows(curated: Path) -> dict[tuple[str, int], str]:
    """The digest of table name and row for every row of every table, by (path, line)."""
    tables = [*sorted(curated.glob("places-*.tsv")), *sorted(curated.glob("names-*.tsv")), curated / "same.tsv"]
    return {
        (str(path), number): hashlib.sha256(f"{path.name}\t{line}".encode()).hexdigest()[:_LETTERS]
        for path in tables
        if path.exists()
        for number, line in enumerate(path.read_text("utf-8-sig").split("\n"), 1)
        if number > 1 and line
    }


def write_applied(folder: Path, digests: dict[tuple[str, int], str]) -> None:
    """Write `applied.txt` into the gazetteer's folder: one digest per line, sorted."""
    with open_staging(folder / _FILE) as path:
        path.write_text("".join(f"{digest}\n" for digest in sorted(digests.values())), encoding="utf-8", newline="\n")


def read_applied(folder: Path) -> frozenset[str]:
    """The digests of the rows that the gazetteer in `folder` contains. Raises SourceError if they cannot be read."""
    try:
        return frozenset((folder / _FILE).read_text("utf-8").split())
    except OSError as error:
        raise SourceError(
            f"cannot be read ({error.strerror}); compile from the sources once", path=folder / _FILE
        ) from error
