"""The candidates of each hit with what speaks for each by itself: the loop over them.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

__all__ = ["count_candidates", "fill_candidates"]


def count_candidates(names: Any, first: Any, begins: Any) -> int:
    """How many candidates all hits have together, so that arrays have their length before they are filled.

    Args:
        names: by hit, its name.
        first: by name, where its places begin; one more, the end.
        begins: by hit, to be filled with where its candidates begin; one more, the end.
    """
    count = 0
    for hit in range(len(names)):
        begins[hit] = count
        count += first[names[hit] + 1] - first[names[hit]]
    begins[len(names)] = count
    return count


def fill_candidates(
    names: Any,
    asked: Any,
    first: Any,
    by_place: tuple[Any, Any, Any],
    by_row: tuple[Any, Any, Any],
    kinds: int,
    out: tuple[Any, Any],
    features: tuple[Any, Any],
) -> None:
    """Fill in the candidates of every hit, one hit after the other.

    Args:
        names: by hit, its name.
        asked: by hit, bits of the kinds that the words around it ask for.
        first: by name, where its places begin; one more, the end.
        by_place: of the places of all names: row, how the name led to it (`Form`), share of a near miss.
        by_row: bit of its kind, number of its kind, how well known it is.
        kinds: how many there are.
        out: by candidate, its hit and its row, to be filled.
        features: codes (form, whether its kind is asked for, kind) and values (salience, likeness), to be filled.
    """
    places, form, share = by_place
    bit, kind, salience = by_row
    hits, rows = out
    codes, values = features
    at = 0
    for hit in range(len(names)):
        wanted = asked[hit]
        for number in range(first[names[hit]], first[names[hit] + 1]):
            row = places[number]
            hits[at], rows[at] = hit, row
            codes[0, at] = form[number]
            codes[1, at] = 0 if wanted == 0 else 1 if wanted & bit[row] else 2
            codes[2, at] = kind[row] if wanted == 0 else kind[row] + kinds
            values[at, 0], values[at, 1] = salience[row], share[number] / 4.0
            at += 1
