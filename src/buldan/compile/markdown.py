"""Write tables and pages in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from buldan.files.staging import open_staging

__all__ = ["format_table", "write_page"]


def format_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a Markdown table; numbers are right-aligned, with separated thousands."""
    body = [[f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row] for row in rows]
    yield "| " + " | ".join(header) + " |"
    yield "|" + "|".join("---" if position == 0 else "--:" for position in range(len(header))) + "|"
    yield from ("| " + " | ".join(row) + " |" for row in body)


def write_page(path: Path, text: str) -> None:
    """Write the whole page or nothing."""
    with open_staging(path) as staging:
        staging.write_text(text, encoding="utf-8", newline="\n")
