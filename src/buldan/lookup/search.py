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

from buldan.index import Index, skeleton_deletions, skeleton_grams
from buldan.lookup.readings import Reading
from buldan.text import edit_cost

__all__ = ["STAGES", "Hit", "close_hits", "exact_hits", "fuzzy_hits"]

MOST_FORMS = 1000
"""Forms of one key that are looked at; they come in order of salience."""

_MOST_SOUNDS = 24
"""Different sounds of one reading that are compared by learned costs."""

_MOST_SKELETONS = 24
"""Neighbouring skeletons of one reading."""

_WORTH = 6.0
"""A form that costs so many nats more than the nearest one of the same reading is not worth weighing."""

_MOST_NEAR = 150
"""Forms of neighbouring skeletons of one reading."""

_COMMON_GRAM = 4000
"""A pair of letters that more skeletons share is too common to search by."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A form that a reading may mean.

    Attributes:
        reading: the reading.
        form: row of the form.
        cost: learned edit cost between their sounds, nats.
        same_fold: whether they are the same when folded.
    """

    reading: Reading
    form: int
    cost: float
    same_fold: bool


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
    return list(chain.from_iterable(_compared(index, reading, (), _near_forms(index, reading)) for reading in readings))


def fuzzy_hits(index: Index, readings: Sequence[Reading]) -> list[Hit]:
    """Forms whose consonants share the rarer pairs of letters with a reading's."""
    return list(
        chain.from_iterable(_compared(index, reading, (), _alike_forms(index, reading)) for reading in readings)
    )


STAGES = (exact_hits, close_hits, fuzzy_hits)


def _compared(index: Index, reading: Reading, plain: Sequence[int], sounding: Iterable[int]) -> list[Hit]:
    """Hits for forms known to be the same when folded, and for others by the cost of their sounds."""
    same = set(plain)
    others = [form for form in dict.fromkeys(sounding) if form not in same]
    hits = [Hit(reading, form, 0.0, True) for form in plain]
    if not others:
        return hits
    by_sounds: dict[str, list[int]] = {}
    for form, sounds in zip(others, index.sounds.take(others), strict=True):
        by_sounds.setdefault(sounds, []).append(form)
    costs = {sounds: edit_cost(sounds, reading.sounds) for sounds in _closest(reading.sounds, by_sounds)}
    worth = (0.0 if hits else min(costs.values())) + _WORTH
    for sounds, cost in costs.items():
        if cost <= worth:
            hits.extend(Hit(reading, form, cost, False) for form in by_sounds[sounds])
    return hits


def _closest(sounds: str, candidates: dict[str, list[int]]) -> Iterable[str]:
    """The candidates worth the dearer comparison."""
    if len(candidates) <= _MOST_SOUNDS:
        return candidates
    ranked = process.extract(sounds, list(candidates), scorer=Levenshtein.distance, limit=_MOST_SOUNDS)
    return [candidate for candidate, _, _ in ranked]


def _near_forms(index: Index, reading: Reading) -> list[int]:
    rows: list[int] = []
    for key in reading.skeletons[:2]:
        views = index.near.find_views(sorted(skeleton_deletions(key)), limit=MOST_FORMS)
        found = np.unique(np.concatenate(views)).tolist()
        texts = index.skeleton_text.take(found)
        rows += [row for row, text in zip(found, texts, strict=True) if DamerauLevenshtein.distance(key, text) == 1]
    return _forms_of(index, dict.fromkeys(rows))


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
    return _forms_of(index, (kept[position] for _, _, position in ranked))


def _forms_of(index: Index, skeletons: Iterable[int]) -> list[int]:
    """Forms of the skeletons, a fair share of each."""
    rows = np.fromiter(skeletons, np.int64)
    if not len(rows):
        return []
    share = max(4, _MOST_NEAR // len(rows))
    starts, ends = index.skeleton.starts[rows].tolist(), index.skeleton.starts[rows + 1].tolist()
    forms = [index.skeleton.rows[start : min(end, start + share)] for start, end in zip(starts, ends, strict=True)]
    chosen: list[int] = np.concatenate(forms)[:_MOST_NEAR].tolist()
    return chosen
