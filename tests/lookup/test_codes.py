"""Codes and coordinates as questions, and kinds as filters."""

import numpy as np
import pytest
from pyproj import Transformer
from shapely.geometry import box, shape

import buldan
from buldan.geometry import distance_km
from buldan.kinds import kinds_named
from buldan.lookup.browse import Bounds, _meets
from buldan.lookup.codes import parse_position
from buldan.thresholds import SURE_SCORE


@pytest.mark.parametrize(
    ("code", "pcode"),
    [
        ("SY-DR", "SY12"),
        ("sy-id", "SY07"),
        ("SY.HL", "SY02"),
        ("SY", "SY"),
        ("SYR", "SY"),
        ("SY03", "SY03"),
        ("C2302", "C2302"),
    ],
)
def test_a_code_is_its_place(gazetteer: buldan.Gazetteer, code: str, pcode: str) -> None:
    match = gazetteer.lookup(code)[0]
    assert (match.place.pcode, match.score) == (pcode, 1.0)


def test_a_code_is_a_unit_to_look_within(gazetteer: buldan.Gazetteer) -> None:
    assert gazetteer.lookup("Nawa", within="SY-DR")[0].place.pcode == "C6124"


@pytest.mark.parametrize(
    "written", ["33.46450, 36.32110", "33.46450 N, 36.32110 E", "36.32110E 33.46450N", "33°27'52\"N 36°19'16\"E"]
)
def test_coordinates_are_answered_by_what_lies_there(gazetteer: buldan.Gazetteer, written: str) -> None:
    matches = gazetteer.lookup(written)
    there = gazetteer.reverse(lon=36.3211, lat=33.4645, limit=1)[0].place
    assert matches[0].place == there
    assert matches[0].reasons[0].rule == "coordinates"


def test_kinds_filter_strictly(gazetteer: buldan.Gazetteer) -> None:
    assert {match.place.kind for match in gazetteer.lookup("الصالحية", kinds=["town"], limit=20)} <= {"town"}


def test_a_group_has_a_name_of_its_own() -> None:
    assert kinds_named("military") == {"military"}
    assert kinds_named("group:military") == {"airbase", "military", "checkpoint"}
    assert kinds_named("settlement") == kinds_named("group:settlement") == {"city", "town", "village"}


# Square of the grid, zone, and easting and northing of its south-western corner in metres.
SQUARES = [("37SBT", 37, 200_000, 3_700_000), ("37SCV", 37, 300_000, 3_900_000), ("37SFB", 37, 600_000, 4_100_000)]


@pytest.mark.parametrize(("square", "zone", "east", "north"), SQUARES)
@pytest.mark.parametrize("digits", [1, 2, 3, 4, 5])
def test_the_military_grid_is_where_proj_says(square: str, zone: int, east: int, north: int, digits: int) -> None:
    to_degrees = Transformer.from_crs(f"EPSG:326{zone}", "EPSG:4326", always_xy=True)
    step = 10 ** (5 - digits)
    for right, up in ((0, 0), (3, 7), (10**digits - 1, 10**digits // 3)):
        joined = f"{right:0{digits}d}{up:0{digits}d}"
        found = parse_position(f"{square}{joined}")
        if digits == 1 and found is None:
            continue  # one figure each is no reference
        assert found is not None
        assert distance_km(found, to_degrees.transform(east + right * step, north + up * step)) < 0.002


def test_outlines_meet_boxes_as_shapely_says() -> None:
    random = np.random.default_rng(1)
    star = [
        [36 + r * np.cos(turn), 33 + r * np.sin(turn)]
        for turn, r in zip(np.arange(12) * np.pi / 6, [1, 0.4] * 6, strict=False)
    ]
    hole = [[36.2, 33.1], [36.2, 32.9], [35.8, 32.9], [35.8, 33.1], [36.2, 33.1]]
    area = {"type": "Polygon", "coordinates": [[*star, star[0]], hole]}
    both = {"type": "MultiPolygon", "coordinates": [area["coordinates"], [[[39, 33], [40, 33], [40, 34], [39, 33]]]]}
    line = {"type": "LineString", "coordinates": [[35, 32], [36, 34], [38, 33.5], [40, 32]]}
    lines = {"type": "MultiLineString", "coordinates": [line["coordinates"], [[35, 34], [40, 34.2]]]}
    for outline in (area, both, line, lines):
        told = []
        for _ in range(400):
            west, south = random.uniform(34.5, 40.5), random.uniform(31.5, 34.5)
            bounds = Bounds(west, south, west + random.uniform(0.01, 0.8), south + random.uniform(0.01, 0.8))
            told.append(shape(outline).intersects(box(*bounds)))
            assert _meets(outline, bounds) == told[-1], bounds
        assert 20 < sum(told) < 380


@pytest.mark.parametrize(
    ("cell", "pcode"),
    [("Xyzzyquux (C2302)", "C2302"), ("Xyzzyquux - SY0301", "SY0301"), ("Xyzzyquux C2302 SY03", "C2302")],
)
def test_a_code_beside_an_unknown_name_is_a_guess(gazetteer: buldan.Gazetteer, cell: str, pcode: str) -> None:
    (best,) = gazetteer.lookup(cell)
    assert best.place.pcode == pcode
    assert best.score < SURE_SCORE
    assert best.reasons == (("code_alone", "Xyzzyquux"),)
