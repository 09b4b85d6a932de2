"""Cells as registers hold them: a name with its units, in any order, with any sign between them."""

import pytest

import buldan
from buldan.lookup.cells import cut_cell

CUTS = [
    ("Aleppo/Menbij/Asaliyeh", ["Aleppo", "Menbij", "Asaliyeh"]),
    ("Nawa (Daraa)", ["Nawa", "Daraa"]),
    ("Deir ez-Zor", ["Deir ez-Zor"]),
    ("1- سراقب", ["سراقب"]),
    ("4 Azmarin", ["Azmarin"]),
    ("قرية بقيلون ناحية الفاخورة محافظة اللاذقية", ["قرية بقيلون", "ناحية الفاخورة", "محافظة اللاذقية"]),
    ("Idlib governorate Ariha district Kafr Lata", ["Idlib governorate", "Ariha district", "Kafr Lata"]),
    ("يلدا بريف دمشق", ["يلدا", "ريف دمشق"]),
    ("البكار شرقي", ["البكار شرقي"]),
    ("التل . ريف دمشق", ["التل", "ريف دمشق"]),
    ("Silos east of Palmyra", ["Silos", "Palmyra"]),
    ("At Tayyibah", ["At Tayyibah"]),
]


@pytest.mark.parametrize(("cell", "parts"), CUTS)
def test_a_cell_is_cut_at_signs_and_unit_words(cell: str, parts: list[str]) -> None:
    assert [part.text for part in cut_cell(cell)] == parts


SIGNS = [", ", "، ", " - ", " – ", ": ", " / ", "/", " | ", "\\", " > ", " » ", " → ", "_", " . ", "\n", " ", "; ", "-"]


@pytest.mark.parametrize(
    ("cell", "quarter"),
    [
        ("دمشق القديمة، باب توما", "باب توما"),
        ("Bab Touma - Old Damascus", "Bab Touma"),
        ("حمص القديمة: باب السباع", "باب السباع"),
        ("Old Homs (Bab Houd)", "Bab Houd"),
        ("Wadi Barada, Ain al-Fijeh", "Ain al-Fijeh"),
        ("وادي بردى - دير مقرن", "دير مقرن"),
    ],
)
def test_an_old_town_and_a_valley_hold_what_lies_in_them(gazetteer: buldan.Gazetteer, cell: str, quarter: str) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place == gazetteer.lookup(quarter)[0].place
    assert best.score > 0.9


@pytest.mark.parametrize("cell", ["كفرومة - حاس", "بزابور - أورم الجوز", "حزانو - كللي"])
def test_of_two_places_of_one_size_side_by_side_neither_holds_the_other(gazetteer: buldan.Gazetteer, cell: str) -> None:
    assert [reason.rule for reason in gazetteer.lookup(cell).reasons] == ["several_places"]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    ("governorate", "town", "pcode"),
    [("Homs", "Talbiseh", "C2882"), ("دير الزور", "موحسن", "C5125"), ("Rif Dimashq", "Qudsaya", "C2311")],
)
def test_a_governorate_contains_in_either_order_by_any_sign(
    gazetteer: buldan.Gazetteer, governorate: str, town: str, pcode: str, sign: str
) -> None:
    for cell in (f"{governorate}{sign}{town}", f"{town}{sign}{governorate}"):
        best = gazetteer.lookup(cell)[0]
        assert best.place.admin[0].pcode == gazetteer.lookup(town, within=governorate)[0].place.admin[0].pcode
        assert best.place == gazetteer.lookup(town, within=governorate)[0].place, (cell, pcode)


ONE_NAME = [
    "ريف دمشق",
    "دير الزور",
    "درعا البلد",
    "حلب الجديدة",
    "Aleppo Citadel",
    "Deir ez-Zor airport",
    "Mamura - Mahdum",
]


@pytest.mark.parametrize("name", ONE_NAME)
def test_what_the_gazetteer_holds_as_one_name_is_one_name(gazetteer: buldan.Gazetteer, name: str) -> None:
    best = gazetteer.lookup(name)[0]
    assert best.score > 0.5
    assert not any(reason.rule in {"within_inside", "several_places", "words_left_out"} for reason in best.reasons)


