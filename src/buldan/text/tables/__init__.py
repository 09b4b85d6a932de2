"""The tables that say what spelling does, and the one function that reads them.

A linguist who does not code can correct them: tab-separated, one header, the last column a comment.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["read_table"]


@cache
def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `name`.tsv below its header, each as wide as the header.

    Raises:
        ValueError: a row of another width; names table and line.
    """
    text = files(__name__).joinpath(f"{name}.tsv").read_text("utf-8")
    header, *lines = text.splitlines()
    width = len(header.split("\t"))
    rows = tuple(tuple(line.split("\t")) for line in lines if line)
    for number, row in enumerate(rows, start=2):
        if len(row) != width:
            raise ValueError(f"{name}.tsv, line {number}: {len(row)} columns instead of {width}")
    return rows
