"""Which hits may have a relation, and which words name a facility: the loops over hits and words.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from buldan.geoparse.document.flat import Gap
from buldan.geoparse.names.hit_rows import FIRST, LAST, NAME
from buldan.geoparse.names.views import CueViews, HitViews, NameViews, WordViews
from buldan.geoparse.names.word_classes import WordClass

__all__ = ["list_facility_words", "list_hits_with_relations", "list_name_starts"]

_NAME, _FIRST, _LAST = NAME, FIRST, LAST

_TELLS = int(WordClass.TELLING)

_BEFORE, _BEHIND = 8, 4
"""Words before a mention and behind it that may tell of a relation: a unit of length, "from" and "the town of" at most,
and a unit of length behind it."""

_LISTED, _OF_LIST = 3, 8
"""Words between two names of a list, at most; and those behind one up to what is said of all: "Homs, Hama and Jisr
al-Shughur countryside"."""

_TO_OTHER_END = 2
"""Words between the two ends of what lies between two places, at most."""

_COMMA, _LINE = int(Gap.COMMA), int(Gap.LINE)
"""Gaps (`buldan.geoparse.document.flat.Gap`)."""


def list_hits_with_relations(hit_views: HitViews, words: WordViews) -> list[int]:
    """The hits with a word near by that may express a relation (`WordClass.TELLING`); most hits have none."""
    hits, speaking = hit_views.table, []
    classes, gap, count, before_is_telling = words.classes, words.gap, hits.shape[1], False
    for hit in range(count):
        first, last = hits[_FIRST, hit], hits[_LAST, hit]
        listed = hit + 1 < count and hits[_FIRST, hit + 1] - last <= _LISTED
        # No relation goes on over more than the comma of a list; only "between" may stand before the other end.
        strongest = _LINE if before_is_telling and first - hits[_LAST, hit - 1] <= _TO_OTHER_END else _COMMA
        is_telling, word = False, first
        while not is_telling and word > max(first - _BEFORE, 0) and gap[word] <= strongest:
            word -= 1
            is_telling = classes[word] & _TELLS != 0
        word, stop = last, min(last + (_OF_LIST if listed else _BEHIND), len(classes))
        while not is_telling and word < stop and gap[word] <= _COMMA:
            is_telling = classes[word] & _TELLS != 0
            word += 1
        if is_telling:
            speaking.append(hit)
        before_is_telling = is_telling
    return speaking


def list_facility_words(words: WordViews, cues: CueViews) -> list[int]:
    """The words for a facility."""
    found = []
    for word in range(len(words.cue)):
        if cues.facility[words.cue[word]]:
            found.append(word)
    return found


def list_name_starts(hit_views: HitViews, names: NameViews) -> list[int]:
    """The words at which a name of some place begins: the table holds names without any place of Syria, too."""
    hits, named = hit_views.table, []
    for hit in range(hits.shape[1]):
        name = hits[_NAME, hit]
        if names.first[name + 1] > names.first[name]:
            named.append(hits[_FIRST, hit])
    return named
