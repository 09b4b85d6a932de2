"""Places described relative to others: ريف حلب الشمالي, "5 km north of Idlib", بين سراقب ومعرة النعمان.

What the words beside a mention say (`spatial_signals`) becomes an approximate outline with the mention's own place as
its anchor: the land of a unit or a road where the gazetteer has them, else a plain shape.
"""

from __future__ import annotations

from buldan.geometry import Point, destination, distance_km
from buldan.geoparse.document.flat import Flat, Gap
from buldan.geoparse.relations.distances import Distance, find_distance_after, find_distance_before
from buldan.geoparse.relations.passage_mentions import PassageMentions, PlacedMention
from buldan.geoparse.relations.shapes import draw_between, draw_disc, draw_line, draw_wedge, find_midpoint
from buldan.geoparse.relations.spatial_signals import (
    Signal,
    find_sided_before,
    find_signal_after,
    is_of_several,
    may_tell_distance,
)
from buldan.geoparse.relations.terrain import Terrain
from buldan.geoparse.results import Outline, Relation
from buldan.kinds import ADMIN_KINDS
from buldan.model import Geometry, Place
from buldan.text import load_joining_words

__all__ = ["find_relation", "relate_to_holder"]

_COUNTRYSIDE_KM = 10.0
"""How far the countryside of a place reaches that no unit is named after."""

_QUOTE = int(Gap.QUOTE)

_WHOLE = frozenset({*ADMIN_KINDS, "region"})
"""Kinds of which a direction means a part, not what lies beyond."""


def find_relation(flat: Flat, mentions: PassageMentions, at: int, terrain: Terrain) -> Relation | None:
    """The relation in which the text speaks of a place; None where it speaks of the place itself.

    `mentions` are those of a passage in order, `at` is the number of the one that is asked about.
    """
    # Relations of two places come first: "between Homs and Hama" is no countryside of either.
    of_two = _relate_two_places(flat, mentions, at, terrain)
    if of_two:
        return of_two
    mention = mentions[at]
    edge, before = mentions.find_before(at)
    before = before or find_sided_before(flat, edge)
    after = mentions.find_after(at)
    if after and after.kind == "toward":
        after = None  # tells of a distance only
    kinds = {signal.kind for signal in (before, after) if signal}
    # A direction before a name is always a relation ("north of Idlib"), behind it only of what is wide ("Aleppo
    # north").
    if "countryside" in kinds or (before and before.kind == "direction"):
        return _relate_by_direction(flat, mention, before, after, terrain)
    if after and after.kind == "direction" and mention.place.kind in _WHOLE:
        return _relate_part(flat, mention, after, None, terrain)
    if before and before.kind in ("around", "centre"):
        return _relate_around(flat, mention, before)
    if after and after.kind in ("around", "centre"):
        return _relate_around(flat, mention, after)
    return _relate_by_distance(flat, mention, edge) or _relate_shared_countryside(flat, mentions, at, terrain)


def _relate_by_direction(
    flat: Flat, mention: PlacedMention, before: Signal | None, after: Signal | None, terrain: Terrain
) -> Relation | None:
    """A direction, with a distance or without, or a countryside, with a direction on either side or without."""
    if before and before.kind == "direction" and not (after and after.kind == "countryside"):
        distance = find_distance_before(flat, before.first, _UNIT_WORDS) or find_distance_after(
            flat, mention.last, _UNIT_WORDS
        )
        return (
            _relate_at_distance(flat, mention, before, distance)
            if distance
            else _relate_part(flat, mention, before, None, terrain)
        )
    signal, other = (after, before) if after and after.kind == "countryside" else (before, after)
    turned = other if other and other.bearing is not None else None
    return _relate_part(flat, mention, signal, turned, terrain) if signal else None


_UNIT_WORDS = 4
"""Words before a direction, before "from" or behind a name among which the unit of a distance is sought."""


def _make_relation(
    flat: Flat,
    kind: str,
    words: tuple[int, int],
    anchors: tuple[Place, ...],
    centre: Point,
    radius: float,
    outline: Geometry | Outline,
) -> Relation:
    """A relation whose words are `words` (the last outside); `radius` is in kilometres."""
    start, end = flat.locate_in_original(int(flat.starts[words[0]]), int(flat.starts[words[1]]) - 1)
    quoted = flat.original[start:end]
    return Relation(kind, quoted, start, end, anchors, centre.lon, centre.lat, round(radius, 2), outline)


def _relate_at_distance(flat: Flat, mention: PlacedMention, signal: Signal, distance: Distance) -> Relation:
    """So many kilometres from a place, in the direction of the signal: a disc there."""
    centre = destination(mention.place.point, bearing=signal.bearing or 0.0, distance_km=distance.km)
    # People round distances and directions, so that the place may be a quarter of the distance away, and 1 km at least.
    radius = max(1.0, distance.km / 4)
    words = (min(distance.first, signal.first), signal.last)
    return _make_relation(
        flat, "distance", words, (mention.place,), centre, radius, Outline(draw_disc, (centre, radius))
    )


