"""Which records become one place: the claims of `pairs.tsv`, and what must hold for any set of records."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from buldan.compile.conflate import join_batches
from buldan.compile.likeness import qualifiers
from buldan.compile.names import make_name
from buldan.compile.nearness import get_family
from buldan.compile.record import SourceRecord
from buldan.compile.tables import read_table
from buldan.geometry import destination
from buldan.kinds import kinds
from buldan.text import script_of

ORIGIN = (37.0, 35.5)


def pairs():
    with (Path(__file__).parent / "pairs.tsv").open(encoding="utf-8", newline="") as file:
        return [
            pytest.param(*row.values(), id=f"{row['left']} ~ {row['right']}")
            for row in csv.DictReader(file, delimiter="\t")
        ]


def record(name, *, source="geonames", id_="1", km=0.0, kind="village", **more):
    names = name if isinstance(name, tuple) else (name,)
    point = destination(ORIGIN, bearing=90, distance_km=km)
    return SourceRecord(
        source=source,
        source_id=id_,
        kind=kind,
        names=tuple(make_name(text, "ar" if script_of(text) == "Arab" else "und", sources=[source]) for text in names),
        lon=point.lon,
        lat=point.lat,
        identifiers={source if source != "ocha" else "pcode": id_},
        **more,
    )


def joined(*batches):
    """The ids of each cluster."""
    return [sorted(r.source_id for r in cluster.records) for cluster in join_batches(batches).clusters]


@pytest.mark.parametrize(("left", "right", "km", "one", "_why"), pairs())
def test_pairs(left, right, km, one, _why):
    ours = record(left, source="ocha", id_="C1", kind="city" if left == "Manbij" else "village")
    clusters = joined([ours], [record(right, id_="2", km=float(km))])
    assert clusters == ([["2", "C1"]] if one == "yes" else [["C1"], ["2"]])


def test_a_part_is_not_its_whole_though_it_is_named_after_it():
    whole = record(("الوعر", "Al-Waer"), source="ocha", id_="N1", kind="neighbourhood")
    islands = record("الجزيرة", source="curated", id_="islands", kind="neighbourhood", km=0.5, part_of="pcode:N1")
    named = ("الجزيرة الثامنة بالوعر", "Eighth Island of Waer")
    part = record(named, source="curated", id_="eighth", kind="neighbourhood", part_of="curated:islands")
    assert joined([whole], [islands, part]) == [["N1"], ["islands"], ["eighth"]]
    # Without that it would be one: all words of the one name are in the other.
    assert ["N1", "eighth"] in joined([whole], [replace(part, part_of="")])


def test_of_two_homonyms_the_nearer_is_the_place():
    ocha = [record("جديدة", source="ocha", id_="C1"), record("جديدة", source="ocha", id_="C2", km=3)]
    assert joined(ocha, [record("جديدة", id_="7", km=2.4)]) == [["C1"], ["7", "C2"]]


def test_ocha_and_we_ourselves_never_list_a_place_twice():
    ocha = [record("الشيخ عيسى", source="ocha", id_="C1"), record("الشيخ عيسى", source="ocha", id_="C2", km=0.1)]
    assert joined(ocha) == [["C1"], ["C2"]]


def test_our_own_fact_on_the_very_point_of_another_name_is_another_place():
    quarter = record("الحميدية", source="ocha", id_="N1", kind="neighbourhood")
    ours = record("حي بغداد", source="curated", id_="baghdad", kind="neighbourhood")
    assert joined([quarter], [ours]) == [["N1"], ["baghdad"]]
    assert joined([quarter], [replace(ours, source="geonames")]) == [["N1", "baghdad"]]


def test_two_of_our_own_facts_never_become_one_through_a_third():
    site = record("Ugarit", source="pleiades", kind="site")
    harbour = record("Minet el-Beida", source="curated", id_="harbour", kind="site", merge_into=("pleiades:1",))
    city = record("Ugarit", source="curated", id_="city", kind="site", km=0.2)
    assert joined([site], [harbour, city]) == [["1", "harbour"], ["city"]]
    assert joined([site], [replace(city, source="geonames")]) == [["1", "city"]]


def test_geonames_does():
    twice = [record(("داريا", "Dārayyā"), id_="1"), record("Daraya", id_="2", km=0.6)]
    assert joined(twice) == [["1", "2"]]


def test_a_second_record_from_afar_is_the_one_place_of_its_name():
    ocha = [record("بسنقول", source="ocha", id_="C1")]
    twice = [record("بسنقول", id_="7", km=0.1), record("Basnaqul", id_="8", km=1.9)]
    assert joined(ocha, twice) == [["7", "8", "C1"]]
    assert joined([*ocha, record("بسنقول", source="ocha", id_="C2", km=4)], twice) == [["7", "C1"], ["C2"], ["8"]]


def test_a_town_and_a_dam_of_one_name_are_two():
    assert len(joined([record("تشرين", source="ocha", id_="C1")], [record("تشرين", kind="dam", id_="2", km=0.1)])) == 2


def test_an_ancient_site_joins_the_living_place_only_when_it_lies_in_it():
    town = record("Apamea", source="ocha", id_="C1")
    near = record("Apamea", source="pleiades", id_="2", kind="site", km=0.4, radius_km=0.5)
    far = record("Apamea", source="pleiades", id_="2", kind="site", km=1.6, radius_km=15)
    assert joined([town], [near]) == [["2", "C1"]]
    assert joined([town], [far]) == [["C1"], ["2"]]


def test_an_identifier_speaks_louder_than_a_name():
    first = replace(record("Kamishly Airport", source="airportsdata", kind="airport"), identifiers={"icao": "OSKL"})
    second = replace(
        record("مطار القامشلي", source="opensyria", id_="2", kind="airport", km=2), identifiers={"icao": "OSKL"}
    )
    assert joined([first], [second]) == [["1", "2"]]


def test_our_own_row_joins_the_places_that_it_names():
    ocha, other = record("اليرموك", source="ocha", id_="C1002"), record("Mukhayyam", id_="5", km=3)
    ours = replace(
        record("مخيم اليرموك", source="curated", id_="yarmouk-camp", kind="camp"),
        lon=None, lat=None, merge_into=("pcode:C1002", "geonames:5"),
    )  # fmt: skip
    assert joined([ocha], [other], [ours]) == [["5", "C1002", "yarmouk-camp"]]


def test_our_row_on_the_ruins_takes_them_out_of_the_town():
    town = record("Bostra", source="ocha", id_="C1")
    site = record("Bostra", source="pleiades", id_="9", kind="site", km=0.3)
    ours = replace(
        record("Bosra ruins", source="curated", id_="bosra-ruins", kind="site"),
        lon=None, lat=None, merge_into=("pleiades:9",),
    )  # fmt: skip
    assert joined([town], [site]) == [["9", "C1"]]
    assert joined([town], [site], [ours]) == [["C1"], ["9", "bosra-ruins"]]


def test_the_order_within_a_source_does_not_matter():
    ocha = [record(name, source="ocha", id_=f"C{i}", km=i * 0.9) for i, name in enumerate(("يلدا", "ببيلا", "عقربا"))]
    other = [record(name, id_=f"{i}", km=i * 0.9 + 0.3) for i, name in enumerate(("Yalda", "Babbila", "Aqraba"))]
    assert sorted(joined(ocha, other)) == sorted(joined(ocha, other[::-1]))


def test_nothing_is_lost():
    batch = [record(f"Tall {letter}", id_=letter, km=i * 0.05) for i, letter in enumerate("abcdefgh")]
    result = join_batches([batch])
    assert sorted(r.source_id for c in result.clusters for r in c.records) == list("abcdefgh")
    assert len(result.decisions) >= len(batch)


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("كويرس شرقي", {"east"}),
        ("Eastern Kwaires", {"east"}),
        ("Kuwayris ash Sharqī", {"east"}),
        ("الشرقية", set()),
        ("أورم الكبرى", {"big"}),
        ("Tall Abtakh Fawqani", {"upper"}),
        ("Block B5, Dura-Europos", {"b5"}),
        ("حي 2", {"2"}),
        ("دمشق", set()),
    ],
)
def test_qualifiers_are_one_in_both_scripts(name, classes):
    assert qualifiers(name) == classes


def test_every_kind_has_a_family():
    assert {kind for kind, *_ in read_table("families")} == set(kinds())
    assert get_family(record("x", kind="airbase")) == get_family(record("x", kind="airport"))


def far_village(km):
    return record("بعيدة", id_=f"far{km}", km=km)


@pytest.mark.parametrize(
    ("km", "third_km", "name", "joined_into"),
    [
        (0.1, 0.9, "خربة العجمي", 2),
        (0.3, 5.0, "خربة العجمي", 2),
        (0.3, 0.9, "خربة العجمي", 3),
        (0.6, 5.0, "خربة العجمي", 3),
    ],
)
def test_a_village_with_two_names_on_one_spot_is_one(km, third_km, name, joined_into):
    ours = record("المنصورة", source="ocha", id_="C1")
    theirs = record(name, id_="2", km=km)
    assert len(joined([ours], [theirs, far_village(third_km)])) == joined_into


def test_upper_and_lower_on_one_spot_stay_two():
    upper, lower = record("حسدة فوقاني", source="ocha", id_="C1"), record("قصدة تحتاني", id_="2", km=0.1)
    assert len(joined([upper], [lower, far_village(5.0)])) == 3


CASTLE = ("قلعة الريح", "Qalat al-Rih")


@pytest.mark.parametrize(
    ("names", "source", "km", "one"),
    [
        (CASTLE, "geonames", 3.5, True),
        (("قلعة الريح", "Burj"), "geonames", 3.5, False),  # one script alone
        (CASTLE, "geonames", 4.5, False),
        (CASTLE, "ocha", 3.5, False),  # people live there
    ],
)
def test_a_village_that_no_list_has_is_the_castle_of_its_name(names, source, km, one):
    village = record(names, source=source, id_="7", km=km)
    castle = record(CASTLE, source="curated", id_="castle", kind="site")
    batches = [[village], [castle]]
    assert joined(*batches) == ([["7", "castle"]] if one else [["7"], ["castle"]])


def test_a_settlement_by_hearsay_alone_is_refused_and_one_that_another_knows_stays():
    ocha = [record("جيرود", source="ocha", id_="C1")]
    known = record("Jayrūd", source="whosonfirst", id_="8", km=0.3)
    stray = record("Jerod", source="whosonfirst", id_="9", km=40)
    conflation = join_batches([ocha, [known, stray]])
    assert [sorted(r.source_id for r in cluster.records) for cluster in conflation.clusters] == [["8", "C1"]]
    assert [d.outcome for d in conflation.decisions if d.record.source_id == "9"] == ["refused"]


@pytest.mark.parametrize(("km", "one"), [(0.4, True), (3.0, False)])
def test_what_shares_a_word_with_its_town_is_the_town_only_in_it(km, one):
    town = record("جسر الشغور", source="ocha", id_="C1", kind="city")
    clusters = joined([town], [record(("جسر الشغور", "Jisr"), id_="1"), record("الشغور", id_="2", km=km)])
    assert clusters == ([["1", "2", "C1"]] if one else [["1", "C1"], ["2"]])
