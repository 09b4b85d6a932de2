"""What reading promises: the right words, without clitics and generic words, and the right places."""

import json
from itertools import pairwise

import pytest

import buldan

from .conftest import find_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("وصلت القافلة إلى دمشق قادمة من حلب.", ["دمشق", "حلب"]),
        ("خرجوا من الرقة وبحلب استقروا، ثم انتقلوا لحمص.", ["الرقة", "حلب", "حمص"]),
        ("قوات النظام قصفت مدينة دوما", ["دوما"]),
        ("كان الفتى مخدوما في بيت سيده", []),
        ("سيطروا على الحجر الأسود ومخيم اليرموك", ["الحجر الأسود", "مخيم اليرموك"]),
        ("في مناطق يلدا ببيلا و بيت سحم بانتظار الخروج", ["يلدا", "ببيلا", "بيت سحم"]),
        ("Clashes continued in Saraqib and Maarat al-Numan, south of Idlib.", ["Saraqib", "Maarat al-Numan", "Idlib"]),
        ("The road from Deir ez-Zor to Raqqa was closed.", ["Deir ez-Zor", "Raqqa"]),
        ("He hit the ball and it hit the wall.", []),
    ],
)
def test_names_are_found_as_they_stand(geoparser, text, names):
    assert find_names(geoparser, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "أعلنت جبهة النصرة انسحابها وانضمت إلى هيئة تحرير الشام.",
        "قالت وكالة الأناضول إن الاجتماع انتهى.",
        "الحكومة السورية والشعب السوري",
        "التقى الرئيس بشار الأسد وفدا برلمانيا.",
        "The Syrian government and Russian officials met.",
        "Mohammed al-Halabi spoke to Reuters.",
        "قرع الباب ثم دخل وجلس.",
        "نصبت الشرطة حواجز جديدة ووصلت دفعة جديدة من المساعدات.",
        "رفع المتظاهرون شعارات الثورة والحرية والكرامة.",
        "انتشرت القوات في ربيعة العراقية.",
        "The Hamza Division and the Baqir Brigade denied the report.",
        "They lived in the Lebanese city of Tripoli.",
        "خر الجندي صريعاً وفر الباقون.",
        "",
        "   \n\n ",
        "1234 567 89",
    ],
)
def test_what_is_no_place_is_left_alone(geoparser, text):
    assert find_names(geoparser, text) == []


@pytest.mark.parametrize(
    ("text", "name", "pcode"),
    [
        ("قصف على حي القدم جنوب دمشق", "القدم", "N0094"),
        ("خرج المقاتلون من يلدا وببيلا", "يلدا", "C2302"),
        ("وصلوا إلى محافظة حلب", "حلب", "SY02"),
        ("وصلوا إلى مدينة حلب", "حلب", "C1007"),
        ("وقعت الغارة في ريف دمشق أمس", "ريف دمشق", "SY03"),
        ("Shelling hit Idlib province on Monday.", "Idlib", "SY07"),
    ],
)
def test_the_words_around_choose_among_namesakes(geoparser, text, name, pcode):
    places = {mention.text: mention.place.pcode for mention in geoparser.read(text)}
    assert places.get(name) == pcode


def test_a_quarter_unknown_in_the_stated_city_is_placed_there(geoparser):
    mention = geoparser.read("قال سكان من حي الغويران في حلب إن الكهرباء مقطوعة")[0]
    assert (mention.text, mention.place.pcode, mention.relation.kind) == ("الغويران", "C1007", "within")


def test_a_short_name_means_the_longer_one_beside_it(geoparser):
    mentions = geoparser.read("أصيب ثلاثة في بلدة الغارية الشرقية شرقي درعا، ونقلوا إلى مشفى بلدة الغارية.")
    places = {mention.text: mention.place.pcode for mention in mentions}
    assert places["الغارية"] == places["الغارية الشرقية"] == "C6009"


def test_unknown_spellings_go_on_in_a_list(geoparser):
    assert find_names(geoparser, "قصف على قرى مرعناز والمالكية وعلقميه شمالي حلب")[-2:] == ["علقميه", "حلب"]


def test_places_abroad_are_given_when_asked_for_and_marked(geoparser):
    text = "سافر من دمشق إلى باريس"
    assert find_names(geoparser, text) == ["دمشق"]
    paris = next(mention for mention in geoparser.read(text, foreign=True) if mention.text == "باريس")
    assert paris.foreign and paris.place is None


def test_spellings_that_the_gazetteer_does_not_hold_are_found_in_context(geoparser):
    mentions = geoparser.read("The hospital in Talmenes, Idlib, was hit after a strike on Khan Sheikhounn.")
    assert {"Talmenes", "Khan Sheikhounn"} <= {mention.text for mention in mentions}


def test_a_facility_is_placed_where_it_is_said_to_be(geoparser):
    mention = geoparser.read("استهدفت غارة مستشفى كفر تخاريم ليلا")[0]
    assert mention.text == "مستشفى كفر تخاريم"
    assert mention.place.name("en") == "Kafr Takharim"
    assert mention.relation.kind == "within"


