"""The façade of Nominatim, driven by geopy and checked member by member."""

import re
from datetime import datetime
from xml.etree import ElementTree

import httpx
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
    [(3, "country"), (5, "state"), (8, "county"), (10, "municipality"), (18, "town")],
)
def test_zoom_says_how_fine_to_look(client, zoom, addresstype):
    asked = {"lat": 33.4645, "lon": 36.3211, "zoom": zoom, "format": "jsonv2"}
    found = client.get("/nominatim/reverse", params=asked).json()
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
    assert geojson.headers["content-type"] == "application/json; charset=utf-8"
    feature = geojson.json()["features"][0]
    west, south, east, north = feature["bbox"]
    assert west < feature["geometry"]["coordinates"][0] < east
    assert south < feature["geometry"]["coordinates"][1] < north
    geocode = client.get("/nominatim/search?q=Yalda&format=geocodejson&addressdetails=1").json()
    assert geocode["geocoding"]["version"] == "0.1.0"
    assert geocode["features"][0]["properties"]["geocoding"]["admin"]["level4"]
    plain = client.get("/nominatim/search?q=Yalda&format=geocodejson").json()
    assert {"admin", "county", "country"}.isdisjoint(plain["features"][0]["properties"]["geocoding"])


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
    found = client.get("/nominatim/lookup?format=jsonv2&osm_ids=C2302,,R1,ABC,SY07").json()
    assert [each["name"] for each in found] == ["Yalda", "Idleb"]


def test_status_says_ok(client, gazetteer):
    assert client.get("/nominatim/status").text == "OK"
    status = client.get("/nominatim/status?format=json").json()
    assert (status["status"], status["database_version"]) == (0, gazetteer.version)
    assert datetime.fromisoformat(status["data_updated"]).tzinfo


@pytest.mark.parametrize(
    "query",
    [
        "search",
        "search?q=a&city=b",
        "search?q=Homs&format=yaml",
        "search?q=Homs&json_callback=alert(1)//",
        "search?q=Homs&viewbox=1,2",
        "search?q=Homs&viewbox=36,33,36,33",
        "search?q=Homs&viewboxlbrt=36,33,x,34",
        "search?q=Homs&layer=moon",
        "search?q=Homs&limit=many",
        "search?q=Homs&polygon_threshold=1m",
        "search?q=Homs&polygon_text=1&polygon_svg=1",
        "search?q=Homs&exclude_place_ids=12,abc",
        "search?q=Homs&exclude_place_ids=N:100",
        "lookup?format=json&osm_ids=" + ",".join(f"N{n}" for n in range(51)),
        "reverse?format=json&lat=33,5&lon=36",
        "reverse?format=json&lat=Nan&lon=36",
        "reverse?format=json&lat=33&lon=-Inf",
        "reverse?format=json&lon=36",
        "reverse?format=json&lat=33&lon=36&zoom=near",
    ],
)
def test_errors_have_nominatims_shape(client, query):
    answer = client.get(f"/nominatim/{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == 400
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "query", ["search?q=a&city=b&format=xml", "reverse?lat=x&lon=1", "lookup?osm_ids=N1&polygon_threshold=x"]
)
def test_errors_come_in_the_form_that_was_asked_for(client, query):
    answer = client.get(f"/nominatim/{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/xml; charset=utf-8")
    root = ElementTree.fromstring(answer.content)
    assert (root.tag, root.findtext("code"), bool(root.findtext("message"))) == ("error", "400", True)


@pytest.mark.parametrize(
    "text", [".", "%#$@*&l;der#$!", "", "234.23.14.5", "gh; foo()", "\x00", "New York, New York", "xywxkrf"]
)
def test_what_names_no_place_of_ours_finds_nothing(client, text):
    answer = client.get("/nominatim/search", params={"q": text})
    assert (answer.status_code, answer.json()) == (200, [])


def test_reverse_and_lookup_are_xml_with_addresses_unless_told_otherwise(client):
    here = ElementTree.fromstring(client.get("/nominatim/reverse?lat=33.4645&lon=36.3211").content)
    assert here.findtext("addressparts/country_code") == "sy"
    several = ElementTree.fromstring(client.get("/nominatim/lookup?osm_ids=C2302").content)
    assert several.findtext("place/country_code") == "sy"
    plain = ElementTree.fromstring(client.get("/nominatim/reverse?lat=33.4645&lon=36.3211&addressdetails=0").content)
    assert plain.find("addressparts") is None


