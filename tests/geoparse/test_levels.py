"""Which level a name means where words or labels say so: the governorate, the district, or the town of that name."""

import pytest


def kinds_of(geoparser, text):
    return {mention.text: mention.place.kind for mention in geoparser.read(text)}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("المحافظة: حمص، المنطقة: تلكلخ، الحالة: مهجر", {"حمص": "governorate", "تلكلخ": "district"}),
        ("المحافظة: اللاذقية | المنطقة: الحفة", {"اللاذقية": "governorate", "الحفة": "district"}),
        ("Governorate: Hama. District: Muhradah.", {"Hama": "governorate", "Muhradah": "district"}),
        ("الناحية: خناصر، القرية: رسم النفل", {"خناصر": "sub-district"}),
        # A label of a form, and no more: what stands behind the colon of a sentence is the town.
        ("أعلنت المحافظة: توزيع المازوت في حمص يبدأ غدا", {"حمص": "city"}),
        # What the label allows besides a district.
        ("المنطقة: جبل الزاوية. قصف على كنصفرة", {"جبل الزاوية": "region", "كنصفرة": "village"}),
    ],
)
def test_a_label_chooses_the_level(geoparser, text, kinds):
    assert kinds.items() <= kinds_of(geoparser, text).items()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Displaced people reached Jableh and Al-Qardaha districts.", {"Jableh": "district", "Al-Qardaha": "district"}),
        ("Districts of return: Harim, Ariha, Idleb.", {"Harim": "district", "Ariha": "district", "Idleb": "district"}),
        # A quarter is called a district, too; and the Arabic word leaves open which of the two is meant.
        ("Shells fell on the Midan district of Damascus", {"Midan": "neighbourhood", "Damascus": "city"}),
        ("قصف على منطقة سراقب", {"سراقب": "town"}),
    ],
)
def test_a_district_is_not_its_seat(geoparser, text, kinds):
    assert kinds.items() <= kinds_of(geoparser, text).items()


def test_a_district_is_no_quarter_of_the_city_behind_it(geoparser):
    read = geoparser.read("Top districts: Azaz, Homs, Palmyra.")
    assert [mention.text for mention in read] == ["Azaz", "Homs", "Palmyra"]
    assert all(mention.relation is None for mention in read)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("توزع القتلى على المحافظات كما يلي: درعا 4، حمص 3", {"درعا": "governorate", "حمص": "governorate"}),
        ("قصف ناحيتا صرين وشيوخ تحتاني", {"صرين": "sub-district", "شيوخ تحتاني": "sub-district"}),
        ("اتفقت محافظتا حماة وحمص", {"حماة": "governorate", "حمص": "governorate"}),
        ("In two governorates: Hama and Homs.", {"Hama": "governorate", "Homs": "governorate"}),
        # What ends a sentence announces nothing.
        ("The governorate was divided. Hama and Homs were calm.", {"Hama": "city", "Homs": "city"}),
        ("زار المحافظات. درعا وحمص هادئتان", {"درعا": "city", "حمص": "city"}),
        # Lorries cross at a crossing, and people live in the village of that name.
        ("Harim and Salqin shook. Trucks crossed through Bab al-Hawa.", {"Harim": "city", "Bab al-Hawa": "crossing"}),
        ("Families live in Bab al-Hawa, Harim and Salqin.", {"Bab al-Hawa": "village", "Harim": "city"}),
    ],
)
def test_one_word_asks_the_level_of_a_whole_list(geoparser, text, kinds):
    assert kinds.items() <= kinds_of(geoparser, text).items()


GOVERNORATE, DISTRICT, SUBDISTRICT = "governorate", "district", "sub-district"


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        (
            "Returns by governorate, 3-9 May: Homs: 1,310 / Dar'a: 402 / Hama: 96.",
            GOVERNORATE,
            ["Homs", "Dar'a", "Hama"],
        ),
        ("Returns by district (as of 2 June): Menbij 40; Harim 9.", DISTRICT, ["Menbij", "Harim"]),
        ("Families per sub-district: A'zaz 17; Afrin 6", SUBDISTRICT, ["A'zaz", "Afrin"]),
        ("Cases by governorate:\n- Homs: 3\n- Hama: 12", GOVERNORATE, ["Homs", "Hama"]),
        ("العائدون حسب المحافظات (1-7 تموز): درعا: 12 / حمص: 40", GOVERNORATE, ["درعا", "حمص"]),
        ("الإصابات حسب المحافظات:\n• درعا: 3\n• حماة: 7", GOVERNORATE, ["درعا", "حماة"]),
        ("توزع المسجلون على النواحي: سراقب 5، عفرين 9", SUBDISTRICT, ["سراقب", "عفرين"]),
        ("عدد المدارس في الأقضية: منبج 60، الباب 71", DISTRICT, ["منبج", "الباب"]),
    ],
)
def test_a_heading_asks_the_level_of_a_table_in_a_line(geoparser, text, kind, names):
    """Figures, colons and slashes part the names of such a table, and a date its heading from them."""
    assert kinds_of(geoparser, text) == dict.fromkeys(names, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Prices on 3 May: Homs: 12 / Hama: 40.",
        "زار الوزير المحافظة. في 3 أيار: حماة بلا ماء",
        "Diesel: Hama 7; Homs 9.",
    ],
)
def test_a_table_without_such_a_heading_is_of_towns(geoparser, text):
    assert set(kinds_of(geoparser, text).values()) == {"city"}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("قرية التابعة لمنطقة صافيتا", {"صافيتا": "district"}),
        ("تتبع إداريا لمنطقة الحفة", {"الحفة": "district"}),
        ("بلدة تتبع منطقة تلكلخ", {"تلكلخ": "district"}),
        ("قصف على منطقة الحفة", {"الحفة": "city"}),
    ],
)
def test_what_a_village_belongs_to_is_a_district(geoparser, text, kinds):
    assert kinds_of(geoparser, text) == kinds
