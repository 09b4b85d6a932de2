"""The publishers of our sources, and the one line that names them all."""

from __future__ import annotations

from collections.abc import Container, Sequence

from buldan.compile.tables import read_table
from buldan.model import Source

__all__ = ["LICENCE", "name_publishers", "read_publishers"]

LICENCE = "CC-BY-4.0"
"""Licence of the compiled gazetteer. The terms of every source allow it: they require attribution or nothing."""


def read_publishers() -> dict[str, Source]:
    """Every source by key."""
    return {source.key: source for source in map(_parse_source, read_table("publishers"))}


def _parse_source(row: Sequence[str]) -> Source:
    key, title, publisher, licence, licence_url, url, date, attributed = row
    return Source(key, title, publisher, licence, licence_url, url, date, attributed)


def name_publishers(used: Container[str]) -> str:
    """One line that names every publisher of a source in `used` (keys); it is part of every answer."""
    *names, last = (source.attribution for key, source in read_publishers().items() if key != "curated" and key in used)
    return f"Buldan gazetteer ({LICENCE}), from data of {', '.join(names)} and {last}"