@pytest.mark.parametrize(
    ("asked", "name", "kind"),
    [
        ({"state": "Homs"}, "Homs", "governorate"),
        ({"county": "Salamiyah"}, "As-Salamiyeh", "district"),
        ({"city": "Homs"}, "Homs", "city"),
        ({"city": "Nawa", "state": "Daraa"}, "Nawa", "town"),
        ({"city": "Nawa", "state": "Atlantis"}, "Nawa", "town"),
        ({"city": '"Nawa"', "street": "Nowhere Road 7", "postalcode": "12345"}, "Nawa", "town"),
        ({"amenity": "Tishrin Hospital", "city": "Damascus"}, None, "hospital"),
        ({"country": "Syrie"}, "Syria", "country"),
        ({"country": "SY"}, "Syria", "country"),
        ({"country": "سوريا"}, "Syria", "country"),
        ({"state": "Idleb", "country": "Syrian Arab Republic"}, "Idleb", "governorate"),
    ],
)
def test_a_structured_question_is_answered_by_what_was_asked_for(client, asked, name, kind):
    first = client.get("/nominatim/search", params={**asked, "extratags": 1}).json()[0]
    assert first["extratags"]["buldan:kind"] == kind
    assert name in {None, first["name"]}


def test_a_city_is_no_river_and_another_country_has_nothing(client):
    for found in client.get("/nominatim/search?city=Barada&limit=40").json():
        assert found["category"] in {"place", "boundary"}
    for country in ("Germany", "de", "لبنان"):
        assert client.get("/nominatim/search", params={"city": "Homs", "country": country}).json() == []
        assert client.get("/nominatim/search", params={"country": country}).json() == []


@pytest.mark.parametrize(
    "asked", ["limit=0", "limit=-5", "featureType=planet", "layer=", "exclude_place_ids=,", "osm_ids="]
)
def test_what_is_out_of_range_or_unknown_is_clamped_or_passed_over(client, asked):
    assert client.get(f"/nominatim/search?q=Homs&{asked}").json()[0]["name"] == "Homs"
    assert client.get("/nominatim/lookup?format=json&osm_ids=").json() == []
    assert len(client.get("/nominatim/search?q=Zahraa&limit=999").json()) <= 40


@pytest.mark.parametrize("zoom", [19, 25, -1])
def test_any_zoom_is_a_zoom(client, zoom):
    nearest = 18 if zoom > 18 else 0
    asked = "/nominatim/reverse?lat=33.4645&lon=36.3211&format=jsonv2&zoom="
    assert client.get(f"{asked}{zoom}").json()["place_id"] == client.get(f"{asked}{nearest}").json()["place_id"]


@pytest.mark.parametrize(("lat", "lon"), [(0, 0), (91.3, 36), (-700, 36), (33, 324), (33, -180.4)])
@pytest.mark.parametrize("form", ["json", "jsonv2", "geojson", "geocodejson"])
def test_nowhere_cannot_be_geocoded(client, lat, lon, form):
    answer = client.get("/nominatim/reverse", params={"lat": lat, "lon": lon, "format": form})
    assert (answer.status_code, answer.json()) == (200, {"error": "Unable to geocode"})


def test_places_on_the_border_are_found_where_they_are(client, gazetteer):
    crossings = gazetteer.browse(kinds=["crossing", "island", "port"], limit=200).places
    assert len(crossings) > 60
    for place in crossings:
        asked = {"lat": place.lat, "lon": place.lon, "format": "jsonv2"}
        assert "error" not in client.get("/nominatim/reverse", params=asked).json(), place.name()
        country = client.get("/nominatim/reverse", params={**asked, "zoom": 3}).json()
        assert country.get("addresstype") == "country", place.name()


@pytest.mark.parametrize(
    "text",
    ["33.4645, 36.3211", "33.4645 36.3211", "[33.4645,36.3211]", "N 33.4645° E 36.3211°", "33°27'52\"N 36°19'16\"E"],
)
def test_a_position_is_a_question(client, text):
    (found,) = client.get("/nominatim/search", params={"q": text}).json()
    assert found["name"] == "Yalda"


def test_a_position_settles_which_namesake_is_meant_and_a_far_one_finds_nothing(client):
    found = client.get("/nominatim/search", params={"q": "Zahraa, 36.2, 37.15"}).json()
    assert found
    assert all(abs(float(each["lat"]) - 36.2) < 0.2 for each in found)
    assert client.get("/nominatim/search", params={"q": "Zahraa, N 47 15 7 W 9 61 26"}).json() == []
    assert client.get("/nominatim/search", params={"q": "-21.0,-33.0"}).json() == []


def test_a_tag_finds_its_kind_around_what_is_named(client):
    found = client.get("/nominatim/search", params={"q": "[amenity=hospital] Homs"}).json()
    assert found
    assert {(each["category"], each["type"]) for each in found} == {("amenity", "hospital")}
    assert client.get("/nominatim/search", params={"q": "[shop=bakery] Homs"}).json() == []


