"""Roads and rivers drawn through the towns that they join."""

from types import SimpleNamespace

import pytest
from shapely.geometry import shape

from buldan.compile.lines import draw_lines
from buldan.errors import SourceError

HEADER = "place\ttowns\treasoning\n"


def entry(reference, lon, lat, area=None):
    scheme, value = reference.split(":")
    return SimpleNamespace(identifiers={scheme: value}, lon=lon, lat=lat, area=area)


def draw(folder, rows, monkeypatch):
    monkeypatch.setattr(
        "buldan.compile.lines.replace", lambda one, area: SimpleNamespace(**{**vars(one), "area": area})
    )
    (folder / "lines.tsv").write_text(HEADER + rows, "utf-8")
    entries = [entry("curated:road", 36.5, 34.5), entry("pcode:C1", 36, 34), entry("pcode:C2", 37, 35)]
    return draw_lines(entries, folder)


def test_a_road_joins_its_towns_in_order_and_no_point_moves(tmp_path, monkeypatch):
    road, first, last = draw(tmp_path, "curated:road\tC2 C1\town list\n", monkeypatch)
    assert list(road.area.coords) == [(37, 35), (36, 34)]
    assert (road.lon, road.lat, first.area, last.area) == (36.5, 34.5, None, None)


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("curated:road\tC1 C9\t\n", "pcode:C9"),
        ("curated:lane\tC1 C2\t\n", "curated:lane"),
        ("curated:road\tC1\t\n", "two towns"),
        ("curated:road\tC1 C2\t\ncurated:road\tC2 C1\t\n", "one line"),
    ],
)
def test_a_row_that_cannot_be_drawn_is_refused(tmp_path, rows, what, monkeypatch):
    with pytest.raises(SourceError, match=what):
        draw(tmp_path, rows, monkeypatch)


def test_the_main_roads_are_lines_through_their_cities(gazetteer):
    for road, town in (("M5 highway", "Hama"), ("M4 highway", "Saraqib"), ("M20 highway", "Palmyra")):
        place = gazetteer.lookup(road, kinds=["road"])[0].place
        line = shape(place.area)
        point = gazetteer.lookup(town, kinds=["city", "town"])[0].place
        assert line.geom_type == "LineString"
        assert line.distance(shape({"type": "Point", "coordinates": [point.lon, point.lat]})) < 0.001
