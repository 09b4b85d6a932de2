"""Quarters of one city in one list vouch for each other, though no word says which city or that they are places."""

import pytest


def find_quarters(geoparser, text):
    mentions = [mention for mention in geoparser.read(text) if mention.place.kind == "neighbourhood"]
    return [(mention.text, mention.place.admin_pcode) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "city", "names"),
    [
        ("بيوت للأجار في الخالدية والوعر والإنشاءات", "SY040100", ["الخالدية", "الوعر", "الإنشاءات"]),
        ("شقق للإيجار بالعباسيين أو القصاع", "SY010000", ["العباسيين", "القصاع"]),
        ("Garages open late: Midan, Qassaa and Tijara.", "SY010000", ["Midan", "Qassaa", "Tijara"]),
        ("Pickups in Waer or Inshaat only", "SY040100", ["Waer", "Inshaat"]),
    ],
)
def test_quarters_of_one_city_vouch_for_each_other(geoparser, text, city, names):
    """Names that are ordinary words, too, or of other towns are quarters of the city that one of the list is in."""
    assert find_quarters(geoparser, text) == [(name, city) for name in names]


def test_vouched_quarters_are_no_surer_than_that(geoparser):
    """A list alone says less than a word for a quarter or the city's name."""
    (first, second) = geoparser.read("شقق للإيجار بالعباسيين أو القصاع")
    assert 0.5 < first.confidence < 0.9
    assert 0.5 < second.confidence < 0.9


@pytest.mark.parametrize(
    "text",
    [
        # Of two cities; a chapter of the Koran beside another; words that no comma and no "and" parts.
        "الفرقان والوعر",
        "الميدان والوعر",
        "قرأ سورة الفرقان والإخلاص",
        "نزل الوعر القصاع",
    ],
)
def test_others_do_not(geoparser, text):
    """Names of two cities, or of one city and ordinary words, stay what they are alone."""
    assert find_quarters(geoparser, text) == []