@pytest.mark.parametrize(
    "cell",
    [
        "دوما - حرستا",
        "Saraqib and Sarmin",
        "سلقين، حارم، كفر تخاريم",
        "بين سراقب ومعرة النعمان",
        "Duma, Harasta, Saqba",
    ],
)
def test_several_places_are_all_given_and_none_as_found(gazetteer: buldan.Gazetteer, cell: str) -> None:
    matches = gazetteer.lookup(cell, limit=10)
    assert matches[0].score < 0.6
    assert all(match.ambiguous for match in matches)
    assert "several_places" in {reason.rule for reason in matches[0].reasons}
    names = len([part for part in cut_cell(cell) if part.text]) or 1
    assert len({match.place.id for match in matches}) >= min(names, 2)


@pytest.mark.parametrize("cell", ["كذا سلقين وحارم", "مجلسا سلقين وحارم", "Xylquor and Harim"])
def test_one_of_two_places_is_not_certain_where_the_other_was_not_read(gazetteer: buldan.Gazetteer, cell: str) -> None:
    assert gazetteer.lookup(cell)[0].score < 0.5


@pytest.mark.parametrize(
    ("cell", "towns"),
    [
        ("عين ترما، جوبر، زملكا", ["Ein Terma", "Jobar", "Zamalka"]),  # neighbours, none of which heads a unit
        ("كفرزيتا، اللطامنة، مورك", ["Kafr Zita", "Latmana", "Murak"]),  # the first heads the unit of the second
        ("هجين - السوسة - الباغوز", ["Hajin", "Sosa", "Al Bagouz"]),
        ("ناحية سلقين وناحية حارم", ["Salqin", "Harim"]),
        ("ريف حلب الشمالي وريف إدلب الجنوبي", ["Aleppo", "Idleb"]),
        ("حمص وحماة وإدلب", ["Homs", "Hama", "Idlib"]),
        ("حلب ودير الزور والحسكة", ["Aleppo", "Deir ez-Zor", "Al-Hasakah"]),  # governorates too
        ("الرستن وتلبيسة وتدمر", ["Al-Rastan", "Talbiseh", "Palmyra"]),
        ("Kobani, Tell Rifaat, Marea", ["Ain Al Arab", "Tell Rifaat", "Mare'"]),
        ("بلدتا بنش وتفتناز", ["Binnish", "Teftnaz"]),  # words of kind for two and for many
        ("مدينتا الرستن وتلبيسة", ["Al-Rastan", "Talbiseh"]),
        ("ناحيتي سلقين وحارم", ["Salqin", "Harim"]),
        ("نواحي سلقين وحارم", ["Salqin", "Harim"]),
        ("محافظتا حمص وحماة", ["Homs", "Hama"]),
        ("towns of Binnish and Taftanaz", ["Binnish", "Teftnaz"]),
    ],
)
def test_a_list_gives_each_place_its_share_in_the_order_of_the_cell(
    gazetteer: buldan.Gazetteer, cell: str, towns: list[str]
) -> None:
    matches = gazetteer.lookup(cell, limit=10)
    likely = dict.fromkeys(match.place.name() for match in matches if match.score > 0.1)  # a town, its unit: once
    assert [name for name in likely if name in towns] == towns
    assert all(match.score < 0.5 for match in matches)
    assert "several_places" in {reason.rule for reason in matches.reasons}


@pytest.mark.parametrize(
    "cell", ["Homs, Homs", "حمص، حمص", "Idlib, Idlib, Syria", "Raqqa, Raqqa", "Aleppo (city), Aleppo"]
)
def test_the_name_of_a_governorate_twice_is_its_city(gazetteer: buldan.Gazetteer, cell: str) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place.kind == "city"
    assert best.score > 0.9


@pytest.mark.parametrize("cell", ["Saraqib, Idleb, SY07, Syria", "Saraqib Idlib Idlib"])
def test_the_name_of_a_governorate_twice_behind_a_name_contains_it(gazetteer: buldan.Gazetteer, cell: str) -> None:
    assert gazetteer.lookup(cell)[0].place.name_en == "Saraqib"


