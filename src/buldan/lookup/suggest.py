"""Completing a name as it is typed."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.index import Index, Prefixes, distances_km
from buldan.lookup.readings import Reading
from buldan.lookup.search import Search
from buldan.model import Place
from buldan.text import plain_key, plain_words, script_of, words_skeletons

__all__ = ["Suggestion", "complete"]

_MOST_ROWS = 400

_LEAST_OPENING, _LATER = 3, 3.0
"""Consonants from which on names that open with them are worth showing, and how far behind others these stand."""

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
    _add_beginning(index, index.prefixes, plain_key(words), near, found)
    if len(found) < limit:
        _add_sounding(index, search, words, near, found)
    opening = next(iter(words_skeletons(words)), "")
    if len(found) < limit and len(opening) >= _LEAST_OPENING:
        _add_beginning(index, index.openings, opening, near, found, later=_LATER)
    ranked = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
    asked = script_of(prefix)
    return [
        Suggestion(_shown(index, place, form, asked), index.places[place], round(score, 3))
        for place, (score, form) in ranked
    ]


def _shown(index: Index, place: int, form: int, script: str) -> str:
    """The name that was found, if it is of the script that is being typed; else the place's own in that script."""
    name = index.names[int(index.form_name[form])]
    if name.script == script:
        return name.text
    return index.places[place].name("ar" if script == "Arab" else "en")


def _add_beginning(
    index: Index,
    prefixes: Prefixes,
    key: str,
    near: tuple[float, float] | None,
    found: dict[int, tuple[float, int]],
    *,
    later: float = 0.0,
) -> None:
    """Names whose key begins with one, those that are no more than it first; `later` is taken off their weights."""
    start, end = prefixes.text.prefix_range(key)
    rows = np.arange(start, end)
    if len(rows) > _MOST_ROWS:
        rows = start + np.argpartition(prefixes.rank[start:end], _MOST_ROWS)[:_MOST_ROWS]
    exact_end = start
    while exact_end < end and prefixes.text[exact_end] == key:
        exact_end += 1
    forms = prefixes.form[rows]
    places = index.form_place[forms]
    weights = index.salience[places] + np.where(rows < exact_end, 2.0, 0.0) - _farness(index, places, near) - later
    fresh: dict[int, tuple[float, int]] = {}
    for place, weight, form in zip(places.tolist(), weights.tolist(), forms.tolist(), strict=True):
        if place not in fresh or weight > fresh[place][0]:
            fresh[place] = (weight, form)
    found.update((place, each) for place, each in fresh.items() if place not in found)


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
