"""The candidates of each hit with what speaks for each by itself: the loop over them.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.names.views import NameViews
from buldan.geoparse.resolution.place_views import PlaceViews

__all__ = ["count_candidates", "fill_candidates"]

_NAME = 0
"""Row of the table of hits (`buldan.geoparse.names.scan.Hits`)."""


def count_candidates(hits: Any, names: NameViews, begins: Any) -> int:
    """How many candidates all hits have together, so that arrays have their length before they are filled.

    Args:
        hits: the table of hits.
        names: all there are.
        begins: by hit, to be filled with where its candidates begin; one more, the end.
    """
    # Counted first: an array grown in the loop would be copied each time.
    first, count = names.first, 0
    for hit in range(hits.shape[1]):
        begins[hit] = count
        count += first[hits[_NAME, hit] + 1] - first[hits[_NAME, hit]]
    begins[hits.shape[1]] = count
    return count


def fill_candidates(
    hits: Any,
    names: NameViews,
    asked: Any,
    places: PlaceViews,
    kinds: int,
    pairs: Any,
    codes: Any,
    values: Any,
) -> None:
    """Fill in the candidates of every hit, one hit after the other.

    Args:
        hits: the table of hits.
        names: all there are.
        asked: by hit, bits of the kinds that the words around it ask for.
        places: all there are.
        kinds: how many kinds there are.
        pairs: two rows, by candidate its hit and its row, to be filled.
        codes: three rows, by candidate its form, whether its kind is asked for, and its kind, to be filled.
        values: by candidate, salience and likeness, to be filled.
    """
    first, rows, form, share = names.first, names.places, names.form_by_place, names.share
    bit, kind, salience = places.bit, places.kind, places.own_salience
    at = 0
    for hit in range(hits.shape[1]):
        name, wanted = hits[_NAME, hit], asked[hit]
        for number in range(first[name], first[name + 1]):
            row = rows[number]
            pairs[0, at], pairs[1, at] = hit, row
            codes[0, at] = form[number]
            # Three codes and no flag: what is asked and not so speaks against, what is not asked says nothing.
            codes[1, at] = 0 if wanted == 0 else 1 if wanted & bit[row] else 2
            # Kinds are numbered twice: how likely a kind is depends on whether one is asked for.
            codes[2, at] = kind[row] if wanted == 0 else kind[row] + kinds
            # By 4, which brings a logarithm of a lookup score (0 to -7) to the size of the other columns.
            values[at, 0], values[at, 1] = salience[row], share[number] / 4.0
            at += 1
