"""Things named by a day of the year, and streets by how wide they are."""

from __future__ import annotations

import pytest

from buldan.compile.numbered_names import name_by_day, name_by_width


def test_day_and_month_in_any_order() -> None:
    forms = list(name_by_day("23 February Street", "en"))
    for form in ("February 23 Street", "Feb 23 Street", "23 Shubat Street", "23rd of February Street"):
        assert form in forms
    assert "23 February Street" not in forms


def test_arabic_spells_the_day() -> None:
    assert list(name_by_day("شارع 29 أيار بدمشق", "ar")) == ["شارع التاسع والعشرين من أيار بدمشق"]


@pytest.mark.parametrize("name", ["Tishreen Street", "Street 23", "May Hospital", "500 Village", "32 May Street"])
def test_without_a_day_and_its_month_nothing(name: str) -> None:
    assert list(name_by_day(name, "en")) == []


@pytest.mark.parametrize(
    ("day", "written"), [("1", "1st"), ("2", "2nd"), ("11", "11th"), ("13", "13th"), ("23", "23rd")]
)
def test_english_endings(day: str, written: str) -> None:
    assert f"{written} of May Street" in name_by_day(f"{day} May Street", "en")


def test_width_of_a_street() -> None:
    assert "30th Street of Idlib" in name_by_width("Thirtieth Street of Idlib", "en")
    assert "شارع ثلاثين بإدلب" in name_by_width("شارع الثلاثين بإدلب", "ar")
    assert list(name_by_width("Hamra Street", "en")) == []
