"""Arabic letters whose dots a scan lost or a hand misplaced: a town so drawn comes first, and is never sure."""

from __future__ import annotations

import pytest

from buldan import Gazetteer
from buldan.text import draw_without_dots


@pytest.mark.parametrize(
    ("drawn", "name"),
    [
        ("حلت", "حلب"),
        ("خمص", "حمص"),
        ("سرافت", "سراقب"),
        ("تذمر", "تدمر"),
        ("البيك", "النبك"),
        ("ڡطنا", "قطنا"),
        ("حرشتا", "حرستا"),
        ("كشب", "كسب"),
    ],
)
def test_the_town_is_first(gazetteer: Gazetteer, drawn: str, name: str) -> None:
    first, *_ = gazetteer.lookup(drawn)
    assert first.place.name("ar") == name


@pytest.mark.parametrize("drawn", ["الفامشلي", "ميدان آكيس"])
def test_dots_make_no_other_beginning(gazetteer: Gazetteer, drawn: str) -> None:
    first, *_ = gazetteer.lookup(drawn)
    assert "other_beginning" not in {reason.rule for reason in first.reasons}


@pytest.mark.parametrize(("read", "name"), [("AI-Raqqa", "الرقة"), ("AI Hasakah", "الحسكة"), ("AI-Bab", "الباب")])
def test_a_small_l_is_read_as_a_large_i(gazetteer: Gazetteer, read: str, name: str) -> None:
    first, *_ = gazetteer.lookup(read)
    assert first.place.name("ar") == name
    assert first.score > 0.6


@pytest.mark.parametrize("word", ["البنك", "القضائية", "شفاء", "تنس"])
def test_a_word_that_is_drawn_like_a_town_is_not_sure(gazetteer: Gazetteer, word: str) -> None:
    assert all(match.score < 0.5 for match in gazetteer.lookup(word))


@pytest.mark.parametrize("name", ["نبل", "الغربي، حماة", "سراقب", "الضمير", "خربة الجوز"])
def test_a_name_as_it_is_stored_keeps_its_dots(gazetteer: Gazetteer, name: str) -> None:
    matches = gazetteer.lookup(name)
    assert matches
    assert "dots" not in {reason.rule for match in matches for reason in match.reasons}


def test_at_the_end_of_a_word_fewer_letters_are_alike() -> None:
    assert draw_without_dots("بنش") == draw_without_dots("تيس")
    assert draw_without_dots("حلب") != draw_without_dots("حلن")
