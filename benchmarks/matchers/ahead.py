"""Groups in which another engine gives more right first answers than Buldan, and Buldan's answers there."""

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
Engines that compare letters treat all edits as equal, and the typing errors of these groups are made in the same way:
any letter replaces any other. Buldan weighs an edit by how often writers make it (ح for ه costs little, ح for ر much)
and a place by how well known it is. This is better for names that are spelled by ear. It is worse if an error has a
high cost and leads to a little-known place, while an edit with a lower cost leads to a better-known place. Buldan also
gives no answer below its minimum score. The column "among five" counts the questions for which the right place is
among Buldan's first five answers; "nothing" counts the questions without an answer.
""".splitlines()


_QUESTIONS = """\
Each question that the column "only it" above counts, except those of the evaluation tables, which are not copied here.
Each place is shown with the name in the index that is nearest to the question, and the number of letters between the
two (plain edit distance, without case, accents and signs).
""".splitlines()


def compare(
    standings: Sequence[Standing], labels: Mapping[int, str], indexed: Mapping[str, Material] | None = None
) -> Iterator[str]:
    """The section that goes through the pairs of engine and group, one by one.

    `labels` names the places by row; `indexed` has, by group, what was in the indexes, to list the questions
    to which only the other engine gave a right answer.
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
        yield "Nowhere: in each group Buldan gives the most right first answers."
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
    """One row per question, with all engines that are right on it."""
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
    """Why an answer is wrong, as far as the letters show it; the rest is the weight of edits and of places."""
    if given[2] < 0:
        return "no candidate reaches the minimum score"
    if given[2] < meant[2]:
        return "the answer also has fewer different letters"
    if given[2] > meant[2]:
        return "more letters differ, but the error is more common or the place better known"
    if not given[2]:
        return "both have the name: the better-known place is given"
    return "as many letters differ: the more common error or the better-known place comes first"


def _is_ahead(theirs: Tally, ours: Tally) -> bool:
    """Whether the engine has more right first answers than Buldan, on the questions that both were given."""
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