@pytest.mark.parametrize(
    ("cell", "pcode"),
    [
        ("Homs (SY04)", "SY04"),
        ("حمص (SY04)", "SY04"),
        ("Azaz (SY0204)", "SY0204"),
        ("يلدا C2302", "C2302"),
        ("12 (C2302)", "C2302"),
    ],
)
def test_a_code_beside_its_own_name_is_the_place(gazetteer: buldan.Gazetteer, cell: str, pcode: str) -> None:
    assert [(match.place.pcode, match.score) for match in gazetteer.lookup(cell)] == [(pcode, 1.0)]


@pytest.mark.parametrize("cell", ["Salqin (SY0703)", "Kafr Lata (SY07)"])
def test_a_code_beside_another_name_is_not_that_place_by_its_code(gazetteer: buldan.Gazetteer, cell: str) -> None:
    for match in gazetteer.lookup(cell):
        assert "identifier" not in {reason.rule for reason in match.reasons}


def test_a_name_with_many_namesakes_stands_behind_the_others_of_a_list(gazetteer: buldan.Gazetteer) -> None:
    matches = gazetteer.lookup("Ras al-Ain / Tell Tamer / Qamishli", limit=10)
    likely = dict.fromkeys(match.place.name() for match in matches if match.score > 0.1)
    assert list(likely)[:2] == ["Tal Tamer", "Al-Qamishli"]
    assert "Ras Al Ain" in likely


def test_an_unknown_name_of_a_list_takes_nothing_from_the_known_ones(gazetteer: buldan.Gazetteer) -> None:
    matches = gazetteer.lookup("Duma, Harasta, Saqba, Zzyzxville", limit=10)
    assert [match.place.name() for match in matches if match.score > 0.1] == ["Douma", "Harasta", "Saqba"]


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("القورية، العشارة، الميادين", "Quriyeh"),
        ("Khan Shaykhun, Maarrat al-Numan, Idlib", "Khan Shaykhun"),
        ("الميادين، العشارة، القورية", "Quriyeh"),
    ],
)
def test_towns_that_contain_each_other_are_an_address(gazetteer: buldan.Gazetteer, address: str, town: str) -> None:
    best, *_ = gazetteer.lookup(address)
    assert best.place.name() == town
    assert best.score > 0.8


@pytest.mark.parametrize("dashes", ["--", "-" * 8, "-" * 9, "-" * 60])
def test_a_row_of_dashes_is_one_sign_however_long(gazetteer: buldan.Gazetteer, dashes: str) -> None:
    assert [part.sign for part in cut_cell(f"Homs {dashes} Rastan")] == ["first", "dash"]
    assert gazetteer.lookup(f"يلدا {dashes}")[0].place.pcode == "C2302"


@pytest.mark.parametrize("cell", ["حلب (Aleppo)", "Salqin/سلقين", "قاح (Qah)"])
def test_a_second_spelling_is_no_unit(gazetteer: buldan.Gazetteer, cell: str) -> None:
    alone = gazetteer.lookup(cell.replace("/", " (").split(" (")[0])[0].place
    best = gazetteer.lookup(cell)[0]
    assert best.place == alone
    assert "within_inside" not in {reason.rule for reason in best.reasons}


@pytest.mark.parametrize("cell", ["Yalda, 12", "1- يلدا", "Yalda (1)", "Yalda: 25", "3, Yalda"])
def test_a_part_without_letters_is_ignored(gazetteer: buldan.Gazetteer, cell: str) -> None:
    assert gazetteer.lookup(cell)[0].place.pcode == "C2302"


@pytest.mark.parametrize("town", ["Kafr Lata", "كفر لاتة"])
def test_a_cell_answers_as_its_name_within_its_units(gazetteer: buldan.Gazetteer, town: str) -> None:
    cell = gazetteer.lookup(f"Idlib, Ariha, {town}")[0]
    assert cell.place == gazetteer.lookup(town, within=["Idlib", "Ariha"])[0].place


