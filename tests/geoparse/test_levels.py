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
