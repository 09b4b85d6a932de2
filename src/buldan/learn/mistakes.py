"""Make questions with known answers from names of the gazetteer: typing errors, clitics, and names of no place.

Names in the tables of known answers are written with care. Users also make typing errors, copy words with clitics from
Arabic text, and ask for places outside Syria. A few such questions in addition to the real ones teach the weights not
to rely too much on spelling, and not to find an answer for every question.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

from buldan.index import Index
from buldan.text import ONE_LETTER_CLITICS

__all__ = ["MISTAKES", "Mistake", "draw_made_up", "draw_mistaken"]

_LETTERS = {"Arab": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "Latn": "abcdefghijklmnopqrstuvwxyz"}
_FEWEST_LETTERS = 5
"""Minimum letters of a name, since an error in a shorter one makes another name."""


class Mistake(NamedTuple):
    """A change to names of one script; `apply` gives None if a name cannot be changed."""

    script: str
    apply: Callable[[str, random.Random], str | None]


def _make_slip(script: str) -> Callable[[str, random.Random], str | None]:
    """A function that changes, removes or adds one letter of a name, or swaps it with the next."""

    def apply(name: str, chance: random.Random) -> str | None:
        places = [at for at, letter in enumerate(name) if letter.isalpha()]
        if len(places) < _FEWEST_LETTERS:
            return None
        at, letter = chance.choice(places), chance.choice(_LETTERS[script])
        before, after, rest = name[:at], name[at + 1 :], name[at:]
        slips = (before + letter + after, before + after, before + letter + rest, before + rest[1::-1] + rest[2:])
        slipped = chance.choice(slips)
        return slipped if slipped.strip().casefold() != name.casefold() else None

    return apply


def _with_clitic(name: str, chance: random.Random) -> str:
    clitic = chance.choice(ONE_LETTER_CLITICS)
    return "لل" + name[2:] if clitic == "ل" and name.startswith("ال") else clitic + name


MISTAKES = {
    "Arabic slip": Mistake("Arab", _make_slip("Arab")),
    "Latin slip": Mistake("Latn", _make_slip("Latn")),
    "clitic": Mistake("Arab", _with_clitic),
}


def draw_mistaken(index: Index, *, each: int, seed: int = 0) -> Iterator[tuple[str, tuple[float, float]]]:
    """Names with mistakes, `each` for each kind of mistake, with the (lon, lat) of the place meant."""
    chance = random.Random(seed)
    for mistake in MISTAKES.values():
        drawn = 0
        while drawn < each:
            row = chance.randrange(len(index.names))
            name = index.names[row]
            text = mistake.apply(name.text, chance) if name.script == mistake.script else None
            if text:
                place = int(index.name_place[row])
                drawn += 1
                yield text, (float(index.lon[place]), float(index.lat[place]))


def draw_made_up(index: Index, *, each: int, seed: int = 0) -> Iterator[str]:
    """Names of no place, `each` for each script: the beginning of one name of one word and the end of another."""
    chance = random.Random(seed)
    for script in _LETTERS:
        drawn = 0
        while drawn < each:
            one, other = (index.names[chance.randrange(len(index.names))] for _ in range(2))
            if script == one.script == other.script and " " not in one.text + other.text:
                drawn += 1
                yield one.text[: (len(one.text) + 1) // 2] + other.text[len(other.text) // 2 :]
