"""Names that the text itself uses as something else: in titles and names of operations, as words of a dictionary, as a
daughter's name; and those that are only part of a country's name, or lie between two places abroad.

Each is recognised by how the text is written, which the models cannot see: they know the words beside the name. What is
denied falls below the threshold of mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
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

_MOST_BEFORE = 60
"""Characters before a quotation mark in which the word for a work is sought."""

_RUN = r"[A-ZÀ-Þ][\w’'-]*(?:\s+(?:(?:of|the|for|in|to|from|a)\s+)*[A-ZÀ-Þ][\w’'-]*)"
_OPERATION = re.compile(rf"\bOperation (?!Rooms?\b|Cent|Command)(?=({_RUN}*|[A-ZÀ-Þ][\w’'-]*))")


def _list_forms(role: str, lang: str) -> tuple[str, ...]:
    return tuple(form for form, its_lang, its_role, _ in read_table("titles") if (its_lang, its_role) == (lang, role))


def _alternatives(role: str, lang: str) -> str:
    return "|".join(_list_forms(role, lang))


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
_TITLES = (
    (_OPERATION, ("Operation ",)),
    (_WORK, _list_forms("work", "en")),
    (_KIN, _list_forms("kin", "en")),
    (_TAG, ("#",)),
    (_NATIONALITY, (*_list_forms("nationality", "ar"), "Nationality")),
)
"""Patterns of what is no place, each with words of which a text with a match has one."""

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
    spans = _HitSpans(hits)
    for hit in chain(
        chain.from_iterable(map(spans.list_within, _list_titles(hits.flat))),
        _list_quoted(hits, cues, spans),
        _list_headwords(hits, spans),
        _list_abroad(hits, name_table),
    ):
        log_odds[hit] -= _DENIED


class _HitSpans:
    """Where the hits and the words of a text are in the original, in code points."""

    def __init__(self, hits: Hits) -> None:
        self._hits = hits

    @cached_property
    def words(self) -> NDArray[np.int64]:
        """Where each word begins."""
        flat = self._hits.flat
        begins: NDArray[np.int64] = flat.offsets[flat.starts]
        return begins

    @cached_property
    def _bounds(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        offsets = self._hits.flat.offsets
        return offsets[self._hits.start], offsets[self._hits.end - 1] + 1

    def list_within(self, span: tuple[int, int]) -> list[int]:
        """The hits that lie in a stretch of the original."""
        begins, ends = self._bounds
        # Hits are in the order of their first words: only those around the stretch need be compared.
        first, last = self.words.searchsorted(span).tolist()
        around = self._hits.first.searchsorted((first - 1, last)).tolist()
        return [hit for hit in range(*around) if begins[hit] >= span[0] and ends[hit] <= span[1]]


def _list_passages(flat: Flat) -> list[tuple[int, int]]:
    """Where each passage stands in the original: a title does not reach into the next one."""
    if flat.origins is None:
        return [(0, len(flat.original))]
    return [(begin, end) for begin, end in flat.origins.tolist()]


def _list_titles(flat: Flat) -> Iterator[tuple[int, int]]:
    """Where names of operations and works, of kin, tags of news and nationalities stand in the text."""
    for pattern, forms in _TITLES:
        # Most texts have none of the words, and to look for these costs least.
        if any(form in flat.original for form in forms):
            for begin, end in _list_passages(flat):
                for match in pattern.finditer(flat.original, begin, end):
                    yield match.span(next(number for number, text in enumerate(match.groups(), 1) if text is not None))


def _list_quoted(hits: Hits, cues: Cues, spans: _HitSpans) -> Iterator[int]:
    """Hits in titles in quotation marks: «قادمون يا حمص», "The Fall of Idlib"; «سجن صيدنايا» and speech are none."""
    flat = hits.flat
    if not any(mark in flat.original for mark in '«“„"'):
        return
    for passage_begin, passage_end in _list_passages(flat):
        for match in _QUOTED.finditer(flat.original, passage_begin, passage_end):
            begin, end = match.span(1 if match.group(1) is not None else 2)
            # The end alone: all of a long text before each of its quotations would be read again and again.
            before = flat.original[max(match.start() - _MOST_BEFORE, passage_begin) : match.start()].rstrip()
            # What stands behind a colon is speech.
            if before.endswith(":"):
                continue
            first, last = spans.words.searchsorted((begin, end)).tolist()
            if last - first > _MOST_WORDS or not _is_title(flat.original[begin:end]):
                continue
            for hit in spans.list_within((begin, end)):
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


def _list_headwords(hits: Hits, spans: _HitSpans) -> Iterator[int]:
    """Headwords of a dictionary, which has its signs at each of its words; a place that explains one stays one."""
    flat = hits.flat
    for begin, end in _list_passages(flat):
        signs = islice(_GLOSS.finditer(flat.original, begin, end), _GLOSSED)
        if sum(1 for _ in signs) == _GLOSSED:
            yield from (
                hit for hit in spans.list_within((begin, end)) if flat.gap_list[int(hits.first[hit])] >= Gap.STOP
            )


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
    passages = hits.flat.passages
    (elsewhere,), (doubted,) = abroad.nonzero(), also.nonzero()
    # The end of the last name abroad before each, and the begin of the next one behind it, by word.
    ends, begins = np.sort(last[elsewhere]), first[elsewhere]
    before = ends.searchsorted(first[doubted], "right") - 1
    behind = begins.searchsorted(last[doubted])
    known = (before >= 0) & (behind < len(begins))
    for hit, low, high in zip(
        doubted[known].tolist(), ends[before[known]].tolist(), begins[behind[known]].tolist(), strict=True
    ):
        here = passages.searchsorted((low - 1, int(first[hit]), high), "right")
        if here[0] != here[2] or first[hit] - low > _BESIDE or high - last[hit] > _BESIDE:
            continue
        beside = (last <= first[hit]) | (first >= last[hit])
        if not (ours & ~also & beside & (first >= low) & (last <= high)).any():
            yield hit
    for country in elsewhere.tolist():
        for hit in range(*first.searchsorted((first[country], first[country] + 1)).tolist()):
            if ours[hit] and last[hit] == last[country] and hits.start[hit] > hits.start[country]:
                yield hit
