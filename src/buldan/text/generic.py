"""Generic terms: the words beside a name that say what kind of place it is (village, مدينة, Tall).

A `kind` term may be put to a name or left out freely and hints at the kind; a `part` term is mostly part of the
name, and leaving it out is rarer; a `side` term tells one of two like-named places from the other (شرقي, Upper);
a `stop` word joins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from buldan.text.folding import fold
from buldan.text.tables import read_table

__all__ = ["GenericTerm", "generic_terms", "is_kind_word"]


@dataclass(frozen=True, slots=True)
class GenericTerm:
    """A term with the kinds that it hints at and its role: `kind`, `part`, `side` or `stop`."""

    kinds: frozenset[str]
    role: str


@cache
def generic_terms() -> Mapping[str, GenericTerm]:
    """Every generic term by its folded form, with and without the Arabic article."""
    terms: dict[str, GenericTerm] = {}
    for term, kinds, role, _ in read_table("generic_terms"):
        entry = GenericTerm(frozenset(filter(None, kinds.split(","))), role)
        terms.setdefault(fold(term), entry)
    return MappingProxyType(terms)


def is_kind_word(folded_word: str) -> bool:
    """Whether a folded word only tells the kind of a place."""
    term = generic_terms().get(folded_word)
    return term is not None and term.role == "kind"
