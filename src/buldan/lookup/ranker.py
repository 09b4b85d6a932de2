"""The stages of one search: what the index finds, weighed with all found before, until an answer is good enough."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

import numpy as np
from numpy.typing import NDArray

from buldan.lookup.query import ParsedQuery
from buldan.lookup.ranking import EMPTY, Ranking
from buldan.lookup.search import FormHits, Search
from buldan.lookup.weighing import Constraints, Weigher

__all__ = ["STOP_MARGINS", "Ranker"]

STOP_MARGINS = {"exact": 2.0, "close": 0.5}
"""Utility above "none of these" at which a stage's best candidate is good enough to stop."""

_MOST_PARTS = 8
"""Parts of a question that are sought by like consonants."""


class Ranker:
    """Searches and weighs over one index."""

    def __init__(self, search: Search, weigher: Weigher) -> None:
        self._search, self._weigher = search, weigher

    def rank(self, question: ParsedQuery, asked: Constraints) -> Ranking:
        """The candidates of a question, of the cheapest stages that found one good enough."""
        ranking = EMPTY
        for fresh, settled in self._iter_stages(question):
            ranking = self._weigher.weigh(question, fresh, asked, ranking)
            if ranking.margin >= settled and not ranking.is_of_another_kind:
                break
        return ranking

    def weigh_all(self, question: ParsedQuery, asked: Constraints) -> tuple[list[int], NDArray[np.float64]]:
        """Place rows and evidence of every form found by every stage, the best and the worst: to learn from."""
        found = [forms for stage, _ in self._iter_stages(question) for forms in stage]
        ranking = self._weigher.weigh(question, found, asked)
        return ranking.places, ranking.view_table()

    def _iter_stages(self, question: ParsedQuery) -> Iterator[tuple[list[FormHits], float]]:
        """What each stage finds, the cheap and sure before the bold, and the margin at which to stop."""
        search, plain = self._search, question.plain_readings
        yield search.find_exact(plain), STOP_MARGINS["exact"]
        yield search.find_by_typo(plain) + search.find_by_article(question.mended_readings), STOP_MARGINS["close"]
        yield search.find_by_skeleton_edit(plain) + search.find_exact(question.clitic_readings), STOP_MARGINS["close"]
        yield search.find_exact(question.part_readings), STOP_MARGINS["close"]
        yield (
            search.find_by_skeleton_bigrams(plain) + search.find_by_skeleton_edit(question.part_readings[:_MOST_PARTS]),
            inf,
        )
