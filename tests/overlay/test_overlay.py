"""One's own places: merged and found, or refused with file, row and column."""

import json
import math
import re

import pytest

import buldan
from buldan.cli import main
from buldan.errors import SourceError
from buldan.index import opening
from buldan.store.overlay import read_overlay

GOOD = """name,lat,lon,kind,names,radius_km,id,notes
مشفى النور,33.4900,36.3000,hospital,Al Nur Hospital|Nour hospital,0.2,,x
Checkpoint Zebra,33.4,36.5,checkpoint,,,zebra,
"""


@pytest.fixture(scope="module")
def gazetteer(mini):
    """The mini gazetteer: an index of all places takes seconds, and with each overlay it is built anew."""
    return buldan.load(mini)


def write(path, content):
    path.write_text(content, "utf-8")
    return path


def test_own_places_are_found_beside_the_gazetteers(mini, tmp_path, gazetteer):
    mine = buldan.load(mini, overlay=write(tmp_path / "mine.csv", GOOD))
    assert len(mine) == len(gazetteer) + 2
    hospital = mine.lookup("Nour hospital")[0].place
    assert (hospital.name("ar"), hospital.kind, hospital.radius_km) == ("مشفى النور", "hospital", 0.2)
    assert mine.place("zebra").name() == "Checkpoint Zebra"
    assert mine.lookup("Yalda")[0].place.pcode == "C2302"


def test_own_places_know_their_units(mini, tmp_path):
    mine = buldan.load(mini, overlay=write(tmp_path / "mine.csv", GOOD))
    assert mine.lookup("Nour hospital")[0].place.admin[0].name_en in {"Damascus", "Rural Damascus"}
    assert mine.lookup("Checkpoint Zebra", within="Rural Damascus")[0].place.id == "zebra"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_delimiter_and_mark_do_not_matter(tmp_path, delimiter, bom):
    content = bom + GOOD.replace(",", delimiter)
    assert read_overlay(write(tmp_path / "a.csv", content)) == read_overlay(write(tmp_path / "b.csv", GOOD))


def test_invisible_characters_are_no_part_of_a_name(tmp_path):
    path = write(tmp_path / "a.csv", "name,lon,lat\n\u200fحاجز\u2028 زيبرا\x00\u202c,36.3,33.4\n")
    assert [name.name for name in read_overlay(path).names] == ["حاجز زيبرا"]


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


SQUARE = [[36.0, 33.0], [36.2, 33.0], [36.2, 33.2], [36.0, 33.2], [36.0, 33.0]]


def test_geojson_points_and_outlines(mini, tmp_path):
    collection = {
        "type": "FeatureCollection",
        "features": [
            feature(
                {"type": "Point", "coordinates": [36.3, 33.4]}, name="Zebra Farm", names=["مزرعة زيبرا"], kind="farm"
            ),
            feature({"type": "Polygon", "coordinates": [SQUARE]}, name_en="Zebra Plain", kind="plain", id="plain-1"),
        ],
    }
    for overlay in (write(tmp_path / "a.geojson", json.dumps(collection)), collection):
        mine = buldan.load(mini, overlay=overlay)
        plain = mine.place("plain-1")
        assert plain.point == pytest.approx((36.1, 33.1))
        assert plain.area["coordinates"] == [SQUARE]
        assert 14 < plain.radius_km < 15
        assert mine.lookup("مزرعة زيبرا")[0].place.kind == "farm"