@pytest.mark.parametrize(
    ("text", "facility"),
    [
        ("They met in Homs Road Church in Homs, Syria.", "Homs Road Church"),
        ("Wounded people reached Idlib Street Hospital in Idlib, Syria.", "Idlib Street Hospital"),
        ("Wounded people reached Idlib Hospital in Syria.", "Idlib Hospital"),
    ],
)
def test_an_english_facility_is_one_mention_though_its_name_holds_another(geoparser, text, facility):
    mentions = geoparser.read(text)
    assert facility in [mention.text for mention in mentions]
    assert all(one.end <= other.start for one, other in pairwise(mentions))


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("معارك في ريف حلب الشمالي", "countryside", "ريف حلب الشمالي"),
        ("اشتباكات جنوب دمشق", "direction", "جنوب"),
        ("a village 5 km north of Idlib", "distance", "5 km north of"),
        ("اشتباكات بين سراقب ومعرة النعمان", "between", "بين"),
        ("on the outskirts of Hama city", "around", "the outskirts of"),
        ("انفجار على بعد 5 كم من سراقب", "distance", "5 كم من"),
        ("على الطريق الواصل بين حلب ودمشق", "along", "الطريق الواصل بين"),
    ],
)
def test_relative_places_become_areas_with_their_words(geoparser, text, kind, words):
    relations = [mention.relation for mention in geoparser.read(text) if mention.relation]
    assert {(relation.kind, relation.words) for relation in relations} == {(kind, words)}
    assert relations[0].area["type"] == ("LineString" if kind == "along" else "Polygon")
    assert relations[0].anchors


def test_five_kilometres_north_lies_north(geoparser):
    relation = geoparser.read("a village 5 km north of Idlib")[0].relation
    anchor = relation.anchors[0]
    assert relation.lat - anchor.lat == pytest.approx(5 / 111.195, abs=1e-4)
    assert relation.lon == pytest.approx(anchor.lon, abs=1e-6)


def test_confidence_is_a_probability_and_alternatives_share_it(geoparser):
    for mention in geoparser.read("في الصالحية وقرية الجديدة ومدينة الباب قرب حلب"):
        shares = [mention.confidence, *(other.confidence for other in mention.alternatives)]
        assert all(0 <= share <= 1 for share in shares)


def test_the_sample_of_south_damascus_is_read_without_a_fault(geoparser, shared):
    text = (shared / "samples" / "south-damascus.ar.txt").read_text("utf-8")
    gold = json.loads((shared / "samples" / "south-damascus.gold.json").read_text("utf-8"))["mentions"]
    syrian = {(mark["start"], mark["id"]) for mark in gold if mark["flag"] == "syria"}
    mentions = geoparser.read(text)
    assert len(mentions) == len(syrian) == 21
    marks = [mark for mark in gold if mark["flag"] == "syria"]
    assert all(any(mark["start"] < m.end and m.start < mark["end"] for m in mentions) for mark in marks)


@pytest.mark.parametrize(
    ("text", "name", "identifier"),
    [
        ("ومن دمشق إلى بصرى وهي قصبة حوران", "حوران", "curated:hauran"),
        ("ماء أهلها من مسيل قويق بحلب", "قويق", "bd7eshbwsd"),
        ("نزلوا من جبل العلويين إلى اللاذقية", "جبل العلويين", "curated:coastal-mountains"),
        ("وكانت بلاد جعبر تحت حكم صاحب حلب", "جعبر", "curated:qalaat-jabar"),
        ("قتل ضابط في ميسلون بريف دمشق", "ميسلون", "geonames:168327"),
    ],
)
def test_lands_waters_and_castles_go_by_older_names(geoparser, text, name, identifier):
    found = {mention.text: mention.place.id for mention in geoparser.read(text)}
    assert found.get(name) == geoparser.resources.index.find_id(identifier).id


def test_a_city_is_not_its_citadel(geoparser):
    (mention,) = geoparser.read("وصل الوزير إلى حلب")
    assert mention.place.pcode == "C1007"
    assert all(other.place.kind != "site" for other in mention.alternatives)


@pytest.mark.parametrize(
    "text",
    [
        "حلب: مدينة عظيمة كثيرة الخيرات",  # an adjective near the name عريمة
        "دمشق مدينة سريعة النمو وقرية مهجورة",
        "بعد فترة وجيزة عاد إلى دمشق",  # و is of the word, not a clitic of الجيزة
        "هاجروا من شبه الجزيرة العربية إلى دمشق",
        "دهمت دورية من الأمن السياسي بيتا في حلب",
    ],
)
def test_ordinary_words_and_bodies_are_no_slips_of_names(geoparser, text):
    assert {mention.text for mention in geoparser.read(text)} <= {"حلب", "دمشق"}


def test_a_river_goes_by_its_name_alone(geoparser):
    (mention,) = geoparser.read("يصب في نهر اليرموك")
    assert mention.place.kind == "river"


