"""The tables of cues that reading rests on, and the one function that reads them.

Tab-separated, one header; a cell of several forms separates them by `|`; the last column is a comment.
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
    header, *lines = files(__name__).joinpath(f"{name}.tsv").read_text("utf-8").splitlines()
    width = header.count("\t") + 1
    rows = tuple(tuple(line.split("\t")) for line in lines if line)
    for number, row in enumerate(rows, start=2):
        if len(row) != width:
            raise ValueError(f"geoparse/tables/{name}.tsv, line {number}: {len(row)} columns instead of {width}")
    return rows