HEAD = "name,lon,lat,kind,radius_km,id\n"
BAD_ROWS = [
    ("name,lon\nA,36.1\n", "line 1: no column lat"),
    ("place,lon,lat\nA,36.1,33\n", "line 1: no column name, name_en or name_ar"),
    ("", "line 1: the file is empty; it needs the columns name, lon and lat"),
    ("name,lon,lat,longitude\nA,36.1,33,36\n", "line 1: the column lon twice"),
    ('name,lon,lat\n"A,36,33\n', "line 2: not a table"),
    (HEAD + "A,36.1,33,,,\nB,east,33,,,\n", "line 3: lon: 'east' is not a number"),
    (HEAD + "A,36.1,,,,\n", "line 2: lat: is empty; give degrees"),
    (HEAD + ",36.1,33,,,\n", "line 2: name: a place needs a name"),
    (HEAD + "A,33.5,36.3,,,\n", "line 2: lon, lat: 33.5, 36.3 looks swapped"),
    (HEAD + "A,36.1,133,,,\n", "line 2: lat: 133 is outside -90 to 90"),
    (HEAD + "A,36.1,33,castle,,\n", "line 2: kind: unknown kind 'castle'"),
    (HEAD + "A,36.1,33,,wide,\n", "line 2: radius_km: 'wide' is not a number"),
    (HEAD + "A,36.1,33,,,x\nB,36.2,33,,,x\n", "line 3: id: 'x' is in this file twice"),
    (HEAD + "A,36.1,33,,,a b\n", "line 2: id: 'a b' has a space"),
    (HEAD + "A,36.1,33\n", "line 2: this row has 3 cells, the header has 6"),
    (HEAD + '"A\nB",36.1,33,,,\nC,36.1,33\n', "line 4: this row has 3 cells"),
    (HEAD + "A,nan,33,,,\n", "line 2: lon: nan"),
    *(
        (HEAD + f"{name},36.1,33,,,\n", f"line 2: name: '{name}' can never be found")
        for name in ("---", "7", "🙂", "Дамаск", "中文", "ـــ", "ء")
    ),
    ("name,lon,lat,names\nA,36.1,33,B|--\n", "line 2: name: '--' can never be found, there is no letter"),
    (HEAD + "A" * 301 + ",36.1,33,,,\n", "line 2: name: 'AAA"),
    ("name,lon,lat,part_of\nA,36.1,33,nowhere\n", "line 2: part_of: 'nowhere' is the id of no other place"),
    ("id,name,lon,lat,part_of\na,A,36.1,33,a\n", "line 2: part_of: 'a' is the id of no other place"),
    ("name,lon,lat,wikidata\nA,36.1,33,Q7\nB,36.2,33,Q7\n", "line 3: wikidata: 'Q7' already leads to my"),
]


@pytest.mark.parametrize(("content", "message"), BAD_ROWS)
def test_a_bad_row_is_named_by_file_line_and_column(mini, tmp_path, content, message):
    path = write(tmp_path / "mine.csv", content)
    with pytest.raises(SourceError, match=f"{re.escape(str(path))}, {re.escape(message)}"):
        buldan.load(mini, overlay=path)


