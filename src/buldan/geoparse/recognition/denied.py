"""Names that the text itself uses as something else: in titles and names of operations, as words of a dictionary, as a
daughter's name; and those that are only part of a country's name, or lie between two places abroad.

Each is told by how the text is written and not by the words beside the name, so that the models cannot see it. What is
denied falls below the threshold of mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.flat import Flat, Gap
from buldan.geoparse.names.cues import Cues, encode_roles
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.tables import read_table
from buldan.thresholds import WELL_KNOWN

__all__ = ["deny_names"]

_DENIED = 9.0
"""What a denied name loses of its log-odds: more than all else that may speak for it."""

_QUOTED = re.compile(r"[«“„]([^«»“”„\n]{3,60})[»”]|(?<![\w\"])\"([^\"\n]{3,60})\"(?!\w)")
_MOST_WORDS = 5
"""Words of a title in quotation marks, at most; more are mostly speech."""

_RUN = r"[A-ZÀ-Þ][\w’'-]*(?:\s+(?:(?:of|the|for|in|to|from|a)\s+)*[A-ZÀ-Þ][\w’'-]*)"
_OPERATION = re.compile(rf"\bOperation (?!Rooms?\b|Cent|Command)(?=({_RUN}*|[A-ZÀ-Þ][\w’'-]*))")


def _alternatives(role: str, lang: str) -> str:
    return "|".join(
        form for form, its_lang, its_role, _ in read_table("titles") if (its_lang, its_role) == (lang, role)
    )


_ARTICLED = rf"(?:The|A|An)\s+{_RUN}*"
_WORK = re.compile(
    rf"\b(?:{_alternatives('work', 'en')})"
    rf"(?:, (?=({_RUN}+),)|,? (?:called |titled |entitled )?(?=({_ARTICLED})))"
)
"""A work by its kind and its title: "her first book, The Road to Hama, …"."""

_KIN = re.compile(rf"\b(?:{_alternatives('kin', 'en')}), (?=([A-ZÀ-Þ][\w’']+)(?:[,.;)]| and\b))")
_WORK_ENDS = re.compile(rf"(?<!\w)[وفبلك]?(?:{_alternatives('work', 'ar')})$")
"""An Arabic word for a work, or an operation, before its title in quotation marks."""

_TAG = re.compile(rf"#\s?(?=({_alternatives('tag', 'ar')})\b)")
_NATIONALITY = re.compile(rf"\b(?:{_alternatives('nationality', 'ar')}|Nationality) ?: ?(?=(\w+))")
_GLOSS = re.compile(rf"\b(?:n|v|vb|adj|adv)\.(?=[:,;)\s])|(?:{_alternatives('gloss', 'ar')})")
_GLOSSED = 3
"""Signs of a dictionary from which on a line is of one."""

_BESIDE = 12
"""Words on each side in which a place abroad is sought."""

_KINDS_OF_PLACES = encode_roles("trigger", "facility")
_PLACING = _KINDS_OF_PLACES | encode_roles(
    "preposition", "loose preposition", "direction", "countryside", "surroundings"
)
"""What stands in quotation marks beside a place that is meant; titles in Latin letters have prepositions, too."""


def deny_names(hits: Hits, name_table: NameTable, cues: Cues, log_odds: NDArray[np.float64]) -> None:
    """Lower the log-odds of the hits that the text uses as something else."""
    if not hits.count:
        return
    flat = hits.flat
    begins, ends = flat.offsets[hits.start], flat.offsets[hits.end - 1] + 1
    for hit in chain(
        _list_within(_list_titles(flat), begins, ends),
        _list_quoted(hits, cues, begins, ends),
        # Of a dictionary its headwords alone: a place that explains one stays what it is.
        (
            hit
            for hit in _list_within(_list_dictionaries(flat), begins, ends)
            if flat.gap_list[int(hits.first[hit])] >= Gap.STOP
        ),
        _list_abroad(hits, name_table),
    ):
        log_odds[hit] -= _DENIED


def _list_within(spans: Iterable[tuple[int, int]], begins: NDArray[np.int64], ends: NDArray[np.int64]) -> Iterator[int]:
    """The hits that lie in each of some spans of the original."""
    for begin, end in spans:
        yield from ((begins >= begin) & (ends <= end)).nonzero()[0].tolist()


def _list_passages(flat: Flat) -> list[tuple[int, int]]:
    """Where each passage stands in the original: a title does not reach into the next one."""
    if flat.origins is None:
        return [(0, len(flat.original))]
    return [(begin, end) for begin, end in flat.origins.tolist()]


def _list_titles(flat: Flat) -> Iterator[tuple[int, int]]:
    """Where names of operations and works, of kin, tags of news and nationalities stand in the text."""
    for pattern, sign in ((_OPERATION, "Operation "), (_WORK, ","), (_KIN, ","), (_TAG, "#"), (_NATIONALITY, ":")):
        # Most texts have no such thing, and to look for a sign costs least.
        if sign in flat.original:
            for begin, end in _list_passages(flat):
                for match in pattern.finditer(flat.original, begin, end):
                    yield match.span(next(number for number, text in enumerate(match.groups(), 1) if text is not None))


def _list_quoted(hits: Hits, cues: Cues, begins: NDArray[np.int64], ends: NDArray[np.int64]) -> Iterator[int]:
    """Hits in titles in quotation marks: «قادمون يا حمص», "The Fall of Idlib"; «سجن صيدنايا» and speech are none."""
    flat = hits.flat
    if not any(mark in flat.original for mark in '«“„"'):
        return
    starts = flat.offsets[flat.starts]
    for passage_begin, passage_end in _list_passages(flat):
        for match in _QUOTED.finditer(flat.original, passage_begin, passage_end):
            begin, end = match.span(1 if match.group(1) is not None else 2)
            before = flat.original[passage_begin : match.start()].rstrip()
            # What stands behind a colon is speech.
            if before.endswith(":"):
                continue
            first, last = starts.searchsorted((begin, end)).tolist()
            if last - first > _MOST_WORDS or not _is_title(flat.original[begin:end]):
                continue
            for hit in _list_within([(begin, end)], begins, ends):
                own = range(int(hits.first[hit]), int(hits.last[hit]))
                others = [int(hits.words.cue[word]) for word in range(first, last) if word not in own]
                placing = _KINDS_OF_PLACES if flat.original[begin:end].isascii() else _PLACING
                placing = 0 if _WORK_ENDS.search(before) else placing
                if others and not any(int(cues.roles[cue]) & placing for cue in others):
                    yield hit


def _is_title(text: str) -> bool:
    """Whether quoted words may be a title: in Latin letters, all but small ones begin with a capital."""
    words = text.split()
    if not text.isascii():
        return not text.rstrip().endswith((".", "،", "؟", "!"))
    return len(words) > 1 and words[0][:1].isupper() and all(len(word) <= 3 or word[:1].isupper() for word in words)


def _list_dictionaries(flat: Flat) -> Iterator[tuple[int, int]]:
    """Where passages stand that are a dictionary's, by the signs that it has at each of its words."""
    for begin, end in _list_passages(flat):
        signs = islice(_GLOSS.finditer(flat.original, begin, end), _GLOSSED)
        if sum(1 for _ in signs) == _GLOSSED:
            yield begin, end


