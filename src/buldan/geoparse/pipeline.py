"""One passage read: its names weighed and settled, its facilities found, what it says of each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from buldan.geometry import distance_km
from buldan.geoparse.document.flat import Flat
from buldan.geoparse.linear_model import probability
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.recognition.overlaps import StandingHits, resolve_overlaps
from buldan.geoparse.relations.facilities import Facility, MentionSpans, facility_forms, find_facilities
from buldan.geoparse.relations.relative_places import Spot, relation_of, speaks_of_relations, within
from buldan.geoparse.resolution.containment import find_strayed, may_be_held
from buldan.geoparse.resolution.ranking import ResolvedPlaces, places_of
from buldan.geoparse.resolution.resolver import ToponymResolver
from buldan.geoparse.results import Mention, Relation
from buldan.geoparse.scoring import SURE, Resources, ScoredHits, score_hits
from buldan.model import Place

__all__ = ["THRESHOLD", "resolve_passage"]

THRESHOLD = -0.3
"""Log-odds from which a name is taken for a mention."""

_FACILITY_CHANCE = 0.8
"""How often a facility that is found by its words alone is one, and is where its anchor is."""

_NARROW, _SETTLEMENT = frozenset({"settlement", "quarter", "camp"}), frozenset({"settlement"})
_FAR_KM, _WELL_KNOWN, _BESIDE, _AROUND = 50.0, 4.0, 3, 20


@dataclass(frozen=True, slots=True)
class _ResolvedPassage:
    """The names of a passage that stand for a place of Syria, in order, and what each names.

    Attributes:
        rows: of the place that each names.
        ranking: of each, before what longer names say of it (`meant`).
        strayed: the one that each is said to be in where it lies elsewhere, else -1.
        meant: those that a longer one explains, with that.
        base: where the passage begins in its text.
    """

    flat: Flat
    resources: Resources
    name_table: NameTable
    hits: Hits
    rows: NDArray[np.int64]
    ranking: ResolvedPlaces
    strayed: NDArray[np.int64]
    meant: Mapping[int, int]
    base: int

    def place(self, hit: int) -> Place:
        """What a hit names."""
        return self.resources.index.places[int(self.rows[hit])]


def resolve_passage(flat: Flat, resources: Resources, *, foreign: bool, base: int = 0) -> list[Mention]:
    """The mentions of a passage, in its order; `base` is where it begins in its text."""
    scored = score_hits(flat, resources)
    standing = resolve_overlaps(scored.hits, scored.name_table, scored.log_odds, THRESHOLD)
    read = _resolve(scored, standing.syrian, resources, base)
    mentions = list(_mentions(read, scored, standing))
    if foreign:
        mentions += _foreign(scored, standing.foreign, base)
    return sorted(mentions, key=attrgetter("start"))


def _resolve(scored: ScoredHits, which: NDArray[np.int64], resources: Resources, base: int) -> _ResolvedPassage:
    sure, stands = np.zeros(len(scored.hits), np.bool_), np.zeros(len(scored.hits), np.bool_)
    sure[which], stands[which] = scored.log_odds[which] > SURE / 2, True
    # What does not stand matters still where something holds it: that is then known to be a governorate or a city.
    told = stands | may_be_held(scored.hits, sure)
    asked = scored.lists.asked
    resolver = ToponymResolver(
        scored.hits.keep(told), scored.name_table, asked[told], resources.place_arrays, resources.place
    )
    choice = resolver.choose_places(sure[told])
    container = resolver.find_containers(sure[told])
    standing = np.flatnonzero(stands[told])
    candidates, choice = choice.of_hits(resolver.candidates, standing)
    # What holds a hit is sure, so that it stands itself.
    container = np.where(container >= 0, np.searchsorted(standing, container), -1)[standing]
    hits, rows = scored.hits.keep(which), choice.rows(candidates)
    meant = _find_short_forms(hits, resources.place_arrays.salience[rows])
    rows[list(meant)] = rows[list(meant.values())]
    chance = probability(scored.log_odds[which])
    return _ResolvedPassage(
        hits.flat,
        resources,
        scored.name_table,
        hits,
        rows,
        ResolvedPlaces.of(
            candidates, choice, chance, resources.place_arrays, resources.confidence, resources.index.places
        ),
        find_strayed(container, asked[which], resources.place_arrays, rows),
        meant,
        base,
    )


def _find_short_forms(hits: Hits, fame: NDArray[np.float64]) -> dict[int, int]:
    """Hits that a longer name of the passage explains: الغارية beside الغارية الشرقية.

    `fame` is the salience of each hit's best place; what is well known means itself.
    """
    one_word = hits.last - hits.first == 1
    word = hits.words.number[hits.first].tolist()
    longer: dict[int, int] = {}
    for hit in np.flatnonzero(~one_word).tolist():
        longer.setdefault(word[hit], hit)
    alone = np.flatnonzero(one_word & (fame < _WELL_KNOWN)).tolist()
    return {hit: longer[word[hit]] for hit in alone if word[hit] in longer}


def _mentions(read: _ResolvedPassage, scored: ScoredHits, standing: StandingHits) -> Iterator[Mention]:
    stands, order = _stands(read, scored.hits, standing)
    named = np.diff(scored.name_table.first)[scored.hits.name_id] > 0
    known = set(scored.hits.first[named].tolist())
    facilities = list(find_facilities(read.flat, scored.hits.words.cue, read.resources.cues, stands, known))
    for facility in facilities:
        yield _facility(read, order, stands, facility)
    covered = {order[position] for facility in facilities for position in facility.covered}
    yield from _plain_mentions(read, covered)


def _stands(read: _ResolvedPassage, hits: Hits, standing: StandingHits) -> tuple[MentionSpans, list[int]]:
    """All that stands, foreign places among it, and by its position the hit of Syria that it is."""
    syrian, count = standing.syrian, len(standing.syrian)
    every = np.concatenate((syrian, standing.foreign))
    order = np.argsort(hits.first[every], kind="stable")
    kind = read.resources.index.kind[read.rows]

    def of_groups(groups: frozenset[str]) -> list[bool]:
        by_kind = np.array([group in groups for group in read.resources.kind_groups])
        flags: list[bool] = np.append(by_kind[kind], np.zeros(len(standing.foreign), np.bool_))[order].tolist()
        return flags

    stands = MentionSpans(
        first=hits.first[every][order].tolist(),
        last=hits.last[every][order].tolist(),
        foreign=(order >= count).tolist(),
        narrow=of_groups(_NARROW),
        settlement=of_groups(_SETTLEMENT),
    )
    return stands, order.tolist()


def _plain_mentions(read: _ResolvedPassage, covered: set[int]) -> Iterator[Mention]:
    """The hits themselves, but for those that are covered by a facility's name."""
    hits, original, ranking, base = read.hits, read.flat.original, read.ranking, read.base
    start, end = read.flat.spans(hits.start, hits.end)
    texts = [original[begin:stop] for begin, stop in zip(start.tolist(), end.tolist(), strict=True)]
    confidence, alternatives = ranking.confidence.copy(), ranking.alternatives.copy()
    for hit, longer in read.meant.items():
        confidence[hit], alternatives[hit] = ranking.confidence[longer], ranking.alternatives[longer]
    places = list(places_of(read.rows, read.resources.index.places))
    spans = (start + base).tolist(), (end + base).tolist()
    mentions = list(map(Mention, *spans, texts, places, confidence, alternatives, _relations(read, places)))
    for hit in np.flatnonzero(read.strayed >= 0).tolist():
        mentions[hit] = _inside(read, int(start[hit]), int(end[hit]), int(read.strayed[hit]))
    return (mention for hit, mention in enumerate(mentions) if hit not in covered)


