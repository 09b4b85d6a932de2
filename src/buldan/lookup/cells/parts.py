"""A part of a cell, and how it is cut at unit words: قرية بقيلون ناحية الفاخورة."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from buldan.lookup.cells.patterns import NUMBERING
from buldan.lookup.cells.unit_words import read_unit_words
from buldan.text import fold_word, is_kind_alone, is_side_word

__all__ = ["Part", "split_at_unit_words"]


class Part(NamedTuple):
    """A stretch of a cell between signs.

    Attributes:
        text: as written, the unit's word included.
        sign: role of what stands before it: `first`, `comma`, `colon`, `slash`, `dash`, `nested`, `bracket`, `and`,
            `in`, `near`, `space` (`cell_signs.tsv`, `joining_words.tsv`).
        level: the level of its unit word (`governorate`, `district`, `sub-district`, `countryside`), or empty.
        name: the text without that word.
        also: a second spelling of the name, given in brackets or after a slash.
        is_unnamed: whether the name is of a place nearby, and its own is not given (a camp near Afrin).
        beside: the folded word before it that says so (near Afrin, شرق تدمر), or empty.
        whole: the text with what was cut off at its ends, such as a number (1- سراقب, 16 Tishrin Dam), or empty.
    """

    text: str
    sign: str = "first"
    level: str = ""
    name: str = ""
    also: str = ""
    is_unnamed: bool = False
    beside: str = ""
    whole: str = ""


def split_at_unit_words(part: Part) -> Iterator[Part]:
    """The pieces of a part, each beginning or ending with a unit word."""
    text = NUMBERING.sub("", part.text)
    if read_unit_words().keys().isdisjoint(map(fold_word, text.split())):
        yield part._replace(text=text, name=text)
        return
    part = part._replace(text=text)
    tokens = list(re.finditer(r"\S+", text))
    begin, level, cut, sign = 0, "", [], part.sign
    for at, token in enumerate(tokens):
        known = read_unit_words().get(fold_word(token.group()))
        if known is None:
            continue
        named_level, side = known
        has_of = _has_of(tokens, at)
        if has_of and at > begin and _has_word_behind(tokens, at):
            # Salqin sub-district of Harim district: the name behind "of" has a word of its own.
            cut.append((begin, at + 1, level or named_level))
            begin, level = at + 2, ""
            continue
        opens = side == "before" or (side == "both" and at == begin) or has_of
        if opens and _are_sides(tokens, begin, at):
            level = named_level  # southern countryside of Idlib
        elif opens and at < len(tokens) - 1 and not _is_alone(tokens, begin, at):
            if at > begin:
                cut.append((begin, at, level))
            begin, level = at, named_level
        elif side != "before" and at > begin:
            cut.append((begin, at + 1, level or named_level))
            begin, level = at + 1, ""
    if begin < len(tokens):
        cut.append((begin, len(tokens), level))
    for first, last, level_of_cut in cut:
        words = [_strip_clitic(token.group()) for token in tokens[first:last]]
        name = " ".join(_iter_without_unit_words(words)) or " ".join(words)
        level = "" if level_of_cut == "part" else level_of_cut
        yield part._replace(text=" ".join(words), sign=sign, level=level, name=name)
        part, sign = part._replace(beside=""), "space"


def _iter_without_unit_words(words: list[str]) -> Iterator[str]:
    """The words of a name without unit words and an "of" after them."""
    is_after_unit_word = False
    for word in words:
        if not (is_after_unit_word and word.lower() == "of") and fold_word(word) not in read_unit_words():
            yield word
        is_after_unit_word = fold_word(word) in read_unit_words()


def _strip_clitic(word: str) -> str:
    """A unit word without a ب or ل joined to it: بريف is ريف."""
    folded = fold_word(word)
    return word[1:] if folded in read_unit_words() and folded[0] in "بل" and folded[1:] in read_unit_words() else word


def _has_of(tokens: list[re.Match[str]], at: int) -> bool:
    """Whether a word is joined to the name after it by "of": Governorate of Homs."""
    return at < len(tokens) - 2 and tokens[at + 1].group().lower() == "of"


def _has_word_behind(tokens: list[re.Match[str]], at: int) -> bool:
    """Whether the name behind a unit word and "of" has a unit word that stands behind names."""
    sides = (read_unit_words().get(fold_word(token.group()), ("", ""))[1] for token in tokens[at + 3 :])
    return any(side in {"after", "both"} for side in sides)


def _are_sides(tokens: list[re.Match[str]], begin: int, at: int) -> bool:
    """Whether only words for sides stand before a unit word: southern countryside, western Rif Dimashq."""
    return at > begin and all(is_side_word(fold_word(token.group())) for token in tokens[begin:at])


def _is_alone(tokens: list[re.Match[str]], begin: int, at: int) -> bool:
    """Whether only words of kind stand before a unit word: مدينة و ريف دوما and مركز مدينة منبج are one part."""
    before = [token.group() for token in tokens[begin:at]]
    return at > begin and (
        all(fold_word(word) in read_unit_words() for word in before) or is_kind_alone(" ".join(before))
    )
