"""Around Syria: land, sea and towns for the base map, labelled in both languages; none of it is a place."""

import json
from pathlib import Path

import pytest

from buldan.compile.surroundings import write_surroundings
from buldan.errors import SourceError

LAND = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "Here"},
            "geometry": {"type": "Polygon", "coordinates": [[[35, 33], [36, 33], [36, 34.00049], [35, 34], [35, 33]]]},
        }
    ],
}
HEAD = "kind\tidentifier\tname_en\tname_ar\tlon\tlat\tmin_zoom\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "natural-earth").mkdir()
    (tmp_path / "geonames-cities500").mkdir()
    (tmp_path / "natural-earth" / "ne_10m_countries_around_syria.geojson").write_text(json.dumps(LAND))
    towns = "".join(f"{number}\tTown\t35.{number}\t33.5\n" for number in range(60))
    (tmp_path / "geonames-cities500" / "cities_around_syria.tsv").write_text(f"geonameid\tname\tlon\tlat\n{towns}")
    return tmp_path


def test_towns_take_their_points_from_the_source_and_their_names_from_us(folder: Path) -> None:
    (folder / "surroundings.tsv").write_text(
        HEAD + "town\tgeonames:7\tSeven\tسبعة\t\t\t6\nsea\tsea\tSea\tبحر\t34.5\t34\t5\n", "utf-8"
    )
    path = write_surroundings(folder, folder, curated=folder)
    land, town, sea = json.loads(path.read_text("utf-8"))["features"]
    assert land["geometry"]["coordinates"][0][2] == [36.0, 34.0]
    assert town["geometry"]["coordinates"] == [35.7, 33.5]
    assert town["properties"] == {"kind": "town", "name_en": "Seven", "name_ar": "سبعة", "min_zoom": 6.0}
    assert sea["geometry"]["coordinates"] == [34.5, 34.0]
    again = path.read_bytes()
    assert write_surroundings(folder, folder, curated=folder).read_bytes() == again


def test_a_town_that_the_source_does_not_have_is_named_with_its_line(folder: Path) -> None:
    (folder / "surroundings.tsv").write_text(HEAD + "town\tgeonames:999\tNone\tلا\t\t\t6\n", "utf-8")
    with pytest.raises(SourceError, match=r"surroundings.tsv, line 2: .* has no geonames:999"):
        write_surroundings(folder, folder, curated=folder)
