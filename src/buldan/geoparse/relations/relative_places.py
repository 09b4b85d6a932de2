"""Places described relative to others: ريف حلب الشمالي, "5 km north of Idlib", بين سراقب ومعرة النعمان.

The words beside a mention are looked up in `relations.tsv`; what they say becomes an approximate outline with
the mention's own place as its anchor: the land of a unit or a road where the gazetteer has them, else a plain shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geometry import Point, destination, distance_km
from buldan.geoparse.document.flat import Flat, Gap
from buldan.geoparse.names.cues import kind_mask
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.relations.distances import Distance, find_distance_after, find_distance_before, units
from buldan.geoparse.relations.shapes import between, disc, line, midpoint, wedge
from buldan.geoparse.relations.speaking_loop import mark_speaking
from buldan.geoparse.relations.terrain import Terrain
from buldan.geoparse.results import Outline, Relation
from buldan.geoparse.tables import read_table
from buldan.kinds import ADMIN_KINDS
from buldan.model import Geometry, Place
from buldan.text import clitics, fold

__all__ = ["Spot", "relation_of", "speaks_of_relations", "telling_words", "within"]

_MOST_WORDS = 3
_COUNTRYSIDE_KM = 10.0
"""How far the countryside of a place reaches that no unit is named after."""

_HYPHEN, _QUOTE = int(Gap.HYPHEN), int(Gap.QUOTE)

_WHOLE = frozenset({*ADMIN_KINDS, "region"})
"""Kinds of which a direction means a part, not what lies beyond."""


class Spot(NamedTuple):
    """A settled mention: its words (`last` outside) and its place."""

    first: int
    last: int
    place: Place


@dataclass(frozen=True, slots=True)
class _Said:
    """What the words beside a mention say, and which words they are (`last` outside)."""

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
        # وبريف, لريف: clitics are written on to the first word, so that each form stands with all of them.
        if lang == "ar" and side == "before":
            spellings += [clitic + spellings[0] for clitic in clitics()]
        forms.update(dict.fromkeys(spellings, (kind, float(bearing) if bearing else None)))
    return forms


@cache
def _edges(side: str) -> frozenset[str]:
    """The words of the forms that stand next to the name."""
    return frozenset(form.split(" ")[-1 if side == "before" else 0] for form in _forms(side))


@cache
def _edges_of_both() -> frozenset[str]:
    return _edges("before") | _edges("after")


@cache
def _generics() -> frozenset[str]:
    """Words for settlements, units and waters that may stand between what tells of a relation and the name."""
    forms = set()
    for form, lang, side, asked, *_ in read_table("triggers"):
        if kind_mask(asked) & _PASSED_OVER and (lang == "ar" or side == "after"):
            folded = fold(form)
            forms.add(folded)
            if lang == "ar":
                forms.update(clitic + folded for clitic in clitics())
    # A word that tells of a relation itself is not ignored: "countryside of the city of Homs".
    return frozenset(forms) - _edges_of_both() - frozenset({"countryside"})


_PASSED_OVER = kind_mask("admin,city,town,village,neighbourhood,camp,river,lake,dam,airport,airbase,crossing")


def _edge_of(flat: Flat, first: int) -> int:
    """Where a name begins with the generic words before it: مدينة حمص, "the town of Azaz", "the Euphrates"."""
    words, at = flat.words, first
    # The longer phrase first: "the town of" before "town".
    if at > 1 and words[at - 1] == "of" and words[at - 2] in _generics():
        at -= 2
    elif at > 0 and words[at - 1] in _generics() and not words[at - 1].isascii():
        at -= 1
    if at > 0 and words[at - 1] == "the":
        at -= 1
    return at if max(flat.gap_list[at + 1 : first + 1], default=0) <= _QUOTE else first


def speaks_of_relations(hits: Hits) -> NDArray[np.bool_]:
    """Of mentions, whether words near by may tell of a relation; to skip most of them quickly."""
    speaking = np.empty(len(hits), np.bool_)
    mark_speaking(hits.table.data, hits.words.views, speaking.view(np.uint8).data)
    return speaking


@cache
def telling_words() -> frozenset[str]:
    """Words of which one stands near wherever a relation is told."""
    return _edges_of_both() | units()


def relation_of(flat: Flat, spots: Sequence[Spot], at: int, terrain: Terrain) -> Relation | None:
    """The relation in which the text speaks of a place; None where it speaks of the place itself.

    `spots` are the mentions of a passage in order, `at` the one that is asked about.
    """
    # What two places bound comes first: "between Homs and Hama" is no countryside of either.
    line = _line(flat, spots, at, terrain)
    if line:
        return line
    spot = spots[at]
    edge = _edge_of(flat, spot.first)
    before = _said_before(flat, edge) or _sided_before(flat, edge)
    after = _said_after(flat, spot.last)
    if after and after.kind == "toward":
        after = None  # tells of a distance only
    kinds = {said.kind for said in (before, after) if said}
    # A direction before a name is always a relation ("north of Idlib"), behind it only of what is wide ("Aleppo
    # north").
    if "countryside" in kinds or (before and before.kind == "direction"):
        return _toward(flat, spot, before, after, terrain)
    if after and after.kind == "direction" and spot.place.kind in _WHOLE:
        return _directed(flat, spot, after, None, terrain)
    if before and before.kind in ("around", "centre"):
        return _around(flat, spot, before)
    if after and after.kind in ("around", "centre"):
        return _around(flat, spot, after)
    return _away(flat, spot, edge) or _shared_countryside(flat, spots, at, terrain)


def _toward(flat: Flat, spot: Spot, before: _Said | None, after: _Said | None, terrain: Terrain) -> Relation | None:
    """A direction, with a distance or without, or a countryside, with a direction on either side or without."""
    if before and before.kind == "direction" and not (after and after.kind == "countryside"):
        distance = find_distance_before(flat, before.first, _UNIT_WORDS) or find_distance_after(
            flat, spot.last, _UNIT_WORDS
        )
        return _at_distance(flat, spot, before, distance) if distance else _directed(flat, spot, before, None, terrain)
    said, other = (after, before) if after and after.kind == "countryside" else (before, after)
    turned = other if other and other.bearing is not None else None
    return _directed(flat, spot, said, turned, terrain) if said else None


def _said_before(flat: Flat, edge: int) -> _Said | None:
    """The relation whose words end where a name begins, with a direction that stands before a countryside."""
    if not edge or flat.words[edge - 1] not in _edges("before"):
        return None
    # The longest phrase first: "southern countryside of" ends as "countryside of" does.
    for count in range(_MOST_WORDS, 0, -1):
        begin = edge - count
        if begin >= 0 and max(flat.gap_list[begin + 1 : edge + 1]) <= _QUOTE:
            found = _forms("before").get(flat.phrase(begin, edge))
            if found and found[0] != "side":
                return _with_further_direction(flat, _Said(*found, begin, edge))
    return None


def _with_further_direction(flat: Flat, said: _Said) -> _Said:
    """With the direction before it: "southern countryside of", "southern and eastern", شمال وشرق."""
    at = said.first - (said.first > 0 and flat.words[said.first - 1] == "and") - 1
    if said.kind not in ("countryside", "direction") or at < 0 or max(flat.gap_list[at + 1 : said.first + 1]) > _HYPHEN:
        return said
    found = _forms("before").get(flat.words[at])
    apart = at + 1 < said.first or flat.words[said.first].startswith("و")
    if found is None or found[0] != "direction" or (said.bearing is not None and not apart):
        return said
    bearing = found[1] if said.bearing is None else _halfway(said.bearing, found[1])
    further = _Said(said.kind, bearing, at, said.last)
    return further if said.bearing is not None else _with_further_direction(flat, further)


def _halfway(one: float, other: float | None) -> float | None:
    """The direction between two; None between opposite ones."""
    if other is None:
        return one
    # The smaller angle between two bearings, with its sign: from 315 to 45 it is +90 and not -270.
    turn = (other - one + 180) % 360 - 180
    return None if abs(turn) >= _OPPOSITE else (one + turn / 2) % 360


_OPPOSITE = 170.0


def _sided_before(flat: Flat, edge: int) -> _Said | None:
    """A countryside or part with its side before the name: الريف الجنوبي لإدلب, القسم الشرقي من حلب."""
    last = edge - 1 if edge > 0 and flat.words[edge - 1] in _FROM else edge
    belongs = last < edge or flat.words[edge][:1] == "ل"
    for adjectives in (2, 1):
        begin = last - adjectives - 1
        if not belongs or begin < 0 or max(flat.gap_list[begin + 1 : edge + 1]) > _HYPHEN:
            continue
        side = _forms("after").get(flat.phrase(begin + 1, last))
        part = _forms("before").get(flat.words[begin])
        if side and side[0] == "direction" and part and part[0] in ("countryside", "side"):
            return _Said("countryside" if part[0] == "countryside" else "direction", side[1], begin, edge)
    return None


def _said_after(flat: Flat, last: int) -> _Said | None:
    """The relation whose words begin where a name ends: ريف حلب الشمالي والشرقي, "Idlib's southern countryside"."""
    if last >= len(flat.words) or flat.words[last] not in _edges_of_both():
        return None
    for count in (2, 1):
        end = last + count
        if end <= len(flat.words) and max(flat.gap_list[last:end]) <= _HYPHEN:
            found = _forms("after").get(flat.phrase(last, end))
            if found:
                further = flat.words[end] if end < len(flat.words) else ""
                other = _forms("after").get(further[1:]) if further.startswith("و") else None
                if found[0] == "direction" and found[1] is not None and other and other[0] == "direction":
                    return _Said("direction", _halfway(found[1], other[1]), last, end + 1)
                return _Said(*found, last, end)
    side = _forms("before").get(flat.words[last])
    land = _forms("after").get(flat.words[last + 1]) if last + 1 < len(flat.words) else None
    if side and side[0] == "direction" and land and land[0] == "countryside" and flat.gap_list[last + 1] <= _HYPHEN:
        return _Said("countryside", side[1], last, last + 2)
    return None


_UNIT_WORDS = 4
"""Words before a direction, before "from" or behind a name among which the unit of a distance is sought."""


def _relation(
    flat: Flat,
    kind: str,
    words: tuple[int, int],
    anchors: tuple[Place, ...],
    centre: Point,
    radius: float,
    outline: Geometry | Outline,
) -> Relation:
    start, end = flat.span(int(flat.starts[words[0]]), int(flat.starts[words[1]]) - 1)
    said = flat.original[start:end]
    return Relation(kind, said, start, end, anchors, centre.lon, centre.lat, round(radius, 2), outline)


def _at_distance(flat: Flat, spot: Spot, said: _Said, distance: Distance) -> Relation:
    centre = destination(spot.place.point, bearing=said.bearing or 0.0, distance_km=distance.km)
    # People round distances and directions: a quarter of what they say, and never below a kilometre.
    radius = max(1.0, distance.km / 4)
    words = (min(distance.first, said.first), said.last)
    return _relation(flat, "distance", words, (spot.place,), centre, radius, Outline(disc, (centre, radius)))


def _away(flat: Flat, spot: Spot, edge: int) -> Relation | None:
    """So many kilometres from a place: على بعد 5 كم من سراقب, "5 km from Saraqib"; the number may stand behind it.

    In whatever direction, unless one is told behind: تبعد عن تدمر 30 كم باتجاه الشرق.
    """
    if not edge or flat.words[edge - 1] not in _FROM or flat.gap_list[edge] > _QUOTE:
        return None
    said = find_distance_before(flat, edge - 1, _UNIT_WORDS)
    if said is None and edge > 1 and flat.words[edge - 2].endswith(_APART):
        said = find_distance_after(flat, spot.last, _UNIT_WORDS)
    if said is None:
        return None
    first, place = min(said.first, edge - 1), spot.place
    toward = _said_after(flat, max(said.last, spot.last))
    if toward and toward.kind == "toward" and toward.bearing is not None:
        return _at_distance(flat, spot, _Said("distance", toward.bearing, first, edge), said)
    # A tenth for the rounding; and the place has an extent, of which the edge may be meant.
    radius = 1.1 * said.km + min(place.radius_km, 1 + said.km / 2)
    outline = Outline(disc, (place.point, radius))
    return _relation(flat, "distance", (first, edge), (place,), place.point, radius, outline)


_FROM = frozenset({"من", "عن", "from"})
_APART = ("تبعد", "يبعد", "تبعدان", "بعيدا", "بعيده")


def _shared_countryside(flat: Flat, spots: Sequence[Spot], at: int, terrain: Terrain) -> Relation | None:
    """The countryside that several places have together: ريفي حلب وإدلب, "the countryside of Homs and Hama"."""
    first = last = at
    # Back to the first of the list, whose words may speak for all, then on to the last.
    while first and at - first < _MOST_SHARE and _is_listed(flat, spots[first - 1], spots[first]):
        first -= 1
        before = _said_before(flat, _edge_of(flat, spots[first].first))
        if before and before.kind == "countryside" and _is_of_several(flat, before):
            return _directed(flat, spots[at], before, None, terrain)
    while last + 1 < len(spots) and last - at < _MOST_SHARE and _is_listed(flat, spots[last], spots[last + 1]):
        last += 1
        after = _said_after(flat, spots[last].last)
        if after and after.kind == "countryside":
            return _directed(flat, spots[at], after, None, terrain)
    return None


_MOST_SHARE = 6
"""Names of a list to which what is said beside its first or last is handed on, at most."""

_LINKS = frozenset({"and", "و", "û", "ve", "et", "und", "to", "the", "الى", "وبين"})


def _is_listed(flat: Flat, spot: Spot, following: Spot) -> bool:
    """Whether two mentions stand beside each other in a list: a comma, و or "and" between them."""
    between = range(spot.last, following.first)
    if max(flat.gap_list[spot.last : following.first + 1], default=0) > _COMMA:
        return False
    joined = flat.words[following.first].startswith("و") or flat.gap_list[spot.last] == _COMMA
    return joined if not between else all(flat.words[word] in _LINKS for word in between)


def _is_of_several(flat: Flat, said: _Said) -> bool:
    """Whether the words for a countryside are of several places: ريفي, أرياف; in English, always."""
    word = flat.words[said.last - 1]
    return word.isascii() or word.endswith(_OF_SEVERAL)


_COMMA = int(Gap.COMMA)
_OF_SEVERAL = ("ريفي", "ارياف")


def _directed(flat: Flat, spot: Spot, said: _Said, toward: _Said | None, terrain: Terrain) -> Relation:
    """A part of a region, what lies beyond a town on one side, or a countryside or one side of it."""
    place = spot.place
    bearing = toward.bearing if toward else said.bearing
    words = (
        min(said.first, toward.first if toward else said.first),
        max(said.last, toward.last if toward else said.last),
    )
    land = None
    if said.kind == "countryside":
        land = terrain.countryside(place, bearing)
    elif place.kind in _WHOLE and bearing is not None:
        land = terrain.part(place, bearing)
    if land:
        return _relation(flat, said.kind, words, (place,), land.centre, land.reach_km, land.outline)
    # What lies beyond a town on one side, as far as one would still name it after the town.
    reach = place.radius_km if place.kind in _WHOLE else max(3 * place.radius_km, 5.0)
    reach = max(reach, _COUNTRYSIDE_KM) if said.kind == "countryside" else reach
    if bearing is None:
        outline = Outline(disc, (place.point, reach))
        return _relation(flat, said.kind, words, (place,), place.point, reach, outline)
    centre = destination(place.point, bearing=bearing, distance_km=reach / 2)
    outline = Outline(wedge, (place.point, bearing, reach))
    return _relation(flat, said.kind, words, (place,), centre, reach / 2, outline)


def _around(flat: Flat, spot: Spot, said: _Said) -> Relation:
    place = spot.place
    # The middle of a place, or what surrounds it: half of its extent, and half as much again.
    radius = place.radius_km / 2 if said.kind == "centre" else 1.5 * place.radius_km + 1
    outline = Outline(disc, (place.point, radius))
    return _relation(flat, said.kind, (said.first, said.last), (place,), place.point, radius, outline)


def _line(flat: Flat, spots: Sequence[Spot], at: int, terrain: Terrain) -> Relation | None:
    """What lies between two places, or along the road that joins them, seen from either; None where neither is said."""
    spot = spots[at]
    for first, last in ((at, at + 1), (at - 1, at)):
        if first < 0 or last >= len(spots):
            continue
        said = _said_of_both(flat, spots[first], spots[last])
        if said is None:
            continue
        other = spots[last if first == at else first].place
        apart = distance_km(spot.place.point, other.point)
        if spot.place.id == other.id or apart > _LONGEST_ROAD_KM:
            continue
        anchors, words = (spot.place, other), (said.first, said.last)
        if said.kind == "between":
            a, b = spots[first].place.point, spots[last].place.point
            return _relation(flat, "between", words, anchors, midpoint(a, b), apart / 2, Outline(between, (a, b)))
        road = terrain.road(spots[first].place, spots[last].place)
        return _relation(flat, "along", words, anchors, road.middle, road.reach_km, Outline(line, (road.points,)))
    return None


def _said_of_both(flat: Flat, spot: Spot, following: Spot) -> _Said | None:
    """The words that say "between" or "along" of two mentions, before the first or behind the second.

    "the Homs-Tartus road", "between Homs and Hama", طريق حلب - دمشق, "the road from Aleppo to Damascus".
    """
    if following.first - spot.last > _TO_OTHER_END:
        return None
    if spot.place.kind in _LINES or following.place.kind in _LINES:
        return None
    between = [flat.words[word] for word in range(spot.last, following.first)]
    hyphen = not between and flat.gap_list[spot.last] == _HYPHEN
    before = _said_before(flat, _edge_of(flat, spot.first))
    if before and before.kind in _OF_TWO and all(word in _LINKS or word in _generics() for word in between):
        return before
    after = _said_after(flat, following.last) if hyphen else None
    return after if after and after.kind == "along" else None


_OF_TWO = frozenset({"between", "along"})
_LINES = frozenset({"road", "river"})
"""Kinds that bound no line."""
_TO_OTHER_END, _LONGEST_ROAD_KM = 2, 500.0


def within(flat: Flat, start: int, end: int, place: Place) -> Relation:
    """A facility somewhere in a place: its words (code points of the original), with the place as anchor."""
    # Somewhere in the place; half a kilometre at least, for villages have radii of less.
    radius = round(max(place.radius_km, 0.5), 2)
    outline = Outline(disc, (place.point, radius))
    return Relation("within", flat.original[start:end], start, end, (place,), place.lon, place.lat, radius, outline)
