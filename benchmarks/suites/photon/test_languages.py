"""Languages of names, asked for and asked in (ApiLanguageSelectionTest, ApiLanguagesTest, QueryByLanguageTest)."""

from __future__ import annotations

import pytest

from benchmarks.suites.photon.asking import get, ids, names, places

ALEPPO = "/api?q=Aleppo+city", "/reverse?lat=36.20124&lon=37.16117&layer=city"
"""Of this city names in six languages are known; of Baramkeh only an Arabic and an English one."""

BARAMKEH = "/api?q=Baramkeh", "/reverse?lat=33.50568&lon=36.28693&layer=district"

FALLBACK = "Baramkeh"
"""Theirs falls back to a language that is set at the start; here that is English."""


def name_of(base: str, *, lang: str | None = None, accepted: str = "") -> str:
    asked = {} if lang is None else {"lang": lang}
    return places(base, {"Accept-Language": accepted}, **asked)[0]["name"]  # type: ignore[no-any-return]


# ApiLanguageSelectionTest


@pytest.mark.parametrize("base", ALEPPO)
def test_without_a_language_the_local_name(base: str) -> None:
    assert name_of(base) == "حلب"


@pytest.mark.parametrize("base", ALEPPO)
def test_the_parameter_goes_before_the_header(base: str) -> None:
    assert name_of(base, lang="en", accepted="ar") == "Aleppo"


@pytest.mark.parametrize("base", ALEPPO)
def test_a_language_without_names_is_refused(base: str) -> None:
    assert get(base, lang="xq").status_code == 400


@pytest.mark.parametrize("base", ALEPPO)
def test_default_is_the_local_name(base: str) -> None:
    assert name_of(base, lang="default", accepted="en") == "حلب"


@pytest.mark.parametrize("base", BARAMKEH)
def test_a_place_without_a_name_in_the_language_asked_for(base: str) -> None:
    assert name_of(base, lang="hy") == FALLBACK


@pytest.mark.parametrize("base", BARAMKEH)
def test_a_place_without_a_name_in_the_language_accepted(base: str) -> None:
    assert name_of(base, accepted="hy") == FALLBACK


@pytest.mark.parametrize("base", ALEPPO)
def test_the_header(base: str) -> None:
    for accepted, name in {
        "en": "Aleppo",
        "en-GB": "Aleppo",
        "xq,zz;q=0.9,sp,fr;q=0.1": "Alep",
        "xq,zz;q=0.9": "حلب",
        "ar;q=0.9,en,fr;q=0.1": "Aleppo",
    }.items():
        assert name_of(base, accepted=accepted) == name, accepted


@pytest.mark.parametrize("base", ALEPPO)
def test_a_header_that_is_none(base: str) -> None:
    for accepted in ("we loves cats", "cookies?", "Illegal/Header_"):
        assert name_of(base, accepted=accepted) == "حلب", accepted


# ApiLanguagesTest: a name in any language finds its place


def test_a_name_in_another_language() -> None:
    assert ids("/api?q=Halep")[0] == ids("/api?q=Aleppo")[0]


def test_one_name_in_several_languages() -> None:
    kobani = ids("/api?q=Kobani")
    assert kobani == ids("/api?q=Ayn al-Arab&limit=1") == ids("/api?q=عين العرب&limit=1") == ids("/api?q=كوباني")


# QueryByLanguageTest


@pytest.mark.parametrize("query", ["حلب", "Halep", "Aleppo", "Alep", "Heleb"])
def test_a_city_in_its_languages(query: str) -> None:
    assert names(query)[0] == "Aleppo"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Yalda, Rural Damascus", "Yalda"),
        ("يلدا، ريف دمشق", "Yalda"),
        ("Yalda, Syria", "Yalda"),
        ("Yalda, سوريا", "Yalda"),
        ("Qanawat, As-Sweida", "Qanawat"),
        ("قنوات، السويداء", "Qanawat"),
        ("Baramkeh, Damascus", "Baramkeh"),
        ("البرامكة، دمشق", "Baramkeh"),
        ("Yalda, Babella", "Yalda"),
        ("يلدا، ببيلا", "Yalda"),
        ("Qanawat, Damascus", "Qanawat quarter"),
        ("القنوات، دمشق", "Qanawat quarter"),
    ],
)
def test_parts_of_an_address_in_two_languages(query: str, found: str) -> None:
    assert names(query) == [found]


@pytest.mark.parametrize("query", ["Halepp", "Alleppo", "Alepo"])
def test_with_a_slip(query: str) -> None:
    assert names(query)[0] == "Aleppo"


def test_another_word_is_no_slip() -> None:
    assert names("sinister") == []
