"""Names written another way than the gazetteer writes them, sought where the context promises a place.

The lookup says which names come near; the models decide as of any hit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from buldan.geoparse.names.cues import Cues, load_other_senses
from buldan.geoparse.names.hit_rows import CLITICS
from buldan.geoparse.names.lexicon import find_phrase_sense
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.scan import Hits, renumber_names
from buldan.geoparse.names.vocabulary import Vocabulary
from buldan.geoparse.recognition.capitalised_runs import iter_capitalised_runs
from buldan.geoparse.recognition.evidence import find_syrian_passages
from buldan.geoparse.recognition.promised_words import iter_promised_words
from buldan.geoparse.recognition.unknown_names import UnknownName
from buldan.index import Index
from buldan.text import respell, skeletons
from buldan.thresholds import FAMOUS

__all__ = ["Find", "FindNear", "cache_search", "insert_near_misses"]

Find = Callable[[str, str | None], Sequence[tuple[int, float]]]
"""Rows and scores of the places that a name comes near, best first, given the P-code of a unit that may hold it."""

FindNear = Callable[[str, str | None, float], Sequence[tuple[int, float]]]
"""Rows and scores of the places that an unknown name may mean, best first, given the P-code of the governorate that is
spoken of and the score that all together need at least; none for too little."""

_LEAST_SCORE, _LEAST_LATIN, _LEAST_ARABIC, _LEAST_FACILITY = 0.02, 0.25, 0.5, 0.5
"""Lookup scores from which on a place, and all places of a name together, are worth a thought; names of hospitals
are names of donors and doctors as often."""


def insert_near_misses(
    hits: Hits,
    name_table: NameTable,
    vocabulary: Vocabulary,
    cues: Cues,
    index: Index,
    find: FindNear,
) -> tuple[Hits, NameTable]:
    """The hits with near misses of unknown names among them, and the names with these.

    Only in the passages that are about Syria: elsewhere a name that the gazetteer lacks is a name of elsewhere.
    """
    unknown = [*iter_capitalised_runs(hits, name_table, cues), *iter_promised_words(hits, cues)]
    # Asked last, for most short texts have no such name, and what a text is about takes longer to say.
    if unknown:
        unknown = _keep_in_syrian_passages(unknown, hits, name_table, vocabulary, cues)
    # The words as they are folded, without a clitic: what is asked is a name and no text.
    runs = [(hits.flat.join_words(run.first, run.last)[run.skip :], run) for run in unknown]
    if not runs:
        return hits, name_table
    found: dict[int, dict[str, Sequence[tuple[int, float]]]] = {}
    units = _NamedGovernorates(hits, name_table, index)
    facility, passages = cues.facility[hits.words.cue], hits.flat.passages.tolist()
    numbered = [(bisect_right(passages, run.first) - 1, text, run) for text, run in runs]
    for passage, text, run in numbered:
        places = found.setdefault(passage, {})
        if text not in places:
            begin, end = passages[passage : passage + 2]
            least = _LEAST_FACILITY if run.last < end and facility[run.last] else 0.0
            unit = units.find_around(run, begin, end)
            places[text] = _add_respaced_guess(find(text, unit, least), text, vocabulary)
    # Only when all of a passage are found: which is the longer of two is not known before.
    for places in found.values():
        _share_short_forms(places)
    written = {(passage, text): rows for passage, places in found.items() for text, rows in places.items() if rows}
    numbers = dict(zip(written, range(len(written)), strict=True))
    spans = [(numbers[passage, text], *run) for passage, text, run in numbered if (passage, text) in numbers]
    if not spans:
        return hits, name_table
    senses = [find_phrase_sense(text) for _, text in written]
    other_sense_roles = [load_other_senses().get(text, 0) for _, text in written]
    hits, name_table = renumber_names(hits, name_table)
    grown = name_table.append_near_misses(index, list(written.values()), senses, other_sense_roles)
    return _merge_hits(hits, np.array(spans, np.int64), len(name_table), grown.form), grown


def _keep_in_syrian_passages(
    runs: Sequence[UnknownName], hits: Hits, name_table: NameTable, vocabulary: Vocabulary, cues: Cues
) -> list[UnknownName]:
    """The runs of those passages that are about Syria."""
    with name_table.lend_room() as room:
        about_syria = find_syrian_passages(hits, name_table, vocabulary, cues, room)
    passages = hits.flat.passages.tolist()
    return [run for run in runs if about_syria[bisect_right(passages, run.first) - 1]]


def cache_search(find: Find, index: Index) -> FindNear:
    """The search for near misses by a lookup, which is asked the same again and again: names come in many texts."""

    @lru_cache(maxsize=1 << 14)
    def find_near(text: str, unit: str | None, least: float) -> Sequence[tuple[int, float]]:
        return _find_places(text, unit, find, least, index)

    return find_near


def _find_places(text: str, unit: str | None, find: Find, least: float, index: Index) -> list[tuple[int, float]]:
    """The places whose names a run resembles, in Syria and in the governorate `unit`, with scores; [] if too few."""
    text = respell(text, "french")
    # A governorate that is spoken of is a hint, no claim: what lies in it counts half of what a name alone does.
    scores = dict(find(text, None))
    if unit:
        for row, score in find(text, unit):
            scores[row] = max(scores.get(row, 0.0), _WITHIN * score)
    # The lookup is generous, as one who asks means some place; a text need not.
    scores = {row: score * _compare_consonants(text, index, row) for row, score in scores.items()}
    ranked = sorted(((row, score) for row, score in scores.items() if score >= _LEAST_SCORE), key=lambda pair: -pair[1])
    # A famous place far behind the best would win by its fame in the second model.
    ranked = [pair for pair in ranked if pair[1] >= _LEAST_SHARE * ranked[0][1]]
    needed = max(least, _LEAST_LATIN if text.isascii() else _LEAST_ARABIC)
    return ranked[:_MOST] if sum(score for _, score in ranked) >= needed else []


def _compare_consonants(text: str, index: Index, row: int) -> float:
    """How much of a lookup's score a text keeps that differs from a place's names in consonants; 0..1.

    The lookup answers what was meant as a place, and gives its best; what stands in a text may be no place, and is one
    the less, the more than vowels it has to change: Mersina is no Maskana, Marash hardly Marashli.
    """
    own = _derive_consonant_keys(text)
    # Names of one place mostly have one key: each is compared once.
    others = {key for name in index.places[row].names for key in _derive_consonant_keys(name.text)}
    shared = max((Levenshtein.normalized_similarity(mine, other) for other in others for mine in own), default=0.0)
    return shared * shared if shared >= _LEAST_SHARED else 0.0


@lru_cache(maxsize=1 << 16)
def _derive_consonant_keys(name: str) -> tuple[str, ...]:
    """The likeliest consonant keys of a name; kept, for the same places come near again and again."""
    return skeletons(name)[:_READINGS]


_READINGS, _LEAST_SHARED = 2, 0.6
"""Consonant keys compared of each name, and the part of them that is the same at least."""


def _add_respaced_guess(
    places: Sequence[tuple[int, float]], text: str, vocabulary: Vocabulary
) -> Sequence[tuple[int, float]]:
    """The places with those that the run names by another spacing: Alshaar, al-Shaar."""
    number = vocabulary.phrases.get(text) if places else None
    if number is None:
        return places
    name_table = vocabulary.name_table
    guessed = name_table.places[name_table.first[number] : name_table.first[number + 1]].tolist()
    scores = dict(places) | {row: max(_GUESS, dict(places).get(row, 0.0)) for row in guessed}
    return sorted(scores.items(), key=lambda pair: -pair[1])[:_MOST]


_GUESS = 0.5
"""Score, at least, of a place whose name a rule already made of the words."""


def _share_short_forms(found: dict[str, Sequence[tuple[int, float]]]) -> None:
    """A run that begins a longer one means the same: "Marret" beside "Marret Numan"."""
    for text in found:
        longer = next((other for other in found if found[other] and other.startswith(text + " ")), None)
        if longer:
            found[text] = found[longer]


class _NamedGovernorates:
    """The governorates that a text names, in its order, to find the one nearest to a word."""

    def __init__(self, hits: Hits, name_table: NameTable, index: Index) -> None:
        names = hits.name_id
        known = np.flatnonzero((name_table.salience.take(names) >= FAMOUS) & ~name_table.is_not_place.take(names))
        rows = name_table.places[name_table.first[names[known]]]
        units = index.unit[rows, 0]
        # Without those of no unit: the country and the rivers lie in no governorate.
        self._first, self._unit = hits.first[known][units > 0], units[units > 0]

    def find_around(self, run: UnknownName, begin: int, end: int) -> str | None:
        """The governorate named within a few words behind a run, else the last before it, or None.

        Of the passage from word `begin` to `end` alone, and not by words of the run: Bab Tuma is not in that of al-Bab.
        """
        behind, before = np.searchsorted(self._first, (run.last, run.first)).tolist()
        if behind < len(self._first) and self._first[behind] < min(run.last + _CLOSE, end):
            return f"SY{self._unit[behind]:02d}"
        return f"SY{self._unit[before - 1]:02d}" if before and self._first[before - 1] >= begin else None


_CLOSE, _WITHIN, _MOST = 8, 0.5, 12
"""Words behind a run in which a governorate is said to hold it; how much a place counts that is found only in one
spoken of; and the places of a run, at most."""

_LEAST_SHARE = 0.1
"""Part of the best score below which a place is not worth a thought, however famous it is."""


def _merge_hits(hits: Hits, spans: NDArray[np.int64], first_number: int, form: NDArray[np.uint8]) -> Hits:
    """The hits and the near misses in the order of the text, without guesses at the spacing of these.

    `spans` has a row for each near miss: its number among them, first word, word behind the last, letters of a clitic;
    `first_number` is the name number of the first of them, and `form` is by name.
    """
    starts = hits.flat.starts
    number, first, last, skip = spans.T
    more = (
        number + first_number,
        first,
        last,
        starts[first] + skip,
        starts[last] - 1,
        np.where(skip > 0, CLITICS.index("و"), 0),
        skip > 0,
    )
    joined = Hits(hits.flat, hits.words, np.concatenate((hits.table, np.array(more, np.int64)), axis=1))
    # Where a run comes near, a guess at its spacing is one guess among others.
    spans_found = set(map(tuple, spans[:, 1:3].tolist()))
    kept = np.ones(len(joined), np.bool_)
    (respaced,) = (form.take(hits.name_id) >= Form.SPACING_CHANGED).nonzero()
    spans_respaced = zip(*hits.table[1:3].take(respaced, axis=1).tolist(), strict=True)
    kept[respaced] = [span not in spans_found for span in spans_respaced]
    # In the order of all hits: by first word, the longest first.
    # The last key is the first to sort by; minus, so that the longest of one beginning comes first.
    order = np.lexsort((-joined.last, joined.first))
    return joined.take(order[kept[order]])
