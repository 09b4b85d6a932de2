"""Units that a place is said to be in: one, or a chain from wide to narrow, each read inside the last."""

import math

import pytest

import buldan
from buldan import QueryError
from buldan.lookup import Reason


def _rules(match: buldan.Match) -> set[str]:
    return {reason.rule for reason in match.reasons}


def test_governorate_district_and_sub_district_of_one_name_are_told_apart(gazetteer: buldan.Gazetteer) -> None:
    """Three units are called Ar-Raqqa; each one more is narrower than the one before."""
    narrow = gazetteer.lookup("Al-Ghazli", within=["Ar-Raqqa", "Ar-Raqqa", "Ar-Raqqa"])[0]
    assert narrow.place.admin_pcode == "SY110100"
    assert gazetteer.lookup("Al-Ghazli", within=["Ar-Raqqa", "Ar-Raqqa"])[0].place.admin_pcode.startswith("SY1101")


@pytest.mark.parametrize("chain", [["Idleb", "Harim"], ["SY07", "حارم"], ("إدلب", "Harem", "Salqin")])
def test_a_chain_takes_names_and_codes_of_either_script(gazetteer: buldan.Gazetteer, chain: list[str]) -> None:
    best = gazetteer.lookup("Azmarin", within=chain)[0]
    assert best.place.pcode == "C4143"
    assert [reason.rule for reason in best.reasons].count("within_inside") == len(chain)


@pytest.mark.parametrize("name", ["Masaudiyeh", "Masa'oudieh", "المسعودية"])
def test_a_place_in_the_unit_is_weighed_though_another_elsewhere_is_written_so(
    gazetteer: buldan.Gazetteer, name: str
) -> None:
    assert gazetteer.lookup(name, within="Ar-Raqqa")[0].place.pcode == "C7020"


@pytest.mark.parametrize("nothing", [None, "", "  ", math.nan])
def test_a_blank_unit_is_no_unit(gazetteer: buldan.Gazetteer, nothing: object) -> None:
    assert list(gazetteer.lookup("Azmarin", within=["Idleb", nothing])) == list(
        gazetteer.lookup("Azmarin", within=["Idleb"])
    )


@pytest.mark.parametrize(
    ("unit", "rule"),
    [("-", "unit_unread"), ("0", "unit_unread"), ("Xyzzyquux", "unit_unknown"), ("Rural Damascus", "unit_contradicts")],
)
def test_a_unit_that_cannot_be_used_is_reported_and_spares_the_others(
    gazetteer: buldan.Gazetteer, unit: str, rule: str
) -> None:
    best = gazetteer.lookup("Azmarin", within=["Idleb", unit, "Harim"])[0]
    assert best.place.pcode == "C4143"
    assert {"within_inside", rule} <= _rules(best)
    assert Reason(rule, unit) in best.reasons


def test_a_unit_without_letters_harms_no_question(gazetteer: buldan.Gazetteer) -> None:
    assert gazetteer.lookup("Azmarin", within="-")[0].place.pcode == "C4143"


def test_an_unknown_unit_alone_is_an_error(gazetteer: buldan.Gazetteer) -> None:
    with pytest.raises(QueryError, match="Xyzzyquux"):
        gazetteer.lookup("Azmarin", within="Xyzzyquux")


@pytest.mark.parametrize("country", ["Turkey", "السويد", "Peru", "Lebanon"])
def test_another_country_is_no_unit_that_sounds_like_it(gazetteer: buldan.Gazetteer, country: str) -> None:
    with pytest.raises(QueryError, match="another country"):
        gazetteer.lookup("Salma", within=country)
    best = gazetteer.lookup("Salma", within=[country])[0]
    assert Reason("unit_abroad", country) in best.reasons
    assert best.score < 0.5


@pytest.mark.parametrize(("unit", "pcode"), [("السويدا", "SY13"), ("Swaida", "SY13"), ("C6870", "SY110100")])
def test_a_unit_that_is_nearly_called_like_a_country_is_one(gazetteer: buldan.Gazetteer, unit: str, pcode: str) -> None:
    ((_, places),), reasons = gazetteer.read_units((unit,))
    assert ([place.admin_pcode for place in places], reasons) == ([pcode], ())


