"""A village whose name begins with a word for a kind: the word for its own stands before that."""

from __future__ import annotations

import pytest

import buldan


@pytest.mark.parametrize(
    ("text", "within", "name"),
    [
        ("قرية مزرعة شلو", "Aleppo", "مزرعة شلو"),
        ("قرية أم القرى", "Aleppo", "أم القرى"),
        ("Hila Dam village", "Idleb", "سد حيلا"),
        ("قرية سد حيلا", "Idleb", "سد حيلا"),
        ("Mazraet Shlu village", "Aleppo", "مزرعة شلو"),
        ("village of Mazraet Shlu", "Aleppo", "مزرعة شلو"),
        ("Jisr-Ash-Shugur district", "Idleb", "جسر الشغور"),
        ("ناحية جسر الشغور", "Idleb", "جسر الشغور"),
    ],
)
def test_the_village_of_that_whole_name_is_meant(
    gazetteer: buldan.Gazetteer, text: str, within: str, name: str
) -> None:
    match, *_ = gazetteer.lookup(text, within=within)
    assert match.place.name("ar") == name
    assert match.score >= 0.8


@pytest.mark.parametrize(("text", "name"), [("بلدة تل رفعت", "تل رفعت"), ("مدينة حلب", "حلب")])
def test_a_word_for_a_kind_alone_is_left_out_as_before(gazetteer: buldan.Gazetteer, text: str, name: str) -> None:
    assert gazetteer.lookup(text)[0].place.name("ar") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("صيدلية جسر الشغور", "جسر الشغور"),
        ("المركز الطبي في سوق وادي بردى", "سوق وادي بردى"),
        ("Jisr al-Shughur pharmacy", "جسر الشغور"),
        ("pharmacy of Souq Wadi Barada", "سوق وادي بردى"),
    ],
)
def test_a_thing_in_a_town_of_such_a_name_is_not_one_of_the_rest_of_it(
    gazetteer: buldan.Gazetteer, text: str, name: str
) -> None:
    match, *_ = gazetteer.lookup(text)
    assert match.place.name_ar == name
    assert match.score < 0.6
