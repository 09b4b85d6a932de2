"""Our own tables: rows that break a rule are refused, with file, line and rule."""

import pytest
from shapely import box

from buldan.compile.curated_rules import check_rows
from buldan.compile.ground import Ground
from buldan.compile.sources.curated import read_curated, reference
from buldan.errors import SourceError

PLACES = [
    *("key", "kind", "name_en", "name_ar", "names", "lon", "lat", "radius_km", "within", "part_of"),
    *("identifiers", "verified", "reasoning"),
]
NAMES = ["place", "name", "lang", "kind", "reasoning"]
GOOD = {
    "key": "eastern-ghouta",
    "kind": "region",
    "name_en": "Eastern Ghouta",
    "name_ar": "الغوطة الشرقية",
    "names": "ar:الغوطة | tr/exonym:Doğu Guta | en/abbreviation:EG",
    "lon": "36.45",
    "lat": "33.53",
    "radius_km": "15",
    "within": "SY03",
    "verified": "inside:SY03",
}
GROUND = Ground({"SY030200": box(36, 33, 37, 34), "SY020000": box(36, 35, 38, 37)})


def write(folder, *rows, columns=PLACES, name="places-test.tsv"):
    lines = ["\t".join(columns), *("\t".join(row.get(column, "") for column in columns) for row in rows)]
    (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def read(folder):
    return check_rows(read_curated(folder), GROUND, {"pcode:C2338": (36.40, 33.57)})


def test_a_good_row_is_read_whole(tmp_path):
    write(tmp_path, GOOD)
    (record,) = read(tmp_path)
    assert record.within == "SY030200"
    assert {(name.text, name.lang, name.kind) for name in record.names} == {
        ("Eastern Ghouta", "en", "official"),
        ("الغوطة الشرقية", "ar", "official"),
        ("الغوطة", "ar", "variant"),
        ("Doğu Guta", "tr", "exonym"),
        ("EG", "en", "abbreviation"),
    }


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"lon": "33.53", "lat": "36.45"}, "swapped"),
        ({"lon": "39", "lat": "35"}, "border$"),
        ({"lon": "35.9", "lat": "37.3"}, "border; lon and lat look swapped"),
        ({"lon": "44.4"}, "outside Syria"),
        ({"lat": "33,53"}, "not a number"),
        ({"lon": "35.61", "lat": "34.5"}, "outside Syria's border"),
        ({"lon": "36.9", "lat": "35.9"}, "outside its within"),
        ({"kind": "galaxy"}, "unknown kind 'galaxy'"),
        ({"key": "Eastern Ghouta"}, "lower-case words"),
        ({"name_en": "Ghouta الشرقية"}, "another script"),
        ({"name_ar": "Ghouta"}, "another script"),
        ({"names": "ar:الغوطة EG"}, "mixes scripts"),
        ({"names": "ar/nickname:الغوطة"}, "unknown kind 'nickname'"),
        ({"names": "fr:الغوطة"}, "not written as 'fr'"),
        ({"names": "ar:\u200fالغوطة"}, "invisible characters"),
        ({"radius_km": "0"}, "radius_km is 0"),
        ({"identifiers": "pcode=C1"}, "not scheme:value"),
        ({"identifiers": "pcode:C9999"}, "refers to pcode:C9999"),
        ({"part_of": "no-such-key"}, "refers to curated:no-such-key"),
        ({"verified": "by eye"}, "verified is 'by eye'"),
        ({"verified": "near:C9"}, "which no source and no curated table holds"),
        ({"verified": "near:C2338", "lon": "36.9", "lat": "33.1", "radius_km": "1"}, "km from it"),
        ({"verified": "source:hearsay"}, "unknown source 'hearsay'"),
        ({"lon": "", "lat": ""}, "neither coordinates nor an identifier"),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused_with_file_and_line(tmp_path, change, rule):
    write(tmp_path, GOOD | {"key": "fine"}, GOOD | change)
    with pytest.raises(SourceError, match=rule) as refusal:
        read(tmp_path)
    assert "places-test.tsv, line 3" in str(refusal.value)