def test_a_village_that_is_called_like_a_country_is_one_inside_its_governorate(gazetteer: buldan.Gazetteer) -> None:
    units, reasons = gazetteer.read_units(("Ar-Raqqa", "Turkeia"))
    assert (units[-1][1][0].pcode, reasons) == ("C6870", ())


def test_a_place_outside_says_of_which_unit_and_how_far(gazetteer: buldan.Gazetteer) -> None:
    best = gazetteer.lookup("Yalda", within=["Homs"])[0]
    outside = next(reason for reason in best.reasons if reason.rule == "within_outside")
    assert outside.detail.startswith("Homs: ")
    assert outside.detail.endswith(" km")


@pytest.mark.parametrize("country", ["Syria", "سوريا", "Syrian Arab Republic"])
@pytest.mark.parametrize(("name", "unit", "governorate"), [("Zahraa", "Homs", "SY04"), ("نوى", "درعا", "SY12")])
def test_the_country_takes_nothing_from_a_narrower_context(
    gazetteer: buldan.Gazetteer, name: str, unit: str, governorate: str, country: str
) -> None:
    assert gazetteer.lookup(f"{name}, {unit}, {country}")[0].place.admin_pcode.startswith(governorate)
    assert gazetteer.lookup(name, within=[country, unit])[0].place.admin_pcode.startswith(governorate)


def test_many_names_take_each_its_own_chain(gazetteer: buldan.Gazetteer) -> None:
    chains = [["Idleb", "Harim"], None, "Idleb"]
    names = ["Azmarin", "Yalda", "Babila"]
    assert gazetteer.lookup_many(names, within=chains) == [
        gazetteer.lookup(name, within=chain) for name, chain in zip(names, chains, strict=True)
    ]


@pytest.mark.parametrize("cell", ["Nawa, Daraa, Syria", "Syria, Daraa, Nawa", "نوى، درعا، سورية", "نوى - درعا - سوريا"])
def test_the_country_contradicts_no_unit(gazetteer: buldan.Gazetteer, cell: str) -> None:
    rules = {reason.rule for match in gazetteer.lookup(cell) for reason in match.reasons}
    assert "unit_contradicts" not in rules
    assert gazetteer.lookup("نوى", within=["درعا", "سورية"])[0].reasons[-1].rule == "within_inside"


@pytest.mark.parametrize(("name", "unit"), [("Kafr Nobol", "SY020304"), ("بصرى", "SY070302"), ("Rastan", "Harim")])
def test_a_name_far_outside_a_narrow_unit_is_answered_by_the_unit_and_its_seat_as_a_guess(
    gazetteer: buldan.Gazetteer, name: str, unit: str
) -> None:
    seat, first, second, *_ = gazetteer.lookup(name, within=unit)
    assert seat.unit_only
    assert first.unit_only
    assert seat.place.kind in {"city", "town", "village"}
    assert first.place.kind in {"district", "sub-district"}
    assert seat.place.admin[-1] in first.place.admin or seat.place.admin[: len(first.place.admin)] == first.place.admin
    assert Reason("unit_only", unit) in first.reasons
    assert second.score <= first.score < 0.5
    assert "within_outside" in _rules(second)


def test_a_name_outside_a_governorate_or_across_a_border_stays_the_answer(gazetteer: buldan.Gazetteer) -> None:
    assert not gazetteer.lookup("Kafr Nobol", within="Tartous")[0].unit_only
    beyond = gazetteer.lookup("Azmarin", within="Armanaz sub-district")[0]  # of Salqin, 3 km beyond the border
    assert (beyond.place.pcode, "within_outside" in _rules(beyond)) == ("C4143", True)


