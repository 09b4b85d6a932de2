"""Read the tables of rules, which say how names are spelled and what words mean.

A linguist who does not write code can correct them. They are tab-separated, with one header line and one form in each
row; the last column is a comment (or the last text, if all columns are texts).
"""

from __future__ import annotations

from importlib.resources import files

__all__ = ["read_table"]


_kept: dict[str, tuple[tuple[str, ...], ...]] = {}

_MOST_KEPT = 20_000
"""Maximum rows of a table that is kept. The lexicon is longer: its one reader keeps what it makes of the rows."""


def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table below its header, each as wide as the header.

    Args:
        name: the path of the table in the package, without its suffix: "text/tables/articles".

    Raises:
        ValueError: a row has another number of columns; the message has table and line.
    """
    if name in _kept:
        return _kept[name]
    header, *lines = files("buldan").joinpath(f"{name}.tsv").read_text("utf-8").splitlines()
    width = header.count("\t") + 1
    rows = []
    for number, line in enumerate(lines, start=2):
        row = tuple(line.split("\t"))
        if line and len(row) != width:
            raise ValueError(f"{name}.tsv, line {number}: {len(row)} columns instead of {width}")
        rows.append(row)
    table = tuple(row for row in rows if any(row))
    if len(table) <= _MOST_KEPT:
        _kept[name] = table
    return table
