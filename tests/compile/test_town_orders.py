"""Things named by their town, in the orders that people write."""

from __future__ import annotations

import pytest

from buldan.compile.town_orders import named_by_town


def test_hospital_of_a_town() -> None:
    assert list(named_by_town("National Hospital of Masyaf", "المشفى الوطني بمصياف")) == [
        ("en", "Masyaf National Hospital"),
        ("en", "National Hospital in Masyaf"),
        ("ar", "المشفى الوطني في مصياف"),
        ("ar", "مشفى مصياف الوطني"),
    ]


def test_noun_without_an_adjective_keeps_its_order() -> None:
    texts = [text for _, text in named_by_town("Clock Square of Homs", "ساحة الساعة بحمص")]
    assert texts == ["Homs Clock Square", "Clock Square in Homs", "ساحة الساعة في حمص"]


def test_the_last_word_between_names_the_town() -> None:
    assert ("en", "Raqqa Church of the Martyrs") in named_by_town(
        "Church of the Martyrs in Raqqa", "كنيسة الشهداء بالرقة"
    )


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("Church of the Apostles", "كنيسة الرسل"),
        ("Castle of Banias", "قلعة بانياس"),
        ("Tomb of Saladin", "ضريح صلاح الدين بدمشق"),
        ("", "المشفى الوطني بمصياف"),
    ],
)
def test_no_town_in_both_names(english: str, arabic: str) -> None:
    assert list(named_by_town(english, arabic)) == []
