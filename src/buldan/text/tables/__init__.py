"""The tables that say what spelling does."""

from __future__ import annotations

from buldan import rules

__all__ = ["read_table"]


def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table of this folder; see `buldan.rules`."""
    return rules.read_table(f"text/tables/{name}")
