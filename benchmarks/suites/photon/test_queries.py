"""What is found, and in which order (QueryBasicSearchTest, QueryByClassificationTest, QueryRelevanceTest and others).

Theirs asks an index of one or two documents, so that whatever is found is right; here, among all of Syria, the place
that is meant must be found where its name is told whole, and be the first where nothing better is known.
"""

from __future__ import annotations

import pytest

import buldan
from benchmarks.suites.photon.asking import features, ids, names, places

MAALOULA, HAJAR, UMAYYAD, IBN_RUSHD = "bd571vgkcx", "bdgnw9y00g", "bdwnjbb423", "bd2xtz8yva"
QANAWAT, QUARTER = "bd0gwkt99p", "bdxm4eh4ap"


def found(query: str) -> list[str]:
    return ids("/api", q=query, limit=50)


# QueryBasicSearchTest


@pytest.mark.parametrize("query", ["nawa", "Nawa", "NAWA"])
def test_letters_of_either_case(query: str) -> None:
    assert names(query)[0] == "Nawa"
    assert names(query) == names("Nawa")


@pytest.mark.parametrize("query", ["Idlîb", "idlib", "IDLIB", "Īdlib"])
def test_letters_with_marks(query: str) -> None:
    assert names(query)[0] == "Idlib"


@pytest.mark.parametrize("query", ["saraqib", "Saraqib", "Sarāqib", "Saraqeb", "Saraqip"])
def test_a_single_word(query: str) -> None:
    assert names(query)[0] == "Saraqib"


def test_a_word_that_is_too_far_off() -> None:
    assert "Saraqib" not in names("Zarkush")


@pytest.mark.parametrize("query", ["الﻻذقية", "اللاذقية", "الﻻذقيه", "الﻼذقيّة"])
def test_joined_letters(query: str) -> None:
    assert names(query)[0] == "Latakia"


@pytest.mark.parametrize("query", ["Saraqïb", "Saraqib", "Saraqibb", "Saraqïbb"])
def test_a_doubled_letter_and_two_dots(query: str) -> None:
    assert names(query)[0] == "Saraqib"


@pytest.mark.parametrize(
    ("query", "first"), [("Homs (city)", "Homs"), ("Homs | Syria", "Homs"), ("Nawa.Daraa", "Nawa")]
)
def test_signs_between_words(query: str, first: str) -> None:
    assert names(query)[0] == first


@pytest.mark.parametrize("query", ["s", "S", "sa", "Ṣa", "Sal", "ṣal", "salam", "Salami", "Salamiy", "ṣalamiy"])
def test_the_beginning_of_a_name(query: str) -> None:
    assert "Salamiyah" in names(query)


def test_no_beginning_of_a_name() -> None:
    assert "Salamiyah" not in names("Salamx")


@pytest.mark.parametrize(
    "query", ["Hajar Aswad", "Hajar", "Aswad", "Hajr Aswad", "al hajar al aswad", "Hajar al-Aswad 9"]
)
def test_some_words_of_a_name(query: str) -> None:
    assert HAJAR in found(query)


def test_other_words() -> None:
    assert found("huffle fluff") == []


@pytest.mark.parametrize(
    "query", ["Ibn Rushd", "Ibn Hospital", "Ibn Rushd Hospital", "Ibn Rushd Hospital 7", "Ibn Hospital 7"]
)
def test_a_name_with_words_skipped(query: str) -> None:
    assert IBN_RUSHD in found(query)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("Tadmor", "bdy02eqjba"),
        ("Palmyra", "bdy02eqjba"),
        ("Kobane", "bdqax0wpsz"),
        ("Arappınar", "bdqax0wpsz"),
        ("Hierapolis", "bdc736aydk"),
        ("Membij", "bdc736aydk"),
        ("Menbij", "bdc736aydk"),
    ],
)
def test_other_names(query: str, place: str) -> None:
    assert place in found(query)[:2]


@pytest.mark.parametrize(
    "query", ["Qanawat", "Qanawat Damascus", "Qanawat quarter Damascus", "Qanawat, Damascus, Syria"]
)
def test_a_name_with_its_address(query: str) -> None:
    assert QUARTER in found(query)


def test_a_name_with_another_address() -> None:
    assert found("Qanawat state thing") == []


@pytest.mark.parametrize(
    "query", ["Maaloula", "Maaloul", "Maaloula Rural Dama", "Rural Damascus, Maaloul", "Rural Damascus, Maaloula"]
)
def test_a_name_and_the_beginning_of_its_unit(query: str) -> None:
    assert found(query)[:1] == [MAALOULA]


@pytest.mark.parametrize("query", ["Rural Damascus", "Rural Dama"])
def test_a_unit_is_not_what_it_holds(query: str) -> None:
    assert names(query)
    assert MAALOULA not in found(query)


# QueryByClassificationTest


