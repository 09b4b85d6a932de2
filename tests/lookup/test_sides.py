"""Sides and distances beside a name in a cell: letters of them are no letters of a name."""

from __future__ import annotations

import pytest

from buldan import Gazetteer


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("S. Hama", "Hama"),
        ("N Hama", "Hama"),
        ("N. Idlib", "Idleb"),
        ("SE Idlib", "Idleb"),
        ("NW Syria", "Northwest Syria"),
        ("E. Ghouta", "Eastern Ghouta"),
        ("Jisr e Shughur", "Jisr al-Shughur"),
        ("Al-Bab, N. Aleppo", "al-Bab"),
    ],
)
def test_the_letter_of_a_side(gazetteer: Gazetteer, cell: str, name: str) -> None:
    assert gazetteer.lookup(cell)[0].place.name("en") == name


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("2 km E of Salamiyah", "Salamiyah"),
        ("5 km north of Manbij", "Manbij"),
        ("12.5 km SW of Jarablus", "Jarabulus"),
        ("3 كم شرق سراقب", "Saraqib"),
    ],
)
def test_what_lies_kilometres_away_is_not_known(gazetteer: Gazetteer, cell: str, name: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.name("en") == name
    assert first.score <= 0.5
    assert "unnamed" in [reason.rule for reason in first.reasons]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("إدلب (الريف الجنوبي)", "SY07"),
        ("الريف الجنوبي، إدلب", "SY07"),
        ("حلب - الريف الغربي", "SY02"),
        ("Aleppo, western countryside", "SY02"),
        ("Hama (N countryside)", "SY05"),
        ("Daraa/eastern countryside", "SY12"),
        ("Idlib - south", "SY07"),
    ],
)
def test_a_side_of_the_countryside_is_land_of_the_unit(gazetteer: Gazetteer, cell: str, code: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.pcode == code
    assert "land" in [reason.rule for reason in first.reasons]


def test_a_side_beside_a_village_tells_nothing_more(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("حماة، الريف الشمالي، اللطامنة")[0].place.name("en") == "Latmana"
    assert gazetteer.lookup("Wasta (Jurneyyeh)", within="Ar-Raqqa")[0].place.name("en") != "Ar-Raqqa"
    assert gazetteer.lookup("الحي الجنوبي، معرة النعمان")[0].place.name("en") == "Southern quarter of Maarrat an-Numan"


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("near Manbij", "Manbij"),
        ("East of Salamiyah", "Salamiyah"),
        ("north-west of Saraqib", "Saraqib"),
        ("outside Jarablus", "Jarabulus"),
        ("Idlib, near Ariha", "Ariha"),
        ("west of Tell Abyad, Raqqa", "Tell Abiad"),
        ("شرق سلمية", "Salamiyah"),
        ("قرب سراقب", "Saraqib"),
        ("شمال غرب منبج", "Manbij"),
        ("إلى الغرب من سلقين", "Salqin"),
        ("إدلب، جنوب أريحا", "Ariha"),
        ("east of Homs", "Homs"),
    ],
)
def test_what_lies_beside_a_place_is_not_the_place(gazetteer: Gazetteer, cell: str, name: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.name("en") == name
    assert first.score <= 0.5
    assert "unnamed" in [reason.rule for reason in first.reasons]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("شمال حلب", "Aleppo"),
        ("شمال غرب حماة", "Hama"),
        ("شمال سوريا", "Syria"),
        ("شمال شرق سوريا", "North and East Syria"),
        ("North of the Line", "North of the Line"),
        ("غرب اليرموك", "West of Yarmouk"),
        ("Suluk, east of Tall Abyad", "Suluk"),
        ("at Palmyra", "Palmyra"),
    ],
)
def test_a_side_of_land_and_a_name_with_a_side_keep_their_meaning(gazetteer: Gazetteer, cell: str, name: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.name("en") == name
    assert "unnamed" not in [reason.rule for reason in first.reasons]


@pytest.mark.parametrize(
    ("cell", "code", "side"),
    [
        ("جنوب إدلب", "SY07", "جنوب"),
        ("شرق دير الزور", "SY09", "شرق"),
        ("southern Hama", "SY05", "southern"),
        ("north Raqqa", "SY11", "north"),
        ("درعا الشرقية", "SY12", "الشرقية"),
    ],
)
def test_one_side_of_a_governorate_is_its_land_and_said_to_be_a_side(
    gazetteer: Gazetteer, cell: str, code: str, side: str
) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.pcode == code
    assert ("side", side) in [tuple(reason) for reason in first.reasons]


@pytest.mark.parametrize("cell", ["10km NW Damascus", "7 km SE Homs", "15 miles N Hama"])
def test_a_distance_before_a_side_without_of_is_a_distance(gazetteer: Gazetteer, cell: str) -> None:
    assert gazetteer.lookup(cell)[0].score <= 0.5


@pytest.mark.parametrize("name", ["حلب الجديدة", "Eastern Aleppo", "Greater Damascus"])
def test_a_name_with_a_side_is_no_side_of_a_governorate(gazetteer: Gazetteer, name: str) -> None:
    assert "side" not in [reason.rule for reason in gazetteer.lookup(name)[0].reasons]
