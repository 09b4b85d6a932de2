"""Publishers' files as they are, and as they must not be: missing, cut, rearranged."""

import tarfile

import pytest

from buldan.compile.reading import iter_rows
from buldan.compile.sources.airports import read_airports
from buldan.compile.sources.geonames import read_cities
from buldan.compile.sources.natural_earth import read_waters
from buldan.compile.sources.ocha_admin import read_units
from buldan.compile.sources.ocha_places import read_communities, read_neighbourhoods
from buldan.compile.sources.opensyria import read_transport, read_unit_names
from buldan.compile.sources.pleiades import read_sites
from buldan.compile.sources.syriaca import read_places
from buldan.compile.sources.ucdp import read_features
from buldan.compile.sources.universities import read_universities
from buldan.compile.sources.whosonfirst import read_localities
from buldan.compile.sources.wri import read_power_plants
from buldan.errors import SourceError

READERS = {
    "ocha-cod/syr_admin2.geojson": read_units,
    "ocha-cod/syr_populatedplaces.csv": read_communities,
    "ocha-cod/syr_admincapitals.csv": read_communities,
    "ocha-cod/syr_neighborhoods.csv": read_neighbourhoods,
    "ocha-cod/syr_neighborhoods.geojson": read_neighbourhoods,
    "opensyria/subdistricts.json": read_unit_names,
    "opensyria/transport_locations.json": read_transport,
    "airports/airports_sy.csv": read_airports,
    "natural-earth/ne_10m_lakes_syria.geojson": read_waters,
    "pleiades/pleiades_syria.csv": read_sites,
    "syriaca/syriaca_places_syria_bbox.csv": read_places,
    "syriaca/places_tei.tsv": read_places,
    "opensyria/universities.json": read_universities,
    "geonames-cities500/geonames_cities500_SY.tsv": read_cities,
    "wri/wri_global_power_plants_syria.csv": read_power_plants,
    "ucdp/features.tsv": read_features,
    "whosonfirst/whosonfirst-data-admin-sy.tar.gz": read_localities,
}


@pytest.fixture
def sources(shared, tmp_path):
    """The publishers' files, by links, so that one can be damaged."""
    for path in (shared / "sources").rglob("*"):
        if path.is_file():
            link = tmp_path / path.relative_to(shared / "sources")
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(path)
    return tmp_path


