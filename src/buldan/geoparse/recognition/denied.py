"""Names that the text itself uses as something else: in titles and names of operations, as words of a dictionary, as a
daughter's name; and those that are only part of a country's name, or lie between two places abroad.

Each is recognised by how the text is written, which the models cannot see: they know the words beside the name. What is
denied falls below the threshold of mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain, groupby
from operator import itemgetter

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

# A pattern that begins with one character is searched for ten times as fast as one that begins with any of several.
_QUOTED = (
    *(re.compile(rf"{mark}([^«»“”„\n]{{3,60}})[»”]") for mark in "«“„"),
    re.compile(r"\"(?<![\w\"]\")([^\"\n]{3,60})\"(?!\w)"),
)
_MOST_WORDS = 5
"""Words of a title in quotation marks, at most; more are mostly speech."""

_MOST_BEFORE = 60
"""Characters before a quotation mark in which the word for a work is sought."""

_RUN = r"[A-ZÀ-Þ][\w’'-]*(?:\s+(?:(?:of|the|for|in|to|from|a)\s+)*[A-ZÀ-Þ][\w’'-]*)"
_OPERATION = re.compile(rf"Operation (?<=\bOperation )(?!Rooms?\b|Cent|Command)(?=({_RUN}*|[A-ZÀ-Þ][\w’'-]*))")


def _list_forms(role: str, lang: str) -> tuple[str, ...]:
    return tuple(form for form, its_lang, its_role, _ in read_table("titles") if (its_lang, its_role) == (lang, role))


def _begin_with_letter(forms: Iterable[str]) -> str:
    r"""A pattern of any of these words, which begins with their first letters: `re` searches for these.

    A pattern that begins with `\\b` is tried at each character instead.
    """
    by_letter = groupby(sorted(forms), key=itemgetter(0))
    return "|".join(rf"{letter}(?<=\b{letter})(?:{'|'.join(form[1:] for form in its)})" for letter, its in by_letter)


def _behind(forms: Iterable[str], sign: str) -> str:
    """A pattern that asks for any of these words before a sign that was just read."""
    return "|".join(rf"(?<=\b{form}{sign})" for form in forms)


_ARTICLED = rf"(?:The|A|An)\s+{_RUN}*"
_WORK = re.compile(
    rf"(?:{_begin_with_letter(_list_forms('work', 'en'))})"
    rf"(?:, (?=({_RUN}+),)|,? (?:called |titled |entitled )?(?=({_ARTICLED})))"
)
"""A work by its kind and its title: "her first book, The Road to Hama, …"."""

_KIN = re.compile(rf", (?=([A-ZÀ-Þ][\w’']+)(?:[,.;)]| and\b))(?:{_behind(_list_forms('kin', 'en'), ', ')})")
_WORK_ENDS = re.compile(rf"(?<!\w)[وفبلك]?(?:{'|'.join(_list_forms('work', 'ar'))})$")
"""An Arabic word for a work, or an operation, before its title in quotation marks."""

_TAG = re.compile(rf"#\s?(?=({'|'.join(_list_forms('tag', 'ar'))})\b)")
_NATIONALITIES = (*_list_forms("nationality", "ar"), "Nationality")
_NATIONALITY = re.compile(rf":(?:{_behind(_NATIONALITIES, ':')}|{_behind(_NATIONALITIES, ' :')}) ?(?=(\w+))")
_TITLES = (_OPERATION, _WORK, _KIN, _TAG, _NATIONALITY)
"""Patterns of what is no place, which is the group that matches."""

_CLASS_OF_WORD = ("n", "v", "vb", "adj", "adv")
_GLOSS = re.compile(rf"\.(?=[:,;)\s])(?:{_behind(_CLASS_OF_WORD, '[.]')})|{'|'.join(_list_forms('gloss', 'ar'))}")
"""A sign of a dictionary: the class of a word (n., adj.), or an Arabic gloss."""

_GLOSSED, _ENTRY, _PAGE = 3, 40, 300
"""Different signs within a page (characters on each side of a headword) that make it one of a dictionary; characters
behind a headword in which its sign stands."""

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
    def bounds(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where each hit begins and ends."""
        offsets = self._hits.flat.offsets
        return offsets[self._hits.start], offsets[self._hits.end - 1] + 1

    def list_within(self, span: tuple[int, int]) -> list[int]:
        """The hits that lie in a stretch of the original."""
        begins, ends = self.bounds
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
    for begin, end in _list_passages(flat):
        for pattern in _TITLES:
            for match in pattern.finditer(flat.original, begin, end):
                yield match.span(match.lastindex or 0)


