"""Places described relative to others: ريف حلب الشمالي, "5 km north of Idlib", بين سراقب ومعرة النعمان.

The words beside a mention are looked up in `relations.tsv`; what they say becomes an approximate outline with
the mention's own place as its anchor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.geometry import Point, destination, distance_km
from buldan.geoparse.document.flat import Flat, Gap
from buldan.geoparse.names.cues import kind_mask
from buldan.geoparse.names.word_cache import Words
from buldan.geoparse.names.word_classes import WordClass
from buldan.geoparse.relations.distances import Distance, find_distance_after, find_distance_before, units
from buldan.geoparse.relations.shapes import between, corridor, disc, midpoint, wedge
from buldan.geoparse.results import Outline, Relation
from buldan.geoparse.tables import read_table
from buldan.kinds import ADMIN_KINDS
from buldan.model import Place
from buldan.text import clitics, fold

__all__ = ["Spot", "relation_of", "speaks_of_relations", "telling_words", "within"]

_MOST_WORDS = 3
_COUNTRYSIDE_KM = 25.0
"""How far the countryside of a city reaches."""

_ROAD_KM = 2.0
"""How far what lies along a road may lie from the straight line."""

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
        if lang == "ar" and side == "before":
            spellings += [clitic + spellings[0] for clitic in clitics()]
        forms.update(dict.fromkeys(spellings, (kind, float(bearing) if bearing else None)))
    return forms


@cache
def _edges(side: str) -> frozenset[str]:
    """The words of the forms that stand next to the name."""
    return frozenset(form.split(" ")[-1 if side == "before" else 0] for form in _forms(side))


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
    return frozenset(forms) - _edges("before") - _edges("after") - frozenset({"countryside"})


_PASSED_OVER = kind_mask("admin,city,town,village,neighbourhood,camp,river,lake,dam,airport,airbase,crossing")


def _edge_of(flat: Flat, first: int) -> int:
    """Where a name begins with the generic words before it: مدينة حمص, "the town of Azaz", "the Euphrates"."""
    words, at = flat.words, first
    if at > 1 and words[at - 1] == "of" and words[at - 2] in _generics():
        at -= 2
    elif at > 0 and words[at - 1] in _generics() and not words[at - 1].isascii():
        at -= 1
    if at > 0 and words[at - 1] == "the":
        at -= 1
    return at if max(flat.gap_list[at + 1 : first + 1], default=0) <= _QUOTE else first


def speaks_of_relations(
    flat: Flat, words: Words, first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Of mentions, whether words near by may tell of a relation; to skip most of them quickly."""
    told = (words.classes & _TELLS > 0) | (flat.gaps[:-1] == _HYPHEN)
    before = np.append(0, np.cumsum(told))
    ahead = before[np.minimum(last + _SEEN, len(told))] - before[last]
    found: NDArray[np.bool_] = (ahead + before[first] - before[np.maximum(first - _SEEN, 0)]) > 0
    return found


@cache
def telling_words() -> frozenset[str]:
    """Words of which one stands near wherever a relation is told."""
    return _edges("before") | _edges("after") | units()


_TELLS = int(WordClass.TELLING | WordClass.FIGURE)
_SEEN = 6
"""Words on each side of a mention that may tell of a relation."""


def relation_of(
    flat: Flat, spot: Spot, following: Spot | None = None, preceding: Spot | None = None
) -> Relation | None:
    """The relation in which the text speaks of a place; None where it speaks of the place itself."""
    edge = _edge_of(flat, spot.first)
    before = _said_before(flat, edge) or _sided_before(flat, edge)
    after = _said_after(flat, spot.last)
    if after and after.kind == "toward":
        after = None  # tells of a distance only
    kinds = {said.kind for said in (before, after) if said}
    if (before and before.kind == "between") or "along" in kinds or _joins(flat, spot, following):
        line = _line(flat, spot, following, preceding, before, after)
        if line:
            return line
    if "countryside" in kinds or (before and before.kind == "direction"):
        return _toward(flat, spot, before, after)
    if before and before.kind in ("around", "centre"):
        return _around(flat, spot, before)
    if after and after.kind in ("around", "centre"):
        return _around(flat, spot, after)
    return _away(flat, spot, edge) or _handed_on(flat, spot, preceding)


