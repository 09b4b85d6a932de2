"""Pages of news with items about several countries: an item about elsewhere is read as if it stood alone."""

import pytest

from .conftest import find_names

AT_HOME = "قصفت طائرات حربية سراقب ومعرة النعمان وخان شيخون."
ELSEWHERE = "اقتحمت قوات الاحتلال نابلس وجنين وأريحا في الضفة الغربية."


@pytest.mark.parametrize("blank", ["\n\n", "\n \n", "\r\n\r\n"])
def test_an_item_about_another_country_names_no_place_of_ours(geoparser, blank):
    names = find_names(geoparser, f"{AT_HOME}{blank}{ELSEWHERE}{blank}ووصلت قافلة إلى دوما.")
    assert names == ["سراقب", "معرة النعمان", "خان شيخون", "دوما"]


def test_the_same_town_in_an_item_of_ours_stays(geoparser):
    ours = "واستهدفت غارة أخرى بلدات أريحا وسرمين في ريف إدلب."
    assert find_names(geoparser, f"{AT_HOME}\n\n{ours}")[-3:] == ["أريحا", "سرمين", "إدلب"]


def test_a_country_beside_places_of_ours_makes_no_item_about_it(geoparser):
    text = (
        "Refugees from Saraqib reached Turkey.\n\nTurkey and Jordan closed their borders to people from Duma.\n\nHoms."
    )
    assert find_names(geoparser, text) == ["Saraqib", "Duma", "Homs"]


def test_items_of_texts_read_together_are_told_apart_as_alone(geoparser):
    texts = [f"{AT_HOME}\n\n{ELSEWHERE}", ELSEWHERE, f"{ELSEWHERE}\n\n{AT_HOME}", AT_HOME]
    together = [[mention.text for mention in read] for read in geoparser.read_many(texts)]
    assert together == [find_names(geoparser, text) for text in texts]


RAID = "قصفت طائرات حربية سراقب ومعرة النعمان وخان شيخون وكفرنبل وحاس وجبالا، وقال الدفاع المدني إن مدنيا أصيب."
STORY = (
    "جلس الصغار في الحارة ينتظرون بائع الحلوى، وكانت أمهم تنادي من الشباك أن يعودوا إلى البيت قبل أن يبرد الطعام، لكن"
    " أحدا لم يسمعها، فقد كان البائع يضرب بملعقته على الصينية ويغني بصوت عال."
)
WARPLANES = (
    "Warplanes bombed Saraqib, Maarrat al-Numan, Khan Shaykhun, Kafranbel and Hass in the morning, and the civil"
    " defence said twenty people were hurt."
)
GARDEN = (
    "Our gardening notes for April: sow the carrots, prune the roses, and clean the pots. Reader Salma Jarjanaz sends a"
    " picture of her Zaytun tree, which has grown nine feet in a tub on the balcony, and asks whether it will stand a"
    " frost."
)


@pytest.mark.parametrize(("news", "item"), [(RAID, STORY), (WARPLANES, GARDEN)])
def test_the_places_of_other_items_make_no_place_of_an_ordinary_word(geoparser, news, item):
    page = find_names(geoparser, f"{news}\n\n{item}\n\n{news}")
    assert page == find_names(geoparser, news) * 2


@pytest.mark.parametrize(
    ("head", "villages"),
    [
        ("مراكز التوزيع في ريف إدلب:", ["كفرنبل", "حاس", "جبالا", "بسقلا", "معرزيتا"]),
        ("Distribution points, Idlib countryside:", ["Kafranbel", "Hass", "Jbala", "Basqala", "Maar Zita"]),
    ],
)
def test_lines_of_a_list_have_their_neighbours_beyond_blank_lines(geoparser, head, villages):
    names = find_names(geoparser, "\n\n".join([head, *villages]))
    assert [name for name in names if name in villages] == villages
