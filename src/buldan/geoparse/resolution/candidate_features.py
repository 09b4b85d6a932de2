"""The candidates of each hit with what speaks for each by itself: the loop over them.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.linear_sums import SumViews
from buldan.geoparse.names.cues import encode_kinds
from buldan.geoparse.names.hit_rows import CLITIC, CLITIC_BI, FIRST, NAME
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.views import HitViews, NameViews, WordViews
from buldan.geoparse.names.word_classes import WordClass
from buldan.geoparse.resolution.choices import FIRST_CODE, FIRST_OWN, FIRST_PAIR, HIT, ROW, Choices
from buldan.geoparse.resolution.place_views import PlaceViews

__all__ = ["count_candidates", "fill_candidates"]

_NAME, _FIRST_WORD, _CLITIC, _CLITIC_BI = NAME, FIRST, CLITIC, CLITIC_BI
_FIRST, _HIT, _ROW, _FIRST_CODE = FIRST_PAIR, HIT, ROW, FIRST_CODE
"""Rows of the table of hits; of the table by hit; and of the table of pairs."""

_FIRST_OWN = FIRST_OWN
"""Column of the values of pairs."""

_GOVERNORATE, _DISTRICT, _SUBDISTRICT = map(encode_kinds, ("governorate", "district", "sub-district"))
_WIDER = encode_kinds("city,governorate")
_RIVER, _INHABITED = encode_kinds("river"), encode_kinds("settlement,camp")
_INSIDE = int(WordClass.INSIDE)

_ATTESTED = int(Form.ATTESTED)

_TOWN, _CITY = 4, 32
"""Bits of the groups of kinds (`buldan.geoparse.resolution.place_arrays.PlaceArrays.group`)."""

_BELOW = 2.0
"""What a district of its governorate's name loses where none is asked for: ريف دمشق is the governorate."""

_SEAT, _NARROWER = 2.5, 1.0
"""What a seat loses where its district or sub-district is asked for ("Masyaf district", المنطقة: منبج), as a
governorate and a river do, and a sub-district where it may be the district. A word that asks for cities as well
(منطقة عفرين) leaves open which of the two it means."""

_IN_RIVER = 2.5
"""What a river loses behind "in" where people live under its name who are better known: a clinic in Yarmouk."""

_HAMLET, _OVERSHADOWED = 0.47, 0.6
"""Own salience below which lie a quarter of the villages whose people were counted and half of the rest; and what a
city of its name takes from such a one, which is seldom meant though it lies near."""


def count_candidates(hit_views: HitViews, names: NameViews, choices: Choices) -> int:
    """How many candidates all hits have together, so that tables have their length before they are filled.

    Args:
        hit_views: of the table of hits.
        names: all there are.
        choices: in whose table by hit is filled in where its candidates begin; one more, the end.
    """
    # Counted first: an array grown in the loop would be copied each time.
    hits, by_hit, first, count = hit_views.table, choices.by_hit, names.first, 0
    for hit in range(hits.shape[1]):
        by_hit[_FIRST, hit] = count
        count += first[hits[_NAME, hit] + 1] - first[hits[_NAME, hit]]
    by_hit[_FIRST, hits.shape[1]] = count
    return count


