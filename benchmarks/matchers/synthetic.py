"""Places that do not exist, named as Syrian places are: to see how time grows with the number of names.

Each is modelled on a real place. Its names keep the number of words; some words are real words of that script,
the rest the head of one joined to the tail of another.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator

from benchmarks.matchers.material import Material
from buldan.store import NameRecord, PlaceRecord

__all__ = ["iter_synthetic"]

_REAL_WORDS = 0.35
"""Share of the words of longer names that are taken whole: names share words, as تل and Kafr do."""


def iter_synthetic(material: Material, count: int, *, seed: int = 50) -> Iterator[tuple[PlaceRecord, list[NameRecord]]]:
    """Made-up places with their names, until there are `count` names."""
    chance = random.Random(seed)
    words: dict[str, list[str]] = defaultdict(list)
    names: dict[str, list[NameRecord]] = defaultdict(list)
    for name in material.names:
        words[name.script].extend(name.name.split())
        names[name.place].append(name)
    made = number = 0
    while made < count:
        model = chance.choice(material.places)
        number += 1
        place = model._replace(
            id=f"zz{number:08d}",
            lon=round(model.lon + chance.uniform(-0.2, 0.2), 5),
            lat=round(model.lat + chance.uniform(-0.2, 0.2), 5),
            identifiers={},
        )
        own = [
            name._replace(place=place.id, name=_made_up(name.name, words[name.script], chance))
            for name in names[model.id]
        ]
        made += len(own)
        yield place._replace(name_en=_first(own, "Latn"), name_ar=_first(own, "Arab")), own


def _made_up(name: str, words: list[str], chance: random.Random) -> str:
    parts = name.split()
    return " ".join(
        chance.choice(words) if len(parts) > 1 and chance.random() < _REAL_WORDS else _blend(words, chance)
        for _ in parts
    )


def _blend(words: list[str], chance: random.Random) -> str:
    head, tail = chance.choice(words), chance.choice(words)
    return head[: max(1, round(len(head) * chance.uniform(0.4, 0.7)))] + tail[len(tail) // 2 :]


def _first(names: list[NameRecord], script: str) -> str:
    return next((name.name for name in names if name.script == script), "")