@pytest.mark.parametrize("query", ["#osm.amenity.hospital Ibn Rushd Hosp", "#osm.amenity.hospital Ibn Rushd"])
def test_a_class_and_a_name(query: str) -> None:
    assert found(query)[0] == IBN_RUSHD


@pytest.mark.parametrize("query", ["hospital Ibn Rushd", "hospital Ibn Ru", "Ibn Rushd hospital", "مشفى ابن رشد"])
def test_a_word_for_a_class_and_a_name(query: str) -> None:
    assert IBN_RUSHD in found(query)[:2]  # two hospitals have this name


def test_a_word_for_a_class_that_is_a_name() -> None:
    assert names("Matar")[:1] != ["Damascus International Airport"]
    assert names("airport Damascus")[0] == "Damascus International Airport"


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Station Qamishli", "Qamishli"),
        ("Qamishli railway station", "Qamishli railway station"),
        ("Aleppo station", ""),
        ("Damascus airport", "Damascus International Airport"),
        ("bridge Raqqa", "Raqqa"),
    ],
)
def test_one_word_for_several_classes(query: str, first: str) -> None:
    place = places("/api", q=query, lang="en")[0]
    assert place["name"].startswith(first)
    assert place["osm_value"] in {"station", "aerodrome", "bridge"}


# QueryRelevanceTest


def test_the_greater_of_two_namesakes() -> None:
    assert places("/api?q=Homs")[0]["osm_value"] == "city"
    assert len(found("Homs")) > 1


@pytest.mark.parametrize("query", ["hmos", "Hmos"])
def test_a_slip_in_the_short_name_of_a_city(query: str) -> None:
    assert names(query)[:1] == ["Homs"]


@pytest.mark.parametrize("query", ["homs", "Homs"])
def test_the_short_name_of_a_city(query: str) -> None:
    assert names(query)[0] == "Homs"


def test_a_whole_name_before_a_beginning() -> None:
    assert names("Sarin")[0] == "Sarin"
    assert names("Hama")[0] == "Hama"
    assert any(name.startswith("Hamam") for name in names("Hama")[1:])


def test_the_beginning_of_a_city_before_a_whole_village() -> None:
    assert names("Sal")[:2] == ["Sal", "Salamiyah"]  # theirs weighs by fame; ours says the very name first


def test_a_word_within_a_name() -> None:
    assert names("Shaykhun")[0] == "Khan Shaykhun"


@pytest.mark.parametrize("query", ["Qanawat", "Zahraa", "Salhiyeh"])
def test_the_near_one_of_equals(query: str) -> None:
    every = features("/api", q=query, lang="en", limit=50)
    for one in every[:3]:
        lon, lat = one["geometry"]["coordinates"]
        nearest = ids("/api", q=query, lat=lat, lon=lon, zoom=16, location_bias_scale=0.1)[0]
        assert nearest == one["properties"]["extra"]["id"]


def test_the_greater_one_though_it_is_far() -> None:
    assert names("Homs", lat=33.486, lon=36.346)[0] == "Homs"  # from the quarter of the Homsis


@pytest.mark.parametrize("scale", [0.8, 0.6, 0.4, 0.2])
def test_the_scale_leaves_the_great_one_first(scale: float) -> None:
    assert names("Homs", lat=35.5, lon=35.8, location_bias_scale=scale)[0] == "Homs"


@pytest.mark.parametrize("scale", [0.8, 0.6, 0.4, 0.2])
def test_the_scale_lets_the_near_one_be_first(scale: float) -> None:
    assert ids("/api", q="Qanawat")[0] == QANAWAT
    assert ids("/api", q="Qanawat", lat=33.5072, lon=36.2921, zoom=14, location_bias_scale=scale)[0] == QUARTER


# QueryReverseTest

AROUND_QANAWAT = "/reverse?lat=32.75568&lon=36.61591&layer=city"


def test_the_nearest() -> None:
    assert ids(f"{AROUND_QANAWAT}&radius=0.1&limit=1") == [QANAWAT]


def test_one_unless_told_otherwise() -> None:
    assert ids(f"{AROUND_QANAWAT}&radius=20") == [QANAWAT]


@pytest.mark.parametrize("count", [2, 3, 10])
def test_several_nearest_first(count: int) -> None:
    gazetteer = buldan.load()
    near = gazetteer.reverse(lon=36.61591, lat=32.75568, radius_km=20, kinds=["settlement"], limit=50)
    towns = [each.place.id for each in near if each.place.kind in {"city", "town", "village"}]
    assert ids(f"{AROUND_QANAWAT}&radius=20&limit={count}") == towns[:count]


# GeoJsonFormatterTest, QueryGeometryTest


