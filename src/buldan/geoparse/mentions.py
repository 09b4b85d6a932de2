"""Make the mentions of hits whose place is known: text, offsets, confidence, and the relation to the place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import pairwise, repeat, starmap
from operator import add, attrgetter
from typing import Any

import numpy as np

from buldan.geoparse.facility_mentions import ResolvedPassage, add_facilities, make_mention_inside, shift_relation
from buldan.geoparse.linear_model import compute_probability
from buldan.geoparse.recognition.overlaps import KeptHits
from buldan.geoparse.relations.passage_mentions import PassageMentions
from buldan.geoparse.relations.relative_places import find_relation
from buldan.geoparse.relations.speaking_loop import list_facility_words, list_hits_with_relations, list_name_starts
from buldan.geoparse.resolution.ranking import fetch_places
from buldan.geoparse.resolution.resolved_hits import ResolvedHits
from buldan.geoparse.results import Mention
from buldan.geoparse.scoring import Resources, ScoredHits
from buldan.model import Place

__all__ = ["make_mentions"]


def make_mentions(
    resolved: ResolvedHits,
    scored: ScoredHits,
    kept: KeptHits,
    resources: Resources,
    *,
    bases: Sequence[int],
    foreign: bool,
) -> list[list[Mention]]:
    """The mentions of each passage, in its order; `bases` are where each passage begins in its text."""
    hits, all_hits = resolved.hits, scored.hits
    places = list(fetch_places(resolved.rows, resources.index.places))
    mentions = _make_hit_mentions(resolved, places, bases)
    flat, several = hits.flat, len(bases) > 1
    related = list_hits_with_relations(hits.views, hits.words.views)
    # All that concerns several passages is found at once, and cut at the passages after that: a search for each
    # passage would cost a short text more than its reading.
    facility_words = list_facility_words(hits.words.views, resources.cues.views)
    if not (several or foreign or resolved.outside_container or related or facility_words):
        return [mentions]  # a third of short texts have no relation and no facility
    outside_container = list(resolved.outside_container)
    name_starts = list_name_starts(all_hits.views, scored.name_table.views) if facility_words else []
    abroad_first: list[int] = []
    abroad_last: list[int] = []
    if foreign or facility_words:
        abroad_first, abroad_last = all_hits.table[1:3].take(kept.foreign, axis=1).tolist()
    cuts: Iterable[tuple[slice, ...]] = (_WHOLE,)
    if several:
        # Each list is in the order of the text, so that the edges of passages cut it by bisection.
        bounds = hits.find_passage_bounds()
        cuts = zip(
            *(
                starmap(slice, pairwise(np.searchsorted(at, edges).tolist()))
                for at, edges in (
                    (hits.first, flat.passages),
                    (related, bounds),
                    (outside_container, bounds),
                    (facility_words, flat.passages),
                    (name_starts, flat.passages),
                    (abroad_first, flat.passages),
                )
            ),
            strict=True,
        )
    share_abroad = scored.evidence.share_abroad.take(kept.syrian)
    read: list[list[Mention]] = []
    for number, (base, cut) in enumerate(zip(bases, cuts, strict=True)):
        hits_here, related_here, outside_here, facilities_here, starts_here, foreign_here = cut
        begin, own = hits_here.start, mentions[hits_here]
        related_hits, outside_hits = related[related_here], outside_container[outside_here]
        words_of_facilities = facility_words[facilities_here]
        # Many passages have no relation and no facility: their mentions are complete.
        if own and (related_hits or outside_hits or words_of_facilities):
            passage = ResolvedPassage(hits.take_passage(number), begin, resolved, share_abroad, resources, base, number)
            word = int(flat.passages[number])
            _add_relations(own, passage, places[hits_here], [hit - begin for hit in related_hits])
            for at in outside_hits:
                hit, city = at - begin, resolved.outside_container[at] - begin
                own[hit] = make_mention_inside(passage, own[hit].start - base, own[hit].end - base, city)
            if words_of_facilities:
                own = add_facilities(
                    own,
                    passage,
                    all_hits,
                    scored.name_table,
                    [at - word for at in words_of_facilities],
                    {at - word for at in name_starts[starts_here]},
                    [at - word for at in abroad_first[foreign_here]],
                    [at - word for at in abroad_last[foreign_here]],
                )
        if foreign and len(kept.foreign[foreign_here]):
            own = sorted(
                own + _make_foreign_mentions(scored, kept, foreign_here, number, base), key=attrgetter("start")
            )
        read.append(own)
    return read


_WHOLE = (slice(0, None),) * 6
"""The parts of the lists that are of a passage which is read alone: all of them."""


def _make_hit_mentions(resolved: ResolvedHits, places: Sequence[Place], bases: Sequence[int]) -> list[Mention]:
    """The hits themselves as mentions, of all passages."""
    # Columns first and one `map` over them, without a step of Python for each mention.
    hits, ranking = resolved.hits, resolved.ranking
    original = hits.flat.original
    start, end = hits.locate_in_original()
    texts = [original[begin:stop] for begin, stop in zip(start, end, strict=True)]
    confidence, alternatives = ranking.confidence.copy(), ranking.alternatives.copy()
    # A short form is as sure as the longer name that explains it, and could mean the same others.
    for hit, longer in resolved.short_forms.items():
        confidence[hit], alternatives[hit] = ranking.confidence[longer], ranking.alternatives[longer]
    if hits.flat.origins is not None:
        # From the joined text to the passage, and from there to where it stands in its own text.
        shift = (np.array(bases, np.int64) - hits.flat.origins[:, 0]).take(hits.find_passages()).tolist()
        start, end = list(map(add, start, shift)), list(map(add, end, shift))
    elif bases[0]:
        start, end = [at + bases[0] for at in start], [at + bases[0] for at in end]
    columns = (start, end, texts, places, confidence, alternatives, repeat(None), repeat(False))
    return list(map(_MAKE_MENTION, zip(*columns, strict=False)))


_MAKE_MENTION: Callable[[tuple[Any, ...]], Mention] = partial(tuple.__new__, Mention)
"""A mention from all its members, in a third of the time of a call of its class, which is a step of Python each."""


def _add_relations(
    mentions: list[Mention], passage: ResolvedPassage, places: Sequence[Place], speaking: Sequence[int]
) -> None:
    """Say in which relation the text speaks of a place, where it does."""
    if not speaking:
        return
    # All mentions, not only the speaking ones: a relation may name its neighbour (between Homs and Hama).
    flat, hits = passage.flat, passage.hits
    placed = PassageMentions(flat, hits.first.tolist(), hits.last.tolist(), places)
    for hit in speaking:
        relation = find_relation(flat, placed, hit, passage.resources.terrain)
        if relation is not None:
            mentions[hit] = mentions[hit]._replace(relation=shift_relation(relation, passage.base))


def _make_foreign_mentions(scored: ScoredHits, kept: KeptHits, which: slice, number: int, base: int) -> list[Mention]:
    """The places abroad of a passage."""
    hits, flat = scored.hits.take(kept.foreign[which]), scored.hits.flat
    shift = base if flat.origins is None else base - int(flat.origins[number, 0])
    # What the model says is that it is ours; of a name that is surely abroad, the rest is that it is there.
    chance = (1.0 - compute_probability(scored.log_odds[kept.foreign[which]])).round(4).tolist()
    return [
        Mention(start + shift, end + shift, flat.original[start:end], None, confidence, foreign=True)
        for (start, end), confidence in zip(zip(*hits.locate_in_original(), strict=True), chance, strict=True)
    ]
