"""The few words of a map itself, in both languages, from `words.tsv`."""

from __future__ import annotations

from functools import cache

from buldan.kinds import kinds
from buldan.rules import read_table

__all__ = ["translate_kind", "translate_term"]


def translate_term(term: str, lang: str) -> str:
    """The word for a term in Arabic (`ar`) or else English; the term itself if the table does not have it.

    >>> translate_term("sure", "ar"), translate_term("tons", "en")
    ('مؤكد', 'tons')
    """
    english, arabic = _read_table().get(term, (term, term))
    return arabic if lang == "ar" else english


def translate_kind(kind: str, lang: str) -> str:
    """The label of a kind of place in Arabic (`ar`) or else English."""
    known = kinds().get(kind)
    return kind if known is None else known.label_ar if lang == "ar" else known.label_en


@cache
def _read_table() -> dict[str, tuple[str, str]]:
    return {term: (english, arabic) for term, english, arabic in read_table("explore/words")}
