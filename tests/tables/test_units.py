"""Units of a row: read as a chain, in any order; what lies outside them is no answer."""

import pandas as pd
import pytest

import buldan
from buldan.tables import Question, Terms
from buldan.tables.answers import ANSWER_COLUMNS
from buldan.tables.judging import answer


def ask(gazetteer, name, *within, others=(), pcode="", **terms):
    question = Question(name, tuple(within), tuple(others), pcode)
    return dict(zip(ANSWER_COLUMNS, answer(gazetteer, question, Terms(**terms)), strict=True))


CHAINS = [
    ("Suran", ("Aleppo", "A'zaz", "Suran"), "C1664"),
    ("Suran", ("Suran", "A'zaz", "Aleppo"), "C1664"),
    ("Suran", ("A'zaz",), "C1664"),
    ("Suran", ("Hama", "Hama", "Suran"), "C3026"),
    ("صوران", ("حلب", "SY0204"), "C1664"),
    ("صوران", ("SY020405",), "C1664"),
    ("Nawa", ("", "Dar'a"), "C6124"),
    ("Nawa", ("-", "Dar'a", "12"), "C6124"),
    ("Nawa", ("NaN", "N/A", "درعا"), "C6124"),
]


@pytest.mark.parametrize(("name", "within", "pcode"), CHAINS)
def test_units_narrow_each_other_in_any_order(gazetteer, name, within, pcode):
    row = ask(gazetteer, name, *within)
    assert (row["pcode"], row["status"]) == (pcode, "found")


def test_what_is_no_unit_is_noted_and_the_rest_narrows(gazetteer):
    row = ask(gazetteer, "Nawa", "Dar'a", "-", "0")
    assert (row["status"], row["reason"]) == ("found", "unit ignored: -; unit ignored: 0")


@pytest.mark.parametrize(
    ("within", "reason"),
    [
        (("Homs", "SY0204"), "units contradict each other: Homs"),
        (("SY0204", "Homs"), "units contradict each other: Homs"),
        (("Aleppo", "Zzyzzx Qqq", "SY0204"), "unit not known: Zzyzzx Qqq"),
    ],
)
def test_a_unit_that_contradicts_or_is_not_known_is_told(gazetteer, within, reason):
    row = ask(gazetteer, "Suran", *within)
    assert (row["pcode"], row["status"]) == ("C1664", "doubtful")
    assert reason in row["reason"]


@pytest.mark.parametrize("within", [("Turkey",), ("السويد", "Stockholm"), ("Hatay", "Türkiye")])
@pytest.mark.parametrize("name", ["Salma", "غازي عنتاب"])
def test_a_row_of_another_country_has_no_place_here(gazetteer, name, within):
    row = ask(gazetteer, name, *within)
    assert (row["status"], row["lon"], row["buldan_id"]) == ("not found", None, None)
    assert "another country: " in row["reason"]


def test_where_nothing_inside_fits_the_row_gets_its_unit(gazetteer):
    row = ask(gazetteer, "Palmyra", "Idleb", "Harim", "Salqin")
    assert (row["status"], row["pcode"], row["kind"]) == ("unit only", "SY070302", "sub-district")
    assert row["lon"] is not None
    assert row["radius_km"] > 1
    assert "outside" in row["reason"]
    assert "Palmyra" in row["alternatives"]
    assert "outside Idleb, Harim, Salqin" in row["alternatives"]
    assert row["score"] is None


def test_a_place_inside_that_sounds_alike_is_the_answer_before_a_famous_one_outside(gazetteer):
    row = ask(gazetteer, "Qamishli", "Idleb", "Harim", "Salqin")
    assert (row["name"], row["adm3_pcode"], row["status"]) == ("Qamshleih", "SY070302", "doubtful")


def test_the_unit_can_be_left_out(gazetteer):
    row = ask(gazetteer, "Palmyra", "Idleb", "Harim", "Salqin", fallback=False)
    assert (row["status"], row["pcode"], row["lon"]) == ("not found", None, None)
    assert "Palmyra" in row["alternatives"]


def test_a_name_that_is_not_known_leaves_the_unit(gazetteer):
    row = ask(gazetteer, "qqqqqqq", "Homs")
    assert (row["status"], row["pcode"], row["reason"]) == ("unit only", "SY04", "no match")
    assert ask(gazetteer, "", "Homs")["status"] == "unit only"
    assert ask(gazetteer, "")["status"] == "not a place"


