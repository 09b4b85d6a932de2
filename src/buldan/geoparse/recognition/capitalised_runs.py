"""Runs of capitalised Latin words that no name of the gazetteer covers, where the context promises a place.

Behind a preposition, in a list, or before a generic word: "in Kafr Nuran", "the Tell Qaraq area". Persons, bodies and
weapons are written with capitals, too; what shows them is sought first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.document.flat import Flat, Gap
from buldan.geoparse.names.cues import Cues, encode_roles
from buldan.geoparse.names.lexicon import Sense
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.recognition.unknown_names import BEGINS_NO_NAME, UnknownName
from buldan.text import is_article, load_articles, load_joining_words
from buldan.thresholds import FAMOUS

__all__ = ["iter_capitalised_runs"]

_HYPHEN, _COMMA, _BRACKET, _STOP = int(Gap.HYPHEN), int(Gap.COMMA), int(Gap.BRACKET), int(Gap.STOP)
_LONGEST, _FULL_NAME = 4, 3
"""Words of a run, at most; and from which on words and persons make the full name of a person."""

_LEAST_LETTERS = 4
"""Letters of a run at least: too many names come near a shorter one."""

_LEAST_CAPITALS = 6
"""Letters of the first word of a run in capitals, at least: a shorter one is mostly an abbreviation."""


_NO_NAME = encode_roles(
    "organisation",
    "people of",
    "article",
    "plain",
    "after person",
    "direction",
    "preposition",
    "loose preposition",
    "surroundings",
    "motion",
    "address abroad",
    "state abroad",
)
_PROMISE = encode_roles(
    "preposition", "direction", "surroundings", "motion", "countryside", "trigger", "event", "naming"
)


def _find_reach(hits: Hits, name_table: NameTable) -> NDArray[np.int64]:
    """By word, where the longest attested name that begins there ends; its own position where none does."""
    reach = np.arange(len(hits.flat.words) + 1)
    known = name_table.form[hits.name_id] < Form.SPACING_CHANGED
    # Unbuffered: several names begin at one word, and the longest counts.
    np.maximum.at(reach, hits.first[known], hits.last[known])
    return reach


def iter_capitalised_runs(hits: Hits, name_table: NameTable, cues: Cues) -> Iterator[UnknownName]:
    """Runs of capitalised Latin words, where a place may stand, that no one name covers."""
    flat = hits.flat
    capital = hits.words.capitals
    if 1 not in capital:
        return
    # As a view, of which single numbers are read in a third of the time that numpy takes.
    role = cues.roles.take(hits.words.cue).data
    reach = _find_reach(hits, name_table)
    reached, count = 0, len(flat.words)
    names = hits.name_id
    famous = (name_table.salience.take(names) >= FAMOUS) & (name_table.form.take(names) == Form.ATTESTED)
    # What everybody knows ends a run, and does not become part of another name.
    known = set(hits.first[famous | name_table.foreign.take(names)].tolist())
    for at in np.flatnonzero(np.frombuffer(capital, np.uint8)).tolist():
        if at < reached or (role[at] & _NO_NAME and not _opens_name(flat, at)) or flat.words[at] in BEGINS_NO_NAME:
            continue
        end = at + 1
        while (
            end < min(count, at + _LONGEST)
            and (not role[end] & _NO_NAME or _is_joined_article(flat, end))
            and (end not in known or _opens_name(flat, end - 1))  # "Tel Brak", though there is a Brak abroad
            and _continues_run(flat, capital, end)
        ):
            end += 1
        reached = end
        # "Yarmouk Camp": the generic word at the end is what promises the place, and no part of the name sought.
        while end > at and (flat.words[end - 1] in BEGINS_NO_NAME or role[end - 1] & _GENERIC):
            end -= 1
        begin = _extend_to_small_start(flat, at)
        if (
            end > at
            # A run that one name covers is known.
            and reach[begin] < end
            and _may_be_name(flat, role, capital, at, end)
            and not _is_something_else(hits, role, at, end)
            and _is_promised(flat, role, begin, end)
        ):
            yield UnknownName(begin, end)


def _is_something_else(hits: Hits, role: memoryview, first: int, last: int) -> bool:
    """Whether a run is of words and persons known for something else, and no word for a place stands beside it."""
    senses = hits.words.get_senses(first, last)
    if last - first >= _FULL_NAME and senses[0] and senses[-1] == Sense.PERSON:
        return True  # "Troy Nawa Perkins"
    if not all(senses):
        return False
    flat = hits.flat
    before = first > 0 and flat.gap_list[first] <= _HYPHEN and bool(role[first - 1] & _OF_PLACE)
    behind = last < len(role) and flat.gap_list[last] <= _HYPHEN and bool(role[last] & _OF_PLACE)
    return not (before or behind) or senses.count(Sense.WORD) == len(senses)


def _may_be_name(flat: Flat, role: memoryview, capital: bytes, first: int, last: int) -> bool:
    """Whether a run may name a place: no short abbreviation, and no person unless the words beside it ask for a place.

    "They bombed Sheikh Moustafa and Umm Jamal", whereas they met and killed persons.
    """
    words = [flat.words[at] for at in range(first, last)]
    start, end = int(flat.offsets[flat.starts[first]]), int(flat.offsets[flat.starts[last] - 1])
    written = flat.original[start:end]
    is_abbreviation = written.isupper() and len(words[0]) < _LEAST_CAPITALS
    if len("".join(words)) < _LEAST_LETTERS or is_abbreviation or _CODE.search(written):
        return False
    if last < len(role) and flat.gap_list[last] <= _HYPHEN and role[last] & _BODY and not role[last] & _PLACE:
        return False
    before = first - 1 - (first > 1 and flat.words[first - 1] in load_articles())
    located = before >= 0 and flat.words[before] in load_joining_words("inside", "around")
    if not located and any(role[at] & _PERSON for at in (*range(first, last), *_list_word_before(flat, first))):
        beside = role[last] if last < len(role) and flat.gap_list[last] <= _HYPHEN else 0
        return bool(beside & _GENERIC) or _suffers_what_places_do(flat, capital, first)
    return True


def _suffers_what_places_do(flat: Flat, capital: bytes, first: int) -> bool:
    """Whether a run stands behind a word for what is done to places, or in the list behind it: bombed A, B and C."""
    done, linking = load_joining_words("done-to-places"), load_joining_words("linking")
    for word in range(first - 1, max(first - _LONGEST_WAY, -1), -1):
        if flat.gap_list[word + 1] > _COMMA:
            return False
        if flat.words[word] in done:
            return True
        if not (capital[word] or flat.words[word] in linking):
            return False
    return False


_LONGEST_WAY = 20
"""Words of a list between what is done and the run to which it is done, at most."""


def _list_word_before(flat: Flat, word: int) -> range:
    """The word before one, if it is of the same passage."""
    # Only what a line's end parts can be of two passages, which is cheaper to see.
    parted = flat.gap_list[word] > _STOP and word in flat.passages
    return range(word, word) if parted else range(word - 1, word)


_CODE = re.compile("[a-z][A-Z]{2}|[A-Z]{3,}[a-z]")
"""Capitals within a word, as in names of weapons and bodies: ShOAB, UNDoF."""


def _extend_to_small_start(flat: Flat, first: int) -> int:
    """The run with the part of a name before it that is written small: "khan Touman"."""
    before = first - 1
    return before if before >= 0 and _opens_name(flat, before) and flat.gap_list[first] <= _HYPHEN else first


_PERSON = encode_roles("title", "given", "kin")
_BODY, _PLACE = encode_roles("after organisation"), encode_roles("trigger", "facility")
_GENERIC, _OF_PLACE = encode_roles("trigger", "facility", "after organisation"), encode_roles("trigger")


def _continues_run(flat: Flat, capital: bytes, at: int) -> bool:
    """Whether a word goes on with the run that ends before it: capitalised, and parted from it by a hyphen at most."""
    begin, end = int(flat.offsets[flat.starts[at] - 1]), int(flat.offsets[flat.starts[at]])
    if flat.gap_list[at] == _HYPHEN and end - begin > 1 and flat.original[begin:end] != _BROKEN:
        return False  # a dash between blanks parts: "DARAA, Syria -- Protesters"
    between = flat.original[flat.offsets[flat.starts[at] - 1] : flat.offsets[flat.starts[at]]]
    if any(map(str.isalpha, between)):
        return False  # a possessive or a suffix ends a name: "Aleppo's Ashrafieh", "Afrin'in Cinderes"
    return flat.gap_list[at] <= _HYPHEN and (bool(capital[at]) or _opens_name(flat, at))


def _opens_name(flat: Flat, at: int) -> bool:
    """Whether a word of a name leads to another: an article before its letters, or a word that stands first."""
    word = flat.words[at]
    return word in load_joining_words("first") or (at + 1 < len(flat.words) and is_article(word, flat.words[at + 1]))


def _is_joined_article(flat: Flat, at: int) -> bool:
    """Whether a word is an article before the hyphen of its name, and not the English word: Tal as-Samn."""
    behind = at + 1
    return (
        behind < len(flat.words) and flat.gap_list[behind] == _HYPHEN and is_article(flat.words[at], flat.words[behind])
    )


def _is_promised(flat: Flat, role: memoryview, first: int, last: int) -> bool:
    """Whether a place may stand here: behind a preposition or in a list, or before what is said of places.

    What begins as names of places do promises one itself: "Khirbet al-Umbashi".
    """
    if last - first > 1 and flat.words[first] in load_joining_words("first") and not role[first] & _PERSON:
        return True
    if last < len(role) and flat.gap_list[last] <= _HYPHEN and role[last] & _BEHIND_PLACES:
        return True
    if flat.gap_list[first] in (_COMMA, _BRACKET) or _heads_row(flat, first, last):
        return True
    return (
        first > 0
        and flat.gap_list[first] < _STOP
        and (
            bool(role[first - 1] & _PROMISE)
            or flat.words[first - 1] in load_joining_words("leading")
            or _is_french_at(flat, first - 1)
        )
    )


def _heads_row(flat: Flat, first: int, last: int) -> bool:
    """Whether a run is the first cell of a row, which a bar ends: "Urem Eljoz | 84 | blankets"."""
    if flat.gap_list[first] <= _STOP or last >= len(flat.words) or flat.gap_list[last] != _BRACKET:
        return False
    return "|" in flat.original[int(flat.offsets[flat.starts[last] - 1]) : int(flat.offsets[flat.starts[last]])]


def _is_french_at(flat: Flat, word: int) -> bool:
    """Whether a word is "à", which the fold does not tell from the English article."""
    return flat.words[word] == "a" and flat.original[int(flat.offsets[flat.starts[word]])] in "àÀ"


_BROKEN = "-\n"
"""A hyphen of a name at which its line ends: Jisr-esh-⏎Shughr."""

_BEHIND_PLACES = encode_roles("trigger", "facility", "after place")
