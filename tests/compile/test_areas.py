"""Outlines are simplified together: no gaps, no overlaps, and everyone stays at home."""

import numpy as np
import pytest
import shapely
from shapely import LineString, Point, box

from buldan.compile.areas import Located, simplify_coverage, simplify_line, to_geometry, unite_by_prefix
from buldan.errors import GazetteerError


@pytest.fixture
def neighbours():
    """Two units with a ragged common border, finely drawn."""
    x = np.linspace(36, 37, 400)
    border = np.column_stack([x, 35.5 + 0.02 * np.sin(40 * x) + 0.001 * np.sin(900 * x)])
    upper = shapely.Polygon([*border, (37, 36), (36, 36)])
    lower = shapely.Polygon([*border[::-1], (36, 35), (37, 35)])
    return {"SY0101": upper, "SY0102": lower}


def test_neighbours_keep_their_common_border(neighbours):
    thin = simplify_coverage(neighbours, tolerance=0.01)
    assert shapely.coverage_is_valid(list(thin.values()))
    assert thin["SY0101"].union(thin["SY0102"]).area == pytest.approx(box(36, 35, 37, 36).area, rel=1e-3)
    assert thin["SY0101"].intersection(thin["SY0102"]).area == 0
    assert sum(map(shapely.get_num_coordinates, thin.values())) < 200


def hugging(neighbours):
    """Settlements all along the borders, fifty metres inside."""
    return [
        Located(unit, *area.buffer(-0.0005).exterior.interpolate(share, normalized=True).coords[0])
        for unit, area in neighbours.items()
        for share in np.linspace(0, 1, 30)
    ]


def test_every_settlement_stays_in_its_unit(neighbours):
    settled = hugging(neighbours)
    thin = simplify_coverage(neighbours, tolerance=0.05, points=settled)
    assert all(thin[place.unit].covers(Point(place.lon, place.lat)) for place in settled)


def test_a_district_is_made_of_its_subdistricts(neighbours):
    whole = unite_by_prefix(neighbours, ["SY01"])["SY01"]
    assert whole.equals(shapely.coverage_union_all(list(neighbours.values())))


def test_what_cannot_be_drawn_is_refused(neighbours, monkeypatch):
    monkeypatch.setattr("buldan.compile.areas._LEAST_TOLERANCE", 0.045)
    with pytest.raises(GazetteerError, match=r"cannot be simplified: points leave SY010[12]"):
        simplify_coverage(neighbours, tolerance=0.05, points=hugging(neighbours))


def test_outlines_are_geojson_with_five_decimals():
    geometry = to_geometry(simplify_line(LineString([(36.1234567, 33.1), (36.2, 33.2)]), tolerance=0.001))
    assert geometry == {"type": "LineString", "coordinates": [[36.12346, 33.1], [36.2, 33.2]]}
    ring = to_geometry(box(36, 33, 37, 34))["coordinates"][0]
    assert ring[0] == ring[-1]
    assert shapely.LinearRing(ring).is_ccw
