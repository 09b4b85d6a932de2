"""The forms under which a name is found: as attested, and made by rule.

Forms made by rule are never stored in the gazetteer; they are made here, each marked with the rule that made
it, so that the score can hold the rule against it and the answer can say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from buldan.text import Words, fold, generic_terms, plain_words

__all__ = ["Form", "Rule", "iter_forms"]


class Rule(IntEnum):
    """How a form came about."""

    ATTESTED = 0
    """As a source writes it."""
    KIND_LEFT_OUT = 1
    """Without the word that tells its kind: مخيم اليرموك → اليرموك."""
    PART_LEFT_OUT = 2
    """Without a generic word that is mostly part of the name: تل رفعت → رفعت."""
    SIDE_LEFT_OUT = 3
    """Without the word that tells it from its namesake: الغارية الشرقية → الغارية."""


class Form(NamedTuple):
    """Plain words under which a name is found, and the rule that made them."""

    words: Words
    rule: Rule



def _role(word: str) -> str:
    term = generic_terms().get(fold(word))
    return term.role if term else ""


def iter_forms(name: str) -> Iterator[Form]:
    """The forms of a name, the attested one first; none where the name has no letters of a known script.

    >>> [form.words for form in iter_forms("مخيم اليرموك")]
    [('مخيم', 'يرموك'), ('يرموك',)]
    """
    words = plain_words(name)
    if not words:
        return
    yield Form(words, Rule.ATTESTED)
    if len(words) < 2:
        return
    rest, rule = words, Rule.ATTESTED
    while len(rest) > 1 and _role(rest[0]) == "kind":
        rest, rule = rest[1:], Rule.KIND_LEFT_OUT
    while len(rest) > 1 and _role(rest[-1]) == "kind":
        rest, rule = rest[:-1], Rule.KIND_LEFT_OUT
    if rule and _is_name(rest):
        yield Form(rest, rule)
    if len(rest) > 1 and _role(rest[-1]) == "side" and _is_name(rest[:-1]):
        yield Form(rest[:-1], Rule.SIDE_LEFT_OUT)
    if len(rest) > 1 and _role(rest[0]) == "part" and _is_name(rest[1:]):
        yield Form(rest[1:], Rule.PART_LEFT_OUT)


def _is_name(words: Words) -> bool:
    """Whether words can stand as a name: letters enough, and not generic words alone."""
    return sum(map(len, words)) >= 3 and any(not _role(word) for word in words)
