"""One passage read: its names weighed and settled, its facilities found, what it says of each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from buldan.geometry import distance_km
from buldan.geoparse.facilities import Facility, Stands, facility_forms, find_facilities
from buldan.geoparse.flat import Flat
from buldan.geoparse.holding import may_be_held, strayed_quarters
from buldan.geoparse.model import probability
from buldan.geoparse.nameforms import Form
from buldan.geoparse.placing import Placing
from buldan.geoparse.ranking import Ranking, places_of
from buldan.geoparse.relations import Spot, relation_of, speaks_of_relations, within
from buldan.geoparse.results import Mention, Relation
from buldan.geoparse.scan import Hits
from buldan.geoparse.settling import Settled, settle
from buldan.geoparse.terms import Terms
from buldan.geoparse.weighing import SURE, Tools, Weighed, weigh
from buldan.model import Place

__all__ = ["THRESHOLD", "read_passage"]

THRESHOLD = -0.3
"""Log-odds from which a name is taken for a mention."""

_FACILITY_CHANCE = 0.8
"""How often a facility that is found by its words alone is one, and is where its anchor is."""

_NARROW, _SETTLEMENT = frozenset({"settlement", "quarter", "camp"}), frozenset({"settlement"})
_FAR_KM, _WELL_KNOWN, _BESIDE, _AROUND = 50.0, 4.0, 3, 20


@dataclass(frozen=True, slots=True)
class _Read:
    """The names of a passage that stand for a place of Syria, in order, and what each names.

    Attributes:
        rows: of the place that each names.
        ranking: of each, before what longer names say of it (`meant`).
        strayed: the one that each is said to be in where it lies elsewhere, else -1.
        meant: those that a longer one explains, with that.
        base: where the passage begins in its text.
    """

    flat: Flat
    tools: Tools
    terms: Terms
    hits: Hits
    rows: NDArray[np.int64]
    ranking: Ranking
    strayed: NDArray[np.int64]
    meant: Mapping[int, int]
    base: int

    def place(self, hit: int) -> Place:
        """What a hit names."""
        return self.tools.index.places[int(self.rows[hit])]


def read_passage(flat: Flat, tools: Tools, *, foreign: bool, base: int = 0) -> list[Mention]:
    """The mentions of a passage, in its order; `base` is where it begins in its text."""
    weighed = weigh(flat, tools)
    settled = settle(weighed.hits, weighed.terms, weighed.log_odds, THRESHOLD)
    read = _read(weighed, settled.syrian, tools, base)
    mentions = list(_mentions(read, weighed, settled))
    if foreign:
        mentions += _foreign(weighed, settled.foreign, base)
    return sorted(mentions, key=attrgetter("start"))


def _read(weighed: Weighed, which: NDArray[np.int64], tools: Tools, base: int) -> _Read:
    sure, stands = np.zeros(len(weighed.hits), np.bool_), np.zeros(len(weighed.hits), np.bool_)
    sure[which], stands[which] = weighed.log_odds[which] > SURE / 2, True
    # What does not stand matters still where something holds it: that is then known to be a governorate or a city.
    told = stands | may_be_held(weighed.hits, sure)
    asked = weighed.lists.asked
    placing = Placing(weighed.hits.keep(told), weighed.terms, asked[told], tools.atlas, tools.place)
    candidates, choice = placing.choose(sure[told]).of_hits(placing.candidates, np.flatnonzero(stands[told]))
    hits, rows = weighed.hits.keep(which), choice.rows(candidates)
    meant = _meant(hits, tools.atlas.salience[rows])
    rows[list(meant)] = rows[list(meant.values())]
    chance = probability(weighed.log_odds[which])
    return _Read(
        hits.flat,
        tools,
        weighed.terms,
        hits,
        rows,
        Ranking.of(candidates, choice, chance, tools.atlas, tools.confidence, tools.index.places),
        strayed_quarters(hits, asked[which], tools.atlas, rows, sure[which]),
        meant,
        base,
    )


def _meant(hits: Hits, fame: NDArray[np.float64]) -> dict[int, int]:
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


def _mentions(read: _Read, weighed: Weighed, settled: Settled) -> Iterator[Mention]:
    stands, order = _stands(read, weighed.hits, settled)
    named = np.diff(weighed.terms.first)[weighed.hits.phrase] > 0
    known = set(weighed.hits.first[named].tolist())
    facilities = list(find_facilities(read.flat, weighed.hits.words.cue, read.tools.cues, stands, known))
    for facility in facilities:
        yield _facility(read, order, stands, facility)
    covered = {order[position] for facility in facilities for position in facility.covered}
    yield from _plain_mentions(read, covered)


def _stands(read: _Read, hits: Hits, settled: Settled) -> tuple[Stands, list[int]]:
    """All that stands, foreign places among it, and by its position the hit of Syria that it is."""
    syrian, count = settled.syrian, len(settled.syrian)
    every = np.concatenate((syrian, settled.foreign))
    order = np.argsort(hits.first[every], kind="stable")
    kind = read.tools.index.kind[read.rows]

    def of_groups(groups: frozenset[str]) -> list[bool]:
        by_kind = np.array([group in groups for group in read.tools.kind_groups])
        flags: list[bool] = np.append(by_kind[kind], np.zeros(len(settled.foreign), np.bool_))[order].tolist()
        return flags

    stands = Stands(
        first=hits.first[every][order].tolist(),
        last=hits.last[every][order].tolist(),
        foreign=(order >= count).tolist(),
        narrow=of_groups(_NARROW),
        settlement=of_groups(_SETTLEMENT),
    )
    return stands, order.tolist()


def _plain_mentions(read: _Read, covered: set[int]) -> Iterator[Mention]:
    """The hits themselves, but for those that are covered by a facility's name."""
    hits, original, ranking, base = read.hits, read.flat.original, read.ranking, read.base
    start, end = read.flat.spans(hits.start, hits.end)
    texts = [original[begin:stop] for begin, stop in zip(start.tolist(), end.tolist(), strict=True)]
    confidence, alternatives = ranking.confidence.copy(), ranking.alternatives.copy()
    for hit, longer in read.meant.items():
        confidence[hit], alternatives[hit] = ranking.confidence[longer], ranking.alternatives[longer]
    places = list(places_of(read.rows, read.tools.index.places))
    spans = (start + base).tolist(), (end + base).tolist()
    mentions = list(map(Mention, *spans, texts, places, confidence, alternatives, _relations(read, places)))
    for hit in np.flatnonzero(read.strayed >= 0).tolist():
        mentions[hit] = _inside(read, int(start[hit]), int(end[hit]), int(read.strayed[hit]))
    return (mention for hit, mention in enumerate(mentions) if hit not in covered)