BAD_FEATURES = [
    ({"type": "Feature"}, "not a GeoJSON FeatureCollection"),
    ({"features": [5]}, "feature 1: not a GeoJSON feature"),
    (
        {"features": [feature({"type": "Point", "coordinates": [33.5, 36.3]}, name="A")]},
        "feature 1, lon, lat: .* looks swapped",
    ),
    (
        {"features": [feature({"type": "LineString", "coordinates": []}, name="A")]},
        "feature 1, geometry: 'LineString' instead of",
    ),
    (
        {"features": [feature({"type": "Point", "coordinates": ["a"]}, name="A")]},
        "feature 1, geometry: the coordinates are not those of a Point",
    ),
    (
        {
            "features": [
                feature({"type": "Polygon", "coordinates": [[[36, 33], [37, 33], [37, 33], [36, 33]]]}, name="A")
            ]
        },
        "feature 1, geometry: an outline that encloses no area",
    ),
    ({"features": [feature({"type": "Point"}, name="A")]}, "feature 1, geometry: the coordinates are not those"),
    ({"features": [feature({"type": [[[36, 33]]]}, name="A")]}, "feature 1, geometry: .* instead of a Point"),
    *(
        ({"features": [feature(geometry, name="A")]}, "feature 1, geometry: a position is not a longitude")
        for geometry in (
            {"type": "Point", "coordinates": [36, 10**400]},
            {"type": "Point", "coordinates": [361.0, 33.5]},
            {"type": "Polygon", "coordinates": [[[36, 33], [37, 33], [37, math.nan], [36, 33]]]},
            {"type": "MultiPolygon", "coordinates": [[[[36, 33], [37, 33], [37, 10**400], [36, 33]]]]},
        )
    ),
    (
        {"features": [feature({"type": "Point", "coordinates": [36.3, 33.4]}, name="A", names=5)]},
        "feature 1, names: 5 is not a list of names",
    ),
    ({"features": [feature({"type": ["Point"]}, name="A")]}, r"feature 1, geometry: \['Point'\] instead of"),
    *(
        (
            {
                "features": [
                    feature(
                        {"type": "Polygon", "coordinates": [[[36, 33], [37, 33], [37, number], [36, 33]]]}, name="A"
                    )
                ]
            },
            "feature 1, geometry: a position is not a longitude",
        )
        for number in (10**400, -(10**400), 1e300, float("nan"), float("inf"))
    ),
    (
        {"features": [feature({"type": "Polygon", "coordinates": [[[1, 2]]]}, name="A")]},
        "feature 1, geometry: the coordinates",
    ),
    *(
        ({"features": [feature({"type": "Point", "coordinates": [36.3, 33.4]}, **cells)]}, f"feature 1, {message}")
        for cells, message in [
            ({"name": ["A"]}, r"name: \['A'\] is not text"),
            ({"name": 5}, "name: 5 is not text"),
            ({"name_ar": {"a": 1}}, "name_ar: {'a': 1} is not text"),
            ({"name": "A", "names": ["B", None]}, "names: None is not text"),
            ({"name": "A", "names": ["B", {"a": 1}]}, "names: {'a': 1} is not text"),
            ({"name": "A", "part_of": 7}, "part_of: 7 is not text"),
            ({"name": "A", "id": True}, "id: True is not text"),
            ({"name": "A", "wikidata": "41183"}, "wikidata: '41183' is not an identifier"),
            ({"name": "A", "geonames": "Aleppo"}, "geonames: 'Aleppo' is not an identifier"),
        ]
    ),
    (
        {"features": [feature({"type": "Point", "coordinates": [True, 33.4]}, name="A")]},
        "feature 1, geometry: the coordinates",
    ),
    ({"features": [feature(None, name="A")]}, "feature 1, lon: is empty; give degrees"),
    ({"features": [feature({"type": "Point", "coordinates": [36.3, 33.4]})]}, "feature 1, name: a place needs a name"),
]


@pytest.mark.parametrize(("collection", "message"), BAD_FEATURES)
def test_a_bad_feature_is_named_by_number_and_member(collection, message):
    with pytest.raises(SourceError, match=message):
        read_overlay(collection)


def test_an_id_of_the_gazetteer_is_refused(mini, tmp_path, gazetteer):
    path = tmp_path / "mine.csv"
    for taken in (gazetteer.place("C2302").id, "C2302", "SY01"):
        write(path, HEAD + f"B,36.1,33,,,b\nA,36.1,33,,,{taken}\n")
        with pytest.raises(SourceError, match=f"mine.csv, line 3: id: '{taken}' already leads to a place of the gazet"):
            buldan.load(mini, overlay=path)


def test_what_leads_to_another_place_already_is_refused(mini, tmp_path, gazetteer):
    place = next(place for place in gazetteer if {"geonames", "wikidata"} <= place.identifiers.keys())
    number, item = (place.identifiers[scheme].split(",")[0] for scheme in ("geonames", "wikidata"))
    path = tmp_path / "mine.csv"
    for column, value in (
        ("id", number),
        ("id", f"geonames:{number}"),
        ("id", f"wikidata:{item}"),
        ("geonames", number),
        ("wikidata", item),
    ):
        write(path, f"name,lon,lat,{column}\nZebra farm,36.1,33,{value}\n")
        with pytest.raises(SourceError, match=f"line 2: {column}: '{value}' already leads to .*{place.id}"):
            buldan.load(mini, overlay=path)


