"""Cells whose parts came from different hands: one garbled, one in chat letters, units with nothing between them."""

from __future__ import annotations

import pytest

from buldan import Gazetteer
from buldan.lookup.query import parse_query
from buldan.text import iter_respellings


def garble(text: str, encoding: str) -> str:
    """Arabic as it looks when its bytes are read as Western."""
    return text.encode(encoding).decode("latin-1")


@pytest.mark.parametrize("encoding", ["cp1256", "utf-8"])
@pytest.mark.parametrize(("known", "garbled"), [("تلبيسة", "دير فول"), ("Talbiseh", "الغنطو"), ("الرستن", "غجر أمير")])
def test_a_garbled_part_is_read_beside_one_that_is_not(
    gazetteer: Gazetteer, known: str, garbled: str, encoding: str
) -> None:
    meant = gazetteer.lookup(f"{known} - {garbled}")[0].place
    matches = gazetteer.lookup(f"{known} - {garble(garbled, encoding)}")
    assert matches[0].place == meant
    assert "encoding" in {reason.rule for reason in matches.reasons}


def test_letters_of_french_are_not_garbled() -> None:
    rules = {respelling.rule for respelling in iter_respellings("Château d'Apamée - Maârat")}
    assert "encoding" not in rules


@pytest.mark.parametrize(
    ("cell", "pcode"),
    [
        ("Homs Rastan Talbiseh Deir Fool", "C2878"),
        ("حمص تلبيسة دير فول", "C2878"),
        ("Deir Fool Talbiseh Homs", "C2878"),
        ("حمص_الرستن_تلبيسة_دير فول", "C2878"),
        ("دير فول-تلبيسة-الرستن-حمص", "C2878"),
    ],
)
def test_units_with_nothing_between_them_hold_the_name(gazetteer: Gazetteer, cell: str, pcode: str) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place.pcode == pcode
    assert best.score > 0.6


@pytest.mark.parametrize("cell", ["Urn Miyal, Khanaser, Aleppo", "7alfaya, Hama", "el 8ad2a, Hama"])
def test_a_unit_is_no_answer_where_the_name_beside_it_is_respelled(gazetteer: Gazetteer, cell: str) -> None:
    matches = gazetteer.lookup(cell)
    assert not {"unknown_there", "unknown_in_town"} & {reason.rule for reason in matches[0].reasons}


def test_a_village_called_quarter_is_a_village(gazetteer: Gazetteer) -> None:
    best = gazetteer.lookup("قرية الحارة ناحية مركز الحفة")[0]
    assert best.place.kind == "village"
    assert best.place.name_ar == "الحارة"


def test_a_waw_behind_an_article_joins_nothing() -> None:
    readings = [reading.words for reading in parse_query("جب الوهيبة").clitic_readings]
    assert not any(word.startswith("هيب") for words in readings for word in words)
    assert any("حموريه" in words for words in (r.words for r in parse_query("سقبا وحمورية").clitic_readings))


@pytest.mark.parametrize(
    "cell",
    [
        "محافظة حلب منطقة عفرين ناحية راجو",
        "محافظة حلب، منطقة عفرين، ناحية راجو",
        "ناحية راجو منطقة عفرين محافظة حلب",
        "Aleppo governorate / Afrin district / Raju sub-district",
    ],
)
def test_of_units_told_by_their_words_the_narrowest_is_asked_for(gazetteer: Gazetteer, cell: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.pcode == "SY020303"
    assert not first.ambiguous


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("حلب وحماة", {"Aleppo", "Hama"}),
        ("درعا ودير الزور", {"Daraa", "Deir ez-Zor"}),
        ("Taftanaz & Talmenes", {"Teftnaz", "Telamnas"}),
        ("Manbij to Jarablus", {"Manbij", "Jarabulus"}),
        ("من سراقب إلى أريحا", {"Saraqib", "Ariha"}),
        ("زملكا، عين ترما", {"Zamalka", "Ein Terma"}),
        ("بين بلدتي داعل وطفس", {"Da'el", "Tafas"}),
        ("قريتي معربة وغصم", {"Moraba", "Ghasm"}),
        ("Saqba, Hammura", {"Saqba", "Hammura"}),
        ("باب السباع، باب الدريب", {"Bab As-Siba'", "Bab Ad-Draib"}),
    ],
)
def test_two_places_by_whatever_joins_them(gazetteer: Gazetteer, cell: str, names: set[str]) -> None:
    matches = gazetteer.lookup(cell)
    assert names <= {match.place.name("en") for match in matches}
    assert "several_places" in [reason.rule for reason in matches[0].reasons]


@pytest.mark.parametrize(
    "cell", ["Bab Touma, Old Damascus", "Jobar, Damascus", "Mseibin, Kafr Nabl", "Harasta, Eastern Ghouta"]
)
def test_a_place_beside_a_greater_one_is_an_address(gazetteer: Gazetteer, cell: str) -> None:
    matches = gazetteer.lookup(cell)
    assert "several_places" not in {reason.rule for match in matches for reason in match.reasons}