def _list_quoted(hits: Hits, cues: Cues, spans: _HitSpans) -> Iterator[int]:
    """Hits in titles in quotation marks: «قادمون يا حمص», "The Fall of Idlib"; «سجن صيدنايا» and speech are none."""
    flat = hits.flat
    for passage_begin, passage_end in _list_passages(flat):
        for match in chain.from_iterable(
            pattern.finditer(flat.original, passage_begin, passage_end) for pattern in _QUOTED
        ):
            begin, end = match.span(1)
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


def _list_headwords(hits: Hits, spans: _HitSpans) -> set[int]:
    """Headwords of a dictionary, which has its signs at most of its words; a place that explains one stays one."""
    flat, headwords = hits.flat, set[int]()
    (leading,) = (np.frombuffer(flat.gap_list, np.uint8).take(hits.first) >= Gap.STOP).nonzero()
    begins, ends = (bound.take(leading) for bound in spans.bounds)
    passages = _list_passages(flat)
    which = [0] * len(leading) if len(passages) == 1 else hits.find_passages().take(leading).tolist()
    for begin, end, passage in zip(begins.tolist(), ends.tolist(), which, strict=True):
        # Most places at the begin of a sentence have no sign behind them, and all else is not sought.
        first, last = passages[passage]
        if _GLOSS.search(flat.original, end, min(end + _ENTRY, last)) is None:
            continue
        page = max(begin - _PAGE, first), min(end + _PAGE, last)
        # A gloss counts once, for war reports have one of them (ضد ال, "against the") again and again.
        signs = [
            sign.start() if sign.group() == "." else sign.group() for sign in _GLOSS.finditer(flat.original, *page)
        ]
        if len(set(signs)) >= _GLOSSED:
            headwords.update(leading[(begins >= page[0]) & (ends <= page[1])].tolist())
    return headwords


def _list_abroad(hits: Hits, name_table: NameTable) -> Iterator[int]:
    """Names of ours that places abroad explain: those between two of these, and what is left of a country's name."""
    names = hits.name_id
    kinds, foreign = name_table.kinds.take(names), name_table.foreign.take(names)
    abroad = foreign & (kinds == 0)
    (elsewhere,) = abroad.nonzero()
    if not elsewhere.size:
        return
    ours = kinds > 0
    yield from _list_remainders(hits, elsewhere, ours)
    if elsewhere.size > 1:
        minor = ours & (name_table.salience.take(names) < WELL_KNOWN)
        also = minor & (foreign | name_table.namesake.take(names))
        if also.any():
            yield from _list_between(hits, elsewhere, also, ours & ~also)


def _list_between(
    hits: Hits, elsewhere: NDArray[np.int64], also: NDArray[np.bool_], only_ours: NDArray[np.bool_]
) -> Iterator[int]:
    """Little known names that a town abroad bears, too, between two names of places abroad, none of ours nearer.

    Args:
        hits: of the text.
        elsewhere: positions of those that name places abroad alone.
        also: which name a little known place of ours and one abroad.
        only_ours: which name a place of ours, and none of `also`.
    """
    first, last = hits.first, hits.last
    passages = hits.flat.passages
    (doubted,) = also.nonzero()
    # The end of the last name abroad before each, and the begin of the next one behind it, by word.
    ends, begins = np.sort(last[elsewhere]), first[elsewhere]
    before = ends.searchsorted(first[doubted], "right") - 1
    behind = begins.searchsorted(last[doubted])
    known = (before >= 0) & (behind < len(begins))
    doubted, low, high = doubted[known], ends[before[known]], begins[behind[known]]
    near = (first[doubted] - low <= _BESIDE) & (high - last[doubted] <= _BESIDE)
    near &= passages.searchsorted(low - 1, "right") == passages.searchsorted(high, "right")
    for hit, after, until in zip(doubted[near].tolist(), low[near].tolist(), high[near].tolist(), strict=True):
        beside = (last <= first[hit]) | (first >= last[hit])
        if not (only_ours & beside & (first >= after) & (last <= until)).any():
            yield hit


def _list_remainders(hits: Hits, elsewhere: NDArray[np.int64], ours: NDArray[np.bool_]) -> Iterator[int]:
    """What is left of a country's name when its first letter is taken for a word: بنان of لبنان."""
    first = hits.first
    begins = first.take(elsewhere)
    neighbours, beyond = first.searchsorted(begins), first.searchsorted(begins, "right")
    for at in (beyond - neighbours > 1).nonzero()[0].tolist():
        country = elsewhere[at]
        for hit in range(neighbours[at], beyond[at]):
            if ours[hit] and hits.last[hit] == hits.last[country] and hits.start[hit] > hits.start[country]:
                yield hit