def damage(path, how):
    content = path.resolve().read_bytes()
    path.unlink()
    if how == "cut":
        path.write_bytes(content[: len(content) * 2 // 3])
    elif how == "cut at a line":
        path.write_bytes(b"".join(content.splitlines(keepends=True)[: content.count(b"\n") * 2 // 3]))
    elif how == "cut in the last cell":
        path.write_bytes(content.rstrip()[:-1])
    elif how == "empty":
        path.write_bytes(b"")


@pytest.mark.parametrize(
    ("file", "how"),
    [
        (file, how)
        for file in READERS
        for how in ("missing", "cut", "cut at a line", "cut in the last cell", "empty")
        if not (file.endswith(".gz") and how == "cut at a line")  # what is packed has no lines: it is cut as well
    ],
)
def test_a_damaged_file_is_refused_by_name(sources, file, how):
    damage(sources / file, how)
    with pytest.raises(SourceError) as refusal:
        list(READERS[file](sources))
    assert file.rpartition("/")[2] in str(refusal.value)


@pytest.mark.parametrize("file", [file for file in READERS if file.endswith((".csv", ".tsv"))])
def test_a_table_with_other_columns_is_refused_at_its_first_line(sources, file):
    path = sources / file
    header, _, rest = path.resolve().read_text("utf-8-sig").partition("\n")
    path.unlink()
    path.write_text(header.replace("lat", "breadth").replace("_en", "_english").replace("coord", "place") + "\n" + rest)
    with pytest.raises(SourceError, match=r"line 1: the column .* is missing"):
        list(READERS[file](sources))


def test_a_row_cut_in_the_middle_names_its_line(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("a,b,c\n1,2,3\n4,5\n")
    with pytest.raises(SourceError, match="line 3: 2 cells instead of 3"):
        list(iter_rows(path, ("a", "b")))


def test_a_newline_within_a_cell_is_no_new_row(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('a,b\n"1\n2",3\n4,5\n')
    assert [(row["a"], row.line) for row in iter_rows(path, ("a",))] == [("1\n2", 3), ("4", 4)]


def test_a_tar_that_holds_something_else_is_refused(sources, tmp_path):
    path = sources / "whosonfirst/whosonfirst-data-admin-sy.tar.gz"
    path.unlink()
    stray = tmp_path / "x.geojson"
    stray.write_text('{"type": "Feature", "properties": {}}')
    with tarfile.open(path, "w:gz") as archive:
        archive.add(stray, "data/x.geojson")
    with pytest.raises(SourceError, match=r"x.geojson: no 'wof:placetype'"):
        list(read_localities(sources))


def test_ocha_s_traps_are_stepped_over(shared):
    communities = {record.source_id: record for record in read_communities(shared / "sources")}
    assert len(communities) == 7593
    assert [name.text for name in communities["C8337"].names] == ["طويرش", "Twersh"]
    assert {"الهالة", "خس هبال"} <= {name.text for name in communities["C5763"].names}
    kinds = {pcode: communities[pcode].kind for pcode in ("C1001", "C1007", "C1484", "C1002", "C2914")}
    assert kinds == {"C1001": "city", "C1007": "city", "C1484": "town", "C1002": "village", "C2914": "village"}
    quarters = list(read_neighbourhoods(shared / "sources"))
    assert sum("pcode" in record.identifiers for record in quarters) == 414
    assert all("<Null>" not in name.text for record in quarters for name in record.names)


def test_who_s_on_first_is_read_without_the_superseded(shared):
    records = {record.source_id: record for record in read_localities(shared / "sources")}
    assert "1125781547" not in records  # Manbij, superseded
    qabuh = records["1326543029"]
    assert {(name.text, name.lang, name.script) for name in qabuh.names} >= {
        ("Qabūḩ", "ar", "Latn"),
        ("قبوح", "ar", "Arab"),
    }


@pytest.mark.parametrize(
    ("name", "kind", "names"),
    [
        ("Sayqal/Sein Military Airbase", "airbase", {"Sayqal Military Airbase", "Sein Military Airbase"}),
        ("Euphrates Dam/Al-Tabaqa Dam", "dam", {"Euphrates Dam", "Al-Tabaqa Dam"}),
        ("Al Arbaeen mountain", "mountain", {"Al Arbaeen mountain", "Al Arbaeen"}),
        ("Red Hills (Tulul al-Hamar)", "mountain", {"Red Hills", "Tulul al-Hamar"}),
        ("Road between Maarrat an-Numan and Saraqib", "facility", set()),
        ("Maleh oil field", "oil-field", {"Maleh oil field"}),
    ],
)
def test_the_words_of_a_feature_tell_its_kind(tmp_path, monkeypatch, name, kind, names):
    monkeypatch.setattr("buldan.compile.sources.ucdp._LEAST_ROWS", 1)
    (tmp_path / "ucdp").mkdir()
    (tmp_path / "ucdp" / "features.tsv").write_text(f"name\tadm1\tlat\tlon\tn\tprec\n{name}\tx\t34\t37\t1\t2\n")
    (record,) = read_features(tmp_path)
    assert (record.kind, {n.text for n in record.names}, record.radius_km) == (kind, names, 10.0)


@pytest.mark.parametrize(
    ("title", "names", "description", "kind", "texts"),
    [
        ("(H)Emesa", "", "", "site", {"Emesa", "Hemesa"}),
        ("Larissa/Sizara", "", "", "site", {"Larissa", "Sizara"}),
        ("*Telmenissos?", "", "", "site", {"Telmenissos"}),
        ("Orontes (river)", "Axios", "", "river", {"Orontes", "Axios"}),
        ("Block B5", "", "City block of Dura-Europos", "site", {"Block B5, Dura-Europos"}),
        ("E5 Barracks", "", "", "site", {"E5 Barracks"}),
        ("Untitled", "", "", "site", None),
    ],
)
def test_pleiades_signs_are_read(tmp_path, monkeypatch, title, names, description, kind, texts):
    monkeypatch.setattr("buldan.compile.sources.pleiades._LEAST_ROWS", 1)
    (tmp_path / "pleiades").mkdir()
    header = "pleiades_id,title,names,names_ar,lon,lat,description,location_precision"
    (tmp_path / "pleiades" / "pleiades_syria.csv").write_text(
        f"{header}\n1,{title},{names},,37,35,{description},precise\n"
    )
    records = list(read_sites(tmp_path))
    assert [(r.kind, {n.text for n in r.names}) for r in records] == ([(kind, texts)] if texts else [])


def test_what_stands_in_an_excavation_is_a_part_of_it(tmp_path, monkeypatch):
    monkeypatch.setattr("buldan.compile.sources.pleiades._LEAST_ROWS", 1)
    (tmp_path / "pleiades").mkdir()
    (tmp_path / "pleiades" / "pleiades_syria.csv").write_text(
        "pleiades_id,title,names,names_ar,lon,lat,description,location_precision\n"
        "893990,D(o)ura/Europos,,,40.72987,34.74789,,precise\n"
        "1,E5 Barracks,,,40.7275,34.7500,,precise\n"
        "2,Hatra Road Mound,,,40.7700,34.7500,,precise\n"
    )
    whole, part, apart = read_sites(tmp_path)
    assert (whole.part_of, part.part_of, apart.part_of) == ("", "pleiades:893990", "")
    assert [name.text for name in part.names] == ["E5 Barracks, Dura-Europos"]
