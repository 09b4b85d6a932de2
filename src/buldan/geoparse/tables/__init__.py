"""The tables of cues that reading rests on, one form a row."""

from __future__ import annotations

from buldan import rules

__all__ = ["read_table"]


def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table of this folder; see `buldan.rules`."""
    return rules.read_table(f"geoparse/tables/{name}")
