"""The header of a sheet: where it is, how many rows it takes, and what its columns are called.

The rows around it are recognised by their form: titles and banners above it fill few of the columns that the body
fills; a second row of labels is below merged or blank cells; HXL tags begin with `#`; hints below it name types
("text", "select one") or are above columns of numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from statistics import median
from typing import NamedTuple

from buldan.files.columns import Column, column_letter, guess_role, is_hxl_tag, read_labels
from buldan.text import fold

__all__ = ["HEAD_ROWS", "Header", "Merged", "find_header", "make_distinct"]

HEAD_ROWS = 60
"""Number of first rows of a sheet that are read to find its header."""

_SEARCHED_ROWS = 30
"""The header is searched among this number of first rows."""

_LEAST_COVERAGE = 0.6
"""Minimum share of the body's columns that a header has labels for; titles and banners fill fewer."""

_MISSING = frozenset({"", "-", "na", "n/a", "null", "none", "nan", "unknown"})


class Merged(NamedTuple):
    """A merged range of cells; rows and columns are counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Header(NamedTuple):
    """The header of a sheet.

    Attributes:
        first: its first row, counted from 0 among the rows given.
        body: the first row of data, below labels, tags and hints.
        columns: the columns of the sheet, in order.
        tags: whether it has a row of HXL tags.
        hints: number of rows of hints, which only explain the labels.
    """

    first: int
    body: int
    columns: tuple[Column, ...]
    tags: bool = False
    hints: int = 0


def find_header(
    rows: Sequence[Sequence[str]],
    *,
    merged: Sequence[Merged] = (),
    header_row: int | None = None,
    header_rows: int | None = None,
) -> Header:
    """The header among the first rows of a sheet.

    Args:
        rows: at least one row, cells as text; every row has a filled cell.
        merged: merged ranges, counted among these rows.
        header_row: its first row if the caller knows it, counted from 0.
        header_rows: its number of rows if the caller knows it, tags and hints included; without `header_row` the
            header begins in the first row.
    """
    cells = [[cell.strip() for cell in row] for row in rows]
    if header_rows:
        first = header_row or 0
        kinds = [_class_row(row) for row in cells[first : first + header_rows]]
    else:
        first = _find_first(cells) if header_row is None else header_row
        kinds = _find_kinds(cells, first, merged)
        if header_row is None and first > 0 and _is_grouping(cells[first - 1 : first + 1], first - 1, merged):
            first, kinds = first - 1, ["labels", *kinds]
    head = list(zip(cells[first:], kinds, strict=False))
    labels = [row for row, kind in head if kind == "labels"] or [cells[first]]
    hints = [row for row, kind in head if kind == "hints"]
    tags = next((row for row, kind in head if kind == "tags"), [])
    width = max(map(len, cells[first:]))
    names = make_distinct(_name_columns(_spread_labels(labels, first, merged), width))
    stacks = list(zip_longest(*labels, *hints, [""] * width, fillvalue=""))
    columns = tuple(
        Column(name, column_letter(at), tags[at] if at < len(tags) else "", tuple(filter(None, stacks[at])))
        for at, name in enumerate(names)
    )
    return Header(first, first + len(kinds), columns, bool(tags), len(hints))


def _find_first(cells: Sequence[Sequence[str]]) -> int:
    """The first row of labels: above HXL tags, else the first that fills most of the body's columns with words."""
    tagged = next((at for at, row in enumerate(cells[:_SEARCHED_ROWS]) if _is_tag_row(row)), None)
    if tagged is not None:
        return max(tagged - 1, 0)
    used = _find_used_columns(cells)
    coverages = [_measure_coverage(row, used) for row in cells[:_SEARCHED_ROWS]]
    if len(used) == 2 and coverages[0] <= 0.5 < max(coverages[1:2], default=0.0):
        # One cell above two columns is a title if labels follow it; else the second label is missing.
        return 1 if any(_is_known_label(cell) for cell in cells[1]) else 0
    wordy = [at for at, share in enumerate(coverages) if share >= _LEAST_COVERAGE and _is_mostly_words(cells[at])]
    return wordy[0] if wordy else coverages.index(max(coverages))


def _find_used_columns(cells: Sequence[Sequence[str]]) -> list[int]:
    """Columns that the body fills: those with a cell in a quarter or more of the rows of about the usual width."""
    filled = [sum(map(bool, row)) for row in cells]
    usual = median(filled)
    wide = [row for row, count in zip(cells, filled, strict=True) if count * 2 >= usual]
    counts = Counter(at for row in wide for at, cell in enumerate(row) if cell)
    return [at for at, count in counts.items() if count * 4 >= len(wide)] or [0]


def _measure_coverage(row: Sequence[str], used: Sequence[int]) -> float:
    return sum(at < len(row) and bool(row[at]) for at in used) / len(used)


def _is_grouping(rows: Sequence[Sequence[str]], at: int, merged: Sequence[Merged]) -> bool:
    """Whether the row above the labels has labels for several columns each ("2022 … 2023 …"): its cells are merged,
    or the labels below it repeat.
    """
    above, labels = ([cell for cell in row if cell] for row in rows)
    grouped = any(area.top == area.bottom == at and area.right > area.left for area in merged)
    return len(above) >= 2 and (grouped or not _are_distinct(labels))


