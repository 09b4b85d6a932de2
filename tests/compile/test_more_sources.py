"""Power plants, universities, the Syriac Gazetteer's TEI records, GeoNames itself and NGA, by small files of ours."""

import json
from dataclasses import replace

import pytest

from buldan.compile import registry, surroundings
from buldan.compile.cluster import Cluster
from buldan.compile.merge import merge
from buldan.compile.sources import geonames, gns, syriaca, universities, wri
from buldan.errors import SourceError
from buldan.model import Name


def write(path, *rows, delimiter="\t"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{delimiter.join(row)}\n" for row in rows), encoding="utf-8")


@pytest.fixture
def few(monkeypatch):
    """Lets a file be as short as a test's."""
    for module, name in (
        (wri, "_LEAST_ROWS"), (universities, "_LEAST"), (geonames, "_LEAST_CITIES"),
        (syriaca, "_LEAST_ROWS"), (syriaca, "_LEAST_TEI_ROWS"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, 1)


def texts(record):
    return {name.text for name in record.names}


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("Wadi Gas CCGT Power Plant Syria", {"Wadi Gas Power Plant"}),
        ("Nahr (Nahir) Thermal Power Plant", {"Nahr Thermal Power Plant", "Nahir Thermal Power Plant"}),
        ("Tell ( Tall) OCGT Power Plant Syria", {"Tell Power Plant", "Tall Power Plant"}),
        ("New Syria Gate Power Plant Syria", {"New Syria Gate Power Plant"}),
    ],
)
def test_a_power_plant_is_named_without_its_technology(tmp_path, few, name, spellings):
    write(tmp_path / "wri/wri_global_power_plants_syria.csv", ("name", "lat", "lon", "primary_fuel"),
          (name, "34.5", "37.5", "Gas"), delimiter=",")  # fmt: skip
    (plant,) = wri.read_power_plants(tmp_path)
    assert (plant.kind, plant.position, plant.point, texts(plant)) == (
        "power-station", "surveyed", (37.5, 34.5), spellings,
    )  # fmt: skip
    assert plant.identifiers == {"wri": name.replace(" ", "_")}


def test_the_plants_of_the_world_are_cut_to_syria(tmp_path, few):
    write(
        tmp_path / "wri/global_power_plant_database.csv",
        ("country", "country_long", "name", "latitude", "longitude", "primary_fuel"),
        ("JOR", "Jordan", "Azraq", "31.8", "36.8", "Solar"),
        ("SYR", "Syrian Arab Republic", "Wadi Gas CCGT Power Plant Syria", "34.5", "37.5", "Gas"),
        delimiter=",",
    )
    (plant,) = wri.read_power_plants(tmp_path)
    assert (plant.point, texts(plant)) == ((37.5, 34.5), {"Wadi Gas Power Plant"})


def test_all_plants_and_universities_are_read(shared):
    plants = list(wri.read_power_plants(shared / "sources"))
    assert len(plants) == 18
    assert all(plant.position == "surveyed" for plant in plants)
    listed = list(universities.read_universities(shared / "sources"))
    assert len(listed) == 57
    assert sum(university.position == "surveyed" for university in listed) == 26


UNIVERSITY = {"name": {"en": "Our University", "ar": "جامعتنا"}, "aliases": [], "location": {}, "externalIds": {}}


@pytest.fixture
def list_universities(tmp_path, few):
    (tmp_path / "opensyria").mkdir()

    def read(**changes):
        document = json.dumps([{"id": "sy-ours", "sourceIds": ["wikidata"], **UNIVERSITY, **changes}])
        (tmp_path / "opensyria" / "universities.json").write_text(document, encoding="utf-8")
        return list(universities.read_universities(tmp_path))

    return read


def test_a_university_without_a_point_takes_its_town_s(list_universities):
    (known,) = list_universities(id="sy-mari-private-university")
    assert (known.position, known.part_of, known.lon) == ("settlement", "pcode:C3944", None)
    town = replace(known, source_id="C3944", lon=36.7, lat=36.1, part_of="")
    assert registry._place_at_towns([[town], [known]])[1][0].point == (36.7, 36.1)
    with pytest.raises(SourceError, match=r"pcode:C3944, which OCHA does not list"):
        registry._place_at_towns([[], [known]])
    with pytest.raises(SourceError, match=r"sy-ours has no point, and tables/university_towns.tsv no town"):
        list_universities()


