"""What a passage is about: what in it speaks for Syria, and what for other countries.

A doubtful name may rest on as much as the rest of the passage says: exact names of the gazetteer, each counted
once however often it comes, and words for what is Syrian. What a name says of itself does not count for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.names.cues import Cues, kind_mask, role_mask
from buldan.geoparse.names.lexicon import Sense
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.names.vocabulary import Vocabulary
from buldan.geoparse.recognition.foreign import is_in_foreign_place

__all__ = ["Evidence", "weigh_evidence"]

_KNOWN, _FAMOUS = 4.0, 5.0
"""Salience of places that every reader knows, and of the great cities."""

_COUNTRY = np.uint64(kind_mask("country"))
_ORDINARY, _OF_SYRIA, _ABROAD = (
    np.uint64(role_mask(*roles))
    for roles in (("thing", "idea", "given", "demonym"), ("of syria",), ("demonym abroad",))
)
_SHORT_POST = 16
"""Words of a post that is too short to say what it is about."""

_ENOUGH_SHORT, _ENOUGH_LONG, _LONG = 1.0, 1.6, 3.0
"""Support that a near miss needs in a short passage and from so many doublings on: one known name, then two."""


_UNDECIDED = 0.3
"""How much a name speaks for another country that a place of Syria bears too."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for Syria, and what for elsewhere, by hit; and which passages are about Syria.

    Attributes:
        support: what the rest of the hit's passage says for Syria; about 1 for each well-known name.
        abroad: names of places and peoples abroad in its passage.
        length: of its passage, in doublings of a short post; 0 for one.
        about_syria: by passage, whether it says enough for names that are spelled another way to be sought in it.
    """

    support: NDArray[np.float64]
    abroad: NDArray[np.float64]
    length: NDArray[np.float64]
    about_syria: NDArray[np.bool_]

    @property
    def share_abroad(self) -> NDArray[np.float64]:
        """The part of all that is said of places that speaks for other countries."""
        return self.abroad / (self.abroad + self.support + 1.0)


def weigh_evidence(hits: Hits, name_table: NameTable, vocabulary: Vocabulary, cues: Cues) -> Evidence:
    """The evidence of all passages of a text; near misses among the hits say nothing."""
    begins, names = hits.flat.passages, max(len(name_table), 1)
    passage, name = np.searchsorted(begins, hits.first, side="right") - 1, hits.name_id
    count = len(begins) - 1
    counted, covering = _outermost(hits)
    counted &= ~is_in_foreign_place(hits, name_table, cues)
    # Near misses are of no name of the vocabulary (-1).
    weight = np.where(name_table.number >= 0, _weigh_names(vocabulary)[name_table.number], 0.0)
    # A name speaks once in its passage, however often it comes.
    spoken = np.unique(passage[counted] * names + name[counted])
    total = np.bincount(spoken // names, weight[spoken % names], count) + _said(hits, cues, count)
    # A name of ours that a place abroad bears too is undecided, and says nothing against itself.
    foreign = np.where(name_table.foreign & (name_table.salience < _KNOWN), 1.0, 0.0)
    foreign[name_table.kinds > 0] *= _UNDECIDED
    abroad = np.bincount(spoken // names, foreign[spoken % names], count) + 0.5 * _peoples(hits, cues, count)
    alone = np.where(np.isin(passage * names + name, spoken), foreign[name], 0.0)
    length = np.log2(np.maximum(np.diff(begins), _SHORT_POST) / _SHORT_POST)
    needed = np.maximum(np.where(length >= _LONG, _ENOUGH_LONG, _ENOUGH_SHORT), abroad / 4)
    own = np.where(np.isin(passage * names + name, spoken), weight[name], 0.0)
    around = np.where(covering >= 0, own[covering], 0.0)
    support = np.maximum(total[passage] - np.maximum(own, around), 0.0)
    return Evidence(support, np.maximum(abroad[passage] - alone, 0.0), length[passage], total >= needed)


def _said(hits: Hits, cues: Cues, passages: int) -> NDArray[np.float64]:
    """By passage, what words for what is Syrian say."""
    words = np.flatnonzero(cues.roles[hits.words.cue] & _OF_SYRIA)
    times = np.bincount(np.searchsorted(hits.flat.passages, words, side="right") - 1, minlength=passages)
    return 0.8 * (times > 0) + 0.4 * (times > 2)


def _peoples(hits: Hits, cues: Cues, passages: int) -> NDArray[np.int64]:
    """By passage, how many words for peoples and states abroad it has."""
    words = np.flatnonzero(cues.roles[hits.words.cue] & _ABROAD)
    passage = np.searchsorted(hits.flat.passages, words, side="right") - 1
    distinct = np.unique(passage * len(cues.roles) + hits.words.cue[words])
    return np.bincount(distinct // len(cues.roles), minlength=passages)


def _outermost(hits: Hits) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which hits stand in no longer one, and for each other the hit that reaches over it (-1: none)."""
    count = len(hits)
    if not count:
        return np.zeros(0, np.bool_), np.zeros(0, np.int64)
    reach = np.maximum.accumulate(hits.last)
    before = np.append(0, reach[:-1])
    inside = before >= hits.last
    # The hit that reaches farthest so far; hits are in order of their first word, the longest first.
    farthest = np.maximum.accumulate(np.where(~inside, np.arange(count), 0))
    return ~inside, np.where(inside, farthest, -1)


@lru_cache(maxsize=4)
def _weigh_names(vocabulary: Vocabulary) -> NDArray[np.float64]:
    """By name, how much it speaks for Syria where nothing else is known."""
    name_table = vocabulary.name_table
    salience, minor = name_table.salience, name_table.salience < _KNOWN
    weight = np.where(minor, 0.6, 1.0)
    weight[name_table.form == Form.KIND_LEFT_OUT] *= 0.5
    weight[(name_table.form > Form.KIND_LEFT_OUT) & (name_table.form < Form.NEAR_MISS)] *= 0.7
    known_elsewhere = name_table.foreign | name_table.namesake
    weight[known_elsewhere & (salience < _FAMOUS)] *= 0.3
    weight[(name_table.sense != Sense.UNKNOWN) & (salience < _FAMOUS)] *= 0.2
    weight[name_table.historical] *= 0.2
    weight[(name_table.roles & _ORDINARY) > 0] *= 0.3
    weight[minor & (name_table.zipf >= 3)] *= 0.4
    weight[minor & (name_table.zipf >= 4)] *= 0.3
    weight[name_table.person] *= 0.3
    weight[(name_table.kinds & _COUNTRY) > 0] = 1.0
    nowhere = (name_table.kinds == 0) | name_table.is_not_place | (name_table.form == Form.NEAR_MISS)
    return np.where(nowhere, 0.0, weight)
