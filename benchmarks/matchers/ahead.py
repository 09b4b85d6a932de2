"""Where another engine has more first answers right than Buldan, and what Buldan said to those questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from benchmarks.matchers.material import Material, spelling
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


_QUESTIONS = """\
Each question that counts in "only it" above, but for those of the evaluation tables, which are not copied here. A place
stands with that name of its names in the index which is nearest to the question, and how many letters they are apart
(plain edit distance, without case, accents and signs).
""".splitlines()


def compare(
    standings: Sequence[Standing], labels: Mapping[int, str], indexed: Mapping[str, Material] | None = None
) -> Iterator[str]:
    """The section that goes through the pairs of engine and group, one by one.

    `labels` names the places by row; `indexed` tells, by group, what was in the indexes: its lost questions are listed.
    """
    ours = next((standing for standing in standings if standing.key == "buldan"), None)
    if ours is None:
        return
    yield "## Where another engine is ahead"
    yield ""
    pairs = [
        (group, standing, tally)
        for group in ours.tallies
        for standing in standings
        if (tally := standing.tallies.get(group)) and _is_ahead(tally, ours.tallies[group])
    ]
    rows = [[group, standing.title, *_explain(ours.tallies[group], tally, labels)] for group, standing, tally in pairs]
    if not rows:
        yield "Nowhere: in each group Buldan has the most first answers right."
        yield ""
        return
    yield from _WHY
    yield ""
    header = ["group", "engine", "right", "Buldan", "only it", "only Buldan", "among five", "nothing", "for example"]
    yield from table(header, rows)
    listed = [pair for pair in pairs if pair[0] in (indexed or {})]
    if indexed and listed:
        yield from ("### Question by question", "", *_QUESTIONS, "")
        header = ["group", "question", "meant", "apart", "Buldan's first", "apart", "among five", "right in", "why"]
        yield from table(header, _iter_lost(ours, listed, indexed))


def _iter_lost(
    ours: Standing, pairs: Sequence[tuple[str, Standing, Tally]], indexed: Mapping[str, Material]
) -> Iterator[list[str]]:
    """A row a question: the engines that are right on it stand together."""
    right_in: dict[tuple[str, int], list[tuple[str, Verdict]]] = defaultdict(list)
    for group, standing, tally in pairs:
        for number, (mine, other) in enumerate(zip(ours.tallies[group].answers, tally.answers, strict=False)):
            if other.is_right and not mine.is_right:
                right_in[group, number].append((standing.key, other))
    for (group, number), others in right_in.items():
        mine, meant = ours.tallies[group].answers[number], others[0][1].first
        near, far = (_nearest(mine.text, row, indexed[group]) for row in (meant, mine.first))
        cells = [group, mine.text, *near[:2], *far[:2], "yes" if mine.is_among else "no"]
        engines = ", ".join(f"`{key}`" for key, _ in others)
        yield [cell.replace("|", "\\|") for cell in (*cells, engines, _why(near, far))]


def _nearest(text: str, row: int | None, material: Material) -> tuple[str, str, int]:
    """The name of the place nearest to the text, how far it is, as text and as a number of letters."""
    if row is None:
        return "nothing", "", -1
    asked = spelling(text)
    apart, name = min((Levenshtein.distance(asked, spelling(name)), name) for name in material.names_of[row])
    return name, str(apart), apart


def _why(meant: tuple[str, str, int], given: tuple[str, str, int]) -> str:
    """What the letters tell of a wrong answer; the rest is the weight of edits and of places."""
    if given[2] < 0:
        return "no candidate reaches the least score"
    if given[2] < meant[2]:
        return "the answer is nearer by letters, too"
    if given[2] > meant[2]:
        return "fewer letters lose to likelier slips, or to a better known place"
    if not given[2]:
        return "both bear the name: the better known is given"
    return "as near by letters: the likelier slip or the better known place is given"


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
