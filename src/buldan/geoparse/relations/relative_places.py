"""Places told relative to others: ريف حلب الشمالي, "5 km north of Idlib", بين سراقب ومعرة النعمان.

The words beside a mention are looked up in `relations.tsv`; what they say becomes an approximate outline with
the mention's own place as its anchor.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geometry import Point, destination, distance_km
from buldan.geoparse.document.flat import Flat, Gap
from buldan.geoparse.names.word_cache import Words
from buldan.geoparse.recognition.lists import at_words
from buldan.geoparse.relations.shapes import between, corridor, disc, midpoint, wedge
from buldan.geoparse.results import Outline, Relation
from buldan.geoparse.tables import read_table
from buldan.model import Place
from buldan.text import clitics, fold

__all__ = ["Spot", "relation_of", "speaks_of_relations", "within"]

_MOST_WORDS = 3
_COUNTRYSIDE_KM = 25.0
"""How far the countryside of a city reaches."""

_ROAD_KM = 2.0
"""How far what lies along a road may lie from the straight line."""

_HYPHEN, _QUOTE = int(Gap.HYPHEN), int(Gap.QUOTE)

_WHOLE = frozenset({"country", "governorate", "district", "sub-district", "region"})
"""Kinds of which a direction means a part, not what lies beyond."""


class Spot(NamedTuple):
    """A settled mention: its words (`last` outside) and its place."""

    first: int
    last: int
    place: Place


@dataclass(frozen=True, slots=True)
class _Said:
    """What the words beside a mention say, and which words they are."""

    kind: str
    bearing: float | None
    first: int
    last: int


@cache
def _forms(side: str) -> Mapping[str, tuple[str, float | None]]:
    """Kind and bearing by folded form; Arabic forms before a name also with their clitics."""
    forms: dict[str, tuple[str, float | None]] = {}
    for text, lang, where, kind, bearing, _ in read_table("relations"):
        if where != side:
            continue
        spellings = [fold(text)]
        if lang == "ar" and side == "before":
            spellings += [clitic + spellings[0] for clitic in clitics()]
        forms.update(dict.fromkeys(spellings, (kind, float(bearing) if bearing else None)))
    return forms


@cache
def _edges(side: str) -> frozenset[str]:
    """The words of the forms that stand next to the name."""
    return frozenset(form.split(" ")[-1 if side == "before" else 0] for form in _forms(side))


def speaks_of_relations(
    flat: Flat, words: Words, first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Of mentions, whether a word beside it may tell of a relation; to pass over most of them quickly."""
    found: NDArray[np.bool_] = at_words(words.isin(_edges("before")), first - 1)
    found |= at_words(words.isin(_edges("after")), last)
    away = np.flatnonzero(at_words(words.isin(_FROM), first - 1) & ~found)
    for back in range(3, 3 + _UNIT_WORDS):
        initial = flat.codes[flat.starts[np.maximum(first[away] - back, 0)]]
        found[away] |= (initial >= ord("0")) & (initial <= ord("9"))
    return found


def relation_of(flat: Flat, spot: Spot, following: Spot | None = None) -> Relation | None:
    """The relation in which the text speaks of a place; None where it speaks of the place itself."""
    words = flat.words
    before = _said_before(flat, spot.first) if spot.first and words[spot.first - 1] in _edges("before") else None
    after = _said_after(flat, spot.last) if spot.last < len(words) and words[spot.last] in _edges("after") else None
    if before is None and after is None:
        return _away(flat, spot)
    kinds = {said.kind for said in (before, after) if said}
    if (before and before.kind == "between") or "along" in kinds:
        return _line(flat, spot, following, before, after)
    if "countryside" in kinds or (before and before.kind == "direction"):
        return _toward(flat, spot, before, after)
    said = before or after
    return _around(flat, spot, said) if said and said.kind in ("around", "centre") else None


def _toward(flat: Flat, spot: Spot, before: _Said | None, after: _Said | None) -> Relation | None:
    """A direction, with a distance or without, or a countryside, with a direction on either side or without."""
    if before and before.kind == "direction" and not (after and after.kind == "countryside"):
        distance = _distance_before(flat, before.first)
        return _at_distance(flat, spot, before, *distance) if distance else _directed(flat, spot, before, before)
    said, other = (after, before) if after and after.kind == "countryside" else (before, after)
    return _directed(flat, spot, said, other if other and other.bearing is not None else None) if said else None


def _said_before(flat: Flat, first: int) -> _Said | None:
    for count in range(_MOST_WORDS, 0, -1):
        begin = first - count
        if begin >= 0 and max(flat.gap_list[begin + 1 : first + 1]) <= _QUOTE:
            found = _forms("before").get(flat.phrase(begin, first))
            if found:
                said = _Said(*found, begin, first)
                return _with_countryside(flat, said)
    return None


def _with_countryside(flat: Flat, said: _Said) -> _Said:
    """The direction before the countryside: "southern countryside of Idlib"."""
    if said.kind != "countryside" or said.first == 0:
        return said
    found = _forms("before").get(flat.words[said.first - 1])
    if found and found[1] is not None and flat.gap_list[said.first] <= _HYPHEN:
        return _Said("countryside", found[1], said.first - 1, said.last)
    return said


