"""What was derived once is found where it lies, the package's own first, and whoever waits for the rest is told."""

from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from buldan import waiting
from buldan.index import keeping
from buldan.index.columns import write_columns

COLUMNS = {"numbers": np.arange(5)}


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number_kept: int) -> Path:
    """A package of its own, with a folder of derived arrays, and a user without a cache."""
    derived = tmp_path / "package" / "derived"
    derived.mkdir(parents=True)
    monkeypatch.setattr(keeping, "files", lambda name: derived.parent)
    monkeypatch.setattr(keeping, "_only_folder", tmp_path / "cache")
    monkeypatch.setattr(keeping, "_KEPT", number_kept)
    return derived


def build_never() -> dict[str, np.ndarray]:
    raise AssertionError("built although it was there")


def test_what_came_with_the_package_is_not_built(package: Path) -> None:
    write_columns(package / "index-abc.bin", COLUMNS)
    assert keeping.load_or_build("index-abc", build_never)["numbers"].tolist() == [0, 1, 2, 3, 4]
    assert not (package.parents[1] / "cache").exists()


def test_what_was_built_once_is_kept_for_the_user_alone(package: Path) -> None:
    assert keeping.load_or_build("index-abc", lambda: COLUMNS)["numbers"].tolist() == [0, 1, 2, 3, 4]
    assert keeping.load_or_build("index-abc", build_never)["numbers"].tolist() == [0, 1, 2, 3, 4]
    assert list(package.iterdir()) == []


def test_of_many_gazetteers_the_one_that_is_used_every_day_is_kept(package: Path) -> None:
    keeping.load_or_build("index-daily", lambda: COLUMNS)
    for number in range(12):
        keeping.load_or_build(f"index-{number}", lambda: COLUMNS)
        keeping.load_or_build("index-daily", build_never)
    kept = [file.path.stem for file in keeping.list_kept()]
    assert sorted(kept) == sorted(("index-daily", "index-9", "index-10", "index-11"))


@pytest.mark.parametrize("spoil", [b"", b"BULDAN03 but no more of it"])
def test_a_damaged_file_of_the_package_is_built_anew(package: Path, spoil: bytes) -> None:
    (package / "index-abc.bin").write_bytes(spoil)
    assert keeping.load_or_build("index-abc", lambda: COLUMNS)["numbers"].tolist() == [0, 1, 2, 3, 4]


def test_arrays_of_another_gazetteer_are_not_taken(package: Path) -> None:
    write_columns(package / "index-other.bin", COLUMNS)
    built = []
    keeping.load_or_build("index-abc", lambda: built.append(1) or COLUMNS)
    assert built == [1]


def test_who_waits_is_told_what_for_and_only_then(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []

    @contextmanager
    def announce(what: str):
        told.append(what)
        yield
        told.append("done")

    monkeypatch.setattr(waiting, "_announce", announce)
    keeping.load_or_build("vocabulary-abc", lambda: COLUMNS)
    keeping.load_or_build("vocabulary-abc", build_never)
    assert told == ["Building the vocabulary of this gazetteer", "done"]
