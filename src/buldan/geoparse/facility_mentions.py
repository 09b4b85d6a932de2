"""Facilities that the gazetteer does not hold, as mentions: what is known of them is the place that they are in.

Their words are found by `buldan.geoparse.relations.facilities`; here they get that place, a confidence and offsets, and
take the names that are part of theirs out of the answer.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from functools import cache
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geometry import distance_km
from buldan.geoparse.document.flat import Flat
from buldan.geoparse.names.cues import encode_roles
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.relations.facilities import Facility, MentionSpans, find_facilities, load_facility_forms
from buldan.geoparse.relations.relative_places import relate_to_holder
from buldan.geoparse.resolution.resolved_hits import ResolvedHits
from buldan.geoparse.results import Mention, Relation
from buldan.geoparse.scoring import Resources
from buldan.kinds import kind_codes, kinds_among
from buldan.model import Place
from buldan.thresholds import WELL_KNOWN

__all__ = [
    "FacilityWords",
    "ResolvedPassage",
    "ResolvedText",
    "add_facilities",
    "make_mention_inside",
    "shift_relation",
]

_FACILITY_CHANCE, _BESIDE_CHANCE = 0.8, 0.55
"""How often a facility that is found by its words alone is one, and is where its anchor is: where that is within its
name, and where it is only the place last spoken of."""

_NARROW, _SETTLEMENT = ("settlement", "quarter", "camp", "sub-district"), ("settlement",)
"""Kinds, and groups of kinds, that may contain a facility, and those in which later facilities without a place are put.