@pytest.mark.parametrize(("phrase", "town"), [("الملعب البلدي", "الحسكة"), ("المشفى الوطني", "القامشلي")])
def test_what_any_town_has_is_sure_only_where_the_town_is_named(
    gazetteer: buldan.Gazetteer, phrase: str, town: str
) -> None:
    alone, told = gazetteer.lookup(phrase), gazetteer.lookup(phrase, within=town)
    assert alone[0].score < 0.5
    assert "bare_phrase" in {reason.rule for reason in alone.reasons}
    assert told[0].score > alone[0].score
    assert town in told[0].place.name_ar


@pytest.mark.parametrize("name", ["المشفى الوطني في إدلب", "المشفى الوطني بحمص", "Idlib National Hospital"])
def test_a_stored_name_is_not_ambiguous_with_what_its_parts_name(gazetteer: buldan.Gazetteer, name: str) -> None:
    matches = gazetteer.lookup(name)
    assert name in {each.text for each in matches[0].place.names}
    assert not matches[0].ambiguous
    assert matches[0].score > 0.8


@pytest.mark.parametrize("cell", ["Al- Ammrat", "al - Bab", "ال - باب", "Homs, Al- Qusayr", "Al-", "ال"])
def test_an_article_cut_off_by_a_sign_is_no_name(gazetteer: buldan.Gazetteer, cell: str) -> None:
    for match in gazetteer.lookup(cell):
        assert not any(reason.rule == "several_places" for reason in match.reasons)


LANDS = [
    ("ريف إدلب الجنوبي", "SY07"),
    ("بريف حلب الشمالي", "SY02"),
    ("ريف دمشق الغربي", "SY03"),
    ("Northwestern Hama countryside", "SY05"),
    ("southern countryside of Homs", "SY04"),
    ("Rural Raqqa", "SY11"),
    ("ريف السلمية الشرقي", "SY0503"),
    ("Jableh countryside", "SY0602"),
]


@pytest.mark.parametrize(("land", "unit"), LANDS)
def test_a_countryside_is_its_unit_and_not_the_town_in_it(gazetteer: buldan.Gazetteer, land: str, unit: str) -> None:
    assert gazetteer.lookup(land)[0].place.pcode == unit


def test_the_land_around_what_heads_no_unit_is_not_sure(gazetteer: buldan.Gazetteer) -> None:
    best = gazetteer.lookup("ريف سلمى")[0]
    assert best.score < 0.5
    assert "land_of_place" in {reason.rule for reason in best.reasons}


@pytest.mark.parametrize("side", ["", " الشمالي", " الشرقي", " الجنوبي الغربي"])
@pytest.mark.parametrize(("town", "governorate"), [("الزهراء", "حمص"), ("خان شيخون", "إدلب"), ("مسكنة", "حلب")])
def test_a_side_of_a_countryside_contains_as_the_whole(
    gazetteer: buldan.Gazetteer, town: str, governorate: str, side: str
) -> None:
    inside = gazetteer.lookup(town, within=governorate)[0].place
    for cell in (f"{town}، ريف {governorate}{side}", f"ريف {governorate}{side} - {town}"):
        assert gazetteer.lookup(cell)[0].place == inside, cell
    assert gazetteer.lookup(town, within=f"ريف {governorate}{side}")[0].place == inside


@pytest.mark.parametrize(
    ("cell", "governorate"),
    [("Qasimiyah, Kobani", "SY02"), ("Sarin, Kubani", "SY02"), ("Jaramana, ناحية الغوطة الشرقية", "SY03")],
)
def test_a_town_that_shares_its_name_with_a_region_contains(
    gazetteer: buldan.Gazetteer, cell: str, governorate: str
) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place.admin[0].pcode == governorate
    assert 0.8 < best.score < 1


@pytest.mark.parametrize(
    ("cell", "town", "governorate"),
    [
        ("دوما، الغوطة الشرقية", "دوما", "ريف دمشق"),
        ("الغوطة الغربية - داريا", "داريا", "ريف دمشق"),
        ("ريف حمص الشمالي، تلبيسة", "تلبيسة", "حمص"),
        ("Yabrud (Qalamoun)", "Yabrud", "Rif Dimashq"),
    ],
)
def test_a_region_has_its_own_towns_whatever_a_list_calls_a_unit(
    gazetteer: buldan.Gazetteer, cell: str, town: str, governorate: str
) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place == gazetteer.lookup(town, within=governorate)[0].place
    assert best.score > 0.8


