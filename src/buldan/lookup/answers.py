"""What a question came to, before it is put into matches: a ranking, how the cell was read, what was supposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp

from buldan.index import Index
from buldan.lookup.co_located import CoLocated, group_co_located
from buldan.lookup.context import NOWHERE, Within
from buldan.lookup.evidence import EVIDENCE
from buldan.lookup.ranking import Ranking
from buldan.lookup.results import Reason
from buldan.text import Words

__all__ = ["Answer", "discount", "make_answer", "put_each_segment_first"]

_SAME_FOLD = EVIDENCE.index("same_fold")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question came to.

    Attributes:
        ranking: the candidates.
        spots: where they lie, in the order to show them.
        within: the units that they were asked for in.
        several: how many places the cell names, where it names more than one.
        is_makeshift: whether a cell told name and units, but no such name is in them, so that any of its parts counts.
        reasons: what was supposed of the question as a whole (`keyboard`, `abroad` …).
        asks_camp: whether the question has a word for a camp.
        is_land: whether the question tells the land around a place, and no place in it.
        told: the words of the units that a makeshift's cell tells: such a unit is no answer to what is not known in it.
    """

    ranking: Ranking
    spots: Sequence[CoLocated] = ()
    within: Within = NOWHERE
    several: int = 0
    is_makeshift: bool = False
    reasons: tuple[Reason, ...] = ()
    asks_camp: bool = False
    is_land: bool = False
    told: frozenset[Words] = frozenset()

    @property
    def margin(self) -> float:
        """Utility of the best candidate above that of "none of these"."""
        return self.ranking.margin

    @property
    def is_as_written(self) -> bool:
        """Whether the best candidate bears the whole name letter by letter."""
        if not self.ranking.rows:
            return False
        evidence, reading = self.ranking.get_evidence(0), self.ranking.get_hit(0).reading
        return evidence[_SAME_FOLD] > 0 and not reading.left_out and not reading.clitic and reading.role == "first"


def make_answer(index: Index, ranking: Ranking, within: Within) -> Answer:
    """The answer that a ranking makes."""
    return Answer(ranking, group_co_located(index, ranking), within)


def put_each_segment_first(answer: Answer) -> Answer:
    """The answer with the likeliest spot of each segment before the others."""
    spots = list(answer.spots)
    firsts = {answer.ranking.get_hit(spot.positions[0]).reading.segment: spot for spot in reversed(spots)}
    listed = sorted(firsts.values(), key=spots.index)
    return replace(answer, spots=[*listed, *(spot for spot in spots if spot not in listed)])


def discount(index: Index, answer: Answer, price: float, reason: Reason) -> Answer:
    """The answer where something was supposed that costs so many nats: "none of these" is the likelier for it."""
    ranking = answer.ranking
    total, kept = sum(ranking.scores), exp(-price)
    whole = total * kept + (1 - total)
    scores = [score * kept / whole for score in ranking.scores]
    priced = replace(ranking, scores=scores, margin=ranking.margin - price)
    return replace(answer, ranking=priced, spots=group_co_located(index, priced), reasons=(*answer.reasons, reason))