@pytest.mark.parametrize(
    ("cell", "kind", "name"),
    [
        ("القلعة، مصياف", "site", "Masyaf Castle"),
        ("القلعة - حماة", "site", "Citadel of Hama"),
        ("القلعة، شطحة، السقيلبية، حماة", "village", "Al Qal'ah"),
        ("حي المخيم، درعا", "camp", "Daraa Camp"),
        ("ناحية المزرعة، السويداء", "sub-district", "Mazra'a"),
        ("Aleppo, Jebel Saman, Syria", "city", "Aleppo"),
        ("Rural Damascus governorate, Syria", "governorate", "Rural Damascus"),
        ("Kwairis military airport", "airbase", "Kuweires Airbase"),
        ("Taftanaz heliport", "airbase", "Taftanaz Airbase"),
    ],
)
def test_a_word_for_a_kind_and_what_it_belongs_to(gazetteer: Gazetteer, cell: str, kind: str, name: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert (first.place.kind, first.place.name("en")) == (kind, name)


@pytest.mark.parametrize("cell", ["حي الزهور الموصل", "عامر ناصر", "Hamadan airbase", "Isfahan airport", "جبل عمان"])
def test_a_quarter_or_thing_abroad_and_a_turned_name_are_not_sure(gazetteer: Gazetteer, cell: str) -> None:
    matches = gazetteer.lookup(cell)
    assert not matches or matches[0].score < 0.6 or matches[0].ambiguous


@pytest.mark.parametrize(("cell", "name"), [("Afrin, Aleppo", "Afrin"), ("الدانا، إدلب", "Dana")])
def test_a_town_that_everybody_knows_outshines_a_village_of_its_name(
    gazetteer: Gazetteer, cell: str, name: str
) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.name("en") == name
    assert first.place.kind in {"city", "town"}
    assert not first.ambiguous


@pytest.mark.parametrize(
    ("cell", "names"),
    [("Kafranbel; Hass; Basqala", 3), ("سراقب؛ بنش", 2), ("Salqin; Idlib", 0), ("Idleb; Harim; Salqin; Allani", 0)],
)
def test_semicolons_part_a_list_and_the_units_of_an_address(gazetteer: Gazetteer, cell: str, names: int) -> None:
    matches = gazetteer.lookup(cell)
    told = [reason.detail for reason in matches.reasons if reason.rule == "several_places"]
    assert told == ([str(names)] if names else [])
    assert names or matches[0].score > 0.6


@pytest.mark.parametrize("cell", ["SY - Idleb - Ariha - Ehsem - Ablin", "Ablin, Idleb, SYR", "Ablin SYR"])
def test_the_code_of_the_country_is_the_country(gazetteer: Gazetteer, cell: str) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place.pcode == gazetteer.lookup("Ablin", within="Ariha")[0].place.pcode
    assert not {"unit_contradicts", "unknown_there"} & {reason.rule for reason in best.reasons}


@pytest.mark.parametrize("unit", ["R. Damascus", "Damascus Rural", "Rif Dam"])
def test_a_unit_may_be_abbreviated(gazetteer: Gazetteer, unit: str) -> None:
    assert {reason.rule for reason in gazetteer.lookup("Daraya", within=unit)[0].reasons} >= {"within_inside"}


@pytest.mark.parametrize(
    "cell", ["سراقب و ريفها", "Saraqib and its countryside", "سراقب و ما حولها", "Saraqib and surrounding villages"]
)
def test_the_land_around_is_no_second_place(gazetteer: Gazetteer, cell: str) -> None:
    matches = gazetteer.lookup(cell)
    assert matches[0].place.name_ar == "سراقب"
    assert matches[0].score > 0.6
    assert "several_places" not in {reason.rule for reason in matches.reasons}


@pytest.mark.parametrize(
    ("cell", "town"),
    [("حي القصور، حمص", "SY040100"), ("حي القصور، تدمر، حمص", "SY040500"), ("Euphrates dam, Tabqa", "SY110")],
)
def test_a_quarter_is_that_of_the_city_told_and_a_dam_lies_outside_its_town(
    gazetteer: Gazetteer, cell: str, town: str
) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place.admin_pcode.startswith(town)
    assert best.place.kind in {"neighbourhood", "dam"}
    assert best.score > 0.6


def test_brackets_around_words_for_units_are_none(gazetteer: Gazetteer) -> None:
    best = gazetteer.lookup("Aleppo (Governorate), Jarablus (District), Ghandourah")[0]
    assert best.place.name_ar == gazetteer.lookup("Ghandorah", within="Jarablus")[0].place.name_ar
    assert [reason.rule for reason in best.reasons].count("within_inside") == 2


@pytest.mark.parametrize(
    ("cell", "pcode"),
    [("Ras al-Ain / Serekaniye", "C4988"), ("رأس العين (سري كانيه)", "C4988"), ("Karnaz, N Hama", "C3469")],
)
def test_a_second_spelling_or_an_abbreviated_side_makes_a_name_surer(
    gazetteer: Gazetteer, cell: str, pcode: str
) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place.pcode == pcode
    assert best.score > 0.9


@pytest.mark.parametrize(
    "cell", ["مركز إيواء في جرمانا", "collective shelter, Jaramana", "مركز إيواء للنازحين - جرمانا"]
)
def test_a_shelter_is_no_camp_of_the_town_s_name(gazetteer: Gazetteer, cell: str) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place.kind == "town"
    assert best.score < 0.6


@pytest.mark.parametrize(
    "cell",
    [
        "طفس وداعل وجاسم ونوى وإبطع وتسيل وانخل ونمر وغباغب والصنمين",
        "Daraa: Tafas, Da'el, Jasim, Nawa, Tassil, Ibta, Inkhil, Nimr, Ghabagheb, As-Sanamayn",
    ],
)
def test_of_a_long_list_none_is_sure(gazetteer: Gazetteer, cell: str) -> None:
    matches = gazetteer.lookup(cell, limit=40)
    assert {"Tafas", "Nawa", "Jasim"} <= {match.place.name("en") for match in matches}
    assert all(match.score < 0.5 and match.ambiguous for match in matches)
    assert "several_places" in {reason.rule for reason in matches[0].reasons}
