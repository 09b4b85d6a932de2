"""Share probability among places of one Arabic name when the question is in Latin letters.

Lists romanise العزيزية in several ways, by chance. Someone who writes `Azizieh` knows the name, not the list, so the
village that a list happens to spell so is hardly likelier than its namesakes.
"""

from __future__ import annotations

from math import exp

from buldan.index import Index
from buldan.lookup.evidence import EVIDENCE, Weights
from buldan.lookup.ranking import Ranking
from buldan.text import is_arabic

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
    best = ranking.get_hit(0)
    first = best.reading
    word = first.words[0]
    if best.letters == 1 or (not word.isascii() and any(map(is_arabic, word))):
        return ranking
    alike = [at for at in _find_bearers(index, ranking) if ranking.get_hit(at).reading.segment == first.segment]
    if len(alike) < 2:
        return ranking
    # Each loses most of its evidence of spelling; together they keep their probability.
    scores, evidence = list(ranking.scores), ranking.evidence
    weighted = [(column, float(weights.values[column])) for column in _OF_LETTERS]
    firsts = [ranking.lines[at] * len(EVIDENCE) for at in alike]
    letters = [sum(evidence[line + column] * weight for column, weight in weighted) for line in firsts]
    shared = [scores[at] * exp((_KEPT - 1) * own) for at, own in zip(alike, letters, strict=True)]
    factor = sum(scores[at] for at in alike) / sum(shared)
    for at, share in zip(alike, shared, strict=True):
        scores[at] = share * factor
    if max(scores[at] for at in alike) < _CLEARLY * scores[0]:
        scores[0] = max(scores)
    order = sorted(range(len(scores)), key=lambda at: -scores[at])
    return ranking._replace(
        rows=[ranking.rows[at] for at in order],
        lines=[ranking.lines[at] for at in order],
        scores=[scores[at] for at in order],
    )


def _find_bearers(index: Index, ranking: Ranking) -> list[int]:
    """The positions of the first candidate and of likely ones with its Arabic name; empty if it has none."""
    rows, scores, arabic = ranking.rows, ranking.scores, index.arabic.data
    name, least = arabic[rows[0]], _LEAST * scores[0]
    if name < 0:
        return []
    return [at for at in range(min(_MOST, len(rows))) if arabic[rows[at]] == name and scores[at] >= least]
