"""Ordinary words, and towns abroad that are spelled like a place of Syria: answered, but not as sure."""

from __future__ import annotations

import pytest

from buldan import Gazetteer

SURE = 0.6


def list_rules(gazetteer: Gazetteer, cell: str) -> tuple[float, set[str]]:
    """The score of the first answer and the rules of its reasons."""
    first, *_ = gazetteer.lookup(cell)
    return first.score, {reason.rule for reason in first.reasons}


@pytest.mark.parametrize(
    "word",
    [
        *("الحياة", "مستوى", "درجة", "تحت", "الشهيد", "طفلة", "سكان", "الورقة", "وعلم", "بصدد", "الثمن وتقدم"),
        *("since", "can", "cable", "clinics", "horns", "the sale", "Martin", "massif", "père", "esas"),
    ],
)
def test_an_ordinary_word_is_no_sure_place(gazetteer: Gazetteer, word: str) -> None:
    score, rules = list_rules(gazetteer, word)
    assert score < 0.5
    assert "word" in rules


@pytest.mark.parametrize(
    "cell",
    [
        *("الباب", "والباب", "بحلب", "التل", "صدد", "قرية الحياة", "حي العسكري", "الحياة، اللاذقية", "المليحة"),
        *("Kelly", "Has", "Dana", "Shin", "Jableh", "Horns village, Homs", "Azaz"),
    ],
)
def test_a_town_whose_name_is_a_word_and_a_word_told_to_be_a_place_are_none(gazetteer: Gazetteer, cell: str) -> None:
    score, rules = list_rules(gazetteer, cell)
    assert "word" not in rules
    assert score >= SURE


@pytest.mark.parametrize("town", ["Umraniye", "Qalqilyah", "بلبنان", "ولبنان", "والسعودية"])
def test_a_town_abroad_is_no_spelling_of_a_place(gazetteer: Gazetteer, town: str) -> None:
    matches = gazetteer.lookup(town)
    assert not matches or (matches[0].score < 0.5 and "abroad" in {reason.rule for reason in matches[0].reasons})


@pytest.mark.parametrize("town", ["Hama", "Salamiyah", "بالرقة", "Palmira", "Masyaf"])
def test_a_place_of_syria_is_not_abroad(gazetteer: Gazetteer, town: str) -> None:
    score, rules = list_rules(gazetteer, town)
    assert "abroad" not in rules
    assert score >= SURE


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        # What says where, before the name.
        ("في سراقب", "Saraqib"),
        ("فى بلدة الأتارب", "Atareb"),
        ("في مدينة حلب", "Aleppo"),
        ("إلى منبج", "Manbij"),
        ("الى مدينة إدلب", "Idlib"),
        ("لدى سلقين", "Salqin"),
        ("داخل مخيم الهول", "al-Hol Camp"),
        ("inside Atareb", "Atareb"),
        ("into Manbij", "Manbij"),
        ("dans la ville d'Alep", "Aleppo"),
        ("in der Stadt Homs", "Homs"),
        ("в Алеппо", "Aleppo"),
        # The adjective of a city behind the name, or in it; the German word for an old town.
        ("حي القدم الدمشقي", "Al Qadam"),
        ("حي الصاخور الحلبي", "Al-Sakhour"),
        ("بلدة مورك الحموية", "Murak"),
        ("مدينة سراقب الإدلبية", "Saraqib"),
        ("سليمان الحلبي", "Sulieman Al-Halbi"),
        ("Altstadt von Aleppo", "Old Aleppo"),
        ("die Altstadt von Homs", "Old Homs"),
    ],
)
def test_words_around_a_name_are_read_for_what_they_are(gazetteer: Gazetteer, cell: str, name: str) -> None:
    first, *_ = gazetteer.lookup(cell)
    assert first.place.name("en") == name
    assert first.score >= SURE


@pytest.mark.parametrize(
    "cell",
    [
        # A side, behind the same words as before a name.
        *("إلى الشمال من حلب", "الى الغرب من إدلب", "in the north of Aleppo", "إلى الشرق من بلدة سراقب"),
        # Near it, or on a side, and a word of kind beside its name.
        *("قرب مدينة سراقب", "قرب مدينة حماة", "near Hama city", "north of the city of Hama", "near Kafruma Idlib"),
    ],
)
def test_what_lies_near_a_town_or_on_a_side_is_not_the_town(gazetteer: Gazetteer, cell: str) -> None:
    score, rules = list_rules(gazetteer, cell)
    assert score < 0.5
    assert "unnamed" in rules


@pytest.mark.parametrize(
    "cell",
    [
        *("Palmyra, New York", "Homs Street, Istanbul", "الباب - القاهرة", "Radio Damascus", "قناة الميادين"),
        *("بيروت - شارع الحمرا", "Beirut: Hamra Street", "Amman, Hamra Street", "كفر قاسم", "Deir Yassin", "Qana"),
    ],
)
def test_a_place_abroad_beside_it_and_an_outlet_of_news_are_doubts(gazetteer: Gazetteer, cell: str) -> None:
    assert all(match.score < SURE for match in gazetteer.lookup(cell))