def fill_candidates(
    hit_views: HitViews,
    words: WordViews,
    names: NameViews,
    asked: Any,
    places: PlaceViews,
    weights: SumViews,
    kinds: int,
    choices: Choices,
) -> int:
    """Fill in the candidates of every hit, one hit after the other; says how many hits are asked for a governorate.

    Args:
        hit_views: of the table of hits.
        words: of the text.
        names: all there are.
        asked: by hit, bits of the kinds that the words around it ask for.
        places: all there are.
        weights: of what speaks for a candidate by itself.
        kinds: how many kinds there are.
        choices: in whose tables is filled in, by candidate, its hit, its row, and its codes (form, whether its kind is
            asked for, kind), salience and likeness, and what it weighs by itself.
    """
    hits, first, rows, form, share = hit_views.table, names.first, names.places, names.form_by_place, names.share
    bit, kind, salience, group = places.bit, places.kind, places.own_salience, places.group
    pairs, values, at, governorates = choices.pairs, choices.values, 0, 0
    for hit in range(hits.shape[1]):
        name, wanted = hits[_NAME, hit], asked[hit]
        governorates += wanted == _GOVERNORATE
        cities, above, districts, narrow, rivers, begin = 0, 0, 0, 0, 0, at
        for number in range(first[name], first[name + 1]):
            row = rows[number]
            pairs[_HIT, at], pairs[_ROW, at] = hit, row
            pairs[_FIRST_CODE, at] = form[number]
            # Three codes and no flag: what is asked and not so speaks against, what is not asked says nothing.
            pairs[_FIRST_CODE + 1, at] = 0 if wanted == 0 else 1 if wanted & bit[row] else 2
            # Kinds are numbered twice: how likely a kind is depends on whether one is asked for.
            pairs[_FIRST_CODE + 2, at] = kind[row] if wanted == 0 else kind[row] + kinds
            # By 4, which brings a logarithm of a lookup score (0 to -7) to the size of the other columns.
            values[at, _FIRST_OWN], values[at, _FIRST_OWN + 1] = salience[row], share[number] / 4.0
            # Only a city of that very name: what was once called so overshadows nobody.
            cities += group[row] & _CITY != 0 and form[number] == _ATTESTED
            above += bit[row] == _GOVERNORATE
            districts += bit[row] == _DISTRICT
            narrow += bit[row] == _SUBDISTRICT
            rivers += bit[row] == _RIVER
            at += 1
        if above and wanted & _DISTRICT == 0:
            for pair in range(begin, at):
                if bit[pairs[_ROW, pair]] == _DISTRICT:
                    values[pair, _FIRST_OWN] -= _BELOW
        if (districts and wanted & _DISTRICT and not wanted & _WIDER) or (narrow and wanted == _SUBDISTRICT):
            for pair in range(begin, at):
                row = pairs[_ROW, pair]
                if bit[row] == _SUBDISTRICT:
                    values[pair, _FIRST_OWN] -= _NARROWER
                elif bit[row] & wanted == 0 or group[row] & (_TOWN | _CITY):
                    values[pair, _FIRST_OWN] -= _SEAT
        if rivers and wanted == 0 and _is_inside(hits, words, hit):
            _doubt_rivers(choices, bit, begin, at)
        if cities and at - begin > 1:
            _doubt_hamlets(choices, group, begin, at)
    weights.fill(pairs, _FIRST_CODE, values, _FIRST_OWN, choices.scores)
    return governorates


def _is_inside(hits: Any, words: WordViews, hit: int) -> bool:
    """Whether "in" or في stands right before a hit, or ب in its word."""
    first = hits[_FIRST_WORD, hit]
    inside: bool = hits[_CLITIC, hit] == _CLITIC_BI or (first > 0 and words.classes[first - 1] & _INSIDE != 0)
    return inside


def _doubt_rivers(choices: Choices, bit: Any, begin: int, end: int) -> None:
    """Lower the rivers among the pairs of a hit that stands behind "in", where a settlement is better known."""
    pairs, values, inhabited = choices.pairs, choices.values, 0.0
    for pair in range(begin, end):
        if bit[pairs[_ROW, pair]] & _INHABITED:
            inhabited = max(inhabited, values[pair, _FIRST_OWN])
    for pair in range(begin, end):
        if bit[pairs[_ROW, pair]] == _RIVER and values[pair, _FIRST_OWN] < inhabited:
            values[pair, _FIRST_OWN] -= _IN_RIVER


def _doubt_hamlets(choices: Choices, group: Any, begin: int, end: int) -> None:
    """Lower the hamlets among the pairs of a hit that a city bears the name of, too."""
    pairs, values = choices.pairs, choices.values
    for pair in range(begin, end):
        if group[pairs[_ROW, pair]] & _TOWN and values[pair, _FIRST_OWN] < _HAMLET:
            values[pair, _FIRST_OWN] -= _OVERSHADOWED
