"""What was asked for and is not there: no town for a camp, nor what stands beside a name, as found."""

import pytest

import buldan
from buldan.lookup import Reason
from buldan.lookup.doubts import doubt

SURE = 0.6


@pytest.mark.parametrize(
    "cell",
    [
        "Darkush - Noor alhuda camp",
        "Sarmin / مخيم الياسمين",
        "Tmanat (Deir Hassan) Camp",
        "مخيم شهداء معرة مصرين",
        "Northern Reef Homs camp",
    ],
)
def test_a_camp_asked_for_is_never_answered_by_a_town_as_found(gazetteer: buldan.Gazetteer, cell: str) -> None:
    for match in gazetteer.lookup(cell):
        assert match.place.kind == "camp" or match.score < SURE, match
        assert match.place.kind == "camp" or Reason("no_camp") in match.reasons


@pytest.mark.parametrize(
    ("cell", "name"), [("Roj refugee camp", "Roj"), ("مخيم عريشة للنازحين", "Areesha"), ("Camp Wafideen", "Wafideen")]
)
def test_a_camp_that_is_known_is_found_by_any_word_for_it(gazetteer: buldan.Gazetteer, cell: str, name: str) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place.kind == "camp"
    assert name in best.place.name_en
    assert best.score > SURE


@pytest.mark.parametrize("cell", ["Lablabiya Xorim, Manbij", "قرية زنقوطة، عفرين"])
def test_what_stands_beside_an_unknown_name_is_not_the_name(gazetteer: buldan.Gazetteer, cell: str) -> None:
    assert all(match.score < SURE for match in gazetteer.lookup(cell))


@pytest.mark.parametrize("site", ["Wadi Ruins", "Market Spring"])
def test_words_for_kinds_alone_find_nothing_for_sure(gazetteer: buldan.Gazetteer, site: str) -> None:
    assert all(match.score < SURE for match in gazetteer.lookup(site))


@pytest.mark.parametrize(("name", "unit"), [("Saraqib", "SY0203"), ("عنجارة", "SY070302"), ("Salamiyah", "Idleb")])
def test_a_place_far_outside_the_unit_told_is_no_sure_answer(gazetteer: buldan.Gazetteer, name: str, unit: str) -> None:
    best = next(match for match in gazetteer.lookup(name, within=unit) if not match.unit_only)
    assert best.score < SURE
    assert any(reason.rule == "within_outside" for reason in best.reasons)


@pytest.mark.parametrize(
    ("question", "name"),
    [("أوغاريت", "Ugarit"), ("Palmyra ruins", "Palmyra"), ("قلعة الحصن", "Krak"), ("Resafa", "Resafa")],
)
def test_a_well_known_site_comes_before_lesser_namesakes(gazetteer: buldan.Gazetteer, question: str, name: str) -> None:
    best, *_ = gazetteer.lookup(question)
    assert name in best.place.name_en
    assert best.place.kind == "site"


def test_scores_fall_from_first_to_last(gazetteer: buldan.Gazetteer) -> None:
    for question in ("Jarablus Camp", "Afrin hospital", "Ramadi", "المشفى الوطني في نوى"):
        scores = [match.score for match in gazetteer.lookup(question)]
        assert scores == sorted(scores, reverse=True)


def test_the_gravest_doubt_counts() -> None:
    assert doubt((), 0.9) == (0.9, 1)
    both = (Reason("exact"), Reason("no_camp"), Reason("words_left_out", "20%"))
    assert doubt(both, 0.9) == doubt((Reason("no_camp"),), 0.9)
    assert doubt((Reason("qualifier", "either"),), 0.9) == (0.9, 1)


def test_a_doubt_leaves_an_answer_as_likely_as_such_answers_are_right() -> None:
    sure, _ = doubt((Reason("no_camp"),), 0.98)
    likely, _ = doubt((Reason("no_camp"),), 0.7)
    unlikely, share = doubt((Reason("no_camp"),), 0.3)
    assert likely <= sure < 0.5
    assert unlikely == 0.3
    assert share < 1


def test_a_doubt_may_begin_at_a_distance() -> None:
    assert doubt((Reason("within_outside", "Idleb: 19 km"),), 0.9) == (0.9, 1)
    assert doubt((Reason("within_outside", "Idleb: 21 km"),), 0.9)[0] < 0.9


