"""Pages of news with items about several countries: an item about elsewhere is read as if it stood alone."""

import pytest

AT_HOME = "قصفت طائرات حربية سراقب ومعرة النعمان وخان شيخون."
ELSEWHERE = "اقتحمت قوات الاحتلال نابلس وجنين وأريحا في الضفة الغربية."


def find_names(geoparser, text):
    return [mention.text for mention in geoparser.read(text)]


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
