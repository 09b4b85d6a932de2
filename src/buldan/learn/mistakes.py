"""Questions with known answers made of the gazetteer's own names: slips of the finger, clitics, and names of nothing.

The tables of known answers were written with care and by people who quote; users also mistype, paste words out of
running Arabic, and ask for what is not in Syria. A few such questions beside the real ones keep the weights from
trusting spelling too much, and from finding something for everything.
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
"""Letters of a name at least: of a shorter one, a slip makes another."""


class Mistake(NamedTuple):
    """A change to names of one script; `apply` gives None where a name has nothing to change."""

    script: str
    apply: Callable[[str, random.Random], str | None]


def _make_slip(script: str) -> Callable[[str, random.Random], str | None]:
    """One letter changed, left out, put in, or swapped with the next."""

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
    """Mistaken names of the gazetteer, so many of each mistake, with the (lon, lat) of the place meant."""
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
    """Names of nothing, so many of each script: the head of one name of one word and the tail of another."""
    chance = random.Random(seed)
    for script in _LETTERS:
        drawn = 0
        while drawn < each:
            one, other = (index.names[chance.randrange(len(index.names))] for _ in range(2))
            if script == one.script == other.script and " " not in one.text + other.text:
                drawn += 1
                yield one.text[: (len(one.text) + 1) // 2] + other.text[len(other.text) // 2 :]