@pytest.mark.parametrize(
    ("question", "reason"),
    [("Khirbet Jableh", "other_name"), ("Lamishliyah", "other_beginning"), ("Nukaylabiyah", "other_beginning")],
)
def test_another_name_is_no_sure_slip(gazetteer: buldan.Gazetteer, question: str, reason: str) -> None:
    best, *_ = gazetteer.lookup(question)
    assert best.score < 0.5
    assert reason in {each.rule for each in best.reasons}


@pytest.mark.parametrize(
    "question",
    [
        *(
            "كفر غسان",
            "تل القرنفل",
            "وادي القلم",
            "أم الورد",
            "خربة الدجاجة",
            "Kafr Nawal",
            "Deir Anas",
            "Wadi al-Arnab",
        ),
        *("مخيم عبير", "حي الفراشة", "شارع الفيل", "Lubna street", "Nawal hospital"),
    ],
)
def test_a_short_word_behind_a_first_word_is_like_some_name_by_chance(
    gazetteer: buldan.Gazetteer, question: str
) -> None:
    best, *_ = gazetteer.lookup(question)
    assert best.score < 0.5
    assert "other_word" in {each.rule for each in best.reasons}


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("خربة سلوى", "حلب"),
        ("كفر سوسن", "ريف دمشق"),
        ("خربة البطيخ", "حلب"),
        ("Wadi al-Qubba", "Deir-ez-Zor"),
        ("Kafr Abir", "Rural Damascus"),
        ("Jubb Anas", "Idleb"),
        ("Khirbet al-Arnab", "Ar-Raqqa"),
        ("Umm al-Matar", "Homs"),
    ],
)
def test_nor_is_it_surer_in_a_governorate(gazetteer: buldan.Gazetteer, question: str, unit: str) -> None:
    assert all(match.score < 0.5 for match in gazetteer.lookup(question, within=unit))


@pytest.mark.parametrize(
    ("question", "unit", "name_en"),
    [
        ("كفر بطبا", None, "Kafr Batna"),
        ("Kafr Batma", "Rural Damascus", "Kafr Batna"),
        ("Tell Rifaad", None, "Tell Rifaat"),
        ("Khan Sheikhounn", None, "Khan Shaykhun"),
        ("Tall Brakk", None, "Tal Brak"),
        ("Tall Amaara", "Idleb", "Tellemara"),
        ("Umm Hfoor", "Al-Hasakeh", "Umm Hafur"),
        ("Deir Hafar", "Aleppo", "Dayr Hafir"),
    ],
)
def test_a_slip_in_a_known_long_or_dotted_name_is_one(
    gazetteer: buldan.Gazetteer, question: str, unit: str | None, name_en: str
) -> None:
    best, *_ = gazetteer.lookup(question, within=unit)
    assert best.place.name_en == name_en
    assert "other_word" not in {each.rule for each in best.reasons}


@pytest.mark.parametrize("question", ["دير كمال", "تل وليد", "Deir Kamal", "Tell al-Matar"])
def test_a_first_word_alone_is_neither_a_unit_nor_a_name_beside_another(
    gazetteer: buldan.Gazetteer, question: str
) -> None:
    assert all(match.score < 0.5 for match in gazetteer.lookup(question))


@pytest.mark.parametrize("cell", ["مخيم قرب منبج", "camp near Azaz", "village north of Homs", "قرية بالقرب من جبلة"])
def test_what_is_named_only_by_what_lies_near_it_is_a_guess(gazetteer: buldan.Gazetteer, cell: str) -> None:
    for match in gazetteer.lookup(cell):
        assert match.score < SURE, match
        assert Reason("unnamed") in match.reasons


@pytest.mark.parametrize(
    ("cell", "town"),
    [
        ("شارع الكورنيش الشرقي، سراقب", "C3916"),
        ("Street 17, Douma, Rural Damascus", "C2338"),
        ("مدرسة الشهيد مصطفى - سلقين", "C4140"),
    ],
)
def test_what_is_not_known_in_a_town_is_answered_by_the_town_and_never_by_another_ones(
    gazetteer: buldan.Gazetteer, cell: str, town: str
) -> None:
    best, *_ = gazetteer.lookup(cell)
    assert best.place.pcode == town
    assert best.score < SURE
    assert Reason("host") in best.reasons