@pytest.mark.parametrize(
    "text",
    [
        "Justice Minister Pierre Homs resigned on Monday.",
        "Marie Aleppo won the race in Lyon.",
        "Idlib Foods, Inc. sued Kobani & Marsh LLP in Ohio.",
        "Counsel for Hama Dynamics, Ltd. did not answer.",
        "She slipped at the Hasaka Avenue store in Denver.",
        "The jury in Raqqa v. Porter was out for an hour.",
        "My friend Hama fixed the car.",
    ],
)
def test_persons_firms_and_parties_of_cases_are_no_places(geoparser, text):
    assert find_names(geoparser, text) == []


def test_a_doctor_of_a_towns_name_lives_in_a_town(geoparser):
    assert find_names(geoparser, "Dr. Samir Rastan, of Hama, treated the wounded of Talbiseh.") == ["Hama", "Talbiseh"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mr. Homs, who keeps the shop, left Aleppo.", ["Aleppo"]),
        ("Gen. Hama and Lt. Idlib flew to Damascus.", ["Damascus"]),
        ("Dr. Yorick Hama spoke in Aleppo.", ["Aleppo"]),
        ("قال د. حمص إن حلب هادئة.", ["حلب"]),
        ("We asked the doctor. Homs was quiet, and so was Aleppo.", ["Homs", "Aleppo"]),
    ],
)
def test_the_point_of_a_title_ends_no_sentence(geoparser, text, names):
    assert find_names(geoparser, text) == names


def test_a_word_that_begins_names_leads_on_to_one_that_is_known_abroad(geoparser):
    text = "Convoys from Hasakah and Qamishli went to Tel Brak in Syria."
    assert find_names(geoparser, text) == ["Hasakah", "Qamishli", "Tel Brak", "Syria"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وصلت القافلة إلى ناحية سلقين بريف إدلب.", "سلقين"),
        ("Aid reached Salqin sub-district, and Idlib city.", "Salqin"),
        ("Aid reached the subdistrict of Salqin near Idlib.", "Salqin"),
    ],
)
def test_a_word_for_a_sub_district_means_the_unit_and_not_its_town(geoparser, text, name):
    meant = next(mention for mention in geoparser.read(text) if mention.text == name)
    assert meant.place.kind == "sub-district"


def test_the_country_in_a_title_is_the_country(geoparser):
    assert find_names(geoparser, "Syria Situation Report No. 7 was published.") == ["Syria"]
    assert find_names(geoparser, "Syria Humanitarian Bulletin, issue 3") == ["Syria"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("وصلنا إلى ا لزبداني ثم إلى ا لنبك", ["ا لزبداني", "ا لنبك"]),
        ("بين حمص وا لقصير طريق", ["حمص", "ا لقصير"]),
    ],
)
def test_a_blank_within_the_article_is_none(geoparser, text, names):
    assert find_names(geoparser, text) == names


def test_what_a_list_holds_is_held_abroad_to_the_last(geoparser):
    assert not find_names(geoparser, "The villages of Kafr Kila and Maroun al-Ras in south Lebanon were bombed.")
    assert find_names(geoparser, "They fled from Sarmin and Binnish to Saraqib.") == ["Sarmin", "Binnish", "Saraqib"]


def test_a_clitic_promises_a_name_of_several_words(geoparser):
    assert "رأس البسيط" in find_names(geoparser, "أخد بيت ع البحر برأس البسيط جنب اللاذقية")


def test_a_turkish_ending_parts_two_names(geoparser):
    text = "Bakanlık, Afrin'in Cinderes beldesinde saldırı olduğunu, Azez ve Cerablus'ta sorun olmadığını açıkladı."
    assert find_names(geoparser, text) == ["Afrin", "Cinderes", "Azez", "Cerablus"]


def places(geoparser, text):
    return [(mention.text, mention.place.pcode) for mention in geoparser.read(text)]


def test_a_governorate_that_is_asked_for_is_one(geoparser):
    assert places(geoparser, "They hold the Afrin area of Aleppo Province.")[-1] == ("Aleppo", "SY02")
    assert places(geoparser, "نزح ألف شخص من محافظة حمص") == [("حمص", "SY04")]
    assert places(geoparser, "نزح ألف شخص من مدينة حمص") == [("حمص", "C2528")]


@pytest.mark.parametrize(
    ("text", "pcodes"),
    [
        ("Needs are highest in three governorates: Aleppo, Idlib and Hama.", ["SY02", "SY07", "SY05"]),
        ("تعمل الفرق في ثلاث محافظات: حلب وإدلب وحماة.", ["SY02", "SY07", "SY05"]),
        ("Prices rose in three cities: Aleppo, Idlib and Hama.", ["C1007", "C3871", "C2987"]),
    ],
)
def test_what_stands_before_a_colon_is_asked_of_the_list(geoparser, text, pcodes):
    assert [pcode for _, pcode in places(geoparser, text)] == pcodes


def test_cities_of_a_list_are_not_in_one_another(geoparser):
    text = "They live in the major cities of Damascus, Aleppo (the largest city), and Homs."
    assert places(geoparser, text) == [("Damascus", "C1001"), ("Aleppo", "C1007"), ("Homs", "C2528")]


@pytest.mark.parametrize(
    "text",
    [
        "Syrians celebrate on 17 April.",
        "The regime of al-ASAD fell in December.",
        "The Ba'ath Party met in Tikrit.",
        "The embassy is at 6110 Damascus Place, Washington.",
    ],
)
def test_dates_rulers_parties_and_addresses_are_no_places(geoparser, text):
    assert find_names(geoparser, text) == []


