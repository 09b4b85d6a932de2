"""Names that the text itself uses as something else: in titles and names of operations, as words of a dictionary, as a
daughter's name; and those that are only part of a country's name, or lie between two places abroad.

Each is recognised by how the text is written, which the models cannot see: they know the words beside the name. What is
denied falls below the threshold of mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.flat import Flat
from buldan.geoparse.names.cues import Cues, encode_roles
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.names.word_classes import ENTITLING_CLITICS
from buldan.geoparse.recognition.denied_loop import (
    find_word_from,
    list_entitling,
    list_explained_abroad,
    list_hits_within,
    list_leading,
    list_streets_abroad,
)
from buldan.geoparse.tables import read_table

__all__ = ["deny_names"]

_DENIED = 9.0
"""What a denied name loses of its log-odds: more than all else that may speak for it."""

# A pattern that begins with one character is searched for ten times as fast as one that begins with any of several.
_QUOTED = (
    *(re.compile(rf"{mark}([^«»“”„\n]{{3,60}})[»”]") for mark in "«“„"),
    re.compile(r'"(?<![\w"]")([^"\n]{3,60})"(?!\w)'),
)
_MOST_WORDS = 5
"""Words of a title in quotation marks, at most; more are mostly speech."""

_MOST_BEFORE = 60
"""Characters before a quotation mark in which the word for a work is sought."""

_CAPITALS = r"[A-ZÀ-Þ][\w’'-]*"
_RUN = rf"{_CAPITALS}(?:\s+(?:(?:of|the|for|in|to|from|a)\s+)*{_CAPITALS})"


def _list_forms(role: str, lang: str) -> tuple[str, ...]:
    return tuple(form for form, its_lang, its_role, _ in read_table("titles") if (its_lang, its_role) == (lang, role))


def _behind(forms: Iterable[str], sign: str) -> str:
    """A pattern that asks for any of these words before a sign that was just read."""
    return "|".join(rf"(?<=\b{form}{sign})" for form in forms)


_OPERATION = rf"Operation (?!Rooms?\b|Cent|Command)(?=({_RUN}*|[A-ZÀ-Þ][\w’'-]*))"
_ARTICLED = rf"(?:The|A|An)\s+{_RUN}*"
_WORK = (
    rf"(?:{'|'.join(_list_forms('work', 'en'))})"
    rf"(?:, (?=({_RUN}+),)|,? (?:called |titled |entitled )?(?=({_ARTICLED})))"
)
"""A work by its kind and its title: "her first book, The Road to Hama, …"."""

_GIVEN = r"[A-ZÀ-Þ][\w’']+"
_KIN = (
    rf"(?:{'|'.join(_list_forms('kin', 'en'))}), "
    rf"(?=({_GIVEN}(?:, {_GIVEN})*(?:,? and {_GIVEN}(?=[,.;)]))?)(?:[,.;)]| and\b))"
)
"""Kin by their names, which go on in a list: "two daughters, Salma and Hama, live in Homs"."""

_VESSEL = rf"(?:{'|'.join(_list_forms('vessel', 'en'))}) (?=({_CAPITALS}(?: (?:{_CAPITALS}|\d+\b)){{0,2}}))"
_FREIGHT = rf"(?:{'|'.join(_list_forms('freight', 'en'))}) (?=([A-Z]{{3,}}(?: [A-Z]{{3,}})+))"
"""A ship by its name: "the tug Arwad 2"; where goods may be meant, too, in capitals: "general cargo LATAKIA STAR"."""

_CALLED = (
    rf"(?:{'|'.join(_list_forms('called', 'en'))}),? (?:is |was )?(?:called|named) "
    rf"(?=({_CAPITALS}(?: {_CAPITALS}){{0,3}}|[a-z]+))"
)
_PET = (
    rf"(?:{'|'.join(_list_forms('pet', 'en'))})(?: is|'s|’s|,) "
    rf"(?=({_CAPITALS}|[a-z]+)(?:[,.;!?)\n]|$| (?:and |is |was |but |#)))"
)
"""A pet by its name: "my dog is Homs", also in small letters."""

_CALLED_ARABIC = (
    rf"[{ENTITLING_CLITICS}]?(?:{'|'.join(_list_forms('called', 'ar'))}) "
    rf"(?:{'|'.join(_list_forms('calling', 'ar'))}) (?=(\w+(?: ال\w+)?))"
)
"""A shop or a cat by its own name: "a bakery called Bab Touma", مطعما اسمه القصير; a village is called so, too."""

_ENTITLED = re.compile(rf"\b(?:{_OPERATION}|{_WORK}|{_KIN}|{_VESSEL}|{_FREIGHT}|{_CALLED}|{_PET}|{_CALLED_ARABIC})")
"""What stands behind a word of the class `ENTITLING`, at which it is tried: to search for many words takes longest."""

_WORK_ENDS = re.compile(rf"(?<!\w)[وفبلك]?(?:{'|'.join(_list_forms('work', 'ar'))})$")
"""An Arabic word for a work, or an operation, before its title in quotation marks."""

_NAMED = frozenset((*_list_forms("named", "ar"), *_list_forms("named", "en")))
"""Words for what has its own name, before that in quotation marks: فيلم «حلب», the ship "Latakia"."""

_TAG = re.compile(rf"#\s?(?=({'|'.join(_list_forms('tag', 'ar'))})\b)")
_NATIONALITIES = (*_list_forms("nationality", "ar"), "Nationality")
_NATIONALITY = re.compile(rf":(?:{_behind(_NATIONALITIES, ':')}|{_behind(_NATIONALITIES, ' :')}) ?(?=(\w+))")
_TITLES = (_TAG, _NATIONALITY)
"""Patterns of what is no place, which is the group that matches."""

_CLASS_OF_WORD = ("n", "v", "vb", "adj", "adv")
_GLOSS = re.compile(rf"\.(?=[:,;)\s])(?:{_behind(_CLASS_OF_WORD, '[.]')})|{'|'.join(_list_forms('gloss', 'ar'))}")
"""A sign of a dictionary: the class of a word (n., adj.), or an Arabic gloss."""

_GLOSSARY = re.compile(
    rf"(?<!\w)(?:{'|'.join((*_list_forms('glossary', 'ar'), *_list_forms('glossary', 'en')))})(?!\w)[^.:\n]{{0,40}}:"
)
"""The heading of words that are explained one by one behind colons."""

_GLOSSED, _ENTRY, _PAGE = 3, 40, 300
"""Different signs within a page (characters on each side of a headword) that make it one of a dictionary; characters
behind a headword in which its sign stands."""

_KINDS_OF_PLACES = encode_roles("trigger", "facility")
_PLACING = _KINDS_OF_PLACES | encode_roles(
    "preposition", "loose preposition", "direction", "countryside", "surroundings"
)
"""What stands in quotation marks beside a place that is meant; titles in Latin letters have prepositions, too."""


def deny_names(hits: Hits, name_table: NameTable, cues: Cues, log_odds: NDArray[np.float64]) -> None:
    """Lower the log-odds of the hits that the text uses as something else."""
    if not hits.count:
        return
    for hit in chain(
        chain.from_iterable(list_hits_within(hits.views, hits.words.views, *span) for span in _list_titles(hits)),
        _list_quoted(hits, cues),
        _list_headwords(hits),
        list_explained_abroad(hits.views, hits.words.views, name_table.views),
        list_streets_abroad(hits.views, hits.words.views, name_table.views, log_odds.data),
    ):
        log_odds[hit] -= _DENIED


def _list_passages(flat: Flat) -> list[tuple[int, int]]:
    """Where each passage stands in the original: a title does not reach into the next one."""
    if flat.origins is None:
        return [(0, len(flat.original))]
    return [(begin, end) for begin, end in flat.origins.tolist()]


def _iter_matches(patterns: Iterable[re.Pattern[str]], text: str, begin: int, end: int) -> Iterator[re.Match[str]]:
    """What patterns match in a stretch of a text; each begins with a character of its own."""
    for pattern in patterns:
        # Most short texts have none of these characters, which is seen in a fifth of the time of a search.
        if text.find(pattern.pattern[0], begin, end) >= 0:
            yield from pattern.finditer(text, begin, end)


def _list_titles(hits: Hits) -> Iterator[tuple[int, int]]:
    """Where names of operations and works, of kin, tags of news and nationalities stand in the text."""
    flat = hits.flat
    passages = _list_passages(flat)
    for begin, end in passages:
        for match in _iter_matches(_TITLES, flat.original, begin, end):
            yield match.span(match.lastindex or 0)
    for at, passage in list_entitling(hits.words.views):
        title = _ENTITLED.match(flat.original, at, passages[passage][1])
        if title:
            yield title.span(title.lastindex or 0)


def _list_quoted(hits: Hits, cues: Cues) -> Iterator[int]:
    """Hits in titles in quotation marks: «قادمون يا حمص», "The Fall of Idlib"; «سجن صيدنايا» and speech are none."""
    flat, words = hits.flat, hits.words.views
    for passage_begin, passage_end in _list_passages(flat):
        for match in _iter_matches(_QUOTED, flat.original, passage_begin, passage_end):
            begin, end = match.span(1)
            # The end alone: all of a long text before each of its quotations would be read again and again.
            before = flat.original[max(match.start() - _MOST_BEFORE, passage_begin) : match.start()].rstrip()
            # What stands behind a colon is speech.
            if before.endswith(":"):
                continue
            first, last = find_word_from(words, begin), find_word_from(words, end)
            named = _is_named(before)
            if last - first > _MOST_WORDS or not (named or _is_title(flat.original[begin:end])):
                continue
            for hit in list_hits_within(hits.views, words, begin, end):
                own = range(int(hits.first[hit]), int(hits.last[hit]))
                others = [int(hits.words.cue[word]) for word in range(first, last) if word not in own]
                placing = _KINDS_OF_PLACES if flat.original[begin:end].isascii() else _PLACING
                placing = 0 if _WORK_ENDS.search(before) else placing
                if not any(int(cues.roles[cue]) & placing for cue in others) if others else named:
                    yield hit


def _is_named(before: str) -> bool:
    """Whether the last word before a quotation is one for what has its own name."""
    word = before[before.rfind(" ") + 1 :]
    return word in _NAMED or (word[:1] in "وفبلك" and word[1:] in _NAMED)


def _is_title(text: str) -> bool:
    """Whether quoted words may be a title: in Latin letters, all but small ones begin with a capital."""
    words = text.split()
    if not text.isascii():
        return not text.rstrip().endswith((".", "،", "؟", "!"))
    return len(words) > 1 and words[0][:1].isupper() and all(len(word) <= 3 or word[:1].isupper() for word in words)


def _list_headwords(hits: Hits) -> set[int]:
    """Headwords of a dictionary, which has its signs at most of its words; a place that explains one stays one."""
    flat, headwords = hits.flat, set[int]()
    leading = list_leading(hits.views, hits.words.views)
    passages = _list_passages(flat)
    for hit, begin, end, passage in leading:
        first, last = passages[passage]
        # Names of places head what happened there in the same way: النبك: هدوء.
        if flat.original.startswith(":", end) and _is_in_glossary(flat.original, first, begin):
            headwords.add(hit)
            continue
        # Most places at the beginning of a sentence have no sign behind them, and all else is not sought.
        if _GLOSS.search(flat.original, end, min(end + _ENTRY, last)) is None:
            continue
        page = max(begin - _PAGE, first), min(end + _PAGE, last)
        # A gloss counts once, for war reports have one of them (ضد ال, "against the") again and again.
        signs = _GLOSS.finditer(flat.original, *page)
        different = {sign.start() if sign.group() == "." else sign.group() for sign in signs}
        if len(different) >= _GLOSSED:
            headwords.update(hit for hit, at, to, _ in leading if at >= page[0] and to <= page[1])
    return headwords


def _is_in_glossary(text: str, first: int, begin: int) -> bool:
    """Whether the paragraph of a passage, which begins at `first`, heads words that are explained before `begin`."""
    return _GLOSSARY.search(text, max(text.rfind("\n\n", first, begin), first), begin) is not None
