"""What speaks for another country: a foreign place that holds the name, and foreign places around it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.flat import Gap
from buldan.geoparse.names.cues import ROLES, Cues
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import CLITICS, Hits
from buldan.geoparse.recognition.lists import at_words
from buldan.text import joining_words

__all__ = ["is_in_foreign_place"]

_KNOWN = 4.0
"""Salience from which on a place of Syria is meant whatever it shares its name with abroad."""

_CLITIC_BI, _REACH = CLITICS.index("ب"), 3


def _foreign(hits: Hits, name_table: NameTable) -> NDArray[np.bool_]:
    """Hits that name a place abroad and no well-known one in Syria."""
    named: NDArray[np.bool_] = (name_table.foreign & (name_table.salience < _KNOWN))[hits.name_id]
    return named


def is_in_foreign_place(hits: Hits, name_table: NameTable, cues: Cues) -> NDArray[np.bool_]:
    """Hits that the text puts in a place abroad: ربيعة في نينوى, "Hit, Iraq", "the Iraqi town of Hit"."""
    return _inside_foreign(hits, name_table) | _of_foreigners(hits, cues)


def _of_foreigners(hits: Hits, cues: Cues) -> NDArray[np.bool_]:
    """Hits behind "of" with a state's adjective before it: "the Lebanese city of Tripoli"."""
    behind_of = at_words(hits.words.isin(_OF), hits.first - 1) & (hits.first > 1)
    said = np.concatenate(([0], np.cumsum((cues.roles & _DEMONYM > 0)[hits.words.cue])))
    found: NDArray[np.bool_] = behind_of & (said[hits.first] > said[np.maximum(hits.first - _BEFORE, 0)])
    return found


_OF, _BEFORE = frozenset({"of"}), 5
_DEMONYM = np.uint64(1 << ROLES.index("demonym abroad"))


def _inside_foreign(hits: Hits, name_table: NameTable) -> NDArray[np.bool_]:
    flat, foreign = hits.flat, _foreign(hits, name_table)
    count = len(flat.words) + 1
    begins, within = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    begins[hits.first[foreign]] = True
    within[hits.first[foreign & (hits.clitic == _CLITIC_BI)]] = True
    if not begins.any():
        return np.zeros(len(hits), np.bool_)
    said = hits.words.isin(joining_words("inside", "around"))
    gap = flat.gaps[hits.last]
    found = at_words(begins, hits.last) & (gap >= Gap.COMMA) & (gap <= Gap.BRACKET)
    open_, told = gap < Gap.COMMA, np.zeros(len(hits), np.bool_)
    for step in range(_REACH + 1):
        at = hits.last + step
        found |= open_ & (at_words(within, at) | (told & at_words(begins, at)))
        told |= at_words(said, at)
        open_ &= at_words(flat.gaps, at + 1) < Gap.COMMA
    return found
