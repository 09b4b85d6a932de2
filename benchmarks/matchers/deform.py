"""The changes that make a question of a stored name."""

from __future__ import annotations

import random

from buldan.learn.mistakes import MISTAKES, Mistake

__all__ = ["CHANGES"]


def _marbuta_as_ha(name: str, _: random.Random) -> str | None:
    return name.replace("ة", "ه") if "ة" in name else None


def _article_dropped(name: str, _: random.Random) -> str | None:
    first = name.split(maxsplit=1)[0]
    return name[2:] if first.startswith("ال") and len(first) >= 5 else None


CHANGES = {
    "ة → ه": Mistake("Arab", _marbuta_as_ha),
    "ال dropped": Mistake("Arab", _article_dropped),
    "clitic added": MISTAKES["clitic"],
    "Arabic typo": MISTAKES["Arabic slip"],
    "Latin typo": MISTAKES["Latin slip"],
}
