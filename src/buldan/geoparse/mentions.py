"""Make the mentions of hits whose place is known: text, offsets, confidence, and the relation to the place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Sequence
from functools import partial
from itertools import pairwise, repeat, starmap
from operator import add, attrgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.facility_mentions import (
    FacilityWords,
    ResolvedPassage,
    ResolvedText,
    add_facilities,
    make_mention_inside,
    shift_relation,
)
from buldan.geoparse.linear_model import compute_probability
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.recognition.overlaps import KeptHits
from buldan.geoparse.relations.passage_mentions import PassageMentions
from buldan.geoparse.relations.relative_places import find_relation
from buldan.geoparse.relations.speaking_loop import list_facility_words, list_hits_with_relations, list_name_starts
from buldan.geoparse.resolution.resolved_hits import ResolvedHits
from buldan.geoparse.results import Mention
from buldan.geoparse.scoring import Resources, ScoredHits
from buldan.model import Place

__all__ = ["make_mentions"]


class _Marks(NamedTuple):
    """What may change the mentions of a passage: lists in the order of the text, of all passages.

    Attributes:
        related: hits with a word near by that may tell of a relation.
        outside: hits whose place lies elsewhere than the text says.
        facility_words: words for a facility.
        name_starts: words at which a name of some place begins.
        abroad_first, abroad_last: of the hits kept as places abroad, their first words and those behind their last.
    """

    related: Sequence[int]
    outside: Sequence[int]
    facility_words: Sequence[int]
    name_starts: Sequence[int]
    abroad_first: Sequence[int]
    abroad_last: Sequence[int]


class _NameStarts(Container[int]):
    """Words of a passage at which a name of some place begins: few are asked about, and a set of all costs more."""

    def __init__(self, starts: Sequence[int], first_word: int) -> None:
        self._starts, self._first_word = starts, first_word

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, int):
            return False
        at = bisect_left(self._starts, self._first_word + word)
        return at < len(self._starts) and self._starts[at] == self._first_word + word


class _Part(NamedTuple):
    """Where the hits of one passage, and its part of each list of marks, lie among those of all."""

    hits: slice
    related: slice
    outside: slice
    facility_words: slice
    abroad: slice


_WHOLE = _Part(*(slice(0, None),) * 5)
"""The part of a passage that is read alone: all."""


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
    hits = resolved.hits
    places = resources.index.places.take(resolved.rows.tolist())
    mentions = _make_hit_mentions(resolved, places, bases)
    # All that concerns several passages is found at once, and cut at the passages after that: a search for each
    # passage would cost a short text more than its reading.
    related = list_hits_with_relations(hits.views, hits.words.views)
    facility_words = list_facility_words(hits.words.views, resources.cues.views)
    if len(bases) == 1 and not (foreign or resolved.outside_container or related or facility_words):
        return [mentions]  # a third of short texts have no relation and no facility
    text = ResolvedText(
        scored.hits, scored.name_table, resolved, scored.evidence.share_abroad.take(kept.syrian), resources
    )
    name_starts = list_name_starts(scored.hits.views, scored.name_table.views) if facility_words else []
    abroad_first: list[int] = []
    abroad_last: list[int] = []
    if foreign or facility_words:
        abroad_first, abroad_last = scored.hits.table[1:3].take(kept.foreign, axis=1).tolist()
    outside = list(resolved.outside_container)
    marks = _Marks(related, outside, facility_words, name_starts, abroad_first, abroad_last)
    read: list[list[Mention]] = []
    for number, (base, part) in enumerate(zip(bases, _iter_parts(hits, marks), strict=True)):
        own = mentions[part.hits]
        # Many passages have no relation and no facility: their mentions are complete.
        if own and (marks.related[part.related] or marks.outside[part.outside] or facility_words[part.facility_words]):
            first_word = int(hits.flat.passages[number])
            passage = ResolvedPassage(text, hits.take_passage(number), part.hits.start, first_word, base)
            own = _complete_mentions(own, passage, places[part.hits], marks, part)
        if foreign and len(kept.foreign[part.abroad]):
            abroad = _make_foreign_mentions(scored, kept.foreign[part.abroad], number, base)
            own = sorted(own + abroad, key=attrgetter("start"))
        read.append(own)
    return read


def _iter_parts(hits: Hits, marks: _Marks) -> Iterable[_Part]:
    """The part of each passage."""
    words = hits.flat.passages
    if len(words) == 2:
        return (_WHOLE,)
    # Each list is in the order of the text, so that the edges of passages cut it by bisection.
    bounds = hits.find_passage_bounds()
    cuts = (
        (hits.first, words),
        (marks.related, bounds),
        (marks.outside, bounds),
        (marks.facility_words, words),
        (marks.abroad_first, words),
    )
    slices = (starmap(slice, pairwise(np.searchsorted(at, edges).tolist())) for at, edges in cuts)
    return map(_Part._make, zip(*slices, strict=True))


def _complete_mentions(
    mentions: list[Mention], passage: ResolvedPassage, places: Sequence[Place], marks: _Marks, part: _Part
) -> list[Mention]:
    """The mentions of a passage with their relations, in the place that the text puts them in, and with facilities."""
    first_hit, first_word, base = passage.first_hit, passage.first_word, passage.base
    _add_relations(mentions, passage, places, [hit - first_hit for hit in marks.related[part.related]])
    for at in marks.outside[part.outside]:
        hit, container = at - first_hit, passage.text.resolved.outside_container[at] - first_hit
        mention = mentions[hit]
        mentions[hit] = make_mention_inside(passage, mention.start - base, mention.end - base, container)
    facility_words = marks.facility_words[part.facility_words]
    if not facility_words:
        return mentions
    words = FacilityWords(
        [at - first_word for at in facility_words],
        _NameStarts(marks.name_starts, first_word),
        [at - first_word for at in marks.abroad_first[part.abroad]],
        [at - first_word for at in marks.abroad_last[part.abroad]],
    )
    return add_facilities(mentions, passage, words)


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


def _make_foreign_mentions(scored: ScoredHits, foreign: NDArray[np.int64], number: int, base: int) -> list[Mention]:
    """The places abroad of a passage; `foreign` are their hits."""
    hits, flat = scored.hits.take(foreign), scored.hits.flat
    shift = base if flat.origins is None else base - int(flat.origins[number, 0])
    # What the model says is that it is ours; of a name that is surely abroad, the rest is that it is there.
    chance = (1.0 - compute_probability(scored.log_odds[foreign])).round(4).tolist()
    return [
        Mention(start + shift, end + shift, flat.original[start:end], None, confidence, foreign=True)
        for (start, end), confidence in zip(zip(*hits.locate_in_original(), strict=True), chance, strict=True)
    ]
