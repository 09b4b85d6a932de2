"""The whole way, from the publishers' files to the gazetteer: same bytes, nothing lost, all or nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from buldan.compile import compile_gazetteer
from buldan.compile.check import check_gazetteer
from buldan.errors import SourceError
from buldan.index import find_packaged_gazetteer
from buldan.model import identifier_values
from buldan.store import read_manifest, read_names, read_places

CURATED = Path(__file__).parent.parent.parent / "gazetteer" / "curated"
SCRIPT = """
import sys
from pathlib import Path
from buldan.compile import compile_gazetteer
sources, out, curated = map(Path, sys.argv[1:])
compile_gazetteer(sources, out, curated=curated)
"""


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """Two compilations side by side, with other hash seeds."""
    sources = Path(__file__).parent.parent.parent.parent / "shared" / "sources"
    if not sources.is_dir():
        pytest.skip("needs ../shared, which is not here")
    folders = [tmp_path_factory.mktemp("compiled") for _ in range(2)]
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(sources), str(folder), str(CURATED)],
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
        )
        for seed, folder in enumerate(folders, start=1)
    ]
    assert [run.wait(600) for run in runs] == [0, 0]
    return folders


def test_the_same_inputs_give_the_same_bytes(compiled):
    first, second = compiled
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted(path.name for path in second.iterdir())
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)


def test_what_is_compiled_breaks_no_rule(compiled):
    assert [finding for finding in check_gazetteer(compiled[0]) if not finding.known] == []


def test_the_gazetteer_that_ships_is_the_one_that_is_compiled(compiled):
    assert read_manifest(compiled[0]).version == read_manifest(find_packaged_gazetteer()).version


def test_a_source_that_cannot_be_read_leaves_the_last_gazetteer_as_it_was(shared, make, tmp_path):
    folder = make()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (tmp_path / "sources").mkdir()
    for name in ("ocha-cod", "ocha-2023"):
        (tmp_path / "sources" / name).symlink_to(shared / "sources" / name)
    with pytest.raises(SourceError, match=r"governorates\.json: the file is missing"):
        compile_gazetteer(tmp_path / "sources", folder, curated=CURATED)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_without_curated_tables_is_refused_before_a_source_is_read(tmp_path):
    with pytest.raises(SourceError, match="curated: there is no such folder; copy the curated tables"):
        compile_gazetteer(tmp_path / "sources", tmp_path / "gazetteer")
    assert list(tmp_path.iterdir()) == []


def test_every_pcode_of_ocha_is_there():
    places = read_places(find_packaged_gazetteer())
    codes = [code for place in places for code in identifier_values(place.identifiers, "pcode")]
    assert len(codes) == len(set(codes)) == 1 + 14 + 62 + 272 + 7693 + 414


def test_the_whole_stays_small():
    folder = CURATED.parent
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 15_000_000


@pytest.mark.parametrize(
    ("pcode", "forms"),
    [
        ("C1001", {"Damascus", "دمشق", "Damas", "Şam"}),
        ("C1946", {"Ain Al Arab", "عين العرب", "كوباني"}),
        ("C2498", {"Darayya", "داريا", "Դարայա"}),
        ("SY0309", {"Darayya District", "منطقة داريا"}),
    ],
)
def test_every_source_lends_its_names(pcode, forms):
    (place,) = (p for p in read_places(find_packaged_gazetteer()) if p.identifiers.get("pcode") == pcode)
    assert forms <= {name.name for name in read_names(find_packaged_gazetteer()) if name.place == place.id}
