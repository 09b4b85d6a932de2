"""GeoJSON is valid by RFC 7946 whatever the place, and carries what must travel with it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buldan.errors import QueryError
from buldan.formats import geojson
from buldan.formats.geojson.features import round_geometry
from buldan.formats.offsets import count_in_utf16
from buldan.geoparse import Alternative, Mention, Relation
from buldan.lookup import Match, Nearby, Reason, Suggestion
from buldan.model import AdminUnit, Name, Place
from buldan.store import Manifest

MANIFEST = Manifest(1, "2026.1", "CC-BY-4.0", "Someone", (), {})

lons = st.floats(-180, 180, allow_nan=False)
lats = st.floats(-90, 90, allow_nan=False)
names = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=20)
places = st.builds(
    Place,
    id=st.text("abcdefgh0123456789", min_size=10, max_size=10),
    kind=st.sampled_from(["village", "governorate", "airbase"]),
    name_en=names,
    name_ar=names,
    lon=lons,
    lat=lats,
    radius_km=st.floats(0.1, 100),
    admin=st.just((AdminUnit(1, "SY03", "Rural Damascus", "ريف دمشق"),)),
    population=st.none() | st.integers(0, 10**7),
    identifiers=st.dictionaries(st.sampled_from(["pcode", "geonames"]), names),
    names=st.lists(st.builds(Name, text=names, lang=st.just("ar"), script=st.just("Arab")), max_size=3),
)
matches = st.builds(
    Match,
    place=places,
    name=st.builds(Name, text=names, lang=st.just("en"), script=st.just("Latn")),
    score=st.floats(0, 1),
    reasons=st.just((Reason("exact", "x"),)),
)


def check_collection(collection):
    """The rules of RFC 7946 that a machine can check."""
    json.dumps(collection, allow_nan=False)
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    located = [feature for feature in collection["features"] if feature["geometry"]]
    assert ("bbox" in collection) == bool(located)
    for feature in collection["features"]:
        assert {"type", "geometry", "properties"} <= feature.keys()
        assert isinstance(feature["id"], str | int)
    for feature in located:
        lon, lat = feature["geometry"]["coordinates"]
        west, south, east, north = collection["bbox"]
        assert west <= lon <= east
        assert south <= lat <= north


@given(st.lists(matches, max_size=4))
def test_matches_are_valid_whatever_the_places(found):
    collection = geojson.matches_collection(found, MANIFEST, query="x")
    check_collection(collection)
    assert (collection["version"], collection["attribution"], collection["licence"]) == (
        "2026.1",
        "Someone",
        "CC-BY-4.0",
    )
    assert collection["query"] == "x"
    for match, feature in zip(found, collection["features"], strict=True):
        assert feature["properties"].keys() <= geojson.PROPERTIES
        assert feature["geometry"]["coordinates"] == pytest.approx([match.place.lon, match.place.lat], abs=1e-5)


@given(st.lists(places, max_size=4))
def test_places_and_neighbours_are_valid_whatever_they_are(found):
    check_collection(geojson.collect_places(found, MANIFEST))
    nearby = geojson.collect_nearby([Nearby(place, 1.23456) for place in found], MANIFEST, lang="ar")
    check_collection(nearby)
    assert [feature["properties"]["distance_km"] for feature in nearby["features"]] == [1.235] * len(found)


SQUARE = {
    "type": "Polygon",
    "coordinates": [[[36.0, 33.0], [37.123456789, 33.0], [37.0, 34.0], [36.0, 33.0]]],
}
YALDA = Place("bd1", "village", "Yalda", "يلدا", 36.32111, 33.46448, 1, area=SQUARE)


def test_an_outline_comes_with_its_box_and_to_five_decimals():
    feature = geojson.place_feature(YALDA, outline=True)
    assert feature["geometry"]["coordinates"][0][1] == [37.12346, 33.0]
    assert feature["bbox"] == [36.0, 33.0, 37.12346, 34.0]
    assert geojson.place_feature(YALDA)["geometry"]["type"] == "Point"


def mention(start, text, **members):
    return Mention(start, start + len(text), text, members.pop("place", YALDA), 0.9, **members)


def test_mentions_stand_in_order_or_are_gathered_by_place():
    homs = Place("bd2", "city", "Homs", "حمص", 36.72, 34.73, 5)
    found = [
        mention(0, "يلدا"),
        mention(9, "حمص", place=homs),
        mention(20, "يلدا"),
        mention(30, "باريس", place=None, foreign=True),
    ]
    by_mention = geojson.collect_mentions(found, MANIFEST)
    assert [feature["properties"]["start"] for feature in by_mention["features"]] == [0, 9, 20, 30]
    assert by_mention["features"][3]["geometry"] is None
    by_place = geojson.collect_mentions(found, MANIFEST, by="place")
    assert [len(feature["properties"]["mentions"]) for feature in by_place["features"]] == [2, 1, 1]


def test_a_relative_place_is_drawn_as_its_area_and_marked_as_derived():
    relation = Relation("direction", "شمال", 0, 4, (YALDA,), 36.3, 33.6, 8.0, SQUARE)
    feature = geojson.collect_mentions([mention(5, "يلدا", relation=relation)], MANIFEST)["features"][0]
    assert feature["geometry"]["type"] == "Polygon"
    assert feature["properties"]["relation"]["derived"] is True
    assert feature["properties"]["relation"]["words"] == "شمال"
    assert (feature["properties"]["lat"], feature["properties"]["radius_km"]) == (33.6, 8.0)


def test_alternatives_say_where_they_are():
    other = Place("bd2", "city", "Homs", "حمص", 36.72, 34.73, 5)
    feature = geojson.collect_mentions([mention(0, "يلدا", alternatives=(Alternative(other, 0.2),))], MANIFEST)[
        "features"
    ][0]
    (alternative,) = feature["properties"]["alternatives"]
    assert (alternative["id"], alternative["lon"], alternative["confidence"]) == ("bd2", 36.72, 0.2)


def test_an_unknown_grouping_is_refused():
    with pytest.raises(QueryError, match="by='colour'"):
        geojson.collect_mentions([], MANIFEST, by="colour")


def test_suggestions_say_enough_to_choose():
    (item,) = geojson.list_suggestions([Suggestion("يلدا", YALDA, 3.2, 3.2)])
    assert (item["text"], item["id"], item["weight"]) == ("يلدا", "bd1", 3.2)


@given(st.text(max_size=40), st.data())
def test_utf16_offsets_cut_the_same_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    (moved,) = count_in_utf16(text, [Mention(start, end, text[start:end], None, 0.5)])
    wide = text.encode("utf-16-le", "surrogatepass")
    assert wide[2 * moved.start : 2 * moved.end].decode("utf-16-le", "surrogatepass") == text[start:end]


@given(matches)
def test_each_property_that_is_declared_is_given_of_a_match_or_of_a_place_nearby(match):
    of_match = geojson.match_feature(match)["properties"]
    assert of_match.keys() | geojson.list_nearby_members(Nearby(match.place, 1.0)).keys() == geojson.PROPERTIES


def test_an_outline_that_comes_again_is_given_as_lists_of_its_own():
    ring = [[36 + at / 1_000_003, 33 + (at % 7) / 1_000_003, 700.0] for at in range(99)]
    outline = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    first, again = round_geometry(outline), round_geometry(outline)
    assert first == again
    assert first["coordinates"][0][1] == [36.0, 33.0]
    first["coordinates"][0][0][0] = 0.0
    assert round_geometry(outline) == again
