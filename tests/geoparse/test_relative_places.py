"""Places told relative to others: how far, which way, and between what."""

from __future__ import annotations

from itertools import pairwise

import pytest

from buldan.geometry import bearing_deg, distance_km
from buldan.geoparse.document.flat import flatten
from buldan.geoparse.relations.spatial_signals import find_signal_after
from buldan.outlines import covers


def relation_in(geoparser, text, name):
    mention = next(mention for mention in geoparser.read(text) if mention.text == name)
    return mention, mention.relation


@pytest.mark.parametrize(
    ("text", "name", "km", "bearing"),
    [
        ("سقطت قذيفة على بعد 12 كم شمال حماة", "حماة", 12, 0),
        ("سقطت قذيفة على بعد 3.5 كم غرب مدينة إدلب", "إدلب", 3.5, 270),
        ("شرق مدينة حماة بنحو 15 كم", "حماة", 15, 90),
        ("جنوب بلدة سراقب بمسافة سبعة كيلومترات", "سراقب", 7, 180),
        ("تبعد عن مدينة حمص 40 كيلومترا باتجاه الشرق", "حمص", 40, 90),
        ("على بعد خمسة وعشرين كيلومترا شمال شرق حلب", "حلب", 25, 45),
        ("على بعد ٧ كم جنوب غرب الرقة", "الرقة", 7, 225),
        ("A mine exploded 9km NW of Aleppo.", "Aleppo", 9, 315),
        ("A shell fell 2.5 km north of Idlib.", "Idlib", 2.5, 0),
        ("They camped 8-10 km east of the town of Saraqib.", "Saraqib", 9, 90),
        ("They camped five miles south of Hama.", "Hama", 8.05, 180),
        ("They stopped 800 metres west of Saraqib.", "Saraqib", 0.8, 270),
    ],
)
def test_a_distance_in_a_direction_lies_that_far_that_way(geoparser, text, name, km, bearing):
    mention, relation = relation_in(geoparser, text, name)
    assert relation.kind == "distance"
    here, there = mention.place.point, (relation.lon, relation.lat)
    assert distance_km(here, there) == pytest.approx(km, rel=0.03)
    assert abs((bearing_deg(here, there) - bearing + 180) % 360 - 180) < 3


@pytest.mark.parametrize(
    ("text", "name", "km"),
    [
        ("على بعد ثلاثين كيلومترا من حماة", "حماة", 30),
        ("على بعد كيلومترين من سراقب", "سراقب", 2),
        ("They live 5 km from Saraqib.", "Saraqib", 5),
        ("على بعد 1.5 كم من مدينة إدلب", "إدلب", 1.5),
    ],
)
def test_a_distance_without_direction_is_a_circle_around_the_place(geoparser, text, name, km):
    mention, relation = relation_in(geoparser, text, name)
    assert relation.kind == "distance"
    assert (relation.lon, relation.lat) == mention.place.point
    assert km <= relation.radius_km <= 2 * km + 2 + mention.place.radius_km


@pytest.mark.parametrize(
    ("text", "name", "kind", "bearing"),
    [
        ("ريف مدينة إدلب", "إدلب", "countryside", None),
        ("الريف الشمالي لحماة", "حماة", "countryside", 0),
        ("الريف الشرقي لمدينة حمص", "حمص", "countryside", 90),
        ("قصف على ريف حماة الشمالي والشرقي", "حماة", "countryside", 45),
        ("قصف على القسم الغربي من حلب", "حلب", "direction", 270),
        ("شمال وغرب حلب", "حلب", "direction", 315),
        ("غرب مدينة حلب", "حلب", "direction", 270),
        ("وسط مدينة حلب", "حلب", "centre", None),
        ("في محيط مدينة سراقب", "سراقب", "around", None),
        ("قرب بلدة معرة النعمان", "معرة النعمان", "around", None),
        ("Shells hit Hama's northern countryside.", "Hama", "countryside", 0),
        ("Fighting south of the city of Hama continued.", "Hama", "direction", 180),
        ("Fighting in the southern and eastern countryside of Hama.", "Hama", "countryside", 135),
        ("Fires near the town of Saraqib spread.", "Saraqib", "around", None),
    ],
)
def test_generic_words_do_not_hide_what_is_said(geoparser, text, name, kind, bearing):
    mention, relation = relation_in(geoparser, text, name)
    assert relation.kind == kind
    if bearing is not None:
        turned = bearing_deg(mention.place.point, (relation.lon, relation.lat))
        assert abs((turned - bearing + 180) % 360 - 180) < (45 if kind == "countryside" else 3)


@pytest.mark.parametrize(
    ("text", "name", "inside", "outside"),
    [
        # Afrin, Jarablus and Khanasir are in the governorate, Idlib and the city itself are not of its countryside.
        ("معارك في ريف حلب", "حلب", ("C1366", "C2227", "C2169"), ("C1007", "C3871")),
        ("معارك في ريف حلب الشمالي", "حلب", ("C1564", "C1643"), ("C1007", "C2169", "C1022")),
        ("Fires in the eastern countryside of Homs.", "Homs", ("C2889", "C2633"), ("C2528", "C2762", "C3244")),
        ("قرية في ريف عفرين", "عفرين", ("C1426", "C1484"), ("C1366", "C1564")),
        ("معارك في ريف دمشق الغربي", "ريف دمشق", ("C2470",), ("C2338", "C1001")),
        ("Fighting in northern Homs governorate.", "Homs", ("C2870",), ("C2733",)),
    ],
)
def test_a_countryside_is_the_land_of_the_unit(geoparser, text, name, inside, outside):
    _, relation = relation_in(geoparser, text, name)
    places = geoparser.resources.index
    assert [pcode for pcode in inside if not covers(relation.area, places.find_id(pcode).point)] == []
    assert [pcode for pcode in outside if covers(relation.area, places.find_id(pcode).point)] == []
    reach = [distance_km((relation.lon, relation.lat), places.find_id(pcode).point) for pcode in inside]
    assert max(reach) <= relation.radius_km


