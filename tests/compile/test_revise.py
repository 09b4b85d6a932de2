"""Changed rows of our own tables applied to a copy of the compiled gazetteer, with no publisher's file at hand."""

import shutil
from collections import defaultdict
from itertools import chain
from pathlib import Path

import pytest

from buldan.compile import revise_gazetteer
from buldan.compile.applied import digest_rows, write_applied
from buldan.compile.check import check_gazetteer
from buldan.compile.sources.curated import read_curated, reference
from buldan.errors import SourceError
from buldan.model import identifier_pairs
from buldan.store import read_areas, read_manifest, read_names, read_places, read_retired, write_gazetteer

GAZETTEER = Path(__file__).parents[2] / "gazetteer"
CAMP = "\t".join(
    (
        *("a-test-camp", "camp", "Our Test Camp", "مخيم التجربة لنا", "ar:مخيم تجربتنا", "36.6", "35.9", "2"),
        *("SY07", "C3871", "", "near:C3871", "made up\n"),
    )
)


@pytest.fixture(scope="module")
def idlib(tmp_path_factory):
    """The units and the places of Idlib, and the rows of our own tables that are about these.

    To revise the whole gazetteer takes seven seconds each time.
    """
    folder = Path(shutil.copytree(GAZETTEER, tmp_path_factory.mktemp("idlib") / "gazetteer"))
    manifest, names, rows = read_manifest(folder), list(read_names(folder)), list(read_curated(folder / "curated"))
    holders = {key: place for place in read_places(folder) for key in keys_of(place)}
    by_id = {place.id: place for place in holders.values()}
    wanted = defaultdict(list)
    for row in rows:
        for key in own_keys(row):
            wanted[key] += map(holders.get, wanted_keys(row))
    kept = {}
    left = [place for key, place in holders.items() if key.startswith("pcode:SY") or place.admin.startswith("SY07")]
    while left:  # what a place or a row about it speaks of belongs to it
        place = left.pop()
        if place.id not in kept:
            kept[place.id] = place
            spoken_of = [by_id.get(place.part_of), *chain.from_iterable(wanted[key] for key in keys_of(place))]
            left += filter(None, spoken_of)
    write_gazetteer(
        folder,
        places=sorted(kept.values()),
        names=[name for name in names if name.place in kept],
        areas={id_: area for id_, area in read_areas(folder) if id_ in kept},
        retired={},
        version=f"{manifest.version}-idlib",
        licence=manifest.licence,
        attribution=manifest.attribution,
        sources=manifest.sources,
    )
    keep_rows_about(folder, {key for place in kept.values() for key in keys_of(place)}, rows)
    write_applied(folder, digest_rows(folder / "curated"))
    return folder


def own_keys(row):
    """What a row of our own tables is about."""
    return {f"curated:{row.source_id}"} if row.kind else set(row.merge_into)


def wanted_keys(row):
    """What it speaks of besides."""
    how, _, what = row.verified.partition(":")
    by = {reference(what)} if how in {"near", "inside"} and not what.startswith("SY") else set()
    return by | {*row.merge_into} | ({row.part_of} if row.part_of else set())


def keep_rows_about(folder, keys, rows):
    """Leave of our own tables the rows about a place of these keys."""
    kept = defaultdict(lambda: {1})
    for row in rows:
        if not keys.isdisjoint(own_keys(row)):
            path, line = row.origin
            kept[path].add(line)
    for path in [
        *folder.glob("curated/places-*.tsv"),
        *folder.glob("curated/names-*.tsv"),
        folder / "curated/same.tsv",
    ]:
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(line for at, line in enumerate(lines, 1) if at in kept[str(path)]), "utf-8")


@pytest.fixture
def copy(idlib, tmp_path):
    """A clone's gazetteer: what is compiled, and our own tables."""
    return Path(shutil.copytree(idlib, tmp_path / "gazetteer"))


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def add(folder, table, *lines):
    path = folder / "curated" / table
    path.write_text(path.read_text("utf-8") + "".join(lines), encoding="utf-8")


def remove(folder, table, start):
    path = folder / "curated" / table
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(start)]
    assert len(kept) < len(lines)
    path.write_text("".join(kept), encoding="utf-8")


def keys_of(place):
    return {f"{scheme}:{value}" for scheme, value in identifier_pairs(place.identifiers)}


def place_of(folder, identifier):
    return next((place for place in read_places(folder) if identifier in keys_of(place)), None)


def findings_of(folder):
    """What breaks a rule; of a part of the gazetteer, that it lacks the rest."""
    return {(finding.rule, finding.where, finding.message) for finding in check_gazetteer(folder) if not finding.known}


