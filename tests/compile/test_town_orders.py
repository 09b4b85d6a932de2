"""Things named by their town, in the orders that people write."""

from __future__ import annotations

import pytest

from buldan.compile.town_orders import name_by_town


def _texts(english: str, arabic: str, *, is_built: bool = True) -> list[tuple[str, str]]:
    return [(lang, text) for lang, _, text in name_by_town(english, arabic, is_built=is_built)]


def test_hospital_of_a_town() -> None:
    assert _texts("National Hospital of Masyaf", "المشفى الوطني بمصياف") == [
        ("en", "Masyaf National Hospital"),
        ("en", "National Hospital in Masyaf"),
        ("en", "National Hospital Masyaf"),
        ("en", "National Hospital"),
        ("ar", "المشفى الوطني في مصياف"),
        ("ar", "مشفى مصياف الوطني"),
        ("ar", "المشفى الوطني مصياف"),
        ("ar", "المشفى الوطني"),
    ]


def test_noun_without_an_adjective_keeps_its_order() -> None:
    texts = [text for _, text in _texts("Clock Square of Homs", "ساحة الساعة بحمص")]
    assert "ساحة الساعة في حمص" in texts
    assert "ساحة حمص الساعة" not in texts


def test_the_last_word_between_names_the_town() -> None:
    assert ("en", "Raqqa Church of the Martyrs") in _texts("Church of the Martyrs in Raqqa", "كنيسة الشهداء بالرقة")


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
    assert _texts(english, arabic) == []


def test_quarter_keeps_its_order_and_leaves_its_town_out() -> None:
    assert _texts("Eastern quarter of Qusayr", "الحي الشرقي بالقصير", is_built=False) == [
        ("en", "Eastern quarter Qusayr"),
        ("en", "Eastern quarter"),
        ("ar", "الحي الشرقي القصير"),
        ("ar", "الحي الشرقي"),
    ]


def test_quarter_of_one_word_is_named_with_its_town_alone() -> None:
    assert _texts("Karama of Raqqa", "الكرامة بالرقة", is_built=False) == []


def test_thing_alone_is_a_local_name() -> None:
    kinds = {text: kind for _, kind, text in name_by_town("Great Mosque of Salqin", "الجامع الكبير بسلقين")}
    assert (kinds["Great Mosque"], kinds["الجامع الكبير"]) == ("local", "local")
    assert (kinds["Salqin Great Mosque"], kinds["الجامع الكبير سلقين"]) == ("variant", "variant")