@pytest.mark.parametrize("town", ["Kobani", "Kobany", "Kobanî", "كوباني"])
def test_a_town_holds_its_villages_though_a_region_is_called_after_it(gazetteer: buldan.Gazetteer, town: str) -> None:
    first, *others = gazetteer.lookup(f"Qasimiyah, {town}")
    assert first.place.pcode == "C8273"
    assert first.score > 0.6
    assert all(other.score < 0.3 for other in others)


@pytest.mark.parametrize(
    ("cell", "name", "governorate"),
    [
        ("Eastern Marj Akhdar village", "Eastern Marj Akhdar", "Idleb"),  # "eastern" is a part of it
        ("Zalaqit village, Muhradah subdistrict", "Zalaqit", "Hama"),  # -t is no ending here
        ("قرية القادرية - برنة", "القادرية - برنة", "اللاذقية"),  # a dash inside the name
        ("تل حمام غربي 12/3/2014", "تل حمام غربي", "الحسكة"),  # what follows غربي is no name
        ("تل بطال شرقي بريف حلب", "تل بطال شرقي", "حلب"),
        ("مركز مدينة منبج", "منبج", "حلب"),
        ("على أطراف مدينة الباب", "الباب", "حلب"),
        ("رقم 4 - يلدا", "يلدا", "ريف دمشق"),
        ("No. 12 Saraqib", "Saraqib", "Idleb"),
        ("Suluk, east of Tall Abiad", "Suluk", "Raqqa"),
        ("المزرعة/حلب", "المزرعة", "حلب"),
        ("Homs’s Baba Amr neighborhood", "Baba Amr", "Homs"),
        ("Aleppo's Salaheddine", "Salaheddine", "Aleppo"),
        ("Syria's Qamishli", "Qamishli", "Hasakah"),
    ],
)
def test_words_that_are_no_letters_of_the_name(
    gazetteer: buldan.Gazetteer, cell: str, name: str, governorate: str
) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place == gazetteer.lookup(name, within=governorate)[0].place
    assert best.score > 0.6


@pytest.mark.parametrize("cell", ["Yalda C2302", "C2302 يلدا", "SY03/C2302", "SY03 SY0301 SY030102 C2302", "يلدا SY03"])
def test_a_code_beside_a_name_says_where(gazetteer: buldan.Gazetteer, cell: str) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place.pcode == "C2302"
    assert best.score > 0.9


@pytest.mark.parametrize("cell", ["SY03/SY0302/C2302", "Saraqib SY03"])
def test_codes_that_contradict_make_no_sure_answer(gazetteer: buldan.Gazetteer, cell: str) -> None:
    assert gazetteer.lookup(cell)[0].score <= 0.5


def test_a_number_alone_is_no_name(gazetteer: buldan.Gazetteer) -> None:
    assert not gazetteer.lookup("No. 3")


@pytest.mark.parametrize("cell", ["Bir Humaymah village", "Khirbat Assan village"])
def test_words_in_another_order_are_still_one_name(gazetteer: buldan.Gazetteer, cell: str) -> None:
    for match in gazetteer.lookup(cell):
        assert not {"several_places", "word_order"} <= {reason.rule for reason in match.reasons}


def test_an_apostrophe_in_a_name_is_no_possessive(gazetteer: buldan.Gazetteer) -> None:
    assert gazetteer.lookup("Ra's al-Ayn", within="Hasakah")[0].place.name_ar == "رأس العين"
    assert [part.text for part in cut_cell("Ra's al-Ayn")] == ["Ra's al-Ayn"]


