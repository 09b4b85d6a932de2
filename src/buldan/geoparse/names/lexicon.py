"""Latin words that are something else: ordinary words, persons' names, names known elsewhere.

The table is made by `buldan learn lexicon`. What stands in it may still be a place of Syria (Derek, Sur); it is
then no name by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from functools import cache

from buldan.enumerations import NumberInArrays
from buldan.geoparse.tables import read_table

__all__ = ["Sense", "find_phrase_sense", "load_word_senses"]


class Sense(NumberInArrays, IntEnum):
    """What a Latin word is known to be beside a place of Syria."""

    UNKNOWN = 0
    WORD = 1
    PERSON = 2
    ELSEWHERE = 3


@cache
def load_word_senses() -> Mapping[str, Sense]:
    """The sense of every folded word of the lexicon."""
    return {word: Sense[what.upper()] for word, what in read_table("lexicon")}


def find_phrase_sense(phrase: str) -> Sense:
    """The weakest sense of the words of a phrase; `UNKNOWN` where one of them is in no list."""
    # One word that is known for nothing leaves it open what the whole is.
    senses = load_word_senses()
    return max((senses.get(word, Sense.UNKNOWN) for word in phrase.split(" ")), key=_STRENGTH.index)


_STRENGTH = (Sense.WORD, Sense.PERSON, Sense.ELSEWHERE, Sense.UNKNOWN)
"""From the strongest to the weakest, which decides for a phrase."""
