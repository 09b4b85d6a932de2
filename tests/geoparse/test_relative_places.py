"""Places told relative to others: how far, which way, and between what."""

from __future__ import annotations

import pytest

from buldan.geometry import bearing_deg, distance_km


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
        assert abs((turned - bearing + 180) % 360 - 180) < 3


@pytest.mark.parametrize(
    ("text", "kind", "first", "second"),
    [
        ("بين مدينتي حماة وحمص", "between", "حماة", "حمص"),
        ("طريق حماة - سراقب مقطوع", "along", "حماة", "سراقب"),
        ("The Homs-Hama highway was cut.", "along", "Homs", "Hama"),
        ("The road between Aleppo and Saraqib was cut.", "along", "Aleppo", "Saraqib"),
    ],
)
def test_two_places_bound_a_line(geoparser, text, kind, first, second):
    mention, relation = relation_in(geoparser, text, first)
    assert relation.kind == kind
    other = next(mention for mention in geoparser.read(text) if mention.text == second)
    apart = distance_km(mention.place.point, other.place.point)
    assert {place.id for place in relation.anchors} == {mention.place.id, other.place.id}
    assert distance_km(mention.place.point, (relation.lon, relation.lat)) == pytest.approx(apart / 2, rel=0.02)


def test_two_places_may_share_a_countryside(geoparser):
    mentions = geoparser.read("معارك في ريفي حماة وإدلب")
    assert [(mention.text, mention.relation.kind) for mention in mentions] == [
        ("حماة", "countryside"),
        ("إدلب", "countryside"),
    ]


@pytest.mark.parametrize("text", ["وصل إلى حلب", "They reached Aleppo.", "قال إن حلب مدينة جميلة"])
def test_a_place_itself_has_no_relation(geoparser, text):
    assert all(mention.relation is None for mention in geoparser.read(text))
