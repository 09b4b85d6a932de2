"""What pages of figures share: tables, marks, and the machine that it was."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

__all__ = ["AGEING", "circumstances", "deliver", "mark", "table"]

AGEING = "Speed changes little as the gazetteer grows; [performance.md](performance.md) says by how much."
"""A sentence for pages of speed, which are not measured again for each version of the gazetteer."""


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table and a blank line; its first column is left-aligned, as the others are."""
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def mark(met: bool) -> str:
    """A target met or missed."""
    return "✓" if met else "✗"


def circumstances(loads: Sequence[float]) -> str:
    """Date, Python, processor, cores, and the load of the machine while it ran."""
    load = " to ".join(f"{load:.1f}" for load in (min(loads), max(loads)))
    python = platform.python_version()
    return f"{datetime.now(UTC):%Y-%m-%d} · Python {python} · {_processor()}, {os.cpu_count()} cores, load {load}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    named = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def deliver(text: str, out: Path | None) -> None:
    """Write a page to its file, else to standard output."""
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")
