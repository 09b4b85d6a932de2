"""Ordinary words that are spelled as, or like, names of places: "since", الحياة."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from buldan.rules import read_table

__all__ = ["load_taken_words"]


@cache
def load_taken_words() -> Mapping[str, float]:
    """How common they are, by plain word: Zipf values (`taken_words.tsv`, made by `buldan learn words`)."""
    return {word: float(zipf) for word, zipf in read_table("lookup/taken_words")}
