"""Roads and rivers drawn through the towns that they join."""

from itertools import pairwise
from types import SimpleNamespace

import pytest
from shapely import LineString
from shapely.geometry import shape

from buldan.compile.lines import draw_lines
from buldan.errors import SourceError
from buldan.formats.geojson.places import place_feature

HEADER = "place\ttowns\treasoning\n"


def entry(reference, lon, lat, area=None):
    scheme, value = reference.split(":")
    return SimpleNamespace(identifiers={scheme: value}, lon=lon, lat=lat, area=area)


def draw(folder, rows, monkeypatch, area=None):
    monkeypatch.setattr(
        "buldan.compile.lines.replace", lambda one, **changes: SimpleNamespace(**{**vars(one), **changes})
    )
    (folder / "lines.tsv").write_text(HEADER + rows, "utf-8")
    entries = [entry("curated:road", 36.5, 34.5, area), entry("pcode:C1001", 36, 34), entry("pcode:C1002", 37, 35)]
    return draw_lines(entries, folder)


def test_a_road_joins_its_towns_in_order_and_no_point_moves(tmp_path, monkeypatch):
    road, first, last = draw(tmp_path, "curated:road\tC1002 C1001\town list\n", monkeypatch)
    assert list(road.area.coords) == [(37, 35), (36, 34)]
    assert (road.lon, road.lat, first.area, last.area) == (36.5, 34.5, None, None)
    assert road.schematic_km == 5


def test_a_published_outline_is_no_schematic_line(tmp_path, monkeypatch):
    known = LineString([(36, 34), (36.2, 34.4), (37, 35)])
    (river, *_) = draw(tmp_path, "curated:road\tC1002 C1001\town list\n", monkeypatch, area=known)
    assert (river.area, hasattr(river, "schematic_km")) == (known, False)


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("curated:road\tC1001 C9009\t\n", "pcode:C9009"),
        ("curated:lane\tC1001 C1002\t\n", "curated:lane"),
        ("curated:road\tC1001\t\n", "two towns"),
        ("curated:road\tC1001 C1002\t\ncurated:road\tC1002 C1001\t\n", "one line"),
        ("curated:road\tC1002 C1001 C1001\t\n", "pcode:C1001 and pcode:C1001 lie on one spot"),
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
        assert place.area["schematic_km"] == 5
        assert line.distance(shape({"type": "Point", "coordinates": [point.lon, point.lat]})) < 0.001


@pytest.mark.parametrize("river", ["Barada", "Quwayq", "Balikh", "Yarmouk", "Awaj", "Jaghjagh", "Northern Kabir"])
def test_rivers_that_no_source_outlines_are_schematic_lines_and_say_so(gazetteer, river):
    place = gazetteer.lookup(river, kinds=["river"])[0].place
    assert place.area["type"] == "LineString"
    assert place.area["schematic_km"] == 5
    feature = place_feature(place, outline=True)
    assert feature["geometry"]["schematic_km"] == 5


def test_the_euphrates_is_the_published_line(gazetteer):
    assert "schematic_km" not in gazetteer.lookup("Euphrates", kinds=["river"])[0].place.area


def test_every_schematic_line_has_length_between_each_two_towns(gazetteer):
    lines = [place.area for place in gazetteer if place.area and place.area.get("schematic_km")]
    assert len(lines) > 30
    for line in lines:
        corners = line["coordinates"]
        assert all(first != second for first, second in pairwise(corners))
