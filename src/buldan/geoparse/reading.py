"""One passage read: its names weighed and settled, its facilities found, what it says of each place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from buldan.geometry import distance_km
from buldan.geoparse.candidates import Choice, strayed_quarters
from buldan.geoparse.facilities import Facility, Stand, facility_forms, find_facilities
from buldan.geoparse.flat import Flat
from buldan.geoparse.model import calibrated, probability
from buldan.geoparse.nameforms import Form
from buldan.geoparse.relations import Spot, relation_of, within
from buldan.geoparse.results import Alternative, Mention, Relation
from buldan.geoparse.settling import Settled, settle
from buldan.geoparse.weighing import SURE, Tools, Weighed, best_rows, place_choice, weigh
from buldan.model import Place

__all__ = ["THRESHOLD", "read_passage"]

THRESHOLD = -0.3
"""Log-odds from which a name is taken for a mention."""

_MOST_ALTERNATIVES = 3
_LEAST_SHARE = 0.001
"""An alternative less likely than this is not told; a slight one is still what a reader may choose."""

_FACILITY_CHANCE = 0.8
"""How often a facility that is found by its words alone is one, and is where its anchor is."""

_NARROW = frozenset({"settlement", "quarter", "camp"})
_FAR_KM, _WELL_KNOWN, _BESIDE, _AROUND = 50.0, 4.0, 3, 20


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage with all that was made of it; hits by position."""

    flat: Flat
    tools: Tools
    weighed: Weighed
    settled: Settled
    choice: Choice
    rows: list[int]
    chance: list[float]
    share: list[float]
    pair_rows: list[int]
    first_pair: list[int]
    strayed: list[int]
    meant: dict[int, int]
    base: int


def read_passage(flat: Flat, tools: Tools, *, foreign: bool, base: int = 0) -> list[Mention]:
    """The mentions of a passage, in its order; `base` is where it begins in its text."""
    read = _read(flat, tools, base)
    hits = np.concatenate((read.settled.syrian, read.settled.foreign))
    order = np.argsort(read.weighed.hits.first[hits], kind="stable")
    abroad = np.concatenate(
        (np.zeros(len(read.settled.syrian), np.bool_), np.ones(len(read.settled.foreign), np.bool_))
    )
    stands = _stands(read, hits[order].tolist(), abroad[order].tolist())
    mentions = _mentions(read, stands)
    if foreign:
        mentions += [_foreign(read, hit) for hit in read.settled.foreign.tolist()]
    return sorted(mentions, key=lambda mention: mention.start)


def _read(flat: Flat, tools: Tools, base: int) -> _Read:
    weighed = weigh(flat, tools)
    settled = settle(weighed.hits, weighed.vocabulary, weighed.log_odds, THRESHOLD)
    sure = np.zeros(len(weighed.hits), np.bool_)
    sure[settled.syrian[weighed.log_odds[settled.syrian] > SURE / 2]] = True
    choice = place_choice(weighed.hits, weighed.vocabulary, weighed.candidates, tools, sure)
    rows = best_rows(weighed.candidates, choice)
    meant = _meant(weighed, settled, tools.index.salience[rows])
    rows[list(meant)] = rows[list(meant.values())]
    return _Read(
        flat,
        tools,
        weighed,
        settled,
        choice,
        rows=rows.tolist(),
        chance=probability(weighed.log_odds).tolist(),
        share=choice.share.tolist(),
        pair_rows=weighed.candidates.row.tolist(),
        first_pair=weighed.candidates.first.tolist(),
        strayed=strayed_quarters(weighed.hits, tools.cues, tools.index, rows, sure).tolist(),
        meant=meant,
        base=base,
    )


def _stands(read: _Read, hits: Sequence[int], abroad: Sequence[bool]) -> list[Stand]:
    first, last = read.weighed.hits.first[hits].tolist(), read.weighed.hits.last[hits].tolist()
    groups, kind = read.tools.kind_groups, read.tools.index.kind
    group = ["" if foreign else groups[kind[read.rows[hit]]] for hit, foreign in zip(hits, abroad, strict=True)]
    return [
        Stand(begin, end, hit, foreign, of in _NARROW, of == "settlement")
        for begin, end, hit, foreign, of in zip(first, last, hits, abroad, group, strict=True)
    ]


def _mentions(read: _Read, stands: list[Stand]) -> list[Mention]:
    hits = read.weighed.hits
    known = frozenset(hits.first[read.weighed.candidates.hit].tolist())
    facilities = list(find_facilities(read.flat, hits.cue, read.tools.cues, stands, known))
    covered = {position for facility in facilities for position in facility.covered}
    found = [_facility(read, stands, facility) for facility in facilities]
    syrian = [(position, stand) for position, stand in enumerate(stands) if not stand.foreign]
    spots = [Spot(stand.first, stand.last, _place(read, stand.hit)) for _, stand in syrian]
    for (position, stand), spot, following in zip(syrian, spots, [*spots[1:], None], strict=True) if spots else ():
        if position not in covered:
            found.append(_mention(read, stand.hit, relation_of(read.flat, spot, following)))
    return found


def _meant(weighed: Weighed, settled: Settled, fame: NDArray[np.float32]) -> dict[int, int]:
    """Hits that a longer name of the passage explains: الغارية beside الغارية الشرقية.

    `fame` is the salience of each hit's best place; what is well known means itself.
    """
    hits, words = weighed.hits, weighed.hits.flat.words
    first, last = hits.first.tolist(), hits.last.tolist()
    stand = settled.syrian.tolist()
    longer: dict[str, int] = {}
    for hit in stand:
        if last[hit] - first[hit] > 1:
            longer.setdefault(words[first[hit]], hit)
    alone = [hit for hit in stand if last[hit] - first[hit] == 1 and fame[hit] < _WELL_KNOWN]
    return {hit: longer[words[first[hit]]] for hit in alone if words[first[hit]] in longer}