def test_a_place_before_the_one_that_holds_it_is_in_no_list_with_it(geoparser):
    assert "خان أرنبة" in find_names(geoparser, "أغزرها كان في خان أرنبة بالقنيطرة 107 مم")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Season with Aleppo pepper; wash with Aleppo soap.", []),
        ("A blade of Damascus steel and a Damascus rose.", []),
        ("We met at Damascus Gate in the Old City.", []),
        ("Halep sabunu ve Halep biberi", []),
        ("صابون حلب يباع في حلب", ["حلب"]),
        ("The price of pepper in Aleppo rose.", ["Aleppo"]),
        ("The army closed the gate of Damascus.", ["Damascus"]),
    ],
)
def test_a_thing_named_after_a_place_is_not_there(geoparser, text, names):
    assert [mention.text for mention in geoparser.read(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [("قصف على يلدا", ["يلدا"]), ("غارة على سقبا وعلى حمورية", ["سقبا", "حمورية"]), ("قال علي يلدا إنه سيعود", [])],
)
def test_on_is_no_mans_name(geoparser, text, names):
    assert [mention.text for mention in geoparser.read(text)] == names


def test_a_facility_in_a_province_is_not_in_the_next_ones_town(geoparser):
    text = "Jets took off from Qwrtbz Airbase in Latakia province and raided Maarrat al-Numan."
    assert [mention.text for mention in geoparser.read(text)] == ["Latakia", "Maarrat al-Numan"]


def test_a_word_between_a_name_and_its_kind_makes_no_person_of_it(geoparser):
    text = "A squadron took off from Hmemim Military Airbase in Latakia province and raided Maarrat al-Numan."
    base = geoparser.read(text)[0]
    assert base.text == "Hmemim Military Airbase"
    assert base.place.name_ar in {"حميميم", "قاعدة حميميم"}


@pytest.mark.parametrize(
    "text",
    [
        "Hind Idlib, 71, of Akron, Ohio, died Friday at home.",
        "Albert (Saba) Baniyas, of Scranton, Pa., passed away Tuesday.",
        "Theodore J. Raqqa, a plumber from Lowell, Massachusetts, died of cancer.",
    ],
)
def test_an_age_an_initial_or_a_maiden_name_makes_a_person(geoparser, text):
    assert find_names(geoparser, text) == []


def test_an_age_beside_a_place_does_not(geoparser):
    text = "Amina, 34, left Saraqib for Idlib, 20 km away."
    assert find_names(geoparser, text) == ["Saraqib", "Idlib"]


@pytest.mark.parametrize(
    "text",
    [
        "Al-Karama drew with Al-Wahda in the league.",
        "تعادل الكرامة مع تشرين سلبا في الدوري.",
        "الباب مسكر وما معي مفتاح.",
        "توفي سنة ست وأربعين ودفن ليلا.",
    ],
)
def test_clubs_doors_and_numbers_are_no_places(geoparser, text):
    assert find_names(geoparser, text) == []


def test_a_club_in_its_city_leaves_the_city(geoparser):
    assert find_names(geoparser, "تعادل الكرامة مع تشرين في مباراة أقيمت في حمص.") == ["حمص"]


def test_a_facility_of_two_countries_is_where_nobody_says(geoparser):
    text = (
        "Born in Yabroud, Syria, she moved to Ohio and then to Paterson, New Jersey, where she served St. Ann's Church."
    )
    assert "Church" not in " ".join(find_names(geoparser, text))


@pytest.mark.parametrize(
    ("text", "pcode"),
    [
        ("نزحوا من سلقين إلى مخيمات أطمة وقاح.", "C4131"),
        ("وزعت السلال في الدانا وسرمدا وقاح.", "C4131"),
    ],
)
def test_and_may_begin_a_word_that_is_a_village_too(geoparser, text, pcode):
    assert places(geoparser, text)[-1] == ("قاح", pcode)


def test_a_name_that_keeps_few_consonants_is_another(geoparser):
    text = "Galls come from Aleppo and Hama; tobacco of Latakia pays duty at the custom-house of Mersinga."
    assert "Mersinga" not in find_names(geoparser, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We took the lorry from Palmyra by Karyatein to Damascus.", "Karyatein"),
        ("Son neveu tient une épicerie à Jobaadine, près de Maaloula.", "Jobaadine"),
    ],
)
def test_other_transliterations_are_found_behind_small_words(geoparser, text, name):
    assert name in find_names(geoparser, text)


def test_places_of_one_arabic_name_share_its_spellings(geoparser):
    text = "Cotton planting is complete in Ras al-Ein, Hasakah Governorate."
    assert places(geoparser, text)[0] == ("Ras al-Ein", "C4988")


def test_an_airbase_is_an_air_base_and_an_airport_is_international_or_not(geoparser):
    mentions = geoparser.read("Planes struck Deir ez-Zor air base and Aleppo Airport.")
    assert [mention.place.kind for mention in mentions] == ["airbase", "airport"]


