"""Exports: every place, name and id comes back out of every format."""

import csv
import json
import subprocess
import sys

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyproj
import pytest
from pyld import jsonld

from buldan.cli import main
from buldan.errors import QueryError, SourceError
from buldan.export import export_gazetteer, make_linked_places
from buldan.export.flat import BETWEEN_NAMES


@pytest.fixture(scope="module")
def places(gazetteer):
    return list(gazetteer)


@pytest.fixture(scope="module")
def telling(places):
    """Every tenth place, every unit, all outlines, and of every character that a name has a place that has it."""
    chosen, seen = set(), set()
    for position, place in enumerate(places):
        characters = set("".join(names_of(place)))
        if position % 10 == 0 or place.area or (place.pcode or "").startswith("SY") or not characters <= seen:
            chosen.add(position)
            seen |= characters
    chosen.add(max(range(len(places)), key=lambda position: len(places[position].names)))
    return [places[position] for position in sorted(chosen)]


def names_of(place):
    return list(dict.fromkeys(name.text for name in place.names))


def opened(path):
    if path.name.endswith(".parquet"):
        return gpd.read_parquet(path)
    if path.suffix in {".csv", ".tsv"}:
        return pd.read_csv(path, dtype=str, sep="\t" if path.suffix == ".tsv" else ",", keep_default_na=False)
    if path.suffix == ".xlsx":
        return pd.read_excel(path, dtype=str)
    return gpd.read_file(path, layer="places") if path.suffix == ".gpkg" else gpd.read_file(path)


def written_names(cell):
    if isinstance(cell, str) and not cell.startswith("["):
        return cell.split(BETWEEN_NAMES)
    entries = json.loads(cell) if isinstance(cell, str) else cell
    return list(dict.fromkeys(entry.get("name") or entry.get("text") for entry in entries))


@pytest.mark.parametrize("ending", [".parquet", ".csv"])
def test_all_places_round_trip(tmp_path, places, gazetteer, ending):
    check_round_trip(tmp_path / f"syria{ending}", places, gazetteer.manifest)


@pytest.mark.parametrize("ending", [".geojson", ".geojsonl", ".gpkg", ".fgb", ".tsv", ".xlsx"])
def test_places_of_every_kind_round_trip(tmp_path, telling, gazetteer, ending):
    check_round_trip(tmp_path / f"syria{ending}", telling, gazetteer.manifest)


def check_round_trip(path, places, manifest):
    """Write places, read them again, and compare all that a file may lose."""
    export_gazetteer(path, places, manifest)
    frame = opened(path).set_index("id")
    assert len(frame) == len(places)
    rows = frame.loc[[place.id for place in places]]
    assert [written_names(cell) for cell in rows["names"]] == [names_of(place) for place in places]
    points = [(place.lon, place.lat) for place in places]
    assert np.abs(rows[["lon", "lat"]].astype(float).to_numpy() - points).max() <= 1e-9
    assert list(rows["kind"]) == [place.kind for place in places]
    if isinstance(frame, gpd.GeoDataFrame):
        assert pyproj.CRS(frame.crs).to_authority() in {("EPSG", "4326"), ("OGC", "CRS84")}
        assert frame.geometry.x.to_numpy() == pytest.approx(frame["lon"].to_numpy())


def test_the_geopackage_has_names_and_outlines(tmp_path, telling, gazetteer):
    path = tmp_path / "syria.gpkg"
    export_gazetteer(path, telling, gazetteer.manifest)
    assert {layer for layer, _ in pyogrio.list_layers(path)} == {"places", "areas", "names"}
    names = pyogrio.read_dataframe(path, layer="names")
    assert len(names) == sum(len(place.names) for place in telling)
    areas = gpd.read_file(path, layer="areas")
    assert set(areas["id"]) == {place.id for place in telling if place.area}
    assert areas.geometry.is_valid.mean() > 0.95
    schematic = {place.id for place in telling if place.area and "schematic_km" in place.area}
    assert set(areas["id"][areas["schematic_km"] == 5]) == schematic


@pytest.mark.parametrize("bom", [True, False])
def test_a_csv_opens_in_excel_when_asked(tmp_path, places, gazetteer, bom):
    path = tmp_path / "syria.csv"
    export_gazetteer(path, places[:50], gazetteer.manifest, bom=bom)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") == bom
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == [place.id for place in places[:50]]


