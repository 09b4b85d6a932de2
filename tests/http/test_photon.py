"""The façade of Photon, driven by geopy."""

from datetime import datetime

import httpx
import pytest
from geopy.geocoders import Photon


@pytest.fixture
def geopy(server):
    return Photon(domain=f"{server.address}/photon", scheme="http", user_agent="buldan-tests")


def test_geopy_finds_a_place_by_name(geopy):
    found = geopy.geocode("يلدا", language="en")
    assert (found.latitude, found.longitude) == pytest.approx((33.4645, 36.3211), abs=0.01)
    assert "Syria" in found.address


def test_geopy_prefers_what_is_near(geopy):
    for namesake in geopy.geocode("Zahraa", exactly_one=False, limit=3):
        spot = (namesake.latitude, namesake.longitude)
        best = geopy.geocode("Zahraa", location_bias=spot)
        assert (best.latitude, best.longitude) == pytest.approx(spot, abs=0.05)


def test_geopy_finds_the_place_at_a_point(geopy):
    assert "Yalda" in geopy.reverse((33.4645, 36.3211), language="en").address
    assert "يلدا" in geopy.reverse((33.4645, 36.3211)).address


def test_the_beginning_of_a_name_is_enough(client):
    found = client.get("/photon/api?q=Damasc&limit=5&lang=en").json()["features"]
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


POINT = "lon=36.3&lat=33.5"


@pytest.mark.parametrize(
    "query",
    [
        "api",
        "api?q=",
        "api?debug=1",
        "api?q=a&layer=planet",
        "api?q=a&layer=city&layer=suburb",
        "api?q=Homs&bogus=1",
        "api?q=Homs&limit=NaN",
        "api?q=Homs&lang=xx",
        "api?q=Homs&zoom=near",
        "api?q=Homs&lat=33&lon=36&location_bias_scale=NaN",
        *(f"api?q=Homs&osm_tag={tag}" for tag in ("", ":", "a:b:c", "place:")),
        *(f"api?q=Homs&include={each}" for each in ("4+5.6", "abc", "ab..23", "a.b,c", "a.b,!c.d")),
        *(f"api?q=Homs&bbox={box}" for box in ("1", "36,33,37", "36,33,NaN,34", "36,-92,37,34", "36,33,181,34")),
        *(
            f"api?q=Homs&{half}"
            for half in ("lat=33", "lon=36", "lat=33&lon=", "lat=33&lon=Infinity", "lat=90.01&lon=36")
        ),
        "structured",
        "structured?limit=3",
        "structured?town=Homs",
        "reverse?lon=36",
        "reverse?lat=33&lon=180.01",
        "reverse?bogus=1&lon=36&lat=33",
        *(f"reverse?{POINT}&radius={radius}" for radius in ("bad", "NaN", "0.0", "-10", "5001")),
    ],
)
def test_errors_have_a_message(client, query):
    answer = client.get(f"/photon/{query}")
    assert answer.status_code == 400, answer.text
    assert answer.json()["message"]


@pytest.mark.parametrize("path", ["api/?q=Homs", f"reverse/?{POINT}", "structured/?city=Homs"])
def test_an_address_may_end_in_a_slash(client, path):
    assert len(client.get(f"/photon/{path}&limit=1").json()["features"]) == 1


def test_the_widest_circle_holds_every_place(client):
    assert len(client.get(f"/photon/reverse?{POINT}&radius=5000&limit=50").json()["features"]) == 50


@pytest.mark.parametrize("path", ["api?q=Yarmouk&", f"reverse?{POINT}&radius=60&"])
@pytest.mark.parametrize(
    ("tags", "kept"),
    [
        (["place:village", "place:town"], lambda key, value: key == "place" and value in {"village", "town"}),
        (["!place"], lambda key, value: key != "place"),
        (["place", "!place:suburb"], lambda key, value: key == "place" and value != "suburb"),
        (["place:!suburb"], lambda key, value: key == "place" and value != "suburb"),
        (["place:!suburb", "waterway"], lambda key, value: key == "waterway" or (key == "place" and value != "suburb")),
        ([":!suburb"], lambda key, value: value != "suburb"),
        (["!:suburb", "place"], lambda key, value: key == "place" and value != "suburb"),
        ([":river", ":town"], lambda key, value: value in {"river", "town"}),
    ],
)
def test_tags_are_alternatives_and_exclusions_hold_for_all(client, path, tags, kept):
    filters = "&".join(f"osm_tag={tag}" for tag in tags)
    found = client.get(f"/photon/{path}{filters}&limit=50").json()["features"]
    assert found
    assert all(kept(each["properties"]["osm_key"], each["properties"]["osm_value"]) for each in found)