def test_the_great_mosque_of_a_town_is_not_that_of_the_next(geoparser):
    text = "يصلى على جثمانها في الجامع الكبير في كللي."
    mosque = geoparser.read(text)[0]
    assert (mosque.text, mosque.place.pcode) == ("الجامع الكبير", "C3949")


@pytest.mark.parametrize("text", ["Dr. Homs presented the cup.", "Mr. Hama shook his head."])
def test_a_surname_behind_its_title_is_no_place(geoparser, text):
    assert find_names(geoparser, text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # What is asked of a list before its colon is asked of all that begins an item, whatever the others are.
        ("تقطع المياه عن الأحياء التالية: المهاجرين، آخر الخط، القدم، المزة.", {"المهاجرين", "القدم", "المزة"}),
        ("Water is cut in the following quarters of Damascus: Qadam, Midan, Barzeh.", {"Qadam", "Midan", "Barzeh"}),
        # Figures and days part names of one list.
        ("هطولات المطر بالمم: دمشق 12، صافيتا 40، الصنوبر 33، القدموس 55.", {"صافيتا", "الصنوبر", "القدموس"}),
        ("Monday: Tel Brak, 4 trucks. Tuesday: Tel Tamer, 3 trucks. Hasakah.", {"Tel Brak", "Tel Tamer", "Hasakah"}),
    ],
)
def test_names_of_lists_and_schedules_are_found(geoparser, text, names):
    assert names <= set(find_names(geoparser, text))


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("The oil fields of Omar, Tanak and Jafra in Deir ez-Zor are idle.", "Tanak", "al-Tanak oil field"),
        ("Gas from the Shaer field reached Homs and Tartus.", "Shaer field", "Shaer gas field"),
        (
            "Trucks left the al-Sharqiyah mines near Palmyra, in Homs.",
            "al-Sharqiyah mines",
            "al-Sharqiyah phosphate mines",
        ),
        ("توقفت حقول رميلان والجبسة في الحسكة.", "الجبسة", "Jabisah oil field"),
        ("The Tishrine Dam was shelled, east of Manbij in Aleppo.", "Tishrine Dam", "Tishrin Dam"),
    ],
)
def test_fields_mines_and_dams_are_meant_where_their_word_is_said(geoparser, text, name, place):
    assert (name, place) in [(mention.text, mention.place.name_en) for mention in geoparser.read(text)]


def test_the_clause_behind_a_comma_holds_nothing_before_it(geoparser):
    field = geoparser.read("The Tanak field is idle, the ministry in Damascus said.")[0]
    assert (field.text, field.place.kind) == ("Tanak field", "oil-field")


def test_a_name_that_is_parted_at_its_hyphen_is_one(geoparser):
    text = "They reached Jisr-esh-\nShughr in the evening, having left Idlib and Latakia."
    assert places(geoparser, text)[0] == ("Jisr-esh-\nShughr", "C4199")


def test_an_unknown_longer_name_is_not_cut_before_its_article(geoparser):
    text = "Bab el-Hava was closed; Azaz, Idlib and Sarmada had no power."
    assert "Bab" not in find_names(geoparser, text)


def test_a_town_of_lebanon_is_no_near_miss(geoparser):
    assert find_names(geoparser, "Her brother left Aleppo for Idlib. He lives in Anjar.") == ["Aleppo", "Idlib"]


@pytest.mark.parametrize(
    ("text", "quarters"),
    [
        (
            "توزيع الغاز في حمص. القطاع 1: الخالدية، البياضة، الزهراء. القطاع 2: النزهة، الأرمن.",
            "الخالدية الزهراء النزهة",
        ),
        ("برنامج المياه - دمشق: الفئة أ: المهاجرين، الصالحية، القصاع. الفئة ب: العمارة، الشاغور.", "المهاجرين العمارة"),
    ],
)
def test_what_heads_a_group_of_a_schedule_asks_for_quarters_behind_its_colon(geoparser, text, quarters):
    mentions = {mention.text: mention.place for mention in geoparser.read(text)}
    assert all(mentions[quarter].kind == "neighbourhood" for quarter in quarters.split())


def test_what_heads_a_group_asks_nothing_of_the_word_beside_it(geoparser):
    assert find_names(geoparser, "الخط الرابع (جسر الشغور، دركوش): 4-7") == ["جسر الشغور", "دركوش"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("استمر القصف حتى الظهر في سراقب", ["سراقب"]),
        ("تأخر موسم الزيتون والرمان في إدلب وسلقين", ["إدلب", "سلقين"]),
        ("قتل راع بانفجار لغم في محيط قرية عطشان", ["عطشان"]),
        ("اعتقل قاض في مدينة حماة", ["حماة"]),
    ],
)
def test_times_of_the_day_fruit_and_those_whom_something_befalls_are_no_places(geoparser, text, names):
    assert find_names(geoparser, text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [("Aleppo Hospital was hit.", ["Aleppo Hospital"]), ("The library on Hama Street in Springfield reopened.", [])],
)
def test_a_town_stands_in_the_name_of_what_is_built_there_and_not_of_a_street(geoparser, text, names):
    assert find_names(geoparser, text) == names


