"""From readings of a question to candidates: which forms of which names could be meant, and how far each sounds.

In stages, each bolder and dearer than the one before; the next is entered only while nothing good was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, Levenshtein

from buldan.index import Index, Postings, Strings, deletions, skeleton_grams
from buldan.lookup.readings import Reading
from buldan.text import edit_cost

__all__ = ["Hit", "close_hits", "exact_hits", "fuzzy_hits", "typed_hits"]

MOST_FORMS = 1000
"""Forms of one key that are looked at; they come in order of salience."""

_MOST_SOUNDS, _MOST_BOLD = 24, 8
"""Different sounds of one reading that are compared by learned costs: where the consonants agree, and elsewhere."""

_MOST_SKELETONS = 24
"""Neighbouring skeletons of one reading."""

_WORTH = 6.0
"""A form that costs so many nats more than the nearest one of the same reading is not worth weighing."""

_MOST_NEAR = 150
"""Forms of neighbouring keys of one reading."""

_LEAST_TYPED = 4
"""Letters of a name below which one edit makes another name of it."""

_SLIP_COST = 2.5
"""Nats that one slip of the finger costs at most: it is no matter how the slipped letter sounds."""

_MANY_LETTERS = 2
"""Edits between folded letters where they are not counted."""

_COMMON_GRAM = 4000
"""A pair of letters that more skeletons share is too common to search by."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A form that a reading may mean.

    Attributes:
        reading: the reading.
        form: row of the form.
        cost: learned edit cost between their sounds, nats.
        letters: edits between their folded letters, 0 or 1; 2 for more, or where they were not counted.
    """

    reading: Reading
    form: int
    cost: float
    letters: int = _MANY_LETTERS

    @property
    def same_fold(self) -> bool:
        """Whether reading and form are the same when folded."""
        return not self.letters


def exact_hits(index: Index, readings: Sequence[Reading]) -> list[Hit]:
    """Forms with the same folded letters or the same consonants as a reading."""
    plain = index.plain.find_all([reading.plain for reading in readings], limit=MOST_FORMS)
    keys = [(position, key) for position, reading in enumerate(readings) for key in reading.skeletons]
    by_key = index.skeleton.find_all([key for _, key in keys], limit=MOST_FORMS)
    sounding: list[list[int]] = [[] for _ in readings]
    for (position, _), forms in zip(keys, by_key, strict=True):
        sounding[position].extend(forms)
    return list(chain.from_iterable(map(_compared, [index] * len(readings), readings, plain, sounding)))


def close_hits(index: Index, readings: Sequence[Reading]) -> list[Hit]:
    """Forms whose consonants are one edit from a reading's."""
    return list(chain.from_iterable(_guessed(index, reading, _near_forms(index, reading)) for reading in readings))


def typed_hits(index: Index, readings: Sequence[Reading]) -> list[Hit]:
    """Forms whose folded letters are one slip of the finger from a reading's: one changed, lost, added or swapped."""
    hits = []
    for reading in readings:
        if len(reading.plain) >= _LEAST_TYPED:
            forms = _slipped_forms(index, reading)
            costs = (edit_cost(sounds, reading.sounds) for sounds in index.sounds.take(forms))
            hits += [Hit(reading, form, min(cost, _SLIP_COST), 1) for form, cost in zip(forms, costs, strict=True)]
    return hits


def fuzzy_hits(index: Index, readings: Sequence[Reading]) -> list[Hit]:
    """Forms whose consonants share the rarer pairs of letters with a reading's."""
    return list(chain.from_iterable(_guessed(index, reading, _alike_forms(index, reading)) for reading in readings))


def _compared(index: Index, reading: Reading, plain: Sequence[int], sounding: Iterable[int]) -> list[Hit]:
    """Hits for forms known to be the same when folded, and for those of other places by the cost of their sounds."""
    hits = [Hit(reading, form, 0.0, 0) for form in plain]
    others = list(dict.fromkeys(sounding))
    if plain:
        named = set(index.form_place[plain].tolist())
        places = index.form_place[others].tolist()
        others = [form for form, place in zip(others, places, strict=True) if place not in named]
    return hits + _sounded(index, reading, others, most=_MOST_SOUNDS, matched=bool(hits)) if others else hits