def test_what_is_to_be_shared_alike_is_not_taken(list_universities):
    at = {"centroid": {"longitude": 37.0, "latitude": 35.0}}
    (open_,) = list_universities(location=at)
    assert texts(open_) == {"Our University", "جامعتنا"}
    (alike,) = list_universities(location=at, sourceIds=["wikipedia-list-universities-syria"])
    assert not alike.names


def test_a_place_of_the_table_and_of_tei_is_one_record_with_the_names_of_both(tmp_path, few):
    write(tmp_path / "syriaca/syriaca_places_syria_bbox.csv",
          ("syriaca_id", "type", "names_en", "names_ar", "names_syr", "lon", "lat", "links"),
          ("9001", "settlement", "Old Town", "المدينة", "", "37.5", "35.5", ""), delimiter=",")  # fmt: skip
    write(tmp_path / "syriaca/places_tei.tsv", ("syriaca_id", "type", "lat", "lon", "names"),
          ("9001", "settlement", "35.6", "37.6", "en:Old Toun | syr:ܡܕܝܢܬܐ | en-x-srp1:oldtown"),
          ("9002", "region", "35.0", "38.0", "en:Old Land"),
          ("9003", "diocese", "35.0", "38.0", "en:Old See"))  # fmt: skip
    town, land = syriaca.read_places(tmp_path)
    assert (texts(town), town.point) == ({"Old Town", "المدينة", "Old Toun", "ܡܕܝܢܬܐ"}, (37.5, 35.5))
    assert (land.kind, land.radius_km) == ("region", 60.0)


CITY = ("77", "Tall Abyad", "Tall Abyad", "talabyd,tl abyd,تل أبيض الصغير,Tel Abiad", "35.1", "37.1", "P", "PPLA3",
        "SY", "", "10", "", "", "", "6200", "", "500", "Asia/Damascus", "2020-01-01")  # fmt: skip


def test_the_cities_of_the_world_are_cut_to_syria_and_stand_around_its_map(tmp_path, few):
    abroad = ("78", "Kilis", "Kilis", "", "36.7", "37.1", *CITY[6:8], "TR", *CITY[9:])
    write(tmp_path / "geonames-cities500/cities500.txt", CITY, abroad)
    (city,) = geonames.read_cities(tmp_path)
    assert city.identifiers == {"geonames": "77"}
    assert surroundings._read_towns(tmp_path)["geonames:78"] == (37.1, 36.7)


def test_of_a_city_its_arabic_names_and_population_are_read_and_no_skeletons(tmp_path, few):
    write(tmp_path / "geonames-cities500/geonames_cities500_SY.tsv", geonames._DUMP_COLUMNS, CITY)
    (city,) = geonames.read_cities(tmp_path)
    assert (city.kind, city.population, city.identifiers) == ("town", 6200, {"geonames": "77"})
    assert texts(city) == {"Tall Abyad", "تل أبيض الصغير"}


def test_a_place_that_was_abandoned_is_no_town(tmp_path, few):
    gone = (*CITY[:7], "PPLQ", *CITY[8:])
    write(tmp_path / "geonames-cities500/geonames_cities500_SY.tsv", geonames._DUMP_COLUMNS, gone)
    assert [place.kind for place in geonames.read_cities(tmp_path)] == ["village"]


def dump(tmp_path, *features):
    write(tmp_path / "geonames-dump/SY.txt", *features)
    write(tmp_path / "geonames-dump/alternateNamesV2.txt",
          ("1", "77", "ar", "تل أبيض", "1", "", "", "", "", ""),
          ("2", "77", "fr", "Tell-Blanc", "", "", "", "", "", ""),
          ("3", "77", "grc", "Tellos", "", "", "", "1", "", ""),
          ("4", "77", "wkdt", "Q999999999", "", "", "", "", "", ""),
          ("5", "77", "link", "https://example.org/", "", "", "", "", "", ""),
          ("6", "12", "en", "Somewhere in Chile", "", "", "", "", "", ""))  # fmt: skip
    return list(geonames.read_dump(tmp_path))


