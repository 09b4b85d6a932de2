"""The tables of the compiler: publishers, languages, qualifiers, words that tell a kind."""

from __future__ import annotations

from buldan import rules

__all__ = ["read_table"]


def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table of this folder; see `buldan.rules`."""
    return rules.read_table(f"compile/tables/{name}")
