"""What stands between names decides where things are: every preposition, every article before its letter."""

from __future__ import annotations

import pytest

from buldan.geoparse.document.flat import flatten
from buldan.geoparse.names.word_classes import WordClass, classify_word
from buldan.rules import read_table
from buldan.text import fold, has_article, is_article, load_articles, load_clitics, load_joining_words

ROWS = [(form, lang, roles.split(",")) for form, lang, roles, _, _ in read_table("text/tables/joining_words")]
INSIDE_AR = [form for form, lang, roles in ROWS if lang == "ar" and {"inside", "around", "near"} & set(roles)]
INSIDE_EN = [form for form, lang, roles in ROWS if lang == "en" and {"inside", "near"} & set(roles)]
ARTICLES = {
    **{"Wafra": "al el ul il", "Sabil": "as es us", "Shifa": "ash esh ush as", "Chifa": "ach ech", "Rahma": "ar er ur"},
    **{"Tawhid": "at et", "Thawra": "ath eth at", "Dawa": "ad ed", "Dhahab": "adh edh ad", "Zahra": "az ez uz"},
    **{"Nour": "an en", "Jamila": "aj ej"},
}
"""Names, and every article as it is spelled before the first letter of each."""


def _hospital(geoparser, text):
    """Text and place of the mention that the relation puts somewhere."""
    for mention in geoparser.read(text):
        if mention.relation and mention.relation.kind == "within":
            return mention.text, mention.place.name_en
    return None


@pytest.mark.parametrize("form", INSIDE_AR)
def test_a_facility_is_in_the_place_behind_an_arabic_preposition(geoparser, form):
    found = _hospital(geoparser, f"وصل الجرحى من إدلب إلى مستشفى الرحمة {form} سراقب")
    assert found is not None
    assert "Saraq" in found[1]


@pytest.mark.parametrize("form", ["من", "ثم", "وقرب"])
def test_other_words_do_not_put_it_there(geoparser, form):
    found = _hospital(geoparser, f"وصل الجرحى من إدلب إلى مستشفى الرحمة {form} سراقب")
    assert found is None or "Saraq" not in found[1]


@pytest.mark.parametrize("form", INSIDE_EN)
def test_a_facility_is_in_the_place_behind_an_english_preposition(geoparser, form):
    found = _hospital(geoparser, f"From Idlib the wounded came to Qamar Hospital {form} Saraqib.")
    assert found is not None
    assert "Saraq" in found[1]


@pytest.mark.parametrize("form", ["في", "ضمن", "بمدينة", "داخل", "وسط"])
def test_a_quarter_is_in_the_city_behind_an_arabic_preposition(geoparser, form):
    quarter, *_ = geoparser.read(f"قصف حي الغويران {form} حلب")
    assert quarter.place.admin[0].name_en == "Aleppo"


@pytest.mark.parametrize(
    ("article", "noun"), [(article, noun) for noun, articles in ARTICLES.items() for article in articles.split()]
)
def test_an_article_is_part_of_a_facilitys_name(geoparser, article, noun):
    name = f"Dar {article}-{noun} Hospital"
    found = _hospital(geoparser, f"They bombed the {name} in Saraqib.")
    assert found is not None
    assert found[0] == name


@pytest.mark.parametrize("before", ["us", "at", "as", "an"])
def test_a_word_that_only_looks_like_an_article_is_none(geoparser, before):
    found = _hospital(geoparser, f"They showed {before} Hikma Hospital in Saraqib.")
    assert found is not None
    assert found[0] == "Hikma Hospital"


def test_no_article_is_left_untried():
    assert set(load_articles()) == set(" ".join(ARTICLES.values()).split())


def test_each_predicate_has_one_home():
    assert is_article("es", "salam") and not is_article("es", "rahma") and not is_article("the", "salam")
    assert load_joining_words("inside") >= {"في", "in", fold("بمحافظة")}
    assert load_joining_words("near").isdisjoint(load_joining_words("inside"))
    with pytest.raises(ValueError, match="no word is inner"):
        load_joining_words("inner")


@pytest.mark.parametrize("clitic", sorted(load_clitics()))
def test_the_article_is_seen_behind_every_clitic(clitic):
    word = f"{clitic[:-1]}للحجر" if clitic.endswith("ل") else f"{clitic}الحجر"
    assert has_article(word)
    assert not has_article(f"{clitic}حجر")


def test_every_row_is_a_word_with_a_role_and_stands_once():
    assert all(fold(form) and all(roles) for form, _, roles in ROWS)
    # Cells are cut as they are written: north-east of and north east of are two forms.
    forms = [(tuple(map(fold, form.split("-"))), lang) for form, lang, _ in ROWS]
    assert len(set(forms)) == len(forms)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Des combats à Azaz et Marea.", "Azaz", "Marea"),
        ("Li Azaz û Marea şer heye.", "Azaz", "Marea"),
        ("Azaz ve Marea bombalandı.", "Azaz", "Marea"),
    ],
)
def test_and_links_a_list_in_every_language(geoparser, text, first, second):
    assert [mention.text for mention in geoparser.read(text)] == [first, second]
    assert any(classify_word(word) & WordClass.AND for word in flatten(text).words)


def test_words_that_lead_on_are_known_as_texts_are_folded():
    """A form that the fold writes otherwise would never be met: إلى is الي in a folded text."""
    words = list(flatten("إلى وإلى حتى to").words)
    assert all(classify_word(word) & WordClass.ONWARD for word in words)
