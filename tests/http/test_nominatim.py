"""The façade of Nominatim, driven by geopy and checked member by member."""

from xml.etree import ElementTree

import pytest
from geopy.geocoders import Nominatim


@pytest.fixture
def geopy(server):
    return Nominatim(domain=f"{server.address}/nominatim", scheme="http", user_agent="buldan-tests")


def test_geopy_finds_a_place_by_name(geopy):
    found = geopy.geocode("يلدا", exactly_one=True, addressdetails=True, extratags=True, namedetails=True)
    assert (found.latitude, found.longitude) == pytest.approx((33.4645, 36.3211), abs=0.01)
    assert found.raw["address"]["country_code"] == "sy"
    assert found.raw["address"]["ISO3166-2-lvl4"] == "SY-RD"
    assert found.raw["extratags"]["ref:pcode"] == "C2302"
    assert found.raw["namedetails"]["name:ar"] == "يلدا"


def test_geopy_takes_language_limit_and_viewbox(geopy):
    found = geopy.geocode(
        "Yarmouk",
        exactly_one=False,
        limit=3,
        language="ar",
        viewbox=[(33.4, 36.2), (33.6, 36.4)],
        bounded=True,
    )
    assert 1 <= len(found) <= 3
    for each in found:
        assert 33.4 <= each.latitude <= 33.6
        assert 36.2 <= each.longitude <= 36.4
        assert "سوريا" in each.address


def test_geopy_asks_in_parts(geopy):
    found = geopy.geocode({"city": "Nawa", "state": "Daraa", "country": "Syria"})
    assert (found.latitude, found.longitude) == pytest.approx((32.888, 36.041), abs=0.05)
    assert geopy.geocode({"city": "Nawa", "country": "Italy"}) is None


def test_geopy_finds_the_place_at_a_point(geopy):
    found = geopy.reverse((33.4645, 36.3211))
    assert "Yalda" in found.address
    assert geopy.reverse((48.85, 2.35)) is None


def test_geopy_keeps_to_a_country(geopy):
    assert geopy.geocode("Homs", country_codes="sy") is not None
    assert geopy.geocode("Homs", country_codes="fr,de") is None


@pytest.mark.parametrize(
    ("zoom", "addresstype"),
    [(3, "country"), (5, "state"), (8, "county"), (10, "municipality"), (18, "village")],
)
def test_zoom_says_how_fine_to_look(client, zoom, addresstype):
    found = client.get("/nominatim/reverse", params={"lat": 33.4645, "lon": 36.3211, "zoom": zoom}).json()
    assert found["addresstype"] == addresstype


def test_jsonv2_has_the_members_that_clients_expect(client):
    (found,) = client.get("/nominatim/search?q=Yalda&limit=1").json()
    assert {
        "place_id",
        "licence",
        "lat",
        "lon",
        "category",
        "type",
        "place_rank",
        "importance",
        "addresstype",
    } <= found.keys()
    assert isinstance(found["place_id"], int)
    assert isinstance(found["lat"], str)
    south, north, west, east = map(float, found["boundingbox"])
    assert south < float(found["lat"]) < north
    assert west < float(found["lon"]) < east
    (old,) = client.get("/nominatim/search?q=Yalda&limit=1&format=json").json()
    assert "class" in old
    assert "category" not in old


def test_geojson_and_geocodejson_are_collections(client):
    geojson = client.get("/nominatim/search?q=Yalda&format=geojson")
    assert geojson.headers["content-type"] == "application/geo+json"
    feature = geojson.json()["features"][0]
    west, south, east, north = feature["bbox"]
    assert west < feature["geometry"]["coordinates"][0] < east
    assert south < feature["geometry"]["coordinates"][1] < north
    geocode = client.get("/nominatim/search?q=Yalda&format=geocodejson").json()
    assert geocode["geocoding"]["version"] == "0.1.0"
    assert geocode["features"][0]["properties"]["geocoding"]["admin"]["level4"]


def test_a_unit_comes_with_its_polygon(client):
    (found,) = client.get("/nominatim/search?q=Idleb&featureType=state&polygon_geojson=1&limit=1").json()
    assert found["geojson"]["type"] in {"Polygon", "MultiPolygon"}


def test_feature_types_and_layers_hold(client):
    for asked, ranks in (("featureType=state", {8}), ("featureType=country", {4}), ("featureType=city", range(13, 20))):
        found = client.get(f"/nominatim/search?q=Daraa&limit=40&{asked}").json()
        assert {each["place_rank"] for each in found} <= set(ranks)
    found = client.get("/nominatim/search?q=Damascus&limit=40&layer=poi").json()
    assert found
    assert {each["category"] for each in found}.isdisjoint({"place", "boundary"})


def test_a_place_can_be_left_out(client):
    first, *_ = client.get("/nominatim/search?q=Yarmouk").json()
    rest = client.get(f"/nominatim/search?q=Yarmouk&exclude_place_ids={first['place_id']}").json()
    assert first["place_id"] not in [each["place_id"] for each in rest]
    assert rest


