r"""A suite of others moved to Syria: files of theirs, values of ours.

`moved.tsv` has a row for each value: file, line, place, value. Lines are theirs, counted from 1, so that a table holds
for one commit alone. A place is

    3      the value that counts as 3 in that line, from 0, is replaced
    +3     a cell is put in before the one that counts as 3
    -3     that cell is left out
    -      the line is left out
    =      the line's text is ours

What counts: in a row of a table its cells, in a step its words (what stands in quotes is one word), in Python the
strings and numbers. `\t`, `\v` and `\f` in a value are the white space that they name.

`out_of_scope.tsv` has a row for each scenario that is left out: file, line, why.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

__all__ = ["move_suite", "read_rows"]

_CELL = re.compile(r"(?<!\\)\|")
_WORD = re.compile(r'"[^"]*"|\S+')
_LITERAL = re.compile(r""""[^"]*"|'[^']*'|-?\b\d+(?:\.\d+)?(?:e-?\d+)?\b""")
_SCENARIO = re.compile(r"\s*Scenario")
_SPACES = {r"\t": "\t", r"\v": "\v", r"\f": "\f"}

Edits = list[tuple[str, str]]


def read_rows(table: Path) -> list[dict[str, str]]:
    """The rows of a table beside its header."""
    with table.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))


def move_suite(folder: Path, *, moved: Path, out_of_scope: Path | None = None) -> None:
    """Rewrite the files of an exported suite by our tables."""
    edits: dict[str, dict[int, Edits]] = defaultdict(lambda: defaultdict(list))
    for row in read_rows(moved):
        edits[row["file"]][int(row["line"])].append((row["place"], row["value"]))
    left: dict[str, set[int]] = defaultdict(set)
    for row in read_rows(out_of_scope) if out_of_scope else ():
        left[row["file"]].add(int(row["line"]))
    for name in edits.keys() | left.keys():
        file = folder / name
        lines = file.read_text("utf-8").split("\n")
        counted = _LITERAL if file.suffix == ".py" else _WORD
        file.write_text("\n".join(_move_lines(lines, edits[name], left[name], counted)), "utf-8")


def _move_lines(
    lines: Iterable[str], edits: dict[int, Edits], left: set[int], counted: re.Pattern[str]
) -> Iterator[str]:
    inside = False  # a scenario that is left out, up to the next one
    for number, line in enumerate(lines, 1):
        if _SCENARIO.match(line):
            inside = number in left
        if not inside and ("-", "") not in edits.get(number, ()):
            yield _move_line(line, edits[number], counted) if number in edits else line


def _move_line(line: str, edits: Edits, counted: re.Pattern[str]) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    if edits[0][0] == "=":
        return indent + edits[0][1]
    if line.lstrip().startswith("|"):
        cells = [cell.strip() for cell in _CELL.split(line.strip())[1:-1]]
        return f"{indent}| {' | '.join(_move_cells(cells, edits))} |"
    values, places = dict(edits), count()
    return counted.sub(lambda found: _decode(values.get(str(next(places)), found[0])), line)


def _move_cells(cells: list[str], edits: Edits) -> Iterator[str]:
    for place in range(len(cells) + 1):
        yield from (_decode(value) for where, value in edits if where == f"+{place}")
        if place < len(cells) and (f"-{place}", "") not in edits:
            yield next((_decode(value) for where, value in edits if where == str(place)), cells[place])


def _decode(value: str) -> str:
    for written, space in _SPACES.items():
        value = value.replace(written, space)
    return value
