"""The index: derived, cached, never required, and never wrong about what it was derived from."""

import json
import random
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

import buldan
from buldan.cli.cache import cache
from buldan.index import keeping, list_deletions, list_kept, open_index, opening
from buldan.index.columns import read_columns, write_columns
from buldan.index.postings import Postings
from buldan.index.strings import Strings
from buldan.text import make_plain_key, split_plain_words

PLACES = list(buldan.load())
keys = st.lists(st.tuples(st.text("ABC", min_size=1, max_size=12), st.integers(0, 50)), max_size=60)


@pytest.fixture
def copied(mini: Path, tmp_path: Path) -> Path:
    """A copy of the mini gazetteer that a test may damage."""
    return Path(shutil.copytree(mini, tmp_path / "gazetteer"))


@given(keys)
def test_postings_hold_what_a_dictionary_holds(pairs: list[tuple[str, int]]) -> None:
    plain: dict[str, set[int]] = {}
    for key, row in pairs:
        plain.setdefault(key, set()).add(row)
    postings = Postings.build(pairs)
    asked = [*plain, "D", ""]
    assert [set(postings.find(key)) for key in asked] == [plain.get(key, set()) for key in asked]
    assert set(postings.find_any(asked)) == {row for _, row in pairs}
    assert all(len(postings.find(key, 1)) == 1 for key in plain)


@given(keys, st.text("ABC", max_size=6))
def test_postings_find_what_shares_a_deletion(pairs: list[tuple[str, int]], key: str) -> None:
    wanted = list_deletions(key)
    assert Postings.build(pairs).find_slips(key) == sorted({row for part, row in pairs if part in wanted})


@given(st.lists(st.text("AB\U0001e900", max_size=5), max_size=9), st.text("AB\U0001e900", max_size=5))
def test_strings_come_back_and_know_their_neighbours(texts: list[str], key: str) -> None:
    columns = Strings.make_columns("texts", texts)
    strings = Strings.from_columns(columns, "texts")
    assert list(strings) == texts
    assert strings.find_one_edit_apart(list(range(len(texts))), key) == [
        row for row, text in enumerate(texts) if DamerauLevenshtein.distance(text, key) == 1
    ]


@given(st.text("ABCD", min_size=3, max_size=8), st.data())
def test_one_edit_leaves_a_deletion_in_common(skeleton: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(skeleton) - 1))
    letter = data.draw(st.sampled_from("ABCD"))
    edited = data.draw(
        st.sampled_from(
            [
                skeleton[:at] + letter + skeleton[at + 1 :],
                skeleton[:at] + letter + skeleton[at:],
                skeleton[:at] + skeleton[at + 1 :] if len(skeleton) > 3 else skeleton,
            ]
        )
    )
    assert list_deletions(skeleton) & list_deletions(edited)


def test_columns_come_back_as_they_were(tmp_path: Path) -> None:
    columns = {"a": np.arange(7, dtype=np.int32), "b": np.zeros((0, 4)), "c": np.array([[1.5, 2.5]])}
    write_columns(tmp_path / "columns.bin", columns)
    back = read_columns(tmp_path / "columns.bin")
    assert back is not None
    assert all(np.array_equal(back[name], array) for name, array in columns.items())


@given(at=st.integers(0, 70), bit=st.integers(0, 7), length=st.integers(0, 200))
def test_a_damaged_cache_is_as_good_as_none(
    tmp_path_factory: pytest.TempPathFactory, at: int, bit: int, length: int
) -> None:
    path = tmp_path_factory.mktemp("cache") / "columns.bin"
    assert read_columns(path) is None
    write_columns(path, {"a": np.arange(7, dtype=np.int32), "b": np.zeros((2, 4))})
    whole = path.read_bytes()
    damaged = bytearray(whole)
    damaged[at] ^= 1 << bit
    path.write_bytes(damaged)
    assert read_columns(path) is None
    path.write_bytes(whole[:length])
    assert read_columns(path) is None


