"""Unit words (governorate, ناحية) and words for a side of the land."""

from __future__ import annotations

from functools import cache, lru_cache

from buldan.lookup.cells.patterns import read_english_sides
from buldan.text import fold, is_side_word, load_joining_words, load_kind_phrases, split_folded_words, split_plain_words
from buldan.text.tables import read_table

__all__ = ["is_compass_word", "is_unit_word", "list_compass_words", "names_side", "read_unit_words"]


def is_unit_word(folded: str) -> bool:
    """Whether a folded word is a unit word: governorate, ناحية, dist."""
    return folded in read_unit_words()


@lru_cache(maxsize=4096)  # of each part of a cell, most of which are units that come again
def names_side(text: str) -> bool:
    """Whether a text is only a side of the land of a place: الريف الجنوبي, western countryside, south.

    An Arabic side alone may be the name of a quarter or village (الجنوبي, Sharqi, Wasta), so only English ones count.
    """
    words = split_plain_words(text)
    lands = [word for word in words if read_unit_words().get(word, ("", ""))[0] == "countryside"]
    is_land = bool(lands) and all(word in lands or is_side_word(word) for word in words)
    return is_land or fold(text) in read_english_sides()


def is_compass_word(folded: str) -> bool:
    """Whether a folded word is a point of the compass, as noun or adjective: شمال, شمالية, north, northern."""
    return folded in list_compass_words()


@cache
def list_compass_words() -> frozenset[str]:
    """The folded words for which `is_compass_word` is true."""
    stems = load_joining_words("side")
    adjectives = (
        phrase[0]
        for phrase, says in load_kind_phrases().items()
        if len(phrase) == 1 and says.asks == "part" and is_side_word(phrase[0])
    )
    return frozenset((*stems, *(f"{stem}ه" for stem in stems), *read_english_sides(), *adjectives))


@cache
def read_unit_words() -> dict[str, tuple[str, str]]:
    """Level and side of each unit word, by its folded form, and by the one that it has as a plain word before a name:
    gouvernorat, whose t plain words take for that of a teh marbuta.
    """
    rows = [(fold(form), (level, side)) for form, level, side, _ in read_table("unit_words")]
    before_name = {split_folded_words(f"{form} x")[0]: says for form, says in rows if says[1] != "after"}
    return before_name | dict(rows)
