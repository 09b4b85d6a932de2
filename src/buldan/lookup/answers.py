"""The answer to a question, before it is written as matches: the ranking, how the cell was read, what was assumed."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

from buldan.index import Index
from buldan.lookup.co_located import CoLocated, group_co_located
from buldan.lookup.context import NOWHERE, Within
from buldan.lookup.evidence import EVIDENCE
from buldan.lookup.ranking import Ranking, join_rankings
from buldan.lookup.results import Reason
from buldan.text import Words

__all__ = ["Answer", "discount", "make_answer", "make_answer_of_several"]

_LISTED_SHARE = 0.5
"""Minimum probability of a spot that is shown at the place of its name in the list, as a share of the likeliest one's:
whoever takes the first answer alone should get a likely one."""

_WITHIN_OUTSIDE = EVIDENCE.index("within_outside")


class Answer(NamedTuple):
    """The answer to a question.

    Attributes:
        ranking: the candidates.
        spots: their points, in the order to show them.
        within: the units in which they were searched.
        several: the number of places that the cell names, if more than one; else 0.
        is_makeshift: whether the cell names a place and units, none of which contains such a name, so that any part of
            the cell was searched instead.
        reasons: what was assumed about the whole question (`keyboard`, `abroad` …).
        asks_camp: whether the question has a word for a camp.
        is_land: whether the question means the land around a place, not a place in it.
        cell_units: of a makeshift, the words of the units in the cell: none of them is an answer to a name unknown in
            it.
    """

    ranking: Ranking
    spots: Sequence[CoLocated] = ()
    within: Within = NOWHERE
    several: int = 0
    is_makeshift: bool = False
    reasons: tuple[Reason, ...] = ()
    asks_camp: bool = False
    is_land: bool = False
    cell_units: frozenset[Words] = frozenset()

    @property
    def margin(self) -> float:
        """Utility of the best candidate above that of "none of these", nats."""
        return self.ranking.margin

    @property
    def is_as_written(self) -> bool:
        """Whether the best candidate has exactly the name asked for, all its words included."""
        if not self.ranking.rows:
            return False
        hit = self.ranking.get_hit(0)
        reading = hit.reading
        return hit.letters == 0 and not (reading.left_out or reading.clitic) and reading.role == "first"

    def add_reason(self, reason: Reason) -> Answer:
        """The answer with one reason more."""
        return self._replace(reasons=(*self.reasons, reason))


def make_answer(index: Index, ranking: Ranking, within: Within) -> Answer:
    """The answer for a ranking."""
    return Answer(ranking, group_co_located(index, ranking), within)


def make_answer_of_several(index: Index, rankings: Sequence[Ranking], within: Within) -> Answer:
    """The answer for the rankings of several names.

    First the likeliest spot of each name, in the order of the names; then the others, and the spots of names that are
    not known, have many namesakes, or lie outside `within`. A place is a candidate of one name only, which it fits
    best.
    """
    best: dict[int, tuple[float, int]] = {}
    for number, ranking in enumerate(rankings):
        for row, score in zip(ranking.rows, ranking.scores, strict=True):
            if row not in best or score > best[row][0]:
                best[row] = score, number
    own = [
        ranking.drop_places({row for row in ranking.rows if best[row][1] != number})
        for number, ranking in enumerate(rankings)
    ]
    before = 0
    firsts: list[CoLocated] = []
    others: list[CoLocated] = []
    for ranking in own:
        # Grouped by name: neighbouring towns of a list are two answers, however near.
        spots = [spot.shift(before, 1 / len(rankings)) for spot in group_co_located(index, ranking)]
        before += len(ranking.rows)
        is_first = int(not within.containers or _is_inside(ranking))
        firsts += spots[:is_first]
        others += spots[is_first:]
    least = _LISTED_SHARE * max((spot.score for spot in firsts), default=0.0)
    listed = [spot for spot in firsts if spot.score >= least]
    others += [spot for spot in firsts if spot.score < least]
    others.sort(key=lambda spot: -spot.score)
    return Answer(join_rankings(own), [*listed, *others], within, several=len(rankings))


def _is_inside(ranking: Ranking) -> bool:
    """Whether the best candidate lies inside all units asked for."""
    return bool(ranking.rows) and ranking.get_evidence(0)[_WITHIN_OUTSIDE] <= 0


def discount(answer: Answer, price: float, reason: Reason) -> Answer:
    """The answer after an assumption that costs `price` nats: "none of these" becomes likelier by that."""
    ranking = answer.ranking
    total, kept = sum(ranking.scores), exp(-price)
    factor = kept / (total * kept + (1 - total))
    scores = [score * factor for score in ranking.scores]
    spots = [spot.shift(0, factor) for spot in answer.spots]
    priced = ranking._replace(scores=scores, margin=ranking.margin - price)
    return answer._replace(ranking=priced, spots=spots).add_reason(reason)