def _relate_by_distance(flat: Flat, mention: PlacedMention, edge: int) -> Relation | None:
    """So many kilometres from a place: على بعد 5 كم من سراقب, "5 km from Saraqib"; the number may stand behind it.

    In any direction, unless the text gives one behind: تبعد عن تدمر 30 كم باتجاه الشرق.
    """
    words = flat.words
    if not edge or words.at(edge - 1) not in load_joining_words("from") or flat.gap_list[edge] > _QUOTE:
        return None
    distance = find_distance_before(flat, edge - 1, _UNIT_WORDS)
    if distance is None and edge > 1 and may_tell_distance(words.at(edge - 2)):
        distance = find_distance_after(flat, mention.last, _UNIT_WORDS)
    if distance is None:
        return None
    first, place = min(distance.first, edge - 1), mention.place
    toward = find_signal_after(flat, max(distance.last, mention.last))
    if toward and toward.kind == "toward" and toward.bearing is not None:
        return _relate_at_distance(flat, mention, Signal("distance", toward.bearing, first, edge), distance)
    # A tenth for the rounding; and the place has an extent, of which the edge may be meant.
    radius = 1.1 * distance.km + min(place.radius_km, 1 + distance.km / 2)
    outline = Outline(draw_disc, (place.point, radius))
    return _make_relation(flat, "distance", (first, edge), (place,), place.point, radius, outline)


def _relate_shared_countryside(flat: Flat, mentions: PassageMentions, at: int, terrain: Terrain) -> Relation | None:
    """The countryside that several places have together: ريفي حلب وإدلب, "the countryside of Homs and Hama"."""
    first = last = at
    # Back to the first of the list, whose words may speak for all, then on to the last.
    while first and at - first < _MOST_SHARE and mentions.is_listed_with_next(first - 1):
        first -= 1
        _, before = mentions.find_before(first)
        if before and before.kind == "countryside" and is_of_several(flat, before):
            return _relate_part(flat, mentions[at], before, None, terrain)
    while last + 1 < len(mentions) and last - at < _MOST_SHARE and mentions.is_listed_with_next(last):
        last += 1
        after = mentions.find_after(last)
        if after and after.kind == "countryside":
            return _relate_part(flat, mentions[at], after, None, terrain)
    return None


_MOST_SHARE = 6
"""Names of a list, at most, that a countryside beside its first or last name is shared with."""


def _relate_part(
    flat: Flat, mention: PlacedMention, signal: Signal, toward: Signal | None, terrain: Terrain
) -> Relation:
    """A part of a region, what lies beyond a town on one side, or a countryside or one side of it."""
    place = mention.place
    bearing = toward.bearing if toward else signal.bearing
    words = (
        min(signal.first, toward.first if toward else signal.first),
        max(signal.last, toward.last if toward else signal.last),
    )
    land = None
    if signal.kind == "countryside":
        land = terrain.find_countryside(place, bearing)
    elif place.kind in _WHOLE and bearing is not None:
        land = terrain.find_part(place, bearing)
    if land:
        return _make_relation(flat, signal.kind, words, (place,), land.centre, land.reach_km, land.outline)
    # What lies beyond a town on one side, as far as one would still name it after the town.
    reach = place.radius_km if place.kind in _WHOLE else max(3 * place.radius_km, 5.0)
    reach = max(reach, _COUNTRYSIDE_KM) if signal.kind == "countryside" else reach
    if bearing is None:
        outline = Outline(draw_disc, (place.point, reach))
        return _make_relation(flat, signal.kind, words, (place,), place.point, reach, outline)
    centre = destination(place.point, bearing=bearing, distance_km=reach / 2)
    outline = Outline(draw_wedge, (place.point, bearing, reach))
    return _make_relation(flat, signal.kind, words, (place,), centre, reach / 2, outline)


def _relate_around(flat: Flat, mention: PlacedMention, signal: Signal) -> Relation:
    """The surroundings of a place, or its centre: a disc around its point."""
    place = mention.place
    # The middle of a place, or what surrounds it: half of its extent, and half as much again.
    radius = place.radius_km / 2 if signal.kind == "centre" else 1.5 * place.radius_km + 1
    outline = Outline(draw_disc, (place.point, radius))
    return _make_relation(flat, signal.kind, (signal.first, signal.last), (place,), place.point, radius, outline)


def _relate_two_places(flat: Flat, mentions: PassageMentions, at: int, terrain: Terrain) -> Relation | None:
    """What lies between two places, or along the road that joins them, seen from either; None where neither is said."""
    place = mentions.places[at]
    for first in (at, at - 1):
        last = first + 1
        signal = mentions.find_signal_of_two(first) if first >= 0 and last < len(mentions) else None
        if signal is None:
            continue
        other = mentions.places[last if first == at else first]
        apart = distance_km(place.point, other.point)
        if place.id == other.id or apart > _LONGEST_ROAD_KM:
            continue
        anchors, words = (place, other), (signal.first, signal.last)
        if signal.kind == "between":
            a, b = mentions.places[first].point, mentions.places[last].point
            return _make_relation(
                flat, "between", words, anchors, find_midpoint(a, b), apart / 2, Outline(draw_between, (a, b))
            )
        road = terrain.find_road(mentions.places[first], mentions.places[last])
        return _make_relation(
            flat, "along", words, anchors, road.middle, road.reach_km, Outline(draw_line, (road.points,))
        )
    return None


_LONGEST_ROAD_KM = 500.0
"""How far apart the two ends of a road may lie; where they lie farther, one of them is read wrong."""


def relate_to_holder(flat: Flat, start: int, end: int, place: Place) -> Relation:
    """A facility somewhere in a place: its words (code points of the original), with the place as anchor."""
    # Somewhere in the place; half a kilometre at least, for villages have radii of less.
    radius = round(max(place.radius_km, 0.5), 2)
    outline = Outline(draw_disc, (place.point, radius))
    return Relation("within", flat.original[start:end], start, end, (place,), place.lon, place.lat, radius, outline)
