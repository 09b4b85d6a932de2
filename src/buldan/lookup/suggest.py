"""Completing a name as it is typed."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.index import Index, distances_km
from buldan.lookup.readings import Reading
from buldan.lookup.search import Search
from buldan.model import Place
from buldan.text import plain_key, plain_words

__all__ = ["Suggestion", "complete"]

_MOST_ROWS = 400

_MOST_COST = 4.0
"""Nats beyond which a name is no respelling of what was typed."""


class Suggestion(NamedTuple):
    """A name that completes what was typed: the name as written, its place, and a weight (higher first)."""

    text: str
    place: Place
    score: float


def complete(
    index: Index, search: Search, prefix: str, *, near: tuple[float, float] | None, limit: int
) -> list[Suggestion]:
    """Names that begin with `prefix`, the weightiest places first; likely respellings where few begin so.

    Empty for a prefix without letters: nothing has been typed yet.
    """
    words = plain_words(prefix)
    if not words:
        return []
    found: dict[int, tuple[float, int]] = {}
    _add_prefixed(index, plain_key(words), near, found)
    if len(found) < limit:
        _add_sounding(index, search, words, near, found)
    ranked = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
    return [
        Suggestion(index.names[int(index.form_name[form])].text, index.places[place], round(score, 3))
        for place, (score, form) in ranked
    ]


def _add_prefixed(
    index: Index, key: str, near: tuple[float, float] | None, found: dict[int, tuple[float, int]]
) -> None:
    start, end = index.prefix_text.prefix_range(key)
    rows = np.arange(start, end)
    if len(rows) > _MOST_ROWS:
        rows = start + np.argpartition(index.prefix_rank[start:end], _MOST_ROWS)[:_MOST_ROWS]
    exact_end = start
    while exact_end < end and index.prefix_text[exact_end] == key:
        exact_end += 1
    forms = index.prefix_form[rows]
    places = index.form_place[forms]
    weights = index.salience[places] + np.where(rows < exact_end, 2.0, 0.0) - _farness(index, places, near)
    for place, weight, form in zip(places.tolist(), weights.tolist(), forms.tolist(), strict=True):
        if place not in found or weight > found[place][0]:
            found[place] = (weight, form)


def _add_sounding(
    index: Index,
    search: Search,
    words: tuple[str, ...],
    near: tuple[float, float] | None,
    found: dict[int, tuple[float, int]],
) -> None:
    """Names of the other script, or spelled otherwise, that sound like the whole of what was typed."""
    reading = Reading(words, "first")
    for forms in search.exact([reading]) or search.close([reading]):
        places = index.form_place[forms.forms]
        weights = index.salience[places] - np.array(forms.costs) - 0.5 - _farness(index, places, near)
        for place, weight, form, cost in zip(places.tolist(), weights.tolist(), forms.forms, forms.costs, strict=True):
            if place not in found and cost < _MOST_COST:
                found[place] = (weight, form)


def _farness(index: Index, places: NDArray[Any], near: tuple[float, float] | None) -> NDArray[np.float64]:
    if near is None:
        return np.zeros(len(places))
    farness: NDArray[np.float64] = np.log1p(distances_km(index.lon[places], index.lat[places], of=near) / 10)
    return farness
