"""Share probability among places of one Arabic name when the question is in Latin letters.

Lists romanise العزيزية in several ways, by chance. Someone who writes `Azizieh` knows the name, not the list, so the
village that a list happens to spell so is hardly likelier than its namesakes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from buldan.index import Index
from buldan.lookup.evidence import EVIDENCE, Weights
from buldan.lookup.ranking import Ranking
from buldan.text import is_arabic, make_plain_key, split_plain_words

__all__ = ["share_among_namesakes"]

_OF_LETTERS = tuple(
    map(EVIDENCE.index, ("same_fold", "one_letter", "articles_differ", "variant", "anothers", "cost", "cost_per_sound"))
)
"""The evidence that comes from spelling."""

_KEPT = 0.3
"""Weight of that evidence between namesakes; chosen as the places that monitors meant then rank first most often."""

_CLEARLY = 2.0
"""How many times likelier a namesake must be to rank before the one that is spelled as in the question."""

_MOST, _LEAST = 24, 1e-3
"""Maximum candidates that are checked, and their minimum probability as a share of the first one's."""


def share_among_namesakes(index: Index, ranking: Ranking, weights: Weights) -> Ranking:
    """The ranking, in which the first candidate and its Arabic namesakes share their probability.

    Unchanged if there are none, if the question is in Arabic, or if the first candidate is one wrong letter away.
    """
    if len(ranking.rows) < 2:
        return ranking
    best, scores = ranking.get_hit(0), list(ranking.scores)
    first = best.reading
    if best.letters == 1 or any(map(is_arabic, first.words[0])):
        return ranking
    close = [at for at in range(min(_MOST, len(scores))) if scores[at] >= _LEAST * scores[0]]
    alike = [
        at for at in _find_bearers(index, ranking.rows, close) if ranking.get_hit(at).reading.segment == first.segment
    ]
    if len(alike) < 2:
        return ranking
    # Each loses most of its evidence of spelling; together they keep their probability.
    lines = [ranking.lines[at] for at in alike]
    letters = ranking.view_table()[np.ix_(lines, _OF_LETTERS)] @ weights.values[list(_OF_LETTERS)]
    before = np.array([scores[at] for at in alike])
    shared = before * np.exp((_KEPT - 1) * letters)
    for at, score in zip(alike, (shared * (before.sum() / shared.sum())).tolist(), strict=True):
        scores[at] = score
    if max(scores[at] for at in alike) < _CLEARLY * scores[0]:
        scores[0] = max(scores)
    order = sorted(range(len(scores)), key=lambda at: -scores[at])
    return replace(
        ranking,
        rows=[ranking.rows[at] for at in order],
        lines=[ranking.lines[at] for at in order],
        scores=[scores[at] for at in order],
    )


def _find_bearers(index: Index, rows: Sequence[int], close: Sequence[int]) -> list[int]:
    """The positions of the close candidates with the Arabic name of the first one, itself included."""
    if len(close) < 2:
        return []
    name = _make_arabic_key(index, rows[0])
    if not name:
        return []
    # The index excludes most candidates, so that their records need not be read.
    places = index.form_place.data
    named = {places[form] for form in index.plain.find(name)}
    return [at for at in close if rows[at] in named and (at == 0 or _make_arabic_key(index, rows[at]) == name)]


def _make_arabic_key(index: Index, row: int) -> str:
    """The folded Arabic name of a place; empty without one."""
    return make_plain_key(split_plain_words(index.places[row].name_ar or ""))
