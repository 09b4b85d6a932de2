"""Convert offsets from code points to UTF-16 code units, which browsers use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the geoparser is imported only when a text is read
    from buldan.geoparse import Mention

__all__ = ["count_in_utf16"]


def count_in_utf16(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions of a text with every offset in UTF-16 code units.

    >>> "😀 Homs".encode("utf-16-le")[3 * 2 : 7 * 2].decode("utf-16-le")
    'Homs'
    """
    shift = _shift_of(text)
    return [_shift(mention, shift) for mention in mentions]


def _shift_of(text: str) -> Callable[[int], int]:
    if text.isascii() or max(text) <= "\uffff":
        return lambda offset: offset
    before = [0, *accumulate(letter > "\uffff" for letter in text)]
    return lambda offset: offset + before[offset]


def _shift(mention: Mention, shift: Callable[[int], int]) -> Mention:
    relation = mention.relation
    if relation is not None:
        relation = replace(relation, start=shift(relation.start), end=shift(relation.end))
    return mention._replace(start=shift(mention.start), end=shift(mention.end), relation=relation)
