"""Records of persons, and tables: their labels say that a place follows, and in which unit it lies."""

import pytest


def units_of(geoparser, text):
    """By name, the P-code of the governorate that its place lies in."""
    return {mention.text: mention.place.admin_pcode[:4] for mention in geoparser.read(text)}


@pytest.mark.parametrize(
    ("text", "name", "governorate"),
    [
        # Two villages of a name, of which the unit tells the less known one.
        ("محل الولادة: الصبورة، المحافظة: ريف دمشق", "الصبورة", "SY03"),
        ("محل الولادة: الصبورة، المحافظة: حماة", "الصبورة", "SY05"),
        ("الموقوف خالد العلي، تولد الصبورة 1985، محافظة ريف دمشق", "الصبورة", "SY03"),
        ("مكان الإقامة: صوران | ناحية صوران | حلب | 120 سلة", "صوران", "SY02"),
        ("المحافظة: ريف دمشق، محل الولادة: الصبورة", "الصبورة", "SY03"),
        ("Place of birth: Sabbura, Governorate: Rural Damascus", "Sabbura", "SY03"),
        ("Place of residence: Suran 2, Governorate: Aleppo", "Suran", "SY02"),
        # Another clause, and a label of something else.
        ("Place of birth: Suran. Governorate: Aleppo", "Suran", "SY05"),
        ("القرية: صوران، القتلى: 3، حلب: هدوء", "صوران", "SY05"),
    ],
)
def test_a_label_before_a_unit_says_that_it_holds_the_place(geoparser, text, name, governorate):
    assert units_of(geoparser, text)[name] == governorate


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("الموقوف ياسر بن محمود، والدته فاطمة، تولد الحارة 1981، أحيل إلى القضاء", ["الحارة"]),
        ("طالب جامعي من مواليد التل 1985", ["التل"]),
        ("الاسم: سعيد. محل الولادة: الحارة. الوالدة: مريم", ["الحارة"]),
        ("Name: Said. Place of birth: Milh. Mother: Maryam", ["Milh"]),
        ("من مواليد عام 1985، متزوج", []),
        ("تولد هذه الأخبار أملا كبيرا", []),
    ],
)
def test_where_somebody_was_born_is_a_place(geoparser, text, names):
    """Also where its name is an ordinary word, and nothing else in the record is about Syria."""
    assert [mention.text for mention in geoparser.read(text)] == names


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Shelling hit the village of Abu Baker in Al-Hasakeh", "village"),
        ("Shells fell on the quarter of Abu Baker in Al-Hasakeh", "neighbourhood"),
    ],
)
def test_a_village_is_no_quarter(geoparser, text, kind):
    assert geoparser.read(text)[0].place.kind == kind


@pytest.mark.parametrize(
    ("text", "name", "governorate"),
    [
        # A village of the governorate that is named, and not the city of its name elsewhere.
        ("Shelling hit Al-Qusayr in Daraa governorate", "Al-Qusayr", "SY12"),
        ("وصلوا إلى القصير بمحافظة درعا", "القصير", "SY12"),
        ("تقع بانياس في محافظة القنيطرة", "بانياس", "SY14"),
        ("وصلوا إلى بانياس في محافظة طرطوس", "بانياس", "SY10"),
        ("Baniyas, in Quneitra Governorate, is a spring.", "Baniyas", "SY14"),
        # No place of the name lies there.
        ("Mayadin in Daraa governorate", "Mayadin", "SY09"),
        ("الميادين في محافظة إدلب", "الميادين", "SY09"),
    ],
)
def test_a_governorate_named_as_such_outweighs_fame(geoparser, text, name, governorate):
    assert units_of(geoparser, text)[name] == governorate


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Site | Camps | Families\nHarim | 3 | 210\nSalquin | 4 | 90\nArmanas | 2 | 33",
            ["Harim", "Salquin", "Armanas"],
        ),
        ("Name | Age | From\nSamer Homsi | 34 | Saraqib\nKhaled | 20 | Taftanaz", ["Saraqib", "Taftanaz"]),
        ("Item | Price\nFlour | 12\nLentils | 10\nPrices in Idlib and Saraqib", ["Idlib", "Saraqib"]),
    ],
)
def test_a_spelling_that_nobody_knows_may_be_the_first_cell_of_a_row(geoparser, text, names):
    """Persons and goods head rows, too, and are none."""
    assert [mention.text for mention in geoparser.read(text)] == names
