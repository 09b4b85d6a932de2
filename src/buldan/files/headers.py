"""The header of a table: how many rows it takes, and what its columns are called."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from buldan.errors import SourceError

__all__ = ["count_header_rows", "distinct_names", "name_columns"]

_MISSING = frozenset({"", "-", "na", "n/a", "null", "none", "nan", "unknown"})


def name_columns(rows: Sequence[Sequence[str]], path: Path, header_rows: int | None) -> tuple[list[str], int]:
    """Names of the columns, made distinct, and how many of the first `rows` they take.

    With several header rows, a column is called by the row that has most labels, or where that one is blank by
    the next: so a title or merged cells above the names do not hide them.

    Raises:
        SourceError: two header rows where `header_rows` was not given.
    """
    if header_rows is None:
        found, sign = count_header_rows(rows[0], rows[1:])
        if found > 1:
            raise SourceError(
                f"this line looks like a second header ({sign}); "
                "say --header-rows 2 to skip it, or --header-rows 1 to keep it as data",
                path=path,
                line=2,
            )
        header_rows = 1
    richest = sorted(rows[:header_rows], key=lambda row: -len({cell.strip() for cell in row} - {""}))
    labels = [next(filter(str.strip, cells), "") for cells in zip_longest(*richest, fillvalue="")]
    return distinct_names(labels), header_rows


def distinct_names(header: Sequence[str]) -> list[str]:
    """Column names made distinct: a blank one is called after its number, a repeated one gets a number."""
    names: list[str] = []
    for number, cell in enumerate(header, start=1):
        base = name = cell.strip() or f"column {number}"
        repeat = 1
        while name in names:
            repeat += 1
            name = f"{base}.{repeat}"
        names.append(name)
    return names


def count_header_rows(header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[int, str]:
    """1, or 2 where the first of `rows` is a second header, with the sign that shows it.

    A second header is HXL tags, the header once more, labels below blank (merged) cells, or words at the head
    of columns that hold nothing but numbers.
    """
    if not rows:
        return 1, ""
    second = [cell.strip() for cell in rows[0]]
    filled = [cell for cell in second if cell]
    if filled and sum(cell.startswith("#") for cell in filled) * 2 > len(filled):
        return 2, "HXL tags"
    first = [cell.strip().casefold() for cell in header]
    same = sum(a == b.casefold() != "" for a, b in zip(first, second, strict=False))
    if len(first) > 1 and same * 2 > len(first):
        return 2, "the header once more"
    blank = sum(not cell for cell in first)
    if blank >= 2 and blank * 3 >= len(first) and len(filled) == len(second) and _is_wordy(second):
        return 2, "labels below merged cells"
    return (2, "words above numbers") if _tops_numbers(second, rows[1:]) else (1, "")


def _is_wordy(cells: Sequence[str]) -> bool:
    return not any(_is_number(cell) for cell in cells) and len(set(cells)) == len(cells)


def _tops_numbers(cells: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether every column that is numeric from here on has a word in `cells`, and there are two such."""
    if len(rows) < 3:
        return False
    columns = [[row[i].strip() for row in rows if i < len(row)] for i in range(len(cells))]
    numeric = [
        cell
        for cell, column in zip(cells, columns, strict=True)
        if any(column) and all(_is_number(value) or not value for value in column)
    ]
    return len(numeric) >= 2 and all(not _is_number(cell) and cell.casefold() not in _MISSING for cell in numeric)


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True
