"""Passages in, mentions out: the stages of reading in their order.

document ─▶ names ─▶ recognition ⇄ resolution ─▶ overlaps ─▶ resolution ─▶ mentions and relations

Many passages are read at once, for what they share (calls of numpy, of compiled loops) costs more than a short one
itself. None sees another: each is read as it would be alone, to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.flat import flatten_all
from buldan.geoparse.linear_model import probability
from buldan.geoparse.mentions import ResolvedHits, make_mentions
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.recognition.overlaps import StandingHits, resolve_overlaps
from buldan.geoparse.resolution.containment import find_strayed, may_be_held
from buldan.geoparse.resolution.ranking import ResolvedPlaces
from buldan.geoparse.resolution.resolver import ToponymResolver
from buldan.geoparse.results import Mention
from buldan.geoparse.scoring import SURE, Resources, ScoredHits, score_hits

__all__ = ["THRESHOLD", "read_passages"]

THRESHOLD = -0.3
"""Log-odds from which a name is taken for a mention."""

_WELL_KNOWN = 4.0
"""Salience from which on a place means itself, whatever longer name holds its word."""


def read_passages(
    passages: Sequence[str], resources: Resources, *, bases: Sequence[int], foreign: bool = False
) -> list[list[Mention]]:
    """The mentions of each passage, in its order.

    Args:
        passages: texts, or parts of texts, each read as if it stood alone.
        resources: what reading needs.
        bases: where each passage begins in its text, to which all offsets are moved.
        foreign: give places abroad, too.
    """
    flat = flatten_all(passages)
    scored = score_hits(flat, resources)
    standing = resolve_overlaps(scored.hits, scored.name_table, scored.log_odds, THRESHOLD)
    resolved = resolve_hits(scored, standing, resources)
    return make_mentions(resolved, scored, standing, resources, bases=bases, foreign=foreign)


def resolve_hits(scored: ScoredHits, standing: StandingHits, resources: Resources) -> ResolvedHits:
    """Which place each hit means that stands for one of Syria."""
    which = standing.syrian
    sure, stands = np.zeros(len(scored.hits), np.bool_), np.zeros(len(scored.hits), np.bool_)
    sure[which], stands[which] = scored.log_odds[which] > SURE / 2, True
    # What does not stand matters still where something holds it: that is then known to be a governorate or a city.
    told = stands | may_be_held(scored.hits, sure)
    arrays, asked = resources.place_arrays, scored.lists.asked
    resolver = ToponymResolver(scored.hits.keep(told), scored.name_table, asked[told], arrays, resources.place)
    choice = resolver.choose_places(sure[told])
    container = resolver.find_containers(sure[told])
    own = np.flatnonzero(stands[told])
    candidates, choice = choice.of_hits(resolver.candidates, own)
    # What holds a hit is sure, so that it stands itself.
    container = np.where(container >= 0, np.searchsorted(own, container), -1)[own]
    hits, rows = scored.hits.keep(which), choice.rows(candidates)
    short_forms = _find_short_forms(hits, arrays.salience[rows])
    rows[list(short_forms)] = rows[list(short_forms.values())]
    chance = probability(scored.log_odds[which])
    ranking = ResolvedPlaces.of(candidates, choice, chance, arrays, resources.confidence, resources.index.places)
    strayed = find_strayed(container, asked[which], arrays, rows)
    return ResolvedHits(hits, rows, ranking, strayed, short_forms)


def _find_short_forms(hits: Hits, fame: NDArray[np.float64]) -> dict[int, int]:
    """Hits that a longer name of the passage explains: الغارية beside الغارية الشرقية.

    `fame` is the salience of each hit's best place; what is well known means itself.
    """
    one_word = hits.last - hits.first == 1
    if one_word.all():
        return {}
    word, passage = hits.words.number[hits.first].tolist(), hits.passage_numbers().tolist()
    longer: dict[tuple[int, int], int] = {}
    for hit in np.flatnonzero(~one_word).tolist():
        longer.setdefault((passage[hit], word[hit]), hit)
    alone = np.flatnonzero(one_word & (fame < _WELL_KNOWN)).tolist()
    explained = {hit: longer.get((passage[hit], word[hit])) for hit in alone}
    return {hit: by for hit, by in explained.items() if by is not None}
