"""Geometries in other notations: read back by shapely and GDAL's own writers, never by our own."""

import xml.etree.ElementTree as ET

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import mapping, shape

from buldan.formats.geometries import simplify, to_kml, to_svg, to_wkt

SQUARE = shapely.box(36, 33, 37, 34)
HOLED = shapely.Polygon(SQUARE.exterior.coords, [shapely.box(36.2, 33.2, 36.4, 33.4).exterior.coords])
SHAPES = (
    shapely.Point(36.5, 33.25),
    shapely.LineString([(36, 33), (36.5, 33.5), (37, 33)]),
    HOLED,
    shapely.MultiPolygon([HOLED, shapely.box(39, 35, 40, 36)]),
    shapely.MultiLineString([[(36, 33), (37, 33)], [(36, 34), (37, 34)]]),
)


@pytest.mark.parametrize("made", SHAPES, ids=lambda made: made.geom_type)
def test_wkt_says_what_geojson_says(made):
    assert shapely.from_wkt(to_wkt(mapping(made))).equals_exact(made, 1e-9)


@pytest.mark.parametrize("made", SHAPES, ids=lambda made: made.geom_type)
def test_kml_holds_every_corner_in_order(made):
    element = to_kml(mapping(made))
    corners = [tuple(map(float, pair.split(","))) for text in element.iter("coordinates") for pair in text.text.split()]
    assert corners == [tuple(corner) for corner in shapely.get_coordinates(made)]
    assert len(element.findall(".//innerBoundaryIs")) == sum(
        len(part.interiors) for part in shapely.get_parts(made) if part.geom_type == "Polygon"
    )
    assert ET.tostring(element)


def test_svg_turns_north_upwards_and_closes_rings():
    assert to_svg(mapping(SHAPES[1])) == "M 36 -33 L 36.5 -33.5 37 -33"
    path = to_svg(mapping(HOLED))
    assert (path.count("M"), path.count("Z")) == (2, 2)
    assert to_svg(mapping(SHAPES[0])) == 'cx="36.5" cy="-33.25"'


@given(
    st.lists(st.tuples(st.floats(36, 37), st.floats(33, 34)), min_size=3, max_size=40, unique=True),
    st.sampled_from([0.001, 0.05, 0.5, 900.0]),
)
def test_fewer_corners_stay_near_the_line_and_a_ring_stays_a_ring(corners, tolerance):
    line = mapping(shapely.LineString(corners))
    thinned = shape(simplify(line, tolerance=tolerance))
    assert set(thinned.coords) <= set(corners)
    assert (thinned.coords[0], thinned.coords[-1]) == (corners[0], corners[-1])
    assert shapely.LineString(corners).hausdorff_distance(thinned) <= tolerance + 1e-9
    ring = simplify(mapping(shapely.Polygon(corners)), tolerance=tolerance)["coordinates"][0]
    assert ring[0] == ring[-1]
    assert len(ring) >= 4


def test_nothing_is_left_out_where_no_tolerance_is_given():
    assert simplify(mapping(HOLED), tolerance=0) == mapping(HOLED)
    assert len(simplify(mapping(HOLED), tolerance=900)["coordinates"]) == 2
