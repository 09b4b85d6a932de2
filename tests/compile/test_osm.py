"""OpenStreetMap extracts, written by the test, as overlays."""

import pytest

import buldan
from buldan.compile.osm import write_overlay
from buldan.errors import SourceError

osmium = pytest.importorskip("osmium")


FARM = {"place": "hamlet", "name": "مزرعة لنا", "name:en": "Our Farm", "alt_name": "مزرعتنا;ضيعتنا"}


@pytest.fixture
def extract(tmp_path):
    path = tmp_path / "ours.osm.pbf"
    node = osmium.osm.mutable.Node
    with osmium.SimpleWriter(str(path)) as writer:
        for id_, lon, lat, tags in (
            (
                1,
                37.1,
                35.1,
                FARM,
            ),
            (2, 37.2, 35.2, {"place": "hamlet"}),
            (3, 10.0, 50.0, {"place": "hamlet", "name": "Abroad"}),
            (4, 37.3, 35.3, {"shop": "bakery", "name": "فرن"}),
            (5, 37.4, 35.4, {"amenity": "place_of_worship", "religion": "christian", "name": "كنيسة لنا"}),
            (6, 37.50, 35.50, {}),
            (7, 37.52, 35.50, {}),
        ):
            writer.add_node(node(id=id_, location=(lon, lat), tags=tags))
        road = {"highway": "primary", "name": "شارعنا الطويل"}
        writer.add_way(osmium.osm.mutable.Way(id=8, nodes=[6, 7], tags=road))
    return path


def test_an_extract_becomes_an_overlay_under_its_own_licence(extract, tmp_path):
    out = tmp_path / "overlay.csv"
    assert write_overlay(extract, out) == 3
    rows = [line.split(",") for line in out.read_text("utf-8").splitlines()]
    assert rows[1] == ["osm-n1", "مزرعة لنا", "Our Farm", "مزرعتنا|ضيعتنا", "village", "37.1", "35.1", "",
                       "© OpenStreetMap contributors", "ODbL-1.0"]  # fmt: skip
    assert [row[4] for row in rows[1:]] == ["village", "church", "road"]
    assert rows[3][5:8] == ["37.51", "35.5", "0.91"]


def test_the_overlay_is_found_beside_the_gazetteer(extract, mini, tmp_path):
    write_overlay(extract, tmp_path / "overlay.csv")
    gazetteer = buldan.load(mini, overlay=tmp_path / "overlay.csv")
    assert gazetteer.lookup("ضيعتنا")[0].place.name_en == "Our Farm"


def test_what_is_no_extract_is_refused_and_writes_nothing(tmp_path):
    with pytest.raises(SourceError, match="missing"):
        write_overlay(tmp_path / "none.osm.pbf", tmp_path / "overlay.csv")
    bad = tmp_path / "bad.osm.pbf"
    bad.write_bytes(b"no extract of anything")
    with pytest.raises(SourceError, match="not an OpenStreetMap extract"):
        write_overlay(bad, tmp_path / "overlay.csv")
    assert not (tmp_path / "overlay.csv").exists()