def texts(folder, id_):
    return {name.name for name in read_names(folder) if name.place == id_}


def test_where_nothing_changed_every_byte_stays(tmp_path):
    whole = Path(shutil.copytree(GAZETTEER, tmp_path / "gazetteer"))
    before = contents(whole)
    revise_gazetteer(whole)
    assert contents(whole) == before == contents(GAZETTEER)


def test_a_new_place_is_added_and_its_going_leaves_no_trace(copy):
    before, findings = contents(copy), findings_of(copy)
    add(copy, "places-camps.tsv", CAMP)
    revise_gazetteer(copy)
    camp = place_of(copy, "curated:a-test-camp")
    assert (camp.kind, camp.admin[:4], camp.position, camp.sources) == ("camp", "SY07", "estimated", ("curated",))
    assert camp.part_of == place_of(copy, "pcode:C3871").id
    assert texts(copy, camp.id) == {"Our Test Camp", "مخيم التجربة لنا", "مخيم تجربتنا"}
    assert len(set(contents(copy)["places.tsv"].splitlines()) ^ set(before["places.tsv"].splitlines())) == 1
    assert findings_of(copy) == findings
    remove(copy, "places-camps.tsv", "a-test-camp")
    revise_gazetteer(copy)
    assert read_retired(copy)[camp.id] == ""
    after = contents(copy)
    assert {name: after[name] for name in ("places.tsv", "names.tsv", "areas.jsonl", "applied.txt")} == {
        name: before[name] for name in ("places.tsv", "names.tsv", "areas.jsonl", "applied.txt")
    }


def test_a_further_name_changes_names_alone_and_goes_again(copy):
    before = contents(copy)
    id_ = place_of(copy, "pcode:C3871").id
    add(copy, "names-informal.tsv", "pcode:C3871\tادلب التجربة\tar\tvariant\tmade up\n")
    revise_gazetteer(copy)
    assert "ادلب التجربة" in texts(copy, id_)
    assert contents(copy)["places.tsv"] == before["places.tsv"]
    remove(copy, "names-informal.tsv", "pcode:C3871\tادلب التجربة")
    revise_gazetteer(copy)
    assert contents(copy)["names.tsv"] == before["names.tsv"]


def test_a_changed_row_moves_its_place_and_keeps_its_id(copy):
    add(copy, "places-camps.tsv", CAMP)
    revise_gazetteer(copy)
    id_ = place_of(copy, "curated:a-test-camp").id
    remove(copy, "places-camps.tsv", "a-test-camp")
    add(copy, "places-camps.tsv", CAMP.replace("36.6\t35.9", "36.7\t35.95").replace("\tcamp\t", "\tmilitary\t"))
    revise_gazetteer(copy)
    camp = place_of(copy, "curated:a-test-camp")
    assert (camp.id, camp.kind, camp.lon, camp.lat) == (id_, "military", 36.7, 35.95)


def test_two_places_said_to_be_one_become_one(copy):
    other = "another-test-camp" + CAMP.removeprefix("a-test-camp").replace("لنا", "لهم").replace("تجربتنا", "تجربتهم")
    other = other.replace("Our", "Their").replace("36.6\t", "36.62\t")
    add(copy, "places-camps.tsv", CAMP, other)
    revise_gazetteer(copy)
    one, two = (place_of(copy, f"curated:{key}") for key in ("a-test-camp", "another-test-camp"))
    assert one.id != two.id
    add(copy, "same.tsv", "curated:a-test-camp\tcurated:another-test-camp\tmade up\n")
    revise_gazetteer(copy)
    assert place_of(copy, "curated:a-test-camp").id == place_of(copy, "curated:another-test-camp").id
    assert {"مخيم التجربة لنا", "مخيم التجربة لهم"} <= texts(copy, one.id)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (CAMP.replace("36.6\t35.9", "30.6\t35.9"), "lies outside Syria"),
        (CAMP.replace("SY07", "SY01"), "outside its within SY01"),
        (CAMP.replace("near:C3871", "near:C9999"), "which no source and no curated table holds"),
        (CAMP.replace("\tC3871\t\t", "\t\tgeonames:\t"), "is not scheme:value"),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused_and_changes_nothing(copy, row, message):
    before = contents(copy)
    add(copy, "places-camps.tsv", row)
    with pytest.raises(SourceError, match=message) as refusal:
        revise_gazetteer(copy)
    assert "places-camps.tsv, line" in str(refusal.value)
    assert contents(copy) == before