@pytest.mark.parametrize(
    ("filters", "kinds"),
    [
        ("include=osm.place.village", {"village"}),
        ("include=osm.place.village,osm.place.city", {"village", "city"}),
        ("include=osm.place&include=buldan.settlement.city", {"city"}),
        ("include=osm.place&exclude=osm.place.village&exclude=osm.place.town&exclude=osm.place.hamlet", None),
        ("include=buldan.settlement&exclude=osm.place.village,osm.waterway", {"village", "town", "city"}),
        ("include=osm.Place.Village", set()),
    ],
)
def test_categories_choose(client, filters, kinds):
    found = client.get(f"/photon/reverse?{POINT}&radius=100&limit=50&{filters}").json()["features"]
    values = {each["properties"]["osm_value"] for each in found}
    assert (
        values <= kinds and bool(values) == bool(kinds) if kinds is not None else values.isdisjoint({"village", "town"})
    )
    assert client.get("/photon/api?include=osm.place.city&limit=50").json()["features"]


@pytest.mark.parametrize(
    ("asked", "name", "value"),
    [
        ({"countrycode": "sy", "city": "Homs"}, "Homs", "city"),
        ({"city": "Nawa", "state": "Daraa"}, "Nawa", "town"),
        ({"city": "Homs", "street": "nowhere at all", "housenumber": "7", "postcode": "1"}, "Homs", "city"),
        ({"city": "Homs", "district": "Bab Hud"}, "Bab Houd", "suburb"),
        ({"county": "Safita"}, "Safita", "administrative"),
        ({"state": "Idleb"}, "Idleb", "administrative"),
        ({"countrycode": "SY"}, "Syria", "administrative"),
    ],
)
def test_an_address_in_parts_is_found(client, asked, name, value):
    first, *_ = client.get("/photon/structured", params={**asked, "lang": "en"}).json()["features"]
    assert (first["properties"]["name"], first["properties"]["osm_value"]) == (name, value)
    assert client.get("/photon/structured", params={**asked, "countrycode": "DE"}).json()["features"] == []


@pytest.mark.parametrize(("part", "status"), [("postcode", 200), ("housenumber", 200), ("street", 200), ("town", 400)])
def test_any_part_of_an_address_is_a_question_but_not_blanks_alone(client, part, status):
    """As Photon has it, a part that is not known here is a question without an answer."""
    answer = client.get("/photon/structured", params={part: "963"})
    assert (answer.status_code, answer.json().get("features", [])) == (status, [])
    assert client.get("/photon/structured", params={part: "\u2005 "}).status_code == 400
    described = client.get("/openapi.json").json()["paths"]["/photon/structured"]["get"]["parameters"]
    (schema,) = [each["schema"] for each in described if each["name"] == "address"]
    assert ([part] in [one["required"] for one in schema["anyOf"]]) == (status == 200)


@pytest.mark.parametrize(
    "path", ["api?q=Idleb&layer=state&", "reverse?lon=36.6&lat=35.9&layer=state&", "structured?state=Idleb&"]
)
def test_outlines_come_where_they_are_asked_for(client, path):
    for asked, kinds in (("geometry=true", {"Polygon", "MultiPolygon"}), ("geometry=0", {"Point"}), ("", {"Point"})):
        first, *_ = client.get(f"/photon/{path}{asked}").json()["features"]
        assert first["geometry"]["type"] in kinds


