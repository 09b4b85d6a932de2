"""What any town has, asked for with its town: the town's own, not that of a village of its unit."""

from __future__ import annotations

import pytest

from buldan import Gazetteer


@pytest.mark.parametrize(
    ("cell", "within", "name"),
    [
        ("Great Mosque, Mleiha", None, "Great Mosque of Mleiha"),
        ("Salqin: Great Mosque", None, "Great Mosque of Salqin"),
        ("National Hospital, Latakia", None, "National Hospital of Latakia"),
        ("Great Mosque", "Salqin", "Great Mosque of Salqin"),
        ("ساحة الساعة، إدلب", None, "Clock Square of Idlib"),
        ("Feb 23 Street, Raqqa", None, "23 February Street"),
        ("Shubat 23 street", "Ar-Raqqa", "23 February Street"),
        ("March 8 Street Hama", None, "8 March Street of Hama"),
        ("Thirty Street, Idlib", None, "Thirtieth Street of Idlib"),
        ("شارع ثلاثين إدلب", None, "Thirtieth Street of Idlib"),
    ],
)
def test_the_towns_own_is_found(gazetteer: Gazetteer, cell: str, within: str | None, name: str) -> None:
    first, *_ = gazetteer.lookup(cell, within=within)
    assert first.place.name("en") == name
    assert first.score > 0.6


def test_a_neighbouring_towns_is_no_answer(gazetteer: Gazetteer) -> None:
    """Harasta lies three kilometres from Douma, in its district, and has a National Hospital."""
    first, *_ = gazetteer.lookup("المشفى الوطني في دوما")
    assert "Douma" in first.place.name("en")


@pytest.mark.parametrize("thing", ["Great Mosque", "National Hospital", "ساحة الساعة"])
def test_without_a_town_it_is_not_known_which(gazetteer: Gazetteer, thing: str) -> None:
    assert all(match.score < 0.5 for match in gazetteer.lookup(thing))


@pytest.mark.parametrize(
    ("asked", "within", "name"),
    [
        ("حي المحطة", "حمص", "المحطة"),
        ("حي المحطة، حمص", None, "المحطة"),
        ("حي المطار", "درعا", "حي المطار"),
        ("حي المنطقة الصناعية", "حلب", None),
    ],
)
def test_beside_the_word_for_a_quarter_a_word_of_kind_is_its_name(
    gazetteer: Gazetteer, asked: str, within: str | None, name: str | None
) -> None:
    match = gazetteer.lookup(asked, within=within)[0]
    assert match.place.kind == "neighbourhood"
    assert match.score > 0.6
    assert name is None or name in {each.text for each in match.place.names}


def test_a_quarter_named_by_a_kind_that_is_not_known_is_doubtful(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("حي السوق", within="إدلب")[0].score < 0.6


@pytest.mark.parametrize(
    ("cell", "within"),
    [
        ("جسر الرستن", "Homs"),
        ("صوامع الدرباسية", "Al-Hasakeh"),
        ("Great Mosque, Mleiha", None),
        ("National Hospital, Latakia", None),
        ("تل براك", None),
        ("Suwayda", None),
    ],
)
def test_how_many_are_asked_for_does_not_change_the_first(gazetteer: Gazetteer, cell: str, within: str | None) -> None:
    """The town of a facility is no answer before the facility itself, though one match alone is asked for."""
    first, *_ = gazetteer.lookup(cell, within=within)
    for limit in (1, 2, 3, 20):
        matches = gazetteer.lookup(cell, within=within, limit=limit)
        assert matches[0] == first
        assert len(matches) <= limit


@pytest.mark.parametrize("cell", ["unknown, Aleppo", "حلب - غير معروف", "Homs / N/A", "Unspecified, Daraa"])
def test_a_governorate_beside_a_word_for_nothing_is_a_guess(gazetteer: Gazetteer, cell: str) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place.kind in {"city", "governorate"}
    assert best.score < 0.5
    assert "unknown_there" in [reason.rule for reason in best.reasons]


@pytest.mark.parametrize("cell", ["Yalda / N/A", "unknown, Saraqib"])
def test_a_word_for_nothing_beside_a_town_takes_nothing(gazetteer: Gazetteer, cell: str) -> None:
    assert gazetteer.lookup(cell)[0].score > 0.8


@pytest.mark.parametrize(
    "thing", ["harbour", "Customs", "casino", "الجمارك", "المرفأ", "المدرسة", "المسجد", "الحقل", "البلدية"]
)
def test_a_thing_of_any_town_is_no_sure_answer(gazetteer: Gazetteer, thing: str) -> None:
    """Of harbours one may be stored with its town, and a hamlet may be called School."""
    assert all(match.score < 0.6 for match in gazetteer.lookup(thing))


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Jableh harbour", "Jableh harbour"),
        ("harbour, Jableh", "Jableh harbour"),
        ("Dimas housing", "Dimas housing"),
        ("التل", "Al-Tall"),
        ("الدير", "Deir ez-Zor"),
    ],
)
def test_with_its_town_or_known_it_is_one(gazetteer: Gazetteer, cell: str, name: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.name("en") == name
    assert not {"town_left_out", "kind_definite"} & {reason.rule for reason in first.reasons}


@pytest.mark.parametrize("cell", ["فرن المدينة", "فرع الأمن السياسي", "Air Defence Battalion", "سوق القرية"])
def test_what_any_town_has_is_no_hamlet_in_another_order(gazetteer: Gazetteer, cell: str) -> None:
    assert all(match.score < 0.6 for match in gazetteer.lookup(cell))


@pytest.mark.parametrize("text", ["الريف الشمالي", "الريف الغربي", "الريف الشرقي", "مبنى البلدية", "Palace of Justice"])
def test_without_its_town_none_is_sure(gazetteer: Gazetteer, text: str) -> None:
    assert all(match.score < 0.5 for match in gazetteer.lookup(text))


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("مديرية الأوقاف في حلب", "حلب"),
        ("مديرية الثقافة بالسويداء", "السويداء"),
        ("مبنى البلدية - دركوش", "دركوش"),
        ("شعبة التجنيد بالنبك", "النبك"),
        ("health directorate, Tartous", "طرطوس"),
        ("Civil registry of Yabrud", "يبرود"),
        ("ساحة المحافظة - إدلب", "إدلب"),
        ("شاطئ جبلة", "جبلة"),
    ],
)
def test_an_office_that_is_not_known_is_in_its_town(gazetteer: Gazetteer, cell: str, name: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.name_ar == name
    assert 0.5 <= first.score < 0.6


@pytest.mark.parametrize("text", ["طريق حمص", "شارع حمص", "Hamra Street", "Homs road"])
def test_a_street_that_other_towns_have_is_not_sure_without_its_town(gazetteer: Gazetteer, text: str) -> None:
    assert all(match.score < 0.6 for match in gazetteer.lookup(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [("Homs road, Salamiyah", "Homs road of Salamiyah"), ("شارع الحمرا بدمشق", "Hamra Street of Damascus")],
)
def test_a_street_is_sure_with_its_town(gazetteer: Gazetteer, text: str, name: str) -> None:
    first, *_ = gazetteer.lookup(text)
    assert first.place.name_en == name
    assert first.score >= 0.8