@pytest.mark.parametrize(
    "cell",
    [
        "من أهالي {ar}",
        "من أبناء قرية {ar}",
        "مواليد {ar} 1985",
        "من مواليد 1985 {ar}",
        "born 1985 in {en}, Idlib",
        "resident of {en} near Harim",
        "originally from {en}",
        "probably {en}",
        "ربما {ar}",
        "Location: {en}, Idlib",
        "المكان: {ar}",
        "{en} / N/A",
        "{ar} - غير محدد",
        "{en} 12/03/2015",
        "ID-2231 {en}",
        "{en}, Harim Dist., Idlib Gov.",
        "{en} - Harim district (Idlib gov.)",
        "{en}, Salqin S/D",
        "م. إدلب - {ar}",
        "ن. سلقين ق. {ar}",
        "{ar} التابعة لناحية سلقين",
        "قرية {ar} التابعة لمحافظة إدلب",
        "{en} {ar}",
        "{en} {ar}, Idlib",
    ],
)
def test_what_registers_write_beside_a_name_is_no_part_of_it(gazetteer: buldan.Gazetteer, cell: str) -> None:
    best = gazetteer.lookup(cell.format(en="Azmarin", ar="عزمارين"))[0]
    assert (best.place.pcode, best.score > 0.6) == ("C4143", True)


@pytest.mark.parametrize(
    "side", ["rural Al-Hasakeh/{}", "Rif Al-Hasakeh, {}", "{}, rural Ar-Raqqa", "{}, Reef Al-Quneitra"]
)
def test_a_countryside_with_an_article_is_one_part(gazetteer: buldan.Gazetteer, side: str) -> None:
    assert gazetteer.lookup(side.format("Um Elfursan"))[0].place.name_en == "Um Elfursan"


@pytest.mark.parametrize("unit", ["Rural Damascus Governorate", "rural Rural Damascus", "Rural Damascus countryside"])
def test_rural_damascus_with_one_more_word_is_not_damascus(gazetteer: buldan.Gazetteer, unit: str) -> None:
    assert gazetteer.lookup(f"{unit}/Yabrud")[0].place.name_en == "Yabrud"


@pytest.mark.parametrize(
    ("cell", "name", "unit"),
    [
        ("سراقب آفس", "آفس", "سراقب"),
        ("آفس سراقب", "آفس", "سراقب"),
        ("Mayadin Quriyeh", "Quriyeh", "Al Mayadin"),
        ("الحسكة القامشلي عامودا", "عامودا", "القامشلي"),
        ("Daraa Izra Hirak", "Hirak", "Izra"),
        ("كفر تخاريم حارم إدلب", "كفر تخاريم", "حارم"),
        ("عربين الغوطة الشرقية", "عربين", "ريف دمشق"),
    ],
)
def test_a_unit_contains_what_stands_beside_it_with_nothing_between(
    gazetteer: buldan.Gazetteer, cell: str, name: str, unit: str
) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place == gazetteer.lookup(name, within=unit)[0].place
    assert best.score > 0.9


@pytest.mark.parametrize(
    ("clad", "apart"),
    [
        ("سوق الحميدية بدمشق", "سوق الحميدية في دمشق"),
        ("جامعة تشرين باللاذقية", "جامعة تشرين في اللاذقية"),
        ("مشفى تشرين العسكري بدمشق", "مشفى تشرين العسكري في دمشق"),
        ("حي الوعر بحمص", "حي الوعر في حمص"),
    ],
)
def test_a_town_with_the_clitic_of_in_holds_what_stands_before_it(
    gazetteer: buldan.Gazetteer, clad: str, apart: str
) -> None:
    best, wanted = gazetteer.lookup(clad)[0], gazetteer.lookup(apart)[0]
    assert best.place == wanted.place
    assert best.score > 0.85


@pytest.mark.parametrize("cell", ["عين العرب كوباني", "Kobani Ain al-Arab"])
def test_two_names_of_one_place_are_one_answer(gazetteer: buldan.Gazetteer, cell: str) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place == gazetteer.lookup("كوباني")[0].place
    assert best.score > 0.9


@pytest.mark.parametrize("cell", ["سلقين حارم", "جسر الشغور بداما", "Tell Abyad Ain Issa"])
def test_two_towns_with_nothing_between_are_two_places(gazetteer: buldan.Gazetteer, cell: str) -> None:
    assert gazetteer.lookup(cell)[0].score <= 0.5


@pytest.mark.parametrize("cell", ["تل بطال", "دير بعلبة", "شارع بغداد", "Ein Issa"])
def test_a_name_with_the_letter_of_a_clitic_stays_whole(gazetteer: buldan.Gazetteer, cell: str) -> None:
    assert gazetteer.lookup(cell)[0].reasons[0].rule == "exact"
