"""The façade of GeoNames, driven by geopy."""

from itertools import pairwise

import pytest
from geopy.exc import GeocoderAuthenticationFailure
from geopy.geocoders import GeoNames

from buldan.formats.geonames import FEATURE_CLASSES, get_feature
from buldan.kinds import kinds


@pytest.fixture
def geopy(server):
    return GeoNames("nobody", domain=f"{server.address}/geonames", user_agent="buldan-tests")


def ask(client, path, **asked):
    return client.get(f"/geonames/{path}JSON", params=asked)


def names(client, path, **asked):
    return [record["name"] for record in ask(client, path, **asked).json()["geonames"]]


def test_geopy_finds_a_place_by_name(geopy):
    found = geopy.geocode("Yelda, Rural Damascus")
    assert (found.latitude, found.longitude) == pytest.approx((33.4645, 36.3211), abs=0.01)
    assert found.address == "Yalda, Rural Damascus, Syria"
    assert geopy.geocode("sdlahaslkhd kasldhkjs") is None


def test_geopy_finds_several_of_one_country(geopy):
    assert len(geopy.geocode("Zahraa", exactly_one=False, country=["TR", "SY"], country_bias="TR")) > 3
    assert geopy.geocode("Zahraa", country="TR") is None


def test_geopy_finds_what_is_near_in_the_language_asked_for(geopy):
    assert geopy.reverse((33.4645, 36.3211)).address == "Yalda, Rural Damascus, Syria"
    assert geopy.reverse((33.4645, 36.3211), lang="local").address == "يلدا, ريف دمشق, سوريا"
    mosque = geopy.reverse((33.512, 36.307), find_nearby_type="findNearby")
    assert mosque.address.startswith("Umayyad Mosque, Damascus")
    unit = geopy.reverse((33.512, 36.307), find_nearby_type="findNearby", feature_code="ADM1")
    assert unit.raw["fcode"] == "ADM1"


def test_a_point_of_syria_has_its_time_zone(client):
    told = ask(client, "timezone", lat=33.5, lng=36.3, lang="local").json()
    assert (told["timezoneId"], told["rawOffset"], told["countryName"]) == ("Asia/Damascus", 3, "سوريا")


def test_without_a_key_geopy_is_told_that_it_may_not_ask(serve, tmp_path):
    with serve(tmp_path, api_keys="longer-than-this-one") as server:
        geocoder = GeoNames("nobody", domain=f"{server.address}/geonames", user_agent="buldan-tests")
        with pytest.raises(GeocoderAuthenticationFailure):
            geocoder.geocode("Homs")


def test_every_kind_has_a_feature_of_a_class_that_has_a_name():
    for kind in kinds():
        assert get_feature(kind).fclass in FEATURE_CLASSES
        assert get_feature(kind).fcode.isalnum()


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"featureClass": "A"}, lambda record: record["fcl"] == "A"),
        ({"featureClass": ["A", "P"], "featureCode": "ADM3"}, lambda record: record["fcode"] == "ADM3"),
        ({"featureCode": ["PPL", "ADM2"]}, lambda record: record["fcode"] in {"PPL", "ADM2"}),
        ({"adminCode1": "SY12"}, lambda record: record["adminCode1"] == "SY12"),
        (
            {"west": 35.9, "east": 36.3, "south": 32.5, "north": 33},
            lambda record: 35.9 <= float(record["lng"]) <= 36.3 and 32.5 <= float(record["lat"]) <= 33,
        ),
    ],
)
def test_filters_hold(client, asked, kept):
    everything = ask(client, "search", q="Nawa").json()["geonames"]
    found = ask(client, "search", q="Nawa", **asked).json()["geonames"]
    assert found
    assert all(map(kept, found))
    assert not all(map(kept, everything))


def test_a_name_may_be_asked_for_whole_or_by_its_beginning(client):
    assert names(client, "search", name="Saraqeb")[0] == "Saraqib"
    assert set(names(client, "search", name_equals="sarāqib")) == {"Saraqib"}
    assert names(client, "search", name_equals="Saraqip") == []
    assert "Salamiyah" in names(client, "search", name_startsWith="Salami")