def test_an_id_that_is_a_number_leads_to_its_place(mini, tmp_path):
    mine = buldan.load(mini, overlay=write(tmp_path / "mine.csv", HEAD + "Zebra farm,36.1,33,,,7\n"))
    assert mine.place("7").name() == "Zebra farm"


def test_a_part_names_its_whole_by_id_or_code_before_or_after_it(mini, tmp_path, gazetteer):
    content = "id,name,lon,lat,part_of\na,Zebra yard,36.1,33,b\nb,Zebra farm,36.1,33,C2302\n"
    mine = buldan.load(mini, overlay=write(tmp_path / "mine.csv", content))
    assert mine.place("a").part_of == "b"
    assert mine.place("b").part_of == gazetteer.place("C2302").id


def test_names_in_other_scripts_stand_beside_one_that_can_be_found(tmp_path):
    path = write(tmp_path / "a.csv", "name,lon,lat,names\nZebra farm,36.3,33.4,Зебра|ܙܒܪܐ\n")
    assert [name.script for name in read_overlay(path).names] == ["Latn", "Cyrl", "Syrc"]


def test_what_is_nested_deeply_is_quoted_no_deeper_than_one_reads():
    deep = None
    for _ in range(100_000):
        deep = [deep]
    for cells, said in (({"name": deep}, "is not text"), ({"name": "A", "names": [deep]}, "is not text")):
        with pytest.raises(SourceError, match=said) as caught:
            read_overlay({"features": [feature({"type": "Point", "coordinates": [36.3, 33.4]}, **cells)]})
        assert len(str(caught.value)) < 200


FILES = [
    ("none.csv", None, "cannot be read"),
    ("a.csv", "name,lon,lat\nيلدا,36.3,33.4\n".encode("windows-1256"), "line 2: not UTF-8"),
    ("a.geojson", b'{"features": [\n', "line 2: not JSON"),
    ("a.geojson", b"[" * 100_000, "nested far too deep"),
    ("a.docx", b"x", "an overlay is a .csv or .geojson file"),
]


@pytest.mark.parametrize(("name", "content", "message"), FILES)
def test_a_file_that_cannot_be_read_is_named(mini, tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=f"{name}.*{message}"):
        buldan.load(mini, overlay=tmp_path / name)


def test_the_command_line_takes_an_overlay_and_says_what_is_wrong_in_one_line(mini, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(opening, "find_packaged_gazetteer", lambda: mini)
    table = write(tmp_path / "in.csv", "place\nCheckpoint Zebra\n")
    mine = write(tmp_path / "mine.csv", GOOD)
    command = ["geocode", str(table), "--name", "place", "-o", str(tmp_path / "out.csv"), "--overlay"]
    with pytest.raises(SystemExit) as left:
        main([*command, str(mine)])
    assert left.value.code == 0
    assert "zebra" in (tmp_path / "out.csv").read_text("utf-8")
    write(mine, HEAD + "A,36.1,,,,\n")
    with pytest.raises(SystemExit) as left:
        main([*command, str(mine)])
    assert left.value.code == 2
    assert capsys.readouterr().err.strip().splitlines()[-1] == f"buldan: {mine}, line 2: lat: is empty; give degrees"


@pytest.mark.parametrize("radius", [-1, 0, float("nan"), float("inf")])
def test_a_radius_that_is_no_distance_is_refused(gazetteer, radius):
    with pytest.raises(buldan.QueryError, match="radius_km must be"):
        gazetteer.reverse(lon=36.3, lat=33.5, radius_km=radius)