def test_nothing_outside_the_units_is_ever_found(gazetteer):
    names = ["Yalda", "Qamishli", "Salqin", "Nawa", "Suran", "Kobani", "Palmyra", "دوما", "جسر الشغور"]
    found = []
    for name in names:
        for unit in ("Homs", "SY0204", "Lattakia", "السويداء", "SY070302"):
            row = ask(gazetteer, name, unit)
            inside = gazetteer.read_units([unit])[0][0][1][0].admin_pcode
            if row["status"] == "found":
                codes = {row["adm1_pcode"], row["adm2_pcode"], row["adm3_pcode"]}
                assert inside in codes, (name, unit, row)
                found.append((name, unit))
    assert ("Palmyra", "Homs") in found
    assert len(found) < len(names)


def test_a_sure_unique_name_is_not_barred_by_a_governorate_but_doubtful(gazetteer):
    row = ask(gazetteer, "Mesraba", "Damascus")
    assert (row["pcode"], row["status"]) == ("C2344", "doubtful")
    assert "outside Damascus" in row["reason"]
    assert ask(gazetteer, "Mesraba", "SY01")["status"] == "unit only"  # a P-code is meant as it stands


def test_a_p_code_is_taken_as_truth_and_checked(gazetteer):
    right = ask(gazetteer, "Suran", "Aleppo", pcode="C1664")
    assert (right["pcode"], right["status"], right["score"]) == ("C1664", "found", 1.0)
    other_name = ask(gazetteer, "Jasim", pcode="c1664 ")
    assert (other_name["pcode"], other_name["status"]) == ("C1664", "doubtful")
    assert "P-code C1664 is Suran, not Jasim" in other_name["reason"]
    other_unit = ask(gazetteer, "Suran", "Hama", pcode="C1664")
    assert (other_unit["pcode"], other_unit["status"]) == ("C1664", "doubtful")
    assert "P-code C1664 lies outside Hama" in other_unit["reason"]
    unknown = ask(gazetteer, "Nawa", "Dar'a", pcode="C99999")
    assert (unknown["pcode"], unknown["status"], unknown["reason"]) == (
        "C6124",
        "doubtful",
        "P-code not known: C99999",
    )
    assert ask(gazetteer, "", pcode="C1664")["status"] == "found"
    assert ask(gazetteer, "Nawa", "Dar'a", pcode="-")["status"] == "found"


def test_a_p_code_as_the_name_is_checked_against_the_units(gazetteer):
    assert ask(gazetteer, "C1664", "Aleppo")["status"] == "found"
    assert ask(gazetteer, "C1664", "SY05")["status"] == "unit only"


@pytest.mark.parametrize("word", ["Other", "أخرى", "المجموع", "Grand Total", "TOTAL", "غير معروف", "N/A", "n.a."])
def test_words_for_nothing_are_not_a_place(gazetteer, word):
    row = ask(gazetteer, word, "Homs")
    assert (row["status"], row["lon"]) == ("not a place", None)


@pytest.mark.parametrize("cell", ["Nawa, Jasim", "نوى وجاسم", "Suran and Nawa"])
def test_several_places_in_a_cell_are_doubtful_with_all_of_them(gazetteer, cell):
    row = ask(gazetteer, cell)
    assert row["status"] == "doubtful"
    assert "2 places in one cell" in row["reason"]
    told = f"{row['name']} {row['alternatives']}"
    assert sum(name in told for name in ("Nawa", "Jasim", "Suran")) >= 2


@pytest.mark.parametrize("cell", ["Suran, A'zaz, Aleppo", "Nawa / نوى", "Nawa (Dar'a)"])
def test_a_name_with_its_unit_or_in_two_languages_is_one_place(gazetteer, cell):
    assert "places in one cell" not in (ask(gazetteer, cell)["reason"] or "")


@pytest.mark.parametrize("cell", ["Quneitra (Armanaz)", "القنيطرة - أرمناز", "Quneitra"])
def test_the_unit_that_a_cell_repeats_is_no_part_of_the_name(gazetteer, cell):
    assert ask(gazetteer, cell, "Idleb", "Harim", "Armanaz")["pcode"] == "C4177"


def test_kinds_filter_strictly(gazetteer):
    for kinds in (("governorate",), ("village",), ("town",)):
        row = ask(gazetteer, "Suran", "Aleppo", "A'zaz", kinds=kinds)
        assert row["kind"] in kinds or row["status"] in {"unit only", "not found"}


