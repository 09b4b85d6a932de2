"""The API itself: parameters, their errors, filters one by one (api/*.java)."""

from __future__ import annotations

from datetime import datetime

import pytest

import buldan
from benchmarks.suites.photon.asking import POINT, features, get, ids, narrowed, places, status_of
from buldan.kinds import get_kind

YARMOUK = "/api?q=Yarmouk", "/reverse?lat=33.4713&lon=36.3057&radius=1.2"
"""A camp, a quarter and a river of one name; and around the camp quarters, streets and hospitals."""

BARAMKEH = "/api?q=Baramkeh", "/reverse?lat=33.50568&lon=36.28693"
"""One quarter with an outline."""

ORONTES = "bdad1sbgm1"


# ApiIntegrationTest


@pytest.mark.parametrize("base", YARMOUK)
def test_an_unknown_parameter_is_refused(base: str) -> None:
    assert status_of(f"{base}&bogus=thing") == 400


@pytest.mark.parametrize(
    ("value", "name", "path"),
    [
        ("town", "Qanawat", "/api?q=Qanawat&limit=1"),
        ("city", "Daraa", "/api?q=Daraa&limit=1&lat=32.6103&lon=36.1078"),  # from the lesser Daraa al-Balad
        (
            "suburb",
            "Qanawat quarter",
            "/api?q=Qanawat&limit=1&lat=33.5072&lon=36.2921&zoom=18&location_bias_scale=0.01",
        ),
        ("town", "Qanawat", "/reverse/?lon=36.61591&lat=32.75568"),
    ],
)
def test_basic_questions(value: str, name: str, path: str) -> None:
    (place,) = places(path, lang="en")
    assert (place["osm_key"], place["osm_value"], place["name"]) == ("place", value, name)


def test_extra_holds_what_the_place_has() -> None:
    (place,) = places("/api?q=Yalda&limit=1")
    assert place["extra"]["pcode"] == "C2302"
    assert isinstance(place["extra"], dict)


def test_status() -> None:
    status = get("/status").json()
    assert status["status"] == "Ok"
    assert datetime.fromisoformat(status["import_date"]).tzinfo


@pytest.mark.parametrize("base", BARAMKEH)
def test_a_polygon_is_given(base: str) -> None:
    (found,) = features(f"{base}&geometry=true&layer=district&lang=en")
    assert found["geometry"]["type"] == "Polygon"
    place = found["properties"]
    assert (place["osm_key"], place["osm_value"], place["name"]) == ("place", "suburb", "Baramkeh")


@pytest.mark.parametrize("base", ["/api?q=Orontes", "/reverse?lat=35.37838&lon=36.47813"])
def test_a_line_is_given_as_it_is(base: str) -> None:
    (found,) = features(f"{base}&geometry=true&layer=other&osm_tag=waterway:river&lang=en")
    assert found["geometry"]["type"] == "LineString"
    assert found["geometry"]["coordinates"] == buldan.load().place(ORONTES).area["coordinates"]  # type: ignore[index]
    place = found["properties"]
    assert (place["osm_key"], place["osm_value"], place["name"]) == ("waterway", "river", "Orontes")


@pytest.mark.parametrize("base", BARAMKEH)
def test_without_it_a_point(base: str) -> None:
    assert features(base)[0]["geometry"]["type"] == "Point"


@pytest.mark.parametrize("base", YARMOUK)
def test_limit(base: str) -> None:
    assert len(ids(f"{base}&limit=20")) > 1
    assert ids(f"{base}&limit=1") == ids(f"{base}&limit=20")[:1]


@pytest.mark.parametrize("base", YARMOUK)
def test_a_bad_limit_is_refused(base: str) -> None:
    assert status_of(f"{base}&limit=NaN") == 400


@pytest.mark.parametrize("base", ["/api?q=Yarmouk", "/reverse?lat=33.4713&lon=36.3057"])
def test_one_layer(base: str) -> None:
    (place,) = places(f"{base}&layer=locality")
    assert place["osm_value"] == "neighbourhood"