@pytest.mark.parametrize(
    ("text", "name", "english"),
    [
        ("عاد من الدير إلى الحسكة بعد أن زار أهله في الميادين", "الدير", "Deir ez-Zor"),
        ("Les combats à Salquine ont repris près d'Idlib et de Harim en Syrie.", "Salquine", "Salqin"),
        ("Bab es-Selame kapısındaki bekleme süresi Halep ve Azez için uzadı.", "Bab es-Selame", "Bab al-Salama"),
        ("Trucks reached Tal as-Samn near Raqqa and Ain Issa.", "Tal as-Samn", "Tal Elsamen Dahham"),
    ],
)
def test_short_forms_and_spellings_of_other_languages_are_read(geoparser, text, name, english):
    places = {mention.text: mention.place for mention in geoparser.read(text)}
    assert places[name].name("en") == english


@pytest.mark.parametrize(
    "text", ["وصل السد إلى منسوبه، والسدان الآخران جافان قرب تل تمر", "بنيت المئذنتان والبرجان قرب باب قنسرين في حلب"]
)
def test_two_of_a_thing_are_no_village(geoparser, text):
    assert not {"السدان", "البرجان"} & set(find_names(geoparser, text))


def test_a_fortress_and_a_citadel_are_one_word(geoparser):
    places = [mention.place.name("en") for mention in geoparser.read("زرنا حصن المرقب ثم حصن صلاح الدين في اللاذقية")]
    assert places[:2] == ["Marqab Castle", "Saladin Castle"]


def test_a_works_is_named_without_what_it_makes(geoparser):
    (mention,) = geoparser.read("عاد معمل الرستن بعد توقف")
    assert mention.place.name("en") == "Rastan cement works"
    assert "معمل" not in " ".join(find_names(geoparser, "افتتح في دمشق معمل للألبان"))


@pytest.mark.parametrize(
    "text",
    ["Those symptoms are not exclusive to Sarin exposure.", "The OPCW found traces of Sarin at the crater in Saraqib."],
)
def test_a_nerve_agent_is_no_town(geoparser, text):
    assert "Sarin" not in find_names(geoparser, text)


def test_the_town_of_that_name_stays_one(geoparser):
    assert "Sarin" in find_names(geoparser, "The attack on Sarin, a town near Kobani, killed four.")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # Behind a feminine noun without the article an adjective; behind a word that asks for a place, the place.
        ("نشأت في حلب دولة أيوبية صغيرة", ["حلب"]),
        ("دفع ألف ليرة سورية لسائق من إدلب", ["إدلب"]),
        ("طائرات روسية أو سورية قصفت إدلب", ["إدلب"]),
        ("تبعد بلدة عريقة عن السويداء نصف ساعة", ["عريقة", "السويداء"]),
        ("انسحبت القوات من سورية إلى لبنان", ["سورية"]),
        # People in the plural are no quarter that is called after them, unless it is asked for.
        ("تعويضات الموظفين في دير الزور", ["دير الزور"]),
        ("توزيع الخبز على سكان مخيم العائدين في حمص", ["مخيم العائدين", "حمص"]),
        # Dynasties and peoples are told by others beside them.
        ("انتقلت الخلافة من دمشق بعد انتصار العباسيين", ["دمشق"]),
        ("تجمع الناس في ساحة العباسيين بدمشق", ["ساحة العباسيين", "دمشق"]),
        # What a person is called after, and what is made as in a city.
        ("Her grandmother Hama cooked in Aleppo.", ["Aleppo"]),
        ("We ate Homs-style pickles in Damascus, Syria.", ["Damascus", "Syria"]),
    ],
)
def test_adjectives_peoples_and_persons_are_no_places(geoparser, text, names):
    assert find_names(geoparser, text) == names


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        # A river has no point that could lie near a town; its quarter is asked for.
        ("امتدت بساتينهم من حلب إلى الفرات ومن الرقة إلى تدمر", "الفرات", "river"),
        ("يسكن في حي الفرات بالرقة", "الفرات", "neighbourhood"),
        # Another clause holds nothing: Ras al-Ayn is the city, however near a hamlet of that name lies.
        ("سقط المطر في رأس العين وتل أبيض، ووصلت الجرارات إلى حقول صرين", "رأس العين", "city"),
    ],
)
def test_a_namesake_that_lies_near_by_chance_is_not_meant(geoparser, text, name, kind):
    places = {mention.text: mention.place.kind for mention in geoparser.read(text)}
    assert places[name] == kind


def test_a_word_far_before_a_city_is_no_near_spelling_of_its_quarters(geoparser):
    assert find_names(geoparser, "ومن أبرز ما يرى في دمشق") == ["دمشق"]


@pytest.mark.parametrize(
    ("text", "pcode"),
    [
        ("في محيط الكسوة بريف دمشق", "SY03"),
        ("وصلت القافلة إلى صحنايا وقطنا بريف دمشق", "SY03"),
        ("تقع الكسوة في منطقة مركز ريف دمشق", "SY0301"),
    ],
)
def test_a_district_of_its_governorates_name_is_meant_where_one_is_asked_for(geoparser, text, pcode):
    assert pcode in {mention.place.admin_pcode for mention in geoparser.read(text) if "ريف" in mention.text}


