"""Where another engine has more first answers right than Buldan, and what Buldan said to those questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from benchmarks.matchers.race import Tally, Verdict
from benchmarks.pages import table

if TYPE_CHECKING:
    from benchmarks.matchers.report import Standing

__all__ = ["compare"]

_EXAMPLES = 2

_WHY = """\
Engines of plain letters take every edit as alike, and the typos of these groups are made just so: any letter for any
other. Buldan weighs an edit by how often writers make it (ح for ه is cheap, ح for ر dear) and a candidate by how well
known it is: that wins where people spell by ear, and loses where a slip gives a dear edit to a little-known place while
a cheaper edit leads to a better-known one. It also says nothing below its least score. "among five" counts the
questions that it answers within its five; "nothing" those that it leaves unanswered.
""".splitlines()


def compare(standings: Sequence[Standing], labels: Mapping[int, str]) -> Iterator[str]:
    """The section that goes through the pairs of engine and group, one by one; `labels` names the places by row."""
    ours = next((standing for standing in standings if standing.key == "buldan"), None)
    if ours is None:
        return
    yield "## Where another engine is ahead"
    yield ""
    rows = [
        [group, standing.title, *_explain(ours.tallies[group], tally, labels)]
        for group in ours.tallies
        for standing in standings
        if (tally := standing.tallies.get(group)) and _is_ahead(tally, ours.tallies[group])
    ]
    if not rows:
        yield "Nowhere: in each group Buldan has the most first answers right."
        yield ""
        return
    yield from _WHY
    yield ""
    header = ["group", "engine", "right", "Buldan", "only it", "only Buldan", "among five", "nothing", "for example"]
    yield from table(header, rows)


def _is_ahead(theirs: Tally, ours: Tally) -> bool:
    """On the questions that both were asked."""
    asked = len(theirs.answers)
    return theirs.first > sum(verdict.is_right for verdict in ours.answers[:asked])


def _explain(ours: Tally, theirs: Tally, labels: Mapping[int, str]) -> Iterator[str]:
    pairs = list(zip(ours.answers, theirs.answers, strict=False))
    lost = [mine for mine, other in pairs if other.is_right and not mine.is_right]
    yield f"{theirs.first} of {len(pairs)}"
    yield f"{sum(mine.is_right for mine, _ in pairs)}"
    yield f"{len(lost)}"
    yield f"{sum(mine.is_right and not other.is_right for mine, other in pairs)}"
    yield f"{sum(mine.is_among for mine in lost)}"
    yield f"{sum(mine.first is None for mine in lost)}"
    yield "; ".join(_show(mine, labels) for mine in lost[:_EXAMPLES])


def _show(verdict: Verdict, labels: Mapping[int, str]) -> str:
    given = "nothing" if verdict.first is None else labels[verdict.first]
    return f"{verdict.text} → {given}".replace("|", "\\|")
