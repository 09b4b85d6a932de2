"""What publishers write, and what the gazetteer makes of it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buldan.compile.names import (
    clean,
    find_bcp47,
    find_scripts,
    is_machine_made,
    make_name,
    split_alternatives,
    strip_latin,
)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("قدسيا\n", "قدسيا"),
        ("\nام تليل - مركز الرقة\n", "ام تليل - مركز الرقة"),
        ("طويرش\nطويرش\nطةيسرش", "طويرش"),
        ("الهالة_خس هبال", "الهالة - خس هبال"),
        ("Qartaba  Gharbiyah ", "Qartaba Gharbiyah"),
        ("\u200fدمشق\u200e", "دمشق"),
        ("ﺩﻣﺸﻖ", "دمشق"),
        ("حلـــب", "حلب"),
        ("<Null>", "Null"),
        ("", ""),
    ],
)
def test_a_name_is_one_clean_line(written, kept):
    assert clean(written) == kept


@given(st.text(max_size=40))
def test_cleaning_leaves_nothing_to_clean(text):
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(c) in ("Cc", "Cf") for c in once)


@pytest.mark.parametrize(
    ("text", "lang", "kept"),
    [
        ("Qābūḩ", "ar", ("ar", "Latn")),
        ("قبوح", "ar", ("ar", "Arab")),
        ("دمشق", "en", ("und", "Arab")),
        ("ʿArbān", "en", ("en", "Latn")),
        ("ܕܪܡܣܘܩ", "syc", ("syc", "Syrc")),
        ("کۆبانێ", "ckb", ("ckb", "Arab")),
        ("مطار T4", "ar", None),
        ("Untitled", "en", None),
        ("1245", "en", None),
        ("Al", "en", None),
        ("ال", "ar", None),
        ("大馬士革", "und", None),
    ],
)
def test_letters_decide_the_script_and_mixed_names_are_none(text, lang, kept):
    name = make_name(text, lang, sources=["ocha"])
    assert (name and (name.lang, name.script)) == kept


@pytest.mark.parametrize(
    ("text", "around", "inside"),
    [
        ("Rabyeh / Bikas", (), ["Rabyeh", "Bikas"]),
        ("الهالة_خس هبال", (), ["الهالة", "خس هبال"]),
        ("Shraqi \\ Qarah Shuki", (), ["Shraqi", "Qarah Shuki"]),
        ("Tanjarah (Al-Manara)", (), ["Tanjarah", "Al-Manara"]),
        ("Deir Hanna / Lattakia", ("Lattakia",), ["Deir Hanna"]),
        ("المنصورة (تادف)", ("تادف",), ["المنصورة"]),
        ("Beit Yshut - Ein Qayta", ("Beit Yashout",), ["Beit Yshut", "Ein Qayta"]),
        ("Ramadan (Non-Official Pr Camp)", (), ["Ramadan"]),
        ("Deir-ez-Zor", (), []),
        ("Yalda", (), []),
    ],
)
def test_names_inside_names_come_out_and_places_around_do_not(text, around, inside):
    assert list(split_alternatives(text, qualifiers=around)) == inside


@pytest.mark.parametrize(
    ("text", "made"),
    [("nahyt mrkz alhskt", True), ("kwbany", True), ("Nahiyat al Hawl", False), ("ناحية الهول", False)],
)
def test_a_copy_of_arabic_letters_without_vowels_is_no_name(text, made):
    assert is_machine_made(text) is made


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("‘Ayn al Ḩulwah", "Ayn al Hulwah"),
        ("Mat`ab", "Mat'ab"),
        ("Dar‘ā", "Dar'a"),
        ("Serê Kaniyê", "Sere Kaniye"),
        ("Arap Pınar", "Arap Pinar"),
    ],
)
def test_the_name_shown_in_latin_letters_has_no_accents(text, plain):
    assert strip_latin(text) == plain


def test_languages_that_are_kept_get_their_short_tags():
    assert [find_bcp47(tag) for tag in ("ara", "kur", "tur", "und", "zho")] == ["ar", "ku", "tr", "und", None]


def test_modifier_letters_belong_to_any_script():
    assert find_scripts("ʿAyn Dārā") == {"Latn"}


@pytest.mark.parametrize(
    ("text", "lang", "clean"),
    [("كۆبانێ", "ku", "كۆبانێ"), ("چولامة", "und", "چولامة"), ("کفر نبل", "ar", "كفر نبل"), ("عفرين", "ar", "عفرين")],
)
def test_letters_tell_the_language(text, lang, clean):
    name = make_name(text, "ar", sources=["geonames"])
    assert (name.lang, name.text) == (lang, clean)