@pytest.mark.parametrize("base", ["/api?q=Yarmouk", "/reverse?lat=33.4713&lon=36.3057&radius=0.3"])
def test_several_layers(base: str) -> None:
    wanted = {"locality", "district"}
    found = places(f"{base}&layer=locality&layer=district&limit=50")
    assert {place["type"] for place in found} == wanted
    assert len(found) == sum(place["type"] in wanted for place in places(f"{base}&limit=50"))


@pytest.mark.parametrize("base", YARMOUK)
def test_a_layer_that_is_none_is_refused(base: str) -> None:
    assert status_of(f"{base}&layer=locality&layer=suburb") == 400


@pytest.mark.parametrize("base", YARMOUK)
def test_a_key(base: str) -> None:
    found = ids(f"{base}&osm_tag=place&limit=50")
    assert len(found) > 1
    assert found == narrowed(f"{base}&limit=50", lambda place: place["osm_key"] == "place")


@pytest.mark.parametrize("base", YARMOUK)
def test_a_key_that_nothing_has(base: str) -> None:
    assert ids(f"{base}&osm_tag=shop") == []


@pytest.mark.parametrize("base", ["/api?q=Baramkeh", "/reverse?lat=33.50568&lon=36.28693&radius=0.2&layer=district"])
def test_not_a_key(base: str) -> None:
    assert ids(f"{base}&limit=20")
    assert ids(f"{base}&osm_tag=!place") == []


QUARTER = {"keep": lambda place: place["osm_value"] == "suburb", "limit": 50}
NO_QUARTER = {"keep": lambda place: place["osm_value"] != "suburb", "limit": 50}


@pytest.mark.parametrize("base", YARMOUK)
@pytest.mark.parametrize("narrowing", [":suburb", "place:suburb"], ids=["value", "tag"])
def test_a_value_and_a_tag(base: str, narrowing: str) -> None:
    assert ids(f"{base}&osm_tag={narrowing}&limit=50") == narrowed(base, **QUARTER)


@pytest.mark.parametrize("base", YARMOUK)
@pytest.mark.parametrize("narrowing", [":!suburb", "!place:suburb"], ids=["value", "tag"])
def test_not_a_value_and_not_a_tag(base: str, narrowing: str) -> None:
    assert ids(f"{base}&osm_tag={narrowing}&limit=50") == narrowed(base, **NO_QUARTER)


@pytest.mark.parametrize("base", YARMOUK)
def test_a_bad_tag_is_refused(base: str) -> None:
    assert status_of(f"{base}&osm_tag=bad:bad:bad") == 400


@pytest.mark.parametrize("base", YARMOUK)
def test_a_category(base: str) -> None:
    assert ids(f"{base}&include=osm.place.suburb&limit=50") == narrowed(base, **QUARTER)


@pytest.mark.parametrize("base", YARMOUK)
def test_not_two_categories(base: str) -> None:
    left = {"suburb", "neighbourhood"}
    kept = narrowed(base, lambda place: place["osm_value"] not in left, limit=50)
    assert ids(f"{base}&exclude=osm.place.suburb&exclude=osm.place.neighbourhood&limit=50") == kept


@pytest.mark.parametrize("value", ["4+5.6", "abc", "ab..23", "a.b,c", "a.b,!c.d"])
def test_a_bad_category_is_refused(value: str) -> None:
    assert get("/api?q=yarmouk", include=value).status_code == 400


BAD_POSITIONS = [
    "lat=33.5",
    "lon=36.3",
    *(f"lat=33.5&lon={bad}" for bad in ("NaN", "bad", "Infinity", "-Infinity", "", "180.01", "-180.01")),
    *(f"lat={bad}&lon=36.3" for bad in ("Nan", "bad", "Infinity", "-Infinity", "", "90.01", "-90.01")),
]


@pytest.mark.parametrize("position", [*BAD_POSITIONS, "radius=1.0"])
def test_reverse_without_a_good_position_is_refused(position: str) -> None:
    assert status_of(f"/reverse?{position}") == 400


@pytest.mark.parametrize("position", BAD_POSITIONS)
def test_a_search_from_no_good_position_is_refused(position: str) -> None:
    assert status_of(f"/api?q=yarmouk&{position}") == 400