GEOJSON, LPO, DCT = (
    "https://purl.org/geojson/vocab#",
    "http://linkedpasts.org/ontology/lpo_latest.ttl#",
    "http://purl.org/dc/terms/",
)
IDENTIFIER, LABEL = {"@type": "@id"}, "http://www.w3.org/2000/01/rdf-schema#label"
MEANINGS = {
    "type": "@type", "Feature": f"{GEOJSON}Feature", "FeatureCollection": f"{GEOJSON}FeatureCollection",
    "Point": f"{GEOJSON}Point", "features": f"{LPO}hasFeature", "properties": f"{GEOJSON}properties",
    "geometry": "https://github.com/kgeographer/geojson-t/geometry",
    "coordinates": {"@id": f"{GEOJSON}coordinates", "@container": "@list"},
    "title": f"{DCT}title", "license": f"{DCT}license", "identifier": f"{DCT}identifier", "lang": f"{DCT}language",
    "label": LABEL, "ccodes": "http://www.geonames.org/ontology#countryCode",
    "when": f"{LPO}when", "timespans": f"{LPO}timespan", "start": f"{LPO}has_start", "in": f"{LPO}in",
    "latest": f"{LPO}latest", "end": f"{LPO}has_end", "certainty": f"{LPO}has_certainty",
    "names": f"{LPO}name_attestation", "toponym": f"{LPO}toponym",
    "citations": {"@id": "http://purl.org/spar/cito#cites", **IDENTIFIER},
    "types": f"{LPO}type_attestation", "sourceLabels": f"{LPO}source_label",
    "links": f"{LPO}link_attestation", "exactMatch": "http://www.w3.org/2004/02/skos/core#exactMatch",
    "relations": f"{LPO}rel_attestation", "relationType": f"{LPO}relation_type", "relationTo": f"{LPO}relation_to",
}  # fmt: skip
"""What the published context (version 1.1) says that the members we write mean."""

OUR_OWN = ("fclasses", "position", "radius_km", "attribution")
"""Members of which the context does not speak: read as GeoJSON, passed over as JSON-LD."""


@pytest.fixture(scope="module")
def some(places):
    """Every unit, every twentieth of the other places, and what these are part of, up to the widest."""
    by_id = {place.id: place for place in places}
    chosen = {p.id for position, p in enumerate(places) if (p.pcode or "").startswith("SY") or position % 20 == 0}
    while missing := {by_id[id_].part_of for id_ in chosen if by_id[id_].part_of} - chosen:
        chosen |= missing
    return [place for place in places if place.id in chosen]


@pytest.fixture(scope="module")
def graph(some, gazetteer):
    """Linked Places as a reader of JSON-LD understands it: features by their addresses."""
    document = json.loads(json.dumps(make_linked_places(some, gazetteer.manifest)))

    def load(url, _=None):
        assert url.endswith("/linkedplaces-context-v1.1.jsonld")
        return {"document": {"@context": MEANINGS}, "documentUrl": url, "contextUrl": None}

    (collection,) = jsonld.expand(document, {"documentLoader": load, "base": "relative:"})
    return {feature["@id"]: feature for feature in collection[f"{LPO}hasFeature"]}


def test_linked_places_means_what_the_published_context_says(some, graph):
    assert len(graph) == len(some)
    for place in some:
        feature = graph[f"urn:buldan:{place.id}"]
        assert feature["@type"] == [f"{GEOJSON}Feature"]
        toponyms = [name[f"{LPO}toponym"][0]["@value"] for name in feature[f"{LPO}name_attestation"]]
        assert sorted(toponyms) == sorted(name.text for name in place.names)
        (geometry,) = feature["https://github.com/kgeographer/geojson-t/geometry"]
        lon, lat = (number["@value"] for number in geometry[f"{GEOJSON}coordinates"][0]["@list"])
        assert (lon, lat) == pytest.approx((place.lon, place.lat))
        for relation in feature.get(f"{LPO}rel_attestation", []):
            assert relation[f"{LPO}relation_to"][0]["@value"] in graph


def test_linked_places_lead_to_a_service_where_one_is_named(some, gazetteer):
    document = make_linked_places(some, gazetteer.manifest, public_url="https://maps.example/buldan/")
    ids = {feature["@id"] for feature in document["features"]}
    assert ids == {f"https://maps.example/buldan/places/{place.id}" for place in some}
    relations = [relation for feature in document["features"] for relation in feature.get("relations", [])]
    assert relations
    assert all(relation["relationTo"].startswith("https://maps.example/buldan/places/") for relation in relations)


def addresses(value):
    """Every `@id` in an expanded document."""
    if isinstance(value, dict):
        own = [value["@id"]] if "@id" in value else []
        return own + [address for member in value.values() for address in addresses(member)]
    return [address for member in value for address in addresses(member)] if isinstance(value, list) else []


def test_linked_places_has_no_address_that_depends_on_where_the_file_lies(graph):
    assert {address.partition(":")[0] for address in addresses(list(graph.values()))} <= {"urn", "http", "https"}


def members(value):
    if isinstance(value, dict):
        return set(value).union(*map(members, value.values()))
    return set().union(*map(members, value)) if isinstance(value, list) else set()


def test_linked_places_has_what_the_format_requires(telling, gazetteer):
    collection = make_linked_places(telling, gazetteer.manifest)
    assert collection["type"] == "FeatureCollection"
    assert members(collection) <= {*MEANINGS, "@context", "@id", *OUR_OWN}
    for feature in collection["features"]:
        assert feature["properties"]["title"]
        assert feature["properties"]["ccodes"] == ["SY"]
        assert set(feature["properties"]["fclasses"]) <= set("AHLPRST")
        assert feature["properties"]["fclasses"]
        assert any("citations" in name for name in feature["names"])
        assert all(span["start"]["latest"][:4].isdigit() for span in feature["when"]["timespans"])
        for kind in feature["types"]:
            assert kind.get("identifier", "aat:300000000").startswith("aat:300")
        for link in feature.get("links", []):
            assert link["type"] == "exactMatch"
            assert link["identifier"].startswith("http")
        for relation in feature.get("relations", []):
            assert relation["relationType"] == "gvp:broaderPartitive"