@pytest.mark.parametrize("cell", ["العراق - الرمادي", "Doha, Qatar", "Jerablus (Turkey)", "النبطية، لبنان"])
def test_another_country_beside_a_name_leaves_nothing_sure(gazetteer: buldan.Gazetteer, cell: str) -> None:
    matches = gazetteer.lookup(cell)
    assert all(match.score < SURE and Reason("other_country") in match.reasons for match in matches)
    assert all("several_places" not in {reason.rule for reason in match.reasons} for match in matches)


@pytest.mark.parametrize(
    ("cell", "unit", "pcode"),
    [("Hama, Japan", None, "C2987"), ("Japan, Hama", None, "C2987"), ("Qatana, Palestine", None, "C2470")],
)
def test_a_country_beside_a_name_is_no_place_spelled_like_it(
    gazetteer: buldan.Gazetteer, cell: str, unit: str | None, pcode: str
) -> None:
    best, *_ = gazetteer.lookup(cell, within=unit)
    assert best.place.pcode == pcode
    assert best.score < 0.5
    assert Reason("other_country") in best.reasons


@pytest.mark.parametrize(("cell", "unit"), [("Japan", "Hama"), ("لبنان", "حلب"), ("Yemen", "Homs")])
def test_in_a_unit_a_country_is_no_place_spelled_like_it(gazetteer: buldan.Gazetteer, cell: str, unit: str) -> None:
    assert all(match.score < 0.5 for match in gazetteer.lookup(cell, within=unit))


@pytest.mark.parametrize(
    ("cell", "unit", "name_en"),
    [
        ("Palestine", "Damascus", "Palestine Camp"),
        ("دمشق - فلسطين", None, "Palestine Camp"),
        ("فلسطين", "الرقة", "Filastin"),
    ],
)
def test_what_is_called_as_a_country_is_stays_in_its_unit(
    gazetteer: buldan.Gazetteer, cell: str, unit: str | None, name_en: str
) -> None:
    best, *_ = gazetteer.lookup(cell, within=unit)
    assert best.place.name_en == name_en
    assert best.score > SURE


@pytest.mark.parametrize("cell", ["Kafr Naya, Homs", "كفرنايا، حمص", "Maazuleh, Rural Damascus", "Julah, Lattakia"])
def test_a_slip_in_the_unit_is_unsure_where_the_very_name_is_elsewhere(gazetteer: buldan.Gazetteer, cell: str) -> None:
    """And s in the unit's name is not read as another language's."""
    best, *_ = gazetteer.lookup(cell)
    assert best.score < 0.5
    assert Reason("exact_elsewhere") in best.reasons


@pytest.mark.parametrize(
    ("question", "unit"),
    [("Western Tal Mabtuh", "Homs"), ("Eastern Hamra", "Tartous"), ("الحي الشرقي كفرنايا", "درعا")],
)
def test_a_side_of_what_is_not_in_the_unit_is_no_part_of_its_city(
    gazetteer: buldan.Gazetteer, question: str, unit: str
) -> None:
    assert all(match.score < 0.5 for match in gazetteer.lookup(question, within=unit))


@pytest.mark.parametrize(
    ("question", "unit"),
    [("al-Jamushouya", "Aleppo"), ("Sedekaya", "Rural Damascus"), ("Tasoujaya", "Aleppo"), ("Fasighul", "Idleb")],
)
def test_a_word_of_other_consonants_is_no_sure_spelling_in_a_unit(
    gazetteer: buldan.Gazetteer, question: str, unit: str
) -> None:
    best, *_ = gazetteer.lookup(question, within=unit)
    assert best.score < 0.5
    assert Reason("other_consonants") in best.reasons


@pytest.mark.parametrize(
    ("question", "unit", "name_en"),
    [("Jounaya", "Idleb", "Jowanya"), ("Busufan", "Aleppo", "Basufan"), ("هزانوو", "إدلب", "Hazano")],
)
def test_a_word_of_the_same_consonants_is(gazetteer: buldan.Gazetteer, question: str, unit: str, name_en: str) -> None:
    best, *_ = gazetteer.lookup(question, within=unit)
    assert best.place.name_en == name_en
    assert best.score > 0.6


def test_what_is_a_name_elsewhere_is_not_respelled_into_another_one_there(gazetteer: buldan.Gazetteer) -> None:
    assert all(match.name.text != "Ḩūmah" for match in gazetteer.lookup("Hurnah", within="Aleppo"))


