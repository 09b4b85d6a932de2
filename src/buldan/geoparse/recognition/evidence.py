"""What a passage is about: the evidence in it for Syria and for other countries.

A doubtful name may rest on as much as the rest of the passage says: exact names of the gazetteer, each counted
once however often it comes, and words for what is Syrian. What a name says of itself does not count for it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.names.cues import Cues, encode_kinds, encode_roles
from buldan.geoparse.names.lexicon import Sense
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.names.vocabulary import Vocabulary
from buldan.geoparse.recognition.evidence_loop import sum_evidence
from buldan.geoparse.recognition.held_abroad import HeldAbroad
from buldan.geoparse.recognition.original_letters import OriginalLetters
from buldan.thresholds import FAMOUS, WELL_KNOWN

__all__ = ["Evidence", "find_held_abroad", "weigh_evidence"]

_COUNTRY = np.uint64(encode_kinds("country"))
_ORDINARY = np.uint64(encode_roles("thing", "idea", "given", "demonym"))

_LENT = 3.0
"""How much a paragraph takes over at most of what the rest of its page says for Syria, and for other countries: a page
of news has items that have nothing to do with each other."""

_ITEM_ABROAD, _ITEM_AT_HOME = 1.0, 1.0
"""Minimum evidence of a paragraph for other countries, and its maximum for Syria, if it is an item about elsewhere."""

_SUPPORT, _ABROAD, _SHARE_ABROAD = range(3)
"""Rows of what is said by hit."""

_UNDECIDED = 0.3
"""How much a name speaks for another country that a place of Syria bears too."""


class Evidence(NamedTuple):
    """What speaks for Syria, and what for elsewhere, by hit; and which passages are about Syria.

    Attributes:
        by_hit: four rows: what the rest of the hit's passage says for Syria, about 1 for each well-known name; names
            of places and peoples abroad in its passage; the part of all that is said of places that speaks for other
            countries; the length of its passage, in doublings of a short post, 0 for one.
        about_syria: by passage, whether it says enough for names that are spelled another way to be sought in it.
        paragraphs: the word at which each paragraph of the passages begins; one more, the number of words.
    """

    by_hit: NDArray[np.float64]
    about_syria: bytearray
    paragraphs: NDArray[np.int64]

    @property
    def share_abroad(self) -> NDArray[np.float64]:
        """The third row."""
        share: NDArray[np.float64] = self.by_hit[_SHARE_ABROAD]
        return share


def weigh_evidence(
    hits: Hits,
    name_table: NameTable,
    vocabulary: Vocabulary,
    cues: Cues,
    silent: NDArray[np.uint8],
    room: memoryview,
) -> Evidence:
    """The evidence of all passages of a text; near misses among the hits say nothing.

    Nor do those that are `silent` (1, else 0): what the text puts in a place abroad (`find_held_abroad`), or within the
    name of a person or a body. `room` is lent by the table of names.
    """

    def sum_in(passages: NDArray[np.int64]) -> tuple[NDArray[np.float64], bytearray]:
        by_hit, about_syria = np.empty((4, hits.count)), bytearray(len(passages) - 1)
        sum_evidence(
            hits.views,
            hits.words.views,
            passages.data,
            cues.views,
            name_table.views,
            silent.data,
            _weigh_names(vocabulary),
            room,
            by_hit.data,
            about_syria,
        )
        return by_hit, about_syria

    by_hit, about_syria = sum_in(hits.flat.passages)
    paragraphs = hits.flat.find_paragraphs()
    if len(paragraphs) > len(hits.flat.passages):
        own, _ = sum_in(paragraphs)
        # An item about another country reads as if it stood alone, whatever else a page has news of.
        elsewhere = (own[_ABROAD] >= _ITEM_ABROAD) & (own[_SUPPORT] <= _ITEM_AT_HOME)
        for row in (_SUPPORT, _ABROAD):
            own[row] += np.where(elsewhere, 0.0, np.clip(by_hit[row] - own[row], 0.0, _LENT))
        own[_SHARE_ABROAD] = own[_ABROAD] / (own[_ABROAD] + own[_SUPPORT] + 1.0)
        by_hit = own
    return Evidence(by_hit, about_syria, paragraphs)


def find_held_abroad(hits: Hits, name_table: NameTable, cues: Cues) -> NDArray[np.uint8]:
    """By hit, whether the text puts it in a place or a state abroad, 1 or 0: it then says nothing for Syria."""
    held, room = np.empty(hits.count, np.uint8), bytearray(len(hits.flat.hashes) + 1)
    words = hits.words.views
    HeldAbroad(hits.views, words, name_table.views, cues.views, OriginalLetters(words), room).fill(held.data)
    return held


@lru_cache(maxsize=4)
def _weigh_names(vocabulary: Vocabulary) -> memoryview:
    """By name, how much it speaks for Syria where nothing else is known, and how much for elsewhere; two rows.

    The last column, of zeros, is for near misses, which are not in the vocabulary.
    """
    name_table = vocabulary.name_table
    salience, minor = name_table.salience, name_table.salience < WELL_KNOWN
    # Each line takes away from a name what it is likely to mean otherwise: the factors multiply, for a common word that
    # is a family name too is doubted twice.
    weight = np.where(minor, 0.6, 1.0)
    weight[name_table.form == Form.KIND_LEFT_OUT] *= 0.5
    weight[(name_table.form > Form.KIND_LEFT_OUT) & (name_table.form < Form.NEAR_MISS)] *= 0.7
    known_elsewhere = name_table.foreign | name_table.namesake
    # Aleppo is Aleppo, whatever else is called so; a village is as likely its namesake in Iraq.
    weight[known_elsewhere & (salience < FAMOUS)] *= 0.3
    weight[(name_table.sense != Sense.UNKNOWN) & (salience < FAMOUS)] *= 0.2
    weight[name_table.historical] *= 0.2
    weight[(name_table.roles & _ORDINARY) > 0] *= 0.3
    # A Zipf value of 3 is once in a million words, of 4 ten times: at 4 both factors hold.
    weight[minor & (name_table.zipf >= 3)] *= 0.4
    weight[minor & (name_table.zipf >= 4)] *= 0.3
    weight[name_table.person] *= 0.3
    # "Syria" says that the passage is about Syria, however common a word it is.
    weight[(name_table.kinds & _COUNTRY) > 0] = 1.0
    nowhere = (name_table.kinds == 0) | name_table.is_not_place | (name_table.form == Form.NEAR_MISS)
    # A name of ours that a place abroad bears too is undecided, and says nothing against itself.
    elsewhere = np.where(name_table.foreign & (salience < WELL_KNOWN), 1.0, 0.0)
    elsewhere[name_table.kinds > 0] *= _UNDECIDED
    return np.stack([np.append(row, 0.0) for row in (np.where(nowhere, 0.0, weight), elsewhere)]).data
