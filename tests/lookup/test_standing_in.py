"""What stands in a town or is a part of it, named after anything and not known: the town, with the reason."""

from __future__ import annotations

import pytest

from buldan import Gazetteer

TOWNS = [
    ("صيدلية الحياة، جبلة", "جبلة"),
    ("جبلة - فندق النور", "جبلة"),
    ("شركة الوفاء، تدمر، حمص", "تدمر"),
    ("مطعم حلب في الصنمين", "الصنمين"),
    ("استراحة الزهراء بحرستا", "حرستا"),
    ("شارع النخيل (الباب)", "الباب"),
    ("Firdaws Pharmacy, Jasim", "جاسم"),
    ("Raqqa Restaurant, Salkhad", "صلخد"),
    ("Safita: Hope Bookshop", "صافيتا"),
    ("Tartous / Banyas / Cordoba Supermarket", "بانياس"),
    ("Nour Street in Nawa", "نوى"),
]


@pytest.mark.parametrize(("cell", "town"), TOWNS)
def test_of_a_facility_that_is_not_known_the_town_is_given(gazetteer: Gazetteer, cell: str, town: str) -> None:
    matches = gazetteer.lookup(cell)
    assert matches[0].place.name_ar == town
    assert matches[0].score < 0.6
    assert "host" in {reason.rule for reason in matches.reasons}


@pytest.mark.parametrize(
    ("cell", "quarter"),
    [
        ("حلب الشعار حي الزيتون", "الشعار"),
        ("شارع الأمل، حي الشعار، حلب", "الشعار"),
        ("Aleppo, Sukkari neighbourhood, Hope Street", "السكري"),
        ("Hope Street / Sukkari / Aleppo", "السكري"),
    ],
)
def test_of_a_street_in_a_quarter_the_quarter_is_given(gazetteer: Gazetteer, cell: str, quarter: str) -> None:
    matches = gazetteer.lookup(cell)
    assert quarter in matches[0].place.name_ar
    assert "several_places" not in {reason.rule for reason in matches.reasons}


@pytest.mark.parametrize(
    "cell", ["درعا البلد حي الأربعين", "حي الأربعين، درعا البلد", "Daraa al-Balad - Arbaine quarter"]
)
def test_a_quarter_beside_a_part_of_its_town_is_one_place(gazetteer: Gazetteer, cell: str) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place.pcode == "N0510"
    assert best.score > 0.8


@pytest.mark.parametrize(
    ("cell", "town"), [("Jisr al-Shughur, Idlib", "جسر الشغور"), ("سوق وادي بردى، ريف دمشق", "سوق وادي بردى")]
)
def test_a_town_called_after_a_bridge_or_market_is_that_town(gazetteer: Gazetteer, cell: str, town: str) -> None:
    best = gazetteer.lookup(cell)[0]
    assert town in {name.text for name in best.place.names}
    assert best.score > 0.8


def test_what_is_called_after_its_own_village_is_there(gazetteer: Gazetteer) -> None:
    best = gazetteer.lookup("مدرسة تفتناز، إدلب")[0]
    assert best.place.name_ar == "تفتناز"
    assert "facility_there" in {reason.rule for reason in best.reasons}
