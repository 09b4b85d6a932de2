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
from buldan.geoparse.recognition.evidence_loop import SHARE_ABROAD, PassageSums, mark_syrian_passages, sum_evidence
from buldan.geoparse.recognition.held_abroad import HeldAbroad
from buldan.geoparse.recognition.original_letters import OriginalLetters
from buldan.thresholds import FAMOUS, WELL_KNOWN

__all__ = ["Evidence", "find_syrian_passages", "weigh_evidence"]

_COUNTRY = np.uint64(encode_kinds("country"))
_ORDINARY = np.uint64(encode_roles("thing", "idea", "given", "demonym"))

_LENT = 3.0
"""How much a paragraph takes over at most of what the rest of its page says for Syria, and for other countries: a page
of news has items that have nothing to do with each other."""

_UNDECIDED = 0.3
"""How much a name speaks for another country that a place of Syria bears too."""


class Evidence(NamedTuple):
    """What speaks for Syria, and what for elsewhere, by hit.

    Attributes:
        by_hit: four rows: what the rest of the hit's passage says for Syria, about 1 for each well-known name; names
            of places and peoples abroad in its passage; the part of all that is said of places that speaks for other
            countries; the length of its passage, in doublings of a short post, 0 for one.
        paragraphs: the word at which each paragraph of the passages begins; one more, the number of words.
    """

    by_hit: NDArray[np.float64]
    paragraphs: NDArray[np.int64]

    @property
    def share_abroad(self) -> NDArray[np.float64]:
        """The third row."""
        share: NDArray[np.float64] = self.by_hit[SHARE_ABROAD]
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

    Nor do those that are `silent` (1, else 0): what the text puts in a place abroad, or within the name of a person or
    a body. `room` is lent by the table of names.
    """
    by_hit, passages, paragraphs = np.empty((4, hits.count)), hits.flat.passages, hits.flat.find_paragraphs()
    sums = PassageSums(hits.words.views, cues.views, name_table.views, _weigh_names(vocabulary), room)
    sum_evidence(hits.views, passages.data, sums, silent.data, by_hit.data, 0.0)
    if len(paragraphs) > len(passages):
        sum_evidence(hits.views, paragraphs.data, sums, silent.data, by_hit.data, _LENT)
    return Evidence(by_hit, paragraphs)


def find_syrian_passages(
    hits: Hits, name_table: NameTable, vocabulary: Vocabulary, cues: Cues, room: memoryview
) -> bytearray:
    """By passage, whether it says enough for names that are spelled another way to be sought in it, 1 or 0.

    What the text puts in a place or a state abroad says nothing. `room` is lent by the table of names.
    """
    words, about_syria = hits.words.views, bytearray(len(hits.flat.passages) - 1)
    sums = PassageSums(words, cues.views, name_table.views, _weigh_names(vocabulary), room)
    begins = bytearray(len(hits.flat.hashes) + 1)
    held = HeldAbroad(hits.views, words, name_table.views, cues.views, OriginalLetters(words), begins)
    mark_syrian_passages(hits.views, words, sums, held, about_syria)
    return about_syria


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