@pytest.mark.parametrize("blank", ["", " ", "\u2005\t"])
def test_a_blank_text_hides_no_other(client, blank):
    assert names(client, "search", q=blank, name="Nawa")[0] == "Nawa"
    assert names(client, "search", q=blank, name_equals="يلدا")[0] == "Yalda"
    assert names(client, "search", q="Nawa", name_equals=blank)[0] == "Nawa"
    assert "Salamiyah" in names(client, "search", q=blank, name_startsWith="Salami")
    refused = client.get("/geonames/searchJSON", params={"q": blank, "name_startsWith": blank, "username": "x"})
    assert refused.status_code == 400


def test_rows_are_shown_a_page_at_a_time(client):
    everything = ask(client, "search", q="Zahraa").json()
    pages = [ask(client, "search", q="Zahraa", startRow=start, maxRows=3).json() for start in (0, 3)]
    assert {page["totalResultsCount"] for page in pages} == {everything["totalResultsCount"]}
    ids = [record["id"] for page in pages for record in page["geonames"]]
    assert ids == [record["id"] for record in everything["geonames"][:6]]
    assert len(everything["geonames"]) == everything["totalResultsCount"]


def test_a_fuller_style_says_more(client):
    members = [
        set(ask(client, "search", q="Yalda", maxRows=1, style=style).json()["geonames"][0])
        for style in ("SHORT", "MEDIUM", "LONG", "FULL")
    ]
    assert all(less < more for less, more in pairwise(members))
    assert "adminName1" in members[1]
    assert {"alternateNames"} <= members[2]
    assert {"adminName3", "timezone", "bbox", "score"} <= members[3]


def test_numbers_of_geonames_alone_are_called_so(client):
    (yalda,) = ask(client, "search", q="Yalda, Babella", maxRows=1).json()["geonames"]
    (mosque,) = ask(client, "findNearby", lat=33.512, lng=36.307).json()["geonames"]
    assert "geonameId" not in mosque
    for asked in (yalda["geonameId"], yalda["id"], "C2302"):
        assert ask(client, "get", geonameId=asked).json()["id"] == yalda["id"]
    assert ask(client, "get", geonameId=mosque["id"]).json()["toponymName"] == "Umayyad Mosque"


def test_what_is_near_comes_in_the_order_of_its_distance(client):
    found = ask(client, "findNearby", lat=33.512, lng=36.307, maxRows=20).json()["geonames"]
    distances = [float(record["distance"]) for record in found]
    assert distances == sorted(distances)
    assert distances[0] == 0
    assert len(found) == 20
    assert {record["fcl"] for record in found}.isdisjoint({"A"})
    assert all(
        record["fcl"] == "P"
        for record in ask(client, "findNearbyPlaceName", lat=33.512, lng=36.307, maxRows=20).json()["geonames"]
    )
    assert names(client, "findNearbyPlaceName", lat=33.512, lng=36.307, maxRows=0) == []
    assert names(client, "findNearby", lat=48.2, lng=16.4) == []
    assert len(names(client, "findNearby", lat=35, lng=38.5, radius=300, maxRows=100)) == 100


def test_weak_answers_are_kept_back(client):
    assert names(client, "search", q="Kirkwall") == []


@pytest.mark.parametrize(
    ("path", "code", "status"),
    [
        ("searchJSON", 14, 400),
        ("searchJSON?q=", 14, 400),
        ("searchJSON?q=Homs&maxRows=many", 14, 400),
        ("searchJSON?q=Homs&maxRows=1001", 14, 400),
        ("searchJSON?q=Homs&featureClass=X", 14, 400),
        ("searchJSON?q=Homs&west=36", 14, 400),
        ("findNearbyJSON?lat=33", 14, 400),
        ("findNearbyJSON?lat=91&lng=36", 14, 400),
        ("findNearbyJSON?lat=33&lng=36&radius=0", 14, 400),
        ("getJSON?geonameId=1", 11, 404),
        ("timezoneJSON?lat=48.2&lng=16.4", 11, 404),
        ("wikipediaSearchJSON?q=Homs", 11, 404),
    ],
)
def test_errors_have_geonames_shape(client, path, code, status):
    answer = client.get(f"/geonames/{path}")
    assert answer.status_code == status
    assert answer.json()["status"]["value"] == code
    assert answer.json()["status"]["message"]