def test_no_unit_is_given_where_its_kind_is_not_asked_for_or_nothing_is_known_at_all(
    gazetteer: buldan.Gazetteer,
) -> None:
    assert not any(m.unit_only for m in gazetteer.lookup("Kafr Nobol", within="SY020304", kinds=["group:settlement"]))
    assert list(gazetteer.lookup("Xyzzyquux", within="SY020304")) == []


@pytest.mark.parametrize(
    ("unit", "kind"),
    [("Harim sub-district", "sub-district"), ("ناحية حارم", "sub-district"), ("منطقة حارم", "district")],
)
def test_a_units_word_says_which_unit_of_a_name_is_meant(gazetteer: buldan.Gazetteer, unit: str, kind: str) -> None:
    for chain in ([unit], ["Idleb", unit]):
        units, _ = gazetteer.read_units(chain)
        assert [place.kind for place in units[-1][1]] == [kind]


@pytest.mark.parametrize(
    "cell",
    [
        "محافظة ريف دمشق، منطقة دوما، ناحية حرستا، حي الزهور",
        "Rural Damascus, Qatana, Mezzeh Jabal",
        "Hama, Salamiyah, Bab Qibli",
    ],
)
def test_a_quarter_far_outside_the_unit_told_is_another_towns(gazetteer: buldan.Gazetteer, cell: str) -> None:
    assert all(match.score < 0.5 for match in gazetteer.lookup(cell))


@pytest.mark.parametrize(
    ("cell", "name"),
    [("دمشق، حي الزهور", "الزهور"), ("حماة، باب قبلي", "باب القبلي"), ("Damascus, Mezzeh", "المزة")],
)
def test_a_quarter_within_the_unit_is_found(gazetteer: buldan.Gazetteer, cell: str, name: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert "quarter_elsewhere" not in {reason.rule for reason in first.reasons}
    assert first.place.name("ar") == name
    assert first.score >= 0.6


@pytest.mark.parametrize("cell", ["An Nazimiyah (Sokhneh)", "Ghaybi (Ras Al Ain)", "Qatireh (Sarin)"])
def test_no_respelling_makes_a_unit_unknown(gazetteer: buldan.Gazetteer, cell: str) -> None:
    """Z for s, a habit of German, would leave "Zokhneh", which is no unit."""
    first, *_ = gazetteer.lookup(cell)
    assert first.score < 0.6


@pytest.mark.parametrize(
    ("name", "unit", "rule"),
    [
        ("بكا", "ذيبين", "within_inside"),
        ("درنج", "ذيبين", "within_outside"),  # it lies in ذيبان
        ("درنج", "ذيبان", "within_inside"),
        ("حوط", "القورية", "within_outside"),  # it lies in القريا
        ("حوط", "القريا", "within_inside"),
    ],
)
def test_a_unit_written_as_it_is_called_is_no_other_that_sounds_like_it(
    gazetteer: buldan.Gazetteer, name: str, unit: str, rule: str
) -> None:
    # Before a place far outside stands the unit itself.
    best = next(match for match in gazetteer.lookup(name, within=unit) if match.place.kind == "village")
    assert best.place.name_ar == name
    assert rule in _rules(best)


@pytest.mark.parametrize("unit", ["Souran", "صوران"])
def test_a_unit_of_another_spelling_is_found_inside_the_wider_one(gazetteer: buldan.Gazetteer, unit: str) -> None:
    """The town that is written Souran lies in Hama; the sub-district in Aleppo is written Suran."""
    assert gazetteer.read_units(["Halab", "Azaz", unit])[0][-1][1][0].pcode == "SY020405"
    assert gazetteer.read_units(["Hama", unit])[0][-1][1][0].pcode == "SY050101"


@pytest.mark.parametrize("name", ["يبرود", "النبك", "Yabrud"])
def test_the_arabic_name_of_damascus_is_said_for_its_countryside_too(gazetteer: buldan.Gazetteer, name: str) -> None:
    assert "within_inside" in _rules(gazetteer.lookup(name, within="دمشق")[0])
    assert "within_outside" in _rules(gazetteer.lookup(name, within="Damascus")[0])
    assert "within_outside" in _rules(gazetteer.lookup(name, within="SY01")[0])
