"""Answers are values: they travel between processes, are copied, compared, kept in sets, and taken apart."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, fields, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import buldan
from buldan.errors import GazetteerError

TEXT = "قصف الطيران بلدة سراقب شمال ريف إدلب، وسقط قتلى بين معرة النعمان وخان شيخون. Shelling 5 km north of Idlib city."

WAYS: dict[str, Callable[[Any], Any]] = {
    "pickle": lambda value: pickle.loads(pickle.dumps(value)),
    "old-pickle": lambda value: pickle.loads(pickle.dumps(value, protocol=2)),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


@pytest.fixture(scope="module")
def gaz(gazetteer: buldan.Gazetteer) -> buldan.Gazetteer:
    return gazetteer


@pytest.fixture(scope="module")
def answers(gaz: buldan.Gazetteer) -> dict[str, Any]:
    matches, reading = gaz.lookup("Aleppo"), gaz.geoparse(TEXT)
    return {
        "Place": gaz.place("SY02"),
        "Name": matches[0].name,
        "Match": matches[0],
        "Matches": matches,
        "Mention": next(mention for mention in reading if mention.relation),
        "Relation": next(mention.relation for mention in reading if mention.relation),
        "Reading": reading,
        "Nearby": gaz.reverse(lon=36.3, lat=33.5)[0],
        "Suggestion": gaz.suggest("يلد")[0],
        "Page": gaz.browse(kinds=["governorate"]),
        "Manifest": gaz.manifest,
    }


KINDS = (
    "Place", "Name", "Match", "Matches", "Mention", "Relation", "Reading", "Nearby", "Suggestion", "Page", "Manifest",
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_comes_back_equal(answers: dict[str, Any], kind: str, way: str) -> None:
    value = answers[kind]
    back = WAYS[way](value)
    assert back == value
    assert type(back) is type(value)
    assert repr(back) == repr(value)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("Manifest", "Page")])
def test_an_answer_hashes_as_it_compares(answers: dict[str, Any], kind: str) -> None:
    value = answers[kind]
    assert len({value, pickle.loads(pickle.dumps(value))}) == 1


def test_different_answers_differ(gaz: buldan.Gazetteer) -> None:
    homs, hama = gaz.lookup("Homs"), gaz.lookup("Hama")
    assert homs != hama
    assert len({*homs, *hama}) == len(homs) + len(hama) - len(set(homs) & set(hama))
    assert gaz.geoparse("حمص") != gaz.geoparse("حماة")
    assert gaz.geoparse("حمص") != gaz.geoparse("حمص ")
    assert gaz.place("SY04") != gaz.place("SY05")


def test_what_came_back_has_its_names_and_outline(gaz: buldan.Gazetteer) -> None:
    place = gaz.place("SY02")
    back = pickle.loads(pickle.dumps(place))
    assert place.area is not None
    assert back.area == place.area
    assert back.names == place.names
    assert [name.text for name in back.names][:1] == [place.names[0].text]
    assert gaz.place("C1001").area is None
    assert pickle.loads(pickle.dumps(gaz.place("C1001"))).area is None


def test_an_outline_is_read_anew_so_that_nobody_changes_it_for_others(gaz: buldan.Gazetteer) -> None:
    first: Any = gaz.place("SY02").area
    first["coordinates"].clear()
    assert gaz.place("SY02").area["coordinates"]  # type: ignore[index]


def test_a_place_knows_no_other_members(gaz: buldan.Gazetteer) -> None:
    with pytest.raises(AttributeError, match="no attribute 'colour'"):
        gaz.place("SY02").colour  # type: ignore[attr-defined]  # noqa: B018
    assert not hasattr(gaz.place("SY02"), "__geo_interface__")


def test_a_changed_copy_keeps_the_rest(gaz: buldan.Gazetteer) -> None:
    place = gaz.place("SY02")
    other = replace(place, population=5)
    assert (other.population, other.names, other.area) == (5, place.names, place.area)
    assert other != place


def test_a_match_taken_apart_is_json(gaz: buldan.Gazetteer) -> None:
    match = gaz.lookup("Aleppo governorate")[0]
    apart = json.loads(json.dumps(asdict(match)))
    assert apart["score"] == match.score
    assert apart["place"]["names"][0]["text"] == match.place.names[0].text
    assert apart["place"]["identifiers"] == match.place.identifiers
    assert apart["place"]["area"] == (match.place.area and json.loads(json.dumps(match.place.area)))
    assert set(apart["place"]) == {field.name for field in fields(buldan.Place)}


def test_a_mention_taken_apart_keeps_its_members(gaz: buldan.Gazetteer) -> None:
    mention = gaz.geoparse("في سراقب")[0]
    assert mention._asdict()["text"] == "سراقب"
    assert asdict(mention.place)["name_en"] == mention.place.name_en  # type: ignore[arg-type, union-attr]


def test_what_came_back_still_writes_geojson_and_draws(gaz: buldan.Gazetteer) -> None:
    matches = pickle.loads(pickle.dumps(gaz.lookup("Yalda")))
    assert matches.to_geojson() == gaz.lookup("Yalda").to_geojson()
    assert {place.kind for place in matches.read_ground()} >= {"country", "governorate"}


def test_a_gazetteer_comes_back_as_itself(gaz: buldan.Gazetteer) -> None:
    content = pickle.dumps(gaz)
    assert len(content) < 1_000
    back = pickle.loads(content)
    # Whichever was opened last in this process: another test may have opened it, too.
    assert back is pickle.loads(content) is copy.deepcopy(gaz)
    assert (type(back), back.version, back.place("SY02")) == (buldan.Gazetteer, gaz.version, gaz.place("SY02"))


def test_another_version_is_refused(gaz: buldan.Gazetteer) -> None:
    content = pickle.dumps(gaz)
    version = gaz.version.encode()
    other = b"1" * len(version)
    with pytest.raises(GazetteerError, match=rf"version {gaz.version} .* came from {other.decode()}"):
        pickle.loads(content.replace(version, other))


def test_processes_pass_gazetteers_and_answers_on(gaz: buldan.Gazetteer) -> None:
    names = ["حلب", "Homs", "يلدا"]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(gaz.lookup, names)) == [gaz.lookup(name) for name in names]
        assert list(pool.map(gaz.geoparse, [TEXT, "لا مكان هنا"])) == [gaz.geoparse(TEXT), gaz.geoparse("لا مكان هنا")]


def test_an_overlay_travels_as_its_file(mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.csv").write_text("name,lon,lat\nZzyzxville,36.1,33.1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    mine = buldan.load(mini, overlay="mine.csv")
    place = mine.lookup("Zzyzxville")[0].place
    monkeypatch.chdir("/")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        matches = pool.submit(mine.lookup, "Zzyzxville").result()
    assert (matches.manifest.version, matches[0].place) == (mine.version, place)


def test_joblib_takes_a_bound_lookup(gaz: buldan.Gazetteer) -> None:
    joblib = pytest.importorskip("joblib")
    names = ["Hama", "Yalda"]
    assert joblib.Parallel(n_jobs=2)(joblib.delayed(gaz.lookup)(name) for name in names) == gaz.lookup_many(names)


def test_a_dask_bag_maps_over_texts(gaz: buldan.Gazetteer) -> None:
    bag = pytest.importorskip("dask.bag")
    texts = ["قصف سراقب", "Shelling in Darayya"]
    found = bag.from_sequence(texts, npartitions=2).map(gaz.geoparse).compute(scheduler="processes", num_workers=1)
    assert found == [gaz.geoparse(text) for text in texts]


def test_values_print_on_a_line_or_two(gazetteer):
    match = gazetteer.lookup("Yalda")[0]
    assert repr(match.place).startswith(f"Place(id='{match.place.id}', kind='town', name_en='Yalda', name_ar='يلدا'")
    assert len(repr(match)) < 600
    assert repr(gazetteer.geoparse("قصف على يلدا وداريا")) == "<Reading of 19 characters, 2 mentions: يلدا, داريا>"
    assert gazetteer.version in repr(gazetteer)
