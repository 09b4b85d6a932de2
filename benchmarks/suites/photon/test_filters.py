"""Filters by layer, tag and category (QueryFilterLayerTest, …TagValueTest, QueryCategoryFilterTest, TagFilterTest).

Theirs counts what a filter leaves of an index made for it; here it must leave what the rule leaves of the unfiltered
answer, in its order.
"""

from __future__ import annotations

import pytest

from benchmarks.suites.photon.asking import Properties, ids, narrowed, places, status_of

SEARCH = "/api?q=Qanawat&limit=50"
"""A town, a quarter and a street."""

AROUND = "/reverse?lat=33.4713&lon=36.3057&radius=1.2&limit=50"
"""Quarters, streets, hospitals, mosques, a station: fewer than the most that are given."""

ZAHRAA = "/api?q=Zahraa&limit=50"
"""Towns, villages and quarters."""


def test_the_questions_are_not_cut_off() -> None:
    assert all(3 <= len(ids(base)) < 50 for base in (SEARCH, AROUND, ZAHRAA))


# QueryFilterLayerTest


@pytest.mark.parametrize("base", [ZAHRAA, AROUND])
def test_a_layer(base: str) -> None:
    assert ids(f"{base}&layer=district") == narrowed(base, lambda place: place["type"] == "district")


@pytest.mark.parametrize("base", [SEARCH, AROUND])
def test_two_layers(base: str) -> None:
    layers = {"district", "street"}
    assert ids(f"{base}&layer=district&layer=street") == narrowed(base, lambda place: place["type"] in layers)


# QueryFilterTagValueTest


def lets_through(filters: list[str], place: Properties) -> bool:
    """The rule: wanted filters are alternatives, each unwanted one turns away; `key:!value` wants the key."""
    wanted, unwanted = [], []
    for each in filters:
        key, _, value = each.lstrip("!").partition(":")
        other_value = value.startswith("!") and key and not each.startswith("!")
        has_key = not key or place["osm_key"] == key
        has_value = not value or place["osm_value"] == value.lstrip("!")
        is_unwanted = each.startswith("!") or (value.startswith("!") and not key)
        held = has_key and (not has_value if other_value else has_value)
        (unwanted if is_unwanted else wanted).append(held)
    return (any(wanted) or not wanted) and not any(unwanted)


ONE = [
    "amenity:hospital",
    ":hospital",
    ":primary",
    "amenity",
    "!amenity:hospital",
    ":!primary",
    "!amenity",
    "amenity:!hospital",
]
SEVERAL = [
    ["highway", "amenity"],
    [":suburb", ":hospital"],
    ["highway", ":hospital"],
    ["!place", "!amenity"],
    ["place", "!amenity"],
    [":primary", "!amenity"],
    ["amenity:!hospital", "highway"],
    ["amenity:!hospital", "amenity:!place_of_worship"],
    ["amenity", "!:hospital", "highway"],
]
ALL_FILTERS = [*([each] for each in ONE), *SEVERAL]


@pytest.mark.parametrize("filters", ALL_FILTERS, ids=" ".join)
def test_tags_around_a_point(filters: list[str]) -> None:
    assert ids(AROUND, osm_tag=filters) == narrowed(AROUND, lambda place: lets_through(filters, place))


@pytest.mark.parametrize("filters", ALL_FILTERS, ids=" ".join)
def test_tags_of_a_search(filters: list[str]) -> None:
    hospitals = "/api?q=Yarmouk&limit=50" if any("hospital" in each for each in filters) else SEARCH
    every = places(hospitals)
    kept = [place["extra"]["id"] for place in every if lets_through(filters, place)]
    assert ids(hospitals, osm_tag=filters) == kept


# TagFilterTest


@pytest.mark.parametrize(
    "each",
    [
        "place",
        ":primary",
        "place:suburb",
        "!highway",
        "!:primary",
        ":!primary",
        "!highway:primary",
        "!highway:!primary",
        "place:!town",
    ],
)
def test_what_a_filter_says(each: str) -> None:
    assert ids(f"{SEARCH}&osm_tag={each}") == narrowed(SEARCH, lambda place: lets_through([each], place))


@pytest.mark.parametrize("each", ["", ":", "addr:housenumber:1", "shop:"])
def test_what_is_no_filter(each: str) -> None:
    assert status_of(f"{SEARCH}&osm_tag={each}") == 400


# QueryCategoryFilterTest


@pytest.mark.parametrize(
    ("include", "exclude", "values"),
    [
        ([], [], {"town", "suburb", "primary"}),
        (["osm.place"], [], {"town", "suburb"}),
        (["osm.place.suburb"], [], {"suburb"}),
        (["osm.place.town,osm.highway.primary"], [], {"town", "primary"}),
        (["buldan.transport.road"], [], {"primary"}),
        (["osm.Place"], [], set()),
        (["osm.place", "osm.place.suburb,osm.amenity.hospital"], [], {"suburb"}),
        ([], ["osm.place"], {"primary"}),
        ([], ["osm.place,osm.amenity.hospital"], {"town", "suburb", "primary"}),
        ([], ["osm.place.town", "osm.place.suburb"], {"primary"}),
        (["osm.place"], ["osm.place.suburb"], {"town"}),
    ],
)
def test_categories(include: list[str], exclude: list[str], values: set[str]) -> None:
    kept = [place["extra"]["id"] for place in places(SEARCH) if place["osm_value"] in values]
    assert ids(SEARCH, include=include, exclude=exclude) == kept
