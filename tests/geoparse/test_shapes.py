"""Outlines of relative places: right by Shapely and by the bearings of their corners."""

from __future__ import annotations

import pytest
from shapely.geometry import Point as Spot
from shapely.geometry import box, mapping, shape

from buldan.geometry import Point, bearing_deg, destination, distance_km
from buldan.geoparse.relations.shapes import (
    cut_hole,
    cut_side,
    cut_stretch,
    draw_between,
    draw_disc,
    draw_wedge,
    find_line_middle,
)
from buldan.geoparse.relations.spatial_signals import _average_bearings

HERE = Point(37.0, 35.0)


def turned(one, other):
    return abs((one - other + 180) % 360 - 180)


@pytest.mark.parametrize("bearing", [0, 45, 90, 200, 315])
@pytest.mark.parametrize("half_angle", [30, 45])
def test_a_wedge_lies_on_its_side_and_reaches_as_far_as_is_said(bearing, half_angle):
    apex, *corners, last = draw_wedge(HERE, bearing, 10, half_angle)["coordinates"][0]
    assert apex == last == [37.0, 35.0]
    bearings = [turned(bearing_deg(HERE, corner), bearing) for corner in corners]
    assert max(bearings) == pytest.approx(half_angle, abs=0.2)
    assert [distance_km(HERE, corner) for corner in corners] == pytest.approx([10] * len(corners), rel=0.003)
    outline = shape(draw_wedge(HERE, bearing, 10, half_angle))
    assert outline.is_valid
    assert outline.exterior.is_ccw
    assert outline.contains(Spot(destination(HERE, bearing=bearing, distance_km=9)))


def test_a_circle_is_round_and_a_band_a_third_as_wide_as_long():
    corners = draw_disc(HERE, 5)["coordinates"][0]
    assert [distance_km(HERE, corner) for corner in corners] == pytest.approx([5] * len(corners), rel=0.003)
    there = destination(HERE, bearing=90, distance_km=30)
    middle = destination(HERE, bearing=90, distance_km=15)
    band = shape(draw_between(HERE, there))
    for aside, inside in ((4.8, True), (5.2, False)):
        for bearing in (0, 180):
            assert band.contains(Spot(destination(middle, bearing=bearing, distance_km=aside))) is inside
    near = shape(draw_between(HERE, destination(HERE, bearing=90, distance_km=1)))
    assert near.contains(Spot(destination(HERE, bearing=10, distance_km=0.45)))


SQUARE = mapping(box(36, 34, 38, 36))


@pytest.mark.parametrize("bearing", [0, 45, 90, 225, 300])
def test_one_side_of_an_outline_is_within_45_degrees(bearing):
    side = shape(cut_side(SQUARE, HERE, bearing))
    for turn, inside in ((0, True), (43, True), (-43, True), (47, False), (-47, False), (180, False)):
        for km in (5, 60):
            assert side.contains(Spot(destination(HERE, bearing=bearing + turn, distance_km=km))) is inside, (turn, km)


def test_what_is_near_the_seat_is_not_of_its_side():
    side = shape(cut_side(SQUARE, HERE, 90, beyond_km=10))
    for km, inside in ((9.8, False), (10.2, True)):
        assert side.contains(Spot(destination(HERE, bearing=90, distance_km=km))) is inside
    assert cut_side(mapping(box(36, 34, 36.5, 34.5)), HERE, 45) is None


@pytest.mark.parametrize("outline", [SQUARE, {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]}])
def test_a_hole_is_cut_where_the_seat_lies(outline):
    holed = cut_hole(outline, HERE, 5)
    assert holed["type"] == outline["type"]
    area = shape(holed)
    assert area.is_valid
    for km, inside in ((4.8, False), (5.2, True)):
        assert area.contains(Spot(destination(HERE, bearing=70, distance_km=km))) is inside
    assert cut_hole(outline, Point(40, 35), 5) is outline
    border = Point(36.01, 35.0)
    drawn = shape(cut_hole(outline, border, 20))
    assert drawn.is_valid
    assert shape(SQUARE).covers(drawn)
    assert not drawn.contains(Spot(36.1, 35.0))


def test_a_stretch_runs_from_beside_the_one_to_beside_the_other():
    road = [Point(36, 35), Point(36.5, 35), Point(37, 35.2), Point(37.5, 35.2)]
    a, b = Point(36.25, 35.02), Point(37.25, 35.19)
    there = cut_stretch(road, a, b, off_km=5)
    assert there == [Point(36.25, 35.0), road[1], road[2], Point(37.25, 35.2)]
    assert cut_stretch(road, b, a, off_km=5) == there[::-1]
    assert cut_stretch(road, a, Point(37.25, 35.5), off_km=5) is None
    assert find_line_middle([Point(36, 35), Point(36.1, 35), Point(36.4, 35)]) == pytest.approx((36.2, 35.0))


@pytest.mark.parametrize(
    ("one", "other", "halfway"),
    [
        (0, 90, 45),
        (90, 0, 45),
        (0, 270, 315),
        (270, 0, 315),
        (180, 270, 225),
        (0, 180, None),
        (90, 270, None),
        (45, None, 45),
        (10, 175, 92.5),
        (315, 45, 0),
    ],
)
def test_the_direction_between_two(one, other, halfway):
    assert _average_bearings(one, other) == halfway


@pytest.mark.parametrize(
    ("text", "name", "radius"),
    [
        ("وسط مدينة حلب", "حلب", lambda place: place.radius_km / 2),
        ("في محيط مدينة سراقب", "سراقب", lambda place: 1.5 * place.radius_km + 1),
        ("Fires near the town of Saraqib spread.", "Saraqib", lambda place: 1.5 * place.radius_km + 1),
        ("غرب مدينة حلب", "حلب", lambda place: max(3 * place.radius_km, 5) / 2),
        ("سقطت قذيفة على بعد 12 كم شمال حماة", "حماة", lambda place: 3),
        ("على بعد ثلاثين كيلومترا من حماة", "حماة", lambda place: 33 + min(place.radius_km, 16)),
    ],
)
def test_how_far_a_relation_reaches(geoparser, text, name, radius):
    mention = next(each for each in geoparser.read(text) if each.text == name)
    assert mention.relation.radius_km == pytest.approx(radius(mention.place), abs=0.01)


@pytest.mark.parametrize(
    ("text", "km"),
    [
        ("على بعد عشرة كيلومترات شمال حماة", 10),
        ("على بعد مئة وعشرين كيلومترا شرق حماة", 120),
        ("على بعد ثلاثمئة متر شمال سراقب", 0.3),
        ("على بعد ثلاث مئة متر شمال سراقب", 0.3),
        ("على بعد مئة وخمسة وعشرين كيلومترا شرق حماة", 125),
        ("They met one hundred and twenty kilometres east of Hama.", 120),
        ("They met three hundred metres north of Saraqib.", 0.3),
        ("They met half a mile north of Saraqib.", 0.80467),
        ("They met in Hama and five kilometres north of Saraqib.", 5),
        ("على بعد 1,5 كم شمال سراقب", 1.5),
        ("They met 4 - 6 km north of Saraqib.", 5),
        ("They met 25km north of Saraqib.", 25),
    ],
)
def test_numbers_are_read_as_they_are_said(geoparser, text, km):
    relation = next(each.relation for each in geoparser.read(text) if each.relation)
    assert distance_km(relation.anchors[0].point, (relation.lon, relation.lat)) == pytest.approx(km, rel=0.03)
    assert relation.words.split()[0] not in {"بعد", "كم"}
