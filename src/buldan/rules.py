"""Rules are data: the tables that say what spelling does and what words mean, and the one function that reads them.

A linguist who does not code can correct them: tab-separated, one header, one form a row, the last column a comment
(or the last text, where all columns are texts).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["read_table"]


@cache
def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table below its header, each as wide as the header.

    Args:
        name: the table within the package, without its ending: "text/tables/articles".

    Raises:
        ValueError: a row of another width; names table and line.
    """
    header, *lines = files("buldan").joinpath(f"{name}.tsv").read_text("utf-8").splitlines()
    width = header.count("\t") + 1
    rows = []
    for number, line in enumerate(lines, start=2):
        row = tuple(line.split("\t"))
        if line and len(row) != width:
            raise ValueError(f"{name}.tsv, line {number}: {len(row)} columns instead of {width}")
        rows.append(row)
    return tuple(row for row in rows if any(row))