def _guessed(index: Index, reading: Reading, forms: list[int]) -> list[Hit]:
    """Hits for forms whose consonants are not the reading's."""
    return _sounded(index, reading, list(dict.fromkeys(forms)), most=_MOST_BOLD) if forms else []


def _sounded(index: Index, reading: Reading, forms: list[int], *, most: int, matched: bool = False) -> list[Hit]:
    """Hits for the forms that sound nearest to a reading, and for those not much farther."""
    by_sounds: dict[str, list[int]] = {}
    for form, sounds in zip(forms, index.sounds.take(forms), strict=True):
        by_sounds.setdefault(sounds, []).append(form)
    costs = {sounds: edit_cost(sounds, reading.sounds) for sounds in _closest(reading.sounds, by_sounds, most)}
    worth = (0.0 if matched else min(costs.values())) + _WORTH
    return [Hit(reading, form, cost) for sounds, cost in costs.items() if cost <= worth for form in by_sounds[sounds]]


def _closest(sounds: str, candidates: dict[str, list[int]], most: int) -> Iterable[str]:
    """The candidates worth the dearer comparison."""
    if len(candidates) <= most:
        return candidates
    ranked = process.extract(sounds, list(candidates), scorer=Levenshtein.distance, limit=most)
    return [candidate for candidate, _, _ in ranked]


def _near_forms(index: Index, reading: Reading) -> list[int]:
    rows = (_one_edit_away(key, index.near, index.skeleton_text) for key in reading.skeletons[:2])
    return _forms_of(index.skeleton, dict.fromkeys(chain.from_iterable(rows)))


def _slipped_forms(index: Index, reading: Reading) -> list[int]:
    return _forms_of(index.plain, _one_edit_away(reading.plain, index.typed, index.plain_text))


def _one_edit_away(key: str, postings: Postings, texts: Strings) -> list[int]:
    """Rows of the texts that are one edit from a key, by what is left of both without a letter."""
    found = np.unique(np.concatenate(postings.find_views(sorted(deletions(key)), limit=MOST_FORMS))).tolist()
    pairs = zip(found, texts.take(found), strict=True)
    return [row for row, text in pairs if DamerauLevenshtein.distance(key, text, score_cutoff=1) == 1]


def _alike_forms(index: Index, reading: Reading) -> list[int]:
    """By the grams of the likeliest skeleton: count shared ones among the rarer, keep the most alike."""
    if not reading.skeletons or len(reading.skeletons[0]) < 3:
        return []
    key = reading.skeletons[0]
    found = [rows for rows in index.gram.find_views(sorted(skeleton_grams(key))) if 0 < len(rows) <= _COMMON_GRAM]
    if not found:
        return []
    counts = np.bincount(np.concatenate(found))
    kept = np.flatnonzero(counts >= max(2, counts.max() - 1)).tolist()
    texts = index.skeleton_text.take(kept)
    ranked = process.extract(
        key, texts, scorer=Levenshtein.normalized_similarity, score_cutoff=0.5, limit=_MOST_SKELETONS
    )
    return _forms_of(index.skeleton, (kept[position] for _, _, position in ranked))


def _forms_of(postings: Postings, keys: Iterable[int]) -> list[int]:
    """Forms of the keys in these rows, a fair share of each."""
    rows = np.fromiter(keys, np.int64)
    if not len(rows):
        return []
    share = max(4, _MOST_NEAR // len(rows))
    starts, ends = postings.starts[rows].tolist(), postings.starts[rows + 1].tolist()
    forms = [postings.rows[start : min(end, start + share)] for start, end in zip(starts, ends, strict=True)]
    chosen: list[int] = np.concatenate(forms)[:_MOST_NEAR].tolist()
    return chosen
