"""Which hits the text puts in a place abroad: the loop over the hits.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.names.cues import role_mask
from buldan.geoparse.names.views import CueViews, NameViews, WordViews
from buldan.geoparse.names.word_classes import WordClass
from buldan.thresholds import WELL_KNOWN

__all__ = ["mark_held_abroad"]

_NAME, _FIRST, _LAST, _CLITIC = 0, 1, 2, 5
"""Rows of the table of hits (`buldan.geoparse.names.scan.Hits`)."""

_COMMA, _BRACKET = 3, 4
"""Gaps (`buldan.geoparse.document.flat.Gap`)."""

_KNOWN = WELL_KNOWN
"""Salience from which on a place of Syria is meant whatever it shares its name with abroad."""

_CLITIC_BI, _REACH, _BEFORE = 2, 3, 5
"""The clitic ب; words behind a hit in which a place abroad is sought, and before "of", in which a state's adjective."""

_DEMONYM, _ADDRESS = role_mask("demonym abroad"), role_mask("address abroad")
_OF, _INSIDE = int(WordClass.OF), int(WordClass.INSIDE)


def mark_held_abroad(
    hits: Any,
    words: WordViews,
    cues: CueViews,
    names: NameViews,
    begins: Any,
    held: Any,
) -> None:
    """Fill in by hit whether the text puts it in a place abroad.

    Args:
        hits: the table of hits.
        words: of the text.
        cues, names: all there are.
        begins: by word and one more, 0 everywhere: for what begins there (1 a place abroad, 2 one with ب before it).
        held: by hit, to be filled.
    """
    passages, gap, cue, classes = words.passages, words.gap, words.cue, words.classes
    cue_roles, foreign, salience = cues.roles, names.foreign, names.salience
    # Marked for all first: what holds a name mostly stands behind it.
    passage = 0
    for hit in range(hits.shape[1]):
        name = hits[_NAME, hit]
        if foreign[name] and salience[name] < _KNOWN:
            begins[hits[_FIRST, hit]] |= 2 if hits[_CLITIC, hit] == _CLITIC_BI else 1
    for hit in range(hits.shape[1]):
        first, last = hits[_FIRST, hit], hits[_LAST, hit]
        while first >= passages[passage + 1]:
            passage += 1
        begin, end = passages[passage], passages[passage + 1]
        of_state = 0
        if first - 1 > begin and classes[first - 1] & _OF:
            # "the Lebanese city of Tripoli"
            for word in range(max(first - _BEFORE, begin), first):
                of_state += cue_roles[cue[word]] & _DEMONYM != 0
        # "Hit, Iraq", ربيعة في نينوى
        listed = last < end and begins[last] != 0 and _COMMA <= gap[last] <= _BRACKET
        # "Homs County"
        address = last < end and gap[last] < _COMMA and cue_roles[cue[last]] & _ADDRESS != 0
        held[hit] = of_state > 0 or listed or address or _is_inside(last, end, gap, classes, begins)


def _is_inside(last: int, end: int, gap: Any, classes: Any, begins: Any) -> bool:
    """Whether a place abroad stands behind a word with ب, or behind "in"."""
    said, word = False, last
    while word < end and word <= last + _REACH and gap[word] < _COMMA:
        if begins[word] & 2 or (said and begins[word]):
            return True
        said = said or classes[word] & _INSIDE != 0
        word += 1
    return False