def _relations(read: _ResolvedPassage, places: list[Place]) -> list[Relation | None]:
    """By hit, the relation in which the text speaks of it."""
    hits, count = read.hits, len(places)
    first, last = hits.first.tolist(), hits.last.tolist()
    relations: list[Relation | None] = [None] * count
    for hit in np.flatnonzero(speaks_of_relations(read.flat, hits.words, hits.first, hits.last)).tolist():
        spot, *beside = (
            Spot(first[at], last[at], places[at]) if 0 <= at < count else None for at in (hit, hit + 1, hit - 1)
        )
        assert spot is not None
        relations[hit] = _shift_relation(relation_of(read.flat, spot, *beside), read.base)
    return relations


def _shift_relation(relation: Relation | None, base: int) -> Relation | None:
    if relation is None or not base:
        return relation
    return replace(relation, start=base + relation.start, end=base + relation.end)


def _foreign(scored: ScoredHits, which: NDArray[np.int64], base: int) -> list[Mention]:
    """The places abroad."""
    hits, flat = scored.hits.keep(which), scored.hits.flat
    chance = (1.0 - probability(scored.log_odds[which])).round(4).tolist()
    spans = zip(*(column.tolist() for column in flat.spans(hits.start, hits.end)), strict=True)
    return [
        Mention(base + start, base + end, flat.original[start:end], None, confidence, foreign=True)
        for (start, end), confidence in zip(spans, chance, strict=True)
    ]