def test_a_damaged_index_is_noticed_and_made_anew(monkeypatch: pytest.MonkeyPatch, mini: Path, tmp_path: Path) -> None:
    """Bytes anywhere in the file, or its end: what is answered stays the same, and the file is whole again."""
    monkeypatch.setattr(keeping, "_iter_cache_folders", lambda: (tmp_path,))
    answers = [str(found) for found in buldan.load(mini).lookup("صوران")]
    assert answers
    (kept,) = tmp_path.glob("index-*.bin")
    whole, columns = kept.read_bytes(), keeping.read_columns(kept)
    made: list[int] = []
    monkeypatch.setattr(opening, "build_columns", lambda _: made.append(1) or columns)
    for seed in range(30):
        rng = random.Random(seed)
        damaged = bytearray(whole)
        for at in rng.sample(range(len(whole)), 5):
            damaged[at] ^= rng.randrange(1, 256)
        kept.unlink()  # what is mapped already stays as it was
        kept.write_bytes(damaged if seed % 3 else whole[: rng.randrange(len(whole))])
        assert [file.state for file in list_kept() if file.path == kept] == ["damaged"]
        assert [str(found) for found in buldan.load(mini).lookup("صوران")] == answers
        assert len(made) == seed + 1
        assert kept.read_bytes() == whole


def test_what_is_kept_is_listed_and_cleared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(keeping, "_iter_cache_folders", lambda: (tmp_path,))
    write_columns(tmp_path / "index-a.bin", {"a": np.arange(7)})
    (tmp_path / "index-b.bin").write_bytes(b"BULDAN02" + bytes(40))
    (tmp_path / "index-c.bin").write_bytes(b"")
    (tmp_path / "index-d.bin8x3").write_bytes(b"half")
    (tmp_path / "notes.txt").write_text("not ours")
    assert [file.state for file in list_kept()] == ["whole", "foreign", "damaged", "unfinished"]
    shown = CliRunner().invoke(cache, [])
    assert shown.exit_code == 1
    assert "4 files" in shown.output and "1 damaged" in shown.output
    assert CliRunner().invoke(cache, ["--clear"]).output == "4 files deleted\n"
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    assert CliRunner().invoke(cache, []).exit_code == 0


def test_the_cache_is_kept_small_and_used(monkeypatch: pytest.MonkeyPatch, copied: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setattr(keeping, "user_cache_path", lambda _: cache)
    monkeypatch.setattr(keeping, "_KEPT", 2)
    for name in "abc":
        buldan.load(copied, overlay={"features": [_point(name)]})
    kept = set(cache.iterdir())
    assert len(kept) == 2
    monkeypatch.setattr(opening, "build_columns", lambda _: pytest.fail("the index is there already"))
    assert buldan.load(copied, overlay={"features": [_point("c")]}).lookup("Zebra farm c")
    assert set(cache.iterdir()) == kept


def _point(name: str) -> dict[str, object]:
    geometry = {"type": "Point", "coordinates": [36.3, 33.4]}
    return {"type": "Feature", "geometry": geometry, "properties": {"name": f"Zebra farm {name}", "kind": "farm"}}


def test_an_index_that_another_user_laid_is_not_opened(
    monkeypatch: pytest.MonkeyPatch, mini: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setattr(keeping, "_iter_cache_folders", lambda: (cache,))
    buldan.load(mini)
    monkeypatch.setattr(keeping.os, "getuid", lambda: 12345)
    read = keeping.read_columns

    def read_ours(path: Path) -> object:
        return pytest.fail("opened what is not ours") if path.is_relative_to(cache) else read(path)

    monkeypatch.setattr(keeping, "read_columns", read_ours)
    assert buldan.load(mini).lookup("يلدا")


@pytest.mark.parametrize("name", ["places.tsv", "names.tsv", "areas.jsonl", "retired.tsv"])
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_damaged_gazetteer_is_noticed_at_load(copied: Path, name: str, share: float) -> None:
    content = bytearray((copied / name).read_bytes())
    content[int((len(content) - 1) * share)] ^= 1
    (copied / name).write_bytes(bytes(content))
    with pytest.raises(buldan.GazetteerError, match=name):
        buldan.load(copied)
    (copied / name).unlink()
    with pytest.raises(buldan.GazetteerError, match=f"{name}: missing"):
        buldan.load(copied)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"schema": 1}', "\x00"])
def test_a_damaged_manifest_is_noticed_at_load(copied: Path, content: str) -> None:
    (copied / "manifest.json").write_text(content)
    with pytest.raises(buldan.GazetteerError, match=r"manifest\.json: damaged"):
        buldan.load(copied)


def test_a_manifest_with_another_letter_is_noticed(copied: Path) -> None:
    path = copied / "manifest.json"
    whole = path.read_text("utf-8")
    manifest = json.loads(whole)
    for key in ("version", "licence", "attribution", "digest"):
        path.write_text(json.dumps(manifest | {key: manifest[key] + "x"}), "utf-8")
        with pytest.raises(buldan.GazetteerError, match=r"manifest\.json: damaged"):
            buldan.load(copied)
    for seed in range(30):
        rng = random.Random(seed)
        damaged = bytearray(whole.encode())
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
        path.write_bytes(damaged)
        try:
            assert buldan.load(copied).manifest.to_json() == whole  # white space
        except buldan.GazetteerError as error:
            assert "manifest.json" in str(error)
    path.write_text("[" * 100_000)
    with pytest.raises(buldan.GazetteerError, match="damaged"):
        buldan.load(copied)


def test_a_manifest_that_lists_too_little_or_another_schema_is_noticed(copied: Path) -> None:
    path = copied / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(manifest | {"schema": 99}))
    with pytest.raises(buldan.GazetteerError, match="schema 99"):
        buldan.load(copied)
    del manifest["files"]["names.tsv"]
    path.write_text(json.dumps(manifest))
    with pytest.raises(buldan.GazetteerError, match=r"does not list names\.tsv"):
        buldan.load(copied)


