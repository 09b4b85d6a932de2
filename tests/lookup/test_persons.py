"""A cell that is a person's name and nothing else: a quarter or village called so is a guess."""

from __future__ import annotations

import pytest

from buldan import Gazetteer
from buldan.text import is_person_name

SURE = 0.6


@pytest.mark.parametrize(
    "name", ["خالد", "Ibrahim", "Adnan", "غسان", "Hisham ibn Abd al-Malik", "جمال الدين", "محمد حسن", "Ahmad Mohammad"]
)
def test_a_person_s_name_alone_is_no_sure_place(gazetteer: Gazetteer, name: str) -> None:
    first, *_ = gazetteer.lookup(name)
    assert first.score < 0.5
    assert ("person", name) in first.reasons


@pytest.mark.parametrize(
    ("cell", "within"),
    [("خالد، الحسكة", None), ("قرية خالد", None), ("Adnan", "Hasakeh"), ("حي جمال الدين، حمص", None)],
)
def test_a_unit_or_a_word_of_kind_beside_it_makes_a_place_of_it(
    gazetteer: Gazetteer, cell: str, within: str | None
) -> None:
    first, *_ = gazetteer.lookup(cell, within=within)
    assert first.score >= SURE
    assert "person" not in {reason.rule for reason in first.reasons}


@pytest.mark.parametrize("town", ["جاسم", "Salma", "العمر", "Deir Ibrahim", "Sheikh Miskin", "مدينة الثورة"])
def test_a_place_that_is_known_is_no_person(gazetteer: Gazetteer, town: str) -> None:
    assert "person" not in {reason.rule for match in gazetteer.lookup(town) for reason in match.reasons}


@pytest.mark.parametrize(
    ("text", "is_person"),
    [
        ("Abdul Rahman Mustafa", True),
        ("عبد الملك بن مروان", True),
        ("Khaled al-Ahmad", True),
        ("خالد الأحمد", True),
        ("Nour ad-Din", True),
        ("العلي", False),
        ("Tell Khaled", False),
        ("خالد بن", False),
        ("علي الشرقي", False),
        ("", False),
    ],
)
def test_all_words_are_given_names_or_join_them(text: str, is_person: bool) -> None:
    assert is_person_name(text) is is_person


@pytest.mark.parametrize("name", ["مصطفى الشيخ", "فراس الأسود", "حسن درويش", "Nidal Khan", "Tareq Zeid Omari"])
def test_a_given_name_and_a_family_are_no_place_of_like_letters(gazetteer: Gazetteer, name: str) -> None:
    """Sheikh Mustafa, Ras al-Aswad, Bayt Hasan Darwish are places; they are not what is written."""
    matches = gazetteer.lookup(name)
    assert not matches or matches[0].score < 0.5


@pytest.mark.parametrize(
    "place", ["الشيخ مصطفى", "Ali Agha", "علي كاسون", "بيت حسن درويش", "Hasan Darwish village, Aleppo"]
)
def test_a_place_that_is_called_so_is_found(gazetteer: Gazetteer, place: str) -> None:
    first, *_ = gazetteer.lookup(place)
    assert first.score >= SURE
    assert "person" not in {reason.rule for reason in first.reasons}


@pytest.mark.parametrize("name", ["علي الديري", "خالد الحلبي", "ابراهيم الحموي", "يوسف الطرطوسي", "عمر الحلبي"])
def test_a_surname_from_a_city_is_no_unit_of_a_place_called_like_the_given_name(
    gazetteer: Gazetteer, name: str
) -> None:
    assert all(match.score < 0.5 for match in gazetteer.lookup(name))


@pytest.mark.parametrize(
    ("cell", "place"),
    [("سليمان الحلبي", "سليمان الحلبي"), ("حي القابون الدمشقي", "القابون"), ("علي، دير الزور", "العلي")],
)
def test_what_is_called_so_and_what_has_a_sign_is_a_place(gazetteer: Gazetteer, cell: str, place: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.name_ar == place
    assert first.score >= SURE