def feature(id_, code, population="0"):
    fclass, fcode = code.split(".")
    return (*(id_, f"Feature {id_}", "", ""), *CITY[4:6], fclass, fcode, *CITY[8:14], population, *CITY[15:])


def test_the_dump_is_read_with_all_classes_and_names_by_language(tmp_path):
    records = dump(tmp_path, CITY, feature("1", "S.DAM"), feature("2", "T.HLL"), feature("3", "A.ADM2"),
                   feature("4", "H.SPNG"), feature("5", "R.RD"), feature("6", "L.OILF"), feature("7", "S.CSTL"),
                   feature("8", "P.PPLX"), feature("9", "S.NEWCODE"), feature("10", "P.PPL"))  # fmt: skip
    kinds = {record.source_id: record.kind for record in records}
    assert kinds == {
        "77": "town", "1": "dam", "2": "mountain", "4": "spring", "5": "road", "6": "oil-field", "7": "landmark",
        "8": "neighbourhood", "10": "village",
    }  # fmt: skip
    town = records[0]
    assert town.identifiers == {"geonames": "77", "wikidata": "Q999999999"}
    uses = {name.text: (name.lang, name.kind) for name in town.names}
    assert uses["تل أبيض"] == ("ar", "variant")
    assert uses["Tell-Blanc"] == ("fr", "exonym")
    assert uses["Tellos"] == ("grc", "historical")
    assert not {"https://example.org/", "Somewhere in Chile"} & uses.keys()


def test_who_has_no_dump_compiles_without_it_and_a_cut_one_is_refused(tmp_path):
    assert list(geonames.read_dump(tmp_path)) == list(gns.read_features_of_gns(tmp_path)) == []
    with pytest.raises(SourceError, match=r"SY.txt, line 2: 7 cells instead of 19"):
        dump(tmp_path, CITY, CITY[:7])


def test_names_of_one_feature_of_nga_are_one_record(tmp_path):
    header = ("rk", "ufi", "uni", "full_name", "nt", "lat_dd", "long_dd", "desig_cd", "fc", "lang_cd")
    write(tmp_path / "nga-gns/Syria.txt", header,
          ("1", "-9", "1", "Our Old Hill", "V", "35.0", "37.0", "HLL", "T", "eng"),
          ("1", "-9", "2", "Tall Lanā", "N", "35.0", "37.0", "HLL", "T", "ara"),
          ("1", "-9", "3", "تل لنا", "NS", "35.0", "37.0", "HLL", "T", "ara"),
          ("1", "-8", "4", "Our District", "N", "35.0", "37.0", "ADM2", "A", "eng"))  # fmt: skip
    (hill,) = gns.read_features_of_gns(tmp_path)
    assert (hill.kind, hill.point, hill.identifiers) == ("mountain", (37.0, 35.0), {"nga": "-9"})
    assert [(name.text, name.kind) for name in hill.names] == [
        ("Tall Lanā", "attested"), ("تل لنا", "attested"), ("Our Old Hill", "variant"),
    ]  # fmt: skip


def test_an_identifier_that_two_records_share_stands_once():
    name = Name("Plant", "en", "Latn", "variant", ("wri",))
    one = wri.SourceRecord("wri", "a", "power-station", (name,), 37.0, 35.0, identifiers={"wri": "a"})
    both = replace(one, source="curated", identifiers={"curated": "plant", "wri": "a,b"})
    entry = merge(Cluster([one, replace(one, source_id="b", identifiers={"wri": "b"}), both]))
    assert entry.identifiers["wri"].split(",") == ["a", "b"]


def test_a_further_name_that_is_only_a_word_of_kind_is_dropped():
    def village(kind: str, source: str) -> wri.SourceRecord:
        names = (Name("خفية", "ar", "Arab", "official", (source,)), Name("Markaz", "und", "Latn", kind, (source,)))
        return wri.SourceRecord(source, "a", "village", names, 37.0, 35.0, identifiers={source: "a"})

    for kind, source, kept in (
        ("variant", "geonames", ["خفية"]),
        ("attested", "geonames", ["خفية", "Markaz"]),
        ("variant", "curated", ["خفية", "Markaz"]),
    ):
        assert [name.text for name in merge(Cluster([village(kind, source)])).names] == kept