def test_a_missing_gazetteer_is_not_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(buldan.GazetteerError):
        buldan.load(tmp_path)


def test_no_cache_is_needed(monkeypatch: pytest.MonkeyPatch, mini: Path) -> None:
    """On a read-only system the index is built in memory and answers the same."""
    kept = buldan.load(mini).lookup("يلدا")
    monkeypatch.setattr("buldan.index.keeping._iter_cache_folders", lambda: (Path("/proc/no-such-place"),))
    assert buldan.Gazetteer(open_index(mini)).lookup("يلدا") == kept != []


def test_a_system_that_nothing_can_be_written_to_is_enough(monkeypatch: pytest.MonkeyPatch, mini: Path) -> None:
    def no_folder() -> str:
        raise FileNotFoundError("No usable temporary directory found")

    kept = buldan.load(mini).lookup("يلدا")
    monkeypatch.setattr(keeping, "user_cache_path", lambda _: Path("/proc/no-such-place"))
    monkeypatch.setattr(keeping.tempfile, "gettempdir", no_folder)
    assert buldan.Gazetteer(open_index(mini)).lookup("يلدا") == kept != []


def test_every_identifier_leads_to_its_place(gazetteer: buldan.Gazetteer) -> None:
    for place in list(gazetteer)[:: max(1, len(gazetteer) // 300)]:
        assert gazetteer.place(place.id) == place
        if place.pcode:
            assert gazetteer.place(place.pcode) == place
        for number in filter(None, place.identifiers.get("geonames", "").split(",")):
            assert gazetteer.place(number) == gazetteer.place(f"geonames:{number}") == place


@pytest.mark.parametrize("id_", ["", "C999999", "12", "geonames:", "\udcff", "\x00", "bd" * 5000])
def test_what_is_no_id_is_not_found(gazetteer: buldan.Gazetteer, id_: str) -> None:
    with pytest.raises(buldan.PlaceNotFound):
        gazetteer.place(id_)


@settings(max_examples=40)
@given(data=st.data())
def test_every_name_finds_its_place(gazetteer: buldan.Gazetteer, data: st.DataObject) -> None:
    """A name as the gazetteer writes it finds its place among those that share the name."""
    place = PLACES[data.draw(st.integers(0, len(PLACES) - 1))]
    name = place.name_en or place.name_ar
    found = gazetteer.lookup(name, near=(place.lon, place.lat), limit=20)
    assert any(abs(m.place.lon - place.lon) < 0.1 and abs(m.place.lat - place.lat) < 0.1 for m in found), name


def test_arabic_namesakes_share_a_number() -> None:
    index = open_index()
    numbers: dict[str, set[int]] = {}
    for row, place in enumerate(PLACES):
        numbers.setdefault(make_plain_key(split_plain_words(place.name_ar)), set()).add(int(index.arabic[row]))
    assert numbers.pop("", {-1}) == {-1}
    assert all(len(of_name) == 1 for of_name in numbers.values())
    assert len(set.union(*numbers.values())) == len(numbers)


def test_a_seat_and_its_units_are_known_as_such() -> None:
    index = open_index()
    town, unit = (index.find_row(code) for code in ("C1007", "SY02"))
    village = next(
        row for row, place in enumerate(PLACES) if place.kind == "village" and not (index.headed[row] >= 0).any()
    )
    assert index.of_seat[[town, unit]].all()
    assert not index.of_seat[village]