@pytest.mark.parametrize(
    ("lang", "header", "country"),
    [
        (None, None, "سوريا"),
        (None, "", "سوريا"),
        ("default", "en", "سوريا"),
        ("en", "ar", "Syria"),
        ("fr", None, "Syrie"),
        (None, "tr-TR", "Suriye"),
        (None, "xx,pl;q=0.9,fr;q=0.1", "Syrie"),
        (None, "xx,pl;q=0.9", "سوريا"),
        (None, "tr;q=0.9,en,fr;q=0.1", "Syria"),
        (None, "cookies?", "سوريا"),
    ],
)
@pytest.mark.parametrize("path", ["/photon/api?q=Yalda", "/photon/reverse?lon=36.3211&lat=33.4645"])
def test_the_local_name_is_given_unless_another_language_is_asked_for(server, path, lang, header, country):
    headers = {} if header is None else {"Accept-Language": header}
    answer = httpx.get(server.url + path + (f"&lang={lang}" if lang else ""), headers=headers)
    assert answer.json()["features"][0]["properties"]["country"] == country


def test_what_is_near_outweighs_what_is_likely_as_far_as_asked(client):
    namesakes = client.get("/photon/api?q=Zahraa&limit=50").json()["features"]
    lon, lat = namesakes[4]["geometry"]["coordinates"]
    near = {"q": "Zahraa", "lon": lon, "lat": lat, "limit": 50, "zoom": 14}
    by_nearness = client.get("/photon/api", params={**near, "location_bias_scale": 0}).json()["features"]
    assert by_nearness[0]["geometry"]["coordinates"] == [lon, lat]


def test_twins_are_shown_once_unless_told_otherwise(client):
    sizes = [len(client.get(f"/photon/api?q=Zahraa&limit=50&dedupe={flag}").json()["features"]) for flag in (1, 0)]
    assert 5 < sizes[0] <= sizes[1]


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("Maal", "Maaloula"),
        ("jisr", "Jisr-Ash-Shugur"),
        ("معلو", "معلولا"),
        ("Salami", "Salamiyah"),
        # The shortest of its names counts, whichever is shown: Salamia, Kafranbel in one word.
        ("Sal", "Salamiyah"),
        ("Kafr", "Kafr Nabl"),
        ("Lata", "Lattakia"),
        ("Mal", "Maaloula"),
        ("دار", "دارة عزة"),
        ("كفر", "كفر نبل"),
    ],
)
def test_a_word_is_completed_while_it_is_typed(client, typed, completed):
    lang = "en" if typed.isascii() else "ar"
    found = client.get("/photon/api", params={"q": typed, "lang": lang, "limit": 50}).json()["features"]
    assert completed in [each["properties"]["name"] for each in found]


@pytest.mark.parametrize("text", ["بلدة", "حي", "منزل", "hospital", "south", "Ash", "Genoa", "marked", "wipe"])
def test_without_ground_nothing_is_completed(client, text):
    """Words for a kind, an article, ordinary words and towns abroad are the first letters of some village's name."""
    assert client.get("/photon/api", params={"q": text}).json()["features"] == []


@pytest.mark.parametrize(("typed", "other"), [("Tale", "Tal Elasfar"), ("Dark", "Dar Kabira"), ("حيش", "حي الشهداء")])
def test_letters_missing_from_a_further_word_count_like_those_of_the_first(client, typed, other):
    """Words may be written together, but the first letter of a second word is no ground for a place."""
    found = client.get("/photon/api", params={"q": typed, "limit": 50, "lang": "ar" if typed == "حيش" else "en"}).json()
    assert not any(other in each["properties"]["name"] for each in found["features"])


def test_of_a_large_place_fewer_letters_are_ground(client):
    assert _first_names(client, "Dam")[0] == "Damascus"
    assert "Yahmur" not in _first_names(client, "Yah")
    assert "Yahmur" in _first_names(client, "Yahmu")


def _first_names(client, text):
    found = client.get("/photon/api", params={"q": text, "lang": "en"}).json()["features"]
    return [each["properties"]["name"] for each in found]


@pytest.mark.parametrize("text", ["Friday", "London", "م", "Baghdad", "بغداد", "Kirkwall", "xywxkrf", "%#$", "."])
def test_places_abroad_and_no_places_find_nothing(client, text):
    assert client.get("/photon/api", params={"q": text}).json()["features"] == []