def test_features_are_points_with_their_class() -> None:
    town, quarter = features("/api?q=Qanawat&limit=2")
    for one, kind in ((town, "town"), (quarter, "suburb")):
        assert one["type"] == "Feature"
        assert one["geometry"]["type"] == "Point"
        assert (one["properties"]["osm_key"], one["properties"]["osm_value"]) == ("place", kind)
    assert town["geometry"]["coordinates"] == list(buldan.load().place(QANAWAT).point)


def test_an_outline_of_several_parts() -> None:
    (found,) = features("/api?q=Tartous&geometry=1&layer=state")
    assert found["geometry"]["type"] == "MultiPolygon"


def test_name_and_country_fall_back_together() -> None:
    (place,) = places("/api?q=Baramkeh&lang=hy")
    assert (place["name"], place["country"]) == ("Baramkeh", "Syria")


def test_the_local_name_where_nothing_is_asked() -> None:
    assert places("/api?q=Yalda&limit=1")[0]["name"] == "يلدا"


# StreetDupesRemoverTest: what looks the same is given once


def looks(path: str) -> list[tuple[str | None, ...]]:
    parts = "name", "osm_value", "district", "city", "county", "state"
    return [tuple(place.get(part) for part in parts) for place in places(path, lang="en")]


def test_what_looks_the_same_once() -> None:
    once, all_of_them = looks("/api?q=Mushayrifah&limit=50"), looks("/api?q=Mushayrifah&limit=50&dedupe=0")
    alike = {each for each in all_of_them if all_of_them.count(each) > 1}
    assert alike
    assert len(all_of_them) > len(once)
    assert set(once) == set(all_of_them)


def test_a_town_and_a_quarter_are_two() -> None:
    assert {value for _, value, *_ in looks("/api?q=Qanawat&limit=50")} == {"town", "suburb", "primary"}


# ApostropheNormalizationTest, PossessiveTokenizationTest


@pytest.mark.parametrize(
    "query", ["Ma'arrat al-Nu'man", "Ma’arrat al-Nu’man", "Maʻarrat al-Nuʻman", "Ma`arrat al-Nu`man"]
)
def test_apostrophes_of_all_kinds(query: str) -> None:
    assert names(query)[0] == "Maarrat al-Nu'man"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Dar'a", "Daraa"),
        ("Dara", "Daraa"),
        ("al-Qusayr", "Al-Qusayr"),
        ("Qusayr", "Al-Qusayr"),
        ("al Qusayr", "Al-Qusayr"),
        ("an-Nabk", "An-Nabk"),
        ("Nabk", "An-Nabk"),
        ("Maarrat", "Maarrat al-Nu'man"),
        ("al-Nu'man", "Maarrat al-Nu'man"),
        ("Maarrat Numan", "Maarrat al-Nu'man"),
        ("maarrat al-nu", "Maarrat al-Nu'man"),
        ("maarrat al-num", "Maarrat al-Nu'man"),
        ("maarrat al num", "Maarrat al-Nu'man"),
        ("maarrat al-numa", "Maarrat al-Nu'man"),
    ],
)
def test_words_beside_articles_and_apostrophes(query: str, found: str) -> None:
    assert found in names(query)


@pytest.mark.parametrize(
    ("query", "other"), [("Numan", "Dar'a"), ("Dara", "Maarrat al-Nu'man"), ("Aswad", "Aswadiyah"), ("Hajar", "Dar'a")]
)
def test_other_names_are_not_pulled_in(query: str, other: str) -> None:
    assert other not in names(query)


# StructuredQueryTest


def structured(**parts: str) -> list[dict[str, str]]:
    return places("/structured", countrycode="SY", lang="en", **parts)


def test_a_district_with_a_slip() -> None:
    assert structured(district="Qanawatt")[0]["name"] == "Qanawat quarter"


def test_a_country_alone() -> None:
    (country,) = structured()
    assert (country["type"], country["name"]) == ("country", "Syria")


def test_a_city_is_no_street() -> None:
    (city,) = structured(city="Damascus")
    assert (city["name"], city["osm_value"]) == ("Damascus", "city")
    assert not {"street", "housenumber"} & city.keys()


def test_an_unknown_street() -> None:
    place = structured(city="Damascus", street="totally wrong", housenumber="42")[0]
    assert place["name"] == "Damascus"
    assert "street" not in place


def test_a_district_asked_for_as_a_city() -> None:
    place = structured(city="Baramkeh")[0]
    assert (place["name"], place["city"]) == ("Baramkeh", "Damascus")


def test_an_unknown_house() -> None:
    place = structured(city="Damascus", street="Mezzeh highway", housenumber="1")[0]
    assert (place["name"], place["city"]) == ("Mezzeh highway", "Damascus")
    assert "housenumber" not in place


def test_an_unknown_house_in_an_unknown_street() -> None:
    place = structured(city="Damascus", street="does not exist", housenumber="1")[0]
    assert place["name"] == "Damascus"
    assert not {"street", "housenumber"} & place.keys()
