"""Names written another way than the gazetteer writes them, sought where the context promises a place.

In English every capitalised run of words that no name covers may be one; in Arabic what stands behind بلدة,
قرية, حي, مدينة, مخيم and their like. The lookup says which names come near; the models decide as of any hit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.cues import ROLES, Cues, kind_mask
from buldan.geoparse.flat import Flat, Gap
from buldan.geoparse.nameforms import Form
from buldan.geoparse.scan import Hits
from buldan.geoparse.tables import read_table
from buldan.geoparse.vocabulary import Vocabulary
from buldan.index import Index
from buldan.text import fold

__all__ = ["Find", "with_near_misses"]

Find = Callable[[str, str | None], Sequence[tuple[int, float]]]
"""Rows and scores of the places that a name comes near, best first, given the P-code of a unit that may hold it."""

_HYPHEN = int(Gap.HYPHEN)
_LONGEST = 4
_LEAST_LETTERS = 4
_LEAST_SCORE, _LEAST_LATIN, _LEAST_ARABIC, _LEAST_FACILITY = 0.02, 0.25, 0.5, 0.5
"""Lookup scores from which on a place, and all places of a name together, are worth a thought; names of hospitals
are names of donors and doctors as often."""
_SETTLEMENTS = np.uint64(kind_mask("city,town,village,neighbourhood,camp,site"))
_SMALL = np.uint64(kind_mask("town,village,neighbourhood,camp"))


def _bits(*roles: str) -> np.uint64:
    return np.uint64(sum(1 << ROLES.index(role) for role in roles))


_NO_NAME = _bits(
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
)
_PROMISE = _bits("preposition", "direction", "surroundings", "motion", "countryside", "trigger", "event")
_ARTICLES = frozenset(
    [
        "al",
        "el",
        "as",
        "es",
        "ash",
        "esh",
        "ar",
        "er",
        "at",
        "ad",
        "ez",
        "az",
        "an",
        "en",
        "abu",
        "um",
        "umm",
        "tal",
        "tell",
        "tall",
        "deir",
        "dayr",
        "kafr",
        "kfar",
        "khan",
        "ain",
        "ayn",
    ]
)


def _never() -> frozenset[str]:
    """Folded words that begin no name."""
    return frozenset(fold(word) for forms, _ in read_table("noplace") for word in forms.split("|"))


def with_near_misses(
    hits: Hits, vocabulary: Vocabulary, cues: Cues, index: Index, find: Find
) -> tuple[Hits, Vocabulary]:
    """The hits with near misses among them, and a vocabulary that knows these."""
    runs = [
        (" ".join(hits.flat.words[first:last]), first, last)
        for first, last in (*_latin_runs(hits, vocabulary, cues), *_arabic_runs(hits, cues))
    ]
    if not runs:
        return hits, vocabulary
    found: dict[str, list[tuple[int, float]]] = {}
    units = _Units(hits, vocabulary, index)
    of_facility = cues.facility[hits.cue] > 0
    for text, first, last in runs:
        if text not in found:
            least = _LEAST_FACILITY if last < len(of_facility) and of_facility[last] else 0.0
            found[text] = _with_guess(_places(text, units.around(first), find, least), text, vocabulary)
    _share_short_forms(found)
    numbers = {text: number for number, text in enumerate(text for text, places in found.items() if places)}
    spans = [(numbers[text], first, last) for text, first, last in runs if text in numbers]
    if not spans:
        return hits, vocabulary
    grown = vocabulary.with_near_misses(index, [found[text] for text in numbers])
    return _merged(hits, np.array(spans, np.int64), len(vocabulary.texts), vocabulary.form), grown


def _places(text: str, unit: str | None, find: Find, least: float) -> list[tuple[int, float]]:
    """The places that a run comes near, in all Syria and within the governorate that is spoken of; [] for too few."""
    scores = dict(find(text, None))
    if unit:
        for row, score in find(text, unit):
            scores[row] = max(scores.get(row, 0.0), _WITHIN * score)
    ranked = sorted(((row, score) for row, score in scores.items() if score >= _LEAST_SCORE), key=lambda pair: -pair[1])
    needed = max(least, _LEAST_LATIN if text.isascii() else _LEAST_ARABIC)
    return ranked[:_MOST] if sum(score for _, score in ranked) >= needed else []


def _with_guess(places: list[tuple[int, float]], text: str, vocabulary: Vocabulary) -> list[tuple[int, float]]:
    """The places with those that the run names by another spacing: Alshaar, al-Shaar."""
    number = vocabulary.number_of(text)
    if not places or number is None:
        return places
    guessed = vocabulary.places[vocabulary.first[number] : vocabulary.first[number + 1]].tolist()
    scores = dict(places) | {row: max(_GUESS, dict(places).get(row, 0.0)) for row in guessed}
    return sorted(scores.items(), key=lambda pair: -pair[1])[:_MOST]


_GUESS = 0.5


def _share_short_forms(found: dict[str, list[tuple[int, float]]]) -> None:
    """A run that begins a longer one means the same: "Marret" beside "Marret Numan"."""
    for text in found:
        longer = next((other for other in found if found[other] and other.startswith(text + " ")), None)
        if longer:
            found[text] = found[longer]


class _Units:
    """Governorates spoken of: by word, the P-code of the one named nearest, behind before ahead."""

    def __init__(self, hits: Hits, vocabulary: Vocabulary, index: Index) -> None:
        known = np.flatnonzero((vocabulary.salience[hits.phrase] >= _WELL_KNOWN) & ~vocabulary.other[hits.phrase])
        rows = vocabulary.places[vocabulary.first[hits.phrase[known]]]
        units = index.unit[rows, 0]
        self._first, self._unit = hits.first[known][units > 0], units[units > 0]

    def around(self, word: int) -> str | None:
        """The governorate named within a few words behind a word, else the last before it, or None."""
        behind = int(np.searchsorted(self._first, word))
        if behind < len(self._first) and self._first[behind] - word <= _CLOSE:
            return f"SY{self._unit[behind]:02d}"
        return f"SY{self._unit[behind - 1]:02d}" if behind else None


_WELL_KNOWN, _CLOSE, _WITHIN, _MOST = 5.0, 8, 0.5, 12


def _merged(hits: Hits, spans: NDArray[np.int64], first_number: int, form: NDArray[np.uint8]) -> Hits:
    starts = hits.flat.starts
    count = len(spans)
    joined = Hits(
        hits.flat,
        hits.cue,
        np.append(hits.phrase, spans[:, 0] + first_number),
        np.append(hits.first, spans[:, 1]),
        np.append(hits.last, spans[:, 2]),
        np.append(hits.start, starts[spans[:, 1]]),
        np.append(hits.end, starts[spans[:, 2]] - 1),
        np.append(hits.clitic, np.zeros(count, np.int64)),
        np.append(hits.joined, np.zeros(count, np.bool_)),
    )
    # Where a run comes near, a guess at its spacing is one guess among others.
    spans_found = set(map(tuple, spans[:, 1:].tolist()))
    guessed = np.array(
        [
            phrase < first_number and made >= Form.SPACING_CHANGED and span in spans_found
            for phrase, made, span in zip(
                joined.phrase.tolist(),
                form[np.minimum(joined.phrase, len(form) - 1)].tolist(),
                zip(joined.first.tolist(), joined.last.tolist(), strict=True),
                strict=True,
            )
        ],
        np.bool_,
    )
    order = np.lexsort((-joined.last, joined.first))
    return joined.keep(order[~guessed[order]])


def _covered(hits: Hits, vocabulary: Vocabulary) -> NDArray[np.int64]:
    """By word, where the longest attested name that begins there ends; its own position where none does."""
    reach = np.arange(len(hits.flat.words) + 1)
    known = vocabulary.form[hits.phrase] < 3
    np.maximum.at(reach, hits.first[known], hits.last[known])
    return reach


def _latin_runs(hits: Hits, vocabulary: Vocabulary, cues: Cues) -> Iterator[tuple[int, int]]:
    """Runs of capitalised Latin words, where a place may stand, that no one name covers."""
    flat = hits.flat
    capital = _capitals(flat)
    if not capital.any():
        return
    role = cues.roles[hits.cue]
    barred = (role & _NO_NAME) > 0
    reach = _covered(hits, vocabulary)
    reached, count = 0, len(flat.words)
    famous = (vocabulary.salience[hits.phrase] >= _WELL_KNOWN) & (vocabulary.form[hits.phrase] == Form.ATTESTED)
    known = set(hits.first[famous].tolist())
    for at in np.flatnonzero(capital).tolist():
        if at < reached or (barred[at] and flat.words[at] not in _ARTICLES) or flat.words[at] in _NEVER:
            continue
        end = at + 1
        while end < min(count, at + _LONGEST) and not barred[end] and end not in known and _goes_on(flat, capital, end):
            end += 1
        reached = end
        while end > at and (flat.words[end - 1] in _NEVER or (role[end - 1] & _GENERIC) > 0):
            end -= 1
        begin = _with_small_start(flat, at)
        if end > at and reach[begin] < end and _is_name(flat, role, at, end) and _promised(flat, role, begin, end):
            yield begin, end


def _is_name(flat: Flat, role: NDArray[np.uint64], first: int, last: int) -> bool:
    """Whether a run may name a place: no short abbreviation, and no person unless a generic word stands beside it."""
    words = flat.words[first:last]
    start, end = int(flat.offsets[flat.starts[first]]), int(flat.offsets[flat.starts[last] - 1])
    if len("".join(words)) < _LEAST_LETTERS or (flat.original[start:end].isupper() and len(words[0]) < 6):
        return False
    if any(role[at] & _PERSON for at in (*range(first, last), *range(max(first - 1, 0), first))):
        beside = role[last] if last < len(role) and flat.gaps[last] <= _HYPHEN else np.uint64(0)
        return bool(beside & _GENERIC)
    return True


def _with_small_start(flat: Flat, first: int) -> int:
    """The run with the part of a name before it that is written small: "khan Touman"."""
    before = first - 1
    return before if before >= 0 and flat.words[before] in _STARTS and flat.gaps[first] <= _HYPHEN else first


_PERSON = _bits("title", "given", "kin")
_STARTS = frozenset(
    [
        "khan",
        "tal",
        "tell",
        "tall",
        "kafr",
        "kfar",
        "deir",
        "dayr",
        "beit",
        "bayt",
        "ain",
        "ayn",
        "jabal",
        "wadi",
        "al",
        "el",
    ]
)
_GENERIC = _bits("trigger", "facility", "after organisation")
_NEVER = _never()


def _goes_on(flat: Flat, capital: NDArray[np.bool_], at: int) -> bool:
    return flat.gaps[at] <= _HYPHEN and (bool(capital[at]) or flat.words[at] in _ARTICLES)


def _promised(flat: Flat, role: NDArray[np.uint64], first: int, last: int) -> bool:
    """Whether a place may stand here: behind a preposition or in a list, or before a generic word."""
    if last < len(role) and flat.gaps[last] <= _HYPHEN and role[last] & _bits("trigger", "facility"):
        return True
    if flat.gaps[first] in (Gap.COMMA, Gap.BRACKET):
        return True
    return first > 0 and (bool(role[first - 1] & _PROMISE) or flat.words[first - 1] in _LINKING)


_LINKING = frozenset({"and", "or", "the", "between"})


def _capitals(flat: Flat) -> NDArray[np.bool_]:
    """Which words are Latin and begin with a capital letter."""
    if not flat.words:
        return np.zeros(0, np.bool_)
    at = flat.offsets[flat.starts[:-1]]
    codes = np.frombuffer(flat.original.encode("utf-32-le", "surrogatepass"), np.uint32)[at]
    upper = (codes >= ord("A")) & (codes <= ord("Z"))
    rare = np.flatnonzero((codes >= 0xC0) & (codes < 0x250))
    upper[rare] = [chr(code).isupper() for code in codes[rare].tolist()]
    return upper


def _arabic_runs(hits: Hits, cues: Cues) -> Iterator[tuple[int, int]]:
    """The word or two behind an Arabic word that asks for a settlement, where no name stands."""
    flat = hits.flat
    wanted = cues.before[hits.cue]
    asks = np.flatnonzero((wanted > 0) & (wanted & ~_SETTLEMENTS == 0) & (wanted & _SMALL > 0))
    taken = set(hits.first.tolist())
    for position in (asks + 1).tolist():
        if position >= len(flat.words) or position in taken or flat.gaps[position] not in (Gap.SPACE, Gap.QUOTE):
            continue
        word = flat.words[position]
        if hits.cue[position] or len(word) < 3 or word.isascii() or word in _NEVER:
            continue
        yield position, position + 1
        following = position + 1
        if (
            following < len(flat.words)
            and flat.gaps[following] == Gap.SPACE
            and not hits.cue[following]
            and following not in taken
        ):
            yield position, following + 1