@pytest.mark.parametrize("radius", ["bad", "NaN", "0.0", "-10.0"])
def test_a_bad_radius_is_refused(radius: str) -> None:
    assert status_of(f"/reverse?{POINT}&radius={radius}") == 400


def test_a_search_for_nothing_is_refused() -> None:
    assert status_of("/api?debug=1") == 400


def test_a_category_alone_is_a_question() -> None:
    found = places("/api?include=osm.aeroway.aerodrome&limit=50")
    assert {place["osm_value"] for place in found} == {"aerodrome"}
    assert len(found) == min(50, sum(get_kind(place.kind).osm_type == "aerodrome" for place in buldan.load()))


@pytest.mark.parametrize(
    "box",
    [
        "9.6,52.3,9.8",
        "9.6,52.3,NaN,9.8",
        "9.6,52.3,-Infinity,9.8",
        "9.6,52.3,r34,9.8",
        "9.6,-92,9.8,14",
        "9.6,14,9.8,91",
        "-181, 9, 4, 12",
        "12, 9, 181, 12",
    ],
)
def test_a_bad_box_is_refused(box: str) -> None:
    assert status_of(f"/api?q=yarmouk&bbox={box}") == 400


@pytest.mark.parametrize("scale", ["bad", "NaN"])
def test_a_bad_scale_is_refused(scale: str) -> None:
    assert status_of(f"/api?q=yarmouk&{POINT}&location_bias_scale={scale}") == 400


def test_metrics_are_given() -> None:
    answer = get("/../metrics")
    assert answer.status_code == 200
    assert "_bucket{" in answer.text  # latency as a histogram (ApiMetricsTest)


# ApiCorsTest


@pytest.mark.parametrize("path", ["/api/?q=Yarmouk", f"/reverse/?{POINT}", "/status/"])
def test_pages_of_others_may_ask(path: str) -> None:
    assert get(path, {"Origin": "http://example.com"}).headers["access-control-allow-origin"] == "*"


# ApiCountryCodeFilterTest: theirs has one place in each of three countries, ours all in one


QANAWAT = "/api?q=Qanawat"


def with_countries(*codes: str) -> list[str]:
    return ids(QANAWAT + "".join(f"&countrycode={code}" for code in codes))


def test_without_a_country_all() -> None:
    assert len(with_countries()) == 3


def test_a_country() -> None:
    assert with_countries("SY") == with_countries()
    assert with_countries("US") == []
    assert with_countries("GB") == []


def test_the_country_is_told() -> None:
    assert {place["countrycode"] for place in places(f"{QANAWAT}&countrycode=SY")} == {"SY"}


def test_a_country_unknown_here() -> None:
    assert with_countries("GB") == []


def test_a_country_in_small_letters() -> None:
    assert with_countries("sy") == with_countries("SY") == with_countries()


@pytest.mark.parametrize("codes", [("SY", "US"), ("SY", "GB"), ("SY", "US", "DE")])
def test_several_countries_are_alternatives(codes: tuple[str, ...]) -> None:
    assert with_countries(*codes) == with_countries()


# ApiDedupeTest: two villages of one name in one sub-district


@pytest.mark.parametrize("flag", ["", "&dedupe=1"])
def test_twins_once(flag: str) -> None:
    assert len(ids(f"/api?q=Kurdis{flag}")) == 1


def test_twins_twice() -> None:
    assert len(ids("/api?q=Kurdis&dedupe=0")) == 2


# ApiReverseOnlyTest, as far as it is of answers


def test_reverse_gives_one() -> None:
    (place,) = places("/reverse?lat=33.4713&lon=36.3057&layer=locality&layer=district")
    assert (place["osm_key"], place["extra"]["id"]) == ("place", "bdhgr272p1")


def test_reverse_gives_as_many_as_asked() -> None:
    assert len(ids(f"{YARMOUK[1]}&limit=20")) == 20


def test_reverse_leaves_out() -> None:
    (place,) = places("/reverse?lat=33.4713&lon=36.3057&layer=locality&layer=district&exclude=osm.place.suburb")
    assert (place["osm_key"], place["osm_value"]) == ("place", "neighbourhood")
