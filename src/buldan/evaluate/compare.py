"""Compare two runs of one evaluation, row by row: which rows became right or wrong, and by which cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from buldan.evaluate.judgements import Judgement

__all__ = ["Change", "Comparison", "compare"]


class Change(NamedTuple):
    """A row with different judgements before and after; None if a run does not have the row."""

    before: Judgement | None
    after: Judgement | None

    @property
    def row(self) -> Judgement:
        """The row of the newer run, or of the older one if the newer does not have it."""
        row = self.after or self.before
        assert row is not None
        return row

    @property
    def cause(self) -> str:
        """The cause why the row is wrong now, or was wrong before."""
        wrong = self.after if self.after is not None and not self.after.right else self.before
        return wrong.cause if wrong is not None else ""


@dataclass(slots=True)
class Comparison:
    """The comparison of one group.

    Attributes:
        rows: number of rows asked in both runs.
        before, after: number of those rows that were right.
        turned_right, turned_wrong: rows that became right or wrong, the surest first.
        only_before, only_after: number of rows asked in one run only, which means that the files differ.
    """

    rows: int = 0
    before: int = 0
    after: int = 0
    turned_right: list[Change] = field(default_factory=list)
    turned_wrong: list[Change] = field(default_factory=list)
    only_before: int = 0
    only_after: int = 0

    def count_causes(self) -> Counter[tuple[str, str]]:
        """Number of rows that became "right" or "wrong", by that word and the cause."""
        counts: Counter[tuple[str, str]] = Counter()
        for turned, changes in (("right", self.turned_right), ("wrong", self.turned_wrong)):
            counts.update((turned, change.cause) for change in changes)
        return counts


def compare(before: Iterable[Judgement], after: Iterable[Judgement]) -> dict[str, Comparison]:
    """The comparison of each group by name, in the order of the names."""
    old, new = ({(row.group, row.key): row for row in rows} for rows in (before, after))
    groups: dict[str, Comparison] = {}
    for place in sorted(old.keys() | new.keys()):
        _count(groups.setdefault(place[0], Comparison()), old.get(place), new.get(place))
    for comparison in groups.values():
        comparison.turned_right.sort(key=_rank_by_surety)
        comparison.turned_wrong.sort(key=_rank_by_surety)
    return groups


def _count(comparison: Comparison, old: Judgement | None, new: Judgement | None) -> None:
    rows: Sequence[Judgement] = [row for row in (old, new) if row is not None]
    if all(row.given for row in rows):
        # Nothing is asked in a given row, so that a run without it is right.
        was_right, is_right = old is None or old.right, new is None or new.right
    elif len(rows) == 1:
        comparison.only_before += old is not None
        comparison.only_after += new is not None
        return
    else:
        was_right, is_right = rows[0].right, rows[1].right
        comparison.rows += 1
        comparison.before += was_right
        comparison.after += is_right
    if was_right != is_right:
        (comparison.turned_right if is_right else comparison.turned_wrong).append(Change(old, new))


def _rank_by_surety(change: Change) -> tuple[float, str]:
    return -change.row.sure, change.row.key
