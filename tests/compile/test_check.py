"""`buldan check` finds what is wrong, and only that."""

import pytest

from buldan.compile.check import check_gazetteer
from buldan.errors import GazetteerError
from buldan.index import find_packaged_gazetteer
from buldan.store import NameRecord


def found(folder):
    """Rules broken, apart from the P-codes that so small a gazetteer lacks."""
    return {(f.rule, f.where) for f in check_gazetteer(folder) if not (f.rule == "pcode" and f.where in LACKING)}


LACKING = ("SY1", "SY2", "SY3", "C", "N")


def named(text, lang="ar", script="Arab", kind="variant", sources=("ocha",), place="bd00000003"):
    return NameRecord(place, text, lang, script, kind, sources)


def test_a_sound_gazetteer_breaks_no_rule(make):
    assert found(make()) == set()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"lon": 44.0}, "bounds"),
        ({"radius_km": 0.0}, "bounds"),
        ({"kind": "galaxy"}, "kind"),
        ({"sources": ("hearsay",)}, "kind"),
        ({"admin": "SY999999"}, "admin"),
        ({"lon": 37.2, "identifiers": {"geonames": "1"}}, "admin"),
        ({"part_of": "bd0000000z"}, "orphan"),
        ({"name_en": "", "name_ar": ""}, "name"),
    ],
)
def test_a_place_that_breaks_a_rule_is_found(make, small, change, rule):
    town = small.town._replace(**change)
    folder = make(places=(small.unit, small.country, town), names=small.names_of(small.unit, small.country, small.town))
    assert (rule, small.town.id) in found(folder)


def test_two_places_that_are_parts_of_each_other_are_found(make, small):
    places = small.unit._replace(part_of=small.town.id), small.country, small.town._replace(part_of=small.unit.id)
    problems = found(make(places=places, names=small.names_of(small.unit, small.country, small.town)))
    assert {("orphan", small.unit.id), ("orphan", small.town.id)} <= set(problems)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        (named("دوما"), "duplicate"),
        (named("الدوما\u200f"), "name"),
        (named("Doúma".replace("ú", "u\u0301"), "en", "Latn"), "name"),
        (named(" دومة"), "name"),
        (named("Douma", "en", "Arab"), "name"),
        (named("Douma", "syc", "Armn"), "name"),
        (named("دوما T4"), "name"),
        (named("Douma", "en", "Latn", kind="nickname"), "kind"),
        (named("Douma", "en", "Latn", sources=("hearsay",)), "kind"),
        (named("Douma", "en", "Latn", place="bd0000000z"), "orphan"),
    ],
)
def test_a_name_that_breaks_a_rule_is_found(make, small, name, rule):
    folder = make(names=[*small.names_of(small.unit, small.country, small.town), name])
    assert (rule, name.place) in found(folder)


def test_ocha_s_own_misfits_are_known(make, small):
    folder = make(places=(small.unit, small.country, small.town._replace(lon=37.2)))
    assert [(f.rule, f.known) for f in check_gazetteer(folder) if f.where == small.town.id] == [("admin", True)]


def test_two_records_of_one_name_on_one_spot_are_found(make, small):
    twin = small.town._replace(id="bd00000004", lon=36.402, identifiers={"geonames": "5"})
    far = small.town._replace(id="bd00000005", lon=36.42, identifiers={"geonames": "6"})
    folder = make(places=(small.unit, small.country, small.town, twin, far))
    assert found(folder) == {("duplicate", small.town.id)}


def test_one_identifier_of_two_places_is_found(make, small):
    folder = make(places=(small.unit, small.country, small.town, small.town._replace(id="bd00000004", lon=36.8)))
    assert ("duplicate", "pcode:C2338") in found(folder)


def test_a_unit_that_became_something_else_is_found(make, small):
    folder = make(places=(small.unit._replace(kind="port"), small.country, small.town))
    assert ("pcode", small.unit.id) in found(folder)


def test_a_retired_id_that_lives_is_found(make, small):
    assert ("orphan", small.town.id) in found(make(retired={small.town.id: small.country.id}))


def test_a_file_that_was_edited_is_found(make, small):
    folder = make()
    path = folder / "names.tsv"
    path.write_text(path.read_text("utf-8") + f"{small.town.id}\tدومه\tar\tArab\tvariant\tocha\t\t\n", encoding="utf-8")
    assert ("files", str(folder)) in found(folder)


def test_a_curated_row_that_is_not_compiled_yet_is_found(make):
    folder = make()
    (folder / "curated").mkdir()
    row = dict.fromkeys(COLUMNS, "")
    row |= {"key": "x", "kind": "dam", "name_en": "X Dam", "lon": "36.5", "lat": "33.5"}
    (folder / "curated" / "places-x.tsv").write_text("\t".join(COLUMNS) + "\n" + "\t".join(row.values()) + "\n")
    (finding,) = (f for f in check_gazetteer(folder) if f.rule == "curated")
    assert "recompile" in finding.message


COLUMNS = (
    *("key", "kind", "name_en", "name_ar", "names", "lon", "lat", "radius_km", "within", "part_of"),
    *("identifiers", "verified", "reasoning"),
)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"name_ar": "مزارع دوما"}, "makes it a part"),
        ({"name_ar": "حي دوما"}, "makes it a part"),
        ({"name_ar": "دوما"}, ""),
        ({"name_ar": "مدينة دوما"}, ""),
        ({"name_ar": "الزبداني", "names": "دوما"}, "no source calls so"),
        ({"name_ar": "الزبداني", "identifiers": "pcode:C2338"}, ""),
        ({"name_ar": "دوما", "lon": "36.45"}, "from its point"),
        ({"name_ar": "دوما", "lon": "36.45", "radius_km": "6"}, ""),
    ],
)
def test_a_row_joined_with_what_it_does_not_mean_is_found(make, small, row, found):
    town = small.town._replace(identifiers={"pcode": "C2338", "curated": "x"})
    folder = make(places=(small.unit, small.country, town))
    (folder / "curated").mkdir()
    row = dict.fromkeys(COLUMNS, "") | {"key": "x", "kind": "village", "lon": "36.4", "lat": "33.57"} | row
    (folder / "curated" / "places-x.tsv").write_text("\t".join(COLUMNS) + "\n" + "\t".join(row.values()) + "\n")
    messages = [f.message for f in check_gazetteer(folder) if f.rule == "joined"]
    assert [found in message for message in messages] == [True] * bool(found)


def test_no_gazetteer_is_an_error_not_a_finding(tmp_path):
    with pytest.raises(GazetteerError, match="no gazetteer here"):
        check_gazetteer(tmp_path)


def test_the_gazetteer_that_ships_breaks_no_rule():
    assert [finding for finding in check_gazetteer(find_packaged_gazetteer()) if not finding.known] == []