def _list_abroad(hits: Hits, name_table: NameTable) -> Iterator[int]:
    """Little known names that a town abroad bears, too, between two names of places abroad, none of ours nearer.

    And what is left of a country's name when its first letter is taken for a word: بنان of لبنان.
    """
    names = hits.name_id
    abroad = name_table.foreign[names] & (name_table.kinds[names] == 0)
    if not abroad.any():
        return
    ours = name_table.kinds[names] > 0
    minor = ours & (name_table.salience[names] < WELL_KNOWN)
    also = minor & (name_table.foreign[names] | name_table.namesake[names])
    first, last = hits.first, hits.last
    passage = hits.flat.passages.searchsorted(first, "right")
    (elsewhere,) = abroad.nonzero()
    for hit in also.nonzero()[0].tolist():
        before = elsewhere[(last[elsewhere] <= first[hit]) & (passage[elsewhere] == passage[hit])]
        behind = elsewhere[(first[elsewhere] >= last[hit]) & (passage[elsewhere] == passage[hit])]
        if not (len(before) and len(behind)):
            continue
        low, high = int(last[before].max()), int(first[behind].min())
        beside = (last <= first[hit]) | (first >= last[hit])
        between = ours & ~also & beside & (first >= low) & (last <= high)
        if first[hit] - low <= _BESIDE and high - last[hit] <= _BESIDE and not between.any():
            yield hit
    start = hits.start
    for country in elsewhere.tolist():
        same = ours & (first == first[country]) & (last == last[country]) & (start > start[country])
        yield from same.nonzero()[0].tolist()
