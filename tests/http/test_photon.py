"""The façade of Photon, driven by geopy."""

import pytest
from geopy.geocoders import Photon


@pytest.fixture
def geopy(server):
    return Photon(domain=f"{server.address}/photon", scheme="http", user_agent="buldan-tests")


def test_geopy_finds_a_place_by_name(geopy):
    found = geopy.geocode("يلدا")
    assert (found.latitude, found.longitude) == pytest.approx((33.4645, 36.3211), abs=0.01)
    assert "Syria" in found.address


def test_geopy_prefers_what_is_near(geopy):
    for namesake in geopy.geocode("Zahraa", exactly_one=False, limit=3):
        spot = (namesake.latitude, namesake.longitude)
        best = geopy.geocode("Zahraa", location_bias=spot)
        assert (best.latitude, best.longitude) == pytest.approx(spot, abs=0.05)


def test_geopy_finds_the_place_at_a_point(geopy):
    assert "Yalda" in geopy.reverse((33.4645, 36.3211)).address


def test_the_beginning_of_a_name_is_enough(client):
    found = client.get("/photon/api?q=Damasc&limit=5").json()["features"]
    assert "Damascus" in [feature["properties"]["name"] for feature in found]


def test_features_have_photons_members(client):
    feature = client.get("/photon/api?q=Yalda&limit=1").json()["features"][0]
    properties = feature["properties"]
    assert properties["countrycode"] == "SY"
    assert properties["type"] in {"city", "district", "locality"}
    west, north, east, south = properties["extent"]
    lon, lat = feature["geometry"]["coordinates"]
    assert west < lon < east
    assert south < lat < north


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"q": "Daraa", "layer": "state"}, lambda p: p["type"] == "state"),
        ({"osm_tag": "place:village"}, lambda p: p["osm_value"] == "village"),
        ({"q": "Daraa", "osm_tag": "!place"}, lambda p: p["osm_key"] != "place"),
        ({"bbox": "36,32,37,34"}, lambda p: True),
        ({"lang": "ar"}, lambda p: p["country"] == "سوريا"),
        ({"lang": "default"}, lambda p: p["country"] == "سوريا"),
    ],
)
def test_filters_hold(client, asked, kept):
    found = client.get("/photon/api", params={"q": "Yarmouk", **asked}).json()["features"]
    assert found
    assert all(kept(feature["properties"]) for feature in found)


def test_filters_hold_around_a_point_too(client):
    found = client.get("/photon/reverse?lon=36.3&lat=33.5&osm_tag=place:city").json()["features"]
    assert [feature["properties"]["osm_value"] for feature in found] == ["city"]
    found = client.get("/photon/reverse?lon=36.3&lat=33.5&layer=county&limit=3").json()["features"]
    assert {feature["properties"]["type"] for feature in found} == {"county"}
    assert client.get("/photon/reverse?lon=36.3&lat=33.5&osm_tag=shop").json()["features"] == []
    assert client.get("/photon/api?q=Homs&osm_tag=shop").json()["features"] == []


def test_another_country_has_nothing(client):
    assert client.get("/photon/api?q=Homs&countrycode=FR").json()["features"] == []


@pytest.mark.parametrize("query", ["api", "api?q=", "api?q=a&layer=planet", "reverse?lon=36", "api?q=Homs&bbox=1"])
def test_errors_have_a_message(client, query):
    answer = client.get(f"/photon/{query}")
    assert answer.status_code == 400
    assert answer.json()["message"]
