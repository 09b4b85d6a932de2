"""The stages of one search: each asks the index and weighs its hits with all earlier ones."""

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
"""Utility above "none of these" (nats) from which a stage's best candidate ends the search."""

_MOST_PARTS = 8
"""Maximum parts of a question that are searched by similar consonants."""


class Ranker:
    """Searches and weighs over one index."""

    def __init__(self, search: Search, weigher: Weigher) -> None:
        self._search, self._weigher = search, weigher

    def rank(self, question: ParsedQuery, asked: Constraints) -> Ranking:
        """The candidates of a question. Expensive stages run only if the cheap ones found no good candidate."""
        ranking = EMPTY
        for fresh, settled in self._iter_stages(question):
            ranking = self._weigher.weigh(fresh, asked, ranking, segments=len(question.segments))
            if ranking.margin >= settled and not ranking.is_of_another_kind:
                break
        return ranking

    def weigh_all(self, question: ParsedQuery, asked: Constraints) -> tuple[list[int], NDArray[np.float64]]:
        """Place rows and evidence of every form found by every stage, the best and the worst: to learn from."""
        found = [forms for stage, _ in self._iter_stages(question) for forms in stage]
        ranking = self._weigher.weigh(found, asked, segments=len(question.segments))
        return ranking.places, ranking.view_table()

    def _iter_stages(self, question: ParsedQuery) -> Iterator[tuple[list[FormHits], float]]:
        """The hits of each stage, cheap and exact stages first, and the margin from which the search ends there."""
        search, plain = self._search, question.plain_readings
        yield search.find_exact(plain), STOP_MARGINS["exact"]
        yield search.find_by_typo(plain) + search.find_by_article(question.mended_readings), STOP_MARGINS["close"]
        yield search.find_by_skeleton_edit(plain) + search.find_exact(question.clitic_readings), STOP_MARGINS["close"]
        yield search.find_exact(question.part_readings), STOP_MARGINS["close"]
        yield (
            search.find_by_skeleton_bigrams(plain) + search.find_by_skeleton_edit(question.part_readings[:_MOST_PARTS]),
            inf,
        )