def test_status_tells_the_instant_of_the_data(client):
    status = client.get("/photon/status").json()
    assert status["status"] == "Ok"
    assert datetime.fromisoformat(status["import_date"]).tzinfo


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("#osm.amenity.hospital Ibn Rushd Hosp", "hospital"),
        ("bridge Raqqa", "bridge"),
        ("Raqqa bridge", "bridge"),
        ("Damascus airport", "aerodrome"),
        ("airport Damascus", "aerodrome"),
        ("churches in Maaloula", "place_of_worship"),
    ],
)
def test_a_word_for_a_kind_asks_for_that_kind(client, text, value):
    (found, *_) = client.get("/photon/api", params={"q": text}).json()["features"]
    assert found["properties"]["osm_value"] == value


@pytest.mark.parametrize(("layer", "value"), [("house", "hospital"), ("street", "primary")])
def test_things_are_houses_and_roads_streets(client, layer, value):
    asked = {"lat": 33.4713, "lon": 36.3057, "layer": layer, "limit": 15}
    found = [each["properties"] for each in client.get("/photon/reverse", params=asked).json()["features"]]
    assert {each["type"] for each in found} == {layer}
    assert value in {each["osm_value"] for each in found}


def test_what_has_its_towns_point_comes_after_the_town(client):
    found = client.get("/photon/reverse", params={"lat": 32.75568, "lon": 36.61591, "lang": "en"}).json()["features"]
    assert found[0]["properties"]["name"] == "Qanawat"


def test_completions_are_weighed_with_how_near_they_are(client):
    asked = {"q": "Salam", "lat": 35.0113, "lon": 37.0511, "zoom": 16, "location_bias_scale": 0.1, "lang": "en"}
    assert client.get("/photon/api", params=asked).json()["features"][0]["properties"]["name"] == "Salamiyah"


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("hospital Tish", "Tishreen"),
        ("مشفى تشر", "تشرين"),
        ("#osm.amenity.hospital Tishr", "Tishreen"),
        ("airport Qami", "Qamishli"),
        ("Bludan Rural Dama", "Bludan"),
        ("بلودان ريف دم", "بلودان"),
    ],
)
def test_a_name_is_completed_beside_its_kind_or_its_unit(client, typed, completed):
    lang = "en" if typed.isascii() else "ar"
    found = client.get("/photon/api", params={"q": typed, "lang": lang}).json()["features"]
    assert any(completed in each["properties"]["name"] for each in found)


@pytest.mark.parametrize("text", ["Bludan Rural Xy", "Atlantis Rural Dama", "hospital Xyz", "hospital"])
def test_beside_a_kind_or_a_unit_nothing_is_made_up(client, text):
    assert client.get("/photon/api", params={"q": text}).json()["features"] == []


@pytest.mark.parametrize("tag", ["!amenity", "!highway", ":!primary"])
def test_a_filter_leaves_the_order_around_a_point(client, tag):
    around = "/photon/reverse?lat=36.2&lon=37.16&radius=1&limit=50"
    key, value = ("osm_value", "primary") if ":" in tag else ("osm_key", tag[1:])
    whole = [each["properties"] for each in client.get(around).json()["features"]]
    kept = [each["extra"]["id"] for each in whole if each[key] != value]
    narrowed = [each["properties"]["extra"]["id"] for each in client.get(f"{around}&osm_tag={tag}").json()["features"]]
    assert 1 < len(kept) < len(whole)
    assert narrowed[: len(kept) // 2] == kept[: len(kept) // 2]


def test_a_category_alone_begins_with_what_is_talked_of_most(client):
    found = client.get("/photon/api?include=osm.place.city&limit=5&lang=en").json()["features"]
    assert {"Aleppo", "Damascus", "Homs"} <= {each["properties"]["name"] for each in found}


def test_a_point_in_turkey_is_none_with_its_numbers_swapped(client):
    point = "lat=40.9&lon=36.32"
    assert client.get(f"/photon/reverse?{point}").json()["features"] == []
    assert client.get("/photon/api?q=Homs").json() == client.get(f"/photon/api?q=Homs&{point}").json()
    assert client.get(f"/nominatim/reverse?{point}&format=json").json() == {"error": "Unable to geocode"}
    assert client.get("/nominatim/search?q=40.9,36.32").json() == []
    assert client.get("/geonames/findNearbyJSON?lat=40.9&lng=36.32&username=x").json()["geonames"] == []
    assert client.get(f"/reverse?{point}").status_code == 422  # the native one guards against it, and says why