def _place(read: _Read, hit: int) -> Place:
    return read.tools.index.places[read.rows[hit]]


def _mention(read: _Read, hit: int, relation: Relation | None) -> Mention:
    hits = read.weighed.hits
    start, end = read.flat.span(int(hits.start[hit]), int(hits.end[hit]))
    if read.strayed[hit] >= 0:
        return _inside(read, start, end, read.strayed[hit])
    ranked = _ranked(read, read.meant.get(hit, hit))
    return Mention(
        start=read.base + start,
        end=read.base + end,
        text=read.flat.original[start:end],
        place=ranked[0].place,
        confidence=ranked[0].confidence,
        alternatives=tuple(ranked[1:]),
        relation=_moved(relation, read.base),
    )


def _moved(relation: Relation | None, base: int) -> Relation | None:
    if relation is None or not base:
        return relation
    return replace(relation, start=base + relation.start, end=base + relation.end)


def _ranked(read: _Read, hit: int) -> list[Alternative]:
    """The places of a hit, the likeliest first, each with the probability that it is what is meant here."""
    begin, stop = read.first_pair[hit], read.first_pair[hit + 1]
    best, share = int(read.choice.best[hit]), read.share
    places, rows = read.tools.index.places, read.pair_rows
    raw = read.chance[hit] * _pooled(read, begin, stop, best)
    sure = calibrated(raw, read.tools.confidence)
    ranked = [Alternative(places[rows[best]], round(sure, 4))]
    if share[best] < 1 - _LEAST_SHARE:
        left = read.chance[hit] * (1 - sure) / max(1 - raw, 1e-4)
        others = [
            (part, pair) for pair, part in enumerate(share[begin:stop], begin) if part >= _LEAST_SHARE and pair != best
        ]
        others.sort(reverse=True)
        ranked += [Alternative(places[rows[pair]], round(left * part, 4)) for part, pair in others[:_MOST_ALTERNATIVES]]
    return ranked


def _pooled(read: _Read, begin: int, stop: int, best: int) -> float:
    """The share of the best place and of all that lie at its spot: a city and its unit are one answer."""
    share, rows, index = read.share, read.pair_rows, read.tools.index
    total, here = share[best], rows[best]
    if total < _CERTAIN:
        for pair in range(begin, stop):
            row = rows[pair]
            near = (
                abs(index.lon[row] - index.lon[here]) < _SPOT_DEG and abs(index.lat[row] - index.lat[here]) < _SPOT_DEG
            )
            if near and pair != best:
                total += share[pair]
    return min(total, 1.0)


_CERTAIN, _SPOT_DEG = 0.98, 0.05


def _foreign(read: _Read, hit: int) -> Mention:
    hits = read.weighed.hits
    start, end = read.flat.span(int(hits.start[hit]), int(hits.end[hit]))
    chance = round(1.0 - read.chance[hit], 4)
    return Mention(read.base + start, read.base + end, read.flat.original[start:end], None, chance, foreign=True)


def _facility(read: _Read, stands: Sequence[Stand], facility: Facility) -> Mention:
    anchor = stands[_anchor(read, stands, facility)]
    flat = read.flat
    behind_clitic = int(flat.starts[facility.first]) + _clitic_length(flat.words[facility.first])
    start, end = flat.span(behind_clitic, int(flat.starts[facility.last]) - 1)
    return _inside(read, start, end, anchor.hit)


def _inside(read: _Read, start: int, end: int, holder: int) -> Mention:
    """Something that is known only to be in the place of another hit."""
    flat, place = read.flat, _place(read, holder)
    chance = round(_FACILITY_CHANCE * _ranked(read, holder)[0].confidence, 4)
    relation = _moved(within(flat, start, end, place), read.base)
    return Mention(read.base + start, read.base + end, flat.original[start:end], place, chance, relation=relation)


def _clitic_length(word: str) -> int:
    """Letters before a facility's own word."""
    forms = facility_forms()
    return next((length for length in range(3) if word[length:] in forms), 0)


def _anchor(read: _Read, stands: Sequence[Stand], facility: Facility) -> int:
    """The anchor, unless it is a namesake far from all else: فندق رغدان in Damascus is not near the village."""
    own = stands[facility.anchor]
    if not facility.covered:
        return facility.anchor
    index, row = read.tools.index, read.rows[own.hit]
    around = range(max(facility.anchor - _AROUND, 0), min(facility.anchor + _AROUND, len(stands)))
    others = [at for at in around if stands[at].narrow and at != facility.anchor]
    known = read.weighed.vocabulary.salience[read.weighed.hits.phrase[own.hit]]
    if not others or known >= _WELL_KNOWN:
        return facility.anchor
    if read.weighed.vocabulary.form[read.weighed.hits.phrase[own.hit]] == Form.NEAR_MISS:
        beside = [at for at in others if 0 <= stands[at].first - facility.last <= _BESIDE]
        if beside:
            return beside[0]
    here = (float(index.lon[row]), float(index.lat[row]))
    nearest = min(others, key=lambda at: abs(stands[at].first - own.first))
    there = read.rows[stands[nearest].hit]
    apart = distance_km(here, (float(index.lon[there]), float(index.lat[there])))
    same_unit = any(index.unit[read.rows[stand.hit], 0] == index.unit[row, 0] for stand in _others(stands, around, own))
    return nearest if apart > _FAR_KM and not same_unit else facility.anchor


def _others(stands: Sequence[Stand], around: range, own: Stand) -> list[Stand]:
    return [stands[at] for at in around if stands[at] is not own and not stands[at].foreign]