def test_a_missing_column_is_refused(tmp_path):
    write(tmp_path, GOOD, columns=PLACES[:-1])
    with pytest.raises(SourceError, match="the column 'reasoning' is missing"):
        read(tmp_path)


def test_a_key_is_given_once_over_all_tables(tmp_path):
    write(tmp_path, GOOD)
    write(tmp_path, GOOD, name="places-zzz.tsv")
    with pytest.raises(SourceError, match=r"duplicate key 'eastern-ghouta', which places-test.tsv, line 2"):
        read(tmp_path)


def test_names_are_added_to_places_that_are_there(tmp_path):
    good = {"place": "pcode:C2338", "name": "Duma", "lang": "en", "kind": "variant"}
    write(tmp_path, good, columns=NAMES, name="names-test.tsv")
    (record,) = read(tmp_path)
    assert (record.merge_into, record.names[0].text) == (("pcode:C2338",), "Duma")
    write(tmp_path, good | {"place": "pcode:C9"}, columns=NAMES, name="names-test.tsv")
    with pytest.raises(SourceError, match="refers to pcode:C9"):
        read(tmp_path)


def test_a_usual_spelling_makes_its_place_no_better_known(gazetteer):
    place = gazetteer.place("pcode:C8032")
    spelled = next(name for name in place.names if name.text == "Shughaydila")
    assert spelled.sources == ("curated",)
    assert "curated" not in place.sources
    assert gazetteer.lookup("Shughaydila")[0].place == place


def test_two_places_are_said_to_be_one(tmp_path):
    row = {"place": "pcode:C2338", "other": "geonames:7", "reasoning": "one village, spelled twice"}
    write(tmp_path, row, columns=["place", "other", "reasoning"], name="same.tsv")
    (record,) = read_curated(tmp_path)
    assert (record.merge_into, record.names, record.kind) == (("pcode:C2338", "geonames:7"), (), "")
    write(tmp_path, row | {"other": "pcode:C2338"}, columns=["place", "other", "reasoning"], name="same.tsv")
    with pytest.raises(SourceError, match=r"same\.tsv, line 2: pcode:C2338 is said to be itself"):
        list(read_curated(tmp_path))


def test_all_faults_can_be_had_at_once(tmp_path):
    write(tmp_path, GOOD | {"key": "a", "kind": "galaxy"}, GOOD | {"key": "b", "lon": "50"}, GOOD)
    refused = []
    assert len(list(read_curated(tmp_path, refused=refused))) == 1
    assert [error.line for error in refused] == [2, 3]


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("C1001", "pcode:C1001"),
        ("SY0309", "pcode:SY0309"),
        ("N0110", "pcode:N0110"),
        ("A002", "ocha_area:A002"),
        ("yarmouk-camp", "curated:yarmouk-camp"),
        ("geonames:170654", "geonames:170654"),
        ("", ""),
    ],
)
def test_references_have_a_short_form(text, full):
    assert reference(text) == full


def test_a_dated_name_replaces_the_one_before(gazetteer):
    university = gazetteer.place("curated:tishreen-university")
    told = {name.text: (name.kind, name.start, name.end) for name in university.names}
    assert told["جامعة اللاذقية"] == ("official", "2024-12", "")
    assert told["جامعة تشرين"] == ("former", "1975", "2024-12")
    assert university.name_ar == "جامعة اللاذقية"
    assert gazetteer.lookup("جامعة تشرين")[0].place == university


def test_a_source_that_lends_its_point_is_named(gazetteer):
    station = gazetteer.place("curated:jandar-power")
    assert (station.position, "wri" in station.sources) == ("surveyed", True)
    assert "World Resources Institute" in gazetteer.manifest.attribution
