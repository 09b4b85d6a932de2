"""A quarter behind the name of its town alone: of a place called so elsewhere in the unit it is at least as likely."""

import pytest

import buldan


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("حمص (المضابع)", "حي المضابع"),
        ("حماة / البياض", "حي البياض"),
        ("البياض، حماة", "حي البياض"),
        ("جبلة: الرميلة", "حي الرميلة بجبلة"),
        ("Afrin - al-Mahmudiyah", "حي المحمودية بعفرين"),
        ("al-Mahmudiyah, Afrin", "حي المحمودية بعفرين"),
    ],
)
def test_the_quarter_of_the_town_comes_first(gazetteer: buldan.Gazetteer, cell: str, name: str) -> None:
    assert gazetteer.lookup(cell)[0].place.name_ar == name


@pytest.mark.parametrize("cell", ["محافظة حماة / البياض", "Hama governorate - Bayad"])
def test_behind_the_word_for_a_governorate_no_town_is_named(gazetteer: buldan.Gazetteer, cell: str) -> None:
    assert gazetteer.lookup(cell)[0].place.kind == "village"


def test_an_article_more_is_another_name(gazetteer: buldan.Gazetteer) -> None:
    """حي الشهباء is not called شهبا."""
    assert gazetteer.lookup("شهبا - محافظة حماة")[0].place.kind == "village"
