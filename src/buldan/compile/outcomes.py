"""Counts of the decisions on each source's records, kept in `conflation.tsv` next to the gazetteer for the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from buldan.compile.cluster import Decision
from buldan.compile.reading import iter_rows
from buldan.files.staging import open_staging

__all__ = ["Outcome", "count_outcomes", "read_outcomes", "write_outcomes"]

_FILE = "conflation.tsv"
_COLUMNS = ("source", "records", "merged", "near_miss", "alone", "refused")


class Outcome(NamedTuple):
    """Numbers of a source's records: merged, alone (near misses included), and refused (abroad or unreliable)."""

    source: str
    records: int
    merged: int
    near_miss: int
    alone: int
    refused: int


def count_outcomes(decisions: Iterable[Decision], refused: Mapping[str, int]) -> tuple[Outcome, ...]:
    """The outcome of each source, in the order in which the sources were joined."""
    counts: dict[str, Counter[str]] = {}
    for decision in decisions:
        if decision.likeness.rule != "double":
            counts.setdefault(decision.record.source, Counter())[decision.outcome] += 1
    for source, number in refused.items():
        counts.setdefault(source, Counter())["refused"] += number
    return tuple(
        Outcome(
            source,
            count.total(),
            count["merged"],
            count["near-miss"],
            count["alone"] + count["near-miss"],
            count["refused"],
        )
        for source, count in counts.items()
    )


def write_outcomes(folder: Path, outcomes: Iterable[Outcome]) -> None:
    """Write `conflation.tsv` into the gazetteer's folder."""
    lines = ["\t".join(_COLUMNS), *("\t".join(map(str, outcome)) for outcome in outcomes)]
    with open_staging(folder / _FILE) as path:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def read_outcomes(folder: Path) -> tuple[Outcome, ...]:
    """The outcomes of the compilation that made the gazetteer in `folder`. Raises SourceError if they are missing."""
    rows = iter_rows(folder / _FILE, _COLUMNS, delimiter="\t")
    return tuple(Outcome(row["source"], *(int(row[column]) for column in _COLUMNS[1:])) for row in rows)