@pytest.mark.parametrize(
    ("asked", "member", "looks"),
    [
        ("polygon_text", "geotext", r"(MULTI)?POLYGON\(\(.*"),
        ("polygon_svg", "svg", r"M .* Z"),
        ("polygon_kml", "geokml", r"<(Polygon|MultiGeometry)>.*"),
    ],
)
def test_outlines_come_in_each_notation(client, asked, member, looks):
    (found,) = client.get(f"/nominatim/search?state=Idleb&limit=1&{asked}=1").json()
    assert re.fullmatch(looks, found[member])
    root = ElementTree.fromstring(client.get(f"/nominatim/search?state=Idleb&limit=1&format=xml&{asked}=1").content)
    place = root.find("place")
    attribute = {"svg": "geosvg"}.get(member, member)
    assert place.find("geokml") is not None if member == "geokml" else re.fullmatch(looks, place.get(attribute))
    features = client.get(f"/nominatim/search?state=Idleb&limit=1&format=geojson&{asked}=1").json()["features"]
    assert features[0]["geometry"]["type"] == "Point"


def test_a_threshold_leaves_corners_out(client):
    asked = "/nominatim/search?state=Idleb&limit=1&polygon_text=1"
    whole, fewer, fewest = (
        client.get(f"{asked}&polygon_threshold={degrees}").json()[0]["geotext"] for degrees in (0, 0.05, 999)
    )
    assert len(whole) > len(fewer) > len(fewest) > 20
    assert client.get(f"{asked}&polygon_threshold=-1").json()[0]["geotext"] == whole


def test_a_unit_says_its_level(client):
    for asked, level in (("country=Syria", "2"), ("state=Idleb", "4"), ("county=Harim", "6")):
        (found, *_) = client.get(f"/nominatim/search?{asked}&extratags=1").json()
        assert found["extratags"]["admin_level"] == level


def test_those_inside_the_viewbox_come_first_and_alone_if_bounded(client):
    inside = lambda each: 34.6 <= float(each["lat"]) <= 34.8 and 36.6 <= float(each["lon"]) <= 36.8  # noqa: E731
    for name in ("viewbox", "viewboxlbrt"):
        found = client.get(f"/nominatim/search?q=Zahraa&limit=40&{name}=36.6,34.6,36.8,34.8").json()
        flags = [inside(each) for each in found]
        assert flags[0]
        assert not all(flags)
        assert flags == sorted(flags, reverse=True)
        alone = client.get(f"/nominatim/search?q=Zahraa&limit=40&bounded=1&{name}=36.6,34.6,36.8,34.8").json()
        assert alone
        assert all(map(inside, alone))


def test_twins_are_shown_once_unless_told_otherwise(client):
    once = client.get("/nominatim/search?q=Zahraa&limit=40").json()
    looks = [(each["display_name"], each["category"], each["type"], each["place_rank"]) for each in once]
    assert len(looks) == len(set(looks))
    assert len(client.get("/nominatim/search?q=Zahraa&limit=40&dedupe=0").json()) >= len(once)


@pytest.mark.parametrize(
    ("accepted", "country"),
    [
        ("tr,de", "Suriye"),
        ("xx,fr,en", "Syrie"),
        ("tr-CA;q=0.8,en-ca;q=0.5", "Suriye"),
        ("xx,en,de", "Syria"),
        ("", "Syria"),
    ],
)
def test_languages_are_tried_in_turn(client, accepted, country):
    for asked in ({"params": {"accept-language": accepted}}, {"headers": {"Accept-Language": accepted}}):
        parameters = {"lat": 33.4645, "lon": 36.3211, "format": "jsonv2"} | asked.pop("params", {})
        found = client.get("/nominatim/reverse", params=parameters, **asked).json()
        assert found["address"]["country"] == country
        assert found["name"] == "Yalda"


def test_xml_tells_the_question_and_where_there_is_more(client):
    asked = {
        "q": 'xq&<"z>',
        "format": "xml",
        "viewbox": "36,33,37,34.5",
        "countrycodes": "pl,1,invalid,sy",
        "exclude_place_ids": "5,n7",
    }
    root = ElementTree.fromstring(client.get("/nominatim/search", params=asked).content)
    assert (root.get("querystring"), root.get("viewbox"), root.get("exclude_place_ids")) == (
        'xq&<"z>',
        "36,33,37,34.5",
        "5,N7",
    )
    more = httpx.URL(root.get("more_url")).params
    assert (more["q"], more["countrycodes"], more["exclude_place_ids"], more["format"]) == (
        asked["q"],
        "pl,sy",
        "5,N7",
        "xml",
    )
    assert datetime.strptime(root.get("timestamp"), "%a, %d %b %Y %H:%M:%S %z").tzinfo


def test_more_url_leads_to_the_places_that_were_not_shown(client):
    first = ElementTree.fromstring(client.get("/nominatim/search?q=Zahraa&limit=2&format=xml").content)
    more = ElementTree.fromstring(client.get(first.get("more_url")).content)
    shown, others = ({place.get("place_id") for place in root} for root in (first, more))
    assert others
    assert shown.isdisjoint(others)