def _facility(read: _ResolvedPassage, order: list[int], stands: MentionSpans, facility: Facility) -> Mention:
    anchor = order[_anchor(read, order, stands, facility)]
    flat = read.flat
    behind_clitic = int(flat.starts[facility.first]) + _clitic_length(flat.words[facility.first])
    start, end = flat.span(behind_clitic, int(flat.starts[facility.last]) - 1)
    return _inside(read, start, end, anchor)


def _inside(read: _ResolvedPassage, start: int, end: int, holder: int) -> Mention:
    """Something that is known only to be in the place of another hit."""
    flat, place = read.flat, read.place(holder)
    chance = round(_FACILITY_CHANCE * read.ranking.confidence[holder], 4)
    relation = _shift_relation(within(flat, start, end, place), read.base)
    return Mention(read.base + start, read.base + end, flat.original[start:end], place, chance, relation=relation)


def _clitic_length(word: str) -> int:
    """Letters before a facility's own word."""
    forms = facility_forms()
    return next((length for length in range(3) if word[length:] in forms), 0)


def _anchor(read: _ResolvedPassage, order: list[int], stands: MentionSpans, facility: Facility) -> int:
    """The anchor, unless it is a namesake far from all else: فندق رغدان in Damascus is not near the village."""
    if not facility.covered:
        return facility.anchor
    index, hit = read.resources.index, order[facility.anchor]
    row, term = read.rows[hit], read.hits.name_id[hit]
    around = range(max(facility.anchor - _AROUND, 0), min(facility.anchor + _AROUND, len(stands)))
    others = [at for at in around if stands.narrow[at] and at != facility.anchor]
    if not others or read.name_table.salience[term] >= _WELL_KNOWN:
        return facility.anchor
    if read.name_table.form[term] == Form.NEAR_MISS:
        beside = [at for at in others if 0 <= stands.first[at] - facility.last <= _BESIDE]
        if beside:
            return beside[0]
    here = (float(index.lon[row]), float(index.lat[row]))
    nearest = min(others, key=lambda at: abs(stands.first[at] - stands.first[facility.anchor]))
    there = read.rows[order[nearest]]
    apart = distance_km(here, (float(index.lon[there]), float(index.lat[there])))
    syrian = (read.rows[order[at]] for at in around if at != facility.anchor and not stands.foreign[at])
    same_unit = any(index.unit[other, 0] == index.unit[row, 0] for other in syrian)
    return nearest if apart > _FAR_KM and not same_unit else facility.anchor