def _find_kinds(cells: Sequence[Sequence[str]], first: int, merged: Sequence[Merged]) -> list[str]:
    """The kind of each row of the header (`tags`, `hints` or `labels`), from the row `first` to the data."""
    kinds = [_class_row(cells[first])]
    while kind := _class_below(cells, first + len(kinds), first, merged):
        kinds.append(kind)
    return kinds


def _class_below(cells: Sequence[Sequence[str]], at: int, first: int, merged: Sequence[Merged]) -> str:
    """The kind of a row below the first labels: `tags`, `hints`, `labels`, or empty for data."""
    if at >= len(cells):
        return ""
    row = cells[at]
    kind = _class_row(row)
    if kind != "labels":
        return kind
    if _is_below_merged(row, at, first, merged) or (at == first + 1 and _is_continued(cells[first], row)):
        return "labels"
    return "hints" if _stands_over_numbers(row, cells[at + 1 :]) else ""


def _is_below_merged(row: Sequence[str], at: int, first: int, merged: Sequence[Merged]) -> bool:
    """Whether merged cells of the header reach down to a row, or group the labels in it."""
    if at <= max((area.bottom for area in merged if area.top == first), default=first):
        return True
    grouped = {
        column
        for area in merged
        if area.top == area.bottom == first and area.right > area.left
        for column in range(area.left, area.right + 1)
    }
    filled = {column for column, cell in enumerate(row) if cell}
    # A row of data also has cells in the columns outside the groups.
    return at == first + 1 and bool(grouped & filled) and not filled - grouped and _is_mostly_words(row)


def _class_row(row: Sequence[str]) -> str:
    """The kind of a row of the header by its own words: `tags`, `hints` or `labels`."""
    if _is_tag_row(row):
        return "tags"
    return "hints" if _is_hint_row(row) else "labels"


def _is_tag_row(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell]
    return bool(filled) and sum(map(is_hxl_tag, filled)) * 2 > len(filled)


def _is_hint_row(row: Sequence[str]) -> bool:
    """Whether two or more cells, and most cells, name a type or a rule ("text", "(optional)", "select one …")."""
    filled = [cell for cell in row if cell]
    hints = sum(_is_hint(cell) for cell in filled)
    return hints >= 2 and hints * 2 > len(filled)


def _is_hint(cell: str) -> bool:
    bracketed = cell.startswith(("(", "[", "<")) and cell.endswith((")", "]", ">"))
    words = fold(cell)
    return bracketed or any(
        words == form or words.startswith(f"{form} ") for form, role in read_labels().items() if role == "hint"
    )


def _is_continued(header: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row continues the header above it: it repeats the labels, or has labels below blank (merged) cells."""
    pairs = list(zip_longest(header, row, fillvalue=""))
    same = sum(above.casefold() == below.casefold() != "" for above, below in pairs)
    if len(pairs) > 1 and same * 2 > len(pairs):
        return True
    blank = sum(not above for above, _ in pairs)
    below = [cell for _, cell in pairs]
    return blank >= 2 and blank * 3 >= len(pairs) and all(below) and _is_mostly_words(below) and _are_distinct(below)


def _stands_over_numbers(row: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether two or more columns are numeric in `rows`, and each of them has a word in `row`."""
    if len(rows) < 3:
        return False
    columns = [[below[at] for below in rows if at < len(below)] for at in range(len(row))]
    numeric = [
        cell
        for cell, column in zip(row, columns, strict=True)
        if any(column) and all(_is_number(value) or not value for value in column)
    ]
    return len(numeric) >= 2 and all(not _is_number(cell) and cell.casefold() not in _MISSING for cell in numeric)


def _is_mostly_words(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell]
    return sum(map(_is_number, filled)) * 5 <= len(filled)


def _are_distinct(row: Sequence[str]) -> bool:
    return len(set(row)) == len(row)


def _is_known_label(cell: str) -> bool:
    return bool(guess_role(Column(cell)))


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True


def _spread_labels(labels: Sequence[Sequence[str]], first: int, merged: Iterable[Merged]) -> list[list[str]]:
    """Rows of labels; a label that is merged over several columns is repeated for each of them."""
    spread = [list(row) for row in labels]
    for area in merged:
        at = area.top - first
        if 0 <= at < len(spread) - 1 and area.left < len(spread[at]):
            row = spread[at]
            row.extend([""] * (area.right + 1 - len(row)))
            row[area.left : area.right + 1] = [row[area.left]] * (area.right + 1 - area.left)
    return spread


def _name_columns(labels: Sequence[Sequence[str]], width: int) -> list[str]:
    """The lowest label of each column, with its group's label before it if several columns have the same one."""
    stacks = [[cell for cell in column if cell] for column in zip_longest(*labels, [""] * width, fillvalue="")]
    lowest = Counter(stack[-1] for stack in stacks if stack)
    return [
        " ".join(dict.fromkeys(stack[-2:])) if stack and lowest[stack[-1]] > 1 else (stack or [""])[-1]
        for stack in stacks
    ]


def make_distinct(header: Sequence[str]) -> list[str]:
    """Distinct column names: a blank one is named by the column's number, a repeated one gets a number."""
    names: list[str] = []
    taken: set[str] = set()
    repeats: Counter[str] = Counter()
    for number, cell in enumerate(header, start=1):
        base = name = cell.strip() or f"column {number}"
        while name in taken:
            repeats[base] = max(repeats[base], 1) + 1
            name = f"{base}.{repeats[base]}"
        names.append(name)
        taken.add(name)
    return names
