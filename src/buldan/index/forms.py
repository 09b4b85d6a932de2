"""The forms under which a name is found: as attested, and made by rule.

Forms made by rule are never stored in the gazetteer; they are made here, each marked with the rule that made
it, so that the score can hold the rule against it and the answer can say so.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from buldan.enumerations import NumberInArrays
from buldan.kinds import get_kind
from buldan.text import (
    Words,
    derive_first_skeleton,
    fold,
    load_generic_terms,
    load_kind_phrases,
    split_plain_words,
    strip_stop_words,
)

__all__ = ["Form", "Rule", "iter_forms"]


class Rule(NumberInArrays, IntEnum):
    """How a form came about."""

    ATTESTED = 0
    """As a source writes it."""
    KIND_LEFT_OUT = 1
    """Without the word for its kind: مخيم اليرموك → اليرموك."""
    PART_LEFT_OUT = 2
    """Without a generic word that is mostly part of the name: تل رفعت → رفعت."""
    SIDE_LEFT_OUT = 3
    """Without the word that distinguishes it from its namesake: الغارية الشرقية → الغارية."""
    TYPE_LEFT_OUT = 4
    """Without the word for a facility or a feature, whose rest is often a town's name: جامعة حلب → حلب."""
    UNIT_LEFT_OUT = 5
    """Without the name of its unit, which distinguishes it from its namesakes: الدردارة تل تمر → الدردارة."""


class Form(NamedTuple):
    """Plain words under which a name is found, and the rule that made them."""

    words: Words
    rule: Rule


@lru_cache(maxsize=1 << 16)
def _find_generic_role(word: str) -> str:
    """The role of a generic term, empty for other words; the words of all names are few, and asked for many times."""
    term = load_generic_terms().get(fold(word))
    return term.role if term else ""


def iter_forms(name: str, units: Container[str] = ()) -> Iterator[Form]:
    """The forms of a name, the attested one first; none where the name has no letters of a known script.

    Args:
        name: as a source writes it.
        units: skeletons of the names of the admin units that hold the place.

    >>> [form.words for form in iter_forms("مخيم اليرموك")]
    [('مخيم', 'يرموك'), ('يرموك',)]
    """
    words = split_plain_words(name)
    if not words:
        return
    yield Form(words, Rule.ATTESTED)
    if len(words) < 2:
        return
    rest, rule = words, Rule.ATTESTED
    # Words of kind go from both ends; one word stays, for a name cannot be empty: مدينة alone is no form of a town.
    while len(rest) > 1 and _find_generic_role(rest[0]) in {"kind", "stop"}:
        rest, rule = rest[1:], _choose_rule(rest[0], rule)
    while len(rest) > 1 and _find_generic_role(rest[-1]) == "kind":
        rest, rule = rest[:-1], _choose_rule(rest[-1], rule)
    if rule and _is_name(rest) and not _is_name_of_unit(rest, units):
        yield Form(rest, rule)
    if len(rest) > 1 and _find_generic_role(rest[-1]) == "side" and _is_name(rest[:-1]):
        yield Form(rest[:-1], Rule.SIDE_LEFT_OUT)
    named = strip_stop_words(rest[1:])  # Citadel of Aleppo
    if named and _find_generic_role(rest[0]) == "part" and _is_name(named):
        yield Form(named, Rule.PART_LEFT_OUT)
    without = next(_iter_without_unit(words, units), None) if units else None
    if without and not _is_name_of_unit(without, units):
        yield Form(without, Rule.UNIT_LEFT_OUT)


def _iter_without_unit(words: Words, units: Container[str]) -> Iterator[Words]:
    """The words without the name of a unit among them, the last and longest first.

    The unit may stand behind or in the middle: الدردارة تل تمر, جسر الرقة الجديد.
    """
    for end in range(len(words), 0, -1):
        for start in range(end):
            if derive_first_skeleton(words[start:end]) in units and _is_name(rest := words[:start] + words[end:]):
                yield rest


def _choose_rule(word: str, so_far: Rule) -> Rule:
    """The rule for leaving out a kind word, on top of those left out before."""
    kinds = load_generic_terms()[fold(word)].kinds
    is_settled = all(get_kind(kind).group in {"settlement", "quarter", "camp", "admin"} for kind in kinds)
    return max(so_far, Rule.KIND_LEFT_OUT if is_settled else Rule.TYPE_LEFT_OUT)


def _is_name_of_unit(words: Words, units: Container[str]) -> bool:
    """Whether a word only says in which unit a place lies: بالرقة of المنصورة بالرقة."""
    word, *others = words
    return not others and word.startswith("ب") and derive_first_skeleton(split_plain_words(word[1:])) in units


def _is_name(words: Words) -> bool:
    """Whether words can stand as a name: letters enough, and not generic words alone."""
    is_phrase = tuple(map(fold, words)) in load_kind_phrases()
    return sum(map(len, words)) >= 3 and any(not _find_generic_role(word) for word in words) and not is_phrase