def test_weak_answers_are_kept_back_and_namesakes_are_not(client):
    assert client.get("/nominatim/search?q=Kirkwall").json() == []
    assert len(client.get("/nominatim/search?q=Zahraa&limit=40").json()) > 5


def test_a_village_that_shares_its_name_with_a_town_abroad_needs_to_be_told_from_it(client):
    """Al Khalidiyah is also a town of Iraq; Soran, too, but ours is a town as well."""

    def found(**asked):
        return client.get("/nominatim/search", params=asked).json()

    assert found(q="Al Khalidiyah") == []
    assert found(q="Al Khalidiyah, Homs")
    assert found(city="Al Khalidiyah", state="Homs")
    assert found(q="Soran")


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
    assert (place.get("ref"), place.get("address_rank")) == (found["name"], str(found["place_rank"]))
    assert place.get("boundingbox") == ",".join(found["boundingbox"])
    assert {tag.get("key"): tag.get("value") for tag in place.find("extratags")} == found["extratags"]
    assert {name.get("desc"): name.text for name in place.find("namedetails")} == found["namedetails"]
    assert {part: place.findtext(part) for part in found["address"]} == found["address"]
    point = client.get(f"/nominatim/reverse?lat=33.4645&lon=36.3211&format=xml&{shown}")
    assert "importance" not in ElementTree.fromstring(point.content).find("result").attrib


def test_xml_of_a_point_holds_its_place_or_an_error(client):
    here = ElementTree.fromstring(client.get("/nominatim/reverse?lat=33.4645&lon=36.3211&format=xml").content)
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


@pytest.mark.parametrize(
    ("text", "tag", "told"),
    [
        ("[church] Maaloula", "place_of_worship", "Maaloula"),
        ("churches in Maaloula", "place_of_worship", "Maaloula"),
        ("جسر في الرقة", "bridge", "Raqqa"),
        ("bridges near Raqqa", "bridge", "Raqqa"),
        ("prisons in Rural Damascus", "prison", "Rural Damascus"),
        ("dams in Syria", "dam", "Syria"),
        ("bridge near 35.95, 39.01", "bridge", "Raqqa"),
    ],
)
def test_a_word_for_a_kind_asks_for_what_there_is_in_a_place(client, text, tag, told):
    found = client.get("/nominatim/search", params={"q": text}).json()
    assert found
    assert {place["type"] for place in found} == {tag}
    assert all(told in place["display_name"] for place in found)


@pytest.mark.parametrize(
    "text", ["bridges", "[bridge]", "bridge in Paris", "bridge in 91.5, 36.2", "[club=chess] Homs"]
)
def test_a_kind_without_a_place_of_ours_asks_for_nothing(client, text):
    assert client.get("/nominatim/search", params={"q": text}).json() == []


def test_a_kind_is_asked_for_in_a_box_or_by_parts(client):
    raqqa = {"q": "bridge", "viewbox": "38.8,36.1,39.2,35.8", "bounded": 1}
    boxed = client.get("/nominatim/search", params=raqqa).json()
    named = client.get("/nominatim/search", params={"amenity": "bridge", "city": "Raqqa"}).json()
    for found in (boxed, named):
        assert found
        assert {place["type"] for place in found} == {"bridge"}
        assert all(38.5 < float(place["lon"]) < 39.5 for place in found)


def test_what_stands_in_a_quarter_stands_in_its_city(client):
    asked = {"q": "Umayyad Mosque, Damascus", "addressdetails": 1}
    (found, *_) = client.get("/nominatim/search", params=asked).json()
    assert (found["address"]["suburb"], found["address"]["city"]) == ("Old Damascus", "Damascus")
    (found, *_) = client.get("/nominatim/search", params=asked | {"format": "geocodejson"}).json()["features"]
    geocoding = found["properties"]["geocoding"]
    assert (geocoding["type"], geocoding["district"], geocoding["city"]) == ("house", "Old Damascus", "Damascus")


def test_rivers_are_finer_than_mountains(client):
    at = {"lat": 33.5123, "lon": 36.3006, "layer": "natural"}
    types = [
        client.get("/nominatim/reverse", params=at | {"zoom": zoom, "format": "json"}).json()["type"]
        for zoom in (12, 13)
    ]
    assert types == ["peak", "river"]


@pytest.mark.parametrize("text", ["Nawa\t,Daraa", "\x0bNawa,\x0cDaraa", "Nawa,\u00a0Daraa\r\n"])
def test_any_white_space_is_a_space(client, text):
    (found, *_) = client.get("/nominatim/search", params={"q": text}).json()
    assert found["name"] == "Nawa"