def test_what_hardly_resembles_a_name_is_not_sure(geoparser):
    read = geoparser.read("Kadmous and Al-Ahliah buses leave Homs every hour for Tartous")
    assert all(mention.confidence < 0.7 for mention in read if mention.text == "Al-Ahliah")
    assert {"Homs", "Tartous"} <= {mention.text for mention in read if mention.confidence > 0.9}


def test_one_who_is_from_a_place_is_no_spelling_of_it(geoparser):
    read = geoparser.read("The guard, whom we called the Rastani, beat us in Aleppo and in Homs")
    assert [mention.text for mention in read] == ["Aleppo", "Homs"]


def test_hospitals_and_clinics_together_are_no_facility(geoparser):
    read = geoparser.read("في السعن وتلبيسة أعادت مستشفيات وعيادات الريف فتح أقسامها")
    assert [mention.text for mention in read] == ["السعن", "تلبيسة"]


@pytest.mark.parametrize(
    ("text", "short", "kind"),
    [
        ("اندلعت اشتباكات في مخيم اليرموك جنوب دمشق. ولم تدخل المساعدات إلى اليرموك منذ آذار.", "اليرموك", "camp"),
        ("تراجع منسوب نهر اليرموك غرب درعا. وتقلصت مياه اليرموك في حوضه.", "اليرموك", "river"),
    ],
)
def test_a_short_name_means_what_the_text_named_in_full(
    gazetteer: buldan.Gazetteer, text: str, short: str, kind: str
) -> None:
    kinds = [mention.place.kind for mention in gazetteer.geoparse(text) if mention.place and mention.text == short]
    assert set(kinds) <= {kind}
    assert kinds


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("عاجل_حمص انفجار صهريج قرب الفرقلس", ["حمص", "الفرقلس"]),
        ("حمص_الآن هدوء", ["حمص"]),
        ("مجلة شهرية اسمها درب_الياسمين", []),
        ("Bread again today Daraa_Now in Nawa", ["Daraa", "Nawa"]),
    ],
)
def test_a_hashtag_that_lost_its_sign_is_one(geoparser, text, names):
    assert find_names(geoparser, text) == names


def test_a_river_may_be_called_by_its_side(geoparser):
    """نهر الكبير الشمالي is no part of a longer name, as the dam of eastern Daraa is."""
    (river, town) = geoparser.read("فاض نهر الكبير الشمالي قرب اللاذقية")
    assert (river.text, river.place.kind, town.text) == ("الكبير الشمالي", "river", "اللاذقية")


def test_a_clause_with_a_short_verb_behind_a_comma_holds_nothing_before_it(geoparser):
    first, _ = geoparser.read("بنى سد زيزون، وعمل سنوات في الثورة")
    assert (first.place.kind, first.relation) == ("dam", None)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Warplanes bombed Umm Jameh in Idlib and then Khan Shaykhun.", ["Umm Jameh", "Idlib", "Khan Shaykhun"]),
        ("They shelled Tal Dibis, Sheikh Moustafa and Sheikh Barakah in Idlib.", 4),
        ("The troops entered Sheikh Barakah and Um Jalaal south of Idlib.", ["Sheikh Barakah", "Um Jalaal", "Idlib"]),
        ("He met Sheikh Moustafa in Idlib and Umm Jameh in Aleppo.", ["Idlib", "Aleppo"]),
        ("Gunmen killed Sheikh Moustafa and Abu Jameh near Khan Shaykhun in Idlib.", ["Khan Shaykhun", "Idlib"]),
    ],
)
def test_what_is_bombed_is_a_village_though_a_title_begins_it(geoparser, text, names):
    """The gazetteer writes these villages otherwise; of persons one says other things."""
    read = find_names(geoparser, text)
    assert read == names or len(read) == names


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("اشتكى سكان اليرموك من الغلاء، وعاد بعضهم إلى يلدا", "اليرموك", "camp"),
        ("تجمع أهالي القدم والعسالي في نهر عيشة", "القدم", "neighbourhood"),
        ("سبحوا في نهر اليرموك قرب درعا", "اليرموك", "river"),
        ("Beets of the Ghab fell by a tenth in Hama.", "Ghab", "plain"),
        ("انتشر الصدأ في الغاب قرب السقيلبية", "الغاب", "plain"),
    ],
)
def test_who_lives_there_and_what_land_it_is_choose_among_namesakes(geoparser, text, name, kind):
    assert (name, kind) in [(mention.text, mention.place.kind) for mention in geoparser.read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Le consul de Saïda et celui de Beyrouth protestent.",
        "Denies any offer from Zamalek of Cairo, said the agent from Damietta.",
        "حكمت المحكمة عليه بالسجن المؤبد، وهو من سكان بيروت",
        "Gunmen were seen in Wadi Hauran west of Rutba in Iraq.",
    ],
)
def test_towns_of_neighbours_and_punishments_are_no_places_of_syria(geoparser, text):
    assert find_names(geoparser, text) == []


