"""The abstract tests of each collection."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

import jsonschema
import pytest
from shapely.geometry import box, shape

import buldan
from benchmarks.suites.ogc.asking import check_links, check_schema, corners, get, get_json, read_all, read_collections

pytestmark = pytest.mark.parametrize("collection", list(read_collections()))

ALL = "places"
"""The one collection that holds every kind."""

CHANCE = random.Random(3)


def items(collection: str) -> str:
    return f"/collections/{collection}/items"


def ids(features: Any) -> list[str]:
    return [feature["id"] for feature in features]


def test_sfc_md_op(collection: str) -> None:
    assert get(f"/collections/{collection}").status_code == 200


def test_sfc_md_success(collection: str) -> None:
    described = get_json(f"/collections/{collection}")
    check_schema(described, "collection.yaml")
    assert described == read_collections()[collection]  # fc-md-items
    check_links(described, "self", "items")  # fc-md-items-links
    types = {link["type"] for link in described["links"] if link["rel"] == "items"}
    assert types == {"application/geo+json"}


def test_fc_response(collection: str) -> None:
    answer = get(items(collection))
    assert answer.headers["content-type"].startswith("application/geo+json")
    page = answer.json()
    check_schema(page, "featureCollectionGeoJSON.yaml")
    check_links(page, "self")
    assert page["numberReturned"] == len(page["features"])
    assert page["numberMatched"] == len(read_all(collection))
    assert datetime.fromisoformat(page["timeStamp"]).tzinfo


def test_pages_are_complete_and_disjoint(collection: str) -> None:
    listed = ids(read_all(collection))
    assert len(listed) == len(set(listed))
    assert set(listed) == {place.id for place in buldan.load() if collection in {ALL, place.kind}}


def test_fc_md_extent(collection: str) -> None:
    west, south, east, north = read_collections()[collection]["extent"]["spatial"]["bbox"][0]
    room = 1e-6  # coordinates are written with six decimals
    for feature in read_all(collection):
        for lon, lat in corners(feature["geometry"]):
            assert west - room <= lon <= east + room, feature["id"]
            assert south - room <= lat <= north + room, feature["id"]


def test_fc_bbox_response(collection: str) -> None:
    shapes = {each["id"]: shape(each["geometry"]) if each["geometry"] else None for each in read_all(collection)}
    one = next((found.representative_point() for found in shapes.values() if found), None)
    lon, lat = (one.x, one.y) if one else (36, 34)
    about = lon - 0.2, lat - 0.2, lon + 0.2, lat + 0.2
    for west, south, east, north in (about, (35, 32, 38, 35.1), (10, 10, 11, 11), (170, -90, 36.5, 90)):
        # West of east where it crosses the antimeridian: two boxes.
        spans = [(west, east)] if west <= east else [(west, 180), (-180, east)]
        boxes = [box(begin, south, end, north) for begin, end in spans]
        wanted = {
            name for name, found in shapes.items() if found is None or any(found.intersects(each) for each in boxes)
        }
        assert set(ids(read_all(collection, bbox=f"{west},{south},{east},{north}"))) == wanted
    flat = ids(read_all(collection, bbox=",".join(map(str, about))))
    assert ids(read_all(collection, bbox=",".join(map(str, (*about[:2], -100, *about[2:], 9000))))) == flat


@pytest.mark.parametrize(
    "time",
    [
        "2020-01-01T00:00:00Z",
        "2020-01-01T00:00:00Z/2021-01-01T00:00:00Z",
        "../2021-01-01T00:00:00Z",
        "2021-01-01T00:00:00Z/..",
        "/2021-01-01T00:00:00Z",
        "2021-01-01T00:00:00Z/",
    ],
    ids=["instant", "interval", "open begin", "open end", "no begin", "no end"],
)
def test_fc_time_response(collection: str, time: str) -> None:
    """Features without a time meet any (requirement 26): ours have none."""
    assert get_json(items(collection), datetime=time, limit=1)["numberMatched"] == len(read_all(collection))


def test_fc_limit_response(collection: str) -> None:
    assert len(get_json(items(collection), limit=1)["features"]) == 1
    assert len(get_json(items(collection), limit=7)["features"]) == min(7, len(read_all(collection)))
    assert len(get_json(items(collection), limit=1_000_000)["features"]) == min(10_000, len(read_all(collection)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("limit", value) for value in ("0", "x", "-1")),
        *(("bbox", value) for value in ("1,2,3", "a,b,c,d", "1,50,2,40")),
        *(
            ("datetime", value)
            for value in ("yesterday", "2021-13-01T00:00:00Z", "2022-01-01T00:00:00Z/2021-01-01T00:00:00Z")
        ),
    ],
)
def test_query_param_invalid(collection: str, name: str, value: str) -> None:
    assert get(items(collection), **{name: value}).status_code == 400


def test_query_param_unknown(collection: str) -> None:
    one = read_all(collection)[0]["id"]
    for path in (items(collection), f"/collections/{collection}", f"{items(collection)}/{one}"):
        assert get(path, frobnicate=1).status_code == 400


def test_f_success(collection: str) -> None:
    listed = ids(read_all(collection))
    for one in CHANCE.sample(listed, min(3, len(listed))):
        answer = get(f"{items(collection)}/{one}")
        assert answer.headers["content-type"].startswith("application/geo+json")
        check_schema(answer.json(), "featureGeoJSON.yaml")
        check_links(answer.json(), "self", "collection")
        assert answer.json()["id"] == one
    assert get(f"{items(collection)}/nowhere").status_code == 404
    other = next((place.id for place in buldan.load() if collection not in {ALL, place.kind}), None)
    assert other is None or get(f"{items(collection)}/{other}").status_code == 404


def test_crs84(collection: str) -> None:
    for feature in read_all(collection):
        assert "crs" not in feature
        assert all(30 < lon < 45 and 30 < lat < 40 for lon, lat in corners(feature["geometry"])[:3])


def test_queryables(collection: str) -> None:
    """Each of them, for two values that occur: what the query gives is what has the value."""
    answer = get(f"/collections/{collection}/queryables")
    assert answer.headers["content-type"].startswith("application/schema+json")
    described = answer.json()
    jsonschema.Draft202012Validator.check_schema(described)
    assert (described["type"], described["$id"].rpartition("/")[2]) == ("object", "queryables")
    assert any(link["rel"].endswith("/queryables") for link in read_collections()[collection]["links"])
    for name in described["properties"]:
        values = [each["properties"][name] for each in read_all(collection) if each["properties"].get(name)]
        for value in set(CHANCE.choices(values, k=2)) if values else ():
            wanted = {each["id"] for each in read_all(collection) if each["properties"].get(name) == value}
            assert set(ids(read_all(collection, **{name: value}))) == wanted, (name, value)
