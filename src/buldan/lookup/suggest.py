"""Complete a name while it is typed."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from buldan.index import Index, Prefixes, measure_distances_km
from buldan.lookup.query_reading import QueryReading
from buldan.lookup.search import Search
from buldan.model import Place
from buldan.text import Words, derive_plain_key, script_of, split_plain_words

__all__ = ["Suggestion", "complete"]

_MOST_ROWS = 400  # best known forms with a prefix; more cannot be among the few shown

_ARTICLE = "ال"

_WHOLE = 2.0
"""Bonus (nats) of a name that is already complete."""

_OTHER_LETTERS = 0.5
"""Price (nats) of a name that only sounds like the text typed, and does not begin with its letters."""

_LEAST_OPENING = 3
"""Minimum consonants typed before names that begin with similar ones are searched."""

_MOST_COST = 4.0
"""Maximum cost (nats) of a name that counts as a respelling of the text typed."""


class Suggestion(NamedTuple):
    """A name that completes what was typed: the name as written, its place, and a weight (higher first).

    `salience` is the prominence of the place, independent of position: about 2 for a village, 7 for Aleppo.
    """

    text: str
    place: Place
    score: float
    salience: float


FormHits: TypeAlias = tuple[NDArray[Any], NDArray[np.float64]]
"""Forms, and the bonus (nats) that each adds to the salience of its place."""


def complete(
    index: Index, search: Search, prefix: str, *, near: tuple[float, float] | None, limit: int
) -> list[Suggestion]:
    """Names that begin with `prefix`, most prominent first; respellings follow if there are fewer than `limit`.

    Empty for a prefix without letters.
    """
    reading = QueryReading(_read_prefix(prefix), "first")
    best: dict[int, tuple[float, int]] = {}
    # Cheap searches first: similar sounds are searched only while too few names begin with the prefix.
    for find in (_find_begun, _find_sounding_alike, _find_opening_alike) if reading.words else ():
        if len(best) < limit:
            forms, bonus = find(index, search, reading)
            fresh = _keep_best_by_place(index, forms, bonus, near)
            best |= {place: each for place, each in fresh.items() if place not in best}
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
    asked = script_of(prefix)
    return [
        Suggestion(
            _choose_name_shown(index, place, form, asked, reading.plain),
            index.places[place],
            round(weight, 3),
            float(index.salience[place]),
        )
        for place, (weight, form) in ranked
    ]


def _read_prefix(prefix: str) -> Words:
    """The plain words of the text typed. An article is removed even before the letters of its word are typed."""
    words = split_plain_words(prefix)
    if words and words[-1].startswith(_ARTICLE):
        words = (*words[:-1], *filter(None, [words[-1].removeprefix(_ARTICLE)]))
    return words


def _keep_best_by_place(
    index: Index, forms: NDArray[Any], bonus: NDArray[np.float64], near: tuple[float, float] | None
) -> dict[int, tuple[float, int]]:
    """The most prominent form of each place, with its weight."""
    places = index.form_place[forms]
    weights = index.salience[places] + bonus
    if near is not None:
        # A logarithm: 5 or 10 km matters as much as 50 or 100 km.
        weights -= np.log1p(measure_distances_km(index.lon[places], index.lat[places], point=near) / 10)
    best: dict[int, tuple[float, int]] = {}
    for place, weight, form in zip(places.tolist(), weights.tolist(), forms.tolist(), strict=True):
        if place not in best or weight > best[place][0]:
            best[place] = (weight, form)
    return best


def _choose_name_shown(index: Index, place: int, form: int, script: str, typed: str) -> str:
    """A name of a place in the script being typed: its main name if that begins with the text typed, or is not found.

    Many spellings of a place begin alike, and the one found is only the first in the alphabet: Alep before Aleppo. A
    whole name is shown as it was typed.
    """
    found, main = index.names[int(index.form_name[form])], index.places[place].name("ar" if script == "Arab" else "en")
    if found.script != script or found.text == main:
        return main
    key = derive_plain_key(main)
    is_main_meant = key == typed or (key.startswith(typed) and derive_plain_key(found.text) != typed)
    return main if is_main_meant else found.text


def _find_begun(index: Index, _: Search, reading: QueryReading) -> FormHits:
    """Names that begin with the letters typed; complete names get a bonus."""
    start, end = index.prefixes.text.find_prefix_range(reading.plain)
    whole = start
    # The keys are sorted, so that names equal to the prefix come first.
    while whole < end and index.prefixes.text[whole] == reading.plain:
        whole += 1
    rows = _most_prominent(index.prefixes, start, end)
    return index.prefixes.form[rows], np.where(rows < whole, _WHOLE, 0.0)


def _find_sounding_alike(_: Index, search: Search, reading: QueryReading) -> FormHits:
    """Names in the other script, or with another spelling, that sound like the whole text typed."""
    found = search.find_exact([reading]) or search.find_by_skeleton_edit([reading])
    forms = np.array([form for each in found for form in each.forms], np.int32)
    costs = np.array([cost for each in found for cost in each.costs])
    return forms[costs < _MOST_COST], -_OTHER_LETTERS - costs[costs < _MOST_COST]


def _find_opening_alike(index: Index, search: Search, reading: QueryReading) -> FormHits:
    """Names that begin with the consonants typed, and sound like the text."""
    key = next(iter(reading.skeletons), "")
    if len(key) < _LEAST_OPENING:
        return np.zeros(0, np.int32), np.zeros(0)
    rows = _most_prominent(index.openings, *index.openings.text.find_prefix_range(key))
    forms = index.openings.form[rows]
    costs = np.array(search.measure_openings(forms.tolist(), reading))
    return forms[costs < _MOST_COST], -_OTHER_LETTERS - costs[costs < _MOST_COST]


def _most_prominent(prefixes: Prefixes, start: int, end: int) -> NDArray[Any]:
    """The rows from `start` to `end`; of more than `_MOST_ROWS`, the most prominent."""
    if end - start <= _MOST_ROWS:
        return np.arange(start, end)
    # Their order is made later: a partition is linear in time, sorting is not.
    rows: NDArray[Any] = start + np.argpartition(prefixes.rank[start:end], _MOST_ROWS)[:_MOST_ROWS]
    return rows