A sub-district is seldom wider than a town and its land: مستشفى الرحمة بناحية سراقب.
"""

_FAR_KM, _BESIDE, _AROUND = 50.0, 3, 20
"""A namesake so far from all else is not meant by a facility's name, unless it is so well known; words and mentions
in which another anchor is sought."""


class ResolvedText(NamedTuple):
    """What is known of all passages that are read together, before facilities are added.

    Attributes:
        all_hits: also those that were dropped.
        name_table: names of the hits.
        resolved: of the hits that are kept, what each means.
        share_abroad: by hit that is kept, how far its passage is about places abroad.
    """

    all_hits: Hits
    name_table: NameTable
    resolved: ResolvedHits
    share_abroad: NDArray[np.float64]
    resources: Resources


class ResolvedPassage(NamedTuple):
    """One of the passages, as if it stood alone.

    Attributes:
        text: what it is a part of.
        hits: its hits that are kept, words and characters counted from its begin.
        first_hit, first_word: where it begins among those of all passages.
        base: where it begins in its own text, in characters.
    """

    text: ResolvedText
    hits: Hits
    first_hit: int
    first_word: int
    base: int

    @property
    def flat(self) -> Flat:
        """Its words."""
        return self.hits.flat

    @property
    def resources(self) -> Resources:
        """What reading needs."""
        return self.text.resources

    def get_row(self, hit: int) -> int:
        """The row in the index of the place that a hit means."""
        return int(self.text.resolved.rows[self.first_hit + hit])

    def get_place(self, hit: int) -> Place:
        """The place that a hit means."""
        return self.resources.index.places[self.get_row(hit)]

    def get_confidence(self, hit: int) -> float:
        """How sure the place of a hit is."""
        return self.text.resolved.ranking.confidence[self.first_hit + hit]

    def get_share_abroad(self, hit: int) -> float:
        """How far the passage is about places abroad, around a hit."""
        return float(self.text.share_abroad[self.first_hit + hit])


class FacilityWords(NamedTuple):
    """Words of a passage, by their positions in it, by which its facilities are found.

    Attributes:
        words: those for a facility.
        name_starts: those at which a name of some place begins, kept or not.
        abroad_first, abroad_last: first words of the places abroad that are kept, and the words behind their last.
    """

    words: Sequence[int]
    name_starts: Container[int]
    abroad_first: list[int]
    abroad_last: list[int]


def add_facilities(mentions: list[Mention], passage: ResolvedPassage, words: FacilityWords) -> list[Mention]:
    """The mentions with the facilities that the gazetteer does not hold, in place of the names within theirs.

    `mentions` has one for each hit of the passage, in their order.
    """
    resources = passage.resources
    spans, order = _collect_spans(passage, words.abroad_first, words.abroad_last)
    found = find_facilities(passage.flat, passage.hits.words.cue, resources.cues, spans, words.name_starts, words.words)
    facilities = [facility for facility in found if _is_at_anchor(passage, order, spans, facility)]
    if not facilities:
        return mentions
    # The names within a facility's are no mentions of their own: Aleppo Hospital is not Aleppo.
    covered = {order[position] for facility in facilities for position in facility.covered}
    own = [mention for hit, mention in enumerate(mentions) if hit not in covered]
    for facility in facilities:
        mention = _make_facility_mention(passage, order, spans, facility)
        known_row = -1 if facility.covered else _find_only_place(passage, facility)
        own.append(_move_if_far(mention, known_row, resources))
    return sorted(own, key=attrgetter("start"))


def _is_at_anchor(passage: ResolvedPassage, order: list[int], spans: MentionSpans, facility: Facility) -> bool:
    """Whether a facility is where the text speaks of its anchor: in a text of two countries only what is beside it.

    "Born in Aleppo, he was a trustee of St. Ann's Church": the church may be in the other country. Texts in Arabic
    seldom speak of two countries so, and their facilities are always taken.
    """
    if facility.covered or spans.first[facility.anchor] - facility.last in range(_BESIDE + 1):
        return True
    if not passage.flat.words[facility.first].isascii():
        return True
    return passage.get_share_abroad(order[facility.anchor]) < _TWO_COUNTRIES


def _find_only_place(passage: ResolvedPassage, facility: Facility) -> int:
    """The row of the one place of the gazetteer that is called as a facility is; -1 where there is none, or several.

    Nor where it is called after an idea or a thing, as others may be anywhere: جسر الحرية.
    """
    cues = passage.resources.cues
    if int(cues.roles[passage.hits.words.cue[facility.last - 1]]) & _FOR_ANYTHING:
        return -1
    hits = passage.text.all_hits
    first, last = passage.first_word + facility.first, passage.first_word + facility.last
    begin, end = np.searchsorted(hits.first, (first, first + 1)).tolist()
    names = [int(hits.name_id[hit]) for hit in range(begin, end) if hits.last[hit] == last]
    places = passage.text.name_table.get_places(names[0]).tolist() if names else []
    return places[0] if len(places) == 1 else -1


_FOR_ANYTHING = encode_roles("idea", "thing")


def _move_if_far(mention: Mention, row: int, resources: Resources) -> Mention:
    """A mention of a facility, or a guess at the place of its very name where that lies far from where it was put.

    جسر الرشيد, of which the gazetteer has one, is not in the town last spoken of.
    """
    if row < 0 or mention.place is None:
        return mention
    place = resources.index.places[row]
    if distance_km((place.lon, place.lat), (mention.place.lon, mention.place.lat)) <= _FAR_KM:
        return mention
    return mention._replace(place=place, confidence=min(mention.confidence, _GUESS), relation=None)


_GUESS = 0.4
"""Confidence of a facility of a known name, far from all that a passage speaks of."""

_TWO_COUNTRIES = 0.25
"""Share of a passage's names that are abroad, from which on a facility without a place beside it may be there."""


def _collect_spans(
    passage: ResolvedPassage, abroad_first: list[int], abroad_last: list[int]
) -> tuple[MentionSpans, list[int]]:
    """The spans of all mentions in the order of the text, foreign ones included, and by position the hit of each."""
    # Foreign ones are numbered behind the hits of Syria.
    hits, count = passage.hits, len(passage.hits)
    rows = passage.text.resolved.rows[passage.first_hit : passage.first_hit + count]
    kinds_of = passage.resources.index.kind.take(rows).tolist() + [_NOWHERE] * len(abroad_first)
    narrow, settlement = _list_kind_codes(_NARROW), _list_kind_codes(_SETTLEMENT)
    first, last = hits.first.tolist() + abroad_first, hits.last.tolist() + abroad_last
    # Stable, so that where two begin at one word the Syrian one stays first.
    order = sorted(range(len(first)), key=first.__getitem__)
    spans = MentionSpans(
        first=[first[at] for at in order],
        last=[last[at] for at in order],
        foreign=[at >= count for at in order],
        narrow=[kinds_of[at] in narrow for at in order],
        settlement=[kinds_of[at] in settlement for at in order],
    )
    return spans, order