def _said_after(flat: Flat, last: int) -> _Said | None:
    for count in (2, 1):
        end = last + count
        if end <= len(flat.words) and max(flat.gap_list[last:end]) <= _HYPHEN:
            found = _forms("after").get(flat.phrase(last, end))
            if found:
                return _Said(*found, last, end)
    return None


_KM = re.compile(r"(?:كم|كيلومتر\w*|كلم|كيلو|km|kms|kilomet\w+|ميل|miles?)")
_MILE_KM = 1.609
_UNIT_WORDS = 3
"""Words before a direction, or before "from", among which the unit of a distance is sought."""


def _distance_before(flat: Flat, first: int) -> tuple[float, int] | None:
    """Kilometres said before a direction, and the word where they are said: "5 km north of"."""
    for unit in range(first - 1, max(first - 1 - _UNIT_WORDS, 0), -1):
        if _KM.fullmatch(flat.words[unit]) and unit > 0:
            number = flat.words[unit - 1]
            if number.isdigit() and 0 < int(number) < 500:
                scale = _MILE_KM if flat.words[unit].startswith(("mile", "ميل")) else 1.0
                return int(number) * scale, unit - 1
    return None


def _relation(
    flat: Flat,
    kind: str,
    words: tuple[int, int],
    anchors: tuple[Place, ...],
    centre: Point,
    radius: float,
    outline: Outline,
) -> Relation:
    start, end = flat.span(int(flat.starts[words[0]]), int(flat.starts[words[1]]) - 1)
    said = flat.original[start:end]
    return Relation(kind, said, start, end, anchors, centre.lon, centre.lat, round(radius, 2), outline)


def _at_distance(flat: Flat, spot: Spot, said: _Said, distance: float, first: int) -> Relation:
    centre = destination(spot.place.point, bearing=said.bearing or 0.0, distance_km=distance)
    radius = max(1.0, distance / 4)
    return _relation(
        flat, "distance", (first, said.last), (spot.place,), centre, radius, Outline(disc, (centre, radius))
    )


def _away(flat: Flat, spot: Spot) -> Relation | None:
    """So many kilometres from a place, in whatever direction: على بعد 5 كم من سراقب, "5 km from Saraqib"."""
    if not spot.first or flat.words[spot.first - 1] not in _FROM or flat.gap_list[spot.first] > _QUOTE:
        return None
    said = _distance_before(flat, spot.first - 1)
    if said is None:
        return None
    distance, first = said
    radius, place = 1.1 * distance + spot.place.radius_km, spot.place
    outline = Outline(disc, (place.point, radius))
    return _relation(flat, "distance", (first, spot.first), (place,), place.point, radius, outline)


_FROM = frozenset({"من", "عن", "from"})


def _directed(flat: Flat, spot: Spot, said: _Said, toward: _Said | None) -> Relation:
    """A part of a region, what lies beyond a town on one side, or a countryside or one side of it."""
    place = spot.place
    bearing = toward.bearing if toward and toward.bearing is not None else said.bearing
    words = (
        min(said.first, toward.first if toward else said.first),
        max(said.last, toward.last if toward else said.last),
    )
    countryside = said.kind == "countryside"
    reach = place.radius_km if place.kind in _WHOLE else max(3 * place.radius_km, 5.0)
    reach = max(reach, _COUNTRYSIDE_KM) if countryside and place.kind != "country" else reach
    if bearing is None:
        outline = Outline(disc, (place.point, reach))
        return _relation(flat, said.kind, words, (place,), place.point, reach, outline)
    centre = destination(place.point, bearing=bearing, distance_km=reach / 2)
    outline = Outline(wedge, (place.point, bearing, reach))
    return _relation(flat, said.kind, words, (place,), centre, reach / 2, outline)


def _around(flat: Flat, spot: Spot, said: _Said) -> Relation:
    place = spot.place
    radius = place.radius_km / 2 if said.kind == "centre" else 1.5 * place.radius_km + 1
    outline = Outline(disc, (place.point, radius))
    return _relation(flat, said.kind, (said.first, said.last), (place,), place.point, radius, outline)


def _line(flat: Flat, spot: Spot, following: Spot | None, before: _Said | None, after: _Said | None) -> Relation | None:
    """What lies between two places, or along the road that joins them; None where no second one follows."""
    said = before or after
    if said is None or following is None or following.first - spot.last > 2:
        return None
    a, b = spot.place, following.place
    apart = distance_km(a.point, b.point)
    if a.id == b.id or apart > 500:
        return None
    along = said.kind == "along"
    outline = Outline(corridor, (a.point, b.point, _ROAD_KM)) if along else Outline(between, (a.point, b.point))
    kind = "along" if along else "between"
    return _relation(flat, kind, (said.first, said.last), (a, b), midpoint(a.point, b.point), apart / 2, outline)


def within(flat: Flat, start: int, end: int, place: Place) -> Relation:
    """A facility somewhere in a place: its words (code points of the original), with the place as anchor."""
    radius = round(max(place.radius_km, 0.5), 2)
    outline = Outline(disc, (place.point, radius))
    return Relation("within", flat.original[start:end], start, end, (place,), place.lon, place.lat, radius, outline)