def test_namesakes_in_one_sub_district_are_told_as_such(gazetteer):
    row = ask(gazetteer, "زبيدة", "حلب", "الباب", "دير حافر")
    assert row["status"] == "doubtful"
    assert "another place is about as likely" in row["reason"]


def test_a_village_name_that_reads_like_something_else_is_found_in_its_sub_district(gazetteer):
    assert ask(gazetteer, "قرب علي", "حمص", "تلكلخ", "الناصرة")["pcode"] == "C2837"


def test_a_camp_far_from_all_camps_may_be_named_after_where_its_people_came_from(gazetteer):
    far, near = ask(gazetteer, "Talmenes Camp", "Idleb"), ask(gazetteer, "Sayed Khalil camps", "Idleb")
    assert (far["status"], near["status"]) == ("doubtful", "found")
    assert "named after the place that its people came from" in far["reason"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Harim - Al Yasmin camp", {"Harim"}),
        ("Kelly (Al Safa 4 camp)", {"Kelly", "Kelly Camps"}),
        ("Qah / Al Noor Al Kabir camp", {"Qah", "Qah Camps"}),
    ],
)
def test_a_camp_that_is_not_known_is_at_the_place_beside_it_where_camps_are(gazetteer, cell, names):
    found = ask(gazetteer, cell, "Idleb")
    assert found["status"] == "found"
    assert found["name"] in names


def test_two_names_that_agree_are_surer_than_each_and_two_that_do_not_are_doubtful(gazetteer):
    alone = ask(gazetteer, "Yalda")
    both = ask(gazetteer, "يلدا", others=("Yalda",))
    assert both["pcode"] == alone["pcode"] == "C2302"
    assert both["score"] > alone["score"]
    apart = ask(gazetteer, "يلدا", others=("Salqin",))
    assert apart["status"] == "doubtful"
    assert ask(gazetteer, "دوما", others=("Harasta",))["status"] == "doubtful"  # neighbours, and two places
    assert ask(gazetteer, "سراقب", others=("Saraqab",))["status"] == "found"
    assert ask(gazetteer, "", others=("Yalda",))["pcode"] == "C2302"


def test_a_frame_takes_several_names_and_p_codes(gazetteer):
    frame = pd.DataFrame({"ar": ["يلدا", "نوى"], "en": ["Yalda", "Nawa"], "code": ["C2302", ""], "gov": ["", "Dar'a"]})
    found = buldan.geocode(frame, name=["ar", "en"], within="gov", pcode="code", gazetteer=gazetteer)
    assert list(found["pcode"]) == ["C2302", "C6124"]
    assert list(found["status"]) == ["found", "found"]


@pytest.mark.parametrize(
    ("name", "within", "pcode", "status"),
    [
        ("Suran - Nawa", ("Dar'a", "Izra'", "Nawa"), "C6124", "doubtful"),
        ("Izra', Nawa", ("Dar'a", "Izra'"), "C6124", "found"),
    ],
)
def test_a_unit_said_again_in_the_name_is_taken_off_only_where_the_rest_lies_in_it(
    gazetteer, name, within, pcode, status
):
    row = ask(gazetteer, name, *within)
    assert (row["pcode"], row["status"]) == (pcode, status)


@pytest.mark.parametrize("name", ["جنديرس - راجو", "راجو و جنديرس"])
def test_each_of_several_places_is_given_although_one_lies_outside(gazetteer, name):
    row = ask(gazetteer, name, "Aleppo", "Afrin", "Jandairis")
    assert (row["name"], row["status"]) == ("Jandairis", "doubtful")
    assert "Raju" in row["alternatives"]


@pytest.mark.parametrize("total", ["المجموع", "Grand Total", "toplam"])
def test_a_row_of_sums_is_no_place_wherever_its_word_stands(gazetteer, total):
    assert ask(gazetteer, "", total)["status"] == "not a place"
    assert ask(gazetteer, total, "Idleb")["status"] == "not a place"
    assert ask(gazetteer, "", "unknown")["status"] == "not found"


@pytest.mark.parametrize(
    ("name", "units", "pcode"),
    [
        ("Palmyra", ["Homs", "Tadmor", "Tadmor"], "C2889"),
        ("Bosra", ["Dar'a", "Dar'a", "Busra Esh-Sham"], "C6002"),
        ("حلبية", ["دير الزور", "مركز دير الزور", "التبني"], "C6830"),
    ],
)
def test_a_row_with_its_sub_district_is_the_town_and_not_its_ruins(gazetteer, name, units, pcode):
    assert ask(gazetteer, name, *units)["pcode"] == pcode
