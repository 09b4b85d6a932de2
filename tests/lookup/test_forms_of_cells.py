"""Words around a name that forms, registers and news write: labels, where a person is from, who reports."""

from __future__ import annotations

import pytest

from buldan import Gazetteer


@pytest.mark.parametrize(
    ("cell", "pcode"),
    [
        ("Governorate: Idleb, District: Harim, Sub-district: Salqin, Community: Azmarin", "C4143"),
        ("Governorate: Idleb; District: Harim; Sub-district: Salqin; Village: Azmarin", "C4143"),
        ("محافظة: إدلب؛ منطقة: حارم؛ ناحية: سلقين؛ قرية: عزمارين", "C4143"),
        ("المحافظة: إدلب المنطقة: حارم الناحية: سلقين القرية: عزمارين", "C4143"),
        ("المحافظة: إدلب، القرية: عزمارين", "C4143"),
        ("Governorate: Idleb District: Harim Village: Azmarin", "C4143"),
        ("المحافظة: إدلب", "SY07"),
        ("Sub-district: Salqin, Community: Azmarin", "C4143"),
        ("Sub-district: Salqin", "SY070302"),
        ("قيد النفوس: دركوش", "C4252"),
        ("مكان السكن: سراقب", "C3916"),
        ("نازح من سراقب", "C3916"),
        ("IDPs from Saraqib", "C3916"),
        ("families from Azmarin, Idleb", "C4143"),
        ("عائدون إلى سراقب", "C3916"),
        ("سراقب وما حولها", "C3916"),
        ("عزمارين ومحيطها", "C4143"),
        ("Azmarin community, Salqin", "C4143"),
        ("مهجرين من الزبداني", "C2429"),
        ("Hometown: Saraqib", "C3916"),
        ("evacuated from Zabadani", "C2429"),
        ("أمام منزله في دركوش", "C4252"),
        ("اعتقل في دركوش", "C4252"),
        ("arrested at his home in Saraqib", "C3916"),
        ("killed in 2014 in Darkosh", "C4252"),
        ("ر. حلب - دارة عزة", "C1139"),
        ("Admin1: Idleb, Admin2: Harim, Admin3: Salqin, Admin4: Azmarin", "C4143"),
        ("admin1=Idleb; admin2=Harim; admin3=Salqin; admin4=Azmarin", "C4143"),
        ("ADM1_EN: Idleb | ADM4_EN: Azmarin", "C4143"),
        ("SD: Salqin - Com: Azmarin", "C4143"),
        ("الناحية=سلقين; التجمع=عزمارين", "C4143"),
        ("التجمع السكني: عزمارين", "C4143"),
        ("Location name: Azmarin", "C4143"),
        ("اسم الناحية: سلقين", "SY070302"),
        ("D. Zor - Mayadin", "C5192"),
        ("R. Dimashq, Zabadani", "C2429"),
    ],
)
def test_labels_and_whence_are_no_part_of_the_name(gazetteer: Gazetteer, cell: str, pcode: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.pcode == pcode
    assert first.score >= 0.6


@pytest.mark.parametrize(
    ("cell", "pcode"),
    [
        ("HASAKAH, Syria (AP) —", "C4360"),
        ("TARTUS, Syria, March 12 (Reuters)", "C5221"),
        ("اللاذقية - سانا", "C3480"),
        ("السويداء (أ ف ب)", "C6147"),
        ("Kobanî – ANHA", "C1946"),
        ("عنب بلدي - سراقب", "C3916"),
    ],
)
def test_a_dateline_is_its_place(gazetteer: Gazetteer, cell: str, pcode: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.pcode == pcode
    assert first.score >= 0.6


@pytest.mark.parametrize(("cell", "pcode"), [("Sana, As-Sweida", "C6178"), ("16 تشرين، اللاذقية", None)])
def test_a_name_that_is_an_agency_s_or_a_day_s_stays_one(gazetteer: Gazetteer, cell: str, pcode: str | None) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.kind not in {"city", "governorate"}
    assert pcode in {None, first.place.pcode}


@pytest.mark.parametrize(
    ("cell", "pcode"),
    [
        ("Darat Izza, à l'ouest d’Alep", "C1139"),
        ("Saraqeb au sud d'Alep", "C3916"),
        ("Camp de Yarmouk à Damas", "C1002"),
        ("Zabadani, près de Damas", "C2429"),
    ],
)
def test_french_words_between_names_are_read(gazetteer: Gazetteer, cell: str, pcode: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.pcode == pcode


@pytest.mark.parametrize("cell", ["Près d'Alep", "nord de Hama"])
def test_beside_a_place_is_not_the_place(gazetteer: Gazetteer, cell: str) -> None:
    assert all(match.score < 0.6 for match in gazetteer.lookup(cell))


@pytest.mark.parametrize(
    ("cell", "pcode"),
    [
        ("#AlBayda, #Aleppo", "C8110"),
        ("#SouthernIdlib", "SY07"),
        ("#KafrNabl #Idlib", "C4068"),
        ("#سراقب #إدلب", "C3916"),
        ("#ريف_حماة", "SY05"),
    ],
)
def test_a_hashtag_is_parted_at_its_capitals(gazetteer: Gazetteer, cell: str, pcode: str) -> None:
    assert gazetteer.lookup(cell)[0].place.pcode == pcode


@pytest.mark.parametrize(
    ("cell", "pcode"),
    [
        ("rebel-held Saraqib", "C3916"),
        ("the besieged town of Zabadani", "C2429"),
        ("Turkish-controlled Jarablus", "C2227"),
        ("the Syrian town of Darkush", "C4252"),
        ("the Idlib town of Salqin", "C4140"),
        ("the Homs neighbourhood of Baba Amr", "N0268"),
    ],
)
def test_words_of_news_before_a_name_are_no_part_of_it(gazetteer: Gazetteer, cell: str, pcode: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.pcode == pcode
    assert first.score >= 0.6


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("حلب - منبج - المدينة", "Manbij"),
        ("إدلب -> أريحا -> المدينة", "Ariha"),
        ("حماة / السلمية / مركز المدينة", "Salamiyah"),
        ("حلب، المدينة", "Aleppo"),
        ("Homs, Rastan, city center", "Al-Rastan"),
        ("Rural Damascus - Douma - centre", "Douma"),
        ("درعا - البلد", "Daraa al-Balad"),
        ("Flüchtlingslager Jarmuk", "Yarmouk Camp"),
        ("Jabrud", "Yabrud"),
    ],
)
def test_the_town_itself_told_behind_its_name(gazetteer: Gazetteer, cell: str, name: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.name("en") == name
    assert first.score >= 0.6


@pytest.mark.parametrize(
    "cell", ["&#1576;&#1606;&#1588;", "&#x628;&#x646;&#x634; - Idlib", "%D8%A8%D9%86%D8%B4", r"\u0628\u0646\u0634"]
)
def test_escaped_letters_are_read_and_said_so(gazetteer: Gazetteer, cell: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.pcode == "C3904"
    assert first.score >= 0.6
    assert "encoding" in {reason.rule for reason in first.reasons}


@pytest.mark.parametrize("cell", ["%DD%00", "&#55296;", r"\ud800", "&#;", "%"])
def test_what_is_no_letter_stays_as_it_is(gazetteer: Gazetteer, cell: str) -> None:
    assert all(match.score < 0.5 for match in gazetteer.lookup(cell))
