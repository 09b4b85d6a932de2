"""Words that several commands say."""

from __future__ import annotations

__all__ = ["count_things"]


def count_things(count: int, noun: str) -> str:
    """A number with its noun, in the plural but for one: "1 row", "2,000 rows"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
