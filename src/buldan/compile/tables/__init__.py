"""The tables of the compiler: publishers, languages, qualifiers, words that tell a kind."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["read_table"]


@cache
def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `tables/<name>.tsv` below its header, each as wide as the header.

    Raises:
        ValueError: a row has another number of columns; the message names table and line.
    """
    header, *lines = files(__name__).joinpath(f"{name}.tsv").read_text("utf-8").splitlines()
    width = header.count("\t") + 1
    rows = []
    for number, line in enumerate(lines, start=2):
        row = tuple(line.split("\t"))
        if len(row) != width:
            raise ValueError(f"{name}.tsv, line {number}: {len(row)} columns instead of {width}")
        rows.append(row)
    return tuple(rows)