@pytest.mark.parametrize("question", ["نهر السعادة", "Nahr Bashar", "Safita river", "lake of Masyaf"])
def test_a_river_is_not_the_place_of_its_name(gazetteer: buldan.Gazetteer, question: str) -> None:
    best, *_ = gazetteer.lookup(question)
    assert best.score < 0.5
    assert Reason("nature_there") in best.reasons


@pytest.mark.parametrize("question", ["جبل معلولا", "Jabal Maaloula"])
def test_a_mountain_that_is_not_known_lies_at_the_place_of_its_name(gazetteer: buldan.Gazetteer, question: str) -> None:
    best, *_ = gazetteer.lookup(question)
    assert best.place.name_en == "Maaloula"
    assert best.score < 0.5
    assert Reason("nature_there") in best.reasons


@pytest.mark.parametrize("question", ["نهر عفرين", "Khabur river", "Barada spring", "بحيرة قطينة"])
def test_a_river_that_is_known_is_sure(gazetteer: buldan.Gazetteer, question: str) -> None:
    best, *_ = gazetteer.lookup(question)
    assert best.score > SURE
    assert Reason("nature_there") not in best.reasons


@pytest.mark.parametrize("question", ["مدرسة غسان", "Khaled school", "مدرسة هيثم"])
def test_a_thing_called_after_a_person_is_in_no_village_of_that_name(
    gazetteer: buldan.Gazetteer, question: str
) -> None:
    assert all(match.score < 0.5 for match in gazetteer.lookup(question))


@pytest.mark.parametrize("cell", ["Al Nour (Barisha) Camp", "مخيم الأمل (كللي)", "Atmeh cluster"])
def test_the_camps_of_the_place_beside_a_camp_are_a_sure_answer(gazetteer: buldan.Gazetteer, cell: str) -> None:
    best, *_ = gazetteer.lookup(cell, within="Idleb")
    assert best.place.kind == "camp"
    assert best.score >= SURE


@pytest.mark.parametrize(
    ("question", "name"),
    [("Qalaat al Hisn", "Krak des Chevaliers"), ("Qal‘at al-Ḥuṣn", "Krak des Chevaliers"), ("Halabieh", "Halabiya")],
)
def test_a_spelling_that_a_list_gives_to_a_lesser_namesake_means_the_famous_one(
    gazetteer: buldan.Gazetteer, question: str, name: str
) -> None:
    assert gazetteer.lookup(question)[0].place.name_en == name


@pytest.mark.parametrize("word", ["مخيم", "قرية", "مشفى", "village"])
def test_a_word_of_kind_names_no_place_that_sounds_like_it(gazetteer: buldan.Gazetteer, word: str) -> None:
    assert not gazetteer.lookup(word)


@pytest.mark.parametrize("word", ["Abu", "Umm", "تل", "Kafr", "خربة"])
def test_the_first_word_of_a_name_is_none(gazetteer: buldan.Gazetteer, word: str) -> None:
    for match in gazetteer.lookup(word):
        assert match.score < SURE
        assert Reason("first_word") in match.reasons


def test_with_its_article_a_first_word_may_be_a_name(gazetteer: buldan.Gazetteer) -> None:
    best, *_ = gazetteer.lookup("التل")
    assert best.place.name_ar == "التل"
    assert Reason("first_word") not in best.reasons


def test_a_road_s_number_is_no_first_word(gazetteer: buldan.Gazetteer) -> None:
    assert all(Reason("first_word") not in match.reasons for match in gazetteer.lookup("M5"))


@pytest.mark.parametrize(
    "question",
    [
        "Deir Saraqib",
        "Umm Binnish",
        "Beit Talbiseh",
        "Khan Talbiseh",
        "رجم سراقب",
        "Khirbet Salqin",
        "Jubb Halfaya",
        "تل كفرنبل",
        "وادي منبج",
        "خربة سراقب",
    ],
)
def test_a_town_is_no_sure_answer_to_a_name_that_another_first_word_makes(
    gazetteer: buldan.Gazetteer, question: str
) -> None:
    assert all(match.score < 0.5 for match in gazetteer.lookup(question))


@pytest.mark.parametrize(
    "cell", ["Emlb, Homs", "Owa, Tartous", "Dpu, Idlib", "Xdr, Aleppo", "سرس، طرطوس", "Cin, Hasakeh"]
)
def test_a_unit_makes_no_short_far_spelling_sure(gazetteer: buldan.Gazetteer, cell: str) -> None:
    assert all(match.score < SURE for match in gazetteer.lookup(cell))