_NOWHERE = -1
"""Stands for the code of a kind where a place is abroad."""


@cache
def _list_kind_codes(wanted: tuple[str, ...]) -> frozenset[int]:
    """The codes of some kinds; groups stand for all their kinds."""
    return frozenset(map(kind_codes().__getitem__, kinds_among(wanted)))


def _make_facility_mention(
    passage: ResolvedPassage, order: list[int], spans: MentionSpans, facility: Facility
) -> Mention:
    """The mention of a facility, with its anchor as place."""
    anchor = order[_choose_anchor(passage, order, spans, facility)]
    flat = passage.flat
    behind_clitic = int(flat.starts[facility.first]) + _measure_clitic(flat.words[facility.first])
    start, end = flat.locate_in_original(behind_clitic, int(flat.starts[facility.last]) - 1)
    return make_mention_inside(passage, start, end, anchor, named=bool(facility.covered))


def make_mention_inside(passage: ResolvedPassage, start: int, end: int, holder: int, *, named: bool = True) -> Mention:
    """A mention of something of which only the place around it is known: that of the hit `holder`.

    `start` and `end` are code points of the passage; `named` says whether the text puts it there. What is only
    spoken of near a town may well be in the next.
    """
    flat, place, base = passage.flat, passage.get_place(holder), passage.base
    # As sure as its anchor at most: where that is wrong, so is the facility.
    share = _FACILITY_CHANCE if named else _BESIDE_CHANCE
    chance = round(share * passage.get_confidence(holder), 4)
    relation = shift_relation(relate_to_holder(flat, start, end, place), base)
    return Mention(base + start, base + end, flat.original[start:end], place, chance, relation=relation)


def _measure_clitic(word: str) -> int:
    """How many letters of a word stand before the word for a facility in it, as a clitic: 0 to 2."""
    forms = load_facility_forms()
    return next((length for length in range(3) if word[length:] in forms), 0)


def _choose_anchor(passage: ResolvedPassage, order: list[int], spans: MentionSpans, facility: Facility) -> int:
    """The anchor, unless it is a namesake far from all else: فندق رغدان in Damascus is not near the village."""
    if not facility.covered:
        return facility.anchor
    index, names, hit = passage.resources.index, passage.text.name_table, order[facility.anchor]
    row, name = passage.get_row(hit), passage.hits.name_id[hit]
    around = range(max(facility.anchor - _AROUND, 0), min(facility.anchor + _AROUND, len(spans)))
    others = [at for at in around if spans.narrow[at] and at != facility.anchor]
    if not others or names.salience[name] >= WELL_KNOWN:
        return facility.anchor
    # A misspelled anchor gives way to a sure place right behind it.
    if names.form[name] == Form.NEAR_MISS:
        beside = [at for at in others if 0 <= spans.first[at] - facility.last <= _BESIDE]
        if beside:
            return beside[0]
    here = (float(index.lon[row]), float(index.lat[row]))
    # By words, for the text is all that says what belongs together.
    nearest = min(others, key=lambda at: abs(spans.first[at] - spans.first[facility.anchor]))
    there = passage.get_row(order[nearest])
    apart = distance_km(here, (float(index.lon[there]), float(index.lat[there])))
    syrian = (passage.get_row(order[at]) for at in around if at != facility.anchor and not spans.foreign[at])
    # In a governorate that the text speaks of it is no stranger, however far it lies from its neighbour in the text.
    same_unit = any(index.unit[other, 0] == index.unit[row, 0] for other in syrian)
    return nearest if apart > _FAR_KM and not same_unit else facility.anchor


def shift_relation(relation: Relation, base: int) -> Relation:
    """A relation of a passage that begins at `base` in its text, with its offsets there."""
    return replace(relation, start=base + relation.start, end=base + relation.end) if base else relation