def test_the_countryside_of_a_village_is_around_it(geoparser):
    mention, relation = relation_in(geoparser, "ريف كفرنبودة الشمالي هادئ، وريف تل مرديخ مثله", "كفرنبودة")
    assert distance_km(mention.place.point, (relation.lon, relation.lat)) < 20


@pytest.mark.parametrize(
    ("text", "first", "second", "by", "km"),
    [
        ("The Homs-Tartus road was cut by snow.", "Homs", "Tartus", "C2762", 95),
        ("the road from Aleppo to Damascus", "Aleppo", "Damascus", "C2987", 325),
        ("الطريق بين سراقب وحماة مقطوع", "سراقب", "حماة", "C3987", 88),
    ],
)
def test_a_road_is_the_line_that_joins_its_ends(geoparser, text, first, second, by, km):
    """`by` is a town that the road passes, `km` how long it is through the towns that it passes."""
    for name, other in ((first, second), (second, first)):
        mention, relation = relation_in(geoparser, text, name)
        line = [tuple(corner) for corner in relation.area["coordinates"]]
        length = sum(distance_km(a, b) for a, b in pairwise(line))
        assert (relation.kind, relation.area["type"]) == ("along", "LineString")
        assert relation.anchors[0].id == mention.place.id
        assert distance_km(line[0], relation_in(geoparser, text, first)[0].place.point) < 0.1
        assert distance_km(line[-1], relation_in(geoparser, text, second)[0].place.point) < 0.1
        town = geoparser.resources.index.find_id(by)
        assert min(distance_km(corner, town.point) for corner in line) < 5
        assert length == pytest.approx(km, rel=0.05)
        assert distance_km((relation.lon, relation.lat), line[0]) == pytest.approx(length / 2, rel=0.15)
        assert relation_in(geoparser, text, other)[1].area == relation.area


@pytest.mark.parametrize(
    ("text", "name", "road"),
    [
        ("Trucks were stranded on the M4 near Ariha.", "M4", "curated:m4"),
        ("The M4 and M5 highways were shelled.", "M5", "curated:m5"),
        ("قطع طريق حلب دمشق الدولي عند سراقب", "طريق حلب دمشق الدولي", "curated:m5"),
    ],
)
def test_a_road_with_a_name_is_a_place_with_a_line(geoparser, text, name, road):
    mention = next(mention for mention in geoparser.read(text) if mention.text == name)
    assert mention.place.id == geoparser.resources.index.find_id(road).id
    assert mention.place.area["type"] == "LineString"


def test_roads_of_other_lands_stay_there(geoparser):
    assert geoparser.read("Lorries queued on the M4 near Swindon.") == []


@pytest.mark.parametrize(
    ("text", "kind", "first", "second"),
    [
        ("بين مدينتي حماة وحمص", "between", "حماة", "حمص"),
        ("طريق حماة - سراقب مقطوع", "along", "حماة", "سراقب"),
        ("The Homs-Hama highway was cut.", "along", "Homs", "Hama"),
        ("The road between Aleppo and Saraqib was cut.", "along", "Aleppo", "Saraqib"),
        ("قطع الطريق من حماة إلى حمص", "along", "حماة", "حمص"),
        ("قطع الطريق من حماة الى حمص", "along", "حماة", "حمص"),
        ("طريق حماة الى سراقب مقطوع", "along", "حماة", "سراقب"),
        ("انقطع طريق من حماة الى حمص", "along", "حماة", "حمص"),
        ("قطع الطريق الواصل بين حماة وبين حمص", "along", "حماة", "حمص"),
    ],
)
def test_two_places_bound_a_line(geoparser, text, kind, first, second):
    mention, relation = relation_in(geoparser, text, first)
    assert relation.kind == kind
    other = next(mention for mention in geoparser.read(text) if mention.text == second)
    apart = distance_km(mention.place.point, other.place.point)
    assert {place.id for place in relation.anchors} == {mention.place.id, other.place.id}
    assert distance_km(mention.place.point, (relation.lon, relation.lat)) == pytest.approx(apart / 2, rel=0.05)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("معارك في ريفي حماة وإدلب", ["حماة", "إدلب"]),
        ("هطلت الأمطار في أرياف حلب وإدلب وحماة", ["حلب", "إدلب", "حماة"]),
        ("Fighting in the Homs and Hama countryside went on.", ["Homs", "Hama"]),
        ("Fires in the countryside of Aleppo, Idlib and Hama spread.", ["Aleppo", "Idlib", "Hama"]),
    ],
)
def test_several_places_may_share_a_countryside(geoparser, text, names):
    told = [(mention.text, mention.relation and mention.relation.kind) for mention in geoparser.read(text)]
    assert told == [(name, "countryside") for name in names]


@pytest.mark.parametrize("text", ["وصل إلى حلب", "They reached Aleppo.", "قال إن حلب مدينة جميلة"])
def test_a_place_itself_has_no_relation(geoparser, text):
    assert all(mention.relation is None for mention in geoparser.read(text))


@pytest.mark.parametrize(
    ("text", "bearing"),
    [
        ("Aleppo western countryside is quiet", 270),
        ("Aleppo western, countryside is quiet", None),
        ("Aleppo. Western countryside is quiet", None),
        ("Aleppo, western countryside is quiet", None),
    ],
)
def test_a_side_and_its_land_are_of_the_name_that_they_follow_without_a_stop(text, bearing):
    signal = find_signal_after(flatten(text), 1)
    assert (signal and signal.bearing) == bearing
