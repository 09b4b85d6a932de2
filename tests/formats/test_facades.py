"""What the façades' formats keep true: numbers that turn back, layers, units, boxes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buldan.describe import address_lines, display_name, extent, iso_code, lies_in
from buldan.formats import nominatim, photon
from buldan.formats.ogc import QUERYABLES, list_collections
from buldan.formats.reconciliation import PROPERTIES, list_candidates
from buldan.geometry import Bounds
from buldan.kinds import kinds
from buldan.lookup import Match
from buldan.model import AdminUnit, Name, Place

UNITS = (
    AdminUnit(1, "SY03", "Rural Damascus", "ريف دمشق"),
    AdminUnit(2, "SY0301", "Rural Damascus", "مركز ريف دمشق"),
    AdminUnit(3, "SY030102", "Babella", "ببيلا"),
)
YALDA = Place("bd1j2jaz6k", "village", "Yalda", "يلدا", 36.32111, 33.46448, 1.0, "SY030102", UNITS)


@given(st.sets(st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=8, max_size=8), min_size=2))
def test_no_two_places_have_one_number(letters):
    assert len({nominatim.place_number(f"bd{each}") for each in letters}) == len(letters)


@given(st.sampled_from(list(kinds())))
def test_every_kind_is_on_one_layer_of_photon(kind):
    layers = [layer for layer in photon.Layer.__args__ if kind in photon.find_kinds_of_layer(layer)]
    assert len(layers) == 1


def test_an_address_goes_from_the_place_to_the_country():
    assert list(address_lines(YALDA)) == ["village", "municipality", "county", "state", "country"]
    assert display_name(YALDA) == "Yalda, Babella, Rural Damascus, Syria"
    assert display_name(YALDA, "ar") == "يلدا، ببيلا، مركز ريف دمشق، ريف دمشق، سوريا"
    assert iso_code(YALDA) == "SY-RD"


def test_a_quarter_says_which_city_it_is_in():
    quarter = Place("bd2", "neighbourhood", "Assali", "العسالي", 36.3, 33.48, 0.7, "SY010001", UNITS[:1])
    city = Place("bd3", "city", "Damascus", "دمشق", 36.28, 33.51, 5)
    assert address_lines(quarter, wholes=[city])["city"] == "Damascus"


@given(st.floats(36, 42), st.floats(32, 37), st.floats(0.1, 50))
def test_the_box_of_a_point_holds_it_and_is_about_as_wide_as_it_is_high(lon, lat, radius_km):
    box = extent(Place("bd1", "village", "x", "", lon, lat, radius_km))
    assert lies_in(Place("bd1", "village", "x", "", lon, lat, radius_km), box)
    assert (box.north - box.south) * 111.195 == pytest.approx(2 * radius_km, rel=0.01, abs=0.01)


def test_a_box_may_span_the_antimeridian():
    assert lies_in(YALDA, Bounds(30, 30, 20, 40))
    assert not lies_in(YALDA, Bounds(37, 30, 36, 40))


@pytest.mark.parametrize("certain", [True, False])
def test_only_a_sure_first_candidate_is_a_match(certain):
    match, other = (Match(YALDA, Name("Yalda", "en", "Latn"), score) for score in (0.95, 0.7))
    first, second = list_candidates([match, other], lang="en", certain=certain)["result"]
    assert (first["match"], second["match"]) == (certain, False)


def test_properties_read_the_place():
    assert PROPERTIES["governorate"].values(YALDA) == [{"id": "SY03", "name": "Rural Damascus"}]
    assert PROPERTIES["population"].values(YALDA) == []


def test_there_is_a_collection_for_each_kind_that_has_places():
    boxes = dict.fromkeys(("places", "governorate", "town"), Bounds(36, 33, 37, 34))
    made = list_collections({"town": 3, "governorate": 14}, boxes)
    assert list(made) == ["places", "governorate", "town"]
    assert made["governorate"].outlined
    assert not made["town"].outlined
    assert "kind" in QUERYABLES