def test_linked_places_tell_how_a_point_is_known(tmp_path, gazetteer):
    by_position = {place.position: place for place in gazetteer}
    path = tmp_path / "syria.lpf.json"
    export_gazetteer(path, list(by_position.values()), gazetteer.manifest)
    features = json.loads(path.read_text("utf-8"))["features"]
    told = {feature["properties"]["position"]: feature["geometry"]["certainty"] for feature in features}
    assert told == {
        "surveyed": "certain", "outline": "certain", "settlement": "less-certain", "estimated": "uncertain",
    }  # fmt: skip


def test_linked_places_opens_as_geojson(tmp_path, some, gazetteer):
    path = tmp_path / "syria.lpf.json"
    export_gazetteer(path, some, gazetteer.manifest)
    assert len(gpd.read_file(path)) == len(some)


def test_a_path_that_cannot_be_written_is_named(tmp_path, places, gazetteer):
    for ending in (".csv", ".geojson", ".gpkg", ".lpf.json", ".shp"):
        with pytest.raises(SourceError, match="there is no folder"):
            export_gazetteer(tmp_path / "none" / f"a{ending}", places, gazetteer.manifest)
    with pytest.raises(QueryError, match=r"use one of .*\.gpkg"):
        export_gazetteer(tmp_path / "a.docx", places, gazetteer.manifest)
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_fails_in_the_middle_leaves_what_was_there(tmp_path, places, gazetteer):
    class Broken(list):
        def __iter__(self):
            yield from places[:100]
            raise QueryError("stop here")

        def __getitem__(self, position):
            raise QueryError("stop here")

    for ending in (".geojson", ".geojsonl", ".lpf.json", ".csv", ".parquet", ".gpkg", ".fgb"):
        path = tmp_path / f"a{ending}"
        path.write_text("before")
        with pytest.raises(QueryError, match="stop here"):
            export_gazetteer(path, Broken(places), gazetteer.manifest)
        assert path.read_text() == "before"
    assert not list(tmp_path.glob(".*"))


def test_the_command_line_exports_kinds(tmp_path, gazetteer, capsys):
    with pytest.raises(SystemExit) as left:
        main(["export", str(tmp_path / "towns.csv"), "--kind", "city", "--kind", "town"])
    assert left.value.code == 0
    with (tmp_path / "towns.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["kind"] for row in rows} == {"city", "town"}
    assert len(rows) == sum(place.kind in {"city", "town"} for place in gazetteer)


def test_a_full_disk_is_one_line(mini, tmp_path):
    script = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from pathlib import Path\n"
        "from buldan.cli import main\n"
        "from buldan.index import opening\n"
        "opening.find_packaged_gazetteer = lambda: Path(sys.argv[1])\n"
        "opening.open_index()  # an index that is not kept yet is larger, too\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "main(sys.argv[2:])\n"
    )
    for ending in (".geojson", ".gpkg", ".parquet"):
        command = [sys.executable, "-c", script, mini, "export", str(tmp_path / f"a{ending}")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 2, (ending, done.stderr[-1500:])
        assert "cannot be written" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", [".kml", ".kmz", ".shp"])
def test_places_go_to_google_earth_and_to_old_gis(tmp_path, places, gazetteer, ending):
    path = tmp_path / f"some{ending}"
    export_gazetteer(path, places[:200], gazetteer.manifest)
    frame = gpd.read_file(path)
    assert len(frame) == 200
    assert frame.geometry.iloc[0].x == pytest.approx(places[0].lon, abs=1e-6)


def test_choices_of_a_form_stand_under_their_units(tmp_path, gazetteer):
    chosen = [gazetteer.place(code) for code in ("C1664", "C6124")]
    export_gazetteer(tmp_path / "choices.csv", chosen, gazetteer.manifest)
    rows = list(csv.DictReader((tmp_path / "choices.csv").open(encoding="utf-8")))
    assert [(row["list_name"], row["name"]) for row in rows] == [
        ("governorate", "SY02"),
        ("governorate", "SY12"),
        ("district", "SY0204"),
        ("district", "SY1203"),
        ("subdistrict", "SY020405"),
        ("subdistrict", "SY120303"),
        ("place", "C1664"),
        ("place", "C6124"),
    ]
    town = rows[-2]
    assert (town["label::English (en)"], town["label::Arabic (ar)"]) == ("Suran", "صوران")
    assert (town["governorate"], town["district"], town["subdistrict"]) == ("SY02", "SY0204", "SY020405")
    assert "OCHA" in rows[0]["attribution"]
    assert not any(row["attribution"] for row in rows[1:])
