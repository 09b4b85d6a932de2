"""The index: derived, cached, never required, and never wrong about what it was derived from."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import buldan
from buldan.index import open_index, packaged_gazetteer, skeleton_deletions
from buldan.index.columns import read_columns, write_columns
from buldan.index.postings import Postings

PLACES = list(buldan.load())
keys = st.lists(st.tuples(st.text("ABC", min_size=1, max_size=12), st.integers(0, 50)), max_size=60)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the packaged gazetteer that a test may damage."""
    folder = tmp_path / "gazetteer"
    folder.mkdir()
    for path in packaged_gazetteer().iterdir():
        if path.is_file():
            shutil.copy(path, folder / path.name)
    return folder


@given(keys)
def test_postings_hold_what_a_dictionary_holds(pairs: list[tuple[str, int]]) -> None:
    plain: dict[str, set[int]] = {}
    for key, row in pairs:
        plain.setdefault(key, set()).add(row)
    postings = Postings.build(pairs)
    asked = [*plain, "D", ""]
    assert [set(rows) for rows in postings.find_all(asked)] == [plain.get(key, set()) for key in asked]
    assert all(set(postings.find(key)) == rows for key, rows in plain.items())


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
    assert skeleton_deletions(skeleton) & skeleton_deletions(edited)


def test_columns_come_back_as_they_were(tmp_path: Path) -> None:
    columns = {"a": np.arange(7, dtype=np.int32), "b": np.zeros((0, 4)), "c": np.array([[1.5, 2.5]])}
    write_columns(tmp_path / "columns.bin", columns)
    back = read_columns(tmp_path / "columns.bin")
    assert back is not None
    assert all(np.array_equal(back[name], array) for name, array in columns.items())


def test_a_damaged_cache_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "columns.bin").write_bytes(b"BULDAN01 and then nothing")
    assert read_columns(tmp_path / "columns.bin") is None
    assert read_columns(tmp_path / "absent.bin") is None


@pytest.mark.parametrize("name", ["places.tsv", "names.tsv", "areas.jsonl"])
def test_a_damaged_gazetteer_is_noticed_at_load(copied: Path, name: str) -> None:
    content = bytearray((copied / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / name).write_bytes(bytes(content))
    with pytest.raises(buldan.GazetteerError, match=name):
        buldan.load(copied)


def test_a_missing_gazetteer_is_not_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(buldan.GazetteerError):
        buldan.load(tmp_path)


def test_no_cache_is_needed(monkeypatch: pytest.MonkeyPatch, gazetteer: buldan.Gazetteer) -> None:
    """On a read-only system the index is built in memory and answers the same."""
    monkeypatch.setattr("buldan.index.opening._cache_folders", lambda: (Path("/proc/no-such-place"),))
    bare = buldan.Gazetteer(open_index())
    assert bare.lookup("يلدا") == gazetteer.lookup("يلدا")


def test_every_identifier_leads_to_its_place(gazetteer: buldan.Gazetteer) -> None:
    for place in list(gazetteer)[:: max(1, len(gazetteer) // 300)]:
        assert gazetteer.place(place.id) == place
        if place.pcode:
            assert gazetteer.place(place.pcode) == place


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_name_finds_its_place(gazetteer: buldan.Gazetteer, data: st.DataObject) -> None:
    """A name as the gazetteer writes it finds its place among those that share the name."""
    place = PLACES[data.draw(st.integers(0, len(PLACES) - 1))]
    name = place.name_en or place.name_ar
    found = gazetteer.lookup(name, near=(place.lon, place.lat), limit=20)
    assert any(abs(m.place.lon - place.lon) < 0.1 and abs(m.place.lat - place.lat) < 0.1 for m in found), name