def _toward(flat: Flat, spot: Spot, before: _Said | None, after: _Said | None) -> Relation | None:
    """A direction, with a distance or without, or a countryside, with a direction on either side or without."""
    if before and before.kind == "direction" and not (after and after.kind == "countryside"):
        distance = find_distance_before(flat, before.first, _UNIT_WORDS) or find_distance_after(
            flat, spot.last, _UNIT_WORDS
        )
        return _at_distance(flat, spot, before, distance) if distance else _directed(flat, spot, before, before)
    said, other = (after, before) if after and after.kind == "countryside" else (before, after)
    return _directed(flat, spot, said, other if other and other.bearing is not None else None) if said else None


def _said_before(flat: Flat, edge: int) -> _Said | None:
    """The relation whose words end where a name begins, with a direction that stands before a countryside."""
    if not edge or flat.words[edge - 1] not in _edges("before"):
        return None
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
    if last >= len(flat.words) or flat.words[last] not in _edges("after") | _edges("before"):
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
    outline: Outline,
) -> Relation:
    start, end = flat.span(int(flat.starts[words[0]]), int(flat.starts[words[1]]) - 1)
    said = flat.original[start:end]
    return Relation(kind, said, start, end, anchors, centre.lon, centre.lat, round(radius, 2), outline)


def _at_distance(flat: Flat, spot: Spot, said: _Said, distance: Distance) -> Relation:
    centre = destination(spot.place.point, bearing=said.bearing or 0.0, distance_km=distance.km)
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
    radius = 1.1 * said.km + min(place.radius_km, 1 + said.km / 2)
    outline = Outline(disc, (place.point, radius))
    return _relation(flat, "distance", (first, edge), (place,), place.point, radius, outline)


_FROM = frozenset({"من", "عن", "from"})
_APART = ("تبعد", "يبعد", "تبعدان", "بعيدا", "بعيده")


def _handed_on(flat: Flat, spot: Spot, preceding: Spot | None) -> Relation | None:
    """The countryside that two places have together: ريفي حلب وإدلب."""
    if preceding is None or preceding.last != spot.first or not flat.words[spot.first].startswith("و"):
        return None
    before = _said_before(flat, _edge_of(flat, preceding.first))
    shared = before is not None and flat.words[before.last - 1].endswith(_OF_BOTH)
    return _directed(flat, spot, before, None) if before and shared and before.kind == "countryside" else None


_OF_BOTH = ("ريفي", "ارياف", "countrysides")


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


def _joins(flat: Flat, spot: Spot, following: Spot | None) -> bool:
    """Whether a hyphen joins two names of which a road is called: "the Homs-Tartus road", طريق حلب - دمشق."""
    if following is None or following.first != spot.last or flat.gap_list[spot.last] != _HYPHEN:
        return False
    behind = _said_after(flat, following.last)
    return behind is not None and behind.kind == "along"


def _line(
    flat: Flat,
    spot: Spot,
    following: Spot | None,
    preceding: Spot | None,
    before: _Said | None,
    after: _Said | None,
) -> Relation | None:
    """What lies between two places, or along the road that joins them; None where no second one stands by."""
    other = following if following and following.first - spot.last <= _TO_OTHER_END else None
    road = after or (_said_after(flat, other.last) if other else None)
    if before is None and preceding and spot.first == preceding.last and flat.gap_list[spot.first] == _HYPHEN:
        other = preceding
    said = before or road
    if said is None or other is None:
        return None
    a, b = spot.place, other.place
    apart = distance_km(a.point, b.point)
    if a.id == b.id or apart > _LONGEST_ROAD_KM:
        return None
    along = said.kind == "along"
    outline = Outline(corridor, (a.point, b.point, _ROAD_KM)) if along else Outline(between, (a.point, b.point))
    kind = "along" if along else "between"
    return _relation(flat, kind, (said.first, said.last), (a, b), midpoint(a.point, b.point), apart / 2, outline)


_TO_OTHER_END, _LONGEST_ROAD_KM = 2, 500.0


def within(flat: Flat, start: int, end: int, place: Place) -> Relation:
    """A facility somewhere in a place: its words (code points of the original), with the place as anchor."""
    radius = round(max(place.radius_km, 0.5), 2)
    outline = Outline(disc, (place.point, radius))
    return Relation("within", flat.original[start:end], start, end, (place,), place.lon, place.lat, radius, outline)
