"""The changes that make a question of a stored name."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

__all__ = ["CHANGES", "Change"]

_LETTERS = {"Arab": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "Latn": "abcdefghijklmnopqrstuvwxyz"}
_FEWEST_LETTERS = 5


class Change(NamedTuple):
    """A change to names of one script; `apply` gives None where a name has nothing to change."""

    script: str
    apply: Callable[[str, random.Random], str | None]


def _marbuta_as_ha(name: str, _: random.Random) -> str | None:
    return name.replace("ة", "ه") if "ة" in name else None


def _article_dropped(name: str, _: random.Random) -> str | None:
    first = name.split(maxsplit=1)[0]
    return name[2:] if first.startswith("ال") and len(first) >= 5 else None


def _clitic_added(name: str, chance: random.Random) -> str | None:
    clitic = chance.choice("وبلف")
    return "لل" + name[2:] if clitic == "ل" and name.startswith("ال") else clitic + name


def _typo(script: str) -> Callable[[str, random.Random], str | None]:
    """One letter changed, left out, put in, or swapped with the next."""

    def apply(name: str, chance: random.Random) -> str | None:
        places = [at for at, letter in enumerate(name) if letter.isalpha()]
        if len(places) < _FEWEST_LETTERS:
            return None
        at, letter = chance.choice(places), chance.choice(_LETTERS[script])
        after, rest = name[at + 1 :], name[at:]
        changed = {
            "changed": name[:at] + letter + after,
            "left out": name[:at] + after,
            "put in": name[:at] + letter + rest,
            "swapped": name[:at] + rest[1::-1] + rest[2:],
        }[chance.choice(("changed", "left out", "put in", "swapped"))]
        return changed if changed.strip().casefold() != name.casefold() else None

    return apply


CHANGES = {
    "ة → ه": Change("Arab", _marbuta_as_ha),
    "ال dropped": Change("Arab", _article_dropped),
    "clitic added": Change("Arab", _clitic_added),
    "Arabic typo": Change("Arab", _typo("Arab")),
    "Latin typo": Change("Latn", _typo("Latn")),
}