@pytest.mark.parametrize(("cell", "name"), [("Shin, Homs", "Shin"), ("Nawa, Daraa", "Nawa"), ("جاسم، درعا", "Jasim")])
def test_a_short_name_as_written_is_sure_within_its_unit(gazetteer: buldan.Gazetteer, cell: str, name: str) -> None:
    best = gazetteer.lookup(cell)[0]
    assert name in {best.place.name_en, *(known.text for known in best.place.names)}
    assert best.score > 0.8


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("Xylquor, Homs", "Homs"),
        ("Tartous: Vurbidon", "Tartous"),
        ("بلبنتسق، إدلب", "Idlib"),
        ("حماة / قشطبخون", "Hama"),
        ("Daraa - Wumbelqat", "Daraa"),
    ],
)
def test_a_unit_is_no_answer_to_a_name_that_is_not_known_in_it(
    gazetteer: buldan.Gazetteer, cell: str, unit: str
) -> None:
    best, *_ = gazetteer.lookup(cell)
    assert best.place.name("en") == unit
    assert best.score < 0.5
    assert "unknown_there" in [reason.rule for reason in best.reasons]


@pytest.mark.parametrize(
    ("cell", "town"), [("Zorvakin, Salqin", "Salqin"), ("Saraqib: Vurbidon", "Saraqib"), ("بلبنتسق، بنش", "Binnish")]
)
def test_a_lesser_town_is_a_guess_for_a_name_that_is_not_known_in_it(
    gazetteer: buldan.Gazetteer, cell: str, town: str
) -> None:
    best, *_ = gazetteer.lookup(cell)
    assert best.place.name("en") == town
    assert 0.5 <= best.score < 0.6
    assert "unknown_in_town" in [reason.rule for reason in best.reasons]


@pytest.mark.parametrize(
    "cell",
    [
        "Khaldoun Street, Homs",
        "حي القشقوش، حمص",
        "Vurbidon restaurant, Homs",
        "شارع القشقوش، حمص",
        "Homs: house of Vurbid",
    ],
)
def test_the_town_is_an_answer_to_what_stands_in_it(gazetteer: buldan.Gazetteer, cell: str) -> None:
    best, *_ = gazetteer.lookup(cell)
    assert best.place.name("en") == "Homs"
    assert best.score >= 0.5
    assert "host" in [reason.rule for reason in best.reasons]


@pytest.mark.parametrize("cell", ["Saraqib 2", "Kafr Zita 1", "سراقب 2", "Tell Brak II"])
def test_a_number_behind_a_name_tells_one_of_several(gazetteer: buldan.Gazetteer, cell: str) -> None:
    best, *_ = gazetteer.lookup(cell)
    assert best.score < SURE
    assert "number_left_out" in [reason.rule for reason in best.reasons]


@pytest.mark.parametrize("cell", ["Saraqib, 2", "2 Saraqib", "اللواء 47"])
def test_a_number_apart_from_a_name_tells_nothing(gazetteer: buldan.Gazetteer, cell: str) -> None:
    assert "number_left_out" not in [reason.rule for reason in gazetteer.lookup(cell)[0].reasons]


@pytest.mark.parametrize("cell", ["Suleiman Shah", "سليمان شاه", "Mahmoud Bey"])
def test_a_name_of_one_word_is_not_sure_for_two(gazetteer: buldan.Gazetteer, cell: str) -> None:
    for match in gazetteer.lookup(cell, within="Aleppo"):
        assert match.score < SURE or len(match.name.text.split()) > 1, match


@pytest.mark.parametrize("cell", ["WASH cluster / Azaz", "Health cluster - Azaz", "أعزاز / WASH sector"])
def test_who_works_in_a_place_is_no_village(gazetteer: buldan.Gazetteer, cell: str) -> None:
    assert gazetteer.lookup(cell)[0].place.pcode == "C1564"


def test_a_word_in_the_name_of_an_airport_is_not_that_airport(gazetteer: buldan.Gazetteer) -> None:
    assert all(match.score < SURE for match in gazetteer.lookup("Dam"))


@pytest.mark.parametrize("cell", ["خارج سوريا", "outside Syria", "جب عندان"])
def test_what_lies_outside_or_is_formed_otherwise_is_not_sure(gazetteer: buldan.Gazetteer, cell: str) -> None:
    assert all(match.score < SURE for match in gazetteer.lookup(cell))
