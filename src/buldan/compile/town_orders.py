"""Further names of a place that is named with its town, in other word orders.

Our tables have each place once, as National Hospital of Tabqa and المشفى الوطني بالطبقة. News writes Tabqa National
Hospital, and مشفى الطبقة الوطني; if the town is in another column, only National Hospital. The orders are in
`tables/town_orders.tsv`. Quarters, camps and roads are rarely named in another order than ours, but their names, too,
are written without the town.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from buldan.compile.tables import read_table
from buldan.text import similarity

__all__ = ["name_by_town"]

_ENGLISH, _ARABIC = re.compile(r" (?:of|in) "), re.compile(r" (?:في |ب)")
_DESCRIBED = re.compile(r"ال(?P<noun>\S+) (?P<adjective>ال\S+)")
"""A noun and its adjective, both with the article: المشفى الوطني."""

_SAME_TOWN = 0.5
"""Minimum similarity of the Arabic and the English name of the same town (`buldan.text.similarity`).

Below it are towns that themselves begin with ب, if it is removed as a preposition: سوق بانياس.
"""

_UNLIKE = frozenset((arabic, english) for arabic, english, _ in read_table("unlike_towns"))
"""Towns whose English name does not sound like the Arabic one, or is too short to be compared."""

_ORDERS = tuple((lang, order, things == "built", kind) for lang, order, things, kind, _ in read_table("town_orders"))


def name_by_town(name_en: str, name_ar: str, *, is_built: bool = True) -> Iterator[tuple[str, str, str]]:
    """Further names of a place, each with its language and kind; none unless both names end in the same town's name.

    A place on a single point (`is_built`) is named in all orders, other places only if their name has two words:
    al-Karama of Raqqa is a quarter, and Karama is a town.

    Both names are necessary: the Church of the Martyrs is not in a town of that name.

    >>> [text for _, _, text in name_by_town("Clock Square of Idlib", "ساحة الساعة بإدلب")][:4]
    ['Idlib Clock Square', 'Clock Square in Idlib', 'Clock Square Idlib', 'Clock Square']
    """
    pairs = product(_split_name(name_en, _ENGLISH), _split_name(name_ar, _ARABIC))
    found = next(((en, ar) for en, ar in pairs if _is_one_town(en[1], ar[1])), None)
    if found is None:
        return
    for lang, order, of_built, kind in _ORDERS:
        thing, town = found[0] if lang == "en" else found[1]
        if not is_built and (of_built or " " not in thing):
            continue
        described = _DESCRIBED.fullmatch(thing)
        parts = {"thing": thing, "town": town} | (described.groupdict() if described else {})
        if "{noun}" in order and described is None:
            continue
        text = order.format(**parts)
        if text not in (name_en, name_ar):
            yield lang, kind, text


def _split_name(name: str, between: re.Pattern[str]) -> list[tuple[str, str]]:
    """Pairs of place and town, split at each word that may be between them; the last one first."""
    return [(name[: at.start()], name[at.end() :]) for at in reversed(list(between.finditer(name)))]


def _is_one_town(english: str, arabic: str) -> bool:
    return (arabic, english) in _UNLIKE or similarity(english, arabic) >= _SAME_TOWN
