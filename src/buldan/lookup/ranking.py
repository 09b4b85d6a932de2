"""Candidates of a question in the order of their probability, with what speaks for each."""

from __future__ import annotations

from array import array
from collections.abc import Sequence, Set
from math import inf
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from buldan.lookup.evidence import EVIDENCE
from buldan.lookup.query_reading import QueryReading
from buldan.lookup.search import FormHits
from buldan.text import Words

__all__ = ["EMPTY", "Evidence", "Hit", "Ranking", "join_rankings", "view_as_table"]

Evidence: TypeAlias = NDArray[np.float64]
"""One line per form found, a column for each of `EVIDENCE`."""

_WIDTH = len(EVIDENCE)
_SAME_FOLD, _KIND_DIFFERS = EVIDENCE.index("same_fold"), EVIDENCE.index("kind_differs")
_WITHIN_OUTSIDE = EVIDENCE.index("within_outside")


class Hit(NamedTuple):
    """A form that a reading may mean.

    Attributes:
        reading: the reading.
        form: row of the form.
        cost: learned edit cost between their sounds, nats.
        letters: edits between their folded letters, 0 or 1; 2 for more, or where they were not counted.
    """

    reading: QueryReading
    form: int
    cost: float
    letters: int


class Ranking(NamedTuple):
    """Candidates of one question, one a place, best first; of several names, those of the first name first.

    Attributes:
        rows: places.
        lines: for each, the line of the evidence that speaks most for it.
        scores: probabilities; with that of "none of these" they sum to 1.
        margin: utility of the first above that of "none of these"; minus infinity where there is no candidate.
        found: what the lines of the evidence are about, in order.
        places: the place of each line.
        evidence: one line per form found, a column for each of `EVIDENCE`, line by line.
    """

    rows: list[int]
    lines: list[int]
    scores: list[float]
    margin: float
    found: list[FormHits]
    places: list[int]
    evidence: array[float]

    def view_table(self) -> Evidence:
        """The evidence by line and column."""
        return view_as_table(self.evidence)

    def get_hit(self, position: int) -> Hit:
        """The hit that speaks most for the candidate at a position."""
        at = self.lines[position]
        for found in self.found:
            if at < len(found.forms):
                return Hit(found.reading, found.forms[at], found.costs[at], found.letters)
            at -= len(found.forms)
        raise IndexError(f"no candidate {position}")

    def get_evidence(self, position: int) -> Sequence[float]:
        """The evidence of that hit, by column."""
        start = self.lines[position] * _WIDTH
        row: Any = memoryview(self.evidence)[start : start + _WIDTH]
        return row  # type: ignore[no-any-return]

    def select_same_name(self) -> Ranking:
        """The candidates whose very name the question is, articles and folded letters apart."""
        return self._select([at for at, line in enumerate(self.lines) if self.evidence[line * _WIDTH + _SAME_FOLD]])

    def bears_name_elsewhere(self, words: Words) -> bool:
        """Whether a candidate outside the units asked for has exactly the name of some plain words."""
        outside = (
            at
            for at, line in enumerate(self.lines)
            if self.evidence[line * _WIDTH + _SAME_FOLD] and self.evidence[line * _WIDTH + _WITHIN_OUTSIDE]
        )
        return any(self.get_hit(at).reading.words == words for at in outside)

    def drop_places(self, rows: Set[int]) -> Ranking:
        """The candidates without some places."""
        return self._select([at for at, row in enumerate(self.rows) if row not in rows])

    def _select(self, kept: Sequence[int]) -> Ranking:
        return self._replace(
            rows=[self.rows[at] for at in kept],
            lines=[self.lines[at] for at in kept],
            scores=[self.scores[at] for at in kept],
        )

    @property
    def is_of_another_kind(self) -> bool:
        """Whether the best candidate is of another kind than the question says."""
        return bool(self.rows and self.evidence[self.lines[0] * _WIDTH + _KIND_DIFFERS])


def view_as_table(evidence: array[float]) -> Evidence:
    """Evidence by line and column, over the same memory."""
    table: Evidence = np.frombuffer(evidence).reshape(-1, _WIDTH)
    return table


EMPTY = Ranking([], [], [], -inf, [], [], array("d"))


def join_rankings(rankings: Sequence[Ranking]) -> Ranking:
    """The rankings of several names, one after the other. Each name gets an equal share of the probability.

    The segment of each reading becomes the number of its ranking.
    """
    rows: list[int] = []
    lines: list[int] = []
    scores: list[float] = []
    found: list[FormHits] = []
    places: list[int] = []
    evidence = array("d")
    for number, ranking in enumerate(rankings):
        rows += ranking.rows
        lines += [len(places) + line for line in ranking.lines]
        scores += [score / len(rankings) for score in ranking.scores]
        found += [hits._replace(reading=hits.reading._replace(segment=number)) for hits in ranking.found]
        places += ranking.places
        evidence += ranking.evidence
    return Ranking(rows, lines, scores, max(ranking.margin for ranking in rankings), found, places, evidence)