def _relations(read: _Read, places: list[Place]) -> list[Relation | None]:
    """By hit, the relation in which the text speaks of it."""
    hits, count = read.hits, len(places)
    first, last = hits.first.tolist(), hits.last.tolist()
    relations: list[Relation | None] = [None] * count
    for hit in np.flatnonzero(speaks_of_relations(read.flat, hits.words, hits.first, hits.last)).tolist():
        spots = [Spot(first[at], last[at], places[at]) for at in range(hit, min(hit + 2, count))]
        relations[hit] = _moved(relation_of(read.flat, *spots), read.base)
    return relations


def _moved(relation: Relation | None, base: int) -> Relation | None:
    if relation is None or not base:
        return relation
    return replace(relation, start=base + relation.start, end=base + relation.end)


def _foreign(weighed: Weighed, which: NDArray[np.int64], base: int) -> list[Mention]:
    """The places abroad."""
    hits, flat = weighed.hits.keep(which), weighed.hits.flat
    chance = (1.0 - probability(weighed.log_odds[which])).round(4).tolist()
    spans = zip(*(column.tolist() for column in flat.spans(hits.start, hits.end)), strict=True)
    return [
        Mention(base + start, base + end, flat.original[start:end], None, confidence, foreign=True)
        for (start, end), confidence in zip(spans, chance, strict=True)
    ]


def _facility(read: _Read, order: list[int], stands: Stands, facility: Facility) -> Mention:
    anchor = order[_anchor(read, order, stands, facility)]
    flat = read.flat
    behind_clitic = int(flat.starts[facility.first]) + _clitic_length(flat.words[facility.first])
    start, end = flat.span(behind_clitic, int(flat.starts[facility.last]) - 1)
    return _inside(read, start, end, anchor)


def _inside(read: _Read, start: int, end: int, holder: int) -> Mention:
    """Something that is known only to be in the place of another hit."""
    flat, place = read.flat, read.place(holder)
    chance = round(_FACILITY_CHANCE * read.ranking.confidence[holder], 4)
    relation = _moved(within(flat, start, end, place), read.base)
    return Mention(read.base + start, read.base + end, flat.original[start:end], place, chance, relation=relation)


def _clitic_length(word: str) -> int:
    """Letters before a facility's own word."""
    forms = facility_forms()
    return next((length for length in range(3) if word[length:] in forms), 0)


def _anchor(read: _Read, order: list[int], stands: Stands, facility: Facility) -> int:
    """The anchor, unless it is a namesake far from all else: فندق رغدان in Damascus is not near the village."""
    if not facility.covered:
        return facility.anchor
    index, hit = read.tools.index, order[facility.anchor]
    row, term = read.rows[hit], read.hits.phrase[hit]
    around = range(max(facility.anchor - _AROUND, 0), min(facility.anchor + _AROUND, len(stands)))
    others = [at for at in around if stands.narrow[at] and at != facility.anchor]
    if not others or read.terms.salience[term] >= _WELL_KNOWN:
        return facility.anchor
    if read.terms.form[term] == Form.NEAR_MISS:
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