def test_lookup_takes_our_ids_and_forgives_unknown_ones(client):
    found = client.get("/nominatim/lookup?osm_ids=C2302,R1,SY07").json()
    assert [each["name"] for each in found] == ["Yalda", "Idleb"]


def test_status_says_ok(client, gazetteer):
    assert client.get("/nominatim/status").text == "OK"
    status = client.get("/nominatim/status?format=json").json()
    assert (status["status"], status["database_version"]) == (0, gazetteer.version)


@pytest.mark.parametrize(
    "query",
    [
        "search",
        "search?q=a&city=b",
        "search?q=Homs&format=yaml",
        "search?q=Homs&json_callback=alert(1)//",
        "search?q=Homs&viewbox=1,2",
        "search?q=Homs&layer=moon",
        "lookup?osm_ids=" + ",".join(f"N{n}" for n in range(51)),
        "reverse?lat=99&lon=1",
        "search?q=%00",
    ],
)
def test_errors_have_nominatims_shape(client, query):
    answer = client.get(f"/nominatim/{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == 400
    assert answer.json()["error"]["message"]


def test_extra_parameters_and_empty_ones_are_passed_over(client):
    path = "/nominatim/search?q=Homs&email=a@b.c&dedupe=1&debug=0&viewbox=&countrycodes=&polygon_threshold=0.1"
    assert client.get(path).status_code == 200


def test_only_0_is_false(client):
    for value, given in (("1", True), ("True", True), ("false", True), ("0", False)):
        (found,) = client.get(f"/nominatim/search?q=Yalda&limit=1&addressdetails={value}").json()
        assert ("address" in found) is given


@pytest.mark.parametrize("accepted", ["ar", "en;q=0.5,ar-SY", "fr;q=0.2,ar;q=0.9"])
def test_the_language_that_is_liked_best_is_taken(client, accepted):
    for asked in ({"params": {"accept-language": accepted}}, {"headers": {"Accept-Language": accepted}}):
        assert (
            client.get("/nominatim/search", params={"q": "Yalda"} | asked.pop("params", {}), **asked).json()[0]["name"]
            == "يلدا"
        )


def test_postcodes_find_nothing_but_do_no_harm(client):
    assert client.get("/nominatim/search?postalcode=12345").json() == []
    assert client.get("/nominatim/search?city=Nawa&postalcode=12345").json()[0]["name"] == "Nawa"


def test_xml_says_what_json_says(client):
    shown = "addressdetails=1&extratags=1&namedetails=1"
    (found,) = client.get(f"/nominatim/search?q=Yalda&limit=1&format=json&{shown}").json()
    answer = client.get(f"/nominatim/search?q=Yalda&limit=1&format=xml&{shown}")
    assert answer.headers["content-type"].startswith("text/xml")
    root = ElementTree.fromstring(answer.content)
    (place,) = root
    assert (root.tag, root.get("querystring"), place.tag) == ("searchresults", "Yalda", "place")
    for name in ("place_id", "lat", "lon", "class", "type", "place_rank", "display_name"):
        assert place.get(name) == str(found[name])
    assert place.get("boundingbox") == ",".join(found["boundingbox"])
    assert {tag.get("key"): tag.get("value") for tag in place.find("extratags")} == found["extratags"]
    assert {name.get("desc"): name.text for name in place.find("namedetails")} == found["namedetails"]
    assert {part: place.findtext(part) for part in found["address"]} == found["address"]


def test_xml_of_a_point_holds_its_place_or_an_error(client):
    here = ElementTree.fromstring(
        client.get("/nominatim/reverse?lat=33.4645&lon=36.3211&format=xml&addressdetails=1").content
    )
    assert "Yalda" in here.findtext("result")
    assert here.findtext("addressparts/country_code") == "sy"
    nothing = ElementTree.fromstring(client.get("/nominatim/reverse?lat=48.85&lon=2.35&format=xml").content)
    assert nothing.findtext("error") == "Unable to geocode"


def test_xml_holds_no_character_that_xml_cannot(client):
    answer = client.get("/nominatim/search", params={"q": "<Homs>\x01&\ufffe", "countrycodes": "fr", "format": "xml"})
    assert ElementTree.fromstring(answer.content).get("querystring") == "<Homs>&"


def test_a_callback_gets_the_json(client):
    plain = client.get("/nominatim/search?q=Yalda").text
    wrapped = client.get("/nominatim/search?q=Yalda&json_callback=my.callback")
    assert wrapped.text == f"/**/my.callback({plain});"
    assert wrapped.headers["content-type"].startswith("text/javascript")
    assert wrapped.headers["x-content-type-options"] == "nosniff"


def test_settlements_are_cities_in_geocodejson(client):
    for name in ("Homs", "Nawa", "Yalda"):
        found = client.get(f"/nominatim/search?city={name}&format=geocodejson&featureType=settlement").json()
        assert found["features"][0]["properties"]["geocoding"]["type"] == "city"