def test_the_saida_of_daraa_stays_one(geoparser):
    assert find_names(geoparser, "Two were killed in Saida, east of Daraa") == ["Saida", "Daraa"]


def test_travellers_of_the_last_century_but_one_are_followed(geoparser):
    """Their spellings are in the table `names-travellers.tsv`; Kureim is in none."""
    text = "We rode by Kunawat and Sulkhad to Mezareib, and from Kuteifeh looked back on Hems. Kureim slept."
    places = {mention.text: mention.place.name_en for mention in geoparser.read(text)}
    assert places == {
        "Kunawat": "Qanawat",
        "Sulkhad": "Salkhad",
        "Mezareib": "Mzeireb",
        "Kuteifeh": "Al-Qutayfah",
        "Hems": "Homs",
    }


def test_a_facility_of_a_known_name_is_not_put_in_the_town_last_spoken_of(geoparser):
    town, bridge = geoparser.read("وصلت الأغنام إلى السفيرة. قال التاجر إن جسر الرشيد لم يفتح للشاحنات بعد.")
    assert (town.text, bridge.text, bridge.place.kind) == ("السفيرة", "جسر الرشيد", "bridge")
    assert bridge.confidence < 0.5


def test_what_is_called_after_an_idea_may_be_in_any_town(geoparser):
    """Damascus has a bridge of that name, too."""
    *_, bridge = geoparser.read("في دير الزور بني جسر قديم، ثم أصبح يعرف باسم جسر الحرية.")
    assert (bridge.text, bridge.place.name_en) == ("جسر الحرية", "Deir ez-Zor")


def test_a_stadium_goes_by_the_spellings_of_its_quarter(geoparser):
    stadium, _ = geoparser.read("Twenty thousand came to Al-Hamdaniya Stadium, Aleppo.")
    assert stadium.place.name_en == "Hamdaniyah Stadium"


def test_a_kunya_and_an_origin_are_one_person(geoparser):
    assert find_names(geoparser, "المكتب: أبو عبدو الزبداني، قرب جامع الحسن في دمشق") == ["جامع الحسن", "دمشق"]
    assert find_names(geoparser, "وصل أبو أحمد حلب صباحا وأم خالد دمشق") == ["حلب", "دمشق"]


def test_a_station_is_in_the_town_that_is_named_behind_it(geoparser):
    station, town, _ = geoparser.read("تنطلق الحافلات من كراج البولمان بحرستا إلى إدلب")
    assert (station.text, station.place.id, town.text) == ("كراج البولمان", town.place.id, "حرستا")


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        # The lists have حويش near Maskana and عنبة near Ras al-Ain, and the same words with their article elsewhere.
        ("وصلت القافلة إلى مسكنة والحويش ثم إلى الخفسة", "الحويش", "SY020503"),
        ("زرنا العالية والعنبة قرب رأس العين", "العنبة", "SY080400"),
        ("قصف العنبة والبصيرة والشحيل", "العنبة", "SY090101"),
        ("مركز الهول والحويش وتل براك", "الحويش", "SY080001"),
    ],
)
def test_an_article_is_added_in_speech_where_the_neighbours_say_so(geoparser, text, name, unit):
    assert {mention.text: mention.place.admin_pcode for mention in geoparser.read(text)}[name] == unit


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("سرفيس خط برزة المزة ما عم يطلع اليوم", ["برزة", "المزة"]),
        ("ميكروباص خط دمر البلد الصبورة واقف", ["دمر البلد", "الصبورة"]),
        ("القرية على خط النار من سنتين", []),
    ],
)
def test_the_ends_of_a_bus_line_stand_side_by_side(geoparser, text, names):
    assert find_names(geoparser, text) == names


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("He grew up in Yarmouk; his wife is from Homs.", "Yarmouk", "camp"),
        ("تربى في اليرموك ثم سكن دمشق", "اليرموك", "camp"),
        ("The Yarmouk marks the border with Jordan near Daraa.", "Yarmouk", "river"),
        ("غرق طفل في الفرات قرب دير الزور", "الفرات", "river"),
        ("غرق شاب في العاصي بحماة", "العاصي", "river"),
    ],
)
def test_people_live_in_a_camp_and_drown_in_a_river(geoparser, text, name, kind):
    assert {mention.text: mention.place.kind for mention in geoparser.read(text)}[name] == kind


@pytest.mark.parametrize(
    "text",
    ["Chlorination was increased at the Khafsa water station and in Kasra.", "زاد الكلور في محطة الخفسة وفي الكسرة"],
)
def test_what_stands_behind_and_in_holds_nothing_before_it(geoparser, text):
    station = geoparser.read(text)[0]
    assert (station.place.kind, station.relation) == ("facility", None)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("شهد الساحل في السادس من آذار كمائن متزامنة", ["الساحل"]),
        ("شهدت جبهة جوبر هدوءا بعد أيام من القصف", ["جوبر"]),
        ("شهد اللقاء حضورا كبيرا", []),
        ("قتل مدنيون في سلسلة غارات على سراقب", ["سراقب"]),
    ],
)
def test_what_witnesses_something_is_a_place(geoparser, text, names):
    assert find_names(geoparser, text) == names
