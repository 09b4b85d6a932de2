"""Which parts of a cell contain which, by the rules of `containment.tsv`, and the role of each part that follows.

The rules need only the classes of parts and the signs between them. These are the same in most rows of a table, so
results are cached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import permutations
from typing import NamedTuple

from buldan.rules import read_table

__all__ = ["WIDTH", "Roles", "assign_roles", "list_doubtful"]

WIDTH = {"governorate": 0, "stated": 1, "unit": 2, "region": 3, "place": 4, "quarter": 5, "facility": 6, "country": 7}
"""The classes of parts, from wide to narrow; `stated` is a unit with the word for it (Harim district).

The country is last: it contains everything and narrows nothing.
"""

_WIDE = frozenset({"governorate", "stated"})

_FITTING = {"no": {"any"}, "yes": {"any", "yes"}, "behind": {"any", "yes", "behind"}}
"""Values of the column `wider` that fit, by the position of a third, wide part."""

_BY_GROUND = {"nested": "inside", "reversed": "inside", "lesser": "inside", "greater": "near"}
"""Verdicts that hold only if the gazetteer agrees, and what they then are: it has a place of one name inside a unit of
the other (`reversed`: and none of that one's name inside the other's); of two towns, the one is the greater.
"""


class Roles(NamedTuple):
    """Positions of the parts that are names, of the units that contain them (wide to narrow), and of places
    near them.
    """

    names: tuple[int, ...]
    units: tuple[int, ...]
    near: tuple[int, ...]


@lru_cache(maxsize=1024)
def list_doubtful(classes: tuple[str, ...], signs: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
    """The pairs (container, contained) that need the gazetteer to decide, and the verdict that it must confirm: with
    `lesser`, only a place that heads no unit counts as contained.
    """
    verdicts = _judge(classes, signs).items()
    return tuple((*pair, verdict) for pair, verdict in verdicts if verdict in _BY_GROUND)


@lru_cache(maxsize=1024)
def assign_roles(classes: tuple[str, ...], signs: tuple[str, ...], held: tuple[tuple[int, int], ...]) -> Roles:
    """The role of each part. `held` are the pairs of `list_doubtful` that the gazetteer confirmed."""
    judged = _judge(classes, signs)
    verdicts = {
        pair: (_BY_GROUND[verdict] if pair in held else "apart") if verdict in _BY_GROUND else verdict
        for pair, verdict in judged.items()
    }
    verdicts |= {(narrow, wide): "apart" for wide, narrow in held if judged[wide, narrow] == "reversed"}
    width = [WIDTH[called] for called in classes]
    for wide, narrow in held:
        width[wide] = min(width[wide], width[narrow])  # Afrin, though without the word, holds Jandairis sub-district
    places = [at for at, called in enumerate(classes) if called != "country"]
    names = [at for at in places if not any(verdicts.get((at, other)) == "inside" for other in places)]
    names = names or places[:1] or [0]
    near = {at for at in names for other in names if verdicts.get((at, other)) == "near"}
    names = [at for at in names if at not in near] or names[:1]
    # A unit that does not contain every name is a place of its own.
    units = [at for at in places if at not in names and at not in near]
    names += [at for at in units if not all(verdicts[at, name] == "inside" for name in names)]
    units = [at for at in units if at not in names]
    # From wide to narrow, and of one width by how many of the others hold it.
    # `sorted`, and not `units.sort`: a list is empty while it is sorted in place, and the key reads all of it.
    units = sorted(
        units, key=lambda at: (width[at], -sum(verdicts[at, each] == "inside" for each in units if each != at))
    )
    units += [at for at, called in enumerate(classes) if called == "country"]
    return Roles(tuple(sorted(names)), tuple(units), tuple(sorted(near)))


def _judge(classes: tuple[str, ...], signs: tuple[str, ...]) -> Mapping[tuple[int, int], str]:
    """The verdict on each ordered pair of parts."""
    wide = [at for at, called in enumerate(classes) if called in _WIDE]
    return {
        (container, contained): _judge_pair(
            classes[container],
            classes[contained],
            "before" if container < contained else "after",
            signs[max(container, contained)],
            _find_wider(wide, container, contained),
        )
        for container, contained in permutations(range(len(classes)), 2)
    }


def _find_wider(wide: Sequence[int], one: int, other: int) -> str:
    """Where a third, wide part stands: `behind` both parts, elsewhere (`yes`), or nowhere (`no`)."""
    thirds = [at for at in wide if at not in {one, other}]
    if not thirds:
        return "no"
    return "behind" if min(thirds) > max(one, other) else "yes"


@cache
def _judge_pair(container: str, contained: str, order: str, sign: str, wider: str) -> str:
    """The verdict of the first rule that fits: `inside`, `near`, `apart`, or one of `_BY_GROUND`."""
    for row_container, row_contained, row_order, signs, row_wider, verdict, _ in read_table("lookup/containment"):
        if (
            row_container in {container, "any"}
            and row_contained in {contained, "any"}
            and row_order in {order, "any"}
            and (signs == "any" or sign in signs.split())
            and row_wider in _FITTING[wider]
        ):
            return verdict
    return "apart"
