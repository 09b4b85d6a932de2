"""What a column of units says beside a name, and the same unit inside the cell: one answer."""

from __future__ import annotations

import pytest

from buldan import Gazetteer

BESIDE = [
    ("Firdaws Pharmacy", "Jasim"),
    ("Cedar Hotel", "Homs"),
    ("صيدلية الحياة", "جبلة"),
    ("فندق النور", "تدمر"),
    ("حي الزيتون", "سلقين"),
    ("حي الميدان", "حلب"),
    ("Sukkari neighbourhood", "Aleppo"),
    ("المشفى الوطني", "السويداء"),
    ("national hospital", "Latakia"),
    ("Great Mosque", "Homs"),
    ("city centre", "Daraa"),
    ("وسط البلد", "حمص"),
    ("مقبرة", "بنش"),
    ("مطار", "حلب"),
    ("قلعة", "حلب"),
    ("ريف", "إدلب"),
    ("الريف الجنوبي", "حماة"),
    ("river", "Raqqa"),
    ("bakery", "Salqin"),
    ("مخيم اليرموك", "دمشق"),
    ("Rukban camp", "Homs"),
    ("Azmarin", "Idlib"),
    ("كفر نبل", "إدلب"),
    ("Duma - Harasta", "Rif Dimashq"),
    ("سلقين وحارم", "إدلب"),
]


@pytest.mark.parametrize(("name", "unit"), BESIDE)
def test_a_unit_in_a_column_is_read_as_the_same_unit_in_the_cell(gazetteer: Gazetteer, name: str, unit: str) -> None:
    cell, column = gazetteer.lookup(f"{name}, {unit}")[0], gazetteer.lookup(name, within=unit)[0]
    assert column.place.id == cell.place.id
    assert (column.score >= 0.6) == (cell.score >= 0.6)


def test_a_code_in_a_column_is_read_as_its_unit(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Cedar Hotel", within="SY04")[0].place.pcode == "C2528"


@pytest.mark.parametrize("cell", ["قرية، حماة", "village, Aleppo", "قرية في حلب", "نهر، حماة", "site, Raqqa"])
def test_a_kind_and_a_unit_name_no_place(gazetteer: Gazetteer, cell: str) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.score < 0.5
    assert "unnamed" in {reason.rule for reason in best.reasons}


@pytest.mark.parametrize(("name", "unit"), [("the town", ["Idlib", "Harim"]), ("القرية", "حماة")])
def test_a_town_or_village_of_a_unit_may_be_any_of_them(gazetteer: Gazetteer, name: str, unit: str | list[str]) -> None:
    assert all(match.score < 0.5 for match in gazetteer.lookup(name, within=unit))


@pytest.mark.parametrize("cell", ["village - Saraqib", "قرية: كفر نبل"])
def test_a_word_of_kind_may_label_the_name_behind_it(gazetteer: Gazetteer, cell: str) -> None:
    assert gazetteer.lookup(cell)[0].score > 0.9


@pytest.mark.parametrize("name", ["Saqba suburb", "Beit Sahm suburb"])
def test_a_suburb_may_be_a_town(gazetteer: Gazetteer, name: str) -> None:
    best = gazetteer.lookup(name, within="Rif Dimashq")[0]
    assert best.place.kind == "town"
    assert best.score > 0.9


def test_two_towns_before_their_governorate_are_two_places(gazetteer: Gazetteer) -> None:
    assert "several_places" in {reason.rule for reason in gazetteer.lookup("Duma, Harasta, Rif Dimashq")[0].reasons}
    assert gazetteer.lookup("Rif Dimashq, Duma, Harasta")[0].place.name_en == "Harasta"


@pytest.mark.parametrize("unit", ["Jarabulus", "Kobani"])
def test_the_seat_of_a_unit_is_its_town_before_what_bears_its_name(gazetteer: Gazetteer, unit: str) -> None:
    first = gazetteer.lookup("Rastan", within=f"{unit} sub-district")[0]
    assert first.unit_only
    assert first.place.kind in {"city", "town"}


KNOWN_THERE = [
    ("مخيم السد", "الحسكة"),
    ("ساحة الجامعة", "Aleppo"),
    ("مدرسة الشرطة", "حلب"),
    ("Police Hospital", "Rural Damascus"),
]


@pytest.mark.parametrize(("name", "unit"), KNOWN_THERE)
def test_words_of_kind_alone_that_are_a_name_there_are_that_place(gazetteer: Gazetteer, name: str, unit: str) -> None:
    (alone, *_), (cell, *_) = gazetteer.lookup(name), gazetteer.lookup(f"{name}, {unit}")
    column = gazetteer.lookup(name, within=unit)[0]
    assert alone.place.id == cell.place.id == column.place.id
    assert min(cell.score, column.score) > 0.6


@pytest.mark.parametrize(("name", "unit"), [("المشفى المركزي", "إدلب"), ("Sham Hotel", "Aleppo"), ("مخيم", "الحسكة")])
def test_words_of_kind_alone_that_any_town_has_name_no_place_of_the_unit_for_sure(
    gazetteer: Gazetteer, name: str, unit: str
) -> None:
    assert all(match.score < 0.6 for match in gazetteer.lookup(f"{name}, {unit}"))
